"""PATCH /@units: change the name, kind or settings of a unit."""

from typing import Any

from party.operations.organization import operations
from party.operations.organization.content import IUnit
from party.operations.organization.services import facts
from party.operations.organization.services.references import unit_uid
from party.operations.rest import shapes
from party.operations.rest.endpoints import Call
from party.operations.rest.endpoints import Endpoint
from party.operations.rest.service import Service


def change(call: Call) -> dict[str, Any]:
    """Change one unit; no other unit is touched (sửa đơn vị)."""
    uid = unit_uid(call.path["unit"])
    operations.change_unit(uid, **call.body)
    return facts.unit(uid)


class Patch(Service):
    """Changes settings."""

    endpoints = (Endpoint("{unit}", change, facts.UNIT, shapes.record(**shapes.fields(IUnit))),)
