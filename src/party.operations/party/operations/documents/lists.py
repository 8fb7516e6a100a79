"""The lists people look at (danh sách): registers, and the rows that trays are made of. Queries on the ledger, paged by key.

Every list is filtered by the tokens of the person who acts; none of them loads an object.
"""

from datetime import date
from typing import Any

import sqlalchemy as sa

from party.operations.confidentiality import actor
from party.operations.confidentiality import grants
from party.operations.confidentiality import principals
from party.operations.confidentiality import rows
from party.operations.confidentiality.levels import NORMAL
from party.operations.confidentiality.tables import readers
from party.operations.documents import register_filters
from party.operations.documents.paging import PAGE
from party.operations.documents.paging import Page
from party.operations.documents.paging import paged
from party.operations.documents.register_filters import FEW
from party.operations.documents.register_filters import Wanted
from party.operations.documents.tables import deliveries
from party.operations.documents.tables import incoming
from party.operations.documents.tables import outgoing
from party.operations.documents.tables import SORTED_BY
from party.operations.finding import search
from party.operations.ledger import clock
from party.operations.ledger import turn
from party.operations.ledger.tables import items
from party.operations.ledger.tables import series
from party.operations.organization.tables import units
from party.operations.organization.vocabularies import REGISTRY_FUNCTIONS


def units_with(*functions: str) -> list[str]:
    """Units in which the person who acts has one of ``functions``."""
    return sorted({each.unit for each in principals.standings(actor.current()) if each.function in functions})


def delivery(number: int) -> rows.Row | None:
    """One delivery as the lists show it; who asks for it must already have been decided elsewhere."""
    return rows.row(delivery_list().where(deliveries.c.id == number))


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
    table, query = (outgoing, outgoing_list()) if direction == "outgoing" else (incoming, incoming_list())
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
    return units_with(*REGISTRY_FUNCTIONS, "leader")


def shown(document: "sa.ColumnElement[str]") -> "sa.ColumnElement[bool]":
    """The item of a document, unless it is hidden from everybody."""
    return sa.and_(items.c.uid == document, items.c.hidden.is_(False))


def incoming_list() -> "sa.Select[Any]":
    """The query of received documents as lists show them."""
    return sa.select(*_columns(incoming)).join(items, shown(incoming.c.uid))


def outgoing_list() -> "sa.Select[Any]":
    """The query of documents of one's own as lists show them."""
    return sa.select(*_columns(outgoing)).join(items, shown(outgoing.c.uid))


def _columns(table: "sa.Table") -> "list[sa.ColumnElement[Any]]":
    of_item = [items.c.id, items.c.title, items.c.state, items.c.kind, items.c.revision, items.c.level]
    return [*of_item, *(column for column in table.c if column.name not in SORTED_BY)]


def _secret_list(direction: str, unit: str) -> "tuple[sa.Select[Any], tuple[sa.ColumnElement[Any], ...]]":
    """The classified rows of a register, and the columns that order them: day, number, uid."""
    table, query, number, day = (
        (outgoing, outgoing_list(), outgoing.c.number, outgoing.c.issue_date)
        if direction == "outgoing"
        else (incoming, incoming_list(), incoming.c.arrival_number, incoming.c.arrival_date)
    )
    return query.where(*_mine(table, unit), items.c.level != NORMAL, number.is_not(None)), (day, number, table.c.uid)


def delivery_list() -> "sa.Select[Any]":
    """The query of deliveries as lists show them."""
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
        .join(items, shown(deliveries.c.document))
        .join(outgoing, outgoing.c.uid == deliveries.c.document)
        .join(units, units.c.uid == deliveries.c.sender)
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
