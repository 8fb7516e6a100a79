"""Looking at a file page by page (lượt xem): what the audit says of it.

The rule: whoever opens a file of a classified document is in the audit with that file before its first page leaves, and once
more when he is still at it after :data:`LASTS`. Pages, words and hits that are fetched in between belong to the same look:
thirty records for one letter would hide the thirty-first. Whether he may see it is asked for each of them all the same.

A process remembers the looks it wrote down; another one, or the same after it was started anew, writes again.
"""

import threading
from datetime import datetime
from datetime import timedelta

from party.operations.confidentiality import actor
from party.operations.confidentiality import audit
from party.operations.ledger import clock


LASTS = timedelta(minutes=15)

_lock = threading.Lock()
_begun: dict[tuple[str, str, str], datetime] = {}


def is_recorded(uid: str, file: str) -> bool:
    """Is it written down that the person who acts is looking at this file now?"""
    begun = _begun.get((actor.current(), uid, file))
    return begun is not None and begun <= clock.now() < begun + LASTS


def record(uid: str, file: str) -> None:
    """Write down that the person who acts looks at a file; waits for the disk."""
    audit.record("view", uid, file=file)
    now = clock.now()
    with _lock:
        for key in [each for each, begun in _begun.items() if not begun <= now < begun + LASTS]:
            del _begun[key]
        _begun[actor.current(), uid, file] = now
