"""GET /@readiness: what each unit needs before work can go on, and what is missing."""

from typing import Any

from party.operations.organization.services.references import unit_uid
from party.operations.rest import shapes
from party.operations.rest.endpoints import Call
from party.operations.rest.endpoints import Endpoint
from party.operations.rest.service import Service
from party.operations.statistics import readiness
from party.operations.statistics.readiness import ASPECTS
from party.operations.statistics.readiness import Cell
from party.operations.statistics.readiness import Line
from party.operations.statistics.readiness import State


#: units in one answer
MOST = 100

_CELL = shapes.record(
    "ReadinessCell",
    required=("state",),
    state=shapes.text(among=tuple(str(each) for each in State)),
    done=shapes.or_null(shapes.whole("How many there are.")),
    needed=shapes.or_null(shapes.whole("How many are needed.")),
    note=shapes.text(),
)
UNIT = shapes.record(
    "UnitReadiness",
    required=("uid", "title", "missing", "aspects"),
    uid=shapes.text(),
    title=shapes.text(),
    above=shapes.text("uid of the unit above."),
    missing=shapes.many(shapes.text(among=tuple(ASPECTS)), "The aspects in which something is left to do."),
    aspects=shapes.mapping(_CELL, "By aspect."),
)
LIST = shapes.record(
    "Readiness",
    required=("items", "total", "complete", "counts"),
    items=shapes.many(UNIT),
    total=shapes.whole("Units that were asked for."),
    complete=shapes.whole("Those of them where nothing is missing."),
    counts=shapes.mapping(shapes.mapping(shapes.whole()), "How many units are in which state, by aspect."),
    next=shapes.text("What to give as “after” for the next page; left out at the end."),
)
QUERY = shapes.record(
    unit=shapes.text("uid or code: this unit and those below it; left out: all that you answer for."),
    incomplete=shapes.flag("Only units where something is missing."),
    aspect=shapes.text("Only units that lack this.", among=tuple(ASPECTS)),
    after=shapes.text("Continue after this unit."),
)


def matrix(call: Call) -> dict[str, Any]:
    """How ready units are, in the order of the tree (mức độ sẵn sàng)."""
    unit = call.query.get("unit", "")
    page = readiness.page(
        unit_uid(unit) if unit else "",
        incomplete=call.query.get("incomplete", False),
        aspect=call.query.get("aspect", ""),
        after=call.query.get("after", ""),
        limit=MOST,
    )
    return {
        "items": [said(each) for each in page.lines],
        "total": page.total,
        "complete": page.complete,
        "counts": page.counts,
        **({"next": page.following} if page.following else {}),
    }


def said(line: Line) -> dict[str, Any]:
    """A line in the shape of :data:`UNIT`."""
    return {
        "uid": line.unit,
        "title": line.title,
        "above": line.parent,
        "missing": line.missing,
        "aspects": {name: _said(cell) for name, cell in line.cells.items()},
    }


def _said(cell: Cell) -> dict[str, Any]:
    return {"state": str(cell.state), "done": cell.done, "needed": cell.needed, "note": cell.note}


class Get(Service):
    """Reads the matrix."""

    endpoints = (Endpoint("", matrix, LIST, query=QUERY),)
