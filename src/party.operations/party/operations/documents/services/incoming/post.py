"""POST /@incoming: take in and register what arrived (tiếp nhận, vào sổ)."""

from typing import Any

from party.operations.documents import operations
from party.operations.documents.services import facts
from party.operations.documents.services.shapes import BRIEF
from party.operations.documents.services.shapes import FILES
from party.operations.documents.services.shapes import INCOMING_FIELDS
from party.operations.documents.services.shapes import LEVEL_FIELDS
from party.operations.documents.services.uploaded import staged
from party.operations.organization.services.references import UNIT
from party.operations.organization.services.references import unit_uid
from party.operations.rest import shapes
from party.operations.rest.endpoints import Call
from party.operations.rest.endpoints import Endpoint
from party.operations.rest.service import Service


_REQUIRED = ("unit", "title", "type", "issuer")


def register(call: Call) -> dict[str, Any]:
    """Register a document that arrived: it gets the next arrival number (vào sổ)."""
    unit, uploads = unit_uid(call.body.pop("unit")), call.body.pop("files")
    return facts.brief(operations.register_incoming(unit, uploads, **call.body).UID())


def receive(call: Call) -> dict[str, Any]:
    """Take a document in without registering it yet (tiếp nhận)."""
    unit, uploads = unit_uid(call.body.pop("unit")), call.body.pop("files")
    return facts.brief(operations.receive_incoming(unit, uploads, **call.body).UID())


class Post(Service):
    """Takes documents in."""

    endpoints = (
        Endpoint(
            "",
            register,
            BRIEF,
            shapes.record(
                required=_REQUIRED,
                unit=UNIT,
                **INCOMING_FIELDS,
                **LEVEL_FIELDS,
                register=shapes.text("uid of the register; may be left out where the unit has only one."),
                number=shapes.whole("Only to follow a paper register.", least=1),
                confirm=shapes.flag("It is another paper, although it looks like one that is here."),
                files=FILES,
            ),
            makes=True,
            within=staged,
        ),
        Endpoint(
            "receive",
            receive,
            BRIEF,
            shapes.record(required=_REQUIRED, unit=UNIT, **INCOMING_FIELDS, **LEVEL_FIELDS, files=FILES),
            makes=True,
            within=staged,
        ),
    )
