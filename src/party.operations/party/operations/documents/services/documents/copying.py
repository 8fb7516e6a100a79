"""/@documents/<uid>/copies, /copy, /settle-copies: numbered copies of a classified document (bản số)."""

from typing import Any

from party.operations import _
from party.operations.documents import access
from party.operations.documents import copies
from party.operations.documents import operations
from party.operations.documents import rules
from party.operations.documents.services import facts
from party.operations.documents.services.shapes import BRIEF
from party.operations.ledger.errors import Missing
from party.operations.rest import shapes
from party.operations.rest.endpoints import Call
from party.operations.rest.endpoints import Endpoint


COPY = shapes.record(
    "NumberedCopy",
    "A numbered copy of a classified document, and who holds it.",
    number=shapes.whole("Bản số.", least=1),
    kind=shapes.text(among=tuple(copies.KINDS)),
    state=shapes.text(among=tuple(copies.STATES)),
    file=shapes.text("Id of the file it was made of; empty for what was sent."),
    holder_unit=shapes.text(),
    holder_person=shapes.text(),
    holder_name=shapes.text(),
    made_by=shapes.text(),
    made_at=shapes.instant(),
    purpose=shapes.text(),
    returned_on=shapes.or_null(shapes.day()),
    destroyed_on=shapes.or_null(shapes.day()),
    destroyed_by=shapes.text("Người huỷ."),
    witness=shapes.text("Người chứng kiến."),
)


def listed(call: Call) -> dict[str, Any]:
    """The numbered copies of a document, for who answers for it."""
    document = access.readable(call.path["uid"])
    drafts = document.portal_type == "OutgoingDocument" and access.takes_part(document)
    if not drafts and not rules.may("settle_copies", document):
        raise Missing(_("There is nothing here."))
    names = COPY["properties"]
    return {"items": [{name: getattr(each, name) for name in names} for each in copies.of(document.UID())]}


def make(call: Call) -> Any:
    """Print or download a file under the next number: answers the PDF with your name on every page."""
    served = operations.make_copy(call.path["uid"], **call.body)
    response = call.request.response
    served.write_headers(response, inline=False)
    response.setHeader("X-Copy-Number", str(served.number))
    return served.body


def settle(call: Call) -> dict[str, Any]:
    """Write down that copies came back, or that two people destroyed them (thu hồi, tiêu huỷ)."""
    operations.settle_copies(call.path["uid"], **call.body)
    return facts.brief(call.path["uid"])


READING = (Endpoint("{uid}/copies", listed, shapes.record(items=shapes.many(COPY))),)
WRITING = (
    Endpoint(
        "{uid}/copy",
        make,
        shapes.anything(),
        shapes.record(
            required=("file", "kind"),
            file=shapes.text("Id of the file."),
            kind=shapes.text(among=copies.MADE),
            purpose=shapes.text("Required where copies are not allowed and a leader orders one.", longest=300),
        ),
        once_only=True,
        media_type="application/pdf",
    ),
    Endpoint(
        "{uid}/settle-copies",
        settle,
        BRIEF,
        shapes.record(
            required=("numbers", "state"),
            numbers=shapes.many(shapes.whole(least=1), least=1),
            state=shapes.text(among=("returned", "destroyed")),
            on=shapes.day("Today when left out."),
            destroyed_by=shapes.text("Người huỷ.", longest=200),
            witness=shapes.text("Người chứng kiến, another person.", longest=200),
        ),
    ),
)
