"""Mergers (sáp nhập, hợp nhất): planning one, starting it, going on after a failure, taking it back before its date."""

import secrets
from datetime import date
from typing import Any

import sqlalchemy as sa

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.ledger import clock
from party.operations.ledger import journal
from party.operations.ledger import turn
from party.operations.ledger.errors import Changed
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import require
from party.operations.ledger.operation import operation
from party.operations.organization import fields
from party.operations.organization import lookup
from party.operations.organization import rules
from party.operations.organization.merging import apply
from party.operations.organization.merging import check
from party.operations.organization.merging import plan as plans
from party.operations.organization.merging import steps
from party.operations.organization.merging import undo
from party.operations.organization.merging.plan import Plan
from party.operations.organization.merging.tables import lines
from party.operations.organization.merging.tables import mergers
from party.operations.organization.merging.tables import movements
from party.operations.organization.merging.tables import new_codes
from party.operations.organization.merging.tables import new_units
from party.operations.text.normalize import clean_line
from party.operations.text.normalize import clean_text


@operation
def plan_merger(name: str, on_day: date, *, unit: str = "", basis: str = "") -> str:
    """Begin a plan for units below ``unit`` ("" for all) and return its id (lập phương án sáp nhập)."""
    with turn.turn():
        if unit:
            lookup.unit(unit)
            require(rules.may_administer(unit))
        else:
            require(rules.may_set_up())
        merger = secrets.token_hex(16)
        values = {**_described(name, on_day, basis), "unit": unit, "state": "draft"}
        turn.run(
            sa.insert(mergers).values(id=merger, created_by=actor.current(), created_at=clock.now(), run=0, **values)
        )
        journal.record("plan_merger", "", actor.current(), unit=unit, merger=merger, name=values["name"], on_day=on_day)
        return merger


@operation
def change_merger(merger: str, *, name: str, on_day: date, basis: str = "") -> None:
    """Change what a plan is called, what it rests on, or its date (sửa phương án)."""
    with turn.turn():
        plan = draft(merger)
        values = _described(name, on_day, basis)
        diff = journal.changes(dict(plan.row._mapping), values)
        turn.run(sa.update(mergers).where(mergers.c.id == merger).values(**values))
        journal.record("change_merger", "", actor.current(), unit=plan.row.unit, merger=merger, diff=diff)


@operation
def discard_merger(merger: str) -> None:
    """Throw a plan away that was not started, or was taken back (bỏ phương án)."""
    with turn.turn():
        plan = draft(merger)
        for table in (lines, new_units, new_codes, movements):
            turn.run(sa.delete(table).where(table.c.merger == merger))
        turn.run(sa.delete(mergers).where(mergers.c.id == merger))
        journal.record("discard_merger", "", actor.current(), unit=plan.row.unit, merger=merger, name=plan.row.name)


@operation
def start_merger(merger: str) -> None:
    """Start a plan without problems: what has a date is written now, the rest on the day (thực hiện phương án)."""
    with turn.turn():
        plan = draft(merger)
        found = check.problems(plan)
        if found:
            words = {"count": len(found), "first": found[0].message}
            raise Invalid(_("The plan has ${count} problems; the first: ${first}", mapping=words))
        steps.write(merger, steps.of_plan(plan))
        _go(plan, "start_merger", "started")


@operation
def continue_merger(merger: str) -> None:
    """Let the worker go on at once with the step at which it failed (tiếp tục thực hiện)."""
    with turn.turn():
        plan = plans.held(merger)
        if plan.row.state != "started":
            raise Changed(_("The plan is not under way. Look at its present state."))
        _go(plan, "continue_merger", "started")


@operation
def undo_merger(merger: str) -> None:
    """Take back all that was prepared; the plan can be changed and started again (huỷ thực hiện trước ngày sáp nhập)."""
    with turn.turn():
        plan = plans.held(merger)
        day = plan.row.on_day
        if plan.row.state == "draft":
            raise Changed(_("The plan is not under way. Look at its present state."))
        if day <= clock.today():
            words = {"day": day.strftime("%d/%m/%Y")}
            raise Invalid(
                _(
                    "The merger is in force since ${day} and cannot be taken back. Plan another one that leads to the "
                    "structure you want.",
                    mapping=words,
                )
            )
        undo.take_back(plan)
        _set(plan, state="draft", run=plan.row.run + 1)
        journal.record("undo_merger", "", actor.current(), unit=plan.row.unit, merger=merger, name=plan.row.name)


def _go(plan: Plan, operation: str, state: str) -> None:
    run = plan.row.run + 1
    _set(plan, state=state, run=run)
    following = steps.following(plan.id)
    assert following is not None
    apply.enqueue(plan.id, run, following)
    facts = {"merger": plan.id, "name": plan.row.name, "on_day": plan.row.on_day}
    journal.record(operation, "", actor.current(), unit=plan.row.unit, **facts)


def draft(merger: str) -> Plan:
    """The plan in the open turn, to be changed; raises ``Changed`` once it was started."""
    plan = plans.held(merger)
    if plan.row.state != "draft":
        raise Changed(_("The plan was started and is not changed any more. Take it back first; then change it."))
    return plan


def _described(name: str, on_day: date, basis: str) -> dict[str, Any]:
    name = clean_line(name)
    if not name:
        raise Invalid(_("Give the plan a name."), "name")
    fields.check_length(name, 200, "name")
    return {"name": name, "on_day": on_day, "basis": clean_text(basis)}


def _set(plan: Plan, **values: Any) -> None:
    turn.run(sa.update(mergers).where(mergers.c.id == plan.id).values(**values))
