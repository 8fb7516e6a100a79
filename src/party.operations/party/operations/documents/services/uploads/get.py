"""GET /@uploads/<token>/reading: what was read in a file that was put aside (kết quả đọc tệp)."""

from typing import Any

from party.operations.confidentiality import gate
from party.operations.documents import files
from party.operations.documents import proposals
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import Missing
from party.operations.reading.model import CERTAINTIES
from party.operations.rest import shapes
from party.operations.rest.endpoints import Call
from party.operations.rest.endpoints import Endpoint
from party.operations.rest.service import Service


_CERTAINTY = shapes.text(among=CERTAINTIES)
_PAGE = {**shapes.whole("Where it was read, from 1."), "type": ["integer", "null"]}
_BOXES = shapes.many(
    shapes.many({"type": "number"}), "Left, top, right, bottom in points from the upper left corner, one for each line."
)

ANSWER = shapes.record(
    "Reading",
    "Proposals: nothing of them is taken over unless a request names it.",
    layout=shapes.text("Of its head.", among=("party", "state", "")),
    source=shapes.text(
        "Where the words came from; `none` for a scan whose letters nobody has recognised yet.",
        among=("text", "converted", "ocr", "none"),
    ),
    page_count=shapes.whole(),
    proposals=shapes.many(
        shapes.record(
            "Proposal",
            field=shapes.text("Of the body of `POST /@incoming`, or `signer_title`, `issuing_place`, `recipients`."),
            value=shapes.text("What the field takes."),
            label=shapes.text("The same as people read it."),
            said=shapes.text("The words of the letter."),
            certainty=_CERTAINTY,
            unit=shapes.text("uid of the unit that is meant."),
            page=_PAGE,
            boxes=_BOXES,
        ),
        "The likeliest of each field first.",
    ),
    assignments=shapes.many(
        shapes.record(
            "Assignment",
            sentence=shapes.text(),
            addressee=shapes.text(),
            unit=shapes.text("uid of the unit that is meant."),
            deadline={**shapes.day(), "type": ["string", "null"]},
            certainty=_CERTAINTY,
            page=_PAGE,
            boxes=_BOXES,
        ),
        "Sentences that give somebody something to do.",
    ),
)


def reading(call: Call) -> dict[str, Any]:
    """What can be read in a file that was put aside: proposals for its fields, and what it gives somebody to do."""
    # nobody has said yet whether the file is classified
    gate.keep_from_caches(call.request)
    try:
        upload = files.staged(call.path["token"])
    except Invalid as gone:
        raise Missing(gone.message) from gone
    return proposals.plain(proposals.of_upload(upload))


class Get(Service):
    """Reads files."""

    endpoints = (Endpoint("{token}/reading", reading, ANSWER),)
