"""Periods and working days (nhiệm kỳ, năm, ngày làm việc): what a legal date falls into.

Party: numbers begin again with each term of the committee (HD 36-HD/VPTW, II.1.3, and its successor); State documents and
all arrival books with each calendar year (NĐ 30/2020, Điều 15, 22).
"""

from datetime import date
from datetime import timedelta

import sqlalchemy as sa

from party.operations import _
from party.operations.ledger import turn
from party.operations.ledger.errors import Invalid
from party.operations.organization import lookup
from party.operations.organization.tables import holidays
from party.operations.organization.tables import terms


def year(day: date) -> str:
    """The calendar year as a period."""
    return f"{day.year}"


def term(unit: str, day: date) -> str:
    """The congress term of the unit, or of the nearest unit above that has one, on ``day``."""
    for each in lookup.ancestors(unit):
        label = turn.scalar(
            sa.select(terms.c.label).where(
                terms.c.unit == each,
                terms.c.from_day <= day,
                sa.or_(terms.c.until_day.is_(None), terms.c.until_day > day),
            )
        )
        if label:
            return label
    raise Invalid(
        _(
            "No congress term is recorded for ${day}. The unit's administrator enters the term, then the number can be taken.",
            mapping={"day": day.strftime("%d/%m/%Y")},
        )
    )


def of_issue(unit: str, regime: str, day: date) -> str:
    """The period of an issued document: the term (Party) or the year (State)."""
    return year(day) if regime == "state" else term(unit, day)


def is_working(day: date) -> bool:
    """Monday to Friday, but for recorded days off and worked weekends."""
    recorded = turn.scalar(sa.select(holidays.c.working).where(holidays.c.day == day))
    return recorded if recorded is not None else day.weekday() < 5


def add_working_days(day: date, count: int) -> date:
    """The ``count``-th working day after ``day``."""
    span = day + timedelta(days=count * 3 + 30)
    wanted = sa.select(holidays.c.day, holidays.c.working).where(holidays.c.day.between(day, span))
    recorded = {each.day: each.working for each in turn.rows(wanted)}
    while count > 0:
        day += timedelta(days=1)
        if recorded.get(day, day.weekday() < 5):
            count -= 1
    return day
