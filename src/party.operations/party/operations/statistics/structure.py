"""Which line of a report a unit belongs to (cơ cấu tổ chức): by the structure of then, or by that of today.

*Of then* (``then``): what was counted on a day belongs to the unit that stood above on that day. A closed unit keeps its own
line. When a unit was put below another one, its figures go along from the day of the move on; moves are read in the journal.

*Of today* (``today``): everything that was ever counted belongs to where the unit stands today. A unit that another took over
from belongs to its successor, together with the units below it that have no successor of their own.
"""

from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from party.operations import _
from party.operations.ledger import clock
from party.operations.ledger import turn
from party.operations.ledger.tables import events
from party.operations.organization.tables import codes
from party.operations.organization.tables import posts
from party.operations.organization.tables import successions
from party.operations.organization.tables import symbols
from party.operations.organization.tables import units
from party.operations.statistics.periods import Period


THEN, TODAY = "then", "today"
STRUCTURES = {THEN: _("The structure of then"), TODAY: _("The structure of today")}

#: the site as a whole, above the units at the top
WHOLE = ""

#: kinds of units that are nothing but a place at the top: the report of the site shows the units below them
OPENED = frozenset(("central_committee",))


@dataclass(frozen=True)
class Move:
    """A unit came below another one: it stood below ``before`` until that day."""

    unit: str
    day: date
    before: str


class Units:
    """All units of the site, read once for a report."""

    def __init__(self) -> None:
        columns = (units.c.uid, units.c.parent, units.c.kind, units.c.title, units.c.closed_on)
        found = turn.rows(sa.select(*columns).order_by(units.c.tree_order, units.c.uid))
        #: by uid, in their explicit order
        self.rows: dict[str, Any] = {each.uid: each for each in found}
        self.parents = {uid: each.parent for uid, each in self.rows.items()}
        #: by the number of moves that are taken back
        self._trees: dict[int, Tree] = {}

    @cached_property
    def moves(self) -> list[Move]:
        """Every move of a unit, newest first."""
        found = turn.rows(
            sa.select(events.c.object, events.c.at, events.c.diff)
            .where(events.c.object.in_(sa.select(units.c.uid)), events.c.operation == "move_unit")
            .order_by(events.c.id.desc())
        )
        return [Move(each.object, clock.local(each.at).date(), each.diff["parent"][0]) for each in found]

    def tree_on(self, day: date) -> "Tree":
        """The units as they stood at the end of a day."""
        later = [move for move in self.moves if move.day > day]
        if len(later) not in self._trees:
            parents = {**self.parents, **{move.unit: move.before for move in later}}
            self._trees[len(later)] = Tree(self, parents)
        return self._trees[len(later)]

    @cached_property
    def tree_today(self) -> "Tree":
        """The units as they stand, with those that were taken over."""
        return Tree(self, self.parents, _successors(self.rows))

    def opened(self, uids: Iterable[str]) -> dict[str, date]:
        """The first day of which the registers know something of a unit: a code, a symbol or a post."""
        found: dict[str, date] = {}
        for table in (codes, symbols, posts):
            first = sa.func.min(table.c.from_day).label("first")
            wanted = sa.select(table.c.unit, first).where(table.c.unit.in_(sorted(uids))).group_by(table.c.unit)
            for each in turn.rows(wanted):
                found[each.unit] = min(each.first, found.get(each.unit, each.first))
        return found


class Tree:
    """Who stands below whom."""

    def __init__(
        self, all_units: Units, parents: Mapping[str, str], successors: "Mapping[str, str] | None" = None
    ) -> None:
        self.units = all_units
        self.parents = parents
        self.successors = successors or {}
        self._standing: dict[str, tuple[str, ...]] = {}
        self._lines: dict[str, tuple[str, ...]] = {}

    def line(self, uid: str) -> tuple[str, ...]:
        """The units from the top down to the one that ``uid`` counts for."""
        found = self._lines.get(uid)
        if found is None:
            found = self._lines[uid] = self._led_on(uid)
        return found

    def children(self, uid: str) -> list[str]:
        """The units directly below that nobody took over, in their order."""
        return [each for each in self._below.get(uid, ()) if each not in self.successors]

    def with_below(self, uids: Iterable[str]) -> set[str]:
        """The units and all that stand below them."""
        found: set[str] = set()
        waiting = list(uids)
        while waiting:
            uid = waiting.pop()
            if uid not in found:
                found.add(uid)
                waiting.extend(self._below.get(uid, ()))
        return found

    def rows(self, chosen: str, below: int = 1) -> dict[str, str]:
        """For each unit that counts for ``chosen``: the unit whose line it belongs to, at most ``below`` steps down."""
        found = {}
        for uid in self.units.rows:
            row = self.row(chosen, uid, below)
            if row is not None:
                found[uid] = row
        return found

    def row(self, chosen: str, uid: str, below: int = 1) -> str | None:
        """The unit whose line ``uid`` belongs to; ``None`` where it does not count for ``chosen``."""
        line = self.line(uid)
        place = self._place(chosen, line)
        return None if place is None else line[min(place + below, len(line) - 1)]

    def is_own(self, chosen: str, uid: str, below: int = 1) -> bool:
        """Is the line of ``uid`` that of the unit by itself, because those below it have lines of their own?"""
        line = self.line(uid)
        place = self._place(chosen, line)
        return place is not None and len(line) - 1 - place < below and bool(self.children(uid))

    def group(self, chosen: str, uid: str) -> str:
        """The unit directly below ``chosen`` that ``uid`` belongs to; the unit above it where it stands elsewhere now."""
        return self.row(chosen, uid) or self.parents[uid] or uid

    def _place(self, chosen: str, line: tuple[str, ...]) -> int | None:
        """Where ``chosen`` stands in a line; the site as a whole stands before it."""
        if chosen == WHOLE:
            return -1 + (self.units.rows[line[0]].kind in OPENED)
        return line.index(chosen) if chosen in line else None

    def _led_on(self, uid: str) -> tuple[str, ...]:
        line, been = self._upward(uid), {uid}
        while not self.successors.keys().isdisjoint(line):
            # the nearest unit above that was taken over takes along what stands below it
            successor = next(self.successors[each] for each in reversed(line) if each in self.successors)
            if successor in been:
                break
            been.add(successor)
            line = self._upward(successor)
        return line

    def _upward(self, uid: str) -> tuple[str, ...]:
        """The units from the top down to ``uid``, whoever took over."""
        found = self._standing.get(uid)
        if found is None:
            above = self.parents.get(uid, "")
            found = self._standing[uid] = (*(self._upward(above) if above in self.parents else ()), uid)
        return found

    @cached_property
    def _below(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = defaultdict(list)
        for uid in self.units.rows:
            found[self.parents[uid]].append(uid)
        return found


@dataclass(frozen=True)
class Piece:
    """Some days of a period, and the line each of some units belongs to on them."""

    period: Period
    rows: dict[str, str]


def pieces(all_units: Units, period: Period, structure: str, chosen: str, below: int = 1) -> list[Piece]:
    """The lines of a report of ``chosen``: one piece for the units that stood still, and one for the others between moves."""
    first = all_units.tree_today if structure == TODAY else all_units.tree_on(period.since)
    rows = first.rows(chosen, below)
    moves = [move for move in all_units.moves if period.since < move.day < period.until] if structure == THEN else []
    if not moves:
        return [Piece(period, rows)]
    starts = [period.since, *sorted({move.day for move in moves})]
    trees = [all_units.tree_on(day) for day in starts]
    moved = {uid for each in trees for uid in each.with_below(move.unit for move in moves)}
    found = [Piece(period, {uid: row for uid, row in rows.items() if uid not in moved})]
    for tree_then, since, until in zip(trees, starts, [*starts[1:], period.until], strict=True):
        there = {uid: tree_then.row(chosen, uid, below) for uid in moved}
        found.append(Piece(Period(since, until), {uid: row for uid, row in there.items() if row is not None}))
    return found


def tree(all_units: Units, period: Period, structure: str) -> Tree:
    """The units as a report of the period shows them: as they stand today, or stood at its end."""
    return all_units.tree_today if structure == TODAY else all_units.tree_on(period.last)


def _successors(rows: Mapping[str, Any]) -> dict[str, str]:
    """Who took over from whom until today; of several successors the one named first, so that nothing counts twice."""
    wanted = sa.select(successions).where(successions.c.from_day <= clock.today())
    by_predecessor: dict[str, list[str]] = defaultdict(list)
    for each in turn.rows(wanted.order_by(successions.c.from_day, successions.c.id)):
        if each.successor in rows:
            by_predecessor[each.predecessor].append(each.successor)
    return {predecessor: named[0] for predecessor, named in by_predecessor.items() if predecessor in rows}
