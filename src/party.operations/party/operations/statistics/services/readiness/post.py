"""POST /@readiness: declare what the system cannot know, remind those responsible."""

from typing import Any

from party.operations.organization.services.references import unit_uid
from party.operations.rest import shapes
from party.operations.rest.endpoints import Call
from party.operations.rest.endpoints import Endpoint
from party.operations.rest.service import Service
from party.operations.statistics import readiness
from party.operations.statistics import readiness_acts
from party.operations.statistics.readiness import DECLARED
from party.operations.statistics.readiness import WAIVED
from party.operations.statistics.services.readiness import get


_DECLARATION = shapes.record(
    "ReadinessDeclaration",
    required=("aspect", "done", "needed"),
    aspect=shapes.text(among=(*DECLARED, *WAIVED)),
    done=shapes.whole("How many there are.", least=0),
    needed=shapes.whole("How many are needed; 0: nothing of it.", least=0),
    day=shapes.day("As of this day; left out: today."),
    note=shapes.text(longest=500),
)


def declare(call: Call) -> dict[str, Any]:
    """Declare an aspect of a unit that the system cannot know (khai báo mức độ sẵn sàng)."""
    unit = unit_uid(call.path["unit"])
    readiness_acts.declare_readiness(unit, **call.body)
    return next(get.said(each) for each in readiness.lines([unit]) if each.unit == unit)


class Post(Service):
    """Declares."""

    endpoints = (Endpoint("{unit}", declare, get.UNIT, _DECLARATION),)
