"""GET /@holidays: days off, and weekend days that are worked."""

from typing import Any

import sqlalchemy as sa

from party.operations.ledger import turn
from party.operations.organization.tables import holidays
from party.operations.rest import shapes
from party.operations.rest.endpoints import Call
from party.operations.rest.endpoints import Endpoint
from party.operations.rest.service import Service


HOLIDAY = shapes.record(
    "Holiday",
    required=("day", "label"),
    day=shapes.day(),
    label=shapes.text(longest=200),
    working=shapes.flag("A weekend day that is worked instead."),
)
LIST = shapes.record("HolidayList", required=("items",), items=shapes.many(HOLIDAY))


def all_of_them(call: Call) -> dict[str, Any]:
    """The recorded days in their order."""
    return {"items": [dict(each._mapping) for each in turn.rows(sa.select(holidays).order_by(holidays.c.day))]}


class Get(Service):
    """Reads the days."""

    endpoints = (Endpoint("", all_of_them, LIST),)
