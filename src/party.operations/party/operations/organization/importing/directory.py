"""The units of the system and of the file that is read (danh bạ đơn vị), found by code or exact name."""

from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field
from typing import Any

import sqlalchemy as sa

from party.operations import _
from party.operations.ledger import turn
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import No
from party.operations.organization import rules
from party.operations.organization.importing.report import Line
from party.operations.organization.importing.values import name_key
from party.operations.organization.tables import codes
from party.operations.organization.tables import units
from party.operations.text.codes import normalise


@dataclass(eq=False)
class UnitPlan:
    """One unit of the file: a new one, or one that is there already (``uid``)."""

    line: Line
    uid: str = ""
    title: str = ""
    code: str = ""
    scheme: str = ""
    symbol: str = ""
    #: by column id; ``None`` where the cell was empty
    settings: dict[str, Any] = field(default_factory=dict)
    #: the unit above; ``None`` is the top for a new unit, and for another the place where it is
    parent: "UnitPlan | str | None" = None
    #: what must be written where the unit exists
    changes: dict[str, Any] = field(default_factory=dict)
    new_code: bool = False
    new_symbol: bool = False
    moved: bool = False

    @property
    def parent_uid(self) -> str:
        """The uid of the unit above; "" for the top and for a unit that is not made yet."""
        return self.parent.uid if isinstance(self.parent, UnitPlan) else self.parent or ""


#: a unit: by its plan where it is to be made, else by its uid
Unit = UnitPlan | str


class Directory:
    """Look-ups over everything at once, so that a file of thousands of lines is checked in seconds."""

    def __init__(self) -> None:
        self.rows = {row.uid: row for row in turn.rows(sa.select(units))}
        self.plans: list[UnitPlan] = []
        self._codes: dict[str, Unit] = {row.key: row.unit for row in turn.rows(sa.select(codes.c.key, codes.c.unit))}
        self._names: dict[tuple[str, ...], list[str]] = {}
        self._planned: dict[tuple[str, ...], list[UnitPlan]] = {}
        self._allowed: dict[str, bool | No] = {}
        for row in self.rows.values():
            self._names.setdefault(name_key(row.title), []).append(row.uid)

    def add(self, plan: UnitPlan) -> None:
        """Let other lines refer to a unit of the file."""
        self.plans.append(plan)
        self._planned.setdefault(name_key(plan.title), []).append(plan)
        if plan.code:
            self._codes.setdefault(plan.code.upper(), plan)

    def with_code(self, code: str) -> "Unit | None":
        """The unit that has or ever had the code, or is to get it."""
        return self._codes.get(normalise(code).upper())

    def named(self, name: str, parent: str) -> list[str]:
        """Open units of the system with that name directly below ``parent``."""
        rows = [self.rows[uid] for uid in self._names.get(name_key(name), ())]
        return [row.uid for row in rows if row.parent == parent and rules.is_open(row)]

    def find(self, reference: str) -> Unit:
        """The unit that a cell names, of the file before the system; ``Invalid`` when there is none, or several."""
        found = self.with_code(reference)
        if found is not None:
            return found
        key = name_key(reference)
        same: Iterable[Unit] = self._planned.get(key) or self._names.get(key, ())
        nodes = list(dict.fromkeys(map(node, same)))
        if len(nodes) == 1:
            return nodes[0]
        words = {"count": len(nodes), "value": reference}
        if nodes:
            raise Invalid(
                _("${count} units are named “${value}”. Give the code of the one that is meant.", mapping=words)
            )
        raise Invalid(
            _(
                "There is no unit “${value}”, neither in the system nor in this file. Give its code or exact name.",
                mapping=words,
            )
        )

    def title(self, unit: Unit) -> str:
        """The name of a unit."""
        return unit.title if isinstance(unit, UnitPlan) else self.rows[unit].title

    def is_open(self, unit: Unit) -> "bool | No":
        """Whether something new may be put there."""
        return rules.is_open(self.rows[unit]) if isinstance(unit, str) else True

    def may_administer(self, uid: str) -> "bool | No":
        """The rule of that name, asked once for each unit."""
        if uid not in self._allowed:
            self._allowed[uid] = rules.may_administer(uid)
        return self._allowed[uid]


def node(unit: Unit) -> Unit:
    """One name for one unit: its uid as soon as there is one."""
    return (unit.uid or unit) if isinstance(unit, UnitPlan) else unit


def parents_first(plans: Iterable[UnitPlan]) -> list[UnitPlan]:
    """The plans in the order in which they can be made, else as in the file; a circle is left as it comes."""
    ordered: list[UnitPlan] = []
    seen: set[UnitPlan] = set()
    for plan in plans:
        chain: list[UnitPlan] = []
        at: Unit | None = plan
        while isinstance(at, UnitPlan) and at not in seen:
            seen.add(at)
            chain.append(at)
            at = at.parent
        ordered.extend(reversed(chain))
    return ordered
