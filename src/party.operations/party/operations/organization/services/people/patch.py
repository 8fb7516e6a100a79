"""PATCH /@people: correct the name, mail address or phone number of a person."""

from typing import Any

from party.operations.organization import operations
from party.operations.organization.services import facts
from party.operations.rest import shapes
from party.operations.rest.endpoints import Call
from party.operations.rest.endpoints import Endpoint
from party.operations.rest.service import Service


def change(call: Call) -> dict[str, Any]:
    """Correct the details of a person; the login stays for ever (sửa thông tin cán bộ)."""
    operations.change_person(call.path["person"], **call.body)
    return facts.person(call.path["person"])


class Patch(Service):
    """Corrects details."""

    endpoints = (
        Endpoint(
            "{person}",
            change,
            facts.PERSON,
            shapes.record(
                full_name=shapes.text(longest=200), email=shapes.text(longest=200), phone=shapes.text(longest=40)
            ),
        ),
    )
