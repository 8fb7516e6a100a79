"""PUT /@units/<unit>/routes: the prepared routes of a unit."""

from typing import Any

from party.operations.organization import operations
from party.operations.organization.services import facts
from party.operations.organization.services.references import unit_uid
from party.operations.rest import shapes
from party.operations.rest.endpoints import Call
from party.operations.rest.endpoints import Endpoint
from party.operations.rest.service import Service


ANSWER = shapes.both(facts.UNIT, warnings=shapes.many(shapes.text(), "Steps that nobody holds today."))


def set_routes(call: Call) -> dict[str, Any]:
    """Replace all prepared routes of a unit; a route that leads nowhere is refused (luồng xử lý)."""
    uid = unit_uid(call.path["unit"])
    for route in call.body["routes"]:
        for step in route["steps"]:
            step["unit"] = unit_uid(step["unit"]) if step.get("unit") else ""
    warnings = operations.set_routes(uid, call.body["routes"])
    return {**facts.unit(uid), "warnings": warnings}


class Put(Service):
    """Replaces routes."""

    endpoints = (
        Endpoint(
            "{unit}/routes", set_routes, ANSWER, shapes.record(required=("routes",), routes=shapes.many(facts.ROUTE))
        ),
    )
