"""Access explained (giải thích quyền truy cập): who could see an object on a day and why, and why somebody could not.

Nothing here decides; it reads the same registers as :mod:`.principals` and :mod:`.grants` do, for a day and for people
other than the one who acts. Tokens on classified objects name nobody, so the tokens of each person are computed and
compared.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from party.operations.confidentiality import clearances
from party.operations.confidentiality import data_keys
from party.operations.confidentiality import keys
from party.operations.confidentiality import levels
from party.operations.confidentiality import principals
from party.operations.confidentiality import tokens
from party.operations.confidentiality.principals import Standing
from party.operations.confidentiality.tables import grants
from party.operations.confidentiality.valid_grants import is_genuine
from party.operations.ledger import clock
from party.operations.ledger import turn


#: conditions in the order in which they are looked at; the first that fails is named
RELATION, CLEARANCE, ZONE, HIDDEN, KEY = "relation", "clearance", "zone", "hidden", "key"


@dataclass(frozen=True)
class Ground:
    """One grant that names a person: why it was given, and in what capacity he holds its token."""

    #: number of the grant's row
    grant: int
    cause: str
    from_day: date
    until: date | None
    #: ``None`` when the grant names the person himself
    standing: Standing | None


@dataclass(frozen=True)
class Answer:
    """Can a person see an object, and why (not)."""

    person: str
    #: what relates the person to the object, whatever his clearance
    grounds: tuple[Ground, ...]
    clearance: str
    #: the first condition that fails, "" when he can
    failing: str

    @property
    def can(self) -> bool:
        """Does nothing stand in the way?"""
        return not self.failing


def given_on(uid: str, day: date) -> "list[sa.Row[Any]]":
    """The grants on an object that held on ``day``; of today the present counts, of the past any part of a day."""
    found = turn.rows(sa.select(grants).where(grants.c.object == uid).order_by(grants.c.id))
    return [each for each in found if _held(each, day) and is_genuine(each._mapping)]


def tokens_on(uid: str, day: date) -> frozenset[str]:
    """The tokens that read an object on ``day``."""
    return frozenset(row.token for row in given_on(uid, day))


def people(item: "sa.Row[Any]", persons: Iterable[str], day: date, zone: str) -> list[Answer]:
    """The answer for each of ``persons`` to whom the object of the row ``item`` is related on ``day``, in their order."""
    given = _by_token(given_on(item.uid, day))
    barrier = _barrier(item, zone)
    answers = (_answer(person, item.level, given, day, barrier) for person in persons)
    return [each for each in answers if each.grounds]


def one(item: "sa.Row[Any]", person: str, day: date, zone: str) -> Answer:
    """The answer for one person."""
    return _answer(person, item.level, _by_token(given_on(item.uid, day)), day, _barrier(item, zone))


def _answer(person: str, level: str, given: "dict[str, list[Any]]", day: date, barrier: str) -> Answer:
    grounds = tuple(
        Ground(row.id, row.cause, row.from_day, row.until_day, standing)
        for token, standing in _held_tokens(person, level, day).items()
        for row in given.get(token, ())
    )
    if not grounds:
        return Answer(person, (), levels.NORMAL, RELATION)
    clearance = clearances.level_of(person, day) if level != levels.NORMAL else levels.NORMAL
    failing = CLEARANCE if levels.rank(clearance) < levels.rank(level) else barrier
    return Answer(person, grounds, clearance, failing)


def _held_tokens(person: str, level: str, day: date) -> "dict[str, Standing | None]":
    """The tokens a person would hold at ``level`` with a clearance, each with the standing that gives it."""
    held: dict[str, Standing | None] = {tokens.user(person, level): None}
    for standing in principals.standings(person, day):
        for token in tokens.of_post(standing.unit, standing.function, level):
            held.setdefault(token, standing)
        if standing.via == "delegation":
            held.setdefault(tokens.user(standing.holder, level), standing)
    return held


def _barrier(item: "sa.Row[Any]", zone: str) -> str:
    """What keeps everybody out today, "" when nothing does."""
    if levels.rank(levels.cap(zone)) < levels.rank(item.level):
        return ZONE
    if item.hidden:
        return HIDDEN
    return KEY if item.level != levels.NORMAL and _is_withheld(item.key) else ""


def _is_withheld(key: str) -> bool:
    try:
        data_keys.get(key)
    except (keys.Withheld, keys.Broken):
        return True
    return False


def _by_token(rows: "list[sa.Row[Any]]") -> "dict[str, list[Any]]":
    found: dict[str, list[Any]] = {}
    for row in rows:
        found.setdefault(row.token, []).append(row)
    return found


def _held(row: "sa.Row[Any]", day: date) -> bool:
    given = clock.local(row.given_at).date()
    if day < given or (row.until_day is not None and row.until_day <= day):
        return False
    return row.withdrawn_at is None or (day < clock.today() and day <= clock.local(row.withdrawn_at).date())
