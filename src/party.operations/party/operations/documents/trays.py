"""What awaits me (việc đang chờ): the trays of the desk, what is in each and how much."""

from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import sqlalchemy as sa

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import blinding
from party.operations.confidentiality import grants
from party.operations.confidentiality import keys
from party.operations.confidentiality import principals
from party.operations.confidentiality import tokens
from party.operations.confidentiality.levels import NORMAL
from party.operations.documents import lists
from party.operations.documents.operations.deliveries import STAGES
from party.operations.documents.paging import Page
from party.operations.documents.paging import paged
from party.operations.documents.rules import OPEN_SLIPS
from party.operations.documents.tables import deliveries
from party.operations.documents.tables import incoming
from party.operations.documents.tables import outgoing
from party.operations.documents.tables import reviews
from party.operations.documents.tables import slips
from party.operations.ledger import clock
from party.operations.ledger import turn
from party.operations.ledger.tables import items
from party.operations.ledger.tables import STANDING
from party.operations.organization.tables import units
from party.operations.organization.vocabularies import REGISTRY_FUNCTIONS


#: rows of a tray that are counted
MANY = 1000


@dataclass(frozen=True)
class Tray:
    """One list of the desk: what is in it, and what an empty one says."""

    label: str
    empty: str
    query: "Callable[[], sa.Select[Any]]"


def _tokens_of(*functions: str) -> list[str]:
    """Tokens held only by way of ``functions`` (a unit's desk counts as the function of who stands at it)."""
    me = actor.current()
    return sorted(
        {
            tokens.unit(standing.unit, side, level)
            for level in principals.levels_of(me)
            for standing in principals.standings(me)
            for side in (standing.function, *tokens.SIDES.get(standing.function, ()))
            if side in functions
        }
    )


def _blinded(values: list[str]) -> list[str]:
    """``values`` as columns hold them in rows that the person who acts may see."""
    return blinding.either(values, principals.levels_of(actor.current()))


def _to_receive() -> "sa.Select[Any]":
    mine = lists.units_with(*REGISTRY_FUNCTIONS)
    return lists.delivery_list().where(deliveries.c.recipient.in_(_blinded(mine)), deliveries.c.state == "waiting")


def _gone_up() -> "sa.Select[Any]":
    """What nobody accepted, for the sender and, at the last stage, for the superior office."""
    mine = lists.units_with(*REGISTRY_FUNCTIONS)
    parents = sa.select(units.c.uid).where(sa.or_(units.c.office.in_(mine), units.c.uid.in_(mine)))
    children = units.alias("children")
    superior = sa.select(children.c.uid).where(children.c.parent.in_(parents))
    return lists.delivery_list().where(
        sa.or_(items.c.level == NORMAL, grants.readable(items.c.uid, actor.held())),
        deliveries.c.state == "waiting",
        deliveries.c.stage >= STAGES.index("sender"),
        sa.or_(
            deliveries.c.sender.in_(mine),
            sa.and_(deliveries.c.stage >= STAGES.index("superior"), deliveries.c.recipient.in_(superior)),
        ),
    )


def _to_register() -> "sa.Select[Any]":
    return lists.incoming_list().where(*_standing("incoming", lists.units_with(*REGISTRY_FUNCTIONS), "received"))


def _to_pass_on() -> "sa.Select[Any]":
    return lists.incoming_list().where(*_standing("incoming", lists.units_with(*REGISTRY_FUNCTIONS), "registered"))


def _to_direct() -> "sa.Select[Any]":
    return _in_hand(_directing())


def _to_do() -> "sa.Select[Any]":
    return _in_hand(sorted(actor.held() - set(_directing())))


def _directing() -> list[str]:
    """Tokens by which the person is addressed as one who directs others: all of a leader's or head of office's."""
    if lists.units_with("leader", "office_head"):
        return sorted(actor.held())
    return _tokens_of("desk")


def _in_hand(tokens: list[str]) -> "sa.Select[Any]":
    """Slips that wait for their holder: not those he passed on and that others still work on."""
    below = slips.alias("below")
    passed_on = sa.exists().where(below.c.parent == slips.c.id, below.c.state.in_(OPEN_SLIPS))
    return _slip_list(tokens, ("lead", "support")).where(~passed_on)


def _for_information() -> "sa.Select[Any]":
    return _slip_list(sorted(actor.held()), ("informed",)).where(slips.c.state == "sent")


def _overdue() -> "sa.Select[Any]":
    return _slip_list(sorted(actor.held()), ("lead", "support")).where(slips.c.deadline < clock.today())


def _returned() -> "sa.Select[Any]":
    """Slips that came back to who sent them and has not passed the document on again since."""
    later = slips.alias("later")
    again = sa.exists().where(
        later.c.document == slips.c.document, later.c.from_person == slips.c.from_person, later.c.id > slips.c.id
    )
    return _slip_query().where(
        slips.c.from_person.in_(_blinded([actor.current()])),
        slips.c.state == "returned",
        items.c.state == "in_progress",
        ~again,
    )


def _to_review() -> "sa.Select[Any]":
    asked = sa.select(reviews.c.document).where(reviews.c.token.in_(sorted(actor.held())), reviews.c.state == "pending")
    return lists.outgoing_list().where(items.c.uid.in_(asked), items.c.state == "in_review")


def _my_drafts() -> "sa.Select[Any]":
    return lists.outgoing_list().where(
        outgoing.c.drafter.in_(_blinded([actor.current()])),
        items.c.state.in_(("draft", "in_review", "approved", "signed")),
    )


def _to_issue() -> "sa.Select[Any]":
    return lists.outgoing_list().where(
        *_standing("outgoing", lists.units_with(*REGISTRY_FUNCTIONS), "approved", "signed")
    )


def _to_sign() -> "sa.Select[Any]":
    return lists.outgoing_list().where(*_standing("outgoing", lists.units_with("leader"), "approved"))


def _withdrawn() -> "sa.Select[Any]":
    mine = lists.units_with(*REGISTRY_FUNCTIONS, "leader")
    return lists.incoming_list().where(
        *_standing("incoming", mine, "registered", "in_progress"), incoming.c.withdrawn != ""
    )


def _to_decide_level() -> "sa.Select[Any]":
    mine = _standing("outgoing", lists.units_with("leader"), "draft", "in_review", "approved")
    return lists.outgoing_list().where(*mine, items.c.level_proposed.is_(True))


def _level_changed() -> "sa.Select[Any]":
    mine = sa.and_(incoming.c.unit.in_(lists.units_with(*REGISTRY_FUNCTIONS)), incoming.c.level_notice > "")
    return lists.incoming_list().where(mine, grants.readable(items.c.uid, actor.held()))


def _standing(kind: str, of_units: list[str], *states: str) -> "list[sa.ColumnElement[bool] | sa.TextClause]":
    """The few documents of units that stand in some state, by an index of their own; those the person may read."""
    mine = grants.readable(items.c.uid, actor.held())
    return [STANDING, items.c.unit.in_(of_units), items.c.kind == kind, items.c.state.in_(states), mine]


#: what awaits me, in the order of the desk
TRAYS = {
    "to_receive": Tray(
        _("To receive"), _("Documents sent to your unit inside the system will wait here."), _to_receive
    ),
    "gone_up": Tray(_("Not received in time"), _("Deliveries that nobody accepted come up here."), _gone_up),
    "to_register": Tray(_("To register"), _("Documents taken in but not yet registered will wait here."), _to_register),
    "to_pass_on": Tray(
        _("To pass on"), _("Registered documents nobody has been given yet will wait here."), _to_pass_on
    ),
    "to_direct": Tray(_("To direct"), _("Documents passed to you for a directive will wait here."), _to_direct),
    "to_do": Tray(_("To do"), _("Documents passed to you to deal with will wait here."), _to_do),
    "overdue": Tray(_("Overdue"), _("Nothing of yours is past its deadline."), _overdue),
    "to_review": Tray(_("To review"), _("Drafts submitted to you will wait here."), _to_review),
    "to_decide_level": Tray(
        _("Level to decide"), _("Drafts whose level is only proposed will wait here for a leader."), _to_decide_level
    ),
    "to_sign": Tray(_("To sign"), _("Approved documents will wait here for a signature."), _to_sign),
    "to_issue": Tray(_("To number and issue"), _("Signed documents will wait here for a number."), _to_issue),
    "my_drafts": Tray(_("My drafts"), _("Drafts of yours that are not issued yet stand here."), _my_drafts),
    "returned": Tray(_("Returned to me"), _("What recipients gave back to you will wait here."), _returned),
    "withdrawn": Tray(_("Recalled by the sender"), _("Documents their sender took back stand here."), _withdrawn),
    "level_changed": Tray(
        _("Level changed"), _("Documents whose sender changed the level wait here until you take note."), _level_changed
    ),
    "for_information": Tray(
        _("For information"), _("Documents for your information will wait here."), _for_information
    ),
}


def counts() -> dict[str, int]:
    """How many rows each tray holds for the person who acts, up to :data:`MANY`: one query."""
    me = actor.current()
    who = (me, actor.held(), principals.standings(me), principals.levels_of(me))
    found = turn.row(_counting(*who, keys.provider(), clock.today()))
    return dict(found._mapping) if found is not None else {}


@lru_cache(maxsize=200)
def _counting(*what_it_says: Any) -> "sa.Select[Any]":
    """The query of :func:`counts`, kept under all that goes into it: putting it together takes longer than asking it."""
    return sa.select(*(_count(tray.query()).label(name) for name, tray in TRAYS.items()))


def _count(query: "sa.Select[Any]") -> "sa.ScalarSelect[int]":
    rows_of = query.with_only_columns(sa.literal_column("1"), maintain_column_froms=True).limit(MANY).subquery()
    return sa.select(sa.func.count()).select_from(rows_of).scalar_subquery()


def tray(name: str, after: str = "") -> Page:
    """One page of a tray, newest first; ``after`` is the ``following`` of the page before."""
    query = TRAYS[name].query()
    return paged(query, (query.selected_columns["id"],), after)


def _slip_query() -> "sa.Select[Any]":
    return (
        sa.select(
            slips,
            items.c.uid,
            items.c.title,
            items.c.kind,
            items.c.level,
            incoming.c.number_symbol,
            incoming.c.arrival_number,
            incoming.c.issuer,
            incoming.c.urgency,
        )
        .join(items, lists.shown(slips.c.document))
        .join(incoming, incoming.c.uid == slips.c.document)
    )


def _slip_list(tokens: list[str], capacities: tuple[str, ...]) -> "sa.Select[Any]":
    return _slip_query().where(
        slips.c.token.in_(tokens), slips.c.state.in_(OPEN_SLIPS), slips.c.capacity.in_(capacities)
    )
