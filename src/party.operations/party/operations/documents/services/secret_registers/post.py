"""POST /@secret-registers/export: the register of a year as a file, which is recorded."""

from typing import Any

from party.operations.documents import secret_registers
from party.operations.documents.services.secret_registers.get import WANTED
from party.operations.documents.services.secret_registers.get import wanted
from party.operations.rest import shapes
from party.operations.rest.endpoints import Call
from party.operations.rest.endpoints import Endpoint
from party.operations.rest.service import Service


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


def export(call: Call) -> Any:
    """The register of a year as XLSX, with your name in the head and foot of each page."""
    direction, unit, year = wanted(call.body)
    response = call.request.response
    response.setHeader("Content-Type", _XLSX)
    name = secret_registers.filename(direction, year)
    response.setHeader("Content-Disposition", f'attachment; filename="{name}"')
    return secret_registers.exported(direction, unit, year)


class Post(Service):
    """Makes the file."""

    endpoints = (
        Endpoint(
            "export",
            export,
            shapes.anything(),
            shapes.record(required=("unit",), **WANTED),
            once_only=True,
            media_type=_XLSX,
        ),
    )
