"""Requests of other systems under an identifier of their own (yêu cầu không lặp).

A request that is sent twice is done once: the second gets the answer of the first.
"""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from party.operations import _

from . import clock
from . import turn
from .errors import Invalid
from .errors import LedgerConflict
from .tables import requests


#: characters of an identifier
MAX_IDENTIFIER = 200
#: after this time a transaction has committed on both sides or never will
SETTLED = timedelta(seconds=20)


def once(
    actor: str,
    identifier: str,
    operation: str,
    act: Callable[[], dict[str, Any]],
    holds: Callable[[dict[str, Any]], bool] = lambda answer: True,
) -> tuple[dict[str, Any], bool]:
    """Do ``act`` unless ``actor`` asked for it before under ``identifier``; returns (answer, was it new).

    ``holds`` says whether what an earlier answer names is there. Where a crash came between the commits of ledger and
    ZODB it is not, and ``act`` is done once more.
    """
    if not 1 <= len(identifier) <= MAX_IDENTIFIER:
        raise Invalid(
            _("An externalIdentifier has 1 to ${max} characters.", mapping={"max": MAX_IDENTIFIER}),
            "externalIdentifier",
        )
    with turn.turn():
        same = (requests.c.actor == actor, requests.c.identifier == identifier)
        before = turn.row(sa.select(requests).where(*same))
        if before is not None:
            if before.operation != operation:
                raise Invalid(_("This externalIdentifier was used for another operation."), "externalIdentifier")
            if holds(before.answer):
                return before.answer, False
            if clock.now() - before.at < SETTLED:
                raise LedgerConflict("the first of two equal requests may still be committing")
            turn.run(sa.delete(requests).where(*same))
        answer = act()
        fresh = {"actor": actor, "identifier": identifier, "operation": operation, "answer": answer}
        if not turn.insert_new(requests, **fresh, at=clock.now()):
            raise LedgerConflict("the same request is being answered at this moment")
        return answer, True


def forget(uid: str) -> None:
    """Drop the answers that name ``uid``, which is no more: who asks again is not told of it."""
    turn.run(sa.delete(requests).where(sa.cast(requests.c.answer, sa.Text).contains(uid, autoescape=True)))
