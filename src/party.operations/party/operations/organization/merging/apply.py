"""Doing a plan step by step (thực hiện phương án): the worker does one step in one turn and writes the job of the next.

A step and its mark are written together, so a worker that is killed anywhere goes on with the step it had begun.
"""

from collections.abc import Callable
from datetime import date
from datetime import datetime
from datetime import time
from functools import cache
from functools import partial
from typing import Any

import sqlalchemy as sa
from zope.component import queryUtility
from zope.component.hooks import getSite
from zope.interface import Interface
from zope.interface import provider

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import principals
from party.operations.ledger import clock
from party.operations.ledger import ids
from party.operations.ledger import journal
from party.operations.ledger import outbox
from party.operations.ledger import turn
from party.operations.ledger.errors import require
from party.operations.ledger.outbox import IJob
from party.operations.organization import lookup
from party.operations.organization import rules
from party.operations.organization.merging import logins
from party.operations.organization.merging import plan as plans
from party.operations.organization.merging import steps as plan_steps
from party.operations.organization.merging.plan import Plan
from party.operations.organization.merging.tables import mergers
from party.operations.organization.merging.tables import movements
from party.operations.organization.merging.tables import new_units
from party.operations.organization.merging.tables import steps
from party.operations.organization.operations import units as unit_operations
from party.operations.organization.tables import former_logins
from party.operations.organization.tables import people
from party.operations.organization.tables import posts
from party.operations.organization.tables import symbols


#: what the worker does, see :func:`job`
KIND = "merger"


class IBooks(Interface):
    """Utility that opens the books of a new unit (sổ văn bản); the package of documents has it."""

    def __call__(unit: str, like: str) -> None:
        """Open books in ``unit``, named as those of the unit ``like``."""


def enqueue(merger: str, run: int, step: "sa.Row[Any]") -> None:
    """Let the worker do a step as soon as its day has come, as the person who acts."""
    midnight = datetime.combine(step.due_day, time(), clock.VIETNAM)
    key = f"{KIND}:{merger}:{run}:{step.position}:{step.due_day:%Y%m%d}"
    due = max(midnight, clock.now())
    outbox.enqueue(KIND, key, {"merger": merger, "run": run}, actor.current(), due=due)


def advance(merger: str, run: int) -> bool:
    """Do the next step of a plan in one turn; False when there is nothing to be done by this run now."""
    with turn.turn():
        plan = plans.held(merger)
        step = plan_steps.following(merger)
        if plan.row.run != run or plan.row.state != "started" or step is None or step.due_day > clock.today():
            return False
        result = _DOING[step.kind](plan, step.payload)
        done = {"done_at": clock.now(), "result": result}
        turn.run(sa.update(steps).where(steps.c.merger == merger, steps.c.position == step.position).values(**done))
        principals.forget()
        following = plan_steps.following(merger)
        if following is not None:
            enqueue(merger, run, following)
        return True


def _make(plan: Plan, payload: dict[str, Any]) -> dict[str, Any]:
    new = plan.new_units[payload["unit"]]
    old = next((each.old for each in plan.effective if each.successor == payload["unit"]), "")
    like = lookup.unit_object(old) if old else None
    settings = {name: getattr(like, name) for name in ("regime", "place", "deadline_days")} if like is not None else {}
    if new.position is not None:
        settings["position"] = new.position
    uid = unit_operations.create_unit(new.title, new.kind, new.parent, **settings).UID()
    books = queryUtility(IBooks)
    if books is not None and old:
        books(uid, old)
    turn.run(sa.update(new_units).where(new_units.c.id == new.id).values(made=uid))
    return {"unit": uid}


def _code(plan: Plan, payload: dict[str, Any]) -> dict[str, Any]:
    code = next(each for each in plan.codes if each.id == payload["code"])
    uid, day = plan.unit_of(code.unit), plan.row.on_day
    if code.kind == "code":
        unit_operations.add_code(uid, code.value, code.scheme, day, code.primary_code)
        return {"unit": uid, "code": code.value}
    ended = turn.rows(
        sa.select(symbols.c.id).where(symbols.c.unit == uid, symbols.c.until_day.is_(None), symbols.c.from_day < day)
    )
    unit_operations.add_symbol(uid, code.value, day)
    return {"unit": uid, "symbol": code.value, "ended": [each.id for each in ended]}


def _close(plan: Plan, payload: dict[str, Any]) -> dict[str, Any]:
    line = _line(plan, payload)
    successor, closed = plan.unit_of(line.successor), plan.closed_by(line)
    for each in closed:
        unit_operations.close_unit(each, plan.row.on_day, successor, plan.row.basis or plan.row.name)
    return {"units": closed}


def _people(plan: Plan, payload: dict[str, Any]) -> dict[str, Any]:
    day = plan.row.on_day
    made: list[dict[str, Any]] = []
    ended: list[list[Any]] = []
    wanted = _movements(payload)
    held = _held({each.person for each in wanted}, day)
    # rights may have changed since the plan was checked
    allowed = cache(lambda unit: require(rules.may_administer(unit)))
    for each in wanted:
        unit = plan.unit_of(each.unit)
        record = partial(journal.record, uid=each.person, actor=actor.current(), function=each.function)
        allowed(unit)
        if (each.person, unit, each.function) not in held:
            held.add((each.person, unit, each.function))
            made.append(
                {
                    "id": ids.new(),
                    "person": each.person,
                    "unit": unit,
                    "function": each.function,
                    "title": each.title,
                    "from_day": day,
                    "until_day": None,
                }
            )
            record("appoint", unit=unit, from_day=day, merger=plan.id)
        until = each.kept_until or day
        old = sa.select(posts).where(posts.c.id == each.post, posts.c.person == each.person)
        post = turn.row(old) if each.post else None
        if post is not None and (post.until_day is None or post.until_day > until):
            allowed(post.unit)
            ended.append([post.id, post.until_day and post.until_day.isoformat(), until.isoformat()])
            turn.run(sa.update(posts).where(posts.c.id == post.id).values(until_day=until))
            record("end_post", unit=post.unit, until=until, merger=plan.id)
    if made:
        turn.run(sa.insert(posts), made)
    return {"posts": [each["id"] for each in made], "ended": ended}


def _move(plan: Plan, payload: dict[str, Any]) -> dict[str, Any]:
    line = _line(plan, payload)
    moved, successor = plan.moved_by(line), plan.unit_of(line.successor)
    for each in moved:
        # after the units that stand below the successor already, in the order that they had
        lookup.unit_object(each).position = unit_operations.next_position(successor)
        unit_operations.put_below(each, successor)
    return {"units": moved}


def _logins(plan: Plan, payload: dict[str, Any]) -> dict[str, Any]:
    users = getSite().acl_users.source_users
    changed, kept = [], []
    for each in _movements(payload):
        person = lookup.person(each.person)
        if person.login == each.login or not person.active:
            continue
        taken = logins.is_taken(each.login)
        if taken or not rules.may_rename(person):
            # nobody can correct a plan on its day: the person goes on with the login that he has
            kept.append({"person": person.id, "login": each.login, "why": "taken" if taken else "not_allowed"})
            continue
        users.updateUser(person.id, each.login)
        turn.run(sa.update(people).where(people.c.id == person.id).values(login=each.login))
        until = each.kept_until or plan.row.on_day
        turn.run(sa.insert(former_logins).values(login=person.login, person=person.id, until_day=until))
        diff = {"login": (person.login, each.login)}
        journal.record("change_login", person.id, actor.current(), diff=diff, until=until, merger=plan.id)
        changed.append(person.id)
    return {"people": changed, "kept": kept}


def _finish(plan: Plan, payload: dict[str, Any]) -> dict[str, Any]:
    turn.run(sa.update(mergers).where(mergers.c.id == plan.id).values(state="done"))
    journal.record("finish_merger", "", actor.current(), unit=plan.row.unit, merger=plan.id, name=plan.row.name)
    return {}


def _line(plan: Plan, payload: dict[str, Any]) -> "sa.Row[Any]":
    return next(each for each in plan.lines if each.id == payload["line"])


def _movements(payload: dict[str, Any]) -> "list[sa.Row[Any]]":
    wanted = sa.select(movements).where(movements.c.id.in_(payload["movements"]))
    return turn.rows(wanted.order_by(movements.c.number, movements.c.id))


def _held(persons: set[str], day: date) -> set[tuple[str, str, str]]:
    """Person, unit and function of the posts that are held on the day."""
    on_the_day = (posts.c.from_day <= day, sa.or_(posts.c.until_day.is_(None), posts.c.until_day > day))
    found = turn.rows(sa.select(posts).where(posts.c.person.in_(persons), *on_the_day))
    return {(each.person, each.unit, each.function) for each in found}


@provider(IJob)
def job(site: Any, payload: dict[str, Any]) -> None:
    """Do one step of a plan; the next one has a job of its own."""
    advance(payload["merger"], payload["run"])


job.title = _("Merger or reorganisation")

_DOING: dict[str, Callable[[Plan, dict[str, Any]], dict[str, Any]]] = {
    "make": _make,
    "code": _code,
    "close": _close,
    "people": _people,
    "move": _move,
    "logins": _logins,
    "finish": _finish,
}
