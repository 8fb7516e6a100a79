"""Numbered copies on the screen (bản số): made by who reads, listed and settled by who answers for them."""

from typing import Any

from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from z3c.form.browser.radio import RadioFieldWidget
from zope import schema
from zope.interface import Interface
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary

from party.operations import _
from party.operations.documents import access
from party.operations.documents import copies
from party.operations.documents import operations
from party.operations.documents import rules
from party.operations.documents.serving import readable_files
from party.operations.documents.serving import Served
from party.operations.documents.views.base import DocumentForm
from party.operations.documents.views.base import DocumentPart
from party.operations.documents.watermark import MARKABLE
from party.operations.ledger import clock
from party.operations.ledger.errors import NotAllowed
from party.operations.organization import lookup


class IPurpose(Interface):
    """What for."""

    purpose = schema.TextLine(title=_("Purpose"), required=False, default="", max_length=300)


class IOrder(Interface):
    """Why a copy is made that is not allowed otherwise."""

    purpose = schema.TextLine(
        title=_("Reason"),
        description=_("Copies are not allowed. You may order one, and your reason is kept with it."),
        max_length=300,
    )


class MakeCopy(DocumentForm):
    """Print or download a file; what comes back is the numbered copy itself."""

    verb = "copy"
    label = _("Make a numbered copy")
    hint = _(
        "The copy gets the next number of the document and your name on every page. It stands in the register of copies: "
        "keep it as the document itself, and give it back or have it destroyed when it is no longer needed."
    )
    submit_label = _("Make the copy")
    ignoreContext = False
    #: what goes out, once it was made
    given: Served | None = None
    inline = False

    def updateFields(self) -> None:
        """The files that can carry a name, and the purpose, which must be given where copies are not allowed."""
        super().updateFields()
        files = [each for each in readable_files(self.document) if each.content_type in MARKABLE]
        chosen = [SimpleTerm(each.id, each.id, each.filename) for each in files]
        ways = [SimpleTerm(each, each, copies.KINDS[each]) for each in copies.MADE]
        kind = schema.Choice(__name__="kind", title=_("Way of copying"), vocabulary=SimpleVocabulary(ways))
        file = schema.Choice(__name__="file", title=_("File to copy"), vocabulary=SimpleVocabulary(chosen))
        allowed = self.document.classification and self.document.classification.copying
        fields = type(self.fields)
        self.fields = fields(file) + fields(kind) + fields(IPurpose if allowed else IOrder)
        self.fields["kind"].widgetFactory = RadioFieldWidget

    def getContent(self) -> dict[str, Any]:
        """The file from which one came; printed."""
        known = {each.id for each in readable_files(self.document)}
        wanted = str(self.request.form.get("file", ""))
        return {"file": wanted if wanted in known else None, "kind": copies.MADE[0], "purpose": ""}

    def perform(self, data: dict[str, Any]) -> str:
        """Make it and stay: the copy is the answer."""
        self.given = operations.make_copy(self.uid, data["file"], data["kind"], purpose=data["purpose"] or "")
        self.inline = data["kind"] == "print"
        self.done = _("Copy no. ${number} was made.", mapping={"number": self.given.number})
        return ""

    def render(self) -> Any:
        """The copy, or the form."""
        if self.given is None:
            return super().render()
        self.given.write_headers(self.request.response, self.inline)
        return self.given.body


class Copies(DocumentPart):
    """The register of copies of one document, to be printed as well."""

    template = ViewPageTemplateFile("templates/copies.pt")
    title = _("Numbered copies")

    def __call__(self) -> str:
        """Draw the list for who answers for the document, or say who may see it."""
        self.may_settle = bool(rules.may("settle_copies", self.document))
        self.allowed = self.may_settle or (
            self.document.portal_type == "OutgoingDocument" and access.takes_part(self.document)
        )
        self.request.response.setHeader("Cache-Control", "no-store")
        if not self.allowed:
            raise NotAllowed(_("Only the registry and the leaders of the unit see who holds the copies."))
        self.rows = copies.of(self.uid)
        self.names = lookup.names({each.made_by for each in self.rows} | {each.ended_by for each in self.rows})
        return self.template()

    def name(self, person: str) -> str:
        """Who it was."""
        return self.names.get(person, "")

    def kind(self, row: Any) -> str:
        """Bản giấy, bản in."""
        return self.say(copies.KINDS[row.kind])

    def state(self, row: Any) -> str:
        """Where it is."""
        return self.say(copies.STATES[row.state])

    def ended(self, row: Any) -> list[str]:
        """When it came back, and who destroyed it before whom."""
        said = []
        if row.returned_on:
            said.append(self.say(_("returned on ${day}", mapping={"day": self.day(row.returned_on)})))
        if row.destroyed_on:
            words = {"day": self.day(row.destroyed_on), "by": row.destroyed_by, "witness": row.witness}
            said.append(self.say(_("destroyed on ${day} by ${by}, witness ${witness}", mapping=words)))
        return said


class ISettling(Interface):
    """What became of copies."""

    state = schema.Choice(
        title=_("What became of them"),
        vocabulary=SimpleVocabulary([SimpleTerm(key, key, copies.STATES[key]) for key in ("returned", "destroyed")]),
    )
    on = schema.Date(title=_("On day"))
    destroyed_by = schema.TextLine(
        title=_("Destroyed by"), description=_("Only for copies that were destroyed."), required=False, max_length=200
    )
    witness = schema.TextLine(
        title=_("Witness"),
        description=_("Another person, who saw that they were destroyed."),
        required=False,
        max_length=200,
    )


class SettleCopies(DocumentForm):
    """Write down what became of the copies whose numbers stand in the address (``number``, many)."""

    verb = "settle_copies"
    schema = ISettling
    ignoreContext = False
    label = _("Record copies returned or destroyed")
    submit_label = _("Record")
    done = _("It stands in the register of copies.")

    def update(self) -> None:
        """Read what was chosen; without a choice the list is the place to begin."""
        sent = self.request.form.get("number") or []
        self.numbers = sorted(
            {int(each) for each in (sent if isinstance(sent, list) else [sent]) if str(each).isdigit()}
        )
        if not self.numbers and self.request.get("REQUEST_METHOD") != "POST" and rules.may(self.verb, self.document):
            self.redirect(self.back)
            return
        super().update()

    @property
    def back(self) -> str:
        """The list of copies."""
        return f"{self.address}/@@copies"

    @property
    def hint(self) -> str:
        """Which ones."""
        return self.say(_("Copies no. ${numbers}", mapping={"numbers": ", ".join(map(str, self.numbers))}))

    @property
    def action(self) -> str:
        """The numbers go along."""
        return f"{self.request.getURL()}?{'&'.join(f'number:list={each}' for each in self.numbers)}"

    def getContent(self) -> dict[str, Any]:
        """Given back today."""
        return {"state": "returned", "on": clock.today(), "destroyed_by": "", "witness": ""}

    def perform(self, data: dict[str, Any]) -> str:
        """Record it and go back to the list."""
        operations.settle_copies(
            self.uid,
            self.numbers,
            data["state"],
            on=data["on"],
            destroyed_by=data["destroyed_by"] or "",
            witness=data["witness"] or "",
        )
        return self.back
