"""Days by which something is to be done, as sentences say them (thời hạn trong câu)."""

import calendar
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from datetime import timedelta

from party.operations.reading.matching import flat


_CLOCK = r"(?:\d{1,2} ?(?:gio|g|h)(?: ?\d{1,2} ?(?:phut|ph)?)?,?\s*)?"
_DAY = (
    r"(?:ngay\s*)?(?:(?P<day>\d{1,2})\s?[/.-]\s?(?P<month>\d{1,2})(?:\s?[/.-]\s?(?P<year>\d{4}))?"
    r"|(?P<day2>\d{1,2}) thang (?P<month2>\d{1,2})(?:,? nam (?P<year2>\d{4}))?)(?![\d/])"
)
#: words that leave no doubt that a deadline follows
_STRONG = (
    r"truoc|cham nhat(?: la| vao| den| trong)*|muon nhat(?: la| vao)*|khong (?:muon|cham) hon|thoi han(?: \w+){0,4}?(?: la)?:?"
    r"|han (?:cuoi|chot|nop|gui|hoan thanh)(?: \w+){0,2}?(?: la)?:?|hoan thanh(?: xong)?(?: vao| trong)?|xong(?: vao| trong)?"
)
_WEAK = r"den het|het|den|trong"
_BY_DAY = re.compile(rf"\b(?:(?P<strong>{_STRONG})|{_WEAK}),?\s+{_CLOCK}(?:cua )?{_DAY}")
_YEAR = r"(?:\s?/\s?(\d{4})|,? nam (\d{4}))?"
_LEAD = r"\b(?P<lead>truoc|trong|cuoi|het|cham nhat(?: la| vao| den| trong)*|hoan thanh(?: trong| vao)?)(?: cuoi)? "
_BY_MONTH = re.compile(rf"{_LEAD}thang (?P<month>\d{{1,2}}){_YEAR}(?![\d/])")
_BY_QUARTER = re.compile(rf"{_LEAD}quy (?P<quarter>i{{1,3}}|iv|[1-4])\b{_YEAR}(?![\d/])")
_BY_YEAR = re.compile(rf"{_LEAD}nam (?P<year>\d{{4}})(?![\d/])")
_WITHIN = re.compile(
    r"\b(?:trong (?:vong|thoi (?:han|gian))|cham nhat(?: la)?(?: sau| trong)?|khong qua|sau) "
    r"(?P<count>\d{1,3}) ngay(?P<working> lam viec)?"
    r"(?:,? (?:ke )?tu (?:ngay|khi) (?P<origin>[a-z]+(?: [a-z]+)?))?"
)
_RECURRING = re.compile(
    r"\b(?:dinh ky|hang (?:ngay|tuan|thang|quy|nam|6 thang)|6 thang mot lan|moi (?:tuan|thang|quy))\b"
)
_REPORTS = re.compile(r"\b(?:bao cao|gui|nop)\b")
_QUARTERS = {"i": 1, "ii": 2, "iii": 3, "iv": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_FROM_SIGNING = ("ky", "ban hanh")
_FROM_RECEIPT = ("nhan", "tiep nhan", "nhan duoc")
_SATURDAY = 5


@dataclass(frozen=True)
class Deadline:
    """One deadline of a sentence: its day (``None`` where it comes again and again, or is counted from an unknown day).

    ``begin`` and ``end`` are its place in the text; ``sure`` says that the day is written out whole and that the words before
    it can mean nothing else.
    """

    day: date | None
    begin: int
    end: int
    sure: bool


def find(text: str, written: date | None, today: date) -> list[Deadline]:
    """The deadlines that ``text`` names, in its order; ``written`` is the day of the letter, for days without a year."""
    plain = flat(text)
    since = written or today
    found: list[Deadline] = []
    for search in (_by_day, _by_month, _by_quarter, _by_year, _within, _recurring):
        for each in search(plain, since, today):
            if not any(each.begin < other.end and other.begin < each.end for other in found):
                found.append(each)
    # "hằng tháng, trước ngày 25/6" is one deadline, with its day
    days = [each for each in found if each.day is not None]
    return sorted(days or found[:1], key=lambda each: each.begin)


def _by_day(plain: str, since: date, today: date) -> Iterator[Deadline]:
    for found in _BY_DAY.finditer(plain):
        year = found["year"] or found["year2"]
        month, day = int(found["month"] or found["month2"]), int(found["day"] or found["day2"])
        when = _date(int(year), month, day) if year else _next(since, month, day)
        if when is not None:
            yield Deadline(when, found.start(), found.end(), bool(found["strong"] and year))


def _by_month(plain: str, since: date, today: date) -> Iterator[Deadline]:
    for found in _BY_MONTH.finditer(plain):
        month, year = int(found["month"]), found[3] or found[4]
        if 1 <= month <= 12:
            yield _period(found, int(year) if year else _year_of(since, month), month, month, sure=bool(year))


def _by_quarter(plain: str, since: date, today: date) -> Iterator[Deadline]:
    for found in _BY_QUARTER.finditer(plain):
        last, year = 3 * _QUARTERS[found["quarter"]], found[3] or found[4]
        yield _period(found, int(year) if year else _year_of(since, last), last - 2, last, sure=bool(year))


def _by_year(plain: str, since: date, today: date) -> Iterator[Deadline]:
    for found in _BY_YEAR.finditer(plain):
        if since.year <= int(found["year"]) <= since.year + 20:
            yield _period(found, int(found["year"]), 1, 12, sure=False)


def _period(found: re.Match[str], year: int, first: int, last: int, *, sure: bool) -> Deadline:
    """Before a period begins, or until its end."""
    if found["lead"] == "truoc":
        day = date(year, first, 1) - timedelta(days=1)
    else:
        day = date(year, last, calendar.monthrange(year, last)[1])
    return Deadline(day, found.start(), found.end(), sure)


def _within(plain: str, since: date, today: date) -> Iterator[Deadline]:
    for found in _WITHIN.finditer(plain):
        origin = found["origin"] or ""
        begin = since if origin.startswith(_FROM_SIGNING) else today if origin.startswith(_FROM_RECEIPT) else None
        day = _after(begin, int(found["count"]), working=bool(found["working"])) if begin else None
        yield Deadline(day, found.start(), found.end(), sure=False)


def _recurring(plain: str, since: date, today: date) -> Iterator[Deadline]:
    # much is done every year; what recurs as a task is that something is reported
    for found in _RECURRING.finditer(plain) if _REPORTS.search(plain) else ():
        yield Deadline(None, found.start(), found.end(), sure=False)


def _date(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def _next(since: date, month: int, day: int) -> date | None:
    """The first such day from ``since`` on."""
    this_year = _date(since.year, month, day)
    return this_year if this_year and this_year >= since else _date(since.year + 1, month, day)


def _year_of(since: date, month: int) -> int:
    return since.year if month >= since.month else since.year + 1


def _after(begin: date, count: int, *, working: bool) -> date:
    """``count`` days after ``begin``; of working days Saturdays and Sundays are none (public holidays are not known here)."""
    if not working:
        return begin + timedelta(days=count)
    day = begin
    while count:
        day += timedelta(days=1)
        count -= day.weekday() < _SATURDAY
    return day
