"""Deliveries of an issued document (lượt gửi): made at issue, and taken back by the sender."""

from datetime import datetime
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import grants
from party.operations.confidentiality import rows
from party.operations.confidentiality import tokens
from party.operations.documents import access
from party.operations.documents.operations import making
from party.operations.documents.recipients import Recipient
from party.operations.documents.tables import deliveries
from party.operations.documents.tables import incoming
from party.operations.ledger import clock
from party.operations.ledger import journal
from party.operations.ledger import outbox
from party.operations.ledger import turn
from party.operations.ledger.errors import Invalid
from party.operations.organization import lookup
from party.operations.organization import rules as organization_rules
from party.operations.organization.tables import people
from party.operations.organization.tables import posts
from party.operations.organization.vocabularies import REGISTRY_FUNCTIONS
from party.operations.text.dates import format_date


def deliver(obj: Any, to: list[Recipient]) -> list[str]:
    """One row and one grant for each recipient, the watch over what nobody accepts; returns warnings."""
    _refuse_second_sending(obj, to)
    uid, me, at = obj.UID(), actor.current(), clock.now()
    rows.insert(
        deliveries,
        [
            {
                "document": uid,
                "sender": obj.unit,
                "recipient": each.unit,
                "recipient_name": each.name,
                "channel": each.channel,
                "state": "paper" if each.channel == "paper" else "waiting",
                "sent_at": at,
                "sent_by": me,
            }
            for each in to
        ],
    )
    electronic = [each for each in to if each.channel != "paper"]
    grants.apply(
        obj,
        [grants.Grant(tokens.unit_subject(each.unit, "registry"), "delivery", each.unit) for each in electronic],
    )
    if electronic:
        watch(uid, obj.unit, stage=1, sent_at=at)
    return unserved([each.unit for each in electronic])


def watch(uid: str, sender: str, stage: int, sent_at: datetime) -> None:
    """Have the worker look, after the sender's hours, at what nobody accepted of one sending (nhắc và báo lên).

    The system itself looks, as who sent it may have left the office by then.
    """
    hours = lookup.unit_object(sender).escalation_hours
    outbox.enqueue(
        "escalate",
        f"escalate:{uid}:{sent_at:%Y%m%d%H%M%S%f}:{stage}",
        {"document": uid, "stage": stage, "sent_at": sent_at.isoformat()},
        actor.SYSTEM,
        due=clock.now() + timedelta(hours=hours),
    )


def withdraw_deliveries(uid: str, state: str, why: str) -> None:
    """Recall or replacement of an issued document reaches every receiver: waiting or accepted already."""
    obj = access.unrestricted(uid)
    sent = rows.rows(sa.select(deliveries).where(deliveries.c.document == uid))
    taken_back = (deliveries.c.document == uid, deliveries.c.state.in_(("waiting", "accepted", "paper")))
    rows.update(deliveries, *taken_back, state=state, reason=why)
    waiting = [each for each in sent if each.state == "waiting"]
    grants.apply(obj, withdraw=[grants.Withdrawal("delivery", each.recipient) for each in waiting])
    for each in sent:
        if each.incoming:
            rows.update(incoming, incoming.c.uid == each.incoming, withdrawn=why)
            journal.record(f"sender_{state}", each.incoming, actor.current(), unit=each.recipient, why=why)
    making.move_to(obj, state)
    journal.record(f"document_{state}", uid, actor.current(), unit=obj.unit, why=why, receivers=len(sent))


def recipients_of(uid: str) -> list[dict[str, Any]]:
    """Whom a document was sent to, as a draft's recipients are written; units closed since are left out."""
    found = rows.rows(sa.select(deliveries).where(deliveries.c.document == uid).order_by(deliveries.c.id))
    listed: list[dict[str, Any]] = []
    for each in found:
        if not each.recipient:
            listed.append({"name": each.recipient_name, "channel": "paper"})
        elif organization_rules.is_open(lookup.unit(each.recipient)):
            listed.append({"unit": each.recipient, "channel": each.channel})
    return listed


def _refuse_second_sending(obj: Any, to: list[Recipient]) -> None:
    """What was sent to a unit, above all on paper, is not sent to it again (Công văn 15671-CV/VPTW)."""
    before = rows.rows(sa.select(deliveries).where(deliveries.c.document == obj.UID()))
    sent = {each.recipient or each.recipient_name: each for each in before if each.state != "refused"}
    for each in to:
        earlier = sent.get(each.unit or each.name)
        if earlier is not None:
            on_paper = earlier.state == "paper"
            day = format_date(clock.local(earlier.sent_at).date())
            words = {"unit": each.name, "day": day}
            raise Invalid(
                _("${unit} got it on paper on ${day}; it is not sent a second time.", mapping=words)
                if on_paper
                else _("${unit} got it on ${day} already.", mapping=words),
                "recipients",
            )


def unserved(units: list[str]) -> list[str]:
    """Warnings for recipients without a serving clerk today, each with whom to call."""
    served = {each.unit for each in _serving(("clerk",), units)}
    missing = [each for each in units if each not in served]
    titles, call = lookup.unit_titles(missing), contacts(missing)
    return [_warning(titles[each], call.get(each, "")) for each in missing]


def contacts(units: list[str]) -> dict[str, str]:
    """Whom to call in each unit, with the phone number: its registry first, then who leads or administers it."""
    ranks = {function: rank for rank, function in enumerate((*REGISTRY_FUNCTIONS, "leader", "unit_admin"))}
    found: dict[str, str] = {}
    for each in sorted(_serving(tuple(ranks), units), key=lambda row: ranks[row.function]):
        found.setdefault(each.unit, f"{each.full_name} ({each.phone})" if each.phone else each.full_name)
    return found


def _serving(functions: tuple[str, ...], units: list[str]) -> "list[sa.Row[Any]]":
    return turn.rows(
        sa.select(posts.c.unit, posts.c.function, people.c.full_name, people.c.phone)
        .join(people, people.c.id == posts.c.person)
        .where(
            posts.c.unit.in_(units),
            posts.c.function.in_(functions),
            people.c.active.is_(True),
            posts.c.from_day <= clock.today(),
            sa.or_(posts.c.until_day.is_(None), posts.c.until_day > clock.today()),
        )
        .order_by(people.c.sort_key, posts.c.id)
    )


def _warning(title: str, contact: str) -> str:
    if contact:
        return _("${unit} has no clerk today. Call ${contact}.", mapping={"unit": title, "contact": contact})
    return _("${unit} has no clerk today, and nobody there can be called.", mapping={"unit": title})
