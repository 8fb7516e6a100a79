"""Tiếp nhận, từ chối: what the clerk of a recipient does with a delivery."""

from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from zope import schema
from zope.interface import Interface
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import principals
from party.operations.confidentiality import rows
from party.operations.confidentiality import tokens
from party.operations.confidentiality.levels import LEVELS
from party.operations.confidentiality.levels import NORMAL
from party.operations.documents import access
from party.operations.documents import lists
from party.operations.documents import operations
from party.operations.documents import trays
from party.operations.documents.operations.handling import Mismatch
from party.operations.documents.operations.registers import arrival_series
from party.operations.documents.operations.registers import registers
from party.operations.documents.operations.sending import contacts
from party.operations.documents.tables import deliveries
from party.operations.documents.tables import incoming
from party.operations.documents.views.duplicates import Resemblance
from party.operations.documents.views.duplicates import resemblances
from party.operations.documents.views.verbs import IReason
from party.operations.documents.vocabularies import CHANNELS
from party.operations.documents.vocabularies import DELIVERY_STATES
from party.operations.documents.vocabularies import type_name
from party.operations.documents.vocabularies import URGENCIES
from party.operations.ledger import clock
from party.operations.ledger import series
from party.operations.ledger import turn
from party.operations.ledger.errors import Missing
from party.operations.ledger.errors import NumberTaken
from party.operations.ledger.errors import Refused
from party.operations.organization import lookup
from party.operations.ui.forms import OperationForm


class IAcceptance(Interface):
    """Where and when it is registered."""

    arrival_date = schema.Date(title=_("Date of arrival"))
    number = schema.Int(
        title=_("Arrival no."),
        description=_("Leave empty to take the next number; type one only to follow a paper register."),
        required=False,
        min=1,
    )


class IPagesSeen(Interface):
    """What the clerk has counted in a classified document."""

    pages_seen = schema.Int(
        title=_("Pages you counted"),
        description=_("Look through all files and count; the number is compared with what the sender states."),
        min=1,
    )


#: what a clerk would write who refuses a delivery after the check of it failed
FAULTS = {
    "digest": _("A file is not what was sent: it was changed or damaged on the way."),
    "pages": _("The number of pages is not the one that the sender states."),
}


class DeliveryForm(OperationForm):
    """Base of forms about the delivery whose number is ``id`` in the address."""

    template = ViewPageTemplateFile("templates/delivery.pt")
    #: why there is no form, or ""
    refusal = ""
    #: the row of the delivery with what the list of deliveries shows; ``None`` for who may not know of it
    row: Any = None

    def update(self) -> None:
        """Look at the delivery; who neither receives nor answers for it learns nothing."""
        sent = str(self.request.form.get("id") or "")
        self.number = int(sent) if sent.isdigit() else 0
        self.row = _known(self.number)
        if self._sent_it():
            self.redirect(f"{self.home}/d/{lists.delivery(self.number).document}/@@deliveries")
            return
        if self.row is None:
            self.request.response.setStatus(404)
            self.refusal = self.say(_("There is no such delivery."))
        elif not self.receives:
            self.refusal = self.say(_("Only the clerk or head of office of the receiving unit may do this."))
        elif self.row.state != "waiting" and self.request.get("REQUEST_METHOD") != "POST":
            self.refusal = self.say(_("This delivery was dealt with already."))
        super().update()

    @property
    def classified(self) -> bool:
        """Is what was sent classified?"""
        return self.row is not None and self.row.level != NORMAL

    @property
    def action(self) -> str:
        """The form comes back to the same delivery."""
        return f"{self.request.getURL()}?id={self.number}"

    @property
    def back(self) -> str:
        """Cancel leads to what waits to be received."""
        return f"{self.home}/@@desk?tray=to_receive"

    @property
    def receives(self) -> bool:
        """Does the person receive for the recipient?"""
        return self.row is not None and _receives(self.row)

    @property
    def document(self) -> Any:
        """The sender's document, for who may read it; else ``None``."""
        try:
            return access.readable(self.row.document)
        except Missing:
            return None

    def facts(self) -> list[tuple[str, str]]:
        """What the sender says of the document, label and value."""
        row = self.row
        channel = CHANNELS["both"] if row.channel == "both" else ""
        known = [
            (_("Level"), LEVELS[row.level] if self.classified else ""),
            (_("Number and symbol"), row.number_symbol),
            (_("Date"), self.day(row.issue_date)),
            (_("Document type"), type_name(row.type)),
            (_("Sender"), row.sender_title),
            (_("Recipient"), row.recipient_name),
            (_("Sent at"), self.moment(row.sent_at)),
            (_("Way of sending"), channel),
            (_("Urgency"), URGENCIES[row.urgency] if row.urgency != "normal" else ""),
            (_("State"), DELIVERY_STATES[row.state]),
            (_("Reason"), row.reason),
            (_("Whom to call"), "" if self.receives else contacts([row.recipient]).get(row.recipient, "")),
        ]
        return [(self.say(label), self.say(value)) for label, value in known if value]

    def files(self) -> list[dict[str, Any]]:
        """The sender's files with their addresses."""
        document = self.document
        if document is None:
            return []
        address = f"{self.home}/d/{document.UID()}/@@file"
        return [{**each.facts(), "url": f"{address}/{each.id}"} for each in document.files()]

    def shown(self) -> dict[str, Any] | None:
        """The first file that a browser draws on the page."""
        return next((each for each in self.files() if each["content_type"] == "application/pdf"), None)

    def received(self) -> str:
        """Address of the document it became here, for who may read it; else ""."""
        if not self.row.incoming:
            return ""
        try:
            access.readable(self.row.incoming)
        except Missing:
            return ""
        return f"{self.home}/d/{self.row.incoming}"

    def show(self, refused: Refused) -> None:
        """The state shown beside the notice is the present one."""
        super().show(refused)
        if self.row is not None:
            self.row = _known(self.number) or self.row

    def _sent_it(self) -> bool:
        """Does the person see it from the sender's side?"""
        row = lists.delivery(self.number)
        if row is None or _receives(row):
            return False
        try:
            return access.takes_part(access.readable(row.document))
        except Missing:
            return False


class Accept(DeliveryForm):
    """The delivery with the sender's file beside it, and the form to receive and register it."""

    schema = IAcceptance
    ignoreContext = False
    submit_label = _("Receive and register")
    #: are the file and the way to the refusal shown?
    whole = True
    #: what was wrong with what arrived, one of FAULTS, or ""
    fault = ""

    @property
    def label(self) -> str:
        """The abstract, as the sender wrote it."""
        if self.row is None:
            return self.say(_("Delivery"))
        title: str = self.document.reveal("title") if self.document is not None else self.row.title
        return title

    def updateFields(self) -> None:
        """The open books of the recipient, each with its next number."""
        super().updateFields()
        terms = (
            [_term(each) for each in registers(lookup.present(self.row.recipient), "incoming")] if self.receives else []
        )
        self.fields = (
            type(self.fields)(
                schema.Choice(__name__="register", title=_("Document register"), vocabulary=SimpleVocabulary(terms))
            )
            + self.fields
        )
        if self.row is not None and self.row.level != NORMAL:
            self.fields += type(self.fields)(IPagesSeen)

    def getContent(self) -> dict[str, Any]:
        """It arrives today."""
        return {"arrival_date": clock.today(), "pages_seen": None}

    @property
    def refusal_address(self) -> str:
        """The way to the refusal, which begins with what was found."""
        query = {"id": self.number} | ({"why": self.fault} if self.fault else {})
        return f"{self.home}/@@refuse-delivery?{urlencode(query)}"

    @property
    def confirmed(self) -> bool:
        """Was the button beside the warning pressed?"""
        return self.request.form.get("form.buttons.save") == "confirm"

    @property
    def alike(self) -> list[tuple[str, Resemblance]]:
        """uid and facts of what the warning speaks of."""
        facts: dict[str, Any] = self.duplicate.facts if self.duplicate else {}
        return [(each.url.rpartition("/")[2], each) for each in resemblances(facts.get("duplicates", []), [])]

    def perform(self, data: dict[str, Any]) -> str:
        """Receive it and go on to the document, where it is passed on."""
        pressed = str(self.request.form.get("form.buttons.save") or "")
        existing = pressed.removeprefix("existing:") if pressed.startswith("existing:") else ""
        document = operations.accept_delivery(
            self.number,
            register=data["register"],
            number=data["number"],
            arrival_date=data["arrival_date"],
            confirm=self.confirmed,
            existing=existing,
            pages_seen=data.get("pages_seen"),
        )
        number = turn.scalar(sa.select(incoming.c.arrival_number).where(incoming.c.uid == document.UID()))
        self.done = (
            _("The delivery was tied to the document registered before.")
            if existing
            else _(
                "Received and registered under arrival number ${number}. Next: pass it on.", mapping={"number": number}
            )
        )
        return f"{self.home}/d/{document.UID()}"

    def show(self, refused: Refused) -> None:
        """A number that is used already is shown beside the number."""
        super().show(refused)
        if isinstance(refused, Mismatch):
            self.fault = refused.why
        if isinstance(refused, NumberTaken):
            self.widgets["number"].error_message = self.error


class Refuse(DeliveryForm):
    """Refuse a delivery with a reason that the sender sees."""

    schema = IReason
    ignoreContext = False
    label = _("Refuse a delivery")
    submit_label = _("Refuse")
    hint = _("The sender sees your reason and may send it again or on paper.")
    done = _("The delivery was refused.")
    whole = False

    def getContent(self) -> dict[str, Any]:
        """The reason that the check of the delivery gave, if it came to one."""
        return {"reason": self.say(FAULTS.get(str(self.request.form.get("why", "")), ""))}

    @property
    def back(self) -> str:
        """Cancel leads to the delivery."""
        return f"{self.home}/@@delivery?id={self.number}"

    def perform(self, data: dict[str, Any]) -> str:
        """Refuse it and go back to what waits."""
        operations.refuse_delivery(self.number, data["reason"])
        return f"{self.home}/@@desk?tray=to_receive"


def _known(number: int) -> Any:
    """The delivery, if the person receives it or it has gone up to him; else ``None``."""
    row = lists.delivery(number)
    if row is None or _receives(row):
        return row
    return rows.row(trays.TRAYS["gone_up"].query().where(deliveries.c.id == number))


def _receives(row: Any) -> bool:
    if not row.recipient or row.level not in principals.levels_of(actor.current()):
        return False
    return tokens.unit(row.recipient, "registry", row.level) in actor.held()


def _term(book: Any) -> SimpleTerm:
    following = series.peek(arrival_series(book.aq_parent.UID(), book.UID(), clock.today()))
    words = _("${book} (next number: ${number})", mapping={"book": book.title, "number": following})
    return SimpleTerm(book.UID(), book.UID(), words)
