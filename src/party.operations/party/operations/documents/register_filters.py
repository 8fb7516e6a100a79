"""What is wanted of a register and in which order (lọc, sắp xếp sổ văn bản), as conditions of a query.

Of a classified document type, urgency and wording are sealed: it is not found by them, and where a register is sorted by
issuer, number or abstract, those that are classified stand together at one end.
"""

from collections.abc import Callable
from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import fields
from dataclasses import replace
from datetime import date
from typing import Any

import sqlalchemy as sa

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import blinding
from party.operations.confidentiality import principals
from party.operations.confidentiality import tokens
from party.operations.documents.tables import incoming
from party.operations.documents.tables import outgoing
from party.operations.documents.tables import slips
from party.operations.documents.vocabularies import INCOMING_STATES
from party.operations.documents.vocabularies import OUTGOING_STATES
from party.operations.documents.vocabularies import URGENCIES
from party.operations.ledger import clock
from party.operations.ledger import turn
from party.operations.ledger.errors import Invalid
from party.operations.ledger.tables import items
from party.operations.organization.vocabularies import FUNCTIONS


#: records that a condition may leave before it is quicker to go through a register than through them
FEW = 2_000
#: states in which something is still to be done by a deadline
TO_DO = ("registered", "in_progress")
STATES = {
    "incoming": {name: label for name, label in INCOMING_STATES.items() if name != "received"},
    "outgoing": {name: OUTGOING_STATES[name] for name in ("issued", "recalled", "replaced")},
}
#: the day and the number that a register follows
_DAYS = {"incoming": incoming.c.arrival_date, "outgoing": outgoing.c.issue_date}
_NUMBERS = {"incoming": incoming.c.arrival_number, "outgoing": outgoing.c.number}
_TABLES = {"incoming": incoming, "outgoing": outgoing}
#: what a register is sorted by beside its own order; a document without such a date comes after all others
SORTS: dict[str, dict[str, Any]] = {
    "incoming": {
        "issuer": incoming.c.issuer_order,
        "number_symbol": incoming.c.number_order,
        "document_date": incoming.c.document_date,
        "title": incoming.c.title_order,
        "deadline": incoming.c.deadline,
    },
    "outgoing": {
        "number_symbol": outgoing.c.number_order,
        "title": outgoing.c.title_order,
        "deadline": outgoing.c.deadline,
    },
}


@dataclass(frozen=True)
class Wanted:
    """Which lines of a register are wanted, and in which order; what is empty narrows nothing."""

    register: str = ""
    period: str = ""
    type: str = ""
    state: str = ""
    urgency: str = ""
    #: first and last day of arrival or issue
    since: date | None = None
    until: date | None = None
    text: str = ""
    overdue: bool = False
    #: ``person:<id>`` or ``unit:<uid>``: who has it in hand, or who drafted it
    charge: str = ""
    #: a key of :data:`SORTS`; "" for the order of the register
    sort: str = ""
    growing: bool = False

    @classmethod
    def of(cls, said: Mapping[str, Any]) -> "Wanted":
        """What an address or a saved filter says; raises :class:`Invalid` for a date that is none."""
        found: dict[str, Any] = {}
        for each in fields(cls):
            value = str(said.get(each.name, "") or "").strip()
            if each.name in ("since", "until"):
                found[each.name] = _day(value, each.name)
            elif each.name in ("overdue", "growing"):
                found[each.name] = value not in ("", "0", "False", "false")
            else:
                found[each.name] = value
        return cls(**found)

    def said(self) -> dict[str, str]:
        """The same as an address says it: what narrows nothing is left out."""
        values = {each.name: getattr(self, each.name) for each in fields(self)}
        return {name: "1" if value is True else str(value) for name, value in values.items() if value}


def conditions(direction: str, unit: str, wanted: Wanted) -> "list[sa.ColumnElement[bool]]":
    """The conditions of all that is wanted but the words."""
    table, day = _TABLES[direction], _DAYS[direction]
    found = [_NUMBERS[direction].is_not(None)]
    for name in ("register", "period", "type", "urgency"):
        if getattr(wanted, name) and name in table.c:
            found.append(table.c[name] == getattr(wanted, name))
    if wanted.since:
        found.append(day >= wanted.since)
    if wanted.until:
        found.append(day <= wanted.until)
    if wanted.state:
        found.append(_in_state(direction, unit, wanted.state))
    if wanted.overdue:
        found += [table.c.deadline < clock.today(), _in_state(direction, unit, *TO_DO)]
    if wanted.charge:
        found.append(_in_charge(direction, wanted.charge))
    return found


def order(direction: str, sort: str) -> "tuple[tuple[sa.ColumnElement[Any], ...], list[sa.ColumnElement[Any]]]":
    """The columns that order a register, and which of them its lines do not have."""
    own = (_DAYS[direction], _NUMBERS[direction], _TABLES[direction].c.uid)
    column = SORTS[direction].get(sort)
    if column is None:
        return own, []
    if isinstance(column.type, sa.Date):
        by = sa.func.coalesce(column, sa.literal(date.max)).label(f"by_{sort}")
    else:
        # as it stands there: what is sealed is not opened, so that no key of a page tells it
        by = sa.type_coerce(column, sa.Text()).label(f"by_{sort}")
    return (by, *own), [by]


def _in_state(direction: str, unit: str, *states: str) -> "sa.ColumnElement[bool]":
    standing = sa.select(items.c.uid).where(items.c.unit == unit, items.c.kind == direction, items.c.state.in_(states))
    return _by_few(_TABLES[direction], standing, lambda: items.c.state.in_(states))


def _in_charge(direction: str, charge: str) -> "sa.ColumnElement[bool]":
    kind, _colon, uid = charge.partition(":")
    if kind not in ("person", "unit"):
        raise Invalid(_("There is nobody like that."), "charge")
    mine = principals.levels_of(actor.current())
    if direction == "outgoing":
        column = outgoing.c.drafter if kind == "person" else outgoing.c.drafting_unit
        return column.in_(blinding.either([uid], mine))
    sides = {*FUNCTIONS, *(side for each in tokens.SIDES.values() for side in each)}
    given = [
        token
        for level in mine
        for token in ([tokens.user(uid, level)] if kind == "person" else [tokens.unit(uid, s, level) for s in sides])
    ]
    passed = sa.select(slips.c.document).where(slips.c.token.in_(given), slips.c.state != "recalled")
    return _by_few(incoming, passed, lambda: passed.where(slips.c.document == incoming.c.uid).exists())


def _by_few(
    table: sa.Table, given: "sa.Select[Any]", otherwise: "Callable[[], sa.ColumnElement[bool]]"
) -> "sa.ColumnElement[bool]":
    """The rows in ``given``: by going through them where they are few, ``otherwise`` through the register."""
    if turn.scalar(sa.select(sa.func.count()).select_from(given.limit(FEW).subquery())) < FEW:
        return table.c.uid.in_(given)
    return otherwise()


def _day(value: str, name: str) -> date | None:
    try:
        return date.fromisoformat(value) if value else None
    except ValueError as error:
        raise Invalid(_("“${field}” is not a date: write it as 2026-11-21.", mapping={"field": name}), name) from error


def checked(direction: str, wanted: Wanted) -> Wanted:
    """``wanted`` without what this register does not know, such as after a change of the direction."""
    known = {
        "state": STATES[direction],
        "urgency": URGENCIES,
        "sort": SORTS[direction],
    }
    wrong = {name: "" for name, values in known.items() if getattr(wanted, name) not in values}
    return replace(wanted, **wrong)  # type: ignore[arg-type]  # texts all of them
