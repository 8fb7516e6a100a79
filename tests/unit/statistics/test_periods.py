"""Periods of reports: what the words mean, what they are compared with, and what is refused."""

from datetime import date
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as some

from party.operations.ledger.errors import Invalid
from party.operations.statistics import periods
from party.operations.statistics.periods import Period


DAYS = some.dates(date(1990, 1, 1), date(2190, 1, 1))


@pytest.mark.parametrize(
    ("choice", "since", "last"),
    [
        ("today", date(2025, 6, 19), date(2025, 6, 19)),
        ("this-week", date(2025, 6, 16), date(2025, 6, 22)),
        ("last-week", date(2025, 6, 9), date(2025, 6, 15)),
        ("this-month", date(2025, 6, 1), date(2025, 6, 30)),
        ("last-month", date(2025, 5, 1), date(2025, 5, 31)),
        ("this-quarter", date(2025, 4, 1), date(2025, 6, 30)),
        ("last-quarter", date(2025, 1, 1), date(2025, 3, 31)),
        ("this-year", date(2025, 1, 1), date(2025, 12, 31)),
        ("last-year", date(2024, 1, 1), date(2024, 12, 31)),
    ],
)
def test_a_word_means_the_days_of_the_calendar(choice, since, last):
    found = periods.named(choice, date(2025, 6, 19))
    assert (found.since, found.last) == (since, last)


@given(DAYS, some.sampled_from(sorted(periods.CHOICES)))
def test_what_is_present_holds_the_day_and_what_was_last_ends_before_it(day, choice):
    found = periods.named(choice, day)
    if choice.startswith("last-"):
        present = periods.named(choice.replace("last-", "this-"), day)
        assert found.until == present.since <= day
    else:
        assert found.since <= day < found.until


@given(DAYS, some.integers(0, 400))
def test_the_period_before_ends_where_the_period_begins_and_is_as_long(since, more):
    period = periods.span(since, since + timedelta(days=more))
    earlier = periods.before(period)
    assert earlier.until == period.since
    assert earlier.days == period.days or earlier.months() == period.months() > 0


def test_a_quarter_is_compared_with_the_quarter_before_and_leap_days_with_the_day_that_there_is():
    assert periods.before(periods.span(date(2025, 4, 1), date(2025, 6, 30))) == periods.span(
        date(2025, 1, 1), date(2025, 3, 31)
    )
    assert periods.year_before(periods.span(date(2024, 2, 29), date(2024, 2, 29))) == periods.span(
        date(2023, 2, 28), date(2023, 2, 28)
    )
    assert periods.year_before(periods.span(date(2025, 2, 1), date(2025, 2, 28))).last == date(2024, 2, 28)


def test_whole_months_are_known_and_taken_apart():
    year = periods.named("this-year", date(2025, 6, 19))
    assert year.months() == 12
    months = periods.months_of(year)
    assert (months[0], months[-1]) == (
        Period(date(2025, 1, 1), date(2025, 2, 1)),
        Period(date(2025, 12, 1), date(2026, 1, 1)),
    )
    assert periods.span(date(2025, 6, 1), date(2025, 6, 29)).months() == 0
    assert periods.span(date(2025, 6, 2), date(2025, 7, 1)).months() == 0


@pytest.mark.parametrize(
    "ask",
    [
        lambda: periods.span(date(2025, 6, 19), date(2025, 6, 13)),
        lambda: periods.span(date(1, 1, 1), date(2025, 6, 13)),
        lambda: periods.span(date(2025, 6, 13), date(9999, 12, 31)),
        lambda: periods.named("for-ever"),
        lambda: periods.compared(periods.named("today"), "everything"),
    ],
)
def test_what_is_no_period_is_refused_with_a_sentence(ask):
    with pytest.raises(Invalid) as refused:
        ask()
    assert refused.value.field
    assert str(refused.value.message)
