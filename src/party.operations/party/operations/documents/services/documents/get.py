"""GET /@documents/<uid>: a document, its files, its history, its deliveries."""

from typing import Any
from urllib.parse import quote

from party.operations import _
from party.operations.confidentiality.levels import NORMAL
from party.operations.documents import access
from party.operations.documents import history
from party.operations.documents.services import facts
from party.operations.documents.services.documents import copying
from party.operations.documents.services.documents import levels
from party.operations.documents.services.shapes import DELIVERY
from party.operations.documents.services.shapes import DOCUMENT
from party.operations.documents.services.shapes import EVENT
from party.operations.documents.services.shapes import LINES
from party.operations.documents.serving import looked_at
from party.operations.documents.serving import readable_files
from party.operations.documents.serving import stream
from party.operations.ledger.errors import Missing
from party.operations.rest import shapes
from party.operations.rest.endpoints import Call
from party.operations.rest.endpoints import Endpoint
from party.operations.rest.service import Service


def one(call: Call) -> dict[str, Any]:
    """A document: facts, revision, state, files, slips, reviews, comments, and what you may do with it."""
    return facts.of(access.readable(call.path["uid"]))


def file(call: Call) -> Any:
    """The bytes of one file, of any version you may read; of a classified one with your name on every page."""
    document = access.readable(call.path["uid"])
    found = next((each for each in readable_files(document) if each.id == call.path["file"]), None)
    if found is None:
        raise Missing(_("There is no such file."))
    response = call.request.response
    if document.level != NORMAL:
        served = looked_at(document, found)
        served.write_headers(response, inline=False)
        return served.body
    response.setHeader("Content-Type", found.content_type)
    response.setHeader("Content-Length", str(found.size))
    response.setHeader("Content-Disposition", f"attachment; filename*=UTF-8''{quote(found.filename, safe='')}")
    # ranges are not served here
    response.setHeader("Accept-Ranges", "none")
    response.setHeader("X-Content-Type-Options", "nosniff")
    return stream(found)


def events(call: Call) -> dict[str, Any]:
    """What happened to a document, oldest first; for those who take part in it."""
    document = access.readable(call.path["uid"])
    if not access.takes_part(document):
        raise Missing(_("There is nothing here."))
    names = EVENT["properties"]
    return {"items": [{name: each[name] for name in names} for each in history.events(document.UID())]}


def deliveries(call: Call) -> dict[str, Any]:
    """Every delivery of an issued document with its state; for those who take part in it."""
    document = access.readable(call.path["uid"])
    if not access.takes_part(document):
        raise Missing(_("There is nothing here."))
    state = call.query.get("state")
    rows = history.deliveries_of(document.UID())
    return {"items": [facts.delivery(each) for each in rows if state in (None, each["state"])]}


class Get(Service):
    """Reads documents."""

    endpoints = (
        Endpoint("expiring", levels.expiring, LINES, query=shapes.record(after=shapes.text())),
        Endpoint("{uid}", one, DOCUMENT),
        Endpoint("{uid}/files/{file}", file, shapes.anything(), media_type="application/octet-stream"),
        Endpoint("{uid}/history", events, shapes.record(items=shapes.many(EVENT))),
        Endpoint(
            "{uid}/deliveries",
            deliveries,
            shapes.record(items=shapes.many(DELIVERY)),
            query=shapes.record(state=DELIVERY["properties"]["state"]),
        ),
        *copying.READING,
    )
