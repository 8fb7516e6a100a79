"""From where on a share is good, low or very low (mức đánh giá): for all units, and for a unit that has limits of its own."""

from collections.abc import Mapping
from dataclasses import dataclass

from plone.registry.interfaces import IRegistry
from zope.component import getUtility

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.ledger import journal
from party.operations.ledger import turn
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import No
from party.operations.ledger.errors import require
from party.operations.ledger.operation import operation
from party.operations.organization import lookup
from party.operations.organization import rules as organization_rules


RECORD = "party.operations.statistics_bands"
#: key of the limits for all units
EVERYBODY = ""

GOOD, USUAL, LOW, VERY_LOW = "good", "usual", "low", "very_low"


@dataclass(frozen=True)
class Bands:
    """Limits in percent: good is over ``high``, low is under ``low``, very low under ``very_low``."""

    high: int = 90
    low: int = 30
    very_low: int = 20

    def of(self, share: "float | None") -> str:
        """The band of a share, "" without one. A share on a limit is in the better band below it."""
        if share is None:
            return ""
        if share < self.very_low:
            return VERY_LOW
        if share < self.low:
            return LOW
        return GOOD if share > self.high else USUAL

    def names(self) -> dict[str, str]:
        """What the bands are called, from the best down."""
        return {
            GOOD: _("Over ${limit}%", mapping={"limit": self.high}),
            USUAL: _("${from}% to ${to}%", mapping={"from": self.low, "to": self.high}),
            LOW: _("Under ${limit}%", mapping={"limit": self.low}),
            VERY_LOW: _("Under ${limit}%", mapping={"limit": self.very_low}),
        }


class AllBands:
    """The limits of every unit, read once."""

    def __init__(self) -> None:
        kept: Mapping[str, list[int]] = getUtility(IRegistry).get(RECORD) or {}
        self.kept = {unit: Bands(*limits) for unit, limits in kept.items()}
        self.usual = self.kept.get(EVERYBODY, Bands())

    def of(self, unit: str) -> Bands:
        """The limits of a unit: its own, else those for all. Those of a unit above are not its own."""
        return self.kept.get(unit, self.usual)


def may_set(unit: str) -> "bool | No":
    """Those who set up the site; for one unit also who administers the unit above it: nobody eases his own limits."""
    if organization_rules.may_set_up():
        return True
    above = lookup.unit(unit).parent if unit else ""
    if above and organization_rules.may_administer(above):
        return True
    return No(
        _("Limits are set by those who set up the organisation, and for one unit by who administers the unit above.")
    )


@operation
def set_bands(high: int, low: int, very_low: int, unit: str = EVERYBODY) -> None:
    """Set the limits for all units, or for one unit alone (đặt mức đánh giá); raises :class:`Invalid`."""
    if not 0 <= very_low <= low <= high <= 100:
        raise Invalid(_("The limits are percentages: very low is at most low, low is at most good."), "very_low")
    _write(unit, Bands(high, low, very_low))


@operation
def clear_bands(unit: str) -> None:
    """Let the limits for all units count for this one again (bỏ mức riêng)."""
    if not unit:
        raise Invalid(_("Name the unit."), "unit")
    _write(unit, None)


def _write(unit: str, bands: "Bands | None") -> None:
    with turn.turn():
        require(may_set(unit))
        registry = getUtility(IRegistry)
        kept = dict(registry[RECORD] or {})
        before = kept.pop(unit, None)
        if bands is not None:
            kept[unit] = [bands.high, bands.low, bands.very_low]
        registry[RECORD] = kept
        diff = journal.changes({"bands": before}, {"bands": kept.get(unit)})
        if diff:
            journal.record("set_bands", unit, actor.current(), unit=unit, diff=diff)
