"""What stands behind a figure (danh sách phía sau con số): documents, passings on, people; only what the reader may see."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import grants
from party.operations.confidentiality import rows
from party.operations.confidentiality.levels import NORMAL
from party.operations.documents import paging
from party.operations.documents.paging import Page
from party.operations.documents.tables import incoming
from party.operations.documents.tables import outgoing
from party.operations.documents.tables import slips
from party.operations.ledger import tallies as measures
from party.operations.ledger import turn
from party.operations.ledger.errors import Invalid
from party.operations.ledger.tables import events
from party.operations.ledger.tables import items
from party.operations.ledger.tables import tallies
from party.operations.organization.tables import people
from party.operations.statistics import report as reports
from party.operations.statistics import rules
from party.operations.statistics import structure as structures
from party.operations.statistics.counting import Count
from party.operations.statistics.counting import counted
from party.operations.statistics.counting import during
from party.operations.statistics.counting import FIELDS
from party.operations.statistics.counting import Figures
from party.operations.statistics.counting import MEASURE_OF
from party.operations.statistics.periods import Period
from party.operations.statistics.structure import Units


#: of a larger figure it is not said how much of it the reader does not see: that would take longer than the list
MOST_COMPARED = 20_000


@dataclass(frozen=True)
class Asked:
    """Which figure of which report is meant: of one line, of one group, or of the total."""

    unit: str
    period: Period
    structure: str
    grouping: str
    figure: str
    row: str = ""
    group: str = ""


@dataclass(frozen=True)
class Behind:
    """One page of a list, the figure, and how much of it the reader does not see (``None``: not said)."""

    page: Page
    figure: int
    unseen: int | None


def behind(asked: Asked, after: str = "") -> Behind:
    """One page of what stands behind a figure, newest first, people by name.

    Raises :class:`NotAllowed` where the acting person does not answer for the unit of the report, :class:`Invalid` for a
    figure that there is not. Rows of documents have ``event day unit person amount uid title number_symbol``, those of people
    ``id full_name logins``.
    """
    reports.check(asked.unit, asked.structure, asked.grouping)
    if asked.figure not in FIELDS:
        raise Invalid(_("“${value}” is not a figure of the report.", mapping={"value": asked.figure}), "figure")
    units = Units()
    pieces = _pieces(units, asked)
    figure = int(getattr(_counted(pieces), asked.figure))
    if MEASURE_OF[asked.figure] == measures.LOGIN:
        query, order, seen = _people(_answered_for(units, pieces), asked.figure)
        page = paging.paged(query, order, after, growing=True)
    else:
        query = _documents(MEASURE_OF[asked.figure], pieces)
        seen = sa.select(sa.func.sum(query.subquery().c.amount))
        page = paging.paged(query, (tallies.c.day, tallies.c.event), after)
    unseen = figure - (turn.scalar(seen) or 0) if figure <= MOST_COMPARED else None
    return Behind(page, figure, unseen)


def recipients(event_ids: list[int]) -> "dict[int, list[rows.Row]]":
    """The slips that some passings on sent, by event."""
    found = rows.rows(sa.select(events.c.id, events.c.object, events.c.details).where(events.c.id.in_(event_ids)))
    sent = {each.id: each.details.get("slips", []) for each in found}
    numbers = [number for each in sent.values() for number in each]
    by_id = {each.id: each for each in rows.rows(sa.select(slips).where(slips.c.id.in_(numbers)))}
    return {event: [by_id[number] for number in each if number in by_id] for event, each in sent.items()}


def _pieces(units: Units, asked: Asked) -> list[structures.Piece]:
    """The units behind the figure, on the days on which they belonged to it."""
    below = reports.BELOW[asked.grouping]
    found = structures.pieces(units, asked.period, asked.structure, asked.unit, below)
    tree = structures.tree(units, asked.period, asked.structure)

    def is_meant(line: str) -> bool:
        if asked.row:
            return line == asked.row
        return not asked.group or reports.group_of(tree, asked.unit, line, asked.grouping) == asked.group

    return [
        structures.Piece(each.period, {uid: line for uid, line in each.rows.items() if is_meant(line)})
        for each in found
    ]


def _counted(pieces: list[structures.Piece]) -> Figures:
    found = Count()
    for each in counted(pieces).values():
        found.add(each)
    return found.figures()


def _answered_for(units: Units, pieces: list[structures.Piece]) -> list[structures.Piece]:
    """Of people only those in units that the reader answers for today: a unit that left takes its people along."""
    tops, tree = set(rules.tops()), structures.Tree(units, units.parents)
    if structures.WHOLE in tops:
        return pieces
    mine = {uid for uid in units.rows if tops.intersection(tree.line(uid))}
    return [
        structures.Piece(each.period, {uid: line for uid, line in each.rows.items() if uid in mine}) for each in pieces
    ]


def _of(measure: str, pieces: list[structures.Piece]) -> "sa.ColumnElement[bool]":
    """The tallies of some units on some days."""
    parts = [
        sa.and_(*during(each.period, measure), tallies.c.unit.in_(sorted(each.rows))) for each in pieces if each.rows
    ]
    return sa.or_(sa.false(), *parts)


def _documents(measure: str, pieces: list[structures.Piece]) -> "sa.Select[Any]":
    # what was classified since is answered as what others keep from the reader
    shown = sa.and_(items.c.uid == tallies.c.object, items.c.level == NORMAL, items.c.hidden.is_(False))
    symbol = sa.func.coalesce(incoming.c.number_symbol, outgoing.c.number_symbol, "").label("number_symbol")
    counted_columns = (tallies.c.event, tallies.c.day, tallies.c.unit, tallies.c.person, tallies.c.amount)
    return (
        sa.select(*counted_columns, items.c.uid, items.c.title, symbol, incoming.c.arrival_number)
        .join(items, shown)
        .outerjoin(incoming, incoming.c.uid == items.c.uid)
        .outerjoin(outgoing, outgoing.c.uid == items.c.uid)
        .where(_of(measure, pieces), grants.readable(items.c.uid, actor.held()))
    )


def _people(
    pieces: list[structures.Piece], figure: str
) -> "tuple[sa.Select[Any], tuple[sa.ColumnElement[Any], ...], sa.Select[Any]]":
    """Who logged in how often, the order of the list, and how much of the figure that is."""
    logins = sa.func.count().label("logins")
    each = sa.select(tallies.c.person, logins).where(_of(measures.LOGIN, pieces)).group_by(tallies.c.person).subquery()
    query = sa.select(people.c.id, people.c.full_name, people.c.sort_key, each.c.logins).join(
        each, each.c.person == people.c.id
    )
    found = query.subquery()
    seen = sa.func.count() if figure == "people" else sa.func.sum(found.c.logins)
    return query, (people.c.sort_key, people.c.id), sa.select(seen).select_from(found)
