"""POST /@jobs/<id>/retry: let the worker try again (thực hiện lại việc bị lỗi)."""

from typing import Any

from party.operations.organization import operations
from party.operations.organization.services.jobs import get
from party.operations.rest.endpoints import Call
from party.operations.rest.endpoints import Endpoint
from party.operations.rest.service import Service


def retry(call: Call) -> dict[str, Any]:
    """Let the worker try a dead job again, as the person named in it."""
    operations.retry_job(call.whole("job"))
    return get.dead(call)


class Post(Service):
    """Tries again."""

    endpoints = (Endpoint("{job}/retry", retry, get.LIST),)
