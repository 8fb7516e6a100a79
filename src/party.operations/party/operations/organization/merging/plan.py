"""A plan as a whole (phương án sáp nhập): its parts, the units it closes and those it moves."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import Any
from typing import TypeVar

import sqlalchemy as sa

from party.operations import _
from party.operations.ledger import turn
from party.operations.ledger.errors import Missing
from party.operations.ledger.errors import No
from party.operations.organization import rules
from party.operations.organization.merging.tables import lines
from party.operations.organization.merging.tables import mergers
from party.operations.organization.merging.tables import movements
from party.operations.organization.merging.tables import new_codes
from party.operations.organization.merging.tables import new_units
from party.operations.organization.tables import posts
from party.operations.organization.tables import units


#: what becomes of the units below one that closes
BELOW = {"move": _("Moved to the successor"), "close": _("Closed too; the successor takes over")}
#: trạng thái của phương án
STATES = {"draft": _("Being prepared"), "started": _("Started"), "done": _("In force")}

_NEW = "new:"
T = TypeVar("T", str, int)


@dataclass(frozen=True)
class Closing:
    """A unit that closes: by which line, and the reference of who takes over."""

    unit: str
    successor: str
    line: int


class Plan:
    """A plan with everything that belongs to it, read when it is asked for. ``row`` is its row."""

    def __init__(self, row: "sa.Row[Any]") -> None:
        self.row = row

    @property
    def id(self) -> str:
        """Id of the plan."""
        return self.row.id

    @cached_property
    def lines(self) -> "list[sa.Row[Any]]":
        """Its lines in their order."""
        return self._part(lines, lines.c.number)

    @cached_property
    def new_units(self) -> "dict[str, sa.Row[Any]]":
        """The units it is to make, by reference."""
        return {reference_to(each.id): each for each in self._part(new_units, new_units.c.id)}

    @cached_property
    def codes(self) -> "list[sa.Row[Any]]":
        """New codes and symbols."""
        return self._part(new_codes, new_codes.c.number)

    @cached_property
    def movements(self) -> "list[sa.Row[Any]]":
        """The people who get a post, in their order."""
        return self._part(movements, movements.c.number)

    @cached_property
    def units(self) -> "dict[str, sa.Row[Any]]":
        """Every unit there is, by uid, in the order of the tree."""
        return {each.uid: each for each in turn.rows(sa.select(units).order_by(units.c.tree_order, units.c.uid))}

    def unit_of(self, reference: str) -> str:
        """The uid that a reference stands for; "" for a unit that is not made yet."""
        found = self.new_units.get(reference)
        return found.made if found is not None else "" if reference.startswith(_NEW) else reference

    def title_of(self, reference: str) -> str:
        """The name of a unit, made or to be made; "" when there is none."""
        found = self.new_units.get(reference) or self.units.get(reference)
        return found.title if found is not None else ""

    def covers(self, reference: str) -> bool:
        """Does a unit that is there lie within what the plan is about?"""
        row = self.units.get(reference)
        return row is None or not self.row.unit or f"/{self.row.unit}/" in row.lineage

    @cached_property
    def effective(self) -> "list[sa.Row[Any]]":
        """The lines by which a unit closes: not those whose unit goes on, lies outside, nor those that name nothing."""
        return [
            each
            for each in self.lines
            if each.old in self.units
            and each.successor
            and each.old != each.successor
            and self.covers(each.old)
            and self.covers(each.successor)
        ]

    @cached_property
    def closing(self) -> dict[str, Closing]:
        """The units that close, by uid: those of the lines, and those below them that close as well."""
        named = {each.old for each in self.lines}
        found = {each.old: Closing(each.old, each.successor, each.number) for each in self.effective}
        for each in self.effective:
            if each.below == "close":
                for uid in self._below(each.old, named):
                    found.setdefault(uid, Closing(uid, each.successor, each.number))
        return found

    def closed_by(self, line: "sa.Row[Any]") -> list[str]:
        """uids of the units that a line closes, its own first."""
        return [line.old, *(each for each in self.closing if each != line.old and self._is_of(line, each))]

    def moved_by(self, line: "sa.Row[Any]") -> list[str]:
        """uids of the units directly below the closed one that go to the successor, in the order of the tree."""
        if line.below != "move":
            return []
        successor = self.unit_of(line.successor)
        return [
            each
            for each in self._children.get(line.old, ())
            if each not in self.closing and each != successor and rules.takes_part(self.units[each])
        ]

    @cached_property
    def posts(self) -> "list[sa.Row[Any]]":
        """The posts in units that close which would be held on the day of the merger."""
        day = self.row.on_day
        held = sa.or_(posts.c.until_day.is_(None), posts.c.until_day > day)
        found: list[sa.Row[Any]] = []
        for some in in_portions(list(self.closing)):
            found += turn.rows(sa.select(posts).where(posts.c.unit.in_(some), posts.c.from_day <= day, held))
        return sorted(found, key=lambda each: each.id)

    @cached_property
    def _children(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for each in self.units.values():
            found.setdefault(each.parent, []).append(each.uid)
        return found

    def _below(self, uid: str, named: set[str]) -> list[str]:
        """Open units below one, without those that have a line of their own and what hangs on these."""
        found: list[str] = []
        for each in self._children.get(uid, ()):
            if each not in named and rules.takes_part(self.units[each]):
                found += [each, *self._below(each, named)]
        return found

    def _is_of(self, line: "sa.Row[Any]", uid: str) -> bool:
        return self.closing[uid].line == line.number

    def _part(self, table: "sa.Table", order: "sa.ColumnElement[Any]") -> "list[sa.Row[Any]]":
        return turn.rows(sa.select(table).where(table.c.merger == self.id).order_by(order, table.c.id))


def reference_to(new_unit: int) -> str:
    """How a plan names a unit that it is to make."""
    return f"{_NEW}{new_unit}"


def find(merger: str) -> Plan:
    """The plan of that id, for who may keep it; raises :class:`Missing` for anybody else."""
    row = turn.row(sa.select(mergers).where(mergers.c.id == merger))
    if row is None or not may_keep(row):
        raise Missing(_("There is no such plan."))
    return Plan(row)


def held(merger: str) -> Plan:
    """The same inside an open turn, where nobody else changes it until commit."""
    turn.rows(sa.select(mergers.c.id).where(mergers.c.id == merger).with_for_update())
    return find(merger)


def may_keep(row: "sa.Row[Any]") -> "bool | No":
    """May the person who acts plan it? Who administers the unit within which it takes place."""
    return rules.may_administer(row.unit) if row.unit else rules.may_set_up()


def listing() -> "list[sa.Row[Any]]":
    """The plans that the person who acts keeps, the latest day first."""
    found = turn.rows(sa.select(mergers).order_by(mergers.c.on_day.desc(), mergers.c.created_at.desc()))
    return [each for each in found if may_keep(each)]


def in_portions(values: list[T], size: int = 500) -> Iterable[list[T]]:
    """``values`` in portions that fit into one query."""
    return (values[start : start + size] for start in range(0, len(values), size))
