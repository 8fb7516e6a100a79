"""Passing on (chuyển xử lý): routing slips from hand to hand, sent → read → in progress → done."""

import secrets
from collections.abc import Sequence
from datetime import date
from typing import Any

import sqlalchemy as sa

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import grants
from party.operations.confidentiality import monitor
from party.operations.confidentiality import principals
from party.operations.confidentiality import rows
from party.operations.confidentiality.levels import NORMAL
from party.operations.documents import access
from party.operations.documents import projection
from party.operations.documents import recipients
from party.operations.documents import rules
from party.operations.documents.operations import incoming as incoming_operations
from party.operations.documents.operations import making
from party.operations.documents.recipients import Addressee
from party.operations.documents.tables import incoming
from party.operations.documents.tables import slips
from party.operations.ledger import clock
from party.operations.ledger import items
from party.operations.ledger import journal
from party.operations.ledger import tallies
from party.operations.ledger import turn
from party.operations.ledger.errors import Changed
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import Missing
from party.operations.ledger.errors import NotAllowed
from party.operations.ledger.operation import operation
from party.operations.organization import lookup
from party.operations.organization import routes
from party.operations.organization.vocabularies import REGISTRY_FUNCTIONS
from party.operations.text.dates import format_date
from party.operations.text.normalize import clean_text


@operation
def transfer(
    uid: str,
    addressees: Sequence[Addressee],
    *,
    directive: str = "",
    deadline: date | None = None,
    seen: int | None = None,
) -> list[int]:
    """Pass a document on to many at once with a directive (bút phê) and a deadline; returns the slips' ids.

    At most one of them leads; who passes on what he has in hand takes it up by that.
    """
    if not addressees:
        raise Invalid(_("Name at least one recipient."), "recipients")
    if sum(each.capacity == "lead" for each in addressees) > 1:
        raise Invalid(_("Only one recipient leads; the others support or are informed."), "recipients")
    if len({each.token("normal") for each in addressees}) != len(addressees):
        raise Invalid(_("A recipient is named twice."), "recipients")
    _check_deadline(deadline)
    with turn.turn():
        obj = access.readable(uid)
        rules.check("transfer", obj)
        for each in addressees:
            _check_clerk_level(obj, each)
            recipients.check_addressee(each, obj.unit)
        return _send(obj, addressees, directive, deadline or obj.deadline, seen)


@operation
def pass_along(
    uid: str, route: str, *, directive: str = "", deadline: date | None = None, seen: int | None = None
) -> list[int]:
    """Pass a document on to the next step of a prepared route; a level nobody holds is skipped (chuyển theo luồng)."""
    _check_deadline(deadline)
    with turn.turn():
        obj = access.readable(uid)
        rules.check("transfer", obj)
        chosen = next((each for each in routes.of_unit(obj.unit, "incoming") if each.id == route), None)
        if chosen is None:
            raise Invalid(_("This unit has no such route."), "route")
        following = next_stop(obj, chosen)
        if following is None:
            raise Invalid(_("The route ends here: nobody holds any of its further steps."), "route")
        index, step = following
        to = Addressee(unit=step.unit or obj.unit, function=step.function)
        _check_clerk_level(obj, to)
        return _send(obj, [to], directive, deadline or obj.deadline, seen, route, index)


@operation
def mark_read(slip_ids: Sequence[int]) -> int:
    """Slips on the page that was shown are read (đã xem); returns how many were new. Others' slips are left alone."""
    with turn.turn():
        mine = (slips.c.id.in_(list(slip_ids)), slips.c.state == "sent", slips.c.token.in_(sorted(actor.held())))
        return rows.update(slips, *mine, state="read", read_at=clock.now(), read_by=actor.current())


@operation
def start_slip(slip: int) -> None:
    """Take up what was passed on (bắt đầu xử lý)."""
    with turn.turn():
        row = _mine(slip)
        _set(row, ("sent", "read"), state="in_progress", begun_at=clock.now(), **_reading(row))
        journal.record("start_slip", row.document, actor.current(), slip=slip)


@operation
def complete_slip(slip: int, result: str = "") -> None:
    """One's own part is done (hoàn thành phần việc); it comes back to who passed it on.

    Where the first lead says so, the whole document is done.
    """
    with turn.turn():
        row = _mine(slip)
        _end(row, "done", result)
        facts: dict[str, Any] = {"slip": slip, "result": result, "ended": [[slip, row.state]]}
        if row.capacity == "lead" and row.parent is None and not _other_lead(row.document):
            facts["before"] = items.get(row.document).state
            facts["ended"] += incoming_operations.end_open_slips(row.document, result)
            making.move_to(access.unrestricted(row.document), "done")
        journal.record("complete_slip", row.document, actor.current(), **facts)


@operation
def return_slip(slip: int, reason: str) -> None:
    """Give it back to who sent it, with a reason (trả lại người chuyển)."""
    reason = making.reason_given(reason)
    with turn.turn():
        row = _mine(slip)
        _end(row, "returned", reason)
        grants.apply(access.unrestricted(row.document), withdraw=[grants.Withdrawal("slip", str(slip))])
        journal.record("return_slip", row.document, actor.current(), slip=slip, reason=reason)


@operation
def recall_slip(slip: int, reason: str = "") -> None:
    """The sender takes it back while nobody has read it (thu hồi phiếu chuyển).

    When that leaves nobody who ever got the document, it waits to be passed on as before.
    """
    with turn.turn():
        row = slip_row(slip)
        if row.from_person != actor.current() and row.from_unit not in _registry_units():
            raise NotAllowed(_("Only who passed it on takes it back."))
        if row.state != "sent":
            raise Changed(
                _("It has been read already and can no longer be taken back. Ask the recipient to return it.")
            )
        _end(row, "recalled", reason, allowed=("sent",))
        obj = access.unrestricted(row.document)
        grants.apply(obj, withdraw=[grants.Withdrawal("slip", str(slip))])
        if not _note_passing(obj):
            making.move_to(obj, "registered")
        journal.record("recall_slip", row.document, actor.current(), slip=slip, reason=reason)


def next_stop(obj: Any, route: routes.Route) -> "tuple[int, routes.Step] | None":
    """Where a prepared route leads next from the hands of the person who acts; ``None`` at its end."""
    return routes.next_step(obj.unit, route, _step_in_hand(obj, route.id))


def slip_row(slip: int) -> Any:
    """The row of a slip whose document the person who acts may read; raises :class:`Missing`."""
    row = rows.row(sa.select(slips).where(slips.c.id == slip))
    if row is None or not monitor.readable_among({row.document}):
        raise Missing(_("There is no such routing slip."))
    return row


def _send(
    obj: Any,
    addressees: Sequence[Addressee],
    directive: str,
    deadline: date | None,
    seen: int | None,
    route: str = "",
    step: int | None = None,
) -> list[int]:
    uid, me, batch = obj.UID(), actor.current(), secrets.token_hex(8)
    in_hand = rules.addressed_slips(obj, actor.held())
    parent = in_hand[-1] if in_hand else None
    if parent is not None:
        _set(parent, rules.OPEN_SLIPS, state="in_progress", begun_at=parent.begun_at or clock.now(), **_reading(parent))
    sent, unit = [], _acting_unit(obj)
    for each in addressees:
        sent.append(
            rows.insert_numbered(
                slips,
                {
                    "document": uid,
                    "parent": parent.id if parent is not None else None,
                    "batch": batch,
                    "from_person": me,
                    "from_unit": unit,
                    "to_person": each.person,
                    "to_unit": each.unit,
                    "to_function": each.function,
                    "token": each.token(obj.level),
                    "capacity": each.capacity,
                    "directive": clean_text(directive),
                    "deadline": None if each.capacity == "informed" else deadline,
                    "state": "sent",
                    "route": route,
                    "step": step,
                    "sent_at": clock.now(),
                },
            )
        )
    grants.apply(
        obj,
        [grants.Grant(each.subject(), "slip", str(slip)) for each, slip in zip(addressees, sent, strict=True)],
    )
    if obj.portal_type == "IncomingDocument":
        _note_passing(obj)
    making.move_to(obj, "in_progress", seen)
    event = journal.record(
        "transfer",
        uid,
        me,
        unit=obj.unit,
        from_unit=unit,
        slips=sent,
        to=[each.__dict__ for each in addressees],
        directive=directive,
        deadline=deadline,
        route=route,
    )
    where = unit if obj.level == NORMAL else obj.unit
    tallies.add(event, tallies.TRANSFER, where, person=me, level=obj.level, subject=uid, amount=len(sent))
    return sent


def _note_passing(obj: Any) -> bool:
    """The first passing on that was not recalled fills the register's columns “Đơn vị, người nhận” and “Ngày chuyển”.

    Returns whether there is one.
    """
    standing = (slips.c.document == obj.UID(), slips.c.state != "recalled")
    batch = sa.select(slips.c.batch).where(*standing).order_by(slips.c.id).limit(1).scalar_subquery()
    first = rows.rows(sa.select(slips).where(*standing, slips.c.batch == batch).order_by(slips.c.id))
    people = lookup.names([each.to_person for each in first if each.to_person])
    units = lookup.unit_titles([each.to_unit for each in first if each.to_unit])
    names = [people.get(each.to_person) or units.get(each.to_unit, "") for each in first]
    day = clock.local(first[0].sent_at).date() if first else None
    rows.update(incoming, incoming.c.uid == obj.UID(), passed_on=day, passed_to="; ".join(names))
    projection.write_handler(obj)
    return bool(first)


def _check_deadline(deadline: date | None) -> None:
    if deadline is not None and deadline < clock.today():
        raise Invalid(_("The deadline ${day} has passed already.", mapping={"day": format_date(deadline)}), "deadline")


def _check_clerk_level(obj: Any, each: Addressee) -> None:
    """Units that work at clerk level only: nothing goes past their registry (Quân uỷ, Công an)."""
    for unit in filter(None, {obj.unit, each.unit}):
        row = lookup.unit(unit)
        beyond = each.person or (each.function and each.function not in REGISTRY_FUNCTIONS)
        if row.clerk_level_only and beyond:
            raise Invalid(
                _(
                    "${unit} works at clerk level only: documents are not passed on past its clerk.",
                    mapping={"unit": row.title},
                ),
                "recipients",
            )


def _other_lead(uid: str) -> bool:
    """Is somebody else still leading, to whom the document was passed directly too?"""
    wanted = sa.select(slips.c.id).where(
        slips.c.document == uid,
        slips.c.parent.is_(None),
        slips.c.capacity == "lead",
        slips.c.state.in_(rules.OPEN_SLIPS),
    )
    return turn.row(wanted) is not None


def _step_in_hand(obj: Any, route: str) -> int:
    """Where the route stands: at the step in hand, else before or at the clerk's own first step."""
    held = actor.held()
    steps = [each.step for each in rules.addressed_slips(obj, held) if each.route == route and each.step is not None]
    if steps:
        return max(steps)
    chosen = next(each for each in routes.of_unit(obj.unit, "incoming") if each.id == route)
    mine = {each.function for each in principals.standings(actor.current()) if each.unit == obj.unit}
    own = [index for index, step in enumerate(chosen.steps) if step.function in mine and step.unit in ("", obj.unit)]
    return max(own, default=-1)


def _acting_unit(obj: Any) -> str:
    """The unit for which the person passes on: the document's own, or who took over, if he serves there, else his first."""
    units = [each.unit for each in principals.standings(actor.current())]
    own = lookup.present(obj.unit)
    return own if own in units else (units[0] if units else own)


def _registry_units() -> set[str]:
    standings = principals.standings(actor.current())
    return {each.unit for each in standings if each.function in REGISTRY_FUNCTIONS}


def _mine(slip: int) -> Any:
    row = slip_row(slip)
    if row.token not in actor.held():
        raise NotAllowed(_("This was passed to somebody else."))
    return row


def _reading(row: Any) -> dict[str, Any]:
    return {} if row.read_at else {"read_at": clock.now(), "read_by": actor.current()}


def _end(row: Any, state: str, outcome: str, allowed: tuple[str, ...] = rules.OPEN_SLIPS) -> None:
    reading = {} if state == "recalled" else _reading(row)
    _set(
        row,
        allowed,
        state=state,
        ended_at=clock.now(),
        ended_by=actor.current(),
        outcome=clean_text(outcome),
        **reading,
    )


def _set(row: Any, allowed: tuple[str, ...], **columns: Any) -> None:
    if rows.update(slips, slips.c.id == row.id, slips.c.state.in_(allowed), **columns) != 1:
        raise Changed(_("This was dealt with already. Look at the present state."))
