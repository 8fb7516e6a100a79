"""POST /@clearances: propose, confirm, refuse, revoke."""

from typing import Any

from party.operations.rest import shapes
from party.operations.rest.endpoints import Call
from party.operations.rest.endpoints import Endpoint
from party.operations.rest.service import Service
from party.operations.security import operations
from party.operations.security import rules
from party.operations.security.services.clearances import get


_REASON = shapes.record(required=("reason",), reason=shapes.text(longest=operations.LONGEST_TEXT))


def propose(call: Call) -> dict[str, Any]:
    """Propose that a person be trusted with a level or an office (đề nghị)."""
    rules.show_officer()
    return get.facts(operations.propose_clearance(call.body.pop("person"), call.body.pop("kind"), **call.body))


def confirm(call: Call) -> dict[str, Any]:
    """Confirm what another security officer proposed (duyệt)."""
    rules.show_officer()
    operations.confirm_clearance(call.path["id"])
    return get.facts(call.path["id"])


def refuse(call: Call) -> dict[str, Any]:
    """Refuse a proposal, or take an own one back (không duyệt)."""
    rules.show_officer()
    operations.refuse_proposal(call.path["id"], call.body["reason"])
    return get.facts(call.path["id"])


def revoke(call: Call) -> dict[str, Any]:
    """Take a clearance or an office away at once (thu hồi)."""
    rules.show_officer()
    operations.revoke_clearance(call.path["id"], call.body["reason"])
    return get.facts(call.path["id"])


class Post(Service):
    """Changes the register."""

    endpoints = (
        Endpoint(
            "",
            propose,
            get.CLEARANCE,
            shapes.record(
                required=("person", "kind", "basis"),
                person=shapes.text("Id of the person."),
                kind=shapes.text("“secret”, “top-secret”, “security_officer” or “auditor”."),
                from_day=shapes.day("First day; today when left out."),
                until=shapes.day("First day on which it no longer holds; needed for levels, at most five years."),
                basis=shapes.text("Number and date of the decision.", longest=operations.LONGEST_TEXT),
            ),
            makes=True,
        ),
        Endpoint("{id}/confirm", confirm, get.CLEARANCE),
        Endpoint("{id}/refuse", refuse, get.CLEARANCE, _REASON),
        Endpoint("{id}/revoke", revoke, get.CLEARANCE, _REASON),
    )
