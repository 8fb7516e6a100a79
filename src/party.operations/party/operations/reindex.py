"""The verb ``bin/party reindex [--all]``: the index that documents are found by, written anew (lập lại chỉ mục).

Without ``--all`` only what is missing or not as the ledger says; so an interrupted run goes on where it was.
"""

import sys
from itertools import islice
from typing import Any

import transaction

from party.operations.confidentiality import keys
from party.operations.confidentiality.levels import NORMAL
from party.operations.documents import access
from party.operations.documents import projection
from party.operations.exportimport.progress import Progress
from party.operations.finding import checking
from party.operations.ledger import turn
from party.operations.ledger.engine import create_tables


#: documents of one transaction
BATCH = 200


def main(site: Any, arguments: list[str]) -> int:
    """Write what is wrong; 1 when something could not be written."""
    if arguments not in ([], ["--all"]):
        print("usage: bin/party reindex [--all]", file=sys.stderr)
        return 2
    create_tables()
    if arguments:
        with turn.turn():
            checking.clear()
        transaction.commit()
    wrong = list(checking.wrong())
    progress, left, waiting = Progress("documents", len(wrong)), 0, iter(wrong)
    while batch := list(islice(waiting, BATCH)):
        transaction.begin()
        with turn.turn():
            left += sum(not _write(uid) for uid in batch)
        transaction.commit()
        site._p_jar.cacheGC()
        progress.advance(len(batch))
    print(f"{len(wrong) - left} documents were written into the index.")
    if left:
        print(f"{left} documents could not be opened: where the keys are, run it again.", file=sys.stderr)
    return 1 if left else 0


def _write(uid: str) -> bool:
    """Write one document into the index; says if it could."""
    document = access.unrestricted(uid)
    if document.level != NORMAL:
        if not keys.available():
            return False
        document = access.readable(uid, "reindex")
    projection.write_words(document)
    if document.level == NORMAL:
        projection.write_texts(document)
    return True
