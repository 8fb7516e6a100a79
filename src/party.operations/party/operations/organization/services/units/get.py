"""GET /@units: search, list and look up units."""

from typing import Any

from party.operations.organization import lookup
from party.operations.organization.services import facts
from party.operations.organization.services.references import UNIT
from party.operations.organization.services.references import unit_uid
from party.operations.rest import shapes
from party.operations.rest.endpoints import Call
from party.operations.rest.endpoints import Endpoint
from party.operations.rest.service import Service


#: units on one page
PAGE = 100

LIST = shapes.record(
    "UnitList",
    required=("items", "after"),
    items=shapes.many(facts.BRIEF_UNIT),
    after=shapes.or_null(shapes.text("`after` of the next page, null at the end.")),
)


def search(call: Call) -> dict[str, Any]:
    """Units in the order of the tree, all or those that match."""
    within = call.query.get("within", "")
    rows = lookup.search_units(
        call.query.get("q", ""),
        kinds=tuple(filter(None, [call.query.get("kind")])),
        within=unit_uid(within) if within else "",
        open_only=not call.query.get("closed", False),
        after=call.query.get("after", ""),
        limit=PAGE + 1,
    )
    shown = rows[:PAGE]
    return {
        "items": [facts.brief_unit(each) for each in shown],
        "after": shown[-1].uid if len(rows) > PAGE else None,
    }


def one(call: Call) -> dict[str, Any]:
    """A unit with its settings, codes, symbols, terms, routes and who serves there."""
    return facts.unit(unit_uid(call.path["unit"]))


class Get(Service):
    """Reads units."""

    endpoints = (
        Endpoint(
            "",
            search,
            LIST,
            query=shapes.record(
                q=shapes.text("Part of the name or short name, without accents too, or a whole code."),
                kind=shapes.text(),
                within=UNIT,
                closed=shapes.flag("Closed units as well."),
                after=shapes.text(),
            ),
        ),
        Endpoint("{unit}", one, facts.UNIT),
    )
