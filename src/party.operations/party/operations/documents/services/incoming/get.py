"""GET /@incoming: the register of incoming documents (sổ văn bản đến)."""

from typing import Any

from party.operations.documents.services import lines
from party.operations.documents.services.shapes import LINES
from party.operations.rest import shapes
from party.operations.rest.endpoints import Call
from party.operations.rest.endpoints import Endpoint
from party.operations.rest.service import Service


def register(call: Call) -> dict[str, Any]:
    """The register of a unit, newest arrival first unless you sort it: those of its lines that you may read."""
    return lines.answer(call, "incoming")


class Get(Service):
    """Reads the register."""

    endpoints = (
        Endpoint(
            "",
            register,
            LINES,
            query=lines.query(
                "incoming",
                "The year, 2026.",
                "Words of the abstract, issuer or number, without accents too.",
                register=shapes.text("uid of one register of the unit."),
            ),
        ),
    )
