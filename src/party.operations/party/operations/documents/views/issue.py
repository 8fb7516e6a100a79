"""Ký, cấp số, ban hành: the forms of signing and issuing."""

from datetime import date
from typing import Any

from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from zope import schema
from zope.i18n import translate
from zope.interface import Interface
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.documents import operations
from party.operations.documents.operations.issuing import AUTHORITIES
from party.operations.documents.operations.issuing import issue_series
from party.operations.documents.operations.issuing import receivers
from party.operations.documents.operations.issuing import symbol_of
from party.operations.documents.operations.sending import unserved
from party.operations.documents.recipients import Recipient
from party.operations.documents.views.draft_form import OutgoingForm
from party.operations.documents.vocabularies import CHANNELS
from party.operations.ledger import clock
from party.operations.ledger import series
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import NumberTaken
from party.operations.ledger.errors import Refused
from party.operations.organization import lookup
from party.operations.organization.vocabularies import FUNCTIONS
from party.operations.text.dates import DateError
from party.operations.text.dates import parse_date


#: what the abbreviations before a signature mean (HD 36-HD/VPTW; NĐ 30/2020, Điều 13)
AUTHORITY_WORDS = {
    "": _("in the signer's own right"),
    "T/M": _("on behalf of the collective"),
    "K/T": _("for the head"),
    "T/L": _("by order"),
    "Q.": _("acting head"),
    "TM.": _("on behalf of the collective"),
    "KT.": _("for the head"),
    "TL.": _("by order"),
    "TUQ.": _("by authorisation"),
}
#: recipients and warnings written out before one is issued; a circular may have thousands
LISTED = 100
WARNED = 10


class ISignature(Interface):
    """Who signed, in which capacity, on which day."""

    title = schema.TextLine(
        title=_("Title under the signature"),
        description=_("Leave empty for the title of the signer's post."),
        required=False,
        default="",
        max_length=200,
    )
    signed_on = schema.Date(title=_("Signed on"))


class Sign(OutgoingForm):
    """Record the signature on the newest version."""

    verb = "sign"
    schema = ISignature
    ignoreContext = False
    submit_label = _("Record the signature")
    hint = _("Say who signed the newest version on paper. After that the document waits for its number.")
    done = _("The signature is recorded. Next: number and issue.")
    layout = ((_("Signature"), ("signer", "title", "authority", "signed_on")),)

    def updateFields(self) -> None:
        """The signers are those who serve today."""
        super().updateFields()
        self.signers = _signers(self.document.unit)
        terms = [SimpleTerm(person, person, f"{name} – {title}") for person, (name, title) in self.signers.items()]
        regime = lookup.unit_object(self.document.unit).regime
        shown = [each for each in AUTHORITIES if each in ("", "Q.") or ("/" in each) == (regime == "party")]
        words = [
            SimpleTerm(each, each or "none", " – ".join(filter(None, (each, self.say(AUTHORITY_WORDS[each])))))
            for each in shown
        ]
        self.fields += type(self.fields)(
            schema.Choice(__name__="signer", title=_("Signer"), vocabulary=SimpleVocabulary(terms)),
            schema.Choice(__name__="authority", title=_("Authority to sign"), vocabulary=SimpleVocabulary(words)),
        )

    def getContent(self) -> dict[str, Any]:
        """A leader who opens the form signs himself; the day is today."""
        me = actor.current()
        signer = me if me in self.signers else next(iter(self.signers), None)
        return {"signer": signer, "authority": "", "signed_on": clock.today()}

    def act(self, data: dict[str, Any]) -> None:
        """Record it."""
        operations.sign(
            self.uid,
            data["signer"],
            title=data["title"] or self.signers[data["signer"]][1],
            authority=data["authority"],
            signed_on=data["signed_on"],
            seen=self.seen,
        )


class INumbering(Interface):
    """The day and, to follow a paper register, the number."""

    issue_date = schema.Date(title=_("Date of issue"))
    number = schema.Int(
        title=_("Number"),
        description=_("Leave empty to take the next number; type one only to follow a paper register."),
        required=False,
        min=1,
    )


class Issue(OutgoingForm):
    """Take the number and send the document to everybody named, in one act."""

    verb = "issue"
    schema = INumbering
    ignoreContext = False
    before = ViewPageTemplateFile("templates/issue.pt")
    submit_label = _("Take the number and issue")
    layout = ((_("Numbering"), ("issue_date", "number")),)
    #: why it could not be issued as it stands, or ""
    obstacle = ""

    def getContent(self) -> dict[str, Any]:
        """Issued today."""
        return {"issue_date": clock.today()}

    def render(self) -> str:
        """Look at what would happen, for the page that asks."""
        self.to = self._receivers()
        self.unserved = unserved([each.unit for each in self.to if each.channel != "paper"])
        self.expected = self._expected()
        return super().render()

    def counts(self) -> list[dict[str, Any]]:
        """How many recipients for each way of sending."""
        counted = [(label, sum(each.channel == key for each in self.to)) for key, label in CHANNELS.items()]
        return [{"label": self.say(label), "count": count} for label, count in counted if count]

    def listed(self) -> list[Recipient]:
        """The first recipients, by name."""
        return self.to[:LISTED]

    def channel(self, recipient: Recipient) -> str:
        """The way of sending in words."""
        return self.say(CHANNELS[recipient.channel])

    def warned(self) -> list[str]:
        """The first warnings, each with whom to call."""
        return [self.say(each) for each in self.unserved[:WARNED]]

    def act(self, data: dict[str, Any]) -> None:
        """Issue it, and tell who has nobody to receive it."""
        warnings = operations.issue(self.uid, issue_date=data["issue_date"], number=data["number"], seen=self.seen)
        self.done = _("Issued as ${number}.", mapping={"number": self.document.number_symbol})
        self.warn(warnings)

    def show(self, refused: Refused) -> None:
        """A number that is used already is shown beside the number."""
        super().show(refused)
        if isinstance(refused, NumberTaken):
            self.widgets["number"].error_message = self.error

    def _receivers(self) -> list[Recipient]:
        try:
            return receivers(self.document)
        except Refused as refused:
            self.obstacle = self.say(refused.message)
            return []

    def _expected(self) -> str:
        """The number that would come next on the day in the form; only to be shown."""
        day = self._day()
        try:
            return symbol_of(self.document, series.peek(issue_series(self.document, day)), day)
        except Invalid as problem:
            self.obstacle = self.obstacle or self.say(problem.message)
            return ""

    def _day(self) -> date:
        try:
            return parse_date(self.widgets["issue_date"].value)
        except DateError:
            return clock.today()


def _signers(unit: str) -> dict[str, tuple[str, str]]:
    """Name and title by id of who signs for a unit: its leaders, then its head of office."""
    found: dict[str, tuple[str, str]] = {}
    for function in ("leader", "office_head"):
        for each in lookup.holders(unit, function):
            title = each.title or translate(FUNCTIONS[function], target_language="vi")
            found.setdefault(each.person, (each.full_name, title))
    return found
