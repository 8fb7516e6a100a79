"""What is soon no longer protected (danh mục sắp hết thời hạn bảo vệ bí mật nhà nước)."""

from datetime import timedelta

import sqlalchemy as sa

from party.operations.confidentiality import actor
from party.operations.confidentiality import grants
from party.operations.confidentiality.levels import NORMAL
from party.operations.documents.paging import Page
from party.operations.documents.paging import paged
from party.operations.documents.tables import incoming
from party.operations.documents.tables import outgoing
from party.operations.ledger import clock
from party.operations.ledger.tables import items


#: how long before the end of its protection a document is looked at again
EXPIRES_WITHIN = timedelta(days=365)


def expiring(after: str = "") -> Page:
    """Danh mục sắp hết thời hạn bảo vệ: what the person may read whose protection ends within a year or is over.

    What ends first comes first. Nothing happens by itself when it ends.
    """
    wanted = (
        sa.select(
            *(items.c.id, items.c.uid, items.c.title, items.c.state, items.c.kind, items.c.level, items.c.unit),
            items.c.protected_until,
            outgoing.c.number_symbol,
            incoming.c.number_symbol.label("arrived_as"),
        )
        .join(outgoing, outgoing.c.uid == items.c.uid, isouter=True)
        .join(incoming, incoming.c.uid == items.c.uid, isouter=True)
        .where(
            items.c.hidden.is_(False),
            items.c.level != NORMAL,
            items.c.protected_until <= clock.today() + EXPIRES_WITHIN,
            grants.readable(items.c.uid, actor.held()),
        )
    )
    return paged(wanted, (items.c.protected_until, items.c.id), after, growing=True)
