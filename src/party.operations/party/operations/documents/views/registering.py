"""Vào sổ văn bản đến: the form of the arrival clerk, for a new paper or for one that was taken in before."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from z3c.form import button
from zope import schema
from zope.schema import getFieldNames
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import principals
from party.operations.confidentiality.levels import NORMAL
from party.operations.documents import operations
from party.operations.documents.content import IIncomingDocument
from party.operations.documents.operations.incoming import deadline_by_rule
from party.operations.documents.operations.registers import arrival_series
from party.operations.documents.operations.registers import registers
from party.operations.documents.tables import incoming
from party.operations.documents.views.base import DocumentForm
from party.operations.documents.views.duplicates import like
from party.operations.documents.views.duplicates import Resemblance
from party.operations.documents.views.duplicates import resemblances
from party.operations.documents.views.intake import ReadsFile
from party.operations.documents.views.level_parts import LAYOUT as LEVEL_LAYOUT
from party.operations.documents.views.level_parts import TakesLevel
from party.operations.documents.views.uploads import TakesFiles
from party.operations.ledger import clock
from party.operations.ledger import series
from party.operations.ledger import turn
from party.operations.ledger.errors import NumberTaken
from party.operations.ledger.errors import Refused
from party.operations.organization import lookup
from party.operations.organization.vocabularies import REGISTRY_FUNCTIONS
from party.operations.text.dates import format_date
from party.operations.ui.forms import OperationForm
from party.operations.ui.suggest import suggest_widget


#: what the form of a new paper asks, under its headings
LAYOUT = (
    (_("Arrival"), ("register", "number", "arrival_date", "paper_follows")),
    (
        _("The document"),
        (
            *("issuer", "number_symbol", "document_date", "type", "urgency", "deadline"),
            *("title", "signer", "pages", "copies", "note"),
        ),
    ),
)

_NUMBER = schema.Int(
    __name__="number",
    title=_("Arrival no."),
    description=_("Leave empty to take the next number; type one only to follow a paper register."),
    required=False,
    min=1,
)


class RegisterIncoming(ReadsFile, TakesLevel, TakesFiles, OperationForm):
    """Register a new paper, or take it in to be registered later."""

    schema = IIncomingDocument
    ignoreContext = False
    template = ViewPageTemplateFile("templates/registering.pt")
    label = _("Register an incoming document")
    submit_label = _("Register")

    buttons = OperationForm.buttons.copy()
    handlers = OperationForm.handlers.copy()

    refusal = ""

    def update(self) -> None:
        """The books of the person decide whether there is a form at all."""
        self.books = _my_books()
        if not self.books:
            self.refusal = self.say(
                _(
                    "You register documents of a unit you serve as clerk or head of office, once it has an open register."
                )
            )
            return
        self.helps = {"deadline": self._deadline_help()}
        super().update()

    def updateFields(self) -> None:
        """The books are those of the person who asks."""
        super().updateFields()
        self.fields += type(self.fields)(_register_field(self.books), _NUMBER)
        self.fields["issuer"].widgetFactory = suggest_widget("@@issuers.json")

    def updateWidgets(self, prefix: str | None = None) -> None:
        """No type is chosen by accident; the browser asks for one when the choice is empty."""
        super().updateWidgets(prefix)
        types = self.widgets["type"]
        types.prompt, types.promptMessage, types.noValueToken = True, _("Choose …"), ""

    @property
    def layout(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Beside a file that was read, what is read in it comes first."""
        return (LAYOUT[1], LEVEL_LAYOUT, LAYOUT[0]) if self.staged else (LEVEL_LAYOUT, *LAYOUT)

    def getContent(self) -> dict[str, Any]:
        """What the form begins with."""
        return {"arrival_date": clock.today(), "level": NORMAL}

    @button.buttonAndHandler(
        _("Register, and on to the next file"), name="next", condition=lambda form: form.staged and form.others
    )
    def handle_next(self, action: Any) -> None:
        """Register, and take up the next file of the list."""
        self.carry_out(self.perform_and_go_on)

    @button.buttonAndHandler(_("Take in, register later"), name="receive")
    def handle_receive(self, action: Any) -> None:
        """Only take it in."""
        self.carry_out(self.receive)

    def updateActions(self) -> None:
        """The buttons beside the first are quieter ones."""
        super().updateActions()
        for name in ("next", "receive"):
            if name in self.actions:
                self.actions[name].klass = "btn btn-outline-secondary"

    @property
    def back(self) -> str:
        """Cancel leads to the register."""
        return f"{self.home}/@@registers"

    @property
    def confirmed(self) -> bool:
        """Was the button beside the warning pressed?"""
        return self.request.form.get("form.buttons.save") == "confirm"

    @property
    def alike(self) -> list[Resemblance]:
        """What the warning speaks of."""
        facts: dict[str, Any] = self.duplicate.facts if self.duplicate else {}
        return resemblances(facts.get("duplicates", []), facts.get("deliveries", []))

    def perform(self, data: dict[str, Any]) -> str:
        """Register and go on to the document, where it is passed on."""
        assigned = self.assigned()
        document = operations.register_incoming(
            self.books[data["register"]].unit,
            self.uploads,
            register=data["register"],
            number=data["number"],
            confirm=self.confirmed,
            **self.level_of(data),
            **_fields(data),
        )
        self.settle(document, assigned)
        self.done = _registered(document)
        return f"{self.home}/d/{document.UID()}"

    def perform_and_go_on(self, data: dict[str, Any]) -> str:
        """Register and go on to the next file of the list."""
        self.perform(data)
        return self.onward()

    def receive(self, data: dict[str, Any]) -> str:
        """Take in and go on to the document, where it is registered or refused."""
        assigned = self.assigned()
        document = operations.receive_incoming(
            self.books[data["register"]].unit, self.uploads, **self.level_of(data), **_fields(data)
        )
        self.settle(document, assigned)
        self.done = _("Taken in. It still has to be registered.")
        return f"{self.home}/d/{document.UID()}"

    def show(self, refused: Refused) -> None:
        """A number that is used already is shown beside the number."""
        super().show(refused)
        if isinstance(refused, NumberTaken):
            self.widgets["number"].error_message = self.error

    def _deadline_help(self) -> str:
        unit = next(iter(self.books.values())).unit
        day = format_date(deadline_by_rule(unit, clock.today()))
        return self.say(_("Leave empty for the unit's rule: ${day} for what arrives today.", mapping={"day": day}))


class RegisterReceived(DocumentForm):
    """Give an arrival number to what was taken in before."""

    verb = "register"
    label = _("Register")
    submit_label = _("Register")
    template = ViewPageTemplateFile("templates/registering.pt")

    def updateFields(self) -> None:
        """The books are those of the document's unit."""
        super().updateFields()
        books = {key: book for key, book in _my_books().items() if book.unit == self.document.unit}
        self.fields += type(self.fields)(_register_field(books), _NUMBER)

    @property
    def alike(self) -> list[Resemblance]:
        """What is registered already and looks like it."""
        return like(self.document)

    def act(self, data: dict[str, Any]) -> None:
        """Take the number."""
        document = operations.register_incoming(
            document=self.uid, register=data["register"], number=data["number"], seen=self.seen
        )
        self.done = _registered(document)

    def show(self, refused: Refused) -> None:
        """A number that is used already is shown beside the number."""
        super().show(refused)
        if isinstance(refused, NumberTaken):
            self.widgets["number"].error_message = self.error


@dataclass(frozen=True)
class Book:
    """An arrival book the person registers in, as the form offers it."""

    unit: str
    title: str
    unit_title: str
    next_number: int


def _my_books() -> dict[str, Book]:
    """The open arrival books of the units the person serves as clerk, by uid."""
    serving = {each.unit for each in principals.standings(actor.current()) if each.function in REGISTRY_FUNCTIONS}
    titles = lookup.unit_titles(serving)
    books = {}
    for unit in sorted(serving, key=lambda each: titles[each]):
        for each in registers(unit, "incoming"):
            following = series.peek(arrival_series(unit, each.UID(), clock.today()))
            books[each.UID()] = Book(unit, each.title, titles[unit], following)
    return books


def _register_field(books: dict[str, Book]) -> schema.Choice:
    several = len({each.unit for each in books.values()}) > 1
    terms = []
    for uid, book in books.items():
        name = f"{book.title} – {book.unit_title}" if several else book.title
        words = _("${book} (next number: ${number})", mapping={"book": name, "number": book.next_number})
        terms.append(SimpleTerm(uid, uid, words))
    return schema.Choice(__name__="register", title=_("Document register"), vocabulary=SimpleVocabulary(terms))


def _fields(data: dict[str, Any]) -> dict[str, Any]:
    return {name: data[name] for name in getFieldNames(IIncomingDocument)}


def _registered(document: Any) -> str:
    number = turn.scalar(sa.select(incoming.c.arrival_number).where(incoming.c.uid == document.UID()))
    return _("Registered under arrival number ${number}. Next: pass it on.", mapping={"number": number})
