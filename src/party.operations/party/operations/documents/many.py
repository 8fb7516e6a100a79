"""One verb on many documents (thao tác trên nhiều văn bản): what can be done is done, and of the rest it is said why not."""

from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
import transaction

from party.operations.confidentiality import actor
from party.operations.documents.tables import slips
from party.operations.ledger import turn
from party.operations.ledger.errors import Refused


@dataclass(frozen=True)
class Outcome:
    """What became of one document; ``reason`` is empty when it was done."""

    uid: str
    reason: str = ""


def apply(uids: Sequence[str], act: Callable[[str], object]) -> list[Outcome]:
    """Call ``act``, which is one operation, with each uid, all in the running transaction.

    A refusal takes back the half of that operation, and with it what was done before it, which is then done again without
    the one that was refused. So what is done is done together, and a request that meets a conflict can be repeated.
    """
    refused: dict[str, str] = {}
    while True:
        for uid in uids:
            if uid in refused:
                continue
            try:
                act(uid)
            except Refused as refusal:
                transaction.abort()
                refused[uid] = refusal.message
                break
        else:
            return [Outcome(uid, refused.get(uid, "")) for uid in uids]


def unread(uids: Sequence[str]) -> dict[str, list[int]]:
    """The slips by which documents were passed to the person who acts and that he has not read, by document."""
    mine = (slips.c.document.in_(uids), slips.c.state == "sent", slips.c.token.in_(sorted(actor.held())))
    found: dict[str, list[int]] = {}
    for each in turn.rows(sa.select(slips.c.document, slips.c.id).where(*mine)) if uids else ():
        found.setdefault(each.document, []).append(each.id)
    return found
