"""How well the work is done (chất lượng xử lý): shares, delays and double work of each line of a report.

Everything here is about documents of level normal, then and now: a classified one is in none of these figures. Each figure
belongs to the days on which it was decided and does not change when a report is made again: a document counts as issued or
registered on the day it was, as due on the day of its deadline, as dealt with on the day it was.

A share is in percent, ``None`` where there is nothing to take a share of. Times are in hours of the clock, nights and
holidays included. :mod:`.quality_rows` says from which rows each figure comes.
"""

import math
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field
from dataclasses import fields

from party.operations.statistics import quality_rows
from party.operations.statistics.periods import Period
from party.operations.statistics.structure import Piece


@dataclass
class Figures:
    """What one line did. Figures of several lines are added with :meth:`add`."""

    #: documents issued
    issued: int = 0
    #: of these: still sent to at least one recipient over the network
    electronic: int = 0
    #: of these: the signed version holds a PDF with a digital signature, and those of which that is known
    signed: int = 0
    signature_known: int = 0
    #: sendings of these to units of the system
    sent: int = 0
    #: of these sendings: with paper beside, and on paper after the electronic one had failed
    with_paper: int = 0
    after_fault: int = 0
    #: documents registered, and of these: with a file
    registered: int = 0
    digitised: int = 0
    #: of these: with files of their own, not from inside the system
    scanned: int = 0
    #: of these: registered although the unit had registered the same paper before
    repeated: int = 0
    #: electronic deliveries that turned out to be registered already and were tied to that document
    attached: int = 0
    #: documents whose deadline fell on the days, and of these: dealt with by the end of that day
    due: int = 0
    on_time: int = 0
    #: hours from arrival to the first passing on, of documents passed on for the first time on the days
    first_action: list[float] = field(default_factory=list)
    #: hours from arrival to the end, of documents dealt with on the days
    done: list[float] = field(default_factory=list)

    def add(self, other: "Figures") -> None:
        """Add the figures of another line or of other days."""
        for each in fields(self):
            setattr(self, each.name, getattr(self, each.name) + getattr(other, each.name))

    @property
    def electronic_share(self) -> "float | None":
        """Tỷ lệ phát hành điện tử: issued documents that at least one recipient got over the network."""
        return share(self.electronic, self.issued)

    @property
    def signed_share(self) -> "float | None":
        """Tỷ lệ ký số: issued documents with a digital signature, of those of which it is known; else ``None``.

        Whether the signature is valid is not looked at.
        """
        return share(self.signed, self.signature_known)

    @property
    def digitised_share(self) -> "float | None":
        """Tỷ lệ số hoá văn bản đến: registered documents with at least one file."""
        return share(self.digitised, self.registered)

    @property
    def on_time_share(self) -> "float | None":
        """Tỷ lệ đúng hạn: documents due that were dealt with by the end of the day of their deadline."""
        return share(self.on_time, self.due)

    @property
    def overdue(self) -> int:
        """Documents due that were dealt with later, or are not yet."""
        return self.due - self.on_time

    @property
    def overdue_share(self) -> "float | None":
        """Tỷ lệ quá hạn: the rest of those due."""
        return share(self.overdue, self.due)

    @property
    def paper_share(self) -> "float | None":
        """Tỷ lệ gửi kèm bản giấy: sendings to units of the system with paper beside or instead after a fault."""
        return share(self.with_paper + self.after_fault, self.sent)

    @property
    def double(self) -> int:
        """Văn bản gửi, nhận trùng: the same paper registered twice, or found when its electronic delivery came."""
        return self.repeated + self.attached


def share(part: int, whole: int) -> "float | None":
    """A part in percent of the whole; ``None`` of nothing."""
    return 100 * part / whole if whole else None


def percentile(values: "list[float]", percent: int) -> "float | None":
    """The smallest value that so many percent of all do not exceed (nearest rank); ``None`` without values."""
    if not values:
        return None
    return sorted(values)[max(math.ceil(len(values) * percent / 100), 1) - 1]


def measured(pieces: "list[Piece]") -> dict[str, Figures]:
    """The figures of each line."""
    found: dict[str, Figures] = defaultdict(Figures)
    for piece in pieces:
        for unit, figures in _by_unit(piece.period, piece.rows).items():
            if unit in piece.rows:
                found[piece.rows[unit]].add(figures)
    return found


def total(lines: Iterable[Figures]) -> Figures:
    """The sum of several lines; the median of a total is that of all its documents."""
    found = Figures()
    for each in lines:
        found.add(each)
    return found


def _by_unit(period: Period, units: Iterable[str]) -> dict[str, Figures]:
    among = quality_rows.Among(frozenset(units))
    found: dict[str, Figures] = defaultdict(Figures)
    for query in (quality_rows.outgoing, quality_rows.sendings, quality_rows.registered, quality_rows.attached):
        for unit, counts in query(period, among).items():
            for name, count in counts.items():
                setattr(found[unit], name, getattr(found[unit], name) + count)
    for unit, in_time in quality_rows.deadlines(period, among):
        found[unit].due += 1
        found[unit].on_time += in_time
    for unit, hours in quality_rows.first_actions(period, among):
        found[unit].first_action.append(hours)
    for unit, hours in quality_rows.endings(period, among):
        found[unit].done.append(hours)
    return found
