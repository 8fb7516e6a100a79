from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from party.operations.text.dates import DateError
from party.operations.text.dates import DateProblem
from party.operations.text.dates import format_date
from party.operations.text.dates import format_long_date
from party.operations.text.dates import parse_date
from party.operations.text.dates import remaining
from party.operations.text.dates import RemainingKind
from party.operations.text.dates import weekday_name


legal_days = st.dates(date(1900, 1, 1), date(2199, 12, 31))


@pytest.mark.parametrize(
    "text",
    [
        "25/6/2025",
        "25/06/2025",
        " 25 / 6 / 2025 ",
        "25-6-2025",
        "25.6.2025",
        "2025-06-25",
        "2025/06/25",
        "ngày 25/6/2025",
        "ngày 25 tháng 6 năm 2025",
        "Ngày 25 tháng 06 năm 2025",
        "25 tháng 6, năm 2025",
        "ngay 25 thang 6 nam 2025",
        "Hà Nội, ngày 25 tháng 6 năm 2025",
        "nga\u0300y 25 tha\u0301ng 6 na\u0306m 2025",
    ],
)
def test_usual_spellings_of_a_date_are_read(text: str) -> None:
    assert parse_date(text) == date(2025, 6, 25)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("", DateProblem.EMPTY),
        (" \u00a0", DateProblem.EMPTY),
        ("hôm qua", DateProblem.UNKNOWN_FORM),
        ("25/6-2025", DateProblem.UNKNOWN_FORM),
        ("25/6", DateProblem.UNKNOWN_FORM),
        ("25/6/20255", DateProblem.UNKNOWN_FORM),
        ("ngày … tháng 6 năm 2025", DateProblem.UNKNOWN_FORM),
        ("25/6/25", DateProblem.SHORT_YEAR),
        ("25/6/0202", DateProblem.YEAR_OUT_OF_RANGE),
        ("31/6/2025", DateProblem.NO_SUCH_DAY),
        ("29/02/2025", DateProblem.NO_SUCH_DAY),
        ("2025-13-01", DateProblem.NO_SUCH_DAY),
        ("0/6/2025", DateProblem.NO_SUCH_DAY),
    ],
)
def test_what_is_no_date_is_refused_with_its_reason(text: str, reason: DateProblem) -> None:
    with pytest.raises(DateError) as refused:
        parse_date(text)
    assert refused.value.reason is reason
    assert refused.value.text == text
    assert isinstance(refused.value, ValueError)


def test_dates_are_written_as_in_lists_and_as_in_documents() -> None:
    assert format_date(date(2026, 11, 21)) == "21/11/2026"
    assert format_date(date(2026, 2, 5)) == "05/02/2026"
    assert format_long_date(date(2026, 2, 5)) == "ngày 05 tháng 02 năm 2026"
    assert format_long_date(date(2025, 6, 25)) == "ngày 25 tháng 6 năm 2025"


@given(legal_days)
def test_a_written_date_reads_back(day: date) -> None:
    assert parse_date(format_date(day)) == day
    assert parse_date(format_long_date(day)) == day
    assert parse_date(day.isoformat()) == day


@given(st.text())
def test_any_other_text_raises_nothing_but_a_date_error(text: str) -> None:
    with suppress(DateError):
        parse_date(text)


def test_weekdays_have_their_vietnamese_names() -> None:
    week = [weekday_name(date(2026, 11, day)) for day in range(16, 23)]
    expected = ["thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật"]
    assert week == expected


@pytest.mark.parametrize(
    ("deadline", "kind", "days", "words"),
    [
        (date(2026, 3, 4), RemainingKind.LEFT, 3, "còn 3 ngày"),
        (date(2026, 3, 1), RemainingKind.TODAY, 0, "hôm nay"),
        (date(2026, 2, 27), RemainingKind.OVERDUE, 2, "quá hạn 2 ngày"),
    ],
)
def test_a_deadline_is_told_in_days(deadline: date, kind: RemainingKind, days: int, words: str) -> None:
    left = remaining(deadline, date(2026, 3, 1))
    assert (left.kind, left.days, str(left)) == (kind, days, words)
