"""What lists of found documents say beyond the index (bổ sung cho kết quả tìm kiếm): one query for a page of them."""

import sqlalchemy as sa

from party.operations.confidentiality import rows
from party.operations.documents.tables import incoming


def letters(uids: list[str]) -> dict[str, rows.Row]:
    """``issuer`` and ``document_date`` of the incoming documents among ``uids``, which the person who acts may see."""
    if not uids:
        return {}
    wanted = sa.select(incoming.c.uid, incoming.c.issuer, incoming.c.document_date).where(incoming.c.uid.in_(uids))
    return {each.uid: each for each in rows.rows(wanted)}
