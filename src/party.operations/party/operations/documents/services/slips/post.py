"""POST /@slips/<id>/<verb>: routing slips from hand to hand (phiếu chuyển xử lý)."""

from typing import Any

from party.operations.documents import operations
from party.operations.documents.operations.routing import slip_row
from party.operations.documents.services import facts
from party.operations.documents.services.shapes import brief_with
from party.operations.rest import shapes
from party.operations.rest.endpoints import Call
from party.operations.rest.endpoints import Endpoint
from party.operations.rest.service import Service


_ANSWER = brief_with(slip=shapes.record(required=("id", "state"), id=shapes.whole(), state=shapes.text()))


def read_many(call: Call) -> dict[str, Any]:
    """Slips that were shown are read; those of others are left alone (đã xem)."""
    return {"read": operations.mark_read(call.body["slips"])}


def read(call: Call) -> dict[str, Any]:
    """A slip that was shown is read (đã xem)."""
    slip = slip_row(call.whole("slip")).id
    operations.mark_read([slip])
    return _standing(slip)


def start(call: Call) -> dict[str, Any]:
    """Take up what was passed on (bắt đầu xử lý)."""
    operations.start_slip(call.whole("slip"))
    return _standing(call.whole("slip"))


def complete(call: Call) -> dict[str, Any]:
    """One's own part is done (hoàn thành phần việc)."""
    operations.complete_slip(call.whole("slip"), **call.body)
    return _standing(call.whole("slip"))


def give_back(call: Call) -> dict[str, Any]:
    """Give it back to who sent it, with a reason (trả lại người chuyển)."""
    row = slip_row(call.whole("slip"))
    operations.return_slip(row.id, call.body["reason"])
    # who gave it back may no longer read the document
    return facts.brief(row.document, slip={"id": row.id, "state": "returned"})


def recall(call: Call) -> dict[str, Any]:
    """The sender takes it back while nobody has read it (thu hồi phiếu chuyển)."""
    operations.recall_slip(call.whole("slip"), **call.body)
    return _standing(call.whole("slip"))


def _standing(slip: int) -> dict[str, Any]:
    row = slip_row(slip)
    return facts.brief(row.document, slip={"id": row.id, "state": row.state})


class Post(Service):
    """Does what is asked."""

    endpoints = (
        Endpoint(
            "read",
            read_many,
            shapes.record(required=("read",), read=shapes.whole("How many were new.")),
            shapes.record(required=("slips",), slips=shapes.many(shapes.whole())),
        ),
        Endpoint("{slip}/read", read, _ANSWER),
        Endpoint("{slip}/start", start, _ANSWER),
        Endpoint("{slip}/complete", complete, _ANSWER, shapes.record(result=shapes.text())),
        Endpoint("{slip}/return", give_back, _ANSWER, shapes.record(required=("reason",), reason=shapes.text())),
        Endpoint("{slip}/recall", recall, _ANSWER, shapes.record(reason=shapes.text())),
    )
