"""Requests of other systems under an identifier of their own (yêu cầu không lặp).

A request that is sent twice is done once: the second gets the answer of the first.
"""

from collections.abc import Callable
from typing import Any

import sqlalchemy as sa

from . import clock
from . import turn
from .errors import Invalid
from .tables import requests
from party.operations import _


def once(actor: str, identifier: str, operation: str, act: Callable[[], dict[str, Any]]) -> tuple[dict[str, Any], bool]:
    """Do ``act`` unless ``actor`` asked for it before under ``identifier``; returns (answer, was it new)."""
    with turn.turn():
        before = turn.row(
            sa.select(requests).where(requests.c.actor == actor, requests.c.identifier == identifier)
        )
        if before is not None:
            if before.operation != operation:
                raise Invalid(_("This externalIdentifier was used for another operation."), "externalIdentifier")
            return before.answer, False
        answer = act()
        turn.run(
            sa.insert(requests).values(
                actor=actor, identifier=identifier, operation=operation, answer=answer, at=clock.now()
            )
        )
        return answer, True
