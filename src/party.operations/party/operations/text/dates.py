"""Dates as documents and office people write them (ngày, tháng, năm).

Legal dates are ``datetime.date`` in the Vietnamese calendar; nothing here asks what day it is.
"""

import re
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from .normalize import clean_line


#: years outside are typing errors: the Party's oldest documents are of 1930
FIRST_YEAR = 1900
LAST_YEAR = 2199

_DAY_FIRST = re.compile(r"(?:ng[àa]y )?([0-9]{1,2}) ?([/.-]) ?([0-9]{1,2}) ?\2 ?([0-9]{2,4})", re.IGNORECASE)
_YEAR_FIRST = re.compile(r"([0-9]{4})([/.-])([0-9]{1,2})\2([0-9]{1,2})")
# the place of the letterhead may stand before it: "Hà Nội, ngày 25 tháng 6 năm 2025"
_IN_WORDS = re.compile(
    r"(?:[^,]+, ?)?(?:ng[àa]y ?)?([0-9]{1,2}) ?th[áa]ng ?([0-9]{1,2}),? ?n[ăa]m ?([0-9]{2,4})",
    re.IGNORECASE,
)

_WEEKDAYS = ("thứ Hai", "thứ Ba", "thứ Tư", "thứ Năm", "thứ Sáu", "thứ Bảy", "Chủ nhật")


class DateProblem(StrEnum):
    """Why a text is no date; the caller has the sentence for the user."""

    EMPTY = "empty"
    UNKNOWN_FORM = "unknown-form"
    SHORT_YEAR = "short-year"
    YEAR_OUT_OF_RANGE = "year-out-of-range"
    NO_SUCH_DAY = "no-such-day"


class DateError(ValueError):
    """A text that is no date: ``reason`` says why, ``text`` is what was given."""

    def __init__(self, reason: DateProblem, text: str) -> None:
        super().__init__(f"{text!r} is not a date ({reason}).")
        self.reason = reason
        self.text = text


class RemainingKind(StrEnum):
    """On which side of its deadline a task stands."""

    LEFT = "left"
    TODAY = "today"
    OVERDUE = "overdue"


@dataclass(frozen=True, slots=True)
class Remaining:
    """Calendar days to a deadline or since it, never negative; as text it is said in Vietnamese."""

    kind: RemainingKind
    days: int

    def __str__(self) -> str:
        if self.kind is RemainingKind.TODAY:
            return "hôm nay"
        return f"{'còn' if self.kind is RemainingKind.LEFT else 'quá hạn'} {self.days} ngày"


def parse_date(text: str) -> date:
    """The date that ``text`` says.

    Understood are 25/6/2025 (also with "-" or "."), 2025-06-25 (also with "/" or "."), and
    "ngày 25 tháng 6 năm 2025" with or without the place before it. The year has four digits.
    Raises ``DateError`` for everything else.
    """
    line = clean_line(text)
    if not line:
        raise DateError(DateProblem.EMPTY, text)
    if found := _YEAR_FIRST.fullmatch(line):
        year, _, month, day = found.groups()
    elif found := _DAY_FIRST.fullmatch(line):
        day, _, month, year = found.groups()
    elif found := _IN_WORDS.fullmatch(line):
        day, month, year = found.groups()
    else:
        raise DateError(DateProblem.UNKNOWN_FORM, text)
    if len(year) < 4:
        raise DateError(DateProblem.SHORT_YEAR, text)
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        raise DateError(DateProblem.YEAR_OUT_OF_RANGE, text)
    try:
        return date(int(year), int(month), int(day))
    except ValueError:
        raise DateError(DateProblem.NO_SUCH_DAY, text) from None


def format_date(day: date) -> str:
    """For lists and forms: 05/02/2026."""
    return f"{day.day:02}/{day.month:02}/{day.year:04}"


def format_long_date(day: date) -> str:
    """For documents: "ngày 05 tháng 02 năm 2026", "ngày 25 tháng 6 năm 2025".

    Days below 10 and the months 1 and 2 have a leading zero (Hướng dẫn 05-HD/VPTW; Nghị định
    30/2020, Phụ lục I, II.4).
    """
    month = f"{day.month:02}" if day.month < 3 else f"{day.month}"
    return f"ngày {day.day:02} tháng {month} năm {day.year:04}"


def weekday_name(day: date) -> str:
    """The day of the week within a sentence: "thứ Hai" … "Chủ nhật".

    Capitals as in Nghị định 30/2020, Phụ lục II, V.8.
    """
    return _WEEKDAYS[day.weekday()]


def remaining(deadline: date, today: date) -> Remaining:
    """How ``deadline`` (hạn) stands on ``today``: "còn 3 ngày", "hôm nay", "quá hạn 2 ngày"."""
    days = (deadline - today).days
    if days == 0:
        return Remaining(RemainingKind.TODAY, 0)
    return Remaining(RemainingKind.LEFT if days > 0 else RemainingKind.OVERDUE, abs(days))
