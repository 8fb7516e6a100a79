"""GET /@deliveries: what waits to be received (chờ tiếp nhận)."""

from typing import Any

from party.operations.documents import trays
from party.operations.documents.services import facts
from party.operations.documents.services.shapes import LINES
from party.operations.rest import shapes
from party.operations.rest.endpoints import Call
from party.operations.rest.endpoints import Endpoint
from party.operations.rest.service import Service


def waiting(call: Call) -> dict[str, Any]:
    """Documents sent inside the system to the units you receive for."""
    page = trays.tray("to_receive", call.query.get("after", ""))
    return {"items": facts.listed(page.rows), "after": page.following}


class Get(Service):
    """Reads what waits."""

    endpoints = (Endpoint("", waiting, LINES, query=shapes.record(after=shapes.text())),)
