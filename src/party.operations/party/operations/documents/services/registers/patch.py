"""PATCH /@registers/<uid>: rename or close a book (sửa, khoá sổ)."""

from typing import Any

from party.operations.documents import operations
from party.operations.documents.operations.registers import register_of
from party.operations.documents.services.registers import get
from party.operations.organization.services.references import UNIT
from party.operations.organization.services.references import unit_uid
from party.operations.rest import shapes
from party.operations.rest.endpoints import Call
from party.operations.rest.endpoints import Endpoint
from party.operations.rest.service import Service


def change(call: Call) -> dict[str, Any]:
    """Rename or close a book; its documents and numbers stay (sửa, khoá sổ)."""
    unit, register = unit_uid(call.body.pop("unit")), call.path["register"]
    operations.change_register(unit, register, **call.body)
    return get.plain(register_of(unit, register, open_only=False))


class Patch(Service):
    """Changes books."""

    endpoints = (
        Endpoint(
            "{register}",
            change,
            get.REGISTER,
            shapes.record(required=("unit",), unit=UNIT, title=shapes.text(longest=200), closed=shapes.flag()),
        ),
    )
