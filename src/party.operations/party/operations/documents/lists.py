"""The lists people look at (danh sách): what awaits me, the registers. Queries on the ledger, paged by key.

Every list is filtered by the tokens of the person who acts; none of them loads an object.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import blinding
from party.operations.confidentiality import grants
from party.operations.confidentiality import principals
from party.operations.confidentiality import rows
from party.operations.confidentiality import tokens
from party.operations.confidentiality.levels import NORMAL
from party.operations.confidentiality.tables import readers
from party.operations.documents import register_filters
from party.operations.documents.operations.deliveries import STAGES
from party.operations.documents.paging import PAGE
from party.operations.documents.paging import Page
from party.operations.documents.paging import paged
from party.operations.documents.register_filters import FEW
from party.operations.documents.register_filters import Wanted
from party.operations.documents.rules import OPEN_SLIPS
from party.operations.documents.tables import deliveries
from party.operations.documents.tables import incoming
from party.operations.documents.tables import outgoing
from party.operations.documents.tables import reviews
from party.operations.documents.tables import slips
from party.operations.documents.tables import SORTED_BY
from party.operations.finding import search
from party.operations.ledger import clock
from party.operations.ledger import turn
from party.operations.ledger.tables import items
from party.operations.ledger.tables import series
from party.operations.organization.tables import units
from party.operations.organization.vocabularies import REGISTRY_FUNCTIONS


@dataclass(frozen=True)
class Tray:
    """One list of the desk: what is in it, and what an empty one says."""

    label: str
    empty: str
    query: "Callable[[], sa.Select[Any]]"


def _units_with(*functions: str) -> list[str]:
    return sorted({each.unit for each in principals.standings(actor.current()) if each.function in functions})


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
    mine = _units_with(*REGISTRY_FUNCTIONS)
    return _delivery_list().where(deliveries.c.recipient.in_(_blinded(mine)), deliveries.c.state == "waiting")


def _gone_up() -> "sa.Select[Any]":
    """What nobody accepted, for the sender and, at the last stage, for the superior office."""
    mine = _units_with(*REGISTRY_FUNCTIONS)
    parents = sa.select(units.c.uid).where(sa.or_(units.c.office.in_(mine), units.c.uid.in_(mine)))
    children = units.alias("children")
    superior = sa.select(children.c.uid).where(children.c.parent.in_(parents))
    return _delivery_list().where(
        sa.or_(items.c.level == NORMAL, grants.readable(items.c.uid, actor.held())),
        deliveries.c.state == "waiting",
        deliveries.c.stage >= STAGES.index("sender"),
        sa.or_(
            deliveries.c.sender.in_(mine),
            sa.and_(deliveries.c.stage >= STAGES.index("superior"), deliveries.c.recipient.in_(superior)),
        ),
    )


def _to_register() -> "sa.Select[Any]":
    return _incoming_list().where(*_standing("incoming", _units_with(*REGISTRY_FUNCTIONS), "received"))


def _to_pass_on() -> "sa.Select[Any]":
    return _incoming_list().where(*_standing("incoming", _units_with(*REGISTRY_FUNCTIONS), "registered"))


def _to_direct() -> "sa.Select[Any]":
    return _in_hand(_directing())


def _to_do() -> "sa.Select[Any]":
    return _in_hand(sorted(actor.held() - set(_directing())))


def _directing() -> list[str]:
    """Tokens by which the person is addressed as one who directs others: all of a leader's or head of office's."""
    if _units_with("leader", "office_head"):
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
    return _outgoing_list().where(items.c.uid.in_(asked), items.c.state == "in_review")


def _my_drafts() -> "sa.Select[Any]":
    return _outgoing_list().where(
        outgoing.c.drafter.in_(_blinded([actor.current()])),
        items.c.state.in_(("draft", "in_review", "approved", "signed")),
    )


def _to_issue() -> "sa.Select[Any]":
    return _outgoing_list().where(*_standing("outgoing", _units_with(*REGISTRY_FUNCTIONS), "approved", "signed"))


def _to_sign() -> "sa.Select[Any]":
    return _outgoing_list().where(*_standing("outgoing", _units_with("leader"), "approved"))


def _withdrawn() -> "sa.Select[Any]":
    mine = _units_with(*REGISTRY_FUNCTIONS, "leader")
    return _incoming_list().where(*_standing("incoming", mine, "registered", "in_progress"), incoming.c.withdrawn != "")


def _to_decide_level() -> "sa.Select[Any]":
    mine = _standing("outgoing", _units_with("leader"), "draft", "in_review", "approved")
    return _outgoing_list().where(*mine, items.c.level_proposed.is_(True))


def _level_changed() -> "sa.Select[Any]":
    mine = sa.and_(incoming.c.unit.in_(_units_with(*REGISTRY_FUNCTIONS)), incoming.c.level_notice > "")
    return _incoming_list().where(mine, grants.readable(items.c.uid, actor.held()))


def _standing(kind: str, of_units: list[str], *states: str) -> "list[sa.ColumnElement[bool]]":
    """The few documents of units that stand in some state, by the index of ``items``; those the person may read."""
    mine = grants.readable(items.c.uid, actor.held())
    return [items.c.unit.in_(of_units), items.c.kind == kind, items.c.state.in_(states), mine]


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
    """How many rows each tray holds for the person who acts: one query."""
    columns = [
        sa.select(sa.func.count()).select_from(tray.query().subquery()).scalar_subquery().label(name)
        for name, tray in TRAYS.items()
    ]
    found = turn.row(sa.select(*columns))
    return dict(found._mapping) if found is not None else {}


def tray(name: str, after: str = "") -> Page:
    """One page of a tray, newest first; ``after`` is the ``following`` of the page before."""
    query = TRAYS[name].query()
    return paged(query, (query.selected_columns["id"],), after)


def delivery(number: int) -> rows.Row | None:
    """One delivery as the lists show it; who asks for it must already have been decided elsewhere."""
    return rows.row(_delivery_list().where(deliveries.c.id == number))


def incoming_register(unit: str, register: str = "", period: str = "", text: str = "", after: str = "") -> Page:
    """Sổ văn bản đến of a unit, newest arrival first."""
    return register_page("incoming", unit, Wanted(register=register, period=period, text=text), after)


def outgoing_register(unit: str, type_: str = "", period: str = "", text: str = "", after: str = "") -> Page:
    """Sổ văn bản đi of a unit, newest issue first."""
    return register_page("outgoing", unit, Wanted(type=type_, period=period, text=text), after)


def register_page(
    direction: str,
    unit: str,
    wanted: Wanted,
    after: str = "",
    before: str = "",
    size: int = PAGE,
    only: "tuple[str, ...]" = (),
) -> Page:
    """One page of a register: those of its rows that the person who acts may read and that are ``wanted``, in its order.

    ``only`` are the uids of some of them.
    """
    table, query = (outgoing, _outgoing_list()) if direction == "outgoing" else (incoming, _incoming_list())
    query = query.where(*_mine(table, unit), *register_filters.conditions(direction, unit, wanted))
    if only:
        query = query.where(table.c.uid.in_(only))
    order, more = register_filters.order(direction, wanted.sort)
    query = query.where(search.having(items.c.uid, wanted.text)).add_columns(*more)
    return paged(query, order, after, wanted.growing, before, size)


def secret_register(direction: str, unit: str, year: int, after: str = "") -> Page:
    """Sổ đăng ký văn bản mật đến, đi of a unit in a year: its rows the person who acts may read, newest first."""
    wanted, order = _secret_list(direction, unit)
    return paged(wanted.where(order[0].between(date(year, 1, 1), date(year, 12, 31))), order, after)


def secret_years(direction: str, unit: str) -> list[int]:
    """The years that a register of secret documents goes back to, newest first."""
    wanted, order = _secret_list(direction, unit)
    first = turn.scalar(wanted.with_only_columns(sa.func.min(order[0]))) or clock.today()
    return list(range(clock.today().year, first.year - 1, -1))


def secret_units() -> list[str]:
    """Units whose registers of secret documents the person who acts may open; none for who is not cleared."""
    return register_units() if len(principals.levels_of(actor.current())) > 1 else []


def periods_of(unit: str) -> list[str]:
    """Periods in which the unit registered or issued something, newest first."""
    found = turn.rows(sa.select(series.c.period).where(series.c.unit == unit).distinct())
    return sorted((each.period for each in found), reverse=True)


def register_units() -> list[str]:
    """Units whose registers the person who acts may open as a whole."""
    return _units_with(*REGISTRY_FUNCTIONS, "leader")


def _shown(document: "sa.ColumnElement[str]") -> "sa.ColumnElement[bool]":
    """The item of a document, unless it is hidden from everybody."""
    return sa.and_(items.c.uid == document, items.c.hidden.is_(False))


def _incoming_list() -> "sa.Select[Any]":
    return sa.select(*_columns(incoming)).join(items, _shown(incoming.c.uid))


def _outgoing_list() -> "sa.Select[Any]":
    return sa.select(*_columns(outgoing)).join(items, _shown(outgoing.c.uid))


def _columns(table: "sa.Table") -> "list[sa.ColumnElement[Any]]":
    of_item = [items.c.id, items.c.title, items.c.state, items.c.kind, items.c.revision, items.c.level]
    return [*of_item, *(column for column in table.c if column.name not in SORTED_BY)]


def _secret_list(direction: str, unit: str) -> "tuple[sa.Select[Any], tuple[sa.ColumnElement[Any], ...]]":
    """The classified rows of a register, and the columns that order them: day, number, uid."""
    table, query, number, day = (
        (outgoing, _outgoing_list(), outgoing.c.number, outgoing.c.issue_date)
        if direction == "outgoing"
        else (incoming, _incoming_list(), incoming.c.arrival_number, incoming.c.arrival_date)
    )
    return query.where(*_mine(table, unit), items.c.level != NORMAL, number.is_not(None)), (day, number, table.c.uid)


def _delivery_list() -> "sa.Select[Any]":
    return (
        sa.select(
            deliveries,
            items.c.title,
            items.c.level,
            outgoing.c.number_symbol,
            outgoing.c.issue_date,
            outgoing.c.type,
            outgoing.c.urgency,
            units.c.title.label("sender_title"),
        )
        .join(items, _shown(deliveries.c.document))
        .join(outgoing, outgoing.c.uid == deliveries.c.document)
        .join(units, units.c.uid == deliveries.c.sender)
    )


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
        .join(items, _shown(slips.c.document))
        .join(incoming, incoming.c.uid == slips.c.document)
    )


def _slip_list(tokens: list[str], capacities: tuple[str, ...]) -> "sa.Select[Any]":
    return _slip_query().where(
        slips.c.token.in_(tokens), slips.c.state.in_(OPEN_SLIPS), slips.c.capacity.in_(capacities)
    )


def _mine(table: "sa.Table", unit: str) -> "list[sa.ColumnElement[bool]]":
    """The rows of a unit that the person who acts may read.

    For who may read much each row is looked at in its order; for who may read little, what he may read is gone through,
    and coalesce keeps the database from walking the whole register instead.
    """
    held = sorted(actor.held())
    given = sa.select(readers.c.object).where(readers.c.token.in_(held))
    if turn.scalar(sa.select(sa.func.count()).select_from(given.limit(FEW).subquery())) < FEW:
        return [table.c.uid.in_(given), sa.func.coalesce(table.c.unit, "") == unit]
    return [table.c.unit == unit, grants.readable(table.c.uid, held)]
