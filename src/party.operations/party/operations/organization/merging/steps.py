"""A plan as steps (các bước thực hiện): each is done in one turn, in this order, from its day on.

What carries a date is written as soon as the plan is started; what has none waits for the day of the merger.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from party.operations import _
from party.operations.ledger import clock
from party.operations.ledger import turn
from party.operations.organization.merging.plan import Plan
from party.operations.organization.merging.tables import steps


#: people of one step
BATCH = 200

KINDS = {
    "make": _("Unit made"),
    "code": _("Code or symbol given"),
    "close": _("Unit closed, successor named"),
    "people": _("People appointed"),
    "move": _("Units below moved"),
    "logins": _("Logins changed"),
    "finish": _("In force"),
}


@dataclass(frozen=True)
class Step:
    """What is to be done from a day on."""

    kind: str
    payload: dict[str, Any]
    due_day: date


def of_plan(plan: Plan) -> list[Step]:
    """All steps of a plan that was checked."""
    today, day = clock.today(), plan.row.on_day
    ahead = [Step(kind, payload, today) for kind, payload in _ahead(plan)]
    return [*ahead, *(Step(kind, payload, day) for kind, payload in _on_the_day(plan))]


def write(merger: str, wanted: list[Step]) -> None:
    """Keep the steps of a plan that is started."""
    values = [
        {
            "merger": merger,
            "position": position,
            "kind": each.kind,
            "payload": each.payload,
            "due_day": each.due_day,
            "done_at": None,
            "result": {},
        }
        for position, each in enumerate(wanted)
    ]
    turn.run(sa.insert(steps), values)


def of_merger(merger: str) -> "list[sa.Row[Any]]":
    """The steps of a plan that was started, in their order."""
    return turn.rows(sa.select(steps).where(steps.c.merger == merger).order_by(steps.c.position))


def following(merger: str) -> "sa.Row[Any] | None":
    """The first step that is not done."""
    wanted = sa.select(steps).where(steps.c.merger == merger, steps.c.done_at.is_(None))
    return turn.row(wanted.order_by(steps.c.position).limit(1))


def kept_logins(merger: str) -> list[dict[str, str]]:
    """Who was not given his new login: ``person``, ``login`` (the new one) and ``why`` (``taken``, ``not_allowed``)."""
    return [kept for each in of_merger(merger) if each.kind == "logins" for kept in each.result.get("kept", ())]


def _ahead(plan: Plan) -> Iterator[tuple[str, dict[str, Any]]]:
    for reference in plan.new_units:
        yield "make", {"unit": reference}
    for each in plan.codes:
        yield "code", {"code": each.id}
    for each in plan.effective:
        yield "close", {"line": each.id}
    for batch in _batches([each.id for each in plan.movements]):
        yield "people", {"movements": batch}


def _on_the_day(plan: Plan) -> Iterator[tuple[str, dict[str, Any]]]:
    for each in plan.effective:
        # also where nothing stands below yet: until the day something may
        if each.below == "move":
            yield "move", {"line": each.id}
    for batch in _batches([each.id for each in plan.movements if each.login]):
        yield "logins", {"movements": batch}
    yield "finish", {}


def _batches(ids: list[int]) -> Iterator[list[int]]:
    return (ids[start : start + BATCH] for start in range(0, len(ids), BATCH))
