"""May this happen in the organisation now? Each answer is ``True`` or a falsy ``No(reason)``."""

from datetime import date
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
    if may_keep_who_serves(frozenset(each.unit for each in lookup.posts_of(person))):
        return True
    return No(_("Only who administers all the units this person serves in may do this."))


def may_keep_who_serves(serving: frozenset[str]) -> bool:
    """The same by the units in which a person serves, for many people at once."""
    return bool((serving and all(map(may_administer, serving))) or may_set_up())


def may_rename(person: "sa.Row[Any]") -> "bool | No":
    """Who may give a person another login: who keeps the account, or else it would be taken over by its new name."""
    return may_keep_person(person.id) or not_renamed(person)


def not_renamed(person: "sa.Row[Any]") -> No:
    """Why a person gets no other login."""
    words = {"person": person.full_name}
    return No(
        _("Only who administers all the units in which ${person} serves may give ${person} a new login.", mapping=words)
    )


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


def stays_open(row: "sa.Row[Any]", day: "date | None" = None) -> "bool | No":
    """What begins on ``day`` has no place in a unit that closes by then; what has no day, in none that will close."""
    known = is_open(row)
    if known and row.closed_on is not None and (day is None or day >= row.closed_on):
        words = {"unit": row.title, "day": row.closed_on.strftime("%d/%m/%Y")}
        return No(_("${unit} closes on ${day}. Choose the unit that takes over from it.", mapping=words))
    return known


def takes_part(row: "sa.Row[Any]") -> bool:
    """The same without the reason, for many units at once."""
    return row.closed_on is None or row.closed_on > clock.today()


def _kept() -> set[str]:
    """The units that who acts is an administrator of."""
    return {each.unit for each in principals.standings(actor.current()) if each.function == "unit_admin"}
