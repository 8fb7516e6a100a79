"""The principal set: who a person is now (tư cách hiện tại).

``of(person, day, zone)`` is computed at each call from dated registers, so a new post, a delegation, a merger or the end
of a post needs no re-indexing anywhere.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from zope.annotation.interfaces import IAnnotations
from zope.component import getUtilitiesFor
from zope.globalrequest import getRequest
from zope.interface import Interface

from party.operations.confidentiality import clearances
from party.operations.confidentiality import levels
from party.operations.confidentiality import tokens
from party.operations.ledger import clock


_CACHE = "party.operations.principals"


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
    cache = _cache()
    key = (person, when)
    if cache is None:
        return _standings(person, when)
    if key not in cache:
        cache[key] = _standings(person, when)
    return cache[key]


def of(person: str, day: date | None = None, zone: str | None = None) -> frozenset[str]:
    """The tokens ``person`` holds on ``day`` in ``zone`` (today and this process's zone when not given)."""
    when, where = day or clock.today(), zone or levels.zone()
    cache = _cache()
    key = (person, when, where)
    if cache is None:
        return _tokens(person, when, where)
    if key not in cache:
        cache[key] = _tokens(person, when, where)
    return cache[key]


def levels_of(person: str, day: date | None = None, zone: str | None = None) -> tuple[str, ...]:
    """The levels at which ``person`` may read: up to the lower of his clearance on ``day`` and the cap of ``zone``."""
    when, where = day or clock.today(), zone or levels.zone()
    cap = levels.cap(where)
    if not person or cap == levels.NORMAL:
        return (levels.NORMAL,)
    cache = _cache()
    key = (person, when, where, "levels")
    if cache is not None and key in cache:
        return cache[key]
    found = levels.up_to(min(clearances.level_of(person, when), cap, key=levels.rank))
    if cache is not None:
        cache[key] = found
    return found


def forget() -> None:
    """Drop what this request remembers; called by every operation that writes a register of persons."""
    cache = _cache()
    if cache is not None:
        cache.clear()
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


def _cache() -> dict[tuple[object, ...], object] | None:
    annotations = IAnnotations(getRequest(), None)
    return None if annotations is None else annotations.setdefault(_CACHE, {})
