"""Signing, numbering and issuing (ký, cấp số, ban hành)."""

from datetime import date
from typing import Any

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import grants
from party.operations.confidentiality import tokens
from party.operations.documents import access
from party.operations.documents import copies
from party.operations.documents import files
from party.operations.documents import policy
from party.operations.documents import projection
from party.operations.documents import recipients as document_recipients
from party.operations.documents import rules
from party.operations.documents.operations import handling
from party.operations.documents.operations import incoming as incoming_operations
from party.operations.documents.operations import making
from party.operations.documents.operations import sending
from party.operations.documents.vocabularies import document_types
from party.operations.ledger import clock
from party.operations.ledger import items
from party.operations.ledger import journal
from party.operations.ledger import series
from party.operations.ledger import tallies
from party.operations.ledger import turn
from party.operations.ledger.errors import Changed
from party.operations.ledger.errors import Invalid
from party.operations.ledger.operation import operation
from party.operations.organization import lookup
from party.operations.organization import periods
from party.operations.text.symbols import format_party
from party.operations.text.symbols import format_state


#: thẩm quyền ký (HD 36-HD/VPTW; NĐ 30/2020, Điều 13)
AUTHORITIES = ("", "T/M", "K/T", "T/L", "Q.", "TM.", "KT.", "TL.", "TUQ.")


@operation
def sign(
    uid: str,
    signer: str,
    *,
    title: str = "",
    authority: str = "",
    signed_on: date | None = None,
    seen: int | None = None,
) -> None:
    """Record who signed the newest version on paper, in which capacity, on which day (ký)."""
    day = signed_on or clock.today()
    making.check_not_future(day, "signed_on")
    if authority not in AUTHORITIES:
        raise Invalid(_("“${value}” is not an authority to sign.", mapping={"value": authority}), "authority")
    with turn.turn():
        obj = access.readable(uid)
        rules.check("sign", obj)
        if not any(each.person == signer for each in lookup.holders(obj.unit, "leader", "office_head")):
            raise Invalid(_("Only a leader or head of office of the unit signs for it."), "signer")
        obj.signature = {
            "kind": "paper",
            "signer": signer,
            "name": lookup.person(signer).full_name,
            "title": title,
            "authority": authority,
            "signed_on": day,
            "version": obj.latest().number,
        }
        making.move_to(obj, "signed", seen)
        journal.record(
            "sign", uid, actor.current(), unit=obj.unit, **{key: value for key, value in obj.signature.items() if value}
        )


@operation
def issue(uid: str, *, issue_date: date | None = None, number: int | None = None, seen: int | None = None) -> list[str]:
    """Take the number from the series, freeze the signed version and send it; returns warnings (cấp số, ban hành).

    ``number`` is only typed to follow a paper register. All in one operation: the number, the frozen version, one
    delivery and one grant for each recipient, the end of the document it answers or replaces.
    """
    day = issue_date or clock.today()
    making.check_not_future(day, "issue_date")
    with turn.turn():
        obj = access.readable(uid)
        rules.check("issue", obj)
        _require_open(obj.unit, day)
        if day < obj.signature["signed_on"]:
            raise Invalid(_("The day of issue lies before the day it was signed."), "issue_date")
        if obj.replaces and items.get(obj.replaces).state not in policy.OUTGOING["replace"].states:
            raise Changed(
                _("The document this one replaces was replaced already. Draft a replacement of the newer one.")
            )
        to = receivers(obj)
        if not to:
            raise Invalid(_("Nobody would receive it: name at least one recipient before it is issued."), "recipients")
        handling.check_receivers(obj, to)
        handling.check_pages(obj)
        taken, numbering = _take_number(obj, day, number)
        version = obj.freeze()
        obj.issue_date = day
        projection.write_outgoing(
            obj, number=taken, period=numbering.period, signer=obj.signature["name"], copies=obj.copies or len(to)
        )
        making.move_to(obj, "issued", seen)
        grants.apply(obj, [grants.Grant(tokens.unit_subject(obj.unit, "registry"), "register", obj.unit)])
        me = actor.current()
        event = journal.record(
            "issue",
            uid,
            me,
            unit=obj.unit,
            number_symbol=obj.number_symbol,
            issue_date=day,
            version=version.number,
            recipients=len(to),
            signed=_is_signed(version.files),
        )
        tallies.add(event, tallies.OUTGOING, obj.unit, person=me, level=obj.level, subject=uid)
        warnings = sending.deliver(obj, to)
        copies.number_sent(obj, to)
        if obj.replies_to:
            incoming_operations.close_by_answer(obj.replies_to, obj.number_symbol)
        if obj.replaces:
            sending.withdraw_deliveries(obj.replaces, "replaced", obj.number_symbol)
        return warnings


def _require_open(unit: str, day: date) -> None:
    """A unit issues nothing from the day on which it closed; what is dated before may still be entered."""
    row = lookup.unit(unit)
    if row.closed_on is not None and day >= row.closed_on:
        words = {"unit": row.title, "day": row.closed_on.strftime("%d/%m/%Y")}
        raise Invalid(
            _(
                "${unit} was closed on ${day} and issues nothing after it. Draft the document in the unit that took over.",
                mapping=words,
            ),
            "issue_date",
        )


def issue_series(obj: Any, day: date) -> series.Series:
    """The series a document is numbered in: (organ, type name, term or year, suffix)."""
    regime = lookup.unit_object(obj.unit).regime
    return series.Series(obj.unit, f"issue:{obj.type}", periods.of_issue(obj.unit, regime, day), obj.suffix or "")


def symbol_of(obj: Any, number: int, day: date) -> str:
    """Số, ký hiệu of the document under ``number``; raises :class:`Invalid` when the unit has no symbol on ``day``."""
    symbol = lookup.symbol_on(obj.unit, day)
    if not symbol:
        raise Invalid(
            _(
                "${unit} has no issuer symbol on ${day}. The unit's administrator enters it, then the number can be "
                "taken.",
                mapping={"unit": lookup.unit(obj.unit).title, "day": day.strftime("%d/%m/%Y")},
            )
        )
    kind = document_types().get(obj.type)
    if kind is None:
        raise Invalid(_("“${value}” is not a document type.", mapping={"value": obj.type}), "type")
    if kind.regime == "state":
        return format_state(number, kind.symbol, symbol)
    return format_party(number, kind.symbol, symbol, obj.suffix or "")


def receivers(obj: Any) -> list[document_recipients.Recipient]:
    """Who gets the document when it is issued; a replacement reaches everybody who got what it replaces."""
    earlier = sending.recipients_of(obj.replaces) if obj.replaces else []
    return document_recipients.expand([*obj.recipients, *earlier], obj.unit)


def _is_signed(kept: "tuple[files.DocumentFile, ...]") -> bool | None:
    """Does one of the files carry a digital signature? ``None`` when nobody has looked at them."""
    known = [each.signed for each in kept if each.signed is not None]
    return any(known) if known else None


def _take_number(obj: Any, day: date, number: int | None) -> tuple[int, series.Series]:
    numbering = issue_series(obj, day)
    use = series.Use(obj.UID(), day, actor.current())
    taken = series.take(numbering, use) if number is None else series.claim(numbering, number, use)
    obj.number_symbol = symbol_of(obj, taken, day)
    return taken, numbering
