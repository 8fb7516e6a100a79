"""GET /@outgoing: the register of issued documents (sổ văn bản đi)."""

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
    """The register of a unit, newest issue first: those of its lines that you may read."""
    page = lists.outgoing_register(
        unit_uid(call.query["unit"]),
        type_=call.query.get("type", ""),
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
                type=shapes.text("Key of a document type."),
                period=shapes.text("The congress term, or the year of a State office."),
                q=shapes.text("Words of the abstract or number, without accents too."),
                after=shapes.text(),
            ),
        ),
    )
