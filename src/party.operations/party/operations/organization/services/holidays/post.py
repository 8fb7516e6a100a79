"""POST /@holidays: record a day off, or a weekend day that is worked."""

from typing import Any

from party.operations.organization import operations
from party.operations.organization.services.holidays import get
from party.operations.rest.endpoints import Call
from party.operations.rest.endpoints import Endpoint
from party.operations.rest.service import Service


def record(call: Call) -> dict[str, Any]:
    """Record a day; what was recorded for it before is replaced (ngày nghỉ, ngày làm bù)."""
    operations.set_holiday(**call.body)
    return get.all_of_them(call)


class Post(Service):
    """Records days."""

    endpoints = (Endpoint("", record, get.LIST, get.HOLIDAY),)
