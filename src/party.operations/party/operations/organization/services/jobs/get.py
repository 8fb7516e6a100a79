"""GET /@jobs: what the worker could not do (việc bị lỗi)."""

from typing import Any

from party.operations.ledger import outbox
from party.operations.ledger.errors import require
from party.operations.organization import rules
from party.operations.rest import shapes
from party.operations.rest.endpoints import Call
from party.operations.rest.endpoints import Endpoint
from party.operations.rest.service import Service


JOB = shapes.record(
    "Job",
    required=("id", "kind", "error"),
    id=shapes.whole(),
    kind=shapes.text(),
    actor=shapes.text("The person the job acts as."),
    attempts=shapes.whole(),
    error=shapes.text(),
    created_at=shapes.instant(),
)
LIST = shapes.record("JobList", required=("items",), items=shapes.many(JOB))


def dead(call: Call) -> dict[str, Any]:
    """Jobs that failed too often and were put aside, newest first."""
    require(rules.may_set_up())
    return {"items": [{name: each._mapping[name] for name in JOB["properties"]} for each in outbox.listing("dead")]}


class Get(Service):
    """Reads the dead jobs."""

    endpoints = (Endpoint("", dead, LIST),)
