"""DELETE /@past-registers/<id>: give an import up of which nothing was brought in yet (bỏ lượt nhập)."""

from typing import Any

from party.operations.documents.past import operations
from party.operations.documents.services.past_registers import get
from party.operations.rest.endpoints import Call
from party.operations.rest.endpoints import Endpoint
from party.operations.rest.service import Service


def discard(call: Call) -> dict[str, Any]:
    """Give an import up of which nothing was brought in yet; answers those that are left."""
    operations.discard_past_register(call.path["id"])
    return get.mine(call)


class Delete(Service):
    """Gives imports up."""

    endpoints = (Endpoint("{id}", discard, get.LIST),)
