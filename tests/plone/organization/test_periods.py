"""Terms, years, working days: what a legal date falls into."""

from datetime import date

import pytest
from AccessControl.SecurityManagement import newSecurityManager
from AccessControl.users import system

from party.operations.ledger.errors import Invalid
from party.operations.organization import operations
from party.operations.organization import periods
from tests.office import Office


@pytest.fixture(autouse=True)
def _as_system(office: Office) -> None:
    newSecurityManager(None, system)


def test_a_unit_without_terms_counts_in_those_of_the_nearest_unit_above(office: Office) -> None:
    assert periods.term(office.units["xa"], date(2026, 11, 24)) == "Khoá XIV"
    operations.set_term(office.units["tinh"], "Nhiệm kỳ 2025–2030", date(2025, 10, 1))
    days = [date(2025, 9, 30), date(2025, 10, 1)]
    assert [periods.term(office.units["xa"], day) for day in days] == ["Khoá XIV", "Nhiệm kỳ 2025–2030"]
    assert periods.term(office.units["vptw"], date(2026, 11, 24)) == "Khoá XIV"


def test_a_new_term_ends_the_one_before_on_its_day(office: Office) -> None:
    tw = office.units["tw"]
    operations.set_term(tw, "Khoá XV", date(2031, 1, 20))
    days = [date(2031, 1, 19), date(2031, 1, 20)]
    assert [periods.term(tw, day) for day in days] == ["Khoá XIV", "Khoá XV"]


def test_an_earlier_term_may_be_recorded_later_on_when_its_end_is_known(office: Office) -> None:
    tw = office.units["tw"]
    operations.set_term(tw, "Khoá XIII", date(2016, 1, 1), date(2020, 1, 1))
    days = [date(2016, 1, 1), date(2019, 12, 31), date(2020, 1, 1), date(2026, 1, 1)]
    assert [periods.term(tw, day) for day in days] == ["Khoá XIII", "Khoá XIII", "Khoá XIV", "Khoá XIV"]


@pytest.mark.parametrize(
    ("label", "from_day", "until", "field"),
    [
        ("Khoá XIV", date(2031, 1, 1), None, "label"),
        ("KHÓA XIV", date(2031, 1, 1), None, "label"),
        (" ", date(2031, 1, 1), None, "label"),
        ("x" * 41, date(2031, 1, 1), None, "label"),
        ("Khoá XV", date(2031, 1, 1), date(2031, 1, 1), "until"),
        ("Khoá XV", date(2020, 1, 1), None, "from_day"),
        ("Khoá XIII", date(2016, 1, 1), None, "from_day"),
        ("Khoá XIII", date(2016, 1, 1), date(2020, 1, 2), "from_day"),
    ],
)
def test_a_term_that_would_mix_up_numbers_is_refused(
    label: str, from_day: date, until: date | None, field: str, office: Office
) -> None:
    with pytest.raises(Invalid) as refused:
        operations.set_term(office.units["tw"], label, from_day, until)
    assert refused.value.field == field
    assert periods.term(office.units["tw"], date(2026, 11, 24)) == "Khoá XIV"


def test_a_day_before_all_terms_has_none_and_it_is_said_who_enters_one(office: Office) -> None:
    with pytest.raises(Invalid, match="administrator"):
        periods.term(office.units["tinh"], date(2019, 12, 31))


def test_the_period_of_an_issue_is_the_term_or_the_year_by_the_regime(office: Office) -> None:
    day = date(2026, 12, 31)
    assert periods.of_issue(office.units["tinh"], "party", day) == "Khoá XIV"
    assert periods.of_issue(office.units["tinh"], "state", day) == "2026"


def test_weekends_and_recorded_days_off_are_no_working_days_and_worked_weekends_are() -> None:
    operations.set_holiday(date(2027, 1, 1), "Tết Dương lịch")
    operations.set_holiday(date(2027, 1, 9), "Làm bù", working=True)
    days = {
        date(2026, 12, 31): True,
        date(2027, 1, 1): False,
        date(2027, 1, 2): False,
        date(2027, 1, 9): True,
        date(2027, 1, 10): False,
        date(2027, 1, 11): True,
    }
    assert {day: periods.is_working(day) for day in days} == days


def test_a_day_recorded_twice_is_what_was_said_last() -> None:
    day = date(2027, 1, 1)
    operations.set_holiday(day, "Nghỉ")
    operations.set_holiday(day, "Vẫn làm", working=True)
    assert periods.is_working(day)


@pytest.mark.parametrize(
    ("start", "count", "end"),
    [
        (date(2026, 11, 24), 0, date(2026, 11, 24)),
        (date(2026, 11, 24), 1, date(2026, 11, 25)),
        (date(2026, 11, 27), 1, date(2026, 11, 30)),
        (date(2026, 11, 28), 1, date(2026, 11, 30)),
        (date(2026, 11, 24), 10, date(2026, 12, 8)),
        (date(2026, 11, 24), 365, date(2028, 4, 18)),
    ],
)
def test_working_days_are_counted_from_the_day_after(start: date, count: int, end: date) -> None:
    assert periods.add_working_days(start, count) == end


def test_a_long_new_year_holiday_is_passed_over() -> None:
    for day in range(5, 14):
        operations.set_holiday(date(2027, 2, day), "Tết Nguyên đán")
    assert periods.add_working_days(date(2027, 2, 4), 1) == date(2027, 2, 15)
