"""Number series (dãy số): numbers are rows, without gaps and without duplicates.

Taking a number locks its series until commit. A voided number stays as a row with its reason; it is never used again.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from party.operations import _

from . import clock
from . import turn
from .errors import Invalid
from .errors import NumberTaken
from .tables import numbers
from .tables import series


#: the largest number that may be typed
MAX_NUMBER = 9_999_999


@dataclass(frozen=True)
class Series:
    """Names one series: the issuing unit, the document type or book, the period of the legal date, a suffix."""

    unit: str
    book: str
    period: str
    suffix: str = ""


@dataclass(frozen=True)
class Use:
    """What a number is taken for."""

    object: str
    legal_date: date
    actor: str


def take(which: Series, use: Use) -> int:
    """Take the next free number of ``which``. The series stays locked until commit."""
    key, last = _lock(which)
    number = last + 1
    # numbers typed ahead of the series (a paper register written up later) are skipped
    ahead = {
        each.number
        for each in turn.rows(sa.select(numbers.c.number).where(numbers.c.series == key, numbers.c.number > last))
    }
    while number in ahead:
        number += 1
    turn.run(sa.update(series).where(series.c.id == key).values(last=number))
    _insert(key, number, "taken", use)
    return number


def claim(which: Series, number: int, use: Use, state: str = "taken") -> int:
    """Use a number that was typed or ``imported``; raises :class:`NumberTaken`, :class:`Invalid`.

    After an imported one the series goes on above it: a gap of an old register is filled by nothing new.
    """
    if not 1 <= number <= MAX_NUMBER:
        raise Invalid(
            _("A number of a register is a whole number from 1 to ${max}.", mapping={"max": MAX_NUMBER}), "number"
        )
    key, last = _lock(which)
    used = _row(key, number)
    if used is not None:
        raise NumberTaken(
            _(
                "Number ${number} is used already in this series. Nothing was saved: leave the number empty to take "
                "the next one, or type another.",
                mapping={"number": number},
            ),
            number=number,
        )
    _insert(key, number, state, use)
    if state == "imported" and number > last:
        turn.run(sa.update(series).where(series.c.id == key).values(last=number))
    return number


def void(which: Series, number: int, reason: str) -> None:
    """Void a number that was taken; it stays in the series with its reason (huỷ số)."""
    if not reason.strip():
        raise Invalid(_("Say why the number is voided."), "reason")
    key, _last = _lock(which)
    result = turn.run(
        sa.update(numbers)
        .where(numbers.c.series == key, numbers.c.number == number, numbers.c.state != "voided")
        .values(state="voided", reason=reason)
    )
    if result.rowcount != 1:
        raise Invalid(_("Number ${number} is not in use.", mapping={"number": number}), "number")


def peek(which: Series) -> int:
    """The number that would come next; only to be shown, never to be used."""
    last = turn.scalar(sa.select(series.c.last).where(*_same(which)))
    return (last or 0) + 1


def holder(which: Series, number: int) -> str:
    """The object that has a number of a series, "" while it is free."""
    wanted = sa.select(numbers.c.object).join_from(numbers, series).where(*_same(which), numbers.c.number == number)
    return turn.scalar(wanted) or ""


def used(which: Series) -> dict[int, str]:
    """The numbers of a series that are not free, each with the object it was taken for."""
    wanted = sa.select(numbers.c.number, numbers.c.object).join_from(numbers, series).where(*_same(which))
    return {each.number: each.object for each in turn.rows(wanted)}


def of_object(uid: str) -> list[dict[str, Any]]:
    """The numbers an object holds, each with its series, for export."""
    found = turn.rows(
        sa.select(
            series.c.unit,
            series.c.book,
            series.c.period,
            series.c.suffix,
            numbers.c.number,
            numbers.c.state,
            numbers.c.legal_date,
            numbers.c.taken_by,
            numbers.c.taken_at,
            numbers.c.reason,
        )
        .join_from(numbers, series)
        .where(numbers.c.object == uid)
        .order_by(series.c.id, numbers.c.number)
    )
    return [dict(each._mapping) for each in found]


def _same(which: Series) -> list["sa.ColumnElement[bool]"]:
    return [
        series.c.unit == which.unit,
        series.c.book == which.book,
        series.c.period == which.period,
        series.c.suffix == which.suffix,
    ]


def _lock(which: Series) -> tuple[int, int]:
    wanted = sa.select(series.c.id, series.c.last).where(*_same(which)).with_for_update()
    found = turn.row(wanted)
    if found is None:
        turn.insert_new(series, unit=which.unit, book=which.book, period=which.period, suffix=which.suffix, last=0)
        found = turn.row(wanted)
    assert found is not None
    return found.id, found.last


def _row(key: int, number: int) -> "sa.Row[Any] | None":
    return turn.row(sa.select(numbers).where(numbers.c.series == key, numbers.c.number == number))


def _insert(key: int, number: int, state: str, use: Use) -> None:
    turn.run(
        sa.insert(numbers).values(
            series=key,
            number=number,
            state=state,
            object=use.object,
            legal_date=use.legal_date,
            taken_by=use.actor,
            taken_at=clock.now(),
            reason="",
        )
    )
