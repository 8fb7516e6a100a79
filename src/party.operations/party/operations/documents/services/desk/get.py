"""GET /@desk: what awaits me (bàn làm việc)."""

from typing import Any

from party.operations import _
from party.operations.documents import trays
from party.operations.documents.services import facts
from party.operations.documents.services.shapes import LINES
from party.operations.ledger.errors import Missing
from party.operations.rest import shapes
from party.operations.rest.endpoints import Call
from party.operations.rest.endpoints import Endpoint
from party.operations.rest.service import Service
from party.operations.rest.writing import address


TRAYS = shapes.record(
    "Desk",
    required=("trays",),
    trays=shapes.many(
        shapes.record(
            **{"@id": shapes.text(), "tray": shapes.text(), "label": shapes.text(), "count": shapes.whole()},
        )
    ),
)


def counts(call: Call) -> dict[str, Any]:
    """How much lies in each tray."""
    found = trays.counts()
    listed = [
        {"@id": address("@desk", name), "tray": name, "label": tray.label, "count": found[name]}
        for name, tray in trays.TRAYS.items()
    ]
    return {"trays": listed}


def tray(call: Call) -> dict[str, Any]:
    """What lies in one tray, newest first."""
    if call.path["tray"] not in trays.TRAYS:
        raise Missing(_("There is no such tray."))
    page = trays.tray(call.path["tray"], call.query.get("after", ""))
    return {"items": facts.listed(page.rows), "after": page.following}


class Get(Service):
    """Reads the desk."""

    endpoints = (
        Endpoint("", counts, TRAYS),
        Endpoint("{tray}", tray, LINES, query=shapes.record(after=shapes.text())),
    )
