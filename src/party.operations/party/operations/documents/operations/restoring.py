"""Bringing exported registers and documents in (khôi phục sổ, văn bản): with uid, number, revision and history."""

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa

from party.operations import _
from party.operations.confidentiality import data_keys as confidentiality_keys
from party.operations.confidentiality import grants as confidentiality_grants
from party.operations.confidentiality.levels import NORMAL
from party.operations.confidentiality.tables import data_keys
from party.operations.confidentiality.tables import grants
from party.operations.documents import access
from party.operations.documents import projection
from party.operations.documents import relevelling
from party.operations.documents.operations import making
from party.operations.documents.operations import sending
from party.operations.documents.tables import assignments
from party.operations.documents.tables import comments
from party.operations.documents.tables import copies
from party.operations.documents.tables import deliveries
from party.operations.documents.tables import file_texts
from party.operations.documents.tables import incoming
from party.operations.documents.tables import level_changes
from party.operations.documents.tables import outgoing
from party.operations.documents.tables import recognised
from party.operations.documents.tables import reviews
from party.operations.documents.tables import slips
from party.operations.ledger import turn
from party.operations.ledger.errors import Invalid
from party.operations.ledger.operation import operation
from party.operations.ledger.tables import events
from party.operations.ledger.tables import items
from party.operations.ledger.tables import numbers
from party.operations.ledger.tables import tallies
from party.operations.organization import records


#: where the rows of a document are, in the order in which they can be written; its data keys go another way
COLUMNS = (
    items.c.uid,
    incoming.c.uid,
    outgoing.c.uid,
    slips.c.document,
    reviews.c.document,
    comments.c.document,
    deliveries.c.document,
    level_changes.c.document,
    copies.c.document,
    file_texts.c.document,
    recognised.c.document,
    assignments.c.document,
    grants.c.object,
    numbers.c.object,
    events.c.object,
    tallies.c.object,
)


@operation
def restore_register(record: records.Record) -> None:
    """Put a book in its unit; its series came with the site (khôi phục sổ)."""
    records.assert_restoring()
    with turn.turn():
        records.put(record)


@operation
def restore_document(record: records.Record, opening: "Sequence[confidentiality_keys.DataKey]" = ()) -> None:
    """Put a document in its shelf with all its rows (khôi phục văn bản).

    A classified one is sealed anew, with what blinds and proves its rows here; ``opening`` are the data keys that it
    came with. Raises ``Invalid`` when it has none, or rows of another object. What the worker had still to do is asked
    of it again: reading files, looking after deliveries nobody accepted.
    """
    records.assert_restoring()
    with turn.turn():
        _check(record, bool(opening))
        obj = records.put(record)
        for each in opening:
            confidentiality_keys.keep(each)
        records.load(tuple(column.table for column in COLUMNS), record, "/".join(obj.getPhysicalPath()))
        if opening:
            _seal_as_here(obj)
        else:
            confidentiality_grants.project(obj)
            projection.write_words(obj)
            projection.write_texts(obj)
        read = {each["file"] for each in record.rows.get(file_texts.name, [])}
        making.read_files_later(obj, read)
        waiting = sa.select(deliveries.c.sent_at, sa.func.max(deliveries.c.stage).label("stage"))
        waiting = waiting.where(deliveries.c.document == record.uid, deliveries.c.state == "waiting")
        for each in turn.rows(waiting.group_by(deliveries.c.sent_at)):
            sending.watch(record.uid, obj.unit, each.stage + 1, each.sent_at)


def _check(record: records.Record, sealed: bool) -> None:
    foreign = any(
        str(each[column.name]) != record.uid for column in COLUMNS for each in record.rows.get(column.table.name, [])
    )
    if foreign or sealed != any(each["level"] != NORMAL for each in record.rows[items.name]):
        raise Invalid(_("The record ${uid} of the export is not as it was written.", mapping={"uid": record.uid}))


def _seal_as_here(obj: Any) -> None:
    """Under a new data key, with the tokens, digests and proofs of this site; the key it came with is of no use then."""
    opened = access.readable(obj.UID(), "import")
    relevelling.project(relevelling.relevel(opened, opened.level))
    old = (data_keys.c.object == obj.UID(), data_keys.c.id != obj.sealed.key)
    turn.run(sa.delete(data_keys).where(*old))
