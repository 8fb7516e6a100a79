"""What a crash between the two commits can leave (đối soát): rows whose object is absent, objects without a row.

The ledger commits last but one instant before the ZODB. Only rows older than ten minutes are touched, and only when their
object is absent in a fresh view; their numbers are voided with a reason, never given again.
"""

from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from plone import api

from party.operations.confidentiality import actor
from party.operations.confidentiality.tables import grants
from party.operations.confidentiality.tables import readers
from party.operations.documents.tables import incoming
from party.operations.documents.tables import outgoing
from party.operations.ledger import clock
from party.operations.ledger import journal
from party.operations.ledger import turn
from party.operations.ledger.tables import items
from party.operations.ledger.tables import numbers


#: younger rows may belong to a transaction that is just committing
MINIMUM_AGE = timedelta(minutes=10)


def main(site: Any, arguments: list[str]) -> int:
    """``bin/party reconcile``: mend and report; with ``--report`` only look, with ``--now`` look at young rows too."""
    age = timedelta(0) if "--now" in arguments else MINIMUM_AGE
    found = orphans(site, age)
    for uid in found["rows without object"]:
        print(f"row without object: {uid}")
    for path in found["objects without row"]:
        print(f"object without row: {path}")
    if "--report" not in arguments:
        mend(found["rows without object"])
    count = sum(map(len, found.values()))
    print(f"{count} orphans")
    return 0


def orphans(site: Any, age: timedelta = MINIMUM_AGE) -> dict[str, list[str]]:
    """Uids of rows whose object is absent, and paths of documents that have no row."""
    site._p_jar.sync()
    limit = clock.now() - age
    old = turn.rows(sa.select(items.c.uid, items.c.path).where(items.c.created_at <= limit))
    known = {each.uid for each in turn.rows(sa.select(items.c.uid))}
    catalog = api.portal.get_tool("portal_catalog")
    brains = catalog.unrestrictedSearchResults(portal_type=["IncomingDocument", "OutgoingDocument"])
    return {
        "rows without object": [each.uid for each in old if site.unrestrictedTraverse(each.path, None) is None],
        "objects without row": [each.getPath() for each in brains if each.UID not in known],
    }


def mend(uids: list[str]) -> None:
    """Void the numbers of rows without an object and take the rows away; the journal says so."""
    with turn.turn():
        for uid in uids:
            reason = "đối soát: giao dịch không hoàn tất"
            turn.run(sa.update(numbers).where(numbers.c.object == uid).values(state="voided", reason=reason))
            for table in (incoming, outgoing, items):
                turn.run(sa.delete(table).where(table.c.uid == uid))
            for table in (grants, readers):
                turn.run(sa.delete(table).where(table.c.object == uid))
            journal.record("reconcile", uid, actor.current(), reason=reason)
