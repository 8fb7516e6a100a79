"""May this happen in the organisation now? Each answer is ``True`` or a falsy ``No(reason)``."""

from typing import Any

import sqlalchemy as sa

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import principals
from party.operations.ledger import clock
from party.operations.ledger.errors import No
from party.operations.organization import lookup


#: permission of who sets up the organisation as a whole
MANAGE = "party.operations: Manage organisation"


def may_administer(unit_uid: str) -> "bool | No":
    """Unit administrators keep their own unit and those below it; the site's managers set up any."""
    if actor.current() == actor.SYSTEM or actor.may(MANAGE):
        return True
    if _kept().intersection(lookup.ancestors(unit_uid)):
        return True
    return No(_("Only the administrator of this unit, or of a unit above it, may do this."))


def may_administer_some() -> "bool | No":
    """Who keeps any unit at all: lists of units and people are brought in by them."""
    if may_set_up() or _kept():
        return True
    return No(_("Only administrators of units may do this."))


def may_keep_person(person: str) -> "bool | No":
    """Who administers every unit the person serves in.

    One unit is not enough: its administrator could appoint a leader of another unit and then take over his account.
    """
    serving = lookup.posts_of(person)
    if (serving and all(may_administer(each.unit) for each in serving)) or may_set_up():
        return True
    return No(_("Only who administers all the units this person serves in may do this."))


def may_set_up() -> "bool | No":
    """Who may make units at the top of the tree, import everything, keep the holidays."""
    if actor.current() == actor.SYSTEM or actor.may(MANAGE):
        return True
    return No(_("Only those who set up the organisation may do this."))


def is_open(row: "sa.Row[Any]") -> "bool | No":
    """A closed unit takes part in nothing new."""
    if takes_part(row):
        return True
    words = {"unit": row.title, "day": row.closed_on.strftime("%d/%m/%Y")}
    successor = lookup.present(row.uid)
    if successor == row.uid:
        return No(_("${unit} was closed on ${day}. Choose the unit that took over from it.", mapping=words))
    words["successor"] = lookup.unit(successor).title
    return No(_("${unit} was closed on ${day}. Choose ${successor}, which took over from it.", mapping=words))


def takes_part(row: "sa.Row[Any]") -> bool:
    """The same without the reason, for many units at once."""
    return row.closed_on is None or row.closed_on > clock.today()


def _kept() -> set[str]:
    """The units that who acts is an administrator of."""
    return {each.unit for each in principals.standings(actor.current()) if each.function == "unit_admin"}
