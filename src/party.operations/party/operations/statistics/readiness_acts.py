"""Declaring how ready a unit is, and reminding those responsible (khai báo, đôn đốc)."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.ledger import clock
from party.operations.ledger import journal
from party.operations.ledger import turn
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import require
from party.operations.ledger.operation import operation
from party.operations.mail import job as mail
from party.operations.organization import fields
from party.operations.organization import lookup
from party.operations.organization import rules as organization_rules
from party.operations.organization.tables import people
from party.operations.organization.tables import posts
from party.operations.statistics import readiness
from party.operations.statistics.readiness import Line
from party.operations.statistics.readiness_tables import readiness_declarations
from party.operations.text.normalize import clean_text


#: kind of the mails
REMINDER = "readiness-reminder"
MOST = 1_000_000


@dataclass(frozen=True)
class Reminded:
    """What came of reminding: how many people get a mail, how many got one today already, and units nobody can be told of."""

    asked: int
    before: int
    #: titles of units that have no administrator with an e-mail address, nor has any unit above
    unreachable: tuple[str, ...]


@operation
def declare_readiness(
    unit: str, aspect: str, done: int, needed: int, *, day: date | None = None, note: str = ""
) -> int:
    """Declare what the system cannot know, such as people trained of those to be trained; returns the row's id (khai báo).

    ``needed`` 0 says that the unit needs nothing of it. Raises ``Invalid`` and ``NotAllowed``.
    """
    day, note = day or clock.today(), clean_text(note)
    if aspect not in (*readiness.DECLARED, *readiness.WAIVED):
        raise Invalid(_("This is not declared: the system knows it by itself."), "aspect")
    if not 0 <= done <= needed <= MOST:
        raise Invalid(_("What is done is at most what is needed, and neither is below 0."), "done")
    if aspect in readiness.WAIVED and needed:
        raise Invalid(_("Here you can only declare that it is not needed: enter 0."), "needed")
    if day > clock.today():
        raise Invalid(_("This day is still to come. Declare what is so today."), "day")
    fields.check_length(note, 500, "note")
    with turn.turn():
        require(organization_rules.may_administer(unit))
        row = lookup.unit(unit)
        require(organization_rules.is_open(row))
        if row.organ != unit:
            raise Invalid(
                _("${unit} has no registers of its own; it counts with the unit above it.", mapping={"unit": row.title})
            )
        values: dict[str, Any] = {
            "unit": unit,
            "aspect": aspect,
            "done": done,
            "needed": needed,
            "day": day,
            "note": note,
        }
        made = turn.run(
            sa.insert(readiness_declarations)
            .values(**values, declared_by=actor.current(), at=clock.now())
            .returning(readiness_declarations.c.id)
        ).scalar_one()
        journal.record("declare_readiness", unit, actor.current(), **values)
        return made


@operation
def remind_of_readiness(unit: str = "") -> Reminded:
    """Ask for a mail to everybody responsible for a unit where something is missing (đôn đốc); nobody gets two on a day.

    ``unit`` and all below it; "" is all that the acting person answers for.
    """
    with turn.turn():
        found, unreachable = responsible([each for each in readiness.matrix(unit) if each.missing])
        today = clock.today()
        new = [
            mail.enqueue(REMINDER, f"{REMINDER}:{person}:{today}", person, {"unit": unit}) for person in sorted(found)
        ]
        asked = sum(new)
        journal.record("remind_of_readiness", unit, actor.current(), unit=unit, people=asked)
        return Reminded(asked, len(new) - asked, tuple(each.title for each in unreachable))


def responsible(lines: Iterable[Line]) -> tuple[dict[str, list[Line]], list[Line]]:
    """The lines by who answers for them, and those nobody can be told of.

    Responsible are the administrators of the unit that have an e-mail address, else those of the nearest unit above.
    """
    lines = list(lines)
    administrators = _administrators({each for line in lines for each in line.lineage.split("/")})
    found: dict[str, list[Line]] = defaultdict(list)
    unreachable = []
    for line in lines:
        upward = [each for each in reversed(line.lineage.split("/")) if each]
        nearest = next((administrators[each] for each in upward if each in administrators), None)
        if nearest is None:
            unreachable.append(line)
        for person in nearest or ():
            found[person].append(line)
    return found, unreachable


#: so many units are named in one query; for more the query reads all units
_MOST_NAMED = 500


def _administrators(uids: set[str]) -> dict[str, list[str]]:
    """People with an e-mail address by the unit they administer today."""
    today = clock.today()
    wanted = (
        sa.select(posts.c.unit, posts.c.person)
        .join(people, people.c.id == posts.c.person)
        .where(
            posts.c.function == "unit_admin",
            posts.c.from_day <= today,
            sa.or_(posts.c.until_day.is_(None), posts.c.until_day > today),
            people.c.active.is_(True),
            people.c.email != "",
        )
    )
    if len(uids) <= _MOST_NAMED:
        wanted = wanted.where(posts.c.unit.in_(sorted(uids)))
    found: dict[str, list[str]] = defaultdict(list)
    for each in turn.rows(wanted.order_by(posts.c.id)):
        found[each.unit].append(each.person)
    return found
