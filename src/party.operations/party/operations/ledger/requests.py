"""Requests of other systems under an identifier of their own (yêu cầu không lặp).

A request that is sent twice is done once: the second gets the answer of the first.
"""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from . import clock
from . import turn
from .errors import Invalid
from .errors import LedgerConflict
from .tables import requests
from party.operations import _


#: characters of an identifier
MAX_IDENTIFIER = 200


def once(actor: str, identifier: str, operation: str, act: Callable[[], dict[str, Any]]) -> tuple[dict[str, Any], bool]:
    """Do ``act`` unless ``actor`` asked for it before under ``identifier``; returns (answer, was it new)."""
    if not 1 <= len(identifier) <= MAX_IDENTIFIER:
        raise Invalid(
            _("An externalIdentifier has 1 to ${max} characters.", mapping={"max": MAX_IDENTIFIER}), "externalIdentifier"
        )
    with turn.turn():
        before = turn.row(
            sa.select(requests).where(requests.c.actor == actor, requests.c.identifier == identifier)
        )
        if before is not None:
            if before.operation != operation:
                raise Invalid(_("This externalIdentifier was used for another operation."), "externalIdentifier")
            return before.answer, False
        answer = act()
        fresh = {"actor": actor, "identifier": identifier, "operation": operation, "answer": answer}
        if not turn.insert_new(requests, **fresh, at=clock.now()):
            raise LedgerConflict("the same request is being answered at this moment")
        return answer, True
