"""DELETE /@uploads/<token>: a file that was put aside is not wanted."""

from typing import Any

from party.operations.documents import files
from party.operations.rest import shapes
from party.operations.rest.endpoints import Call
from party.operations.rest.endpoints import Endpoint
from party.operations.rest.service import Service


def discard(call: Call) -> dict[str, Any]:
    """Drop a file that was put aside."""
    files.staged(call.path["token"])
    files.discard(call.path["token"])
    return {}


class Delete(Service):
    """Drops files."""

    endpoints = (Endpoint("{token}", discard, shapes.record()),)
