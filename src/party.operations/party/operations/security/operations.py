"""The verbs of the register of trust (đề nghị, duyệt, thu hồi quyền tiếp cận bí mật). Two officers give, one takes away."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import audit
from party.operations.confidentiality import clearances
from party.operations.confidentiality import levels
from party.operations.confidentiality import principals
from party.operations.ledger import clock
from party.operations.ledger import turn
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import Missing
from party.operations.ledger.errors import NotAllowed
from party.operations.ledger.errors import require
from party.operations.ledger.operation import operation
from party.operations.organization import lookup
from party.operations.security import rules
from party.operations.text.dates import format_date
from party.operations.text.normalize import clean_line


__all__ = [
    "appoint_first_officers",
    "confirm_clearance",
    "propose_clearance",
    "refuse_proposal",
    "revoke_clearance",
]

#: a clearance is given anew at least this often
MOST_YEARS = 5
LONGEST_TEXT = 500
#: so many officers make two-person decisions possible
ENOUGH = 2


@operation
def propose_clearance(
    person: str, kind: str, *, from_day: date | None = None, until: date | None = None, basis: str
) -> str:
    """Propose that ``person`` be trusted with a level or an office, and return the id of the row (đề nghị).

    ``kind`` is a classified level, ``security_officer`` or ``auditor``; ``until`` is the first day on which it no longer
    holds, needed for levels; ``basis`` the decision it rests on. It holds nothing until another officer confirms it.
    """
    kind = _kind(kind)
    basis = _text(basis, "basis", _("Name the decision that this rests on."))
    starts = from_day or clock.today()
    _check_days(kind, starts, until)
    with turn.turn():
        rules.check_officer()
        who = actor.current()
        if person == who:
            raise NotAllowed(_("Nobody proposes himself. Ask another security officer."))
        _check_person(person, kind, starts, until)
        clearances.hold(person)
        id_ = clearances.insert(
            person=person,
            kind=kind,
            from_day=starts,
            until_day=until,
            basis=basis,
            state=clearances.PROPOSED,
            proposed_by=who,
            proposed_at=clock.now(),
        )
        _write_down("clearance_propose", person, id_, kind)
        return id_


@operation
def confirm_clearance(clearance: str) -> None:
    """Confirm what another officer proposed; from now on it holds (duyệt)."""
    with turn.turn():
        row = _row(clearance, clearances.PROPOSED)
        who = actor.current()
        if who == row.proposed_by:
            raise NotAllowed(_("You proposed this yourself. Another security officer has to confirm it."))
        if who == row.person:
            raise NotAllowed(_("This is about yourself. Another security officer has to confirm it."))
        if not clearances.is_officer(row.proposed_by):
            raise NotAllowed(_("Who proposed this is no longer a security officer. Refuse it and propose it anew."))
        if row.until_day is not None and row.until_day <= clock.today():
            raise Invalid(_("What was proposed is over already. Refuse it and propose it anew."))
        _check_person(row.person, row.kind, row.from_day, row.until_day, itself=row.id)
        clearances.change(row, state=clearances.CONFIRMED, confirmed_by=who, confirmed_at=clock.now())
        principals.forget()
        action = "officer_appoint" if row.kind in clearances.OFFICES else "clearance_grant"
        _write_down(action, row.person, row.id, row.kind)


@operation
def refuse_proposal(clearance: str, reason: str) -> None:
    """Refuse a proposal, or take an own one back (không duyệt)."""
    reason = _text(reason, "reason", _("Say why."))
    with turn.turn():
        row = _row(clearance, clearances.PROPOSED)
        _close(row, clearances.REFUSED, reason)
        _write_down("clearance_reject", row.person, row.id, row.kind)


@operation
def revoke_clearance(clearance: str, reason: str) -> None:
    """Take a clearance or an office away at once; one officer is enough (thu hồi)."""
    reason = _text(reason, "reason", _("Say why."))
    with turn.turn():
        row = _row(clearance, clearances.CONFIRMED)
        _close(row, clearances.REVOKED, reason)
        principals.forget()
        action = "officer_dismiss" if row.kind in clearances.OFFICES else "clearance_revoke"
        _write_down(action, row.person, row.id, row.kind)


@operation
def appoint_first_officers(officers: Sequence[str], *, auditor: str = "", basis: str, add: bool = False) -> None:
    """Appoint security officers, and perhaps an auditor, from the command line of the host (cử cơ yếu ban đầu).

    There have to be two before anything can be proposed and confirmed. When there are, only ``add`` appoints more this
    way, for the case that those who hold the office cannot act.
    """
    basis = _text(basis, "basis", _("Name the decision that this rests on."))
    with turn.turn():
        require(rules.in_place())
        if actor.current() != actor.SYSTEM:
            raise Missing(_("There is nothing here."))
        present = officers_in_service()
        if len(present) >= ENOUGH and not add:
            raise NotAllowed(
                _("There are ${count} security officers already: they appoint others.", mapping={"count": len(present)})
            )
        named = [*officers, auditor] if auditor else [*officers]
        if len(set(named)) != len(named):
            raise Invalid(_("Name different people: nobody holds two offices of trust."))
        if len({*present, *officers}) < ENOUGH:
            raise Invalid(_("Name at least two security officers: what one proposes another confirms."))
        for person in named:
            _appoint(person, clearances.AUDITOR if person == auditor else clearances.OFFICER, basis)
        principals.forget()


def officers_in_service(kind: str = clearances.OFFICER) -> set[str]:
    """Who holds an office of trust today with an account that is open."""
    holders = {row.person for row in clearances.on(clock.today()) if row.kind == kind}
    return {person for person in holders if _is_active(person)}


def _appoint(person: str, kind: str, basis: str) -> None:
    today = clock.today()
    _check_person(person, kind, today, None)
    clearances.hold(person)
    who, at = actor.current(), clock.now()
    id_ = clearances.insert(
        person=person,
        kind=kind,
        from_day=today,
        basis=basis,
        state=clearances.CONFIRMED,
        proposed_by=who,
        proposed_at=at,
        confirmed_by=who,
        confirmed_at=at,
    )
    _write_down("officer_appoint", person, id_, kind)


def _kind(text: str) -> str:
    """A kind of the register; raises :class:`Invalid`, for Tuyệt mật in particular."""
    kind = text if text in clearances.OFFICES else levels.parse(text)
    if kind == levels.NORMAL:
        raise Invalid(_("Nobody needs a clearance for the level Normal."), "kind")
    return kind


def _text(text: str, field: str, missing: str) -> str:
    cleaned = clean_line(text)
    if not cleaned:
        raise Invalid(missing, field)
    if len(cleaned) > LONGEST_TEXT:
        raise Invalid(_("At most ${count} characters, please.", mapping={"count": LONGEST_TEXT}), field)
    return cleaned


def _check_days(kind: str, starts: date, until: date | None) -> None:
    if starts < clock.today():
        raise Invalid(_("Trust is not given for days that are past."), "from_day")
    if until is None:
        if kind in clearances.LEVELS:
            raise Invalid(_("A clearance has a last day."), "until")
        return
    if until <= starts:
        raise Invalid(_("The last day lies before the first."), "until")
    if kind in clearances.LEVELS and until > _years_after(starts, MOST_YEARS):
        raise Invalid(
            _("A clearance is given for at most ${years} years, then anew.", mapping={"years": MOST_YEARS}), "until"
        )


def _years_after(day: date, years: int) -> date:
    # 29 February ends on 1 March of a year without one
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return date(day.year + years, 3, 1)


def _check_person(person: str, kind: str, starts: date, until: date | None, itself: str = "") -> None:
    """The account is open, and the register holds nothing for these days that forbids it."""
    name = lookup.person(person).full_name
    if not _is_active(person):
        raise Invalid(_("The account of ${person} is closed.", mapping={"person": name}), "person")
    others = [row for row in clearances.of_person(person) if row.id != itself and _overlaps(row, starts, until)]
    if kind in clearances.OFFICES and any(row.kind in clearances.OFFICES and row.kind != kind for row in others):
        raise Invalid(_("Nobody is security officer and auditor at once."), "person")
    for row in others:
        if row.kind == kind and row.state == clearances.PROPOSED:
            raise Invalid(_("The same is proposed for ${person} already.", mapping={"person": name}), "person")
        if row.kind == kind:
            raise Invalid(
                _(
                    "${person} holds this already. Let it begin when the present one ends (${day}), or revoke that one "
                    "first.",
                    mapping={"person": name, "day": format_date(row.until_day) if row.until_day else "–"},
                ),
                "from_day",
            )


def _overlaps(row: Any, starts: date, until: date | None) -> bool:
    """Does a row that is open, or waits to be, share a day with [starts, until)?"""
    if row.state not in (clearances.PROPOSED, clearances.CONFIRMED):
        return False
    return (row.until_day is None or starts < row.until_day) and (until is None or row.from_day < until)


def _is_active(person: str) -> bool:
    account = lookup.account(person)
    return account is not None and account.active


def _row(clearance: str, state: str) -> Any:
    """The row in that state, held, for a security officer; raises."""
    rules.check_officer()
    row = clearances.find(clearance)
    if row is None:
        raise Missing(_("There is no such entry in the register."))
    clearances.hold(row.person)
    row = clearances.find(clearance)
    if row is None or row.state != state:
        raise Invalid(_("Another officer decided on this in the meantime. Look at its present state."))
    return row


def _close(row: Any, state: str, reason: str) -> None:
    clearances.change(row, state=state, revoked_by=actor.current(), revoked_at=clock.now(), reason=reason)


def _write_down(action: str, person: str, clearance: str, kind: str) -> None:
    """Into the audit store, with the number of changes that :func:`clearances.verify` looks for."""
    audit.record(action, person, clearance=clearance, kind=kind, changes=clearances.changes_of(person))
