"""What the registers know of the readiness of units: a few queries for all units that are asked for, whatever their number."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from party.operations.ledger import clock
from party.operations.ledger import tallies as measures
from party.operations.ledger import turn
from party.operations.ledger.tables import events
from party.operations.ledger.tables import tallies
from party.operations.organization.tables import codes
from party.operations.organization.tables import people
from party.operations.organization.tables import posts
from party.operations.organization.tables import successions
from party.operations.organization.tables import symbols
from party.operations.organization.tables import terms
from party.operations.organization.tables import units
from party.operations.statistics.readiness_tables import readiness_declarations
from party.operations.text.codes import Scheme


#: the schemes of today; QĐ 20/2020/QĐ-TTg, and the Party's own in the same form
_NEW = (str(Scheme.QD_20), str(Scheme.PARTY))


@dataclass(frozen=True)
class Known:
    """What is known of the units that are asked for, by uid."""

    #: rows of the open units with registers of their own, in the order of the tree
    units: "list[sa.Row[Any]]"
    #: units with a code of a present scheme in use
    new_codes: set[str]
    #: units by which an earlier code is found: of an earlier scheme, ended, or of a unit they took over from
    old_codes: set[str]
    #: units with a symbol today
    symbols: set[str]
    #: units with a congress term today
    terms: set[str]
    #: units with a prepared route for incoming documents
    routes: set[str]
    #: people with an account, by unit and function
    holders: dict[tuple[str, str], set[str]]
    #: people with an account of a unit and its rooms
    staff: dict[str, set[str]]
    #: people who have logged in at least once
    logged_in: set[str]
    #: the last declaration by unit and aspect
    declared: "dict[tuple[str, str], sa.Row[Any]]"

    def people(self, unit: str, *functions: str) -> set[str]:
        """Who holds one of the functions in a unit today."""
        return set().union(*(self.holders.get((unit, each), set()) for each in functions))


def read(tops: Iterable[str]) -> Known:
    """What is known of the open units with registers that are ``tops`` or stand below one of them; "" is the site."""
    scope = _Scope(frozenset(tops))
    holders, staff = _holders(scope)
    return Known(
        units=_units(scope),
        new_codes=_in_use(scope, codes, codes.c.scheme.in_(_NEW)),
        old_codes=_old_codes(scope),
        symbols=_in_use(scope, symbols),
        # a term also holds for the units below
        terms=_in_use(_Scope(frozenset(("",))), terms),
        routes=_routed(scope),
        holders=holders,
        staff=staff,
        logged_in=_logged_in(scope),
        declared=declarations(scope.of(readiness_declarations.c.unit)),
    )


@dataclass(frozen=True)
class _Scope:
    """The units that are asked for and those below; the site where "" is among them."""

    tops: frozenset[str]

    def of(self, column: "sa.ColumnElement[Any]") -> "list[sa.ColumnElement[bool]]":
        """Conditions by which a column names a unit of the scope, or one that does the clerical work for it."""
        if "" in self.tops:
            return []
        inside = sa.or_(sa.false(), *(units.c.lineage.contains(f"/{each}/", autoescape=True) for each in self.tops))
        named = sa.union(sa.select(units.c.uid).where(inside), sa.select(units.c.office).where(inside))
        return [column.in_(named)]


def _units(scope: _Scope) -> "list[sa.Row[Any]]":
    still_open = sa.or_(units.c.closed_on.is_(None), units.c.closed_on > clock.today())
    wanted = sa.select(units).where(units.c.organ == units.c.uid, still_open)
    found = turn.rows(wanted.where(*scope.of(units.c.uid)).order_by(units.c.tree_order, units.c.uid))
    # an office outside does the work for a unit inside, but has no line
    return [each for each in found if "" in scope.tops or not scope.tops.isdisjoint(each.lineage.split("/"))]


def _in_use(scope: _Scope, table: sa.Table, *conditions: "sa.ColumnElement[bool]") -> set[str]:
    wanted = sa.select(table.c.unit).where(*_today(table), *conditions, *scope.of(table.c.unit)).distinct()
    return {each.unit for each in turn.rows(wanted)}


def _old_codes(scope: _Scope) -> set[str]:
    earlier = sa.or_(codes.c.scheme.not_in(_NEW), codes.c.until_day <= clock.today())
    own = sa.select(codes.c.unit).where(earlier, *scope.of(codes.c.unit)).distinct()
    taken_over = (
        sa.select(successions.c.successor)
        .join(codes, codes.c.unit == successions.c.predecessor)
        .where(successions.c.from_day <= clock.today(), *scope.of(successions.c.successor))
        .distinct()
    )
    return {each.unit for each in turn.rows(own)} | {each.successor for each in turn.rows(taken_over)}


def _routed(scope: _Scope) -> set[str]:
    """Read in the journal: the routes themselves are kept with the units, which no list loads."""
    about_units = events.c.object.in_(sa.select(units.c.uid).where(*scope.of(units.c.uid)))
    wanted = (
        sa.select(events.c.object, events.c.diff)
        .where(about_units, events.c.operation == "set_routes")
        .order_by(events.c.id)
    )
    last = {each.object: each.diff["routes"][1] for each in turn.rows(wanted) if "routes" in each.diff}
    return {
        unit for unit, routes in last.items() if any(each["purpose"] == "incoming" for each in (routes or {}).values())
    }


def _holders(scope: _Scope) -> tuple[dict[tuple[str, str], set[str]], dict[str, set[str]]]:
    """Who holds what where; few accounts are closed, so these are asked for and not those that are open."""
    closed = {each.id for each in turn.rows(sa.select(people.c.id).where(people.c.active.is_(False)))}
    organs = {each.uid: each.organ for each in turn.rows(sa.select(units.c.uid, units.c.organ))}
    wanted = sa.select(posts.c.person, posts.c.unit, posts.c.function).where(*_today(posts), *scope.of(posts.c.unit))
    holders: dict[tuple[str, str], set[str]] = defaultdict(set)
    staff: dict[str, set[str]] = defaultdict(set)
    for person, unit, function in turn.rows(wanted):
        if person not in closed:
            holders[unit, function].add(person)
            staff[organs[unit]].add(person)
    return holders, staff


def _logged_in(scope: _Scope) -> set[str]:
    # written out, so that SQLite sees that the index of logins has all of them
    login: sa.ColumnElement[str] = sa.literal_column(f"'{measures.LOGIN}'")
    came = sa.exists().where(tallies.c.person == people.c.id, tallies.c.measure == login)
    serving = scope.of(posts.c.unit)
    here = [people.c.id.in_(sa.select(posts.c.person).where(*serving))] if serving else []
    return {each.id for each in turn.rows(sa.select(people.c.id).where(came, *here))}


def declarations(conditions: "Iterable[sa.ColumnElement[bool]]" = ()) -> "dict[tuple[str, str], sa.Row[Any]]":
    """The last declarations by unit and aspect."""
    last = sa.select(sa.func.max(readiness_declarations.c.id)).group_by(
        readiness_declarations.c.unit, readiness_declarations.c.aspect
    )
    last = last.where(*conditions)
    wanted = sa.select(readiness_declarations).where(readiness_declarations.c.id.in_(last))
    return {(each.unit, each.aspect): each for each in turn.rows(wanted)}


def _today(table: sa.Table) -> "list[sa.ColumnElement[bool]]":
    day = clock.today()
    return [table.c.from_day <= day, sa.or_(table.c.until_day.is_(None), table.c.until_day > day)]
