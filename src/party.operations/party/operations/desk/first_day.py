"""The first day (ngày đầu tiên): what an office has to be given before anybody can work in it, for those who set it up."""

from dataclasses import dataclass

import sqlalchemy as sa

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import principals
from party.operations.documents.operations.registers import registers
from party.operations.ledger import turn
from party.operations.organization import lookup
from party.operations.organization import routes
from party.operations.organization import rules
from party.operations.organization.tables import posts
from party.operations.organization.tables import units
from party.operations.organization.vocabularies import REGISTRY_FUNCTIONS


@dataclass(frozen=True)
class Step:
    """One line of the checklist: what is to be done, where, and whether it is done."""

    label: str
    help: str
    #: address below the site
    address: str
    done: bool


def steps() -> list[Step]:
    """The checklist of who administers; nothing for everybody else, and when all is done."""
    if not rules.may_administer_some():
        return []
    organ = _organ()
    place = f"u/{organ}" if organ else ""
    clerks = organ and lookup.holders(organ, *REGISTRY_FUNCTIONS)
    books = organ and registers(organ, "incoming")
    ways = organ and routes.of_unit(organ, "incoming")
    found = [
        Step(_("Units"), _("Type the tree of units, or bring it in as a list."), "@@organization", bool(organ)),
        Step(_("People"), _("Say who works where, a clerk before all others."), place, bool(clerks)),
        Step(
            _("Registers"),
            _("Open a book for incoming documents."),
            f"{place}/@@unit-registers" * bool(place),
            bool(books),
        ),
        Step(
            _("Routes"),
            _("Prepare the way from the clerk to the leader and on."),
            f"{place}/@@set-routes" * bool(place),
            bool(ways),
        ),
    ]
    return [] if all(each.done for each in found) else found


def _organ() -> str:
    """The organ that is set up, "" before there is any.

    For a unit administrator his own; for who sets up the site the first with a clerk, else the first of the tree.
    """
    for each in principals.standings(actor.current()):
        if each.function == "unit_admin":
            return str(lookup.unit(each.unit).organ)
    served = sa.exists().where(posts.c.unit == units.c.uid, posts.c.function.in_(REGISTRY_FUNCTIONS))
    first = turn.row(
        sa.select(units.c.organ).where(units.c.closed_on.is_(None)).order_by(served.desc(), units.c.tree_order).limit(1)
    )
    return "" if first is None else str(first.organ)
