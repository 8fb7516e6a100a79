"""POST /@outgoing: begin a draft (soạn dự thảo)."""

from typing import Any

from party.operations.documents import operations
from party.operations.documents.services import addressed
from party.operations.documents.services import facts
from party.operations.documents.services.shapes import BRIEF
from party.operations.documents.services.shapes import FILES
from party.operations.documents.services.shapes import LEVEL_FIELDS
from party.operations.documents.services.shapes import OUTGOING_FIELDS
from party.operations.documents.services.shapes import RECIPIENT
from party.operations.documents.services.uploaded import staged
from party.operations.organization.services.references import UNIT
from party.operations.organization.services.references import unit_uid
from party.operations.rest import shapes
from party.operations.rest.endpoints import Call
from party.operations.rest.endpoints import Endpoint
from party.operations.rest.service import Service


def draft(call: Call) -> dict[str, Any]:
    """Begin a draft, as an answer, as a replacement or by itself (soạn dự thảo)."""
    unit, uploads = unit_uid(call.body.pop("unit")), call.body.pop("files")
    to = addressed.recipients(call.body.pop("recipients", []))
    return facts.brief(operations.create_draft(unit, uploads, recipients=to, **call.body).UID())


class Post(Service):
    """Begins drafts."""

    endpoints = (
        Endpoint(
            "",
            draft,
            BRIEF,
            shapes.record(
                required=("unit", "title", "type"),
                unit=UNIT,
                **OUTGOING_FIELDS,
                **LEVEL_FIELDS,
                recipients=shapes.many(RECIPIENT),
                replies_to=shapes.text("uid of the incoming document it answers."),
                replaces=shapes.text("uid of the issued document it takes the place of."),
                files=FILES,
            ),
            makes=True,
            within=staged,
        ),
    )
