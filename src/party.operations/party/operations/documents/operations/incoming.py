"""Documents that arrive (văn bản đến): receive, register, correct, refuse, return, finish, file."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import grants
from party.operations.confidentiality import levels
from party.operations.confidentiality import rows
from party.operations.confidentiality import tokens
from party.operations.confidentiality.levels import NORMAL
from party.operations.documents import access
from party.operations.documents import duplicates
from party.operations.documents import files as document_files
from party.operations.documents import paper
from party.operations.documents import projection
from party.operations.documents import rules
from party.operations.documents.operations import making
from party.operations.documents.operations.registers import arrival_series
from party.operations.documents.operations.registers import register_of
from party.operations.documents.tables import incoming
from party.operations.documents.tables import slips
from party.operations.ledger import clock
from party.operations.ledger import items
from party.operations.ledger import journal
from party.operations.ledger import series
from party.operations.ledger import tallies
from party.operations.ledger import turn
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import NotAllowed
from party.operations.ledger.errors import require
from party.operations.ledger.operation import operation
from party.operations.organization import lookup
from party.operations.organization import periods
from party.operations.organization import rules as organization_rules


@operation
def receive_incoming(
    unit: str, uploads: list[document_files.Upload], *, level: str = NORMAL, basis: str = "", **fields: Any
) -> Any:
    """Take a document in without registering it yet and return it (tiếp nhận); ``level`` is the mark on the paper."""
    level = levels.parse(level)
    values = making.clean("IncomingDocument", {"arrival_date": clock.today(), **fields})
    with turn.turn():
        return _receive(unit, uploads, values, level, basis)


@operation
def register_incoming(
    unit: str = "",
    uploads: list[document_files.Upload] | None = None,
    *,
    document: str = "",
    register: str = "",
    number: int | None = None,
    confirm: bool = False,
    level: str = NORMAL,
    basis: str = "",
    seen: int | None = None,
    **fields: Any,
) -> Any:
    """Give an arrival number and return the document (vào sổ).

    Either a new document of ``unit`` with ``uploads`` and fields, or one received before (``document``). ``number`` is
    only typed to follow a paper register. Raises ``DuplicateWarning`` unless ``confirm``, ``NumberTaken``, ``Invalid``.
    """
    level = levels.parse(level)
    values = {} if document else making.clean("IncomingDocument", {"arrival_date": clock.today(), **fields})
    with turn.turn():
        if document:
            obj = access.readable(document)
        else:
            if not confirm:
                duplicates.warn(unit, values)
            obj = _receive(unit, uploads or [], values, level, basis)
        rules.check("register", obj)
        book = register_of(obj.unit, register)
        arrival = arrival_series(obj.unit, book.UID(), obj.arrival_date)
        use = series.Use(obj.UID(), obj.arrival_date, actor.current())
        taken = series.take(arrival, use) if number is None else series.claim(arrival, number, use)
        obj.register = book.UID()
        if obj.deadline is None:
            obj.deadline = deadline_by_rule(obj.unit, obj.arrival_date)
        projection.write_incoming(obj, arrival_number=taken, period=arrival.period)
        making.move_to(obj, "registered", seen)
        grants.apply(obj, [grants.Grant(tokens.unit_subject(obj.unit, "leader"), "register", obj.unit)])
        uid, me = obj.UID(), actor.current()
        event = journal.record("register_incoming", uid, me, unit=obj.unit, arrival_number=taken, register=book.title)
        tallies.add(event, tallies.INCOMING, obj.unit, person=me, level=obj.level, subject=uid)
        return obj


@operation
def change_incoming(uid: str, seen: int | None = None, **fields: Any) -> None:
    """Correct what was entered (sửa thông tin); the arrival number stays."""
    values = making.clean("IncomingDocument", fields, partial=True)
    with turn.turn():
        obj = access.readable(uid)
        rules.check("change", obj)
        if obj.register and values.get("arrival_date", obj.arrival_date).year != obj.arrival_date.year:
            raise Invalid(
                _(
                    "The arrival number belongs to the year ${year}; the date of arrival stays in it.",
                    mapping={"year": obj.arrival_date.year},
                ),
                "arrival_date",
            )
        before = {name: getattr(obj, name) for name in values}
        dates = {name: values.get(name, getattr(obj, name)) for name in ("document_date", "arrival_date")}
        making.check_dates(dates["document_date"], dates["arrival_date"])
        making.check_deadline(values.get("deadline", obj.deadline), dates["arrival_date"])
        for name, value in values.items():
            setattr(obj, name, value)
        if "issuer" in values:
            obj.issuer_unit = projection.find_issuer(obj.issuer)
        projection.write_incoming(obj)
        making.touch(obj, seen)
        journal.record("change_incoming", uid, actor.current(), unit=obj.unit, diff=journal.changes(before, values))


@operation
def refuse_incoming(uid: str, reason: str, seen: int | None = None) -> None:
    """Refuse what was received but not registered (từ chối)."""
    _end("refuse", "refused", uid, making.reason_given(reason), seen)


@operation
def return_incoming(uid: str, reason: str, seen: int | None = None) -> None:
    """Return a registered document to its sender; the number stays taken (trả lại nơi gửi)."""
    _end("return", "returned", uid, making.reason_given(reason), seen)


@operation
def finish_incoming(uid: str, result: str = "", seen: int | None = None) -> None:
    """The document needs nothing more (hoàn thành); what is still in somebody's hands ends with it."""
    _end("finish", "done", uid, result, seen)


@operation
def file_incoming(uid: str, seen: int | None = None) -> None:
    """Put the document away (lưu)."""
    with turn.turn():
        obj = access.readable(uid)
        rules.check("file", obj)
        before = items.get(uid).state
        making.move_to(obj, "filed", seen)
        journal.record("file_incoming", uid, actor.current(), unit=obj.unit, before=before)


@operation
def reopen_incoming(uid: str, reason: str, seen: int | None = None) -> None:
    """Take up a finished document again (mở lại)."""
    reason = making.reason_given(reason)
    with turn.turn():
        obj = access.readable(uid)
        rules.check("reopen", obj)
        making.move_to(obj, "in_progress", seen)
        journal.record("reopen_incoming", uid, actor.current(), unit=obj.unit, reason=reason)


def close_by_answer(uid: str, number_symbol: str) -> None:
    """An answer was issued: its document is done, with the answer's number in the register."""
    obj, state = access.unrestricted(uid), items.get(uid).state
    earlier = rows.scalar(sa.select(incoming.c.answered_by).where(incoming.c.uid == uid))
    both = "; ".join(filter(None, (earlier, number_symbol)))
    rows.update(incoming, incoming.c.uid == uid, answered_by=both)
    end_open_slips(uid, number_symbol)
    # what was filed, returned or done meanwhile stays so; the register names the answer all the same
    making.move_to(obj, "done" if state in ("registered", "in_progress") else state)
    journal.record("answered", uid, actor.current(), unit=obj.unit, answered_by=number_symbol, before=state)


def end_open_slips(uid: str, outcome: str) -> list[list[int | str]]:
    """End every slip of a document that is still open; returns id and former state of each."""
    still_open = (slips.c.document == uid, slips.c.state.in_(rules.OPEN_SLIPS))
    ended: list[list[int | str]] = [
        [each.id, each.state] for each in turn.rows(sa.select(slips.c.id, slips.c.state).where(*still_open))
    ]
    rows.update(
        slips,
        *still_open,
        state="done",
        ended_at=clock.now(),
        ended_by=actor.current(),
        outcome=outcome,
    )
    return ended


def deadline_by_rule(unit: str, arrival: date) -> date:
    """The unit's number of working days after arrival (10 unless the unit says otherwise)."""
    return periods.add_working_days(arrival, lookup.unit_object(unit).deadline_days)


def place_received(unit: str, values: dict[str, Any], level: str = NORMAL, basis: str = "") -> Any:
    """Make the object of a received document, its row and the grant of its registry."""
    obj = making.place("IncomingDocument", unit, "incoming", "received", values, level, basis)
    if not obj.issuer_unit:
        obj.issuer_unit = projection.find_issuer(obj.issuer)
    projection.write_incoming(obj)
    grants.apply(obj, [grants.Grant(tokens.unit_subject(unit, "registry"), "register", unit)])
    return obj


def _receive(unit: str, uploads: list[document_files.Upload], values: dict[str, Any], level: str, basis: str) -> Any:
    if actor.current() != actor.SYSTEM and tokens.unit(unit, "registry") not in actor.held():
        raise NotAllowed(_("Only the clerk or head of office of a unit takes documents in for it."))
    require(organization_rules.is_open(lookup.unit(unit)))
    obj = place_received(unit, values, level, basis)
    obj.own_files = tuple(document_files.keep(obj, uploads, actor.current()))
    paper.take_over(uploads, obj.own_files)
    making.read_files_later(obj)
    journal.record(
        "receive_incoming",
        obj.UID(),
        actor.current(),
        unit=unit,
        files=[each.filename for each in obj.own_files],
        number_symbol=obj.number_symbol,
        issuer=obj.issuer,
    )
    return obj


def _end(verb: str, state: str, uid: str, outcome: str, seen: int | None) -> None:
    with turn.turn():
        obj = access.readable(uid)
        rules.check(verb, obj)
        before, ended = items.get(uid).state, end_open_slips(uid, outcome)
        making.move_to(obj, state, seen)
        facts = {"outcome": outcome, "before": before, "ended": ended}
        journal.record(f"{verb}_incoming", uid, actor.current(), unit=obj.unit, **facts)
