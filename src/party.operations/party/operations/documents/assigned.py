"""What a received document gives somebody to do (việc được giao trong văn bản), as the clerk kept it when it was registered.

Kept sentences are proposals: passing the document on offers them as directives. Nothing is assigned by keeping one.
"""

from collections.abc import Sequence

import sqlalchemy as sa

from party.operations.confidentiality import actor
from party.operations.confidentiality import rows
from party.operations.documents import access
from party.operations.documents import rules
from party.operations.documents.tables import assignments
from party.operations.ledger import journal
from party.operations.ledger import turn
from party.operations.ledger.operation import operation
from party.operations.reading.model import Assignment


@operation
def keep_assignments(uid: str, found: Sequence[Assignment]) -> None:
    """Keep what was read in a document beside it, for who passes it on (lưu việc được giao)."""
    with turn.turn():
        obj = access.readable(uid)
        rules.check("change", obj)
        for each in found:
            values = {
                "document": uid,
                "sentence": each.sentence,
                "addressee": each.addressee,
                "unit": each.unit,
                "deadline": each.deadline,
                "page": each.place.page,
            }
            rows.insert(assignments, values)
        journal.record("keep_assignments", uid, actor.current(), unit=obj.unit, count=len(found))


def of_document(uid: str) -> list[rows.Row]:
    """The sentences kept with a document, opened for who may read it, in the order in which they stand."""
    return rows.rows(sa.select(assignments).where(assignments.c.document == uid).order_by(assignments.c.id))
