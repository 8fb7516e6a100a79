"""The register of trust in words (sổ đăng ký người được tiếp cận bí mật), for pages and services of officers."""

from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from party.operations import _
from party.operations.confidentiality import clearances
from party.operations.ledger import clock
from party.operations.ledger import turn
from party.operations.organization import lookup
from party.operations.organization.tables import people
from party.operations.organization.tables import posts
from party.operations.text.folding import fold


#: what ends within so many days is shown apart, in time to be given anew
EXPIRING_DAYS = 60

#: how a row stands on the day it is looked at
STANDINGS = {
    "in_force": _("In force"),
    "coming": _("Begins later"),
    "proposed": _("Waits for a second officer"),
    "over": _("Over"),
    "revoked": _("Revoked"),
    "refused": _("Refused"),
}
#: lists of the page, with what an empty one says
LISTS = {
    "in_force": (
        _("In force"),
        _("Nobody is trusted with secrets yet. Propose somebody; another officer confirms it."),
    ),
    "proposed": (_("Waiting for a second officer"), _("No proposal is waiting.")),
    "expiring": (
        _("Ending within ${days} days", mapping={"days": EXPIRING_DAYS}),
        _("Nothing ends in the coming weeks."),
    ),
    "ended": (_("Ended or refused"), _("Nothing has ended yet.")),
}


@dataclass(frozen=True)
class Entry:
    """One row with the person it is about."""

    row: Any
    standing: str
    name: str
    login: str
    #: for search, without accents
    folded: str
    sort_key: str
    active: bool
    #: units the person serves in today
    units: str


def entries(person: str = "") -> list[Entry]:
    """All rows that count, of one person or of everybody, by given name and then oldest first."""
    rows = clearances.of_person(person) if person else clearances.register()
    ids = {row.person for row in rows}
    known = {each.id: each for each in turn.rows(sa.select(people).where(people.c.id.in_(ids)))}
    units = _units(ids)
    found = []
    for row in rows:
        who = known[row.person]
        found.append(
            Entry(
                row,
                standing(row),
                who.full_name,
                who.login,
                fold(f"{who.full_name} {who.login}"),
                who.sort_key,
                who.active,
                units.get(row.person, ""),
            )
        )
    return sorted(found, key=lambda each: (each.sort_key, each.row.person))


def standing(row: Any) -> str:
    """How a row stands today: a key of :data:`STANDINGS`."""
    if row.state != clearances.CONFIRMED:
        return str(row.state)
    today = clock.today()
    if row.from_day > today:
        return "coming"
    return "over" if row.until_day is not None and row.until_day <= today else "in_force"


def is_expiring(row: Any) -> bool:
    """Does it end within :data:`EXPIRING_DAYS`?"""
    soon = clock.today() + timedelta(days=EXPIRING_DAYS)
    return standing(row) == "in_force" and row.until_day is not None and row.until_day <= soon


def belongs(entry: Entry, to: str) -> bool:
    """Does an entry stand in the list ``to``, a key of :data:`LISTS`?"""
    if to == "in_force":
        return entry.standing in ("in_force", "coming")
    if to == "expiring":
        return is_expiring(entry.row)
    if to == "ended":
        return entry.standing in ("over", "revoked", "refused")
    return entry.standing == to


def held_on(found: list[Entry], day: date) -> list[Entry]:
    """The entries that held on ``day``."""
    return [each for each in found if clearances.in_force(each.row, day)]


def search(found: list[Entry], text: str) -> list[Entry]:
    """The entries of people whose name or login contains ``text``, without accents too."""
    wanted = fold(text)
    return [each for each in found if wanted in each.folded]


def _units(ids: "set[str]") -> dict[str, str]:
    """The names of the units each of the people serves in today."""
    held = turn.rows(sa.select(posts).where(posts.c.person.in_(ids)))
    today = clock.today()
    current = [each for each in held if each.from_day <= today and (each.until_day is None or each.until_day > today)]
    titles = lookup.unit_titles({each.unit for each in current})
    found: dict[str, dict[str, None]] = {}
    for each in current:
        found.setdefault(each.person, {})[titles[each.unit]] = None
    return {person: ", ".join(names) for person, names in found.items()}
