"""DELETE /@holidays/<day>: a day that was recorded by mistake."""

from datetime import date
from typing import Any

from party.operations import _
from party.operations.ledger.errors import Missing
from party.operations.organization import operations
from party.operations.organization.services.holidays import get
from party.operations.rest.endpoints import Call
from party.operations.rest.endpoints import Endpoint
from party.operations.rest.service import Service


def remove(call: Call) -> dict[str, Any]:
    """Take a day back; deadlines that were counted stay (xoá ngày nghỉ ghi nhầm)."""
    try:
        day = date.fromisoformat(call.path["day"])
    except ValueError as error:
        raise Missing(_("There is nothing here.")) from error
    operations.remove_holiday(day)
    return get.all_of_them(call)


class Delete(Service):
    """Takes days back."""

    endpoints = (Endpoint("{day}", remove, get.LIST),)
