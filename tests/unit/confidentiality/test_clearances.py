"""On which days a row of the register holds."""

from collections.abc import Iterator
from datetime import date
from datetime import datetime
from types import SimpleNamespace
from typing import Any

import pytest

from party.operations.confidentiality import clearances
from party.operations.ledger import clock


def at(day: int, hour: int = 9) -> datetime:
    """An instant in November 2026 on the Vietnamese clock."""
    return datetime(2026, 11, day, hour, tzinfo=clock.VIETNAM)


def row(**values: Any) -> Any:
    """A clearance from 2 to 20 November that was confirmed on the 5th."""
    given = {
        "from_day": date(2026, 11, 2),
        "until_day": date(2026, 11, 20),
        "confirmed_at": at(5),
        "revoked_at": None,
    }
    return SimpleNamespace(**{**given, **values})


@pytest.fixture(autouse=True)
def today() -> Iterator[None]:
    """The 15th of November."""
    with clock.frozen(at(15, 12)):
        yield


@pytest.mark.parametrize(
    ("day", "holds"),
    [(1, False), (4, False), (5, True), (15, True), (19, True), (20, False)],
)
def test_it_holds_from_its_confirmation_to_the_day_before_the_end(day: int, holds: bool) -> None:
    assert clearances.in_force(row(), date(2026, 11, day)) is holds


def test_without_an_end_it_holds_on() -> None:
    assert clearances.in_force(row(until_day=None), date(2046, 1, 1))


def test_what_nobody_confirmed_never_holds() -> None:
    assert not clearances.in_force(row(confirmed_at=None), date(2026, 11, 10))


@pytest.mark.parametrize(("day", "held"), [(9, True), (10, True), (11, False), (15, False), (16, False)])
def test_what_was_revoked_held_until_that_day(day: int, held: bool) -> None:
    assert clearances.in_force(row(revoked_at=at(10)), date(2026, 11, day)) is held


def test_what_was_revoked_this_morning_is_over() -> None:
    revoked = row(revoked_at=at(15, 8))
    assert not clearances.in_force(revoked, date(2026, 11, 15))
    assert clearances.in_force(revoked, date(2026, 11, 14))


def test_a_clearance_confirmed_at_night_counts_on_the_vietnamese_day() -> None:
    # 23 h on the 9th in UTC is 6 h on the 10th in Hanoi
    confirmed = row(confirmed_at=at(10, 6))
    assert clearances.in_force(confirmed, date(2026, 11, 10))
    assert not clearances.in_force(confirmed, date(2026, 11, 9))
