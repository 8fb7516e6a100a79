"""What lay in the clear before a document was classified (xoá dấu vết): revisions, old files and pages of the databases.

The object and its rows have been sealed by then. What is left are old revisions in the object database, the blobs that no
revision names any more, and pages of the ledger's log. Backups made before keep their copies: the report says so.
"""

import os
import secrets
import time
from pathlib import Path
from typing import Any

import transaction
from persistent import Persistent
from zope.interface import provider

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import audit
from party.operations.confidentiality import rows
from party.operations.finding import index
from party.operations.ledger import engine
from party.operations.ledger import journal
from party.operations.ledger import turn
from party.operations.ledger.outbox import IJob


#: where the operator puts copies, below the data of the site
BACKUPS = "backups"


@provider(IJob)
def purge(site: Any, payload: dict[str, Any]) -> None:
    """Take away what earlier revisions and pages of one document still say, and write down what that did."""
    forget_revisions(site)
    index.forget_removed()
    engine.forget_deleted()
    kept = backups_before(time.time())
    with turn.turn():
        journal.record("purge", payload["document"], actor.SYSTEM, backups=[each.name for each in kept])
    audit.record("purge", payload["document"], backups=len(kept))


#: what lists of jobs call it
purge.title = _("Removing traces of a document that was classified")


def forget_revisions(site: Any) -> None:
    """Pack the object database to this moment; blobs and revisions that nothing refers to are gone from the disk."""
    if site._p_jar is not None:
        database = site._p_jar.db()
        _write_over(database)
        database.pack(time.time())


def _write_over(database: Any) -> None:
    """Let a transaction as large as any before pass through the file in which the storage collects transactions."""
    collected = _var() / "filestorage/Data.fs.tmp"
    size = collected.stat().st_size if collected.exists() else 0
    manager = transaction.TransactionManager(explicit=True)
    connection = database.open(manager)
    try:
        with manager:
            filler = Filler()
            filler.content = secrets.token_bytes(size)
            # nothing refers to it, so that packing takes it away
            connection.add(filler)
    finally:
        connection.close()


class Filler(Persistent):
    """Bytes that say nothing."""


def backups_before(moment: float) -> list[Path]:
    """Backups below the data of the site that were made before ``moment``: they keep what they were given."""
    folder = _var() / BACKUPS
    found = folder.iterdir() if folder.is_dir() else ()
    return sorted(each for each in found if each.stat().st_mtime < moment)


def _var() -> Path:
    return Path(os.environ.get("PARTY_VAR", "var"))


def report(uid: str) -> Any:
    """When traces of a document were purged and which backups were there then, the last time; ``None`` before."""
    done = [each for each in rows.rows(journal.history(uid)) if each.operation == "purge"]
    return done[-1] if done else None
