"""What waits to be brought in (sổ cũ chờ nhập): an import with its lines, for the person who chose its file.

What a sheet says, the names of files and the tokens that open them are sealed as files are that wait to be registered,
see :mod:`..staging`: by a key of the highest level that the process may hold.
"""

import secrets
from collections.abc import Collection
from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field
from typing import Any

import sqlalchemy as sa

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import blinding
from party.operations.confidentiality import keys
from party.operations.confidentiality import levels
from party.operations.confidentiality import sealing
from party.operations.confidentiality.data_keys import DataKey
from party.operations.documents.past import columns
from party.operations.documents.past import rules
from party.operations.documents.past.notes import Plain
from party.operations.documents.past.tables import past_headings
from party.operations.documents.past.tables import past_imports
from party.operations.documents.past.tables import past_lines
from party.operations.documents.staging import secrets_at
from party.operations.ledger import clock
from party.operations.ledger import turn
from party.operations.ledger.errors import Missing
from party.operations.organization import rules as organization_rules


#: where an import stands
STATES = {
    "mapping": _("Columns to be confirmed"),
    "checked": _("Checked"),
    "running": _("Being brought in"),
    "done": _("Brought in"),
}
#: what becomes of a line
OUTCOMES = {
    "waiting": _("Not yet checked"),
    "taken": _("To be taken"),
    "warned": _("To be taken, with a note"),
    "refused": _("Not taken"),
}
#: the same once it was tried
DONE = {"done": _("Brought in"), "failed": _("Could not be brought in")}

#: the number of a line is that of its sheet in the file times this, and its row
ROWS = 1_000_000
#: how long files wait
KEPT_SECONDS = 14 * 24 * 3600


@dataclass
class Import:
    """One import as the person sees it; ``facts`` are what is sealed."""

    id: str
    unit: str
    direction: str
    register: str
    person: str
    level: str
    state: str = "mapping"
    round: int = 0
    made_at: Any = None
    begun_at: Any = None
    ended_at: Any = None
    #: ``filename digest headings mapping year tokens beside loose continues count``
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def level_places(self) -> list[int]:
        """The places of what says how secret a line is, whatever the columns were said to mean."""
        return columns.of_levels(self.direction, self.facts["headings"], self.facts["mapping"])

    @property
    def heading_of(self) -> dict[str, int]:
        """The place of each column in a line's cells."""
        mapping: dict[str, str] = self.facts["mapping"]
        return {mapping[each]: at for at, each in enumerate(self.facts["headings"]) if mapping.get(each)}


@dataclass
class Line:
    """One line of an import."""

    number: int
    outcome: str = "waiting"
    state: str = ""
    object: str = ""
    #: where it stands in its file
    sheet: str = ""
    row: int = 0
    #: () for one that may not be here
    cells: tuple[Any, ...] = ()
    level: str = levels.NORMAL
    #: see :class:`.plan.Plan`
    plan: dict[str, Any] | None = None
    notes: list[Plain] = field(default_factory=list)
    #: source and name of each file that belongs to it
    files: list[tuple[int, str]] = field(default_factory=list)

    @property
    def place(self) -> str:
        """Sheet and row, as spreadsheet programs count."""
        return f"{self.sheet} {self.row}".strip()


_SEALED = ("sheet", "row", "cells", "level", "plan", "notes", "files")


def make(unit: str, direction: str, register: str, facts: dict[str, Any], lines: Iterable[Line]) -> Import:
    """Write, in the open turn, a new import of the person who acts."""
    made = Import(
        secrets.token_hex(16),
        unit,
        direction,
        register,
        actor.current(),
        levels.cap(levels.zone()),
        made_at=clock.now(),
        facts=facts,
    )
    columns = ("id", "unit", "direction", "register", "person", "level", "state", "round", "made_at")
    values = {name: getattr(made, name) for name in columns}
    turn.run(sa.insert(past_imports).values(**values, sealed=_seal(made, "facts", facts)))
    rows = [_row(made, each) for each in lines]
    if rows:
        turn.run(sa.insert(past_lines), rows)
    return made


def get(name: str) -> Import:
    """An import that the person who acts may go on with, see :func:`mine`; raises :class:`Missing`."""
    found = next((each for each in _imports(past_imports.c.id == name)), None)
    if found is None:
        raise Missing(_("There is no such import of an old register, or it was begun by somebody else."))
    return found


def mine(limit: int = 50) -> list[Import]:
    """The imports that the person who acts began, and those of units that he administers, newest first.

    Who may bring in no old registers of a unit any more has none of its imports either.
    """
    return _imports(sa.true(), limit)


def keep(found: Import, **columns: Any) -> None:
    """Write, in the open turn, what has changed of an import: its facts, and ``columns`` such as its state."""
    for name, value in columns.items():
        setattr(found, name, value)
    sealed = _seal(found, "facts", found.facts)
    turn.run(sa.update(past_imports).where(past_imports.c.id == found.id).values(**columns, sealed=sealed))


def remove(found: Import) -> None:
    """Forget an import and its lines, in the open turn."""
    turn.run(sa.delete(past_lines).where(past_lines.c["import"] == found.id))
    turn.run(sa.delete(past_imports).where(past_imports.c.id == found.id))


def lines(
    found: Import, *, outcomes: Collection[str] = (), state: str | None = None, after: int = 0, limit: int | None = None
) -> list[Line]:
    """The lines of an import in their order; in a turn they are held until commit."""
    wanted = sa.select(past_lines).where(past_lines.c["import"] == found.id, past_lines.c.line > after)
    if outcomes:
        wanted = wanted.where(past_lines.c.outcome.in_(outcomes))
    if state is not None:
        wanted = wanted.where(past_lines.c.state == state)
    rows = turn.rows(wanted.order_by(past_lines.c.line).limit(limit).with_for_update())
    return [_line(found, row) for row in rows]


def keep_lines(found: Import, changed: Iterable[Line]) -> None:
    """Write lines, in the open turn."""
    rows = [{f"new_{name}": value for name, value in _row(found, each).items()} for each in changed]
    if rows:
        names = ("outcome", "state", "object", "sealed")
        same = (past_lines.c["import"] == sa.bindparam("new_import"), past_lines.c.line == sa.bindparam("new_line"))
        values: dict[str, Any] = {name: sa.bindparam(f"new_{name}") for name in names}
        turn.run(sa.update(past_lines).where(*same).values(values), rows)


def counts(name: str) -> dict[str, int]:
    """Lines of an import by what is to become of them, and by what became: ``done`` and ``failed``."""
    column = sa.case((past_lines.c.state != "", past_lines.c.state), else_=past_lines.c.outcome).label("what")
    grouped = sa.select(column, sa.func.count().label("amount")).where(past_lines.c["import"] == name).group_by(column)
    found = {row.what: row.amount for row in turn.rows(grouped)}
    return {each: found.get(each, 0) for each in (*OUTCOMES, *DONE)}


def line_of(uid: str) -> Any:
    """Import and line that a document came from, or ``None``: the columns that say nothing of it."""
    known = past_lines.c.object.in_(blinding.either([uid], levels.up_to(levels.cap(levels.zone()))))
    return turn.row(sa.select(past_lines.c["import"], past_lines.c.line).where(known))


def reseal(uid: str, level: str) -> None:
    """A document takes with it, in the open turn, what its line said; at a classified ``level`` its name as well."""
    known = past_lines.c.object.in_(blinding.either([uid], levels.LEVELS))
    turn.run(sa.update(past_lines).where(known).values(sealed=b"", object=blinding.at(uid, level)))


def remembered(unit: str, direction: str) -> dict[str, str]:
    """What the unit's headings were said to mean, by their folded form."""
    same = (past_headings.c.unit == unit, past_headings.c.direction == direction)
    return {row.heading: row.column for row in turn.rows(sa.select(past_headings).where(*same))}


def remember(unit: str, direction: str, meant: dict[str, str]) -> None:
    """Keep, in the open turn, what headings mean."""
    same = (past_headings.c.unit == unit, past_headings.c.direction == direction)
    turn.run(sa.delete(past_headings).where(*same, past_headings.c.heading.in_(list(meant))))
    rows = [
        {"unit": unit, "direction": direction, "heading": heading, "column": column}
        for heading, column in meant.items()
        if heading
    ]
    if rows:
        turn.run(sa.insert(past_headings), rows)


def _imports(condition: Any, limit: int | None = None) -> list[Import]:
    served = past_imports.c.level.in_(levels.up_to(levels.cap(levels.zone())))
    units = [row.unit for row in turn.rows(sa.select(past_imports.c.unit).distinct()) if rules.may_import(row.unit)]
    kept = past_imports.c.unit.in_([unit for unit in units if organization_rules.may_administer(unit)])
    allowed = (past_imports.c.unit.in_(units), sa.or_(past_imports.c.person == actor.current(), kept))
    wanted = sa.select(past_imports).where(condition, *allowed, served)
    found = []
    for row in turn.rows(wanted.order_by(past_imports.c.made_at.desc(), past_imports.c.id).limit(limit)):
        values: dict[str, Any] = dict(row._mapping)
        sealed = values.pop("sealed")
        each = Import(**values)
        try:
            each.facts = _open(each, "facts", sealed)
        except keys.Broken:
            continue
        found.append(each)
    return found


def _row(found: Import, line: Line) -> dict[str, Any]:
    values = {name: getattr(line, name) for name in _SEALED}
    if line.state == "done" and line.level != levels.NORMAL:
        # the document holds it now, sealed by a key of its own
        values |= {"cells": (), "plan": None, "notes": [], "files": [], "object": line.object}
    return {
        "import": found.id,
        "line": line.number,
        "outcome": line.outcome,
        "state": line.state,
        "object": blinding.at(line.object, line.level) if line.object else "",
        "sealed": _seal(found, f"line:{line.number}", values),
    }


def _line(found: Import, row: Any) -> Line:
    # a document that was classified since has taken with it what the line said
    values = _open(found, f"line:{row.line}", row.sealed) if row.sealed else {"object": ""}
    return Line(row.line, row.outcome, row.state, **{"object": row.object, **values})


def _seal(found: Import, field: str, values: dict[str, Any]) -> bytes:
    return sealing.seal(_key(found, secrets_at(found.level)[0]), field, values)


def _open(found: Import, field: str, sealed: bytes) -> dict[str, Any]:
    for secret in secrets_at(found.level):
        try:
            return dict(sealing.unseal(_key(found, secret), field, sealed))
        except keys.Broken:
            continue
    raise keys.Broken()


def _key(found: Import, secret: bytes) -> DataKey:
    return DataKey(found.id, "past", found.level, found.unit, secret)
