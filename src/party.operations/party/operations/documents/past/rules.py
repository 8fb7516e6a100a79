"""Who may bring an old register in (ai được nhập sổ cũ): who keeps the books of a unit, or administers it."""

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import principals
from party.operations.ledger.errors import No
from party.operations.organization import lookup
from party.operations.organization import rules as organization_rules
from party.operations.organization.vocabularies import REGISTRY_FUNCTIONS


_NOBODY_ELSE = _("Only the clerk, the head of office or the administrator of a unit brings in its old registers.")


def may_import(unit: str) -> "bool | No":
    """The registry of the unit and its administrators; also of a unit that was closed, which still has its old books."""
    row = lookup.unit(unit)
    if row.organ != unit:
        return No(_("${unit} has no registers of its own.", mapping={"unit": row.title}))
    if unit in _units() or organization_rules.may_administer(unit):
        return True
    return No(_NOBODY_ELSE)


def may_import_some() -> "bool | No":
    """Who keeps the books of any unit, or administers one."""
    return True if _units() or organization_rules.may_administer_some() else No(_NOBODY_ELSE)


def units() -> dict[str, str]:
    """Names of the units with books, by uid, that the person who acts keeps or administers by a post."""
    titles = {uid: row for uid in _units() if (row := lookup.unit(uid)).organ == uid}
    return {uid: row.title for uid, row in sorted(titles.items(), key=lambda each: each[1].tree_order)}


def _units() -> set[str]:
    functions = {*REGISTRY_FUNCTIONS, "unit_admin"}
    return {each.unit for each in principals.standings(actor.current()) if each.function in functions}
