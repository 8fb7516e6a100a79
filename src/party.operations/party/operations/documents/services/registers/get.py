"""GET /@registers: the books of a unit."""

from typing import Any

from party.operations.documents.operations.registers import DIRECTIONS
from party.operations.documents.operations.registers import registers
from party.operations.organization.services.references import UNIT
from party.operations.organization.services.references import unit_uid
from party.operations.rest import shapes
from party.operations.rest.endpoints import Call
from party.operations.rest.endpoints import Endpoint
from party.operations.rest.service import Service


REGISTER = shapes.record(
    "Register",
    required=("uid", "title", "direction", "closed"),
    uid=shapes.text(),
    title=shapes.text(),
    direction=shapes.text(among=DIRECTIONS),
    closed=shapes.flag(),
)
LIST = shapes.record("RegisterList", required=("items",), items=shapes.many(REGISTER))


def of_unit(call: Call) -> dict[str, Any]:
    """The registers of a unit, closed ones too."""
    unit = unit_uid(call.query["unit"])
    books = [book for direction in DIRECTIONS for book in registers(unit, direction, open_only=False)]
    return {"items": [plain(each) for each in books]}


def plain(book: Any) -> dict[str, Any]:
    """One register."""
    return {"uid": book.UID(), "title": book.title, "direction": book.direction, "closed": bool(book.closed)}


class Get(Service):
    """Reads registers."""

    endpoints = (Endpoint("", of_unit, LIST, query=shapes.record(required=("unit",), unit=UNIT)),)
