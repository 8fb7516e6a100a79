"""Limits of shares, the target of digitisation, and what a unit declares (đặt mức đánh giá, chỉ tiêu, khai báo số hoá)."""

from functools import cached_property
from typing import Any

from zope import schema
from zope.interface import Interface

from party.operations import _
from party.operations.ledger import clock
from party.operations.ledger.errors import require
from party.operations.organization import lookup
from party.operations.organization import rules as organization_rules
from party.operations.statistics import digitisation
from party.operations.statistics import thresholds
from party.operations.statistics.thresholds import Bands
from party.operations.ui.forms import OperationForm


class IBands(Interface):
    """Three limits."""

    high = schema.Int(title=_("Good is over (%)"), min=0, max=100)
    low = schema.Int(title=_("Low is under (%)"), min=0, max=100)
    very_low = schema.Int(title=_("Very low is under (%)"), min=0, max=100)


class IUnitBands(IBands):
    """Three limits, or none of its own."""

    own = schema.Bool(
        title=_("This unit has limits of its own"),
        description=_("Without this mark the limits for all units count. No other unit is changed."),
        required=False,
        default=True,
    )


class ISettings(IBands):
    """Limits and target."""

    percent = schema.Int(title=_("Share to be digitised (%)"), min=1, max=100)
    since = schema.Date(title=_("From day"))
    last = schema.Date(title=_("To day"))


class IDeclaration(Interface):
    """What a unit declares for one year."""

    year = schema.Int(title=_("Year"), min=2000, max=2100)
    total = schema.Int(
        title=_("Dossiers and documents to digitise"),
        description=_("All there are on paper, digitised or not. The newest year counts."),
        min=0,
    )
    done = schema.Int(
        title=_("Digitised outside the system in this year"),
        description=_("What was scanned into the registers here is counted by itself and not written down again."),
        min=0,
    )


class _SettingsForm(OperationForm):
    """Draws its fields with what is kept, for who may change it."""

    def check(self) -> None:
        """Raise :class:`NotAllowed` for who may not; the operation asks again."""
        require(organization_rules.may_set_up())

    def present(self) -> dict[str, Any]:
        """What is kept now, by field."""
        raise NotImplementedError

    def getContent(self) -> dict[str, Any]:
        """The fields begin with what is kept."""
        return self.present()

    ignoreContext = False

    def update(self) -> None:
        """Refuse before anything is shown."""
        self.check()
        super().update()

    @property
    def back(self) -> str:
        """Where Cancel leads."""
        return f"{self.home}/@@adoption"


class _UnitForm(_SettingsForm):
    """A form about the unit of the address."""

    @cached_property
    def unit(self) -> str:
        """uid of the unit; raises :class:`Missing`."""
        return str(lookup.unit(str(self.request.form.get("unit", ""))).uid)

    @property
    def hint(self) -> str:
        """The unit the form is about."""
        return str(lookup.unit(self.unit).title)

    @property
    def action(self) -> str:
        """The address of the form keeps the unit."""
        return f"{self.home}/@@{self.__name__}?unit={self.unit}"

    @property
    def back(self) -> str:
        """Where Cancel leads."""
        return f"{self.home}/@@adoption?unit={self.unit}"


class Settings(_SettingsForm):
    """Limits for all units and the target of digitisation."""

    schema = ISettings
    label = _("Limits and target")
    hint = _("They count for every unit that has no limits of its own.")
    done = _("The limits and the target were set.")
    layout = (
        (_("Bands of shares"), ("high", "low", "very_low")),
        (_("Target of digitisation"), ("percent", "since", "last")),
    )

    def present(self) -> dict[str, Any]:
        """The present limits and target."""
        return {**vars(thresholds.AllBands().usual), **vars(digitisation.target())}

    def perform(self, data: dict[str, Any]) -> str:
        """Set both."""
        thresholds.set_bands(data["high"], data["low"], data["very_low"])
        digitisation.set_target(data["percent"], data["since"], data["last"])
        return self.back


class UnitBands(_UnitForm):
    """Limits of one unit alone."""

    schema = IUnitBands
    label = _("Limits of this unit")
    done = _("The limits of the unit were set.")

    def check(self) -> None:
        """Those who may set them."""
        require(thresholds.may_set(self.unit))

    def present(self) -> dict[str, Any]:
        """The limits that count for the unit now."""
        bands: Bands = thresholds.AllBands().of(self.unit)
        return {**vars(bands), "own": True}

    def perform(self, data: dict[str, Any]) -> str:
        """Set them, or let those for all count again."""
        if data["own"]:
            thresholds.set_bands(data["high"], data["low"], data["very_low"], self.unit)
        else:
            thresholds.clear_bands(self.unit)
        return self.back


class Declare(_UnitForm):
    """What a unit has to digitise and did."""

    schema = IDeclaration
    label = _("Declare what is digitised")
    done = _("The declaration was kept.")

    def check(self) -> None:
        """Those who answer for the unit."""
        require(digitisation.may_declare(self.unit))

    def present(self) -> dict[str, Any]:
        """What was declared for this year."""
        year = clock.today().year
        total, done = digitisation.declared_of(self.unit, year)
        return {"year": year, "total": total, "done": done}

    def perform(self, data: dict[str, Any]) -> str:
        """Keep it."""
        digitisation.declare(self.unit, data["year"], data["total"], data["done"])
        return self.back
