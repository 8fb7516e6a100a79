"""Soạn, sửa dự thảo: the forms of who drafts."""

from typing import Any

from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from zope import schema
from zope.i18n import translate
from zope.interface import Interface
from zope.schema import getFieldNames
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import principals
from party.operations.confidentiality.levels import NORMAL
from party.operations.documents import access
from party.operations.documents import operations
from party.operations.documents import rules
from party.operations.documents.content import IOutgoingDocument
from party.operations.documents.views.draft_form import OutgoingForm
from party.operations.documents.views.draft_recipients import Plain
from party.operations.documents.views.draft_recipients import TakesRecipients
from party.operations.documents.views.level_parts import LAYOUT as LEVEL_LAYOUT
from party.operations.documents.views.level_parts import TakesLevel
from party.operations.documents.views.uploads import TakesFiles
from party.operations.documents.views.verbs import IReason
from party.operations.documents.vocabularies import type_name
from party.operations.ledger.errors import Refused
from party.operations.organization import lookup
from party.operations.organization import rules as organization_rules
from party.operations.text.dates import format_date
from party.operations.ui.forms import OperationForm


_FACTS = (
    (_("The document"), ("unit", "type", "title", "suffix")),
    (_("Handling"), ("urgency", "deadline", "pages", "copies", "note")),
)
#: by the parameter of the address: the verb whose rule is asked of the document a draft is about
_SOURCES = {"replies_to": "answer", "replaces": "replace"}


class CreateDraft(TakesLevel, TakesFiles, TakesRecipients, OperationForm):
    """Begin a draft; with ``replies_to`` as an answer, with ``replaces`` as a replacement."""

    schema = IOutgoingDocument
    ignoreContext = False
    template = ViewPageTemplateFile("templates/draft_form.pt")
    before = ViewPageTemplateFile("templates/draft_source.pt")
    submit_label = _("Save the draft")
    done = _("The draft was saved. Next: submit it for review.")
    layout = (LEVEL_LAYOUT, *_FACTS)
    files_label = _("Files of the draft")

    refusal = ""
    #: "replies_to" or "replaces" when the draft is about another document, and that document
    about_as = ""
    source: Any = None

    def update(self) -> None:
        """Find out what the draft is about and for which units it may be."""
        self.units = _my_units()
        if not self.units:
            self.refusal = self.say(_("You draft for a unit you serve in, and hold no post today."))
        for name in _SOURCES:
            if self.request.form.get(name):
                self.about_as = name
                self._look_at(str(self.request.form[name]))
        super().update()

    def updateFields(self) -> None:
        """The units are those of the person who asks."""
        super().updateFields()
        terms = SimpleVocabulary([SimpleTerm(uid, uid, title) for uid, title in self.units.items()])
        self.fields += type(self.fields)(schema.Choice(__name__="unit", title=_("Draft for"), vocabulary=terms))

    def getContent(self) -> dict[str, Any]:
        """What the form begins with."""
        begin: dict[str, Any] = {"unit": next(iter(self.units), None), "type": "party.cong-van", "urgency": "normal"}
        begin["level"] = self.least
        if self.about_as == "replies_to" and self.source is not None:
            begin["title"] = _answer_title(self.source)
        elif self.source is not None:
            begin |= {name: getattr(self.source, name) for name in ("type", "urgency", "suffix")}
            begin["title"] = self.source.reveal("title")
        return begin

    @property
    def recipients_before(self) -> list[Plain]:
        """The issuer of what is answered; the recipients of what is replaced, but for closed units."""
        if self.source is None:
            return []
        if self.about_as == "replies_to":
            issuer = lookup.find_unit(self.source.issuer_unit) if self.source.issuer_unit else None
            plain = [{"unit": issuer.uid} if issuer is not None else {"name": self.source.issuer}]
        else:
            plain = list(self.source.recipients)
        return [each for each in plain if not each.get("unit") or organization_rules.is_open(lookup.unit(each["unit"]))]

    @property
    def least(self) -> str:
        """The level of the document it is about."""
        return NORMAL if self.source is None else self.source.level

    @property
    def classified(self) -> bool:
        """Is the document it is about classified?"""
        return self.least != NORMAL

    @property
    def label(self) -> str:
        """Named for what is done."""
        labels = {"replies_to": _("Draft an answer"), "replaces": _("Draft a replacement")}
        return labels.get(self.about_as, _("Begin a draft"))

    @property
    def back(self) -> str:
        """Cancel leads to the document the draft is about, or to the desk."""
        return self.home if self.source is None else f"{self.home}/d/{self.source.UID()}"

    def source_name(self) -> str:
        """Công văn số 15671-CV/VPTW."""
        return " ".join(filter(None, (type_name(self.source.type), self.source.number_symbol)))

    def perform(self, data: dict[str, Any]) -> str:
        """Make the draft and go to it."""
        about = {name: str(self.request.form.get(name) or "") for name in _SOURCES}
        facts = {name: data[name] for name in getFieldNames(IOutgoingDocument)}
        made = operations.create_draft(
            data["unit"], self.uploads, recipients=self.recipients, **self.level_of(data), **about, **facts
        )
        return f"{self.home}/d/{made.UID()}"

    def _look_at(self, uid: str) -> None:
        try:
            self.source = access.readable(uid)
            rules.check(_SOURCES[self.about_as], self.source)
        except Refused as refused:
            # on POST the operation says so itself, beside what was typed
            if self.request.get("REQUEST_METHOD") != "POST":
                self.refusal = self.say(refused.message)


class ChangeDraft(TakesRecipients, OutgoingForm):
    """Change the facts and recipients of a draft."""

    verb = "change"
    schema = IOutgoingDocument
    ignoreContext = False
    layout = _FACTS
    submit_label = _("Save")
    done = _("The draft was changed.")

    def getContent(self) -> dict[str, Any]:
        """The facts as they are."""
        facts = {name: getattr(self.document, name) for name in getFieldNames(IOutgoingDocument)}
        return {**facts, "title": self.document.reveal("title")}

    @property
    def recipients_before(self) -> list[Plain]:
        """The recipients as they are."""
        return list(self.document.recipients)

    def act(self, data: dict[str, Any]) -> None:
        """Change it."""
        operations.change_draft(self.uid, recipients=self.recipients, seen=self.seen, **data)


class INote(Interface):
    """What a version is about."""

    note = schema.Text(title=_("What is new in this version"), required=False, default="", max_length=2000)


class AddVersion(TakesFiles, OutgoingForm):
    """Put a new version beside those before it."""

    verb = "version"
    schema = INote
    submit_label = _("Add the version")
    hint = _("Earlier versions are kept and can be read at any time.")

    def act(self, data: dict[str, Any]) -> None:
        """Add it."""
        number = operations.add_version(self.uid, self.uploads, data["note"] or "", seen=self.seen)
        self.done = _("Version ${number} was added.", mapping={"number": number})


class CancelDraft(OutgoingForm):
    """Give up a draft."""

    verb = "cancel"
    schema = IReason
    hint = _("The draft stays readable for who took part; it can no longer be changed or submitted.")
    done = _("The draft was cancelled.")

    def act(self, data: dict[str, Any]) -> None:
        """Cancel it."""
        operations.cancel_draft(self.uid, data["reason"], seen=self.seen)


def _my_units() -> dict[str, str]:
    """Names by uid of the open units the person serves in, in the order of the posts."""
    serving = [lookup.unit(each.unit) for each in principals.standings(actor.current())]
    return {each.uid: each.title for each in serving if organization_rules.is_open(each)}


def _answer_title(letter: Any) -> str:
    """V/v trả lời Công văn số 15671-CV/VPTW ngày 20/11/2026 của …: Vietnamese, as it goes into the register."""
    if letter.number_symbol and letter.document_date:
        message = _(
            "Re: ${type} No. ${number} of ${day} from ${issuer}",
            mapping={
                "type": type_name(letter.type),
                "number": letter.number_symbol,
                "day": format_date(letter.document_date),
                "issuer": letter.issuer,
            },
        )
    else:
        message = _("Re: “${title}”", mapping={"title": letter.reveal("title")})
    return translate(message, target_language="vi")
