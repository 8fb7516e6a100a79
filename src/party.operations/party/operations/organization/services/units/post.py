"""POST /@units: make units, close and move them, give them codes, symbols and terms."""

from typing import Any

from party.operations.organization import operations
from party.operations.organization.content import IUnit
from party.operations.organization.services import facts
from party.operations.organization.services.references import UNIT
from party.operations.organization.services.references import unit_uid
from party.operations.organization.vocabularies import KINDS
from party.operations.organization.vocabularies import SCHEMES
from party.operations.rest import shapes
from party.operations.rest.endpoints import Call
from party.operations.rest.endpoints import Endpoint
from party.operations.rest.service import Service


_FIELDS = shapes.fields(IUnit)


def create(call: Call) -> dict[str, Any]:
    """Make a unit below another one, or at the top (lập đơn vị)."""
    parent = call.body.pop("parent", "")
    made = operations.create_unit(parent=unit_uid(parent) if parent else "", **call.body)
    return facts.unit(made.UID())


def move(call: Call) -> dict[str, Any]:
    """Put a unit below another one (chuyển đơn vị trực thuộc)."""
    uid = unit_uid(call.path["unit"])
    parent = call.body["parent"]
    operations.move_unit(uid, unit_uid(parent) if parent else "")
    return facts.unit(uid)


def close(call: Call) -> dict[str, Any]:
    """Close a unit on a date and name who takes over (giải thể, sáp nhập)."""
    uid = unit_uid(call.path["unit"])
    successor = call.body.pop("successor", "")
    operations.close_unit(uid, successor=unit_uid(successor) if successor else "", **call.body)
    return facts.unit(uid)


def add_code(call: Call) -> dict[str, Any]:
    """Give a unit a code that no unit ever had (mã định danh)."""
    uid = unit_uid(call.path["unit"])
    operations.add_code(uid, **call.body)
    return facts.unit(uid)


def end_code(call: Call) -> dict[str, Any]:
    """End a code; documents that carry it still find the unit (ngừng dùng mã)."""
    uid = unit_uid(call.path["unit"])
    operations.end_code(uid, call.path["code"], call.body["until"])
    return facts.unit(uid)


def add_symbol(call: Call) -> dict[str, Any]:
    """Give a unit its issuer symbol from a date on (ký hiệu cơ quan ban hành)."""
    uid = unit_uid(call.path["unit"])
    operations.add_symbol(uid, **call.body)
    return facts.unit(uid)


def set_term(call: Call) -> dict[str, Any]:
    """Begin a congress term (nhiệm kỳ cấp uỷ)."""
    uid = unit_uid(call.path["unit"])
    operations.set_term(uid, **call.body)
    return facts.unit(uid)


class Post(Service):
    """Changes of units."""

    endpoints = (
        Endpoint(
            "",
            create,
            facts.UNIT,
            shapes.record(
                required=("title", "kind"), parent=UNIT, **{**_FIELDS, "kind": shapes.text(among=tuple(KINDS))}
            ),
            makes=True,
        ),
        Endpoint(
            "{unit}/move",
            move,
            facts.UNIT,
            shapes.record(
                required=("parent",), parent=shapes.text("A unit by uid or code; empty for the top of the tree.")
            ),
        ),
        Endpoint(
            "{unit}/close",
            close,
            facts.UNIT,
            shapes.record(
                required=("on",), on=shapes.day(), successor=UNIT, basis=shapes.text("The decision it rests on.")
            ),
        ),
        Endpoint(
            "{unit}/codes",
            add_code,
            facts.UNIT,
            shapes.record(
                required=("value",),
                value=shapes.text(longest=100),
                scheme=shapes.text("Found out from the code when left out.", among=tuple(SCHEMES)),
                from_day=shapes.day(),
                primary=shapes.flag(),
            ),
        ),
        Endpoint(
            "{unit}/codes/{code}/end", end_code, facts.UNIT, shapes.record(required=("until",), until=shapes.day())
        ),
        Endpoint(
            "{unit}/symbols",
            add_symbol,
            facts.UNIT,
            shapes.record(required=("symbol", "from_day"), symbol=shapes.text(longest=30), from_day=shapes.day()),
        ),
        Endpoint(
            "{unit}/terms",
            set_term,
            facts.UNIT,
            shapes.record(
                required=("label", "from_day"), label=shapes.text(longest=40), from_day=shapes.day(), until=shapes.day()
            ),
        ),
    )
