"""Deliveries seen from both ends (gửi, nhận): accepted, refused, sent on paper instead, recalled, gone up."""

from datetime import date
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import blinding
from party.operations.confidentiality import grants
from party.operations.confidentiality import levels
from party.operations.confidentiality import monitor
from party.operations.confidentiality import rows
from party.operations.confidentiality import tokens
from party.operations.documents import access
from party.operations.documents import copies
from party.operations.documents import duplicates
from party.operations.documents import recipients as document_recipients
from party.operations.documents import rules
from party.operations.documents.operations import handling
from party.operations.documents.operations import incoming as incoming_operations
from party.operations.documents.operations import making
from party.operations.documents.operations import sending
from party.operations.documents.tables import deliveries
from party.operations.ledger import clock
from party.operations.ledger import items
from party.operations.ledger import journal
from party.operations.ledger import turn
from party.operations.ledger.errors import Changed
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import Missing
from party.operations.ledger.errors import NotAllowed
from party.operations.ledger.operation import operation
from party.operations.organization import lookup


#: who is called upon when nobody accepts, stage by stage; a stage nobody fills is skipped
STAGES = ("clerk", "deputy_clerk", "office_head", "sender", "superior")


@operation
def accept_delivery(
    delivery: int,
    *,
    register: str = "",
    number: int | None = None,
    arrival_date: date | None = None,
    confirm: bool = False,
    existing: str = "",
    pages_seen: int | None = None,
) -> Any:
    """Receive and register what was sent inside the system; returns the incoming document (tiếp nhận, vào sổ).

    The document reads the sender's frozen version without a copy. ``existing`` ties the delivery to a document that was
    registered from paper before, instead of registering the same paper twice. Of a classified one the clerk says how
    many pages there are (``pages_seen``).
    """
    # long before anything is held for writing
    handling.check_received(delivery, access.readable(_for_me(delivery).document, "transfer"), pages_seen)
    with turn.turn():
        row = _for_me(delivery)
        source = access.readable(row.document)
        if existing:
            received = access.readable(existing)
            of_receiver = received.unit in (row.recipient, lookup.present(row.recipient))
            if not of_receiver or received.portal_type != "IncomingDocument":
                raise Invalid(_("That document is not in the registers of this unit."), "existing")
            if levels.rank(received.level) < levels.rank(source.level):
                raise Invalid(
                    _("What was sent has a higher level than that document. Raise its level first."), "existing"
                )
        else:
            arrival = arrival_date or clock.today()
            making.check_dates(source.issue_date, arrival, "arrival_date")
            values = _values_from(source, row, arrival)
            # what was sent to a unit that closed since is registered by the unit that took over, in its own books
            receiver = lookup.present(row.recipient, arrival)
            if not confirm:
                duplicates.warn(receiver, values, issuer_unit=row.sender)
            basis = source.classification.basis if source.classification else ""
            received = incoming_operations.place_received(receiver, values, source.level, basis)
            received.own_files = source.version(source.signature["version"]).files
            if source.classification:
                # the sender's decision, not a proposal of the clerk who receives it
                received.classification = source.classification
            making.read_files_later(received)
            incoming_operations.register_incoming(document=received.UID(), register=register, number=number)
        _decide(row, "accepted", incoming=received.UID())
        journal.record("accept_delivery", received.UID(), actor.current(), unit=received.unit, delivery=delivery)
        journal.record("delivery_accepted", row.document, actor.current(), unit=row.sender, by=row.recipient_name)
        return received


@operation
def refuse_delivery(delivery: int, reason: str) -> None:
    """Refuse what was sent, with a reason the sender sees (từ chối tiếp nhận)."""
    reason = making.reason_given(reason)
    with turn.turn():
        row = _for_me(delivery)
        _decide(row, "refused", reason=reason)
        grants.apply(access.unrestricted(row.document), withdraw=[grants.Withdrawal("delivery", row.recipient)])
        journal.record(
            "delivery_refused", row.document, actor.current(), unit=row.sender, by=row.recipient_name, reason=reason
        )


@operation
def send_on_paper(delivery: int, reason: str) -> None:
    """After a fault the document goes on paper; it is then not sent electronically again (chuyển sang gửi giấy)."""
    reason = making.reason_given(reason)
    with turn.turn():
        row = delivery_row(delivery)
        obj = access.readable(row.document)
        rules.check("send", obj)
        if row.state not in ("waiting", "refused") or _sent_again(row):
            raise Changed(_("This delivery was dealt with already. Look at the present state."))
        change = {"state": "paper", "channel": "paper", "reason": reason}
        rows.update(
            deliveries, deliveries.c.id == delivery, **change, decided_at=clock.now(), decided_by=actor.current()
        )
        grants.apply(obj, withdraw=[grants.Withdrawal("delivery", row.recipient)])
        copies.on_paper(row.document, row.recipient, row.recipient_name)
        journal.record(
            "send_on_paper", row.document, actor.current(), unit=row.sender, to=row.recipient_name, reason=reason
        )


@operation
def send_to_more(uid: str, recipients: list[dict[str, Any]]) -> list[str]:
    """Send an issued document to further recipients; who has it already is refused; returns warnings (gửi thêm)."""
    with turn.turn():
        obj = access.readable(uid)
        rules.check("send", obj)
        to = document_recipients.expand(document_recipients.check_plain(recipients), obj.unit)
        if not to:
            raise Invalid(_("Name at least one recipient."), "recipients")
        handling.check_receivers(obj, to)
        warnings = sending.deliver(obj, to)
        copies.number_sent(obj, to)
        journal.record("send_to_more", uid, actor.current(), unit=obj.unit, to=[each.name for each in to])
        return warnings


@operation
def recall_document(uid: str, reason: str) -> None:
    """Take back an issued document from everybody; its number stays taken (thu hồi văn bản)."""
    reason = making.reason_given(reason)
    with turn.turn():
        obj = access.readable(uid)
        rules.check("recall", obj)
        sending.withdraw_deliveries(uid, "recalled", reason)


@operation
def escalate_delivery(document: str, stage: int, sent_at: datetime) -> int:
    """What nobody accepted of one sending goes up to ``stage``; returns how many deliveries still wait (báo lên).

    Clerk → deputy clerk → head of office → sender → superior office: done by the worker when the hours of the sender's
    unit have passed, or by the sender's clerk. What was sent to more recipients later has hours of its own.
    """
    with turn.turn():
        if actor.current() != actor.SYSTEM:
            rules.check("send", access.readable(document))
        waiting = rows.rows(
            sa.select(deliveries).where(
                deliveries.c.document == document, deliveries.c.sent_at == sent_at, deliveries.c.state == "waiting"
            )
        )
        raised: dict[int, list[int]] = {}
        for each in waiting:
            level = _next_stage(each.recipient, max(stage, each.stage + 1))
            raised.setdefault(level, []).append(each.id)
        for level, ids in raised.items():
            turn.run(sa.update(deliveries).where(deliveries.c.id.in_(ids)).values(stage=level))
        if waiting:
            obj = access.unrestricted(document)
            journal.record(
                "escalate_delivery",
                document,
                actor.current(),
                unit=obj.unit,
                stages={STAGES[level]: len(ids) for level, ids in raised.items()},
            )
            if min(raised) < len(STAGES) - 1:
                sending.watch(document, obj.unit, stage + 1, sent_at)
        return len(waiting)


def delivery_row(delivery: int) -> Any:
    """The row of a delivery; raises :class:`Missing`."""
    row = rows.row(sa.select(deliveries).where(deliveries.c.id == delivery))
    if row is None or not monitor.may_know(row.document):
        raise no_such_delivery()
    return row


def no_such_delivery() -> Missing:
    """What who may not know of a delivery is told, whether it is there or not."""
    return Missing(_("There is no such delivery."))


def _sent_again(row: Any) -> bool:
    """Was the document sent to the same recipient once more, after this delivery was refused?"""
    later = sa.select(deliveries.c.id).where(
        deliveries.c.document == row.document,
        deliveries.c.recipient.in_(blinding.either([row.recipient], levels.LEVELS)),
        deliveries.c.id > row.id,
    )
    return turn.row(later) is not None


def _for_me(delivery: int) -> Any:
    """A waiting delivery to a unit the person who acts receives for."""
    row = delivery_row(delivery)
    level = items.get(row.document).level
    if not row.recipient or tokens.unit(row.recipient, "registry", level) not in actor.held():
        raise NotAllowed(_("Only the clerk or head of office of the receiving unit may do this."))
    if row.state != "waiting":
        raise Changed(_("This delivery was dealt with already. Look at the present state."))
    return row


def _decide(row: Any, state: str, **columns: Any) -> None:
    waiting = (deliveries.c.id == row.id, deliveries.c.state == "waiting")
    decision = {"state": state, "decided_at": clock.now(), "decided_by": actor.current(), **columns}
    if rows.update(deliveries, *waiting, **decision) != 1:
        raise Changed(_("This delivery was dealt with already. Look at the present state."))


def _values_from(source: Any, row: Any, arrival: date) -> dict[str, Any]:
    """What the receiver's register says of a document of the system."""
    return {
        "title": source.reveal("title"),
        "type": source.type,
        "urgency": source.urgency,
        "issuer": lookup.unit(row.sender).title,
        "issuer_unit": row.sender,
        "number_symbol": source.number_symbol,
        "document_date": source.issue_date,
        "arrival_date": arrival,
        "signer": source.signature["name"],
        "pages": source.pages,
        "deadline": source.deadline if source.deadline and source.deadline >= arrival else None,
        "paper_follows": row.channel == "both",
        "source": "internal",
        "source_document": source.UID(),
        "source_version": source.signature["version"],
    }


def _next_stage(unit: str, wanted: int) -> int:
    """The first stage from ``wanted`` on that somebody fills; the last one otherwise."""
    unit = lookup.present(unit)
    for stage in range(wanted, len(STAGES)):
        name = STAGES[stage]
        if name == "sender" or (name == "superior" and lookup.superior_office(unit)):
            return stage
        if name not in ("sender", "superior") and lookup.holders(unit, name):
            return stage
    return len(STAGES) - 1
