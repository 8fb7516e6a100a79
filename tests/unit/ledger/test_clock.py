"""The only source of time: instants in UTC, legal dates in Vietnam."""

from datetime import date
from datetime import datetime
from datetime import timedelta
from datetime import UTC

from party.operations.ledger import clock


def test_the_present_instant_is_aware_and_in_utc() -> None:
    assert clock.now().tzinfo is UTC
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=5)


def test_the_legal_date_is_the_date_in_vietnam_and_not_in_utc() -> None:
    with clock.frozen(datetime(2025, 12, 31, 17, 0, tzinfo=UTC)):
        assert clock.today() == date(2026, 1, 1)
    with clock.frozen(datetime(2025, 12, 31, 16, 59, tzinfo=UTC)):
        assert clock.today() == date(2025, 12, 31)


def test_a_wall_clock_in_vietnam_is_seven_hours_ahead() -> None:
    assert clock.local(datetime(2026, 11, 24, 2, 0, tzinfo=UTC)).hour == 9


def test_a_held_clock_stands_still_and_moves_only_when_it_is_told_to() -> None:
    start = datetime(2026, 11, 24, 9, 0, tzinfo=clock.VIETNAM)
    with clock.frozen(start) as time:
        assert clock.now() == clock.now() == start
        time.advance(days=1, minutes=5)
        assert clock.now() - start == timedelta(days=1, minutes=5)
    assert clock.now() != start


def test_clocks_held_inside_one_another_end_in_their_order() -> None:
    outer, inner = datetime(2026, 1, 1, tzinfo=UTC), datetime(2020, 1, 1, tzinfo=UTC)
    with clock.frozen(outer):
        with clock.frozen(inner):
            assert clock.now() == inner
        assert clock.now() == outer
