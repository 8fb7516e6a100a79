"""What a crash between the two commits can leave (đối soát).

The ledger commits one instant before the ZODB. Of an operation that was cut there the ledger holds everything and the
ZODB nothing: a row whose object is absent, or an object that is one revision behind its row. The first loses its row, and
its numbers are voided with a reason, never given again; the second is brought up to the ledger. Only rows older than ten
minutes are touched, in a fresh view.
"""

from datetime import date
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
import transaction
from plone import api

from party.operations.confidentiality import actor
from party.operations.confidentiality import rows
from party.operations.confidentiality.grants import project
from party.operations.confidentiality.tables import data_keys
from party.operations.confidentiality.tables import grants
from party.operations.confidentiality.tables import readers
from party.operations.documents import access
from party.operations.documents import workflow
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
from party.operations.finding import checking
from party.operations.finding import index
from party.operations.ledger import clock
from party.operations.ledger import items
from party.operations.ledger import journal
from party.operations.ledger import requests
from party.operations.ledger import turn
from party.operations.ledger.tables import items as rows_of_items
from party.operations.ledger.tables import numbers


#: younger rows may belong to a transaction that is just committing
MINIMUM_AGE = timedelta(minutes=10)


def main(site: Any, arguments: list[str]) -> int:
    """``bin/party reconcile``: mend and report; with ``--report`` only look, with ``--now`` look at young rows too."""
    age = timedelta(0) if "--now" in arguments else MINIMUM_AGE
    transaction.begin()
    found = orphans(site, age)
    for uid in found["rows without object"]:
        print(f"row without object: {uid}")
    for path in found["objects without row"]:
        print(f"object without row: {path}")
    for uid in found["objects behind their row"]:
        print(f"object behind its row: {uid}")
    if "--report" not in arguments:
        mend(found["rows without object"])
        catch_up(found["objects behind their row"])
    count = sum(map(len, found.values()))
    print(f"{count} orphans")
    wrong = sum(1 for _uid in checking.wrong())
    if wrong:
        print(f"{wrong} documents are not in the index as they should be: bin/party reindex")
    return 0


def orphans(site: Any, age: timedelta = MINIMUM_AGE) -> dict[str, list[str]]:
    """Uids of rows whose object is absent, paths of documents without a row, uids of objects behind their row."""
    limit = clock.now() - age
    old = turn.rows(sa.select(rows_of_items).where(rows_of_items.c.changed_at <= limit))
    objects = {each.uid: site.unrestrictedTraverse(each.path, None) for each in old}
    tokens: dict[str, set[str]] = {}
    for each in turn.rows(sa.select(readers)):
        tokens.setdefault(each.object, set()).add(each.token)
    known = {each.uid for each in turn.rows(sa.select(rows_of_items.c.uid))}
    catalog = api.portal.get_tool("portal_catalog")
    brains = catalog.unrestrictedSearchResults(portal_type=["IncomingDocument", "OutgoingDocument"])
    return {
        "rows without object": [uid for uid, found in objects.items() if found is None],
        "objects without row": [each.getPath() for each in brains if each.UID not in known],
        "objects behind their row": [each.uid for each in old if _behind(objects[each.uid], each, tokens)],
    }


def _behind(document: Any, row: "sa.Row[Any]", tokens: dict[str, set[str]]) -> bool:
    """A change of the object raises its revision; one of its readers alone shows in its local roles."""
    if document is None:
        return False
    return document.revision != row.revision or set(document.__ac_local_roles__ or ()) != tokens.get(row.uid, set())


def mend(uids: list[str]) -> None:
    """Void the numbers of rows without an object and take the rows away; the journal says so."""
    with turn.turn():
        for uid in uids:
            reason = "đối soát: giao dịch không hoàn tất"
            turn.run(sa.update(numbers).where(numbers.c.object == uid).values(state="voided", reason=reason))
            for table in (
                slips,
                reviews,
                comments,
                deliveries,
                level_changes,
                copies,
                file_texts,
                recognised,
                assignments,
            ):
                turn.run(sa.delete(table).where(table.c.document == uid))
            index.forget(uid)
            for table in (incoming, outgoing, rows_of_items):
                turn.run(sa.delete(table).where(table.c.uid == uid))
            for table in (grants, readers, data_keys):
                turn.run(sa.delete(table).where(table.c.object == uid))
            back = {"state": "waiting", "incoming": "", "decided_at": None, "decided_by": ""}
            rows.update(deliveries, deliveries.c.incoming == uid, **back)
            requests.forget(uid)
            journal.record("reconcile", uid, actor.current(), reason=reason)


def catch_up(uids: list[str]) -> None:
    """Bring objects up to what the ledger says of them: facts, state, signature, readers."""
    with turn.turn():
        for uid in uids:
            document, row = access.unrestricted(uid), items.get(uid)
            project(document)
            if document.level != row.level:
                # who may read it follows at once; it stays behind its row until its level is decided once more
                continue
            document = access.readable(uid)
            document.title = rows.scalar(sa.select(rows_of_items.c.title).where(rows_of_items.c.uid == uid))
            if row.kind == "incoming":
                _copy(document, incoming, _INCOMING_FACTS)
            else:
                _copy(document, outgoing, _OUTGOING_FACTS)
                _restore_signature(document, row.state)
            document.revision = row.revision
            workflow.show_state(document, row.state)
            journal.record("reconcile", uid, actor.current(), state=row.state, revision=row.revision)


_INCOMING_FACTS = (
    "unit",
    "register",
    "arrival_date",
    "issuer",
    "issuer_unit",
    "number_symbol",
    "document_date",
    "type",
    "urgency",
    "source",
    "deadline",
)
_OUTGOING_FACTS = ("type", "urgency", "number_symbol", "issue_date", "deadline")


def _copy(document: Any, table: "sa.Table", names: tuple[str, ...]) -> None:
    facts = rows.row(sa.select(table).where(table.c.uid == document.UID()))
    for name in names if facts is not None else ():
        setattr(document, name, getattr(facts, name))


def _restore_signature(document: Any, state: str) -> None:
    """The signature stands in the journal of its operation; an issued version is frozen."""
    if state not in ("signed", "issued", "recalled", "replaced") or not document.versions:
        return
    if document.signature is None:
        signed = [each.details for each in rows.rows(journal.history(document.UID())) if each.operation == "sign"]
        facts = {"title": "", "authority": "", **signed[-1]}
        document.signature = {**facts, "signed_on": date.fromisoformat(facts["signed_on"])}
    if state != "signed":
        document.freeze()
