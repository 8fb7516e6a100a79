"""Arranging, changing and stopping reports by mail (đặt lịch gửi báo cáo): the unit's administrators do it."""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.ledger import clock
from party.operations.ledger import journal
from party.operations.ledger import turn
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import Missing
from party.operations.ledger.errors import require
from party.operations.ledger.operation import operation
from party.operations.mail.message import address
from party.operations.organization import lookup
from party.operations.organization import rules as organization_rules
from party.operations.statistics import rules
from party.operations.statistics.scheduled import RULES
from party.operations.statistics.scheduled_mail import CONTENTS
from party.operations.statistics.scheduled_tables import scheduled_reports


#: the most people one report is sent to by name
MOST = 100


@operation
def schedule_report(
    unit: str,
    kind: str,
    rule: str,
    *,
    hour: int = 16,
    working_days: bool = True,
    people: Iterable[str] = (),
    functions: Iterable[str] = (),
) -> int:
    """Have a report about ``unit`` and the units below it mailed by the clock and return its id (đặt lịch).

    ``people`` are ids, ``functions`` those of the unit whose holders get it. Raises ``Invalid`` also for somebody who has no
    e-mail address or does not answer for the unit: he would get nothing.
    """
    with turn.turn():
        require(organization_rules.may_administer(unit))
        require(organization_rules.is_open(lookup.unit(unit)))
        values = _checked(unit, kind, rule, hour, working_days, list(people), list(functions))
        made = turn.run(
            sa.insert(scheduled_reports)
            .values(unit=unit, active=True, begun_at=clock.now(), **values)
            .returning(scheduled_reports.c.id)
        ).scalar_one()
        journal.record("schedule_report", unit, actor.current(), unit=unit, schedule=made, **values)
        return made


@operation
def change_scheduled_report(
    schedule: int,
    kind: str,
    rule: str,
    *,
    hour: int,
    working_days: bool,
    people: Iterable[str],
    functions: Iterable[str],
) -> None:
    """Change what is sent, when or to whom (sửa lịch gửi); what was due before is not sent again."""
    with turn.turn():
        row = _kept(schedule)
        values = _checked(row.unit, kind, rule, hour, working_days, list(people), list(functions))
        turn.run(
            sa.update(scheduled_reports)
            .where(scheduled_reports.c.id == schedule)
            .values(begun_at=clock.now(), **values)
        )
        diff = journal.changes(dict(row._mapping), values)
        journal.record(
            "change_scheduled_report", row.unit, actor.current(), unit=row.unit, diff=diff, schedule=schedule
        )


@operation
def stop_scheduled_report(schedule: int) -> None:
    """Send it no more (dừng gửi); also mails of it that still wait in the outbox are not sent."""
    with turn.turn():
        row = _kept(schedule)
        turn.run(sa.update(scheduled_reports).where(scheduled_reports.c.id == schedule).values(active=False))
        journal.record("stop_scheduled_report", row.unit, actor.current(), unit=row.unit, schedule=schedule)


def _kept(schedule: int) -> Any:
    row = turn.row(
        sa.select(scheduled_reports).where(scheduled_reports.c.id == schedule, scheduled_reports.c.active.is_(True))
    )
    if row is None:
        raise Missing(_("There is no such report by mail. It may have been stopped already."))
    require(organization_rules.may_administer(row.unit))
    return row


def _checked(
    unit: str, kind: str, rule: str, hour: int, working_days: bool, people: list[str], functions: list[str]
) -> dict[str, Any]:
    if kind not in CONTENTS:
        raise Invalid(_("“${value}” is not a report.", mapping={"value": kind}), "kind")
    if rule not in RULES:
        raise Invalid(_("“${value}” is not a rule of sending.", mapping={"value": rule}), "rule")
    if not 0 <= hour <= 23:
        raise Invalid(_("An hour is a number from 0 to 23."), "hour")
    if not people and not functions:
        raise Invalid(_("Say who gets the report: people, or functions in the unit."), "people")
    if len(people) > MOST:
        raise Invalid(_("At most ${count} people are named; use functions.", mapping={"count": MOST}), "people")
    unknown = set(functions) - rules.ANSWERABLE
    if unknown:
        raise Invalid(
            _("“${value}” does not see figures of the unit.", mapping={"value": sorted(unknown)[0]}), "functions"
        )
    for person in people:
        _check_recipient(person, unit)
    return {
        "kind": kind,
        "rule": rule,
        "hour": hour,
        "working_days": working_days,
        "people": list(dict.fromkeys(people)),
        "functions": list(dict.fromkeys(functions)),
    }


def _check_recipient(person: str, unit: str) -> None:
    row = lookup.person(person)
    named = {"person": row.full_name}
    if not row.active:
        raise Invalid(_("The account of ${person} is closed.", mapping=named), "people")
    if not row.email:
        raise Invalid(_("No e-mail address is recorded for ${person}.", mapping=named), "people")
    try:
        address(row.full_name, row.email)
    except Invalid as error:
        raise Invalid(error.message, "people") from error
    with actor.acting_as(person):
        if not rules.may_see(unit):
            raise Invalid(_("${person} does not answer for this unit and would get nothing.", mapping=named), "people")
