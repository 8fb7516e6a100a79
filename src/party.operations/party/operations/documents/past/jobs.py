"""What the worker does for old registers (việc chạy nền): a batch of lines, then asks for the next."""

from typing import Any

from zope.interface import provider

from party.operations import _
from party.operations.documents.past import operations
from party.operations.documents.past import store
from party.operations.ledger import turn
from party.operations.ledger.outbox import IJob


@provider(IJob)
def bring_in(site: Any, payload: dict[str, Any]) -> None:
    """Bring in a batch of lines of an import, as the person who began it or went on with it, who must still be allowed to."""
    found = store.get(payload["import"])
    if found.state != "running":
        return
    if operations.step(found, payload["size"], is_last_try=operations.is_last_try(found)):
        with turn.turn():
            operations.go_on(store.get(found.id), payload["size"])


#: what lists of jobs call it
bring_in.title = _("Bringing in an old register")
