"""The level of a document (độ mật): decided, raised at once, lowered by two people, and what is found to be secret."""

from dataclasses import replace
from datetime import date
from typing import Any

import sqlalchemy as sa

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import audit
from party.operations.confidentiality import keys
from party.operations.confidentiality import levels
from party.operations.confidentiality import rows
from party.operations.documents import access
from party.operations.documents import classification
from party.operations.documents import relevelling
from party.operations.documents import rules
from party.operations.documents.operations import making
from party.operations.documents.tables import deliveries
from party.operations.documents.tables import incoming
from party.operations.documents.tables import level_changes
from party.operations.ledger import clock
from party.operations.ledger import items
from party.operations.ledger import journal
from party.operations.ledger import outbox
from party.operations.ledger import turn
from party.operations.ledger.errors import Changed
from party.operations.ledger.errors import Invalid
from party.operations.ledger.operation import operation
from party.operations.text.normalize import clean_line


@operation
def decide_level(
    uid: str,
    level: str,
    *,
    basis: str,
    copying: bool = False,
    protected_until: date | None = None,
    seen: int | None = None,
) -> None:
    """A leader decides what was proposed, the same level or a higher one, or extends the protection (quyết định độ mật).

    ``protected_until`` is the last day of protection, by default the longest that the law allows from today.
    """
    level, basis = levels.parse(level), _basis(basis)
    with turn.turn():
        obj = access.readable(uid)
        rules.check("decide_level", obj)
        if levels.rank(level) < levels.rank(obj.level):
            raise Invalid(_("A lower level is proposed by one person and confirmed by another."), "level")
        making.check_level(level)
        # what the law does not allow is said before anything is sealed anew
        decision = classification.decided(obj.classification, level, basis, copying, protected_until)
        making.touch(obj, seen)
        if level != obj.level:
            obj = _change(obj, level, "", basis)
        for each in (obj, *_received(uid)):
            if each.level == level:
                each.classification = decision
                relevelling.project(each)
        journal.record("decide_level", uid, actor.current(), unit=obj.unit, level=level, basis=basis, copying=copying)
        audit.record("change_level", uid, level=level, how="decided")


@operation
def raise_level(uid: str, level: str, *, reason: str, basis: str = "", seen: int | None = None) -> None:
    """Raise the level at once (nâng độ mật); who raises it above his own clearance no longer sees the document.

    Everything of it is sealed anew, at every recipient as well, and what lay in the clear is purged. Raised by others
    than a leader, the level is a proposal that a leader still decides.
    """
    level, reason = levels.parse(level), making.reason_given(reason)
    with turn.turn():
        obj = access.readable(uid)
        rules.check("raise_level", obj)
        if levels.rank(level) <= levels.rank(obj.level):
            raise Invalid(_("Choose a level above the present one."), "level")
        making.touch(obj, seen)
        _change(obj, level, reason, clean_line(basis))


@operation
def propose_lower(uid: str, level: str, *, reason: str, basis: str, seen: int | None = None) -> int:
    """Propose a lower level or none, with reason and legal basis; returns the id of the proposal (đề nghị hạ, giải mật)."""
    level, reason, basis = levels.parse(level), making.reason_given(reason), _basis(basis)
    with turn.turn():
        obj = access.readable(uid)
        rules.check("propose_lower", obj)
        if levels.rank(level) >= levels.rank(obj.level):
            raise Invalid(_("Choose a level below the present one."), "level")
        _overtake(uid)
        proposal = {"document": uid, "level": level, "reason": reason, "basis": basis, "state": "proposed"}
        proposal |= {"proposed_by": actor.current(), "proposed_at": clock.now()}
        made = rows.insert_numbered(level_changes, proposal)
        making.touch(obj, seen)
        journal.record("propose_lower", uid, actor.current(), unit=obj.unit, level=level, reason=reason, basis=basis)
        audit.record("propose_level", uid, level=level)
        return made


@operation
def confirm_lower(uid: str, *, agree: bool = True, reason: str = "", seen: int | None = None) -> None:
    """Another person than who proposed it agrees to the lower level, or does not (hạ độ mật, giải mật)."""
    reason = reason if agree else making.reason_given(reason)
    with turn.turn():
        obj = access.readable(uid)
        rules.check("confirm_lower", obj)
        asked = proposal_of(uid)
        if asked is None:
            raise Changed(_("This was dealt with already. Look at the present state."))
        decision = {"decided_by": actor.current(), "decided_at": clock.now()}
        state = "confirmed" if agree else "refused"
        rows.update(level_changes, level_changes.c.id == asked.id, state=state, **decision)
        making.touch(obj, seen)
        if agree:
            _change(obj, asked.level, asked.reason, asked.basis)
        else:
            journal.record("refuse_lower", uid, actor.current(), unit=obj.unit, level=asked.level, reason=reason)


@operation
def withdraw_found(uid: str, reason: str) -> None:
    """What should never have been here is hidden from everybody at once, in any zone (báo phát hiện bí mật).

    What was sent is hidden at its sender and at all who received it. The worker of the internal network seals it as
    Secret and purges what lay in the clear; its level is then decided there.
    """
    reason = making.reason_given(reason)
    with turn.turn():
        obj = access.readable(uid)
        rules.check("withdraw_found", obj)
        journal.record("withdraw_found", uid, actor.current(), unit=obj.unit, reason=reason)
        audit.record("withdraw_found", uid)
        origin = _origin(uid)
        with actor.as_system():
            for each in (origin, *_received_uids(origin)):
                relevelling.hide(access.unrestricted(each))
        outbox.enqueue("seal_found", f"seal:{uid}:{clock.now():%Y%m%d%H%M%S%f}", {"document": origin}, actor.SYSTEM)


@operation
def seal_found(uid: str) -> None:
    """The worker seals what was found, so that who is cleared for secrets may look at it again (niêm phong)."""
    if levels.cap(levels.zone()) == levels.NORMAL:
        raise keys.Withheld()
    with turn.turn():
        obj = access.readable(uid)
        if obj.level == levels.NORMAL:
            making.touch(obj)
            _change(obj, levels.SECRET, "", "")
        for each in (uid, *_received_uids(uid)):
            relevelling.show(access.unrestricted(each))


@operation
def acknowledge_level(uid: str) -> None:
    """The receiving clerk has taken note that the sender changed the level (đã biết thay đổi độ mật)."""
    with turn.turn():
        obj = access.readable(uid)
        rules.check("acknowledge_level", obj)
        rows.update(incoming, incoming.c.uid == uid, level_notice="")
        journal.record("acknowledge_level", uid, actor.current(), unit=obj.unit)


def proposal_of(uid: str) -> rows.Row | None:
    """The lower level that was proposed and not decided yet."""
    return rows.row(
        sa.select(level_changes).where(level_changes.c.document == uid, level_changes.c.state == "proposed")
    )


def _change(obj: Any, level: str, reason: str, basis: str) -> Any:
    """Bring a document, and what its recipients made of it, to another level; returns it opened."""
    before, uid, me = obj.level, obj.UID(), actor.current()
    lowered = levels.rank(level) < levels.rank(before)
    decision = None if level == levels.NORMAL else _classified(obj, level, basis, keeps=lowered)
    _overtake(uid)
    changed = relevelling.relevel(obj, level)
    changed.classification = decision
    relevelling.project(changed)
    journal.record("change_level", uid, me, unit=obj.unit, diff={"level": (before, level)}, reason=reason, basis=basis)
    audit.record("change_level", uid, level=level, before=before)
    files = {each.id: each for each in relevelling.files_of(changed)}
    for each in _received(uid):
        # nobody there asked for it: the system follows the sender, whose decision it is
        with actor.as_system():
            # what was raised over there on its own stays as high
            theirs_level = level if each.level == before else max(each.level, level, key=levels.rank)
            theirs = relevelling.relevel(each, theirs_level, files)
            if theirs_level == level:
                theirs.classification = decision
            relevelling.project(theirs)
            making.touch(theirs)
        rows.update(incoming, incoming.c.uid == theirs.UID(), level_notice=level)
        journal.record("sender_changed_level", theirs.UID(), me, unit=theirs.unit, diff={"level": (before, level)})
        audit.record("change_level", theirs.UID(), level=theirs_level, how="sender")
    if level == levels.NORMAL:
        making.read_files_later(changed, again=f"{clock.now():%Y%m%d%H%M%S}")
    if before == levels.NORMAL:
        outbox.enqueue("purge", f"purge:{uid}:{clock.now():%Y%m%d%H%M%S%f}", {"document": uid}, actor.SYSTEM)
    return changed


def _classified(obj: Any, level: str, basis: str, keeps: bool) -> classification.Classification:
    """What is known of a new level: decided by a leader, otherwise proposed; who lowers it may ``keep`` the copying."""
    before = obj.classification or classification.proposed(level, basis)
    if rules.leads(obj):
        return classification.decided(before, level, basis, before.copying and keeps)
    return replace(classification.proposed(level, basis or before.basis), copying=before.copying and keeps)


def _received(uid: str) -> list[Any]:
    """What the recipients made of an issued document, opened by the system."""
    with actor.as_system():
        return [access.readable(each) for each in _received_uids(uid)]


def _received_uids(uid: str) -> list[str]:
    wanted = sa.select(deliveries.c.incoming).where(deliveries.c.document == uid, deliveries.c.incoming != "")
    return [each.incoming for each in turn.rows(wanted.order_by(deliveries.c.id).distinct())]


def _origin(uid: str) -> str:
    """The sender's document that a received one was made from; else the document itself."""
    sent = turn.scalar(sa.select(deliveries.c.document).where(deliveries.c.incoming == uid))
    return uid if sent is None or items.get(sent).level != levels.NORMAL else sent


def _overtake(uid: str) -> None:
    """A proposal that nobody has decided yet no longer stands."""
    open_ones = (level_changes.c.document == uid, level_changes.c.state == "proposed")
    rows.update(level_changes, *open_ones, state="replaced")


def _basis(basis: str) -> str:
    cleaned = clean_line(basis)
    if len(cleaned) < 3 or len(cleaned) > 500:
        raise Invalid(_("Name the legal basis: the list of secrets and its point."), "basis")
    return cleaned
