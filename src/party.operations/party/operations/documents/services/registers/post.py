"""POST /@registers: open a book in a unit (mở sổ)."""

from typing import Any

from party.operations.documents import operations
from party.operations.documents.operations.registers import DIRECTIONS
from party.operations.documents.services.registers import get
from party.operations.organization.services.references import UNIT
from party.operations.organization.services.references import unit_uid
from party.operations.rest import shapes
from party.operations.rest.endpoints import Call
from party.operations.rest.endpoints import Endpoint
from party.operations.rest.service import Service


def create(call: Call) -> dict[str, Any]:
    """Open a book in a unit (mở sổ)."""
    unit = unit_uid(call.body.pop("unit"))
    return get.plain(operations.create_register(unit, **call.body))


class Post(Service):
    """Opens books."""

    endpoints = (
        Endpoint(
            "",
            create,
            get.REGISTER,
            shapes.record(
                required=("unit", "title"),
                unit=UNIT,
                title=shapes.text(longest=200),
                direction=shapes.text(among=DIRECTIONS),
            ),
            makes=True,
        ),
    )
