"""The report of the appendices (báo cáo theo mẫu phụ lục): units in their order, what each did in a period, and totals.

Each figure says what happened on its days and stays what it was: a number voided later, a document recalled, a slip taken
back, a level changed change nothing in it. What is classified is in none of these figures, see :mod:`.classified`.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from party.operations import _
from party.operations.ledger import clock
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import require
from party.operations.organization import lookup
from party.operations.organization.vocabularies import KINDS
from party.operations.statistics import classified
from party.operations.statistics import rules
from party.operations.statistics import structure as structures
from party.operations.statistics.classified import Cell
from party.operations.statistics.counting import Count
from party.operations.statistics.counting import counted
from party.operations.statistics.counting import Figures
from party.operations.statistics.periods import Period
from party.operations.statistics.structure import Units


#: how the lines are put together: by kind of unit, or the units two steps down under the unit they belong to
KIND, PARENT = "kind", "parent"
GROUPINGS = {KIND: _("By kind of unit"), PARENT: _("One level further down, by superior unit")}
#: how many steps the lines stand below the chosen unit
BELOW = {KIND: 1, PARENT: 2}


@dataclass(frozen=True)
class Row:
    """One line: a unit with all that stands below it, or (``own``) the chosen unit by itself."""

    unit: str
    title: str
    #: số thứ tự, from 1 in each group
    number: int
    figures: Figures
    #: the same in the period of comparison
    before: Figures | None
    #: what is said of classified work, by measure; ``None`` for who is not told
    classified: "Mapping[str, Cell] | None"
    #: are there units below, so that a report of this unit shows more?
    opens: bool
    own: bool
    closed: bool


@dataclass(frozen=True)
class Group:
    """Lines with a sub-total (cộng): each person counts once in it."""

    #: kind of its units, or uid of the unit above them
    key: str
    label: str
    rows: tuple[Row, ...]
    total: Figures
    before: Figures | None
    classified: "Mapping[str, Cell] | None"


@dataclass(frozen=True)
class Report:
    """A report with its totals. Each person counts once in the total; the other figures are the sums of the lines."""

    unit: str
    title: str
    period: Period
    structure: str
    grouping: str
    compare: Period | None
    groups: tuple[Group, ...]
    total: Figures
    before: Figures | None
    classified: "Mapping[str, Cell] | None"

    @property
    def rows(self) -> list[Row]:
        """All lines in their order."""
        return [row for group in self.groups for row in group.rows]


def report(
    unit: str,
    period: Period,
    structure: str = structures.THEN,
    compare: Period | None = None,
    grouping: str = KIND,
    *,
    with_classified: bool = False,
) -> Report:
    """What ``unit`` (uid; "" for the whole site) and the units below it did in ``period``.

    ``with_classified`` adds what may be said of classified work, where the acting person may be told; never for mail.
    Raises :class:`NotAllowed` where the acting person does not answer for the unit, :class:`Missing` where there is none.
    """
    check(unit, structure, grouping)
    below = BELOW[grouping]
    units = Units()
    lines = counted(structures.pieces(units, period, structure, unit, below))
    earlier = counted(structures.pieces(units, compare, structure, unit, below)) if compare else None
    secret = classified.cells(units, period, structure) if with_classified else None
    drawn = _Drawing(units, unit, period, structure, below, lines, earlier, secret)
    return Report(
        unit=unit,
        title=lookup.unit(unit).title if unit else "",
        period=period,
        structure=structure,
        grouping=grouping,
        compare=compare,
        groups=drawn.groups(grouping),
        total=_sum(lines, lines).figures(),
        before=_sum(earlier, earlier).figures() if earlier is not None else None,
        classified=drawn.whole(),
    )


class _Drawing:
    """Puts counted lines into their order and groups."""

    def __init__(
        self,
        units: Units,
        unit: str,
        period: Period,
        structure: str,
        below: int,
        lines: dict[str, Count],
        earlier: "dict[str, Count] | None",
        secret: "classified.Cells | None",
    ) -> None:
        self.units, self.unit, self.period, self.below = units, unit, period, below
        self.tree = structures.tree(units, period, structure)
        #: until when a unit must have been open to have a line although it did nothing
        self.day = clock.today() if structure == structures.TODAY else period.since
        self.lines, self.earlier, self.secret = lines, earlier, secret

    def shown(self) -> list[str]:
        """The lines in their order: all with figures, and the units that were open and did nothing."""
        lines = set(self.tree.rows(self.unit, self.below).values())
        idle = {each for each in lines if not self.tree.is_own(self.unit, each, self.below)}
        opened = self.units.opened(idle)
        open_then = {
            each for each in idle if self._open(each) and opened.get(each, self.period.last) <= self.period.last
        }
        busy = {each for found in (self.lines, self.earlier or {}) for each in found}
        told = {each for each in lines if self._is_told(each)}
        return [each for each in self.units.rows if each in open_then or each in busy or each in told]

    def groups(self, grouping: str) -> tuple[Group, ...]:
        """The lines with their sub-totals; each group stands where its first line does."""
        found: dict[str, list[str]] = {}
        for each in self.shown():
            found.setdefault(group_of(self.tree, self.unit, each, grouping), []).append(each)
        groups = []
        for key, uids in found.items():
            rows = [self._row(uid, number) for number, uid in enumerate(uids, 1)]
            groups.append(
                Group(
                    key=key,
                    label=KINDS[key] if grouping == KIND else self.units.rows[key].title,
                    rows=tuple(rows),
                    total=_sum(self.lines, uids).figures(),
                    before=_sum(self.earlier, uids).figures() if self.earlier is not None else None,
                    classified=classified.added(each.classified for each in rows) if self.secret else None,
                )
            )
        return tuple(groups)

    def whole(self) -> "Mapping[str, Cell] | None":
        """What is said of the classified work of the chosen unit as a whole."""
        return self.secret.of(self.unit) if self.secret else None

    def _row(self, uid: str, number: int) -> Row:
        unit = self.units.rows[uid]
        own = self.tree.is_own(self.unit, uid, self.below)
        return Row(
            unit=uid,
            title=unit.title,
            number=number,
            figures=_sum(self.lines, (uid,)).figures(),
            before=_sum(self.earlier, (uid,)).figures() if self.earlier is not None else None,
            classified=self._told(uid),
            opens=not own and bool(self.tree.children(uid)),
            own=own,
            closed=unit.closed_on is not None and unit.closed_on <= clock.today(),
        )

    def _told(self, uid: str) -> "Mapping[str, Cell] | None":
        if self.secret is None:
            return None
        return self.secret.own(uid) if self.tree.is_own(self.unit, uid, self.below) else self.secret.of(uid)

    def _is_told(self, uid: str) -> bool:
        """Is a count of classified work given for a line, although nothing else may have been counted?"""
        return any(cell.given for cell in (self._told(uid) or {}).values())

    def _open(self, uid: str) -> bool:
        closed_on = self.units.rows[uid].closed_on
        return closed_on is None or closed_on > self.day


def group_of(tree: structures.Tree, unit: str, uid: str, grouping: str) -> str:
    """The key of the group that a line belongs to: a kind of units, or the uid of a unit."""
    return str(tree.units.rows[uid].kind) if grouping == KIND else tree.group(unit, uid)


def _sum(lines: "Mapping[str, Count] | None", uids: Any) -> Count:
    found = Count()
    for uid in uids or ():
        if lines and uid in lines:
            found.add(lines[uid])
    return found


def check(unit: str, structure: str, grouping: str) -> None:
    """Refuse a report that there is not, or that is not for the acting person."""
    if unit:
        lookup.unit(unit)
    require(rules.may_see(unit))
    if structure not in structures.STRUCTURES:
        raise Invalid(_("“${value}” is not a structure.", mapping={"value": structure}), "structure")
    if grouping not in GROUPINGS:
        raise Invalid(_("“${value}” is not a way to group.", mapping={"value": grouping}), "grouping")
