"""Forms of a plan (biểu mẫu của phương án sáp nhập): begin and change it, add units, codes and people."""

from datetime import date
from typing import Any

from zope import schema
from zope.globalrequest import getRequest
from zope.interface import Interface
from zope.interface import provider
from zope.schema.interfaces import IContextSourceBinder
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary

from party.operations import _
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import Missing
from party.operations.ledger.errors import No
from party.operations.organization import operations
from party.operations.organization import rules
from party.operations.organization.merging import plan as plans
from party.operations.organization.merging.plan import BELOW
from party.operations.organization.views.base import RuledForm
from party.operations.organization.views.dated import day_after
from party.operations.organization.views.merging_pages import PlanPart
from party.operations.organization.views.pickers import person_picker
from party.operations.organization.views.pickers import unit_picker
from party.operations.organization.vocabularies import vocabulary
from party.operations.text.folding import search_key


@provider(IContextSourceBinder)
def successors(context: Any) -> SimpleVocabulary:
    """The units that take over or go on by the plan of the request, made or to be made."""
    plan = plans.find(str(getRequest().form.get("merger", "")))
    found = dict.fromkeys(each.successor for each in plan.lines if plan.title_of(each.successor))
    return SimpleVocabulary([SimpleTerm(each, each, plan.title_of(each)) for each in found if each not in plan.closing])


class IMerger(Interface):
    """What a plan is."""

    name = schema.TextLine(title=_("Name of the plan"), max_length=200)
    basis = schema.TextLine(
        title=_("Basis"), description=_("The decision it rests on."), required=False, default="", max_length=500
    )
    on_day = schema.Date(title=_("In force from"), description=_("The first day on which the new structure holds."))


class INewMerger(IMerger):
    """What a new plan is, and where."""

    unit = schema.TextLine(
        title=_("Within"),
        description=_("The unit below which it takes place. Empty: the whole organisation."),
        required=False,
        default="",
    )


class PlanMerger(RuledForm):
    """Begins a plan."""

    schema = INewMerger
    label = _("Plan a merger or reorganisation")
    hint = _("Nothing changes until the plan is started, and until its day it can be taken back.")
    submit_label = _("Begin the plan")
    done = _("The plan was begun. Add the units that close and who takes over.")
    pickers = (("unit", unit_picker),)

    def rule(self) -> "bool | No":
        """Who administers any unit."""
        return rules.may_administer_some()

    @property
    def back(self) -> str:
        """Cancel leads to the list."""
        return f"{self.home}/@@mergers"

    def perform(self, data: dict[str, Any]) -> str:
        """Begin it and go to its page."""
        merger = operations.plan_merger(
            data["name"], data["on_day"], unit=data["unit"] or "", basis=data["basis"] or ""
        )
        return f"{self.home}/@@merger?merger={merger}"


class PlanForm(PlanPart, RuledForm):
    """A form for one verb on one plan; subclasses implement ``act``. The way back is the plan's page."""

    tab = "lines"

    def rule(self) -> "bool | No":
        """The plan answers for itself: nobody else finds it. Once it was started it is not changed."""
        try:
            started = self.plan.row.state != "draft"
        except Missing as refused:
            return No(refused.message)
        return not started or No(
            _("The plan was started and is not changed any more. Take it back first; then change it.")
        )

    @property
    def action(self) -> str:
        """The plan goes along."""
        return self.with_query(merger=str(self.request.form.get("merger", "")))

    @property
    def back(self) -> str:
        """Cancel leads to the plan."""
        return f"{self.home}/@@mergers" if self.refusal else self.tab_url(self.tab)

    @property
    def about(self) -> str:
        """The name of the plan, under the title of the form."""
        return "" if self.refusal else self.plan.row.name

    def perform(self, data: dict[str, Any]) -> str:
        """Call the operation; the way back is the plan."""
        self.act(data)
        return self.back

    def act(self, data: dict[str, Any]) -> None:
        """Call the operation of the verb."""
        raise NotImplementedError


class ChangeMerger(PlanForm):
    """Corrects the name, the basis or the day."""

    schema = IMerger
    label = _("Change the plan")
    done = _("The plan was changed.")
    ignoreContext = False

    def getContent(self) -> dict[str, Any]:
        """The present values."""
        return {name: getattr(self.plan.row, name) for name in ("name", "basis", "on_day")}

    def act(self, data: dict[str, Any]) -> None:
        """Change it."""
        operations.change_merger(self.plan.id, name=data["name"], on_day=data["on_day"], basis=data["basis"] or "")


class ILine(Interface):
    """A unit that closes, and who takes over."""

    old = schema.TextLine(title=_("Unit that closes"))
    successor = schema.TextLine(
        title=_("Unit that takes over"),
        description=_("One that there is. Leave it empty where a new unit is made."),
        required=False,
        default="",
    )
    below = schema.Choice(title=_("Units below it"), vocabulary=vocabulary(BELOW), default="move")
    title = schema.TextLine(
        title=_("Name of the new unit"),
        description=_("The name that another line of this plan gives a new unit means the same one."),
        required=False,
        default="",
        max_length=200,
    )
    kind = schema.Choice(title=_("Kind of unit"), vocabulary="party.operations.kinds", required=False)
    parent = schema.TextLine(title=_("Unit above the new one"), required=False, default="")
    position = schema.Int(title=_("Order among its neighbours"), required=False, min=0, max=99999)


class AddLine(PlanForm):
    """Adds a unit that closes."""

    schema = ILine
    label = _("Add a unit that closes")
    done = _("The line was added.")
    pickers = (("old", unit_picker), ("successor", unit_picker), ("parent", unit_picker))
    unchosen = ("kind",)
    layout = (
        (_("Who takes over from whom"), ("old", "successor", "below")),
        (_("Where a new unit takes over"), ("title", "kind", "parent", "position")),
    )

    def act(self, data: dict[str, Any]) -> None:
        """Add it, with the new unit if there is one."""
        successor = data["successor"] or self._new_unit(data)
        operations.add_merger_line(self.plan.id, data["old"], successor, data["below"])

    def _new_unit(self, data: dict[str, Any]) -> str:
        title = data["title"] or ""
        if not title:
            raise Invalid(_("Name the unit that takes over, or the new one that is made."), "successor")
        for reference, each in self.plan.new_units.items():
            if search_key(each.title) == search_key(title):
                return reference
        old = self.plan.units[data["old"]]
        return operations.add_merger_unit(
            self.plan.id, title, data["kind"] or old.kind, data["parent"] or old.parent, data["position"]
        )


class INewUnit(Interface):
    """A unit that the plan makes."""

    title = schema.TextLine(title=_("Name"), max_length=200)
    kind = schema.Choice(title=_("Kind of unit"), vocabulary="party.operations.kinds")
    parent = schema.TextLine(title=_("Superior unit"), required=False, default="")
    position = schema.Int(title=_("Order among its neighbours"), required=False, min=0, max=99999)


class ChangeNewUnit(PlanForm):
    """Corrects a unit that the plan makes."""

    schema = INewUnit
    label = _("Change the new unit")
    done = _("The new unit was changed.")
    pickers = (("parent", unit_picker),)
    ignoreContext = False

    @property
    def reference(self) -> str:
        """How the plan names the unit."""
        return str(self.request.form.get("unit", ""))

    @property
    def action(self) -> str:
        """The plan and the unit go along."""
        return self.with_query(merger=self.plan.id, unit=self.reference)

    def getContent(self) -> dict[str, Any]:
        """The present values."""
        found = self.plan.new_units.get(self.reference)
        if found is None:
            raise Missing(_("There is no such unit."))
        return {name: getattr(found, name) for name in ("title", "kind", "parent", "position")}

    def act(self, data: dict[str, Any]) -> None:
        """Change it."""
        operations.change_merger_unit(
            self.plan.id, self.reference, data["title"], data["kind"], data["parent"] or "", data["position"]
        )


class ICode(Interface):
    """A code or symbol of a successor."""

    unit = schema.Choice(title=_("Unit"), source=successors)
    kind = schema.Choice(
        title=_("What it is"), vocabulary=vocabulary({"code": _("Code"), "symbol": _("Issuer symbol")}), default="code"
    )
    value = schema.TextLine(title=_("Code or symbol"), max_length=100)
    scheme = schema.Choice(
        title=_("Scheme"),
        description=_("Empty: as the code is written."),
        vocabulary="party.operations.schemes",
        required=False,
    )
    primary = schema.Bool(
        title=_("Main code"), description=_("Written on what the unit sends."), required=False, default=False
    )


class AddCode(PlanForm):
    """Adds a code or symbol that holds from the day on."""

    schema = ICode
    tab = "codes"
    label = _("Add a code or a symbol")
    hint = _("It holds from the day of the merger. Old codes find the unit that took over.")
    done = _("The code or symbol was added.")

    def act(self, data: dict[str, Any]) -> None:
        """Add it."""
        operations.add_merger_code(
            self.plan.id, data["unit"], data["kind"], data["value"], data["scheme"] or "", data["primary"]
        )


class IPerson(Interface):
    """A person's post in a successor."""

    person = schema.TextLine(title=_("Person"))
    unit = schema.Choice(title=_("Unit"), source=successors)
    function = schema.Choice(title=_("Function"), vocabulary="party.operations.functions")
    title = schema.TextLine(
        title=_("Title"), description=_("As printed under a signature."), required=False, default="", max_length=200
    )
    last_day = schema.Date(
        title=_("Old post and old login until the end of"),
        description=_("Empty: until the day before the merger."),
        required=False,
    )
    login = schema.TextLine(
        title=_("New login"),
        description=_("Only if the person gets one: the password stays, and both logins are one account."),
        required=False,
        default="",
    )


class MovePerson(PlanForm):
    """Moves one person."""

    schema = IPerson
    tab = "people"
    label = _("Move a person")
    done = _("The person was added.")
    pickers = (("person", person_picker),)
    unchosen = ("function",)

    def act(self, data: dict[str, Any]) -> None:
        """Add the line."""
        operations.move_person(
            self.plan.id,
            data["person"],
            data["unit"],
            data["function"],
            title=data["title"] or "",
            kept_until=day_after(data["last_day"]),
            login=data["login"] or "",
        )


class IEverybody(Interface):
    """How long the old posts are kept."""

    last_day = schema.Date(
        title=_("Old posts until the end of"), description=_("Empty: until the day before the merger."), required=False
    )


class MoveEverybody(PlanForm):
    """Moves everybody who is not in the plan yet."""

    schema = IEverybody
    tab = "people"
    label = _("Move everybody else")
    hint = _("Whoever has a post in a unit that closes gets the same one in the unit that takes over.")
    submit_label = _("Add them")
    added = 0

    def said(self) -> str:
        """How many they are."""
        return self.say(_("${count} posts were added to the plan.", mapping={"count": self.added}))

    def act(self, data: dict[str, Any]) -> None:
        """Add their lines."""
        until: date | None = day_after(data["last_day"])
        self.added = operations.move_everybody(self.plan.id, until)
