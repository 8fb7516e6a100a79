"""Is the index as the ledger says it should be (đối chiếu chỉ mục)? What is not is written anew by ``bin/party reindex``."""

from collections.abc import Iterator
from typing import Any

import sqlalchemy as sa

from party.operations.confidentiality.tables import readers
from party.operations.ledger import turn
from party.operations.ledger.tables import items

from . import index
from .store import store
from .tables import found
from .tables import found_texts


_BATCH = 500
#: what the row of the index repeats from that of the object
_REPEATED = ("kind", "unit", "level", "state")


def wrong() -> Iterator[str]:
    """Uids of objects that are not in the index, or not with the facts, readers and words of the ledger."""
    last = 0
    while batch := turn.rows(sa.select(items).where(items.c.id > last).order_by(items.c.id).limit(_BATCH)):
        last = batch[-1].id
        yield from _wrong_among(batch)


def _wrong_among(batch: "list[sa.Row[Any]]") -> list[str]:
    uids = [each.uid for each in batch]
    written = {each.uid: each for each in turn.rows(sa.select(found).where(found.c.uid.in_(uids)))}
    held: dict[str, set[str]] = {}
    for each in turn.rows(sa.select(readers).where(readers.c.object.in_(uids))):
        held.setdefault(each.object, set()).add(each.token)
    marks = store().marks([each.id for each in written.values()])
    return [
        each.uid
        for each in batch
        if (row := written.get(each.uid)) is None
        or any(getattr(row, name) != getattr(each, name) for name in _REPEATED)
        or set(marks.get(row.id, "").split()) != set(index.marks_of(row, held.get(each.uid, set())).split())
    ]


def clear() -> None:
    """Empty the index, so that everything in it is wrong."""
    store().clear()
    for table in (found_texts, found):
        turn.run(sa.delete(table))
