"""The journal in sentences (lịch sử): who did what, and what was written with it."""

from dataclasses import dataclass
from dataclasses import field
from datetime import date
from datetime import datetime
from typing import Any

from zope.globalrequest import getRequest
from zope.i18n import translate
from zope.i18nmessageid import Message
from zope.schema import getFields

from party.operations import _
from party.operations.confidentiality.levels import LEVELS
from party.operations.documents.content import IIncomingDocument
from party.operations.documents.content import IOutgoingDocument
from party.operations.documents.recipients import Addressee
from party.operations.documents.recipients import describe
from party.operations.documents.views.people import key_of
from party.operations.documents.views.people import names_of
from party.operations.documents.vocabularies import type_name
from party.operations.documents.vocabularies import URGENCIES
from party.operations.text.dates import format_date


#: what an event says; the variables are details of the event, written by :func:`_words`
SENTENCES = {
    "receive_incoming": _("${who} took the document in"),
    "register_incoming": _("${who} registered it under arrival number ${arrival_number} in “${register}”"),
    "import_past": _("${who} brought it in from an old register, line ${line}"),
    "keep_assignments": _("${who} kept ${count} assignments that it names"),
    "accept_delivery": _("${who} received it inside the system"),
    "change_incoming": _("${who} corrected the entry"),
    "refuse_incoming": _("${who} refused it"),
    "return_incoming": _("${who} returned it to the sender"),
    "finish_incoming": _("${who} closed it as done"),
    "file_incoming": _("${who} filed it"),
    "reopen_incoming": _("${who} reopened it"),
    "answered": _("${who} answered it by ${answered_by}"),
    "transfer": _("${who} passed it on to ${to}"),
    "start_slip": _("${who} began to deal with it"),
    "complete_slip": _("${who} finished the own part"),
    "return_slip": _("${who} gave it back to who had passed it on"),
    "recall_slip": _("${who} took back what was passed on"),
    "undo": _("${who} undid the last step"),
    "comment": _("${who} commented"),
    "create_draft": _("${who} began the draft"),
    "add_version": _("${who} added version ${version}"),
    "change_draft": _("${who} edited the draft"),
    "cancel_draft": _("${who} cancelled the draft"),
    "submit_for_review": _("${who} submitted version ${version} to ${to}"),
    "approve": _("${who} agreed to version ${version}"),
    "send_back": _("${who} sent it back to the drafter"),
    "withdraw_from_review": _("${who} took it back to draft"),
    "sign": _("${who} recorded the signature of ${name}"),
    "issue": _("${who} issued it as ${number_symbol} to ${recipients} recipients"),
    "delivery_accepted": _("${by} received it"),
    "delivery_refused": _("${by} refused it"),
    "send_on_paper": _("${who} sent it on paper to ${to}"),
    "send_to_more": _("${who} sent it to ${to} as well"),
    "escalate_delivery": _("What nobody had received was brought before who answers for it next"),
    "document_recalled": _("${who} recalled it from everybody"),
    "document_replaced": _("${who} replaced it"),
    "make_copy": _("${who} made copy no. ${number}"),
    "copies_returned": _("${who} recorded that copies no. ${numbers} came back"),
    "copies_destroyed": _("${who} recorded that copies no. ${numbers} were destroyed by ${by} before ${witness}"),
    "sender_recalled": _("The sender recalled it"),
    "sender_replaced": _("The sender replaced it"),
    "decide_level": _("${who} decided the level ${level}"),
    "change_level": _("${who} changed the level"),
    "propose_lower": _("${who} proposed the level ${level}"),
    "refuse_lower": _("${who} did not agree to the level ${level}"),
    "sender_changed_level": _("The sender changed the level"),
    "acknowledge_level": _("${who} took note of the new level"),
    "withdraw_found": _("${who} reported it as a secret found in the clear"),
    "purge": _("Traces from before it was classified were removed"),
}

#: details that are somebody's own words, shown as a quotation
_QUOTED = ("directive", "reason", "outcome", "result", "comment", "note", "why")


@dataclass(frozen=True)
class Change:
    """One field that was corrected."""

    label: str
    before: str
    after: str


@dataclass(frozen=True)
class Entry:
    """One event as people read it."""

    operation: str
    at: datetime
    sentence: str
    quote: str = ""
    changes: list[Change] = field(default_factory=list)


def entries(events: list[dict[str, Any]]) -> list[Entry]:
    """The events of a document (see ``history.events``) as sentences, in their order."""
    addressees = [each for event in events for each in _addressees(event)]
    names = {key: str(name) for key, name in names_of(addressees).items()}
    return [
        Entry(
            event["operation"],
            event["at"],
            _sentence(event, names),
            next((str(event["details"][name]) for name in _QUOTED if _is_text(event["details"].get(name))), ""),
            [_change(name, *values) for name, values in event["diff"].items() if name != "state"],
        )
        for event in events
    ]


def _sentence(event: dict[str, Any], names: dict[str, str]) -> str:
    words = {name: _level(value) if name == "level" else _word(value) for name, value in event["details"].items()}
    words["who"] = event["actor_name"] or _say(_("The system"))
    to = _addressees(event)
    if to:
        words["to"] = "; ".join(names[key_of(each)] for each in to)
    known = SENTENCES.get(event["operation"])
    if known is None:
        return f"{words['who']}: {event['operation']}"
    return _say(known, words)


def _addressees(event: dict[str, Any]) -> list[Addressee]:
    listed = event["details"].get("to")
    if not isinstance(listed, list):
        return []
    return [Addressee(**each) for each in listed if isinstance(each, dict)]


def _is_text(value: Any) -> bool:
    return isinstance(value, str) and bool(value)


def _level(value: Any) -> str:
    return f"“{_say(LEVELS[value])}”" if value in LEVELS else str(value)


def _word(value: Any) -> str:
    return "; ".join(map(str, value)) if isinstance(value, list) else str(value)


def _change(name: str, before: Any, after: Any) -> Change:
    fields = {**getFields(IOutgoingDocument), **getFields(IIncomingDocument)}
    label = _say(fields[name].title) if name in fields else _say(_("Recipients")) if name == "recipients" else name
    if name == "level":
        return Change(_say(_("Level")), *(_say(LEVELS.get(each, each)) for each in (before, after)))
    return Change(label, _value(name, before), _value(name, after))


def _value(name: str, value: Any) -> str:
    if value in (None, "", []):
        return "–"
    if isinstance(value, bool):
        return _say(_("yes") if value else _("no"))
    if name == "type":
        return type_name(value)
    if name == "urgency":
        return _say(URGENCIES.get(value, value))
    if name == "recipients":
        return describe(value)
    if name in ("deadline", "document_date", "arrival_date"):
        return format_date(date.fromisoformat(value))
    return str(value)


def _say(message: Any, words: dict[str, str] | None = None) -> str:
    return translate(Message(message, mapping=words) if words else message, context=getRequest())
