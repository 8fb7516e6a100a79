"""Readiness of units (mức độ sẵn sàng triển khai): for each unit what is there and what is missing.

The aspects are those by which the Central Office judged the roll-out of 2025 (CV 15671-CV/VPTW, part 1.2 and 1.3): codes,
receiving points, routes, people, training, certificates, devices, lines. What the system knows it tells itself; the rest is
declared by the unit's administrator. Units with registers of their own have a row; their rooms count with them.
"""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from party.operations import _
from party.operations.ledger.errors import require
from party.operations.organization import lookup
from party.operations.organization.vocabularies import REGISTRY_FUNCTIONS
from party.operations.statistics import readiness_reading as reading
from party.operations.statistics import rules
from party.operations.statistics.readiness_reading import Known


class State(StrEnum):
    """How far a unit is in one aspect."""

    READY = "ready"
    PARTIAL = "partial"
    MISSING = "missing"
    #: nobody has declared anything
    UNDECLARED = "undeclared"
    NOT_NEEDED = "not-needed"


#: each state in a word, with the sign beside it
STATES = {
    State.READY: ("✓", _("In place")),
    State.PARTIAL: ("◐", _("In part")),
    State.MISSING: ("✗", _("Missing")),
    State.UNDECLARED: ("?", _("Not declared")),
    State.NOT_NEEDED: ("–", _("Not needed")),
}
#: states in which nothing is left to do
SETTLED = frozenset((State.READY, State.NOT_NEEDED))

#: what is looked at, in the order of the columns
ASPECTS = {
    "code": _("New identification code"),
    "old_code": _("Old identification code"),
    "symbol": _("Issuer symbol"),
    "term": _("Congress term"),
    "clerk": _("Receiving clerk"),
    "deputy": _("Deputy clerk"),
    "leader": _("Leader"),
    "routes": _("Routes"),
    "people": _("People with accounts"),
    "logins": _("Have logged in"),
    "training": _("Training"),
    "certificates": _("Certificates (eToken)"),
    "devices": _("Devices"),
    "line": _("Secured line"),
}
#: aspects that the system cannot know
DECLARED = ("training", "certificates", "devices", "line")
#: aspects that the system knows, and that a unit may declare not to need
WAIVED = ("old_code", "term", "deputy")


@dataclass(frozen=True)
class Cell:
    """One aspect of one unit. ``done`` of ``needed`` where it is a number of things; ``note`` says more."""

    state: State
    done: int | None = None
    needed: int | None = None
    note: str = ""


@dataclass(frozen=True)
class Line:
    """One unit."""

    unit: str
    title: str
    #: the unit above
    parent: str
    lineage: str
    cells: Mapping[str, Cell]

    @property
    def missing(self) -> list[str]:
        """The aspects that are left to do, in their order."""
        return [name for name, cell in self.cells.items() if cell.state not in SETTLED]


@dataclass(frozen=True)
class Page:
    """A part of the matrix, and figures over all of it."""

    lines: list[Line]
    #: all units that were asked for, and those of them where nothing is missing
    total: int
    complete: int
    #: how many units are in which state, by aspect
    counts: Mapping[str, Mapping[State, int]]
    #: uid to continue after; "" at the end
    following: str = ""
    #: uid that the page before continued after; "" on the first two
    preceding: str = ""


def matrix(unit: str = "") -> list[Line]:
    """The lines of ``unit`` and those below it in the order of the tree; "" is all that the acting person answers for.

    Raises ``NotAllowed`` for who does not answer for it.
    """
    if unit:
        lookup.unit(unit)
        require(rules.may_see(unit))
        return lines([unit])
    require(rules.may_see_some())
    return lines(rules.tops())


def page(unit: str = "", *, incomplete: bool = False, aspect: str = "", after: str = "", limit: int = 50) -> Page:
    """A page of the matrix: with ``incomplete`` or an ``aspect`` only the units where something, or that, is missing."""
    every = matrix(unit)
    wanted = [
        each
        for each in every
        if (not incomplete or each.missing) and (not aspect or each.cells[aspect].state not in SETTLED)
    ]
    places = {each.unit: at for at, each in enumerate(wanted, 1)}
    start = places.get(after, 0)
    shown = wanted[start : start + limit]
    before = start - limit
    return Page(
        shown,
        total=len(every),
        complete=sum(not each.missing for each in every),
        counts=counted(every),
        following=shown[-1].unit if start + limit < len(wanted) else "",
        preceding=wanted[before - 1].unit if before > 0 else "",
    )


def counted(every: Iterable[Line]) -> dict[str, dict[State, int]]:
    """How many units are in which state, by aspect."""
    found = {name: dict.fromkeys(State, 0) for name in ASPECTS}
    for line in every:
        for name, cell in line.cells.items():
            found[name][cell.state] += 1
    return found


def lines(tops: Iterable[str]) -> list[Line]:
    """The lines of some units and of all below them ("" is the site), whoever asks."""
    known = reading.read(tops)
    return [
        Line(
            unit=row.uid,
            title=row.title,
            parent=row.parent,
            lineage=row.lineage,
            cells={name: _cell(name, row, known) for name in ASPECTS},
        )
        for row in known.units
    ]


def _cell(name: str, row: Any, known: Known) -> Cell:
    declared = known.declared.get((row.uid, name))
    if name in DECLARED:
        return _declared(declared)
    cell = _KNOWN[name](row, known)
    if name in WAIVED and cell.state not in SETTLED and declared is not None and declared.needed == 0:
        return Cell(State.NOT_NEEDED, note=declared.note)
    return cell


def _declared(row: Any) -> Cell:
    if row is None:
        return Cell(State.UNDECLARED)
    if row.needed == 0:
        return Cell(State.NOT_NEEDED, note=row.note)
    return Cell(_share(row.done, row.needed), row.done, row.needed, row.note)


def _share(done: int, needed: int) -> State:
    if done >= needed:
        return State.READY
    return State.PARTIAL if done else State.MISSING


def _there(found: object) -> Cell:
    return Cell(State.READY if found else State.MISSING)


def _code(row: Any, known: Known) -> Cell:
    return _there(row.uid in known.new_codes)


def _old_code(row: Any, known: Known) -> Cell:
    """Whether a unit was ever called by another code only its people can say."""
    return Cell(State.READY if row.uid in known.old_codes else State.UNDECLARED)


def _symbol(row: Any, known: Known) -> Cell:
    return _there(row.uid in known.symbols)


def _term(row: Any, known: Known) -> Cell:
    """Its own, or that of the nearest unit above that has one, as numbers are taken."""
    return _there(known.terms.intersection(row.lineage.split("/")))


def _clerk(row: Any, known: Known) -> Cell:
    """Who receives for the unit: a clerk who has logged in; in part when another stands in or he never came."""
    office = row.office or row.uid
    clerks = known.people(office, "clerk")
    serving = clerks or known.people(office, *REGISTRY_FUNCTIONS)
    if not serving:
        return Cell(State.MISSING)
    if not clerks:
        return Cell(State.PARTIAL, note=_("somebody else stands in"))
    if not clerks & known.logged_in:
        return Cell(State.PARTIAL, note=_("never logged in"))
    return Cell(State.READY)


def _deputy(row: Any, known: Known) -> Cell:
    return _there(known.people(row.office or row.uid, "deputy_clerk"))


def _leader(row: Any, known: Known) -> Cell:
    if row.clerk_level_only:
        return Cell(State.NOT_NEEDED, note=_CLERK_LEVEL)
    return _there(known.people(row.uid, "leader"))


def _routes(row: Any, known: Known) -> Cell:
    if row.clerk_level_only:
        return Cell(State.NOT_NEEDED, note=_CLERK_LEVEL)
    return _there(row.uid in known.routes)


def _people(row: Any, known: Known) -> Cell:
    count = len(known.staff.get(row.uid, ()))
    return Cell(State.READY if count else State.MISSING, done=count)


def _logins(row: Any, known: Known) -> Cell:
    staff = known.staff.get(row.uid, set())
    if not staff:
        return Cell(State.MISSING, 0, 0)
    came = len(staff & known.logged_in)
    return Cell(_share(came, len(staff)), came, len(staff))


_CLERK_LEVEL = _("clerk level only")
_KNOWN: dict[str, Callable[[Any, Known], Cell]] = {
    "code": _code,
    "old_code": _old_code,
    "symbol": _symbol,
    "term": _term,
    "clerk": _clerk,
    "deputy": _deputy,
    "leader": _leader,
    "routes": _routes,
    "people": _people,
    "logins": _logins,
}
