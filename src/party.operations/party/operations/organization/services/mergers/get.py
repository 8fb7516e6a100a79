"""GET /@mergers: the plans, one plan with its parts, its check, its preview and how far it is."""

from typing import Any

from party.operations.ledger.errors import require
from party.operations.organization import rules
from party.operations.organization.merging import check
from party.operations.organization.merging import plan as plans
from party.operations.organization.merging import steps
from party.operations.organization.merging.plan import Plan
from party.operations.organization.merging.plan import STATES
from party.operations.organization.merging.preview import Preview
from party.operations.rest import shapes
from party.operations.rest.endpoints import Call
from party.operations.rest.endpoints import Endpoint
from party.operations.rest.service import Service
from party.operations.rest.writing import address


REFERENCE = shapes.text("A unit by uid, or `new:<id>` for one that the plan makes.")

_BRIEF = {
    "@id": shapes.text(),
    "id": shapes.text(),
    "name": shapes.text(),
    "basis": shapes.text("The decision it rests on."),
    "unit": shapes.text("The unit within which it takes place; empty for the whole organisation."),
    "on_day": shapes.day("The first day on which the new structure holds."),
    "state": shapes.text(among=tuple(STATES)),
}
BRIEF = shapes.record("MergerBrief", required=("@id", "id", "name", "on_day", "state"), **_BRIEF)
LIST = shapes.record("MergerList", required=("items",), items=shapes.many(BRIEF))

MERGER = shapes.record(
    "Merger",
    "A plan: units that close, who takes over, new codes, people who move.",
    required=("@id", "id", "name", "on_day", "state", "lines"),
    **_BRIEF,
    lines=shapes.many(
        shapes.record(
            id=shapes.whole(),
            number=shapes.whole(),
            old_name=shapes.text("As it was written."),
            new_name=shapes.text("As it was written."),
            old=shapes.text("uid, empty while the name is not that of exactly one unit."),
            successor=REFERENCE,
            below=shapes.text(among=("move", "close")),
        )
    ),
    new_units=shapes.many(
        shapes.record(
            reference=REFERENCE,
            title=shapes.text(),
            kind=shapes.text(),
            parent=shapes.text(),
            position=shapes.or_null(shapes.whole()),
            made=shapes.text("uid once it was made."),
        )
    ),
    codes=shapes.many(
        shapes.record(
            id=shapes.whole(),
            number=shapes.whole(),
            unit=REFERENCE,
            kind=shapes.text(among=("code", "symbol")),
            value=shapes.text(),
            scheme=shapes.text(),
            primary=shapes.flag(),
        )
    ),
    people=shapes.many(
        shapes.record(
            id=shapes.whole(),
            number=shapes.whole(),
            person=shapes.text(),
            post=shapes.or_null(shapes.whole("The post that ends.")),
            unit=REFERENCE,
            function=shapes.text(),
            title=shapes.text(),
            kept_until=shapes.or_null(shapes.day("First day on which the old post and the old login are over.")),
            login=shapes.text("The new login, empty for the same."),
        )
    ),
)
CHECK = shapes.record(
    "MergerCheck",
    required=("sound", "problems"),
    sound=shapes.flag("It can be started."),
    problems=shapes.many(
        shapes.record(part=shapes.text(among=tuple(check.PARTS)), line=shapes.whole(), message=shapes.text())
    ),
)
PREVIEW = shapes.record(
    "MergerPreview",
    required=("counts", "successors", "moved", "gains"),
    counts=shapes.mapping(shapes.whole()),
    successors=shapes.many(
        shapes.record(unit=shapes.text(), new=shapes.flag(), predecessors=shapes.many(shapes.text()))
    ),
    moved=shapes.many(shapes.record(unit=shapes.text(), before=shapes.text(), after=shapes.text())),
    gains=shapes.many(
        shapes.record(
            unit=shapes.text(),
            function=shapes.text(),
            by=shapes.text(among=("succession", "post")),
            people=shapes.many(shapes.text()),
            of=shapes.many(shapes.text(), "Units whose documents they see in this function."),
        )
    ),
)
PROGRESS = shapes.record(
    "MergerProgress",
    required=("state", "done", "steps"),
    state=shapes.text(among=tuple(STATES)),
    done=shapes.whole(),
    steps=shapes.many(
        shapes.record(
            position=shapes.whole(),
            kind=shapes.text(among=tuple(steps.KINDS)),
            due_day=shapes.day(),
            done_at=shapes.or_null(shapes.instant()),
        )
    ),
    kept_logins=shapes.many(
        shapes.record(
            person=shapes.text(),
            login=shapes.text("The new login, which the person was not given."),
            why=shapes.text(among=("taken", "not_allowed")),
        )
    ),
)


def listing(call: Call) -> dict[str, Any]:
    """The plans of who administers the units they are about, the latest day first."""
    require(rules.may_administer_some())
    return {"items": [_brief(each) for each in plans.listing()]}


def one(call: Call) -> dict[str, Any]:
    """A plan with its lines, new units, codes and people (phương án sáp nhập)."""
    return facts(call.path["merger"])


def checked(call: Call) -> dict[str, Any]:
    """Every problem of a plan, a sentence each (kiểm tra)."""
    found = check.problems(plans.find(call.path["merger"]))
    return {"sound": not found, "problems": [vars(each) for each in found]}


def previewed(call: Call) -> dict[str, Any]:
    """What a plan will do, and who gains what by what (xem trước)."""
    preview = Preview(plans.find(call.path["merger"]))
    return {
        "counts": preview.counts(),
        "successors": [{"unit": title, "new": new, "predecessors": old} for title, new, old in preview.successors()],
        "moved": [{"unit": title, "before": before, "after": after} for title, before, after in preview.moved()],
        "gains": [{**vars(each), "people": list(each.people), "of": list(each.of)} for each in preview.gains()],
    }


def progress(call: Call) -> dict[str, Any]:
    """The steps of a plan that was started (tiến độ)."""
    plan = plans.find(call.path["merger"])
    found = steps.of_merger(plan.id)
    names = ("position", "kind", "due_day", "done_at")
    return {
        "state": plan.row.state,
        "done": sum(each.done_at is not None for each in found),
        "steps": [{name: each._mapping[name] for name in names} for each in found],
        "kept_logins": steps.kept_logins(plan.id),
    }


def facts(merger: str) -> dict[str, Any]:
    """All of a plan."""
    plan: Plan = plans.find(merger)
    line_names = ("id", "number", "old_name", "new_name", "old", "successor", "below")
    movement_names = ("id", "number", "person", "post", "unit", "function", "title", "kept_until", "login")
    return {
        **_brief(plan.row),
        "lines": [{name: each._mapping[name] for name in line_names} for each in plan.lines],
        "new_units": [
            {"reference": reference, **{name: each._mapping[name] for name in _NEW_UNIT}}
            for reference, each in plan.new_units.items()
        ],
        "codes": [
            {**{name: each._mapping[name] for name in _CODE}, "primary": each.primary_code} for each in plan.codes
        ],
        "people": [{name: each._mapping[name] for name in movement_names} for each in plan.movements],
    }


def _brief(row: Any) -> dict[str, Any]:
    names = ("id", "name", "basis", "unit", "on_day", "state")
    return {"@id": address("@mergers", row.id), **{name: row._mapping[name] for name in names}}


_NEW_UNIT = ("title", "kind", "parent", "position", "made")
_CODE = ("id", "number", "unit", "kind", "value", "scheme")


class Get(Service):
    """Reads plans."""

    endpoints = (
        Endpoint("", listing, LIST),
        Endpoint("{merger}", one, MERGER),
        Endpoint("{merger}/check", checked, CHECK),
        Endpoint("{merger}/preview", previewed, PREVIEW),
        Endpoint("{merger}/progress", progress, PROGRESS),
    )
