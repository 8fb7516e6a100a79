"""Chuyển xử lý: passing a document on to many at once, or along a prepared route."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from zope import schema
from zope.interface import Interface

from party.operations import _
from party.operations.documents import addressees
from party.operations.documents import operations
from party.operations.documents.operations.routing import next_stop
from party.operations.documents.recipients import Addressee
from party.operations.documents.views.assignments import OffersAssignments
from party.operations.documents.views.base import DocumentForm
from party.operations.documents.views.base import DocumentPart
from party.operations.documents.views.people import function_name
from party.operations.documents.views.people import key_of
from party.operations.documents.views.people import Name
from party.operations.documents.views.people import names_of
from party.operations.documents.views.people import parse_key
from party.operations.documents.vocabularies import CAPACITIES
from party.operations.ledger import clock
from party.operations.ledger.errors import Invalid
from party.operations.organization import lookup
from party.operations.organization import routes
from party.operations.ui.pages import Page
from party.operations.ui.suggest import Suggestions


class ITransfer(Interface):
    """What goes along."""

    directive = schema.Text(title=_("Directive"), required=False, default="", max_length=4000)
    deadline = schema.Date(title=_("Deadline"), description=_("Whoever is only informed has none."), required=False)


@dataclass(frozen=True)
class Quick:
    """A prepared route and where it leads next."""

    id: str
    name: str
    #: the function of the next step and its unit
    step: str
    #: who holds it today
    people: str


@dataclass(frozen=True)
class Chosen:
    """One recipient in the picker."""

    key: str
    name: Name
    capacity: str


class PicksAddressees(Page):
    """Mixin: the recipients in a picker, each with a capacity. Its markup is the macro ``picker`` of ``transfer.pt``."""

    @property
    def suggestions(self) -> str:
        """The address that completes names."""
        raise NotImplementedError

    @property
    def capacities(self) -> dict[str, str]:
        """Chủ trì, phối hợp, để biết."""
        return CAPACITIES

    def chosen(self) -> list[Chosen]:
        """The recipients in the picker when the form is shown again."""
        listed = []
        for key, capacity in self._picked():
            try:
                listed.append((parse_key(key), capacity))
            except Invalid:
                continue
        names = names_of(each for each, _capacity in listed)
        return [Chosen(key_of(each), names[key_of(each)], capacity) for each, capacity in listed]

    def picked(self) -> list[Addressee]:
        """The same as operations take them; raises :class:`Invalid`."""
        return [parse_key(key, capacity) for key, capacity in self._picked()]

    def _picked(self) -> list[tuple[str, str]]:
        keys, capacities = (_listed(self.request.form.get(name)) for name in ("to", "capacity"))
        return list(zip(keys, capacities, strict=False))


class Transfer(OffersAssignments, PicksAddressees, DocumentForm):
    """Choose a prepared route, or recipients with a capacity each; a directive and a deadline go along."""

    schema = ITransfer
    verb = "transfer"
    ignoreContext = False
    template = ViewPageTemplateFile("templates/transfer.pt")
    label = _("Pass on")
    submit_label = _("Pass on")
    done = _("Passed on.")
    page_styles = ("intake.css",)

    def getContent(self) -> dict[str, Any]:
        """The document's own deadline is offered."""
        deadline: date | None = self.document.deadline
        return {"deadline": deadline if deadline and deadline >= clock.today() else None}

    def updateWidgets(self, prefix: str | None = None) -> None:
        """A directive has room for more than two lines."""
        super().updateWidgets(prefix)
        self.widgets["directive"].rows = 4

    @property
    def suggestions(self) -> str:
        """Where recipients are looked up."""
        return f"{self.address}/@@addressees.json"

    def quick(self) -> list[Quick]:
        """The prepared routes of the unit that lead on from here."""
        found = []
        for route in routes.of_unit(self.document.unit, "incoming"):
            following = next_stop(self.document, route)
            if following is not None:
                step = following[1]
                unit = lookup.unit(step.unit or self.document.unit)
                people = ", ".join(each.full_name for each in routes.held(self.document.unit, step))
                found.append(Quick(route.id, route.name, f"{function_name(step.function)}, {unit.title}", people))
        return found

    @property
    def route(self) -> str:
        """The prepared route that was chosen, "" for recipients of one's own choice."""
        return str(self.request.form.get("route", ""))

    def act(self, data: dict[str, Any]) -> None:
        """Pass it on."""
        common = {
            "directive": self.directive_with(data["directive"] or ""),
            "deadline": self.deadline_with(data["deadline"]),
            "seen": self.seen,
        }
        picked = self.picked()
        if self.route and picked:
            raise Invalid(_("Choose one: the prepared route, or recipients of your own choice."), "route")
        by_themselves = any(each.to for each in self.ticked()) and not picked and not common["directive"]
        if self.route:
            operations.pass_along(self.uid, self.route, **common)
        elif not by_themselves:
            operations.transfer(self.uid, picked, **common)
        self.pass_on_ticked(self.seen if by_themselves else None)


class Addressees(DocumentPart, Suggestions):
    """People, functions and units of the document's organ for the picker."""

    def found(self, text: str) -> list[dict[str, str]]:
        """Matching addressees, the person's last recipients first."""
        listed: list[Addressee] = addressees.suggest(self.document.unit, text)
        names = names_of(listed)
        return [
            {"id": key_of(each), "label": names[key_of(each)].label, "hint": names[key_of(each)].hint}
            for each in listed
        ]


def _listed(value: Any) -> list[str]:
    return [value] if isinstance(value, str) else list(value or [])
