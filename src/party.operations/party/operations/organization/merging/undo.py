"""Taking back what was prepared (huỷ thực hiện): possible until the day before the merger, and then exactly."""

from collections.abc import Callable
from datetime import date
from typing import Any

import sqlalchemy as sa
from zope.component.hooks import getSite

from party.operations import _
from party.operations.confidentiality import blinding
from party.operations.confidentiality import levels
from party.operations.confidentiality import principals
from party.operations.ledger import turn
from party.operations.ledger.errors import Invalid
from party.operations.ledger.tables import metadata
from party.operations.ledger.tables import NAMES_UNIT
from party.operations.organization import lookup
from party.operations.organization.merging import steps as plan_steps
from party.operations.organization.merging.plan import Plan
from party.operations.organization.merging.tables import new_units
from party.operations.organization.merging.tables import steps
from party.operations.organization.tables import codes
from party.operations.organization.tables import posts
from party.operations.organization.tables import successions
from party.operations.organization.tables import symbols
from party.operations.organization.tables import terms
from party.operations.organization.tables import units
from party.operations.text.codes import normalise
from party.operations.text.symbols import match_key


def take_back(plan: Plan) -> None:
    """Undo every step that was done, the last one first, in the open turn; the plan has no steps afterwards."""
    for each in reversed(plan_steps.of_merger(plan.id)):
        if each.done_at is not None:
            _UNDOING[each.kind](plan, each.result)
    turn.run(sa.delete(steps).where(steps.c.merger == plan.id))
    principals.forget()


def _make(plan: Plan, result: dict[str, Any]) -> None:
    uid = result["unit"]
    row = lookup.unit(uid)
    if _is_named(uid):
        raise Invalid(
            _(
                "${unit} is in use already: people, units, documents or reports name it. Nothing was taken back. Take "
                "them out of it first. Where that cannot be, let the plan come into force and plan another one.",
                mapping={"unit": row.title},
            )
        )
    container = lookup.unit_object(row.parent) if row.parent else getSite()
    container._delObject(row.path.rpartition("/")[2])
    for table in (codes, symbols, terms):
        turn.run(sa.delete(table).where(table.c.unit == uid))
    turn.run(sa.delete(units).where(units.c.uid == uid))
    turn.run(sa.update(new_units).where(new_units.c.merger == plan.id, new_units.c.made == uid).values(made=""))


def _is_named(uid: str) -> bool:
    """Does anything name the unit by now, also a classified document as far as this process may know of it?"""
    written = blinding.either([uid], levels.up_to(levels.cap(levels.zone())))
    columns = [each for table in metadata.sorted_tables for each in table.c if NAMES_UNIT.items() <= each.info.items()]
    return any(turn.row(sa.select(each).where(each.in_(written)).limit(1)) is not None for each in columns)


def _code(plan: Plan, result: dict[str, Any]) -> None:
    if "code" in result:
        key = normalise(result["code"]).upper()
        turn.run(sa.delete(codes).where(codes.c.unit == result["unit"], codes.c.key == key))
        return
    given = (symbols.c.unit == result["unit"], symbols.c.key == match_key(result["symbol"]))
    turn.run(sa.delete(symbols).where(*given, symbols.c.from_day == plan.row.on_day))
    turn.run(sa.update(symbols).where(symbols.c.id.in_(result["ended"])).values(until_day=None))


def _close(plan: Plan, result: dict[str, Any]) -> None:
    for uid in result["units"]:
        lookup.unit_object(uid).closed_on = None
        turn.run(sa.update(units).where(units.c.uid == uid).values(closed_on=None))
        named = (successions.c.predecessor == uid, successions.c.from_day == plan.row.on_day)
        turn.run(sa.delete(successions).where(*named))


def _people(plan: Plan, result: dict[str, Any]) -> None:
    turn.run(sa.delete(posts).where(posts.c.id.in_(result["posts"])))
    for post, before, until in result["ended"]:
        # a post that was ended otherwise since stays as it was ended
        still = (posts.c.id == post, posts.c.until_day == date.fromisoformat(until))
        turn.run(sa.update(posts).where(*still).values(until_day=before and date.fromisoformat(before)))


#: what waits for the day of the merger is never taken back
_UNDOING: dict[str, Callable[[Plan, dict[str, Any]], None]] = {
    "make": _make,
    "code": _code,
    "close": _close,
    "people": _people,
}
