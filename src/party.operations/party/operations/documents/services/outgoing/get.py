"""GET /@outgoing: the register of issued documents (sổ văn bản đi)."""

from typing import Any

from party.operations.documents.services import lines
from party.operations.documents.services.shapes import LINES
from party.operations.rest.endpoints import Call
from party.operations.rest.endpoints import Endpoint
from party.operations.rest.service import Service


def register(call: Call) -> dict[str, Any]:
    """The register of a unit, newest issue first unless you sort it: those of its lines that you may read."""
    return lines.answer(call, "outgoing")


class Get(Service):
    """Reads the register."""

    endpoints = (
        Endpoint(
            "",
            register,
            LINES,
            query=lines.query(
                "outgoing",
                "The congress term, or the year of a State office.",
                "Words of the abstract or number, without accents too.",
            ),
        ),
    )
