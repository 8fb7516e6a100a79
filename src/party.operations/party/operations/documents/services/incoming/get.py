"""GET /@incoming: the register of incoming documents (sổ văn bản đến)."""

from typing import Any

from party.operations.documents import lists
from party.operations.documents.services import facts
from party.operations.documents.services.shapes import LINES
from party.operations.organization.services.references import UNIT
from party.operations.organization.services.references import unit_uid
from party.operations.rest import shapes
from party.operations.rest.endpoints import Call
from party.operations.rest.endpoints import Endpoint
from party.operations.rest.service import Service


def register(call: Call) -> dict[str, Any]:
    """The register of a unit, newest arrival first: those of its lines that you may read."""
    page = lists.incoming_register(
        unit_uid(call.query["unit"]),
        register=call.query.get("register", ""),
        period=call.query.get("period", ""),
        text=call.query.get("q", ""),
        after=call.query.get("after", ""),
    )
    return {"items": facts.listed(page.rows), "after": page.following}


class Get(Service):
    """Reads the register."""

    endpoints = (
        Endpoint(
            "",
            register,
            LINES,
            query=shapes.record(
                required=("unit",),
                unit=UNIT,
                register=shapes.text("uid of one register of the unit."),
                period=shapes.text("The year, 2026."),
                q=shapes.text("Words of the abstract, issuer or number, without accents too."),
                after=shapes.text(),
            ),
        ),
    )
