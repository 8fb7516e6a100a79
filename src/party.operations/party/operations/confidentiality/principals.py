"""The principal set: who a person is now (tư cách hiện tại).

``of(person, day, zone)`` is computed from dated registers, so a new post, a delegation, a merger or the end of a post needs
no re-indexing anywhere. A process remembers what it computed until the revision of the registers changes, which it asks
for once in a request: what is revoked is gone with the next request in every process.
"""

from collections.abc import Callable
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

from zope.annotation.interfaces import IAnnotations
from zope.component import getUtilitiesFor
from zope.globalrequest import getRequest
from zope.interface import Interface

from party.operations.confidentiality import clearances
from party.operations.confidentiality import keys
from party.operations.confidentiality import levels
from party.operations.confidentiality import tokens
from party.operations.ledger import clock
from party.operations.ledger import turn


_CACHE = "party.operations.principals"
#: people and days a process remembers at most
_MOST = 20_000


@dataclass(frozen=True)
class Standing:
    """One way in which a person acts: a function in a unit, own, delegated or inherited by a merger."""

    unit: str
    function: str
    #: the person whose post it is; the person himself, or who delegated it
    holder: str
    #: ``post``, ``delegation`` or ``succession``
    via: str = "post"


class IPrincipalSource(Interface):
    """Named utility that knows standings of persons by date."""

    def __call__(person: str, day: date) -> Iterable[Standing]:
        """All standings of ``person`` on ``day``."""


def standings(person: str, day: date | None = None) -> tuple[Standing, ...]:
    """Every standing of ``person`` on ``day`` (today when none is given)."""
    when = day or clock.today()
    return _remembered(("standings", person, when), lambda: _standings(person, when))


def of(person: str, day: date | None = None, zone: str | None = None) -> frozenset[str]:
    """The tokens ``person`` holds on ``day`` in ``zone`` (today and this process's zone when not given)."""
    when, where = day or clock.today(), zone or levels.zone()
    return _remembered(("tokens", person, when, where), lambda: _tokens(person, when, where))


def levels_of(person: str, day: date | None = None, zone: str | None = None) -> tuple[str, ...]:
    """The levels at which ``person`` may read: up to the lower of his clearance on ``day`` and the cap of ``zone``."""
    when, where = day or clock.today(), zone or levels.zone()
    cap = levels.cap(where)
    if not person or cap == levels.NORMAL:
        return (levels.NORMAL,)
    return _remembered(
        ("levels", person, when, where),
        lambda: levels.up_to(min(clearances.level_of(person, when), cap, key=levels.rank)),
    )


def forget() -> None:
    """Drop what this request remembers; called by every operation that writes a register of persons."""
    annotations = IAnnotations(getRequest(), None)
    if annotations is not None:
        annotations.pop(_CACHE, None)
    forget_local_roles()


def forget_local_roles() -> None:
    """Drop what borg.localrole remembers on the request of who has which role where."""
    annotations = IAnnotations(getRequest(), None) or {}
    for key in [each for each in annotations if "checkLocalRolesAllowed" in str(each)]:
        del annotations[key]


def _tokens(person: str, day: date, zone: str) -> frozenset[str]:
    held: set[str] = set()
    if not person:
        return frozenset()
    for level in levels_of(person, day, zone):
        held.add(tokens.user(person, level))
        for standing in standings(person, day):
            held.update(tokens.of_post(standing.unit, standing.function, level))
            if standing.via == "delegation":
                # what was routed to the delegator in person is read by who stands in for him
                held.add(tokens.user(standing.holder, level))
    return frozenset(held)


def _standings(person: str, day: date) -> tuple[Standing, ...]:
    found: dict[Standing, None] = {}
    for _name, source in getUtilitiesFor(IPrincipalSource):
        found.update(dict.fromkeys(source(person, day)))
    return tuple(found)


class _Kept:
    """What a process computed at one revision of the registers, with one provider of keys."""

    def __init__(self, revision: str, provider: Any) -> None:
        self.revision, self.provider = revision, provider
        self.found: dict[tuple[Any, ...], Any] = {}


_kept = _Kept("", None)


def _remembered(key: tuple[Any, ...], compute: Callable[[], Any]) -> Any:
    cache = _cache()
    if key not in cache:
        if len(cache) >= _MOST:
            cache.clear()
        cache[key] = compute()
    return cache[key]


def _cache() -> dict[tuple[Any, ...], Any]:
    """What was computed at the present revision; of a turn that writes, what its own request computed."""
    annotations = IAnnotations(getRequest(), None)
    if annotations is None:
        return _present()
    if _CACHE not in annotations:
        annotations[_CACHE] = _present()
    return annotations[_CACHE]


def _present() -> dict[tuple[Any, ...], Any]:
    global _kept
    revision = turn.register_revision()
    if not revision:
        return {}
    kept, provider = _kept, keys.provider()
    if (kept.revision, kept.provider) != (revision, provider):
        # what belongs to another revision is dropped, so that setting the revision back brings nothing back
        _kept = kept = _Kept(revision, provider)
    return kept.found
