"""POST /@deliveries/<id>/<verb>: received, refused, sent on paper instead."""

from typing import Any

import sqlalchemy as sa

from party.operations.confidentiality import actor
from party.operations.confidentiality import tokens
from party.operations.confidentiality.rows import Row
from party.operations.documents import access
from party.operations.documents import operations
from party.operations.documents.operations.deliveries import delivery_row
from party.operations.documents.operations.deliveries import no_such_delivery
from party.operations.documents.services import facts
from party.operations.documents.services.shapes import BRIEF
from party.operations.documents.services.shapes import DELIVERY
from party.operations.documents.tables import deliveries
from party.operations.ledger import turn
from party.operations.ledger.errors import Missing
from party.operations.rest import shapes
from party.operations.rest.endpoints import Call
from party.operations.rest.endpoints import Endpoint
from party.operations.rest.service import Service


_REASON = shapes.record(required=("reason",), reason=shapes.text("The sender sees it."))


def accept(call: Call) -> dict[str, Any]:
    """Receive and register what was sent: answers the incoming document (tiếp nhận, vào sổ)."""
    return facts.brief(operations.accept_delivery(_known(call).id, **call.body).UID())


def refuse(call: Call) -> dict[str, Any]:
    """Refuse what was sent (từ chối tiếp nhận)."""
    row = _known(call)
    operations.refuse_delivery(row.id, call.body["reason"])
    return _afterwards(row, reason=call.body["reason"])


def paper(call: Call) -> dict[str, Any]:
    """After a fault the sender sends it on paper; it is then not sent electronically again (chuyển sang gửi giấy)."""
    row = _known(call)
    operations.send_on_paper(row.id, call.body["reason"])
    return _afterwards(row, reason=call.body["reason"])


def escalate(call: Call) -> dict[str, Any]:
    """What nobody accepted of this sending goes up one stage at once (báo lên)."""
    row = _known(call)
    operations.escalate_delivery(row.document, row.stage + 1, row.sent_at)
    return _afterwards(row)


def _known(call: Call) -> Row:
    """The delivery, for who receives for its unit or may read what was sent; for others there is none."""
    row = delivery_row(call.whole("delivery"))
    if not row.recipient or tokens.unit(row.recipient, "registry") not in actor.held():
        try:
            access.readable(row.document)
        except Missing as error:
            # deliveries are counted: nobody shall learn how many there are
            raise no_such_delivery() from error
    return row


def _afterwards(row: Row, **known: Any) -> dict[str, Any]:
    """The delivery as it stands now; who refused it may no longer look it up."""
    now = turn.row(
        sa.select(*(deliveries.c[name] for name in ("state", "stage", "channel", "decided_at"))).where(
            deliveries.c.id == row.id
        )
    )
    assert now is not None
    return facts.delivery({**row._mapping, **now._mapping, **known})


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
                pages_seen=shapes.whole("How many pages you counted; required of a classified document.", least=1),
            ),
            makes=True,
        ),
        Endpoint("{delivery}/refuse", refuse, DELIVERY, _REASON),
        Endpoint("{delivery}/paper", paper, DELIVERY, _REASON),
        Endpoint("{delivery}/escalate", escalate, DELIVERY),
    )
