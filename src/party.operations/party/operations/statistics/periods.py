"""The span of days a report is about (kỳ báo cáo), and the span it is compared with (kỳ so sánh)."""

from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from itertools import pairwise

from party.operations import _
from party.operations.ledger import clock
from party.operations.ledger.errors import Invalid
from party.operations.text.dates import FIRST_YEAR
from party.operations.text.dates import format_date
from party.operations.text.dates import LAST_YEAR


#: what can be asked for by a word; a free span is asked for by its two days
CHOICES = {
    "today": _("Today"),
    "this-week": _("This week"),
    "last-week": _("Last week"),
    "this-month": _("This month"),
    "last-month": _("Last month"),
    "this-quarter": _("This quarter"),
    "last-quarter": _("Last quarter"),
    "this-year": _("This year"),
    "last-year": _("Last year"),
}
USUAL = "this-week"
#: with what a period can be compared: the span before it, or the same days a year ago
COMPARISONS = {"before": _("The period before"), "year": _("The same period a year ago")}

_ONE = timedelta(days=1)
#: months of the calendar spans a period can be
_MONTHS = {"month": 1, "quarter": 3, "year": 12}


@dataclass(frozen=True, order=True)
class Period:
    """The days [since, until) in Vietnam."""

    since: date
    until: date

    @property
    def last(self) -> date:
        """The last day that belongs to it."""
        return self.until - _ONE

    @property
    def days(self) -> int:
        """How many days it has."""
        return (self.until - self.since).days

    def __str__(self) -> str:
        """13/06/2025–19/06/2025, or the one day."""
        if self.days == 1:
            return format_date(self.since)
        return f"{format_date(self.since)}–{format_date(self.last)}"

    def months(self) -> int:
        """How many whole months of the calendar it is; 0 when it is something else."""
        if self.since.day != 1 or self.until.day != 1:
            return 0
        return (self.until.year - self.since.year) * 12 + self.until.month - self.since.month


def span(since: date, last: date) -> Period:
    """The days from ``since`` to ``last``, both included; raises :class:`Invalid` for what is no span."""
    for day, field in ((since, "from"), (last, "to")):
        if not FIRST_YEAR <= day.year <= LAST_YEAR:
            raise Invalid(_("There are no figures of ${day}.", mapping={"day": format_date(day)}), field)
    if last < since:
        raise Invalid(
            _(
                "The first day, ${since}, is after the last, ${last}. Exchange them.",
                mapping={"since": format_date(since), "last": format_date(last)},
            ),
            "from",
        )
    return Period(since, last + _ONE)


def asked(since: date | None, last: date | None, choice: str = "") -> Period:
    """The days from ``since`` to ``last``, or without both those of the word; raises :class:`Invalid`."""
    if since is None and last is None:
        return named(choice or USUAL)
    if since is None or last is None:
        missing = "from" if since is None else "to"
        raise Invalid(_("Give both the first and the last day, or choose a period."), missing)
    return span(since, last)


def named(choice: str, day: date | None = None) -> Period:
    """The period of a word of :data:`CHOICES`, seen from ``day`` (today when none is given); raises :class:`Invalid`.

    Weeks begin on Monday.
    """
    today = day or clock.today()
    if choice not in CHOICES:
        raise Invalid(_("“${value}” is not a period.", mapping={"value": choice}), "period")
    if choice == "today":
        return Period(today, today + _ONE)
    which, _dash, what = choice.partition("-")
    if what == "week":
        monday = today - timedelta(days=today.weekday())
        present = Period(monday, monday + 7 * _ONE)
    else:
        months = _MONTHS[what]
        first = date(today.year, (today.month - 1) // months * months + 1, 1)
        present = Period(first, _later(first, months))
    return before(present) if which == "last" else present


def before(period: Period) -> Period:
    """The span directly before, of the same length; before whole months of the calendar as many whole months."""
    months = period.months()
    first = _later(period.since, -months) if months else period.since - timedelta(days=period.days)
    return Period(first, period.since)


def year_before(period: Period) -> Period:
    """The same days of the year before; for 29 February stands 28 February."""
    return Period(_year_before(period.since), _year_before(period.last) + _ONE)


def compared(period: Period, comparison: str) -> Period | None:
    """What ``period`` is compared with by a word of :data:`COMPARISONS`, ``None`` for ""; raises :class:`Invalid`."""
    if not comparison:
        return None
    if comparison not in COMPARISONS:
        raise Invalid(_("“${value}” is not a comparison.", mapping={"value": comparison}), "compare")
    return before(period) if comparison == "before" else year_before(period)


def months_of(period: Period) -> list[Period]:
    """The calendar months of a period that is made of whole months."""
    starts = [_later(period.since, number) for number in range(period.months() + 1)]
    return [Period(since, until) for since, until in pairwise(starts)]


def _later(first: date, months: int) -> date:
    """The first of the month that many months later."""
    whole = first.year * 12 + first.month - 1 + months
    return date(whole // 12, whole % 12 + 1, 1)


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=28 if (day.month, day.day) == (2, 29) else day.day)
