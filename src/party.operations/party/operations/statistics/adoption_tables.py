"""The tables of adoption and quality (bảng số liệu): one for the screen, beside its picture, the sheet and the text file."""

from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import dataclass
from functools import partial
from typing import Any

from zope.i18n import translate

from party.operations import _
from party.operations.ledger import clock
from party.operations.statistics import quality
from party.operations.statistics.adoption_report import AdoptionReport
from party.operations.statistics.adoption_report import ELSEWHERE
from party.operations.statistics.adoption_report import MEASURES
from party.operations.statistics.pictures.drawing import said
from party.operations.statistics.quality import Figures


TEXT, COUNT, PERCENT, POINTS, RANKS, HOURS = "text", "count", "percent", "points", "ranks", "hours"
TOTAL = _("Total")


@dataclass(frozen=True)
class Column:
    """One column: its heading and what kind of values stand in it."""

    label: str
    kind: str = COUNT


@dataclass(frozen=True)
class Table:
    """Rows of plain values, ``None`` where there is none; the first column names the line. ``marks`` are classes by row."""

    key: str
    title: str
    #: what is counted, in a sentence
    about: str
    columns: Sequence[Column]
    rows: "Sequence[Sequence[Any]]"
    marks: Sequence[str] = ()

    def mark(self, number: int) -> str:
        """The class of a row, "" for an ordinary one."""
        return self.marks[number] if number < len(self.marks) else ""


def shown(value: Any, kind: str) -> str:
    """A value as people read it: 45,6%, +3,2, ▲ 2, 3,5 giờ, – for none."""
    if value is None:
        return "–"
    if kind == PERCENT:
        return said(value, "%", 1)
    if kind == POINTS:
        return f"{'+' if value > 0 else ''}{said(value, '', 1)}".replace("-", "−")
    if kind == RANKS:
        return f"▲ {value}" if value > 0 else f"▼ {-value}" if value < 0 else "="
    if kind == HOURS:
        return said(value, say(_("hours")), 1) if value < 48 else said(value / 24, say(_("days")), 1)
    return said(value) if kind == COUNT else str(value)


def say(message: str) -> str:
    """A message in Vietnamese: figures are read, printed and passed on in the office."""
    return str(translate(message, target_language="vi"))


def tables(report: AdoptionReport) -> list[Table]:
    """All tables of a report in their order."""
    return [make(report) for make in TABLES.values()]


def ranking(report: AdoptionReport) -> Table:
    """Units by rank in the share that is asked for."""
    measure = report.measure
    now, before = measure.share(report.total), measure.share(report.total_before)
    rows: list[list[Any]] = [
        [say(TOTAL), *measure.counts(report.total), now, "", before, _difference(now, before), None, None, None]
    ]
    marks = ["total"]
    for each in report.places:
        line, band = report.lines[each.unit], report.band(each.unit, each.value)
        name = say(report.bands.of(each.unit).names()[band]) if band else ""
        rows.append(
            [
                report.titles[each.unit],
                *measure.counts(line),
                each.value,
                name,
                each.before,
                each.change,
                each.rank,
                each.rank_before,
                each.climbed,
            ]
        )
        marks.append(band)
    columns = (
        Column(_("Unit"), TEXT),
        Column(measure.part),
        Column(measure.whole),
        Column(measure.label, PERCENT),
        Column(_("Band"), TEXT),
        Column(_("Period before"), PERCENT),
        Column(_("Change in points"), POINTS),
        Column(_("Rank")),
        Column(_("Rank before")),
        Column(_("Trend"), RANKS),
    )
    about = _(
        "Active: logged in at least once in the period, of those with a post in the unit or below it and an active account."
    )
    if report.by != "active":
        about = _("A unit is counted with all units below it. Without anything to take a share of, – is written.")
    return Table("ranking", _("Ranking of the units"), about, columns, rows, marks)


#: the columns of the quality: heading, kind, value
_QUALITY: "tuple[tuple[str, str, Callable[[Figures], Any]], ...]" = (
    (_("Issued"), COUNT, lambda each: each.issued),
    (_("Issued electronically"), PERCENT, lambda each: each.electronic_share),
    (_("Signed digitally"), PERCENT, lambda each: each.signed_share),
    (_("Registered"), COUNT, lambda each: each.registered),
    (_("Incoming digitised"), PERCENT, lambda each: each.digitised_share),
    (_("Due"), COUNT, lambda each: each.due),
    (_("Dealt with on time"), PERCENT, lambda each: each.on_time_share),
    (_("Overdue"), PERCENT, lambda each: each.overdue_share),
    (_("To the first passing on, median"), HOURS, lambda each: quality.percentile(each.first_action, 50)),
    (_("To the first passing on, 90 of 100"), HOURS, lambda each: quality.percentile(each.first_action, 90)),
    (_("To the end, median"), HOURS, lambda each: quality.percentile(each.done, 50)),
    (_("To the end, 90 of 100"), HOURS, lambda each: quality.percentile(each.done, 90)),
    (_("Sendings with paper beside"), PERCENT, lambda each: each.paper_share),
    (_("Double sendings found"), COUNT, lambda each: each.double),
)


def quality_table(report: AdoptionReport) -> Table:
    """All quality figures, unit by unit."""
    lines = [(say(TOTAL), report.total), *((report.titles[uid], line) for uid, line in report.lines.items())]
    about = _(
        "Documents of normal level only. Signed digitally: of the documents issued since signatures are recorded; – where "
        "none was. Times run on the clock from arrival, nights and holidays included."
    )
    return Table(
        "quality",
        _("Quality of the work"),
        about,
        (Column(_("Unit"), TEXT), *(Column(label, kind) for label, kind, _value in _QUALITY)),
        [[title, *(value(line.quality) for _label, _kind, value in _QUALITY)] for title, line in lines],
        ["total"],
    )


def trend(report: AdoptionReport) -> Table:
    """The shares of the whole in the last spans of the same length."""
    return Table(
        "trend",
        _("Trend"),
        _("All units together, in this period and the periods of the same length before it."),
        (Column(_("Days of the period"), TEXT), *(Column(each.label, PERCENT) for each in MEASURES.values())),
        [[str(period), *(each.share(line) for each in MEASURES.values())] for period, line in report.spans],
    )


def weeks(report: AdoptionReport) -> Table:
    """The share of active people of each unit in the last weeks."""
    return Table(
        "weeks",
        _("Active users by week"),
        _("Share in percent of those entitled in each week, which is named by its Monday."),
        (Column(_("Unit"), TEXT), *(Column(f"{week.since:%d/%m}", PERCENT) for week, _shares in report.weeks)),
        [[report.titles[uid], *(shares[uid] for _week, shares in report.weeks)] for uid in report.lines],
    )


def flow(report: AdoptionReport) -> Table:
    """Who sent how many documents to whom, the most first."""
    found = sorted(report.flows.items(), key=lambda item: (-item[1], *map(partial(name_of, report), item[0])))
    return Table(
        "flow",
        _("Documents sent between units"),
        _("Deliveries of documents issued in the period to units of the system; normal level only."),
        (Column(_("Sender"), TEXT), Column(_("Receiver"), TEXT), Column(_("Number of deliveries"))),
        [[name_of(report, sender), name_of(report, receiver), count] for (sender, receiver), count in found],
    )


def digitisation(report: AdoptionReport) -> Table:
    """What there is to digitise and what is done, against the straight line to the target."""
    aim = report.target
    expected = aim.expected(clock.today())
    rows = [
        [
            report.titles[uid],
            each.total,
            each.declared,
            each.scanned,
            each.done,
            each.share,
            expected,
            _difference(each.share, expected),
        ]
        for uid, each in report.digitised.items()
    ]
    about = _(
        "Target: ${percent}% by ${day}. Expected: what the straight line from ${since} says for today.",
        mapping={"percent": aim.percent, "day": f"{aim.last:%d/%m/%Y}", "since": f"{aim.since:%d/%m/%Y}"},
    )
    columns = (
        Column(_("Unit"), TEXT),
        Column(_("To digitise")),
        Column(_("Declared done")),
        Column(_("Counted here")),
        Column(_("Done")),
        Column(_("Progress"), PERCENT),
        Column(_("Expected"), PERCENT),
        Column(_("Ahead or behind"), POINTS),
    )
    behind = ["low" if (each.share or 0) < expected and each.total else "" for each in report.digitised.values()]
    return Table("digitisation", _("Target of digitisation"), about, columns, rows, behind)


def name_of(report: AdoptionReport, unit: str) -> str:
    """The name of a line, or of what is in no line."""
    return say(_("Other units")) if unit == ELSEWHERE else report.titles[unit]


def _difference(now: "float | None", before: "float | None") -> "float | None":
    return None if now is None or before is None else now - before


TABLES: "dict[str, Callable[[AdoptionReport], Table]]" = {
    "ranking": ranking,
    "trend": trend,
    "weeks": weeks,
    "quality": quality_table,
    "flow": flow,
    "digitisation": digitisation,
}
