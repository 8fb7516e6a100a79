"""Adoption and quality of the units below one (mức độ sử dụng và chất lượng): the lines, their ranks, weeks and trend."""

from collections import Counter
from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from datetime import timedelta
from functools import cached_property

from party.operations import _
from party.operations.ledger import clock
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import require
from party.operations.organization import lookup
from party.operations.statistics import adoption
from party.operations.statistics import digitisation
from party.operations.statistics import periods
from party.operations.statistics import quality
from party.operations.statistics import quality_rows
from party.operations.statistics import rules
from party.operations.statistics import structure as structures
from party.operations.statistics import thresholds
from party.operations.statistics.adoption import Use
from party.operations.statistics.digitisation import Progress
from party.operations.statistics.digitisation import Target
from party.operations.statistics.periods import Period
from party.operations.statistics.quality import Figures
from party.operations.statistics.quality import share
from party.operations.statistics.ranking import Place
from party.operations.statistics.ranking import ranked


#: how many weeks the heat map shows, and how many spans of the same length the trend
WEEKS, SPANS = 12, 6
#: sends to or gets from units that are in no line
ELSEWHERE = "-"


@dataclass(frozen=True)
class Line:
    """What one unit with all below it did."""

    use: Use
    quality: Figures


@dataclass(frozen=True)
class Measure:
    """A share that units are ranked by: what it is called, and its part and whole."""

    label: str
    part: str
    whole: str
    counts: "Callable[[Line], tuple[int, int]]"

    def share(self, line: Line) -> "float | None":
        """The share in percent."""
        return share(*self.counts(line))


MEASURES = {
    "active": Measure(
        _("Active users"), _("Active"), _("Entitled"), lambda line: (len(line.use.active), len(line.use.entitled))
    ),
    "electronic": Measure(
        _("Issued electronically"),
        _("Electronic"),
        _("Issued"),
        lambda line: (line.quality.electronic, line.quality.issued),
    ),
    "signed": Measure(
        _("Signed digitally"),
        _("Signed"),
        _("Known of"),
        lambda line: (line.quality.signed, line.quality.signature_known),
    ),
    "digitised": Measure(
        _("Incoming digitised"),
        _("With a file"),
        _("Registered"),
        lambda line: (line.quality.digitised, line.quality.registered),
    ),
    "on_time": Measure(
        _("Dealt with on time"), _("On time"), _("Due"), lambda line: (line.quality.on_time, line.quality.due)
    ),
}


class AdoptionReport:
    """What ``unit`` (uid; "" for the whole site) and the units below it did in ``period``; its parts are made when asked for.

    Raises :class:`NotAllowed` where the acting person does not answer for the unit, :class:`Missing` where there is none,
    :class:`Invalid` for a structure or measure that does not exist.
    """

    def __init__(self, unit: str, period: Period, structure: str = structures.THEN, by: str = "active") -> None:
        self.title = lookup.unit(unit).title if unit else ""
        require(rules.may_see(unit))
        if structure not in structures.STRUCTURES:
            raise Invalid(_("“${value}” is not a structure.", mapping={"value": structure}), "structure")
        if by not in MEASURES:
            raise Invalid(_("“${value}” is not a figure to rank by.", mapping={"value": by}), "by")
        self.unit, self.period, self.structure, self.by = unit, period, structure, by
        self.before = periods.before(period)
        self.units = structures.Units()
        self.bands = thresholds.AllBands()

    @cached_property
    def lines(self) -> dict[str, Line]:
        """The lines in the order of the tree: units that have people or did something, and those that were open."""
        found = self._lines(self.period)
        tree = self.tree
        idle = {
            each for each in tree.rows(self.unit).values() if each not in found and not tree.is_own(self.unit, each)
        }
        opened = self.units.opened(idle)
        shown = {each for each in idle if self._was_open(each, opened.get(each))}
        return {uid: found.get(uid, Line(Use(), Figures())) for uid in self.units.rows if uid in found or uid in shown}

    @cached_property
    def lines_before(self) -> dict[str, Line]:
        """The same in the span before."""
        return self._lines(self.before)

    @cached_property
    def total(self) -> Line:
        """All lines together, each person once."""
        return _total(self.lines)

    @cached_property
    def titles(self) -> dict[str, str]:
        """Names of the lines."""
        return {uid: row.title for uid, row in self.units.rows.items()}

    @property
    def measure(self) -> Measure:
        """What the lines are ranked by."""
        return MEASURES[self.by]

    @cached_property
    def places(self) -> list[Place]:
        """The lines by rank, with the rank and value before."""
        return ranked(self._shares(self.lines), self._shares(self.lines_before), self.titles)

    @property
    def total_before(self) -> Line:
        """All lines of the span before together."""
        return _total(self.lines_before)

    def band(self, unit: str, value: "float | None") -> str:
        """The band of a value by the limits of the unit."""
        return self.bands.of(unit).of(value)

    @cached_property
    def spans(self) -> "list[tuple[Period, Line]]":
        """The last spans of the same length, oldest first, with the total of each."""
        found = [(self.period, self.total), (self.before, self.total_before)]
        while len(found) < SPANS:
            earlier = periods.before(found[-1][0])
            found.append((earlier, _total(self._lines(earlier))))
        return found[::-1]

    @cached_property
    def weeks(self) -> "list[tuple[Period, dict[str, float | None]]]":
        """The last weeks up to the end of the period, oldest first, with the share of active people of each line."""
        last = min(self.period.last, clock.today())
        monday = last - timedelta(days=last.weekday())
        found = []
        for number in range(WEEKS - 1, -1, -1):
            since = monday - timedelta(weeks=number)
            week = Period(since, since + timedelta(weeks=1))
            used = adoption.used(self._pieces(week), week)
            found.append((week, {uid: used[uid].share if uid in used else None for uid in self.lines}))
        return found

    @cached_property
    def flows(self) -> "Counter[tuple[str, str]]":
        """Deliveries from line to line; what goes to units in no line goes to :data:`ELSEWHERE`."""
        found = Counter[tuple[str, str]]()
        for piece in self._pieces(self.period):
            for sender, receiver, count in quality_rows.flows(piece.period, quality_rows.Among(frozenset(piece.rows))):
                if sender in piece.rows:
                    found[piece.rows[sender], self._receivers.get(receiver, ELSEWHERE)] += count
        return found

    @cached_property
    def target(self) -> Target:
        """The target of digitisation."""
        return digitisation.target()

    @cached_property
    def digitised(self) -> dict[str, Progress]:
        """How far each line has come, by the structure of today, in the order of the tree."""
        found = digitisation.progress(self.units.tree_today.rows(self.unit), self.target)
        return {uid: found[uid] for uid in self.units.rows if uid in found and (uid in self.lines or found[uid].total)}

    @cached_property
    def tree(self) -> structures.Tree:
        """Who stands below whom, at the end of the period or today."""
        return structures.tree(self.units, self.period, self.structure)

    @cached_property
    def _receivers(self) -> dict[str, str]:
        # apart from the pieces, of which some hold a few senders only
        return self.tree.rows(self.unit)

    def _was_open(self, uid: str, opened: "date | None") -> bool:
        closed = self.units.rows[uid].closed_on
        return (opened is None or opened < self.period.until) and (closed is None or closed > self.period.since)

    def _pieces(self, period: Period) -> "list[structures.Piece]":
        return structures.pieces(self.units, period, self.structure, self.unit)

    def _lines(self, period: Period) -> dict[str, Line]:
        pieces = self._pieces(period)
        used, measured = adoption.used(pieces, period), quality.measured(pieces)
        return {uid: Line(used.get(uid, Use()), measured.get(uid, Figures())) for uid in {*used, *measured}}

    def _shares(self, lines: Mapping[str, Line]) -> "dict[str, float | None]":
        return {uid: self.measure.share(line) for uid, line in lines.items()}


def _total(lines: Mapping[str, Line]) -> Line:
    return Line(
        adoption.total(line.use for line in lines.values()), quality.total(line.quality for line in lines.values())
    )
