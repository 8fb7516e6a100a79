"""Review of drafts (trình, duyệt): reviewers one after the other, each agrees or sends back."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import grants
from party.operations.confidentiality import rows
from party.operations.confidentiality import tokens
from party.operations.documents import access
from party.operations.documents import recipients
from party.operations.documents import rules
from party.operations.documents.operations import making
from party.operations.documents.recipients import Addressee
from party.operations.documents.tables import reviews
from party.operations.ledger import clock
from party.operations.ledger import items
from party.operations.ledger import journal
from party.operations.ledger import turn
from party.operations.ledger.errors import Invalid
from party.operations.ledger.operation import operation
from party.operations.organization import routes
from party.operations.text.normalize import clean_text


@operation
def submit_for_review(
    uid: str, reviewers: Sequence[Addressee] = (), *, route: str = "", comment: str = "", seen: int | None = None
) -> None:
    """Submit a draft to reviewers in their order, or along a prepared route (trình duyệt)."""
    with turn.turn():
        obj = access.readable(uid)
        rules.check("submit", obj)
        asked = list(reviewers) or _along(obj, route)
        if not asked:
            raise Invalid(_("Name at least one reviewer, or a route that somebody serves on."), "reviewers")
        for each in asked:
            recipients.check_addressee(each, obj.unit)
        round_ = (turn.scalar(sa.select(sa.func.max(reviews.c.round)).where(reviews.c.document == uid)) or 0) + 1
        for position, each in enumerate(asked):
            step = {
                "document": uid,
                "round": round_,
                "position": position,
                "to_person": each.person,
                "to_unit": each.unit,
                "to_function": each.function,
                "token": each.token(obj.level),
                "state": "waiting",
                "version": obj.latest().number,
            }
            rows.insert(reviews, step)
        making.move_to(obj, "in_review", seen)
        journal.record(
            "submit_for_review",
            uid,
            actor.current(),
            unit=obj.unit,
            to=[each.__dict__ for each in asked],
            version=obj.latest().number,
            comment=comment,
        )
        _ask_next(obj)


@operation
def approve(uid: str, comment: str = "", seen: int | None = None) -> None:
    """Agree to the newest version (duyệt); after the last reviewer it waits to be signed."""
    with turn.turn():
        obj = access.readable(uid)
        rules.check("approve", obj)
        step = rules.pending_review(obj, actor.held())
        assert step is not None
        _decide(step.id, "approved", comment, obj.latest().number)
        journal.record("approve", uid, actor.current(), unit=obj.unit, comment=comment, version=obj.latest().number)
        if _ask_next(obj):
            making.touch(obj, seen)
        else:
            making.move_to(obj, "approved", seen)
            grants.apply(obj, [grants.Grant(tokens.unit_subject(obj.unit, "registry"), "register", obj.unit)])


@operation
def send_back(uid: str, reason: str, seen: int | None = None) -> None:
    """Send a draft back to its drafter with a reason (trả lại dự thảo)."""
    reason = making.reason_given(reason)
    with turn.turn():
        obj = access.readable(uid)
        rules.check("send_back", obj)
        step = rules.pending_review(obj, actor.held())
        if step is not None:
            _decide(step.id, "sent_back", reason, obj.latest().number)
        _drop(uid)
        obj.signature = None
        before = items.get(uid).state
        making.move_to(obj, "draft", seen)
        journal.record(
            "send_back", uid, actor.current(), unit=obj.unit, diff={"state": (before, "draft")}, reason=reason
        )


@operation
def withdraw_from_review(uid: str, seen: int | None = None) -> None:
    """The drafter takes the draft back to work on it (rút lại)."""
    with turn.turn():
        obj = access.readable(uid)
        rules.check("withdraw", obj)
        _drop(uid)
        making.move_to(obj, "draft", seen)
        journal.record("withdraw_from_review", uid, actor.current(), unit=obj.unit)


def reviewers_along(obj: Any, route: routes.Route) -> list[Addressee]:
    """Whom a route asks: its steps that somebody holds today, but for those that only the drafter holds."""
    return [
        Addressee(unit=each.unit or obj.unit, function=each.function)
        for each in route.steps
        if {holder.person for holder in routes.held(obj.unit, each)} - {obj.drafter}
    ]


def _along(obj: Any, route: str) -> list[Addressee]:
    chosen = next((each for each in routes.of_unit(obj.unit, "review") if each.id == route), None)
    return [] if chosen is None else reviewers_along(obj, chosen)


def _ask_next(obj: Any) -> bool:
    """Ask the next reviewer of the round; false when everybody has agreed."""
    waiting = rows.row(
        sa.select(reviews)
        .where(reviews.c.document == obj.UID(), reviews.c.state == "waiting")
        .order_by(reviews.c.round, reviews.c.position)
    )
    if waiting is None:
        return False
    turn.run(sa.update(reviews).where(reviews.c.id == waiting.id).values(state="pending", asked_at=clock.now()))
    asked = Addressee(waiting.to_person, waiting.to_unit, waiting.to_function)
    grants.apply(obj, [grants.Grant(asked.subject(), "review", str(waiting.id))])
    return True


def _decide(step: int, state: str, comment: str, version: int) -> None:
    decision = {"state": state, "comment": clean_text(comment), "decided_by": actor.current()}
    rows.update(reviews, reviews.c.id == step, **decision, decided_at=clock.now(), version=version)


def _drop(uid: str) -> None:
    turn.run(
        sa.update(reviews)
        .where(reviews.c.document == uid, reviews.c.state.in_(("waiting", "pending")))
        .values(state="dropped")
    )
