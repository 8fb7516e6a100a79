"""Whose figures a person may see. Each answer is ``True`` or a falsy ``No(reason)``."""

import sqlalchemy as sa

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import principals
from party.operations.ledger import turn
from party.operations.ledger.errors import No
from party.operations.organization import lookup
from party.operations.organization import rules as organization_rules
from party.operations.organization.tables import units


#: functions that answer for what their unit and the units below it do
ANSWERABLE = frozenset(("leader", "office_head", "clerk", "unit_admin"))


def may_see_some() -> "bool | No":
    """Who answers for any unit, and those who set up the site."""
    if any(each.function in ANSWERABLE for each in principals.standings(actor.current())):
        return True
    if organization_rules.may_set_up():
        return True
    return No(_("Figures are for the leaders, the heads of office, the clerks and the administrators of units."))


def tops() -> list[str]:
    """uids of the units whose figures, with those of all units below, the acting person may see; "" is the whole site."""
    if organization_rules.may_set_up():
        return [""]
    standings = principals.standings(actor.current())
    held = {each.unit for each in standings if each.function in ANSWERABLE}
    # an office answers for the committee whose clerical work it does
    held.update(each.uid for each in turn.rows(sa.select(units.c.uid).where(units.c.office.in_(sorted(held)))))
    # a unit below another of his own is seen with that one
    return [each for each in sorted(held) if not held.intersection(lookup.ancestors(each)[1:])]


def may_see(unit: str) -> "bool | No":
    """Leaders, heads of office, clerks and administrators see their own unit and those below it."""
    if organization_rules.may_set_up():
        return True
    if unit and set(tops()).intersection(lookup.ancestors(unit)):
        return True
    return No(_("Figures of a unit are for its leaders, its office and the units above it."))
