"""The tree of units, one level at a time (cây đơn vị), and what its pages tell of a unit."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa

from party.operations.ledger import clock
from party.operations.ledger import turn
from party.operations.organization import lookup
from party.operations.organization.tables import codes
from party.operations.organization.tables import posts
from party.operations.organization.tables import successions
from party.operations.organization.tables import symbols
from party.operations.organization.tables import terms
from party.operations.organization.tables import units


def children(parent: str, *, after: str = "", limit: int) -> "list[sa.Row[Any]]":
    """Units directly below ``parent`` ("" for the top) in their order, with ``below``, the number of units below each.

    ``after`` is the uid of the last unit of the page before.
    """
    below = sa.select(sa.func.count()).where(_CHILDREN.c.parent == units.c.uid).scalar_subquery()
    wanted = sa.select(units, below.label("below")).where(units.c.parent == parent)
    last = lookup.find_unit(after) if after else None
    if last is not None:
        wanted = wanted.where(sa.tuple_(units.c.tree_order, units.c.uid) > sa.tuple_(last.tree_order, last.uid))
    return turn.rows(wanted.order_by(units.c.tree_order, units.c.uid).limit(limit))


def count_below(parent: str) -> int:
    """How many units stand directly below ``parent``."""
    return turn.scalar(sa.select(sa.func.count()).where(units.c.parent == parent)) or 0


def path(uid: str) -> "list[sa.Row[Any]]":
    """The units above ``uid``, the highest first."""
    above = lookup.ancestors(uid)[1:]
    return turn.rows(sa.select(units).where(units.c.uid.in_(above)).order_by(sa.func.length(units.c.lineage)))


def codes_in_use(uids: Iterable[str]) -> dict[str, str]:
    """The code each unit goes by today: the primary one if it has one."""
    wanted = (
        sa.select(codes.c.unit, codes.c.value)
        .where(codes.c.unit.in_(set(uids)), codes.c.from_day <= clock.today(), *_not_over(codes))
        .order_by(codes.c.primary_code, codes.c.from_day, codes.c.id)
    )
    return {each.unit: each.value for each in turn.rows(wanted)}


def successors(uids: Iterable[str]) -> "dict[str, sa.Row[Any]]":
    """For each closed unit that has one, the unit that took over from it."""
    wanted = (
        sa.select(successions.c.predecessor, successions.c.basis, units)
        .join(units, units.c.uid == successions.c.successor)
        .where(successions.c.predecessor.in_(set(uids)))
    )
    return {each.predecessor: each for each in turn.rows(wanted)}


def predecessors(uid: str) -> "list[sa.Row[Any]]":
    """The units that ``uid`` took over from, with the day and the basis."""
    wanted = (
        sa.select(units, successions.c.from_day, successions.c.basis)
        .join(successions, successions.c.predecessor == units.c.uid)
        .where(successions.c.successor == uid)
    )
    return turn.rows(wanted.order_by(successions.c.from_day, units.c.tree_order))


def symbols_of(uid: str) -> "list[sa.Row[Any]]":
    """All issuer symbols a unit has or had, newest first."""
    return turn.rows(
        sa.select(symbols).where(symbols.c.unit == uid).order_by(symbols.c.from_day.desc(), symbols.c.id.desc())
    )


def terms_of(uid: str) -> "list[sa.Row[Any]]":
    """The congress terms recorded for a unit itself, newest first."""
    return turn.rows(sa.select(terms).where(terms.c.unit == uid).order_by(terms.c.from_day.desc()))


def posts_to_come(uid: str) -> "list[sa.Row[Any]]":
    """Posts of a unit that begin after today."""
    return turn.rows(
        sa.select(posts).where(posts.c.unit == uid, posts.c.from_day > clock.today()).order_by(posts.c.from_day)
    )


def administrators(uid: str) -> "tuple[sa.Row[Any], list[sa.Row[Any]]] | None":
    """The nearest unit, from ``uid`` upwards, that has administrators, with these; ``None`` when none has."""
    for each in lookup.ancestors(uid):
        found = lookup.holders(each, "unit_admin")
        if found:
            return lookup.unit(each), found
    return None


_CHILDREN = units.alias("children")


def _not_over(table: "sa.Table", day: date | None = None) -> "list[sa.ColumnElement[bool]]":
    return [sa.or_(table.c.until_day.is_(None), table.c.until_day > (day or clock.today()))]
