"""DELETE /@mergers/<id>: a plan that was not started, or one entry of it."""

from typing import Any

from party.operations.organization import operations
from party.operations.organization.services.mergers import get
from party.operations.rest.endpoints import Call
from party.operations.rest.endpoints import Endpoint
from party.operations.rest.service import Service


def discard(call: Call) -> dict[str, Any]:
    """Throw a plan away that was not started, or was taken back (bỏ phương án)."""
    operations.discard_merger(call.path["merger"])
    return get.listing(call)


def remove(call: Call) -> dict[str, Any]:
    """Take an entry of `lines`, `codes` or `people` out of a plan (bỏ một dòng)."""
    operations.remove_from_merger(call.path["merger"], call.path["part"], call.whole("entry"))
    return get.facts(call.path["merger"])


class Delete(Service):
    """Takes plans and parts of them away."""

    endpoints = (
        Endpoint("{merger}", discard, get.LIST),
        Endpoint("{merger}/{part}/{entry}", remove, get.MERGER),
    )
