"""Creating, changing, moving, closing a unit (lập, sửa, chuyển, giải thể đơn vị)."""

from typing import Any

import sqlalchemy as sa
from zope import schema
from zope.interface import Interface

from party.operations import _
from party.operations.ledger import clock
from party.operations.ledger.errors import No
from party.operations.organization import operations
from party.operations.organization import rules
from party.operations.organization.content import IUnit
from party.operations.organization.views.base import RuledForm
from party.operations.organization.views.base import UnitForm
from party.operations.organization.views.pickers import unit_picker


class INewUnit(Interface):
    """What must be known to create a unit; its page asks for the rest."""

    title = schema.TextLine(title=_("Name"), max_length=200)
    short_name = schema.TextLine(title=_("Short name"), required=False, default="", max_length=100)
    kind = schema.Choice(title=_("Kind of unit"), vocabulary="party.operations.kinds")
    regime = schema.Choice(
        title=_("Clerical regime"),
        description=_("Decides when the numbers of issued documents begin again."),
        vocabulary="party.operations.regimes",
        default="party",
    )
    place = schema.TextLine(title=_("Place of issue"), required=False, default="", max_length=100)
    position = schema.Int(
        title=_("Order among its neighbours"),
        description=_("Units are listed in this order, not by name. Empty: after the last one."),
        required=False,
        min=0,
        max=99999,
    )
    clerk_level_only = schema.Bool(
        title=_("Works at clerk level only"),
        description=_("Routes end at the clerk; leaders and officers of this unit do not use the system."),
        required=False,
        default=False,
    )


class CreatesUnit:
    """Mixin: the form of a new unit, whatever it is created under."""

    schema = INewUnit
    label = _("Create a unit")
    hint = _("Then its page asks for its code, its symbol, its registers and its people.")
    submit_label = _("Create")
    done = _("The unit was created.")
    unchosen = ("kind",)

    #: uid of the unit above, "" for the top
    above = ""

    def perform(self, data: dict[str, Any]) -> str:
        """Create it and go to its page."""
        unit = operations.create_unit(parent=self.above, **_texts(data))
        return f"{self.home}/u/{unit.UID()}"  # type: ignore[attr-defined]


class CreateUnit(CreatesUnit, UnitForm):
    """A unit below another one."""

    @property
    def above(self) -> str:
        """The unit the form stands on."""
        return self.uid


class CreateTopUnit(CreatesUnit, RuledForm):
    """A unit at the top of the tree."""

    label = _("Create a unit at the top")

    @property
    def back(self) -> str:
        """Cancel leads to the tree."""
        return f"{self.home}/@@organization"


class ChangeUnit(UnitForm):
    """Name, kind, order and settings of one unit; no other unit is touched."""

    schema = IUnit
    ignoreContext = False
    label = _("Change the unit")
    hint = _("What is changed here counts for this unit alone.")
    done = _("The unit was changed.")
    pickers = (("office", unit_picker),)
    layout = (
        (_("What it is"), ("title", "short_name", "kind", "position")),
        (_("How it works"), ("regime", "has_books", "clerk_level_only", "office", "place")),
        (_("Time limits"), ("deadline_days", "escalation_hours")),
    )

    def updateWidgets(self, prefix: str | None = None) -> None:
        """The order is a place, not a quantity: it is written without the dots of thousands."""
        super().updateWidgets(prefix)
        self.widgets["position"].value = self.widgets["position"].value.replace(".", "")

    def act(self, data: dict[str, Any]) -> None:
        """Change what differs."""
        operations.change_unit(self.uid, **_texts(data))


class IMove(Interface):
    """Where a unit goes."""

    parent = schema.TextLine(
        title=_("New superior unit"), description=_("Empty: the top of the tree."), required=False, default=""
    )


class MoveUnit(UnitForm):
    """Puts a unit below another one."""

    schema = IMove
    pickers = (("parent", unit_picker),)
    label = _("Move the unit")
    hint = _("Its address, its documents and everything below it stay with it.")
    submit_label = _("Move")
    done = _("The unit was moved.")

    def rule(self) -> "bool | No":
        """Who keeps the unit that this one leaves."""
        return may_move(self.row)

    def updateWidgets(self, prefix: str | None = None) -> None:
        """The present superior unit stands in the field."""
        super().updateWidgets(prefix)
        if self.request.get("REQUEST_METHOD") != "POST":
            self.widgets["parent"].value = self.row.parent

    def act(self, data: dict[str, Any]) -> None:
        """Move it."""
        operations.move_unit(self.uid, data["parent"] or "")


class IClosing(Interface):
    """How a unit ends."""

    on = schema.Date(
        title=_("Closed on"), description=_("First day on which the unit is no more."), defaultFactory=clock.today
    )
    successor = schema.TextLine(
        title=_("Unit that takes over"),
        description=_("Who serves there reads what this unit could read. Empty: nobody takes over."),
        required=False,
        default="",
    )
    basis = schema.TextLine(
        title=_("Basis"), description=_("Number and date of the decision."), required=False, default="", max_length=300
    )


class CloseUnit(UnitForm):
    """Closes a unit on a date."""

    schema = IClosing
    pickers = (("successor", unit_picker),)
    label = _("Close the unit")
    hint = _(
        "The unit, its documents and its numbers stay and can be read. It receives and issues nothing more, and it "
        "cannot be opened again: a unit of the same name is created anew."
    )
    submit_label = _("Close for good")
    done = _("The unit was closed.")

    def rule(self) -> "bool | No":
        """The administrators, once."""
        if self.row.closed_on is not None:
            return No(_("${unit} is closed already.", mapping={"unit": self.row.title}))
        return self.may_administer

    def act(self, data: dict[str, Any]) -> None:
        """Close it."""
        operations.close_unit(self.uid, data["on"], data["successor"] or "", data["basis"] or "")


def may_move(row: "sa.Row[Any]") -> "bool | No":
    """May the person take the unit out of the one above it?"""
    return rules.may_administer(row.parent) if row.parent else rules.may_set_up()


def _texts(data: dict[str, Any]) -> dict[str, Any]:
    """What was typed, with "" for texts left empty (``None`` would mean: not said)."""
    texts = {name for name, field in IUnit.namesAndDescriptions(all=True) if isinstance(field, schema.TextLine)}
    return {name: "" if value is None and name in texts else value for name, value in data.items()}
