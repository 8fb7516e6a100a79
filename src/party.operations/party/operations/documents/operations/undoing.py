"""Taking back what was just done (hoàn tác): an act of its own that makes up for it, as long as nothing was built on it.

Numbers are never taken back. Whoever thinks better of it later uses the ordinary verb: take back a slip, reopen, withdraw.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import rows
from party.operations.documents import access
from party.operations.documents.operations import making
from party.operations.documents.operations import reviewing
from party.operations.documents.operations import routing
from party.operations.documents.tables import slips
from party.operations.ledger import clock
from party.operations.ledger import items
from party.operations.ledger import journal
from party.operations.ledger import turn
from party.operations.ledger.errors import Changed
from party.operations.ledger.errors import No
from party.operations.ledger.errors import NotAllowed
from party.operations.ledger.operation import operation
from party.operations.ledger.tables import events


#: how long a page offers it, and how long it is taken, so that a slow line does not turn the press into a refusal
OFFERED = timedelta(seconds=10)
TAKEN = timedelta(seconds=60)


@operation
def undo(uid: str, event: int | None = None, seen: int | None = None) -> str:
    """Take back the last act on a document, one's own; returns the name of the operation that was undone.

    ``event`` is the id of the act the person saw: :class:`Changed` when another came after it, ``NotAllowed`` with the
    reason for what is not or no longer undone.
    """
    with turn.turn():
        obj = access.readable(uid)
        items.hold(uid)
        last = undoable(uid)
        if not last:
            raise NotAllowed(last.reason)
        if event not in (None, last.id):
            raise Changed(_("Something else has happened since. Look at the present state."))
        items.expect(uid, seen)
        _UNDO[last.operation](obj, last.details)
        return last.operation


def undoable(uid: str) -> Any:
    """The event of the last act on a document if the person who acts may still take it back, else ``No(reason)``."""
    last = rows.row(sa.select(events).where(events.c.object == uid).order_by(events.c.id.desc()).limit(1))
    if last is None or last.operation not in _UNDO:
        return No(_("What was done last cannot be undone."))
    if last.actor != actor.current():
        return No(_("Something else has happened since. Look at the present state."))
    if clock.now() - last.at > TAKEN:
        return No(_("It is too late to undo this. Use the ordinary way: take back, withdraw or reopen."))
    if last.operation == "transfer" and _some_read(last.details["slips"]):
        return No(_("It has been read already and can no longer be taken back. Ask the recipient to return it."))
    return last


def _some_read(sent: list[int]) -> bool:
    return turn.row(sa.select(slips.c.id).where(slips.c.id.in_(sent), slips.c.state != "sent")) is not None


def _take_back(obj: Any, details: dict[str, Any]) -> None:
    for slip in details["slips"]:
        routing.recall_slip(slip)


def _withdraw(obj: Any, details: dict[str, Any]) -> None:
    reviewing.withdraw_from_review(obj.UID())


def _reopen(obj: Any, details: dict[str, Any]) -> None:
    """What was closed stands as before, and what ended with it is in the same hands again."""
    for slip, state in details.get("ended", ()):
        rows.update(slips, slips.c.id == slip, state=state, ended_at=None, ended_by="", outcome="")
    if "before" in details:
        making.move_to(obj, details["before"])
    journal.record("undo", obj.UID(), actor.current(), unit=obj.unit)


_UNDO: dict[str, Callable[[Any, dict[str, Any]], None]] = {
    "transfer": _take_back,
    "submit_for_review": _withdraw,
    "complete_slip": _reopen,
    "finish_incoming": _reopen,
    "file_incoming": _reopen,
}
