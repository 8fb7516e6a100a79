"""PATCH /@mergers/<id>: the name, basis and day of a plan, and the units that it is to make."""

from typing import Any

from party.operations.organization import operations
from party.operations.organization.merging import plan as plans
from party.operations.organization.services.mergers import get
from party.operations.organization.services.mergers.shapes import NEW_UNIT
from party.operations.organization.services.references import unit_uid
from party.operations.rest import shapes
from party.operations.rest.endpoints import Call
from party.operations.rest.endpoints import Endpoint
from party.operations.rest.service import Service


def change(call: Call) -> dict[str, Any]:
    """Change what a plan is called, what it rests on, or its day (sửa phương án)."""
    row = plans.find(call.path["merger"]).row
    present = {name: getattr(row, name) for name in ("name", "on_day", "basis")}
    operations.change_merger(row.id, **{**present, **call.body})
    return get.facts(row.id)


def change_unit(call: Call) -> dict[str, Any]:
    """Correct a unit that the plan is to make (sửa đơn vị mới)."""
    merger, parent = call.path["merger"], call.body.pop("parent", "")
    operations.change_merger_unit(merger, call.path["unit"], parent=unit_uid(parent) if parent else "", **call.body)
    return get.facts(merger)


class Patch(Service):
    """Changes plans."""

    endpoints = (
        Endpoint(
            "{merger}",
            change,
            get.MERGER,
            shapes.record(name=shapes.text(longest=200), on_day=shapes.day(), basis=shapes.text()),
        ),
        Endpoint(
            "{merger}/units/{unit}",
            change_unit,
            get.MERGER,
            NEW_UNIT,
        ),
    )
