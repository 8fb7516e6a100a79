"""Units as other systems name them (mã định danh): by uid, or by any code, also of who was taken over."""

from party.operations import _
from party.operations.ledger.errors import Missing
from party.operations.organization import lookup
from party.operations.rest import shapes


UNIT = shapes.text("A unit, by uid or by any of its codes.")


def unit_uid(reference: str) -> str:
    """The uid of the unit that ``reference`` names; raises :class:`Missing`. A closed unit's code finds its successor."""
    row = lookup.find_unit(reference) or lookup.unit_for_code(reference)
    if row is None:
        raise Missing(_("There is no such unit."), unit=reference)
    return row.uid
