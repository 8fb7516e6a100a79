"""POST /@deliveries/<id>/<verb>: received, refused, sent on paper instead."""

from typing import Any

from party.operations.documents import operations
from party.operations.documents.operations.deliveries import delivery_row
from party.operations.documents.services import facts
from party.operations.documents.services.shapes import BRIEF
from party.operations.documents.services.shapes import DELIVERY
from party.operations.rest import shapes
from party.operations.rest.endpoints import Call
from party.operations.rest.endpoints import Endpoint
from party.operations.rest.service import Service


_REASON = shapes.record(required=("reason",), reason=shapes.text("The sender sees it."))


def accept(call: Call) -> dict[str, Any]:
    """Receive and register what was sent: answers the incoming document (tiếp nhận, vào sổ)."""
    return facts.brief(operations.accept_delivery(call.whole("delivery"), **call.body).UID())


def refuse(call: Call) -> dict[str, Any]:
    """Refuse what was sent (từ chối tiếp nhận)."""
    operations.refuse_delivery(call.whole("delivery"), call.body["reason"])
    return _standing(call)


def paper(call: Call) -> dict[str, Any]:
    """After a fault the sender sends it on paper; it is then not sent electronically again (chuyển sang gửi giấy)."""
    operations.send_on_paper(call.whole("delivery"), call.body["reason"])
    return _standing(call)


def _standing(call: Call) -> dict[str, Any]:
    return facts.delivery(delivery_row(call.whole("delivery"))._mapping)


class Post(Service):
    """Does what is asked."""

    endpoints = (
        Endpoint(
            "{delivery}/accept",
            accept,
            BRIEF,
            shapes.record(
                register=shapes.text("uid of the register."),
                number=shapes.whole("Only to follow a paper register.", least=1),
                arrival_date=shapes.day(),
                confirm=shapes.flag("It is another paper, although it looks like one that is here."),
                existing=shapes.text("uid of the document that was registered from the same paper before."),
            ),
            makes=True,
        ),
        Endpoint("{delivery}/refuse", refuse, DELIVERY, _REASON),
        Endpoint("{delivery}/paper", paper, DELIVERY, _REASON),
    )
