"""When a report is due (kỳ gửi báo cáo) and about which days it is.

Daily: at its hour, of the day until then; with working days only, also of the days off before. Weekly: on Monday, of the
week before. Monthly: on the first, of the month before. With working days only a weekly or monthly report waits for the
first working day of its week or month; in a week without any it comes on Monday. Of reports that were missed, because
nobody did the work of the outbox, the last one is sent, once.
"""

import logging
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
import transaction
from zope.interface import provider

from party.operations import _
from party.operations.ledger import clock
from party.operations.ledger import outbox
from party.operations.ledger import turn
from party.operations.ledger.tables import outbox as jobs
from party.operations.mail import job as mail
from party.operations.organization import lookup
from party.operations.organization import periods as working
from party.operations.organization import rules as organization_rules
from party.operations.statistics.periods import Period
from party.operations.statistics.scheduled_tables import scheduled_reports


logger = logging.getLogger("party.operations.statistics")

#: kind of the mails
KIND = "scheduled-report"
RULES = {"daily": _("Daily"), "weekly": _("Weekly"), "monthly": _("Monthly")}

_ONE = timedelta(days=1)


@dataclass(frozen=True)
class Occurrence:
    """One time a report is due: the day it is sent and the days it is about."""

    day: date
    period: Period


def last_due(rule: str, hour: int, working_days: bool, now: datetime) -> Occurrence:
    """The last occurrence that is not after ``now``."""
    moment = clock.local(now)
    last = moment.date() if moment.time() >= time(hour) else moment.date() - _ONE
    return _OCCURRENCES[rule](last, working_days)


def next_due(rule: str, hour: int, working_days: bool, now: datetime) -> Occurrence:
    """The first occurrence after ``now``."""
    before = last_due(rule, hour, working_days, now)
    day = clock.local(now).date()
    while (found := _OCCURRENCES[rule](day, working_days)).day <= before.day:
        day += _ONE
    return found


def _daily(last: date, working_days: bool) -> Occurrence:
    day = _working_day_until(last) if working_days else last
    since = _working_day_until(day - _ONE) + _ONE if working_days else day
    return Occurrence(day, Period(since, day + _ONE))


def _weekly(last: date, working_days: bool) -> Occurrence:
    monday = last - timedelta(days=last.weekday())
    week = [monday + number * _ONE for number in range(7)]
    day = next((each for each in week if working.is_working(each)), monday) if working_days else monday
    if day > last:
        return _weekly(monday - _ONE, working_days)
    return Occurrence(day, Period(monday - 7 * _ONE, monday))


def _monthly(last: date, working_days: bool) -> Occurrence:
    first = last.replace(day=1)
    day = _working_day_from(first) if working_days else first
    if day > last:
        return _monthly(first - _ONE, working_days)
    return Occurrence(day, Period((first - _ONE).replace(day=1), first))


_OCCURRENCES = {"daily": _daily, "weekly": _weekly, "monthly": _monthly}


def _working_day_until(day: date) -> date:
    while not working.is_working(day):
        day -= _ONE
    return day


def _working_day_from(day: date) -> date:
    while not working.is_working(day):
        day += _ONE
    return day


@provider(outbox.ITimer)
def send_due(site: Any) -> None:
    """Put the mails of every report that is due into the outbox, once for each person.

    Each report has a transaction of its own: one that fails holds up no other and is due again.
    """
    for row in turn.rows(sa.select(scheduled_reports).where(scheduled_reports.c.active.is_(True))):
        try:
            _send_if_due(row)
            transaction.commit()
        except Exception:
            transaction.abort()
            logger.warning("report %s by mail failed", row.id, exc_info=True)


def recipients(row: Any) -> list[str]:
    """Who gets a report today: the people named, and the holders of the functions named."""
    held = lookup.holders(row.unit, *row.functions) if row.functions else []
    return list(dict.fromkeys([*row.people, *(each.person for each in held)]))


def mails_of(row: Any) -> "list[sa.Row[Any]]":
    """The jobs of the mails of the last report that was due."""
    if row.sent_for is None:
        return []
    prefix = _key(row.id, row.sent_for, "")
    return turn.rows(sa.select(jobs).where(jobs.c.key.startswith(prefix, autoescape=True)).order_by(jobs.c.id))


def _is_due(row: Any, occurrence: Occurrence) -> bool:
    at = datetime.combine(occurrence.day, time(row.hour), clock.VIETNAM)
    return at >= row.begun_at and (row.sent_for is None or row.sent_for < occurrence.day)


def _send_if_due(row: Any) -> None:
    occurrence = last_due(row.rule, row.hour, row.working_days, clock.now())
    unit = lookup.find_unit(row.unit)
    # there is nothing to be said of a unit that was closed or is not there any more
    if _is_due(row, occurrence) and unit is not None and organization_rules.is_open(unit):
        with turn.turn():
            _send(row, occurrence)


def _send(row: Any, occurrence: Occurrence) -> None:
    # another worker may just have done it
    not_yet = sa.or_(scheduled_reports.c.sent_for.is_(None), scheduled_reports.c.sent_for < occurrence.day)
    mark = sa.update(scheduled_reports).where(scheduled_reports.c.id == row.id, not_yet)
    if turn.run(mark.values(sent_for=occurrence.day)).rowcount != 1:
        return
    period = occurrence.period
    facts = {"schedule": row.id, "since": period.since.isoformat(), "until": period.until.isoformat()}
    for person in recipients(row):
        mail.enqueue(KIND, _key(row.id, occurrence.day, person), person, facts)


def _key(schedule: int, day: date, person: str) -> str:
    return f"{KIND}:{schedule}:{day}:{person}"
