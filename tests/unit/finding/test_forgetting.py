"""What was taken out of the index is gone from the disk, byte for byte, once it was merged."""

from pathlib import Path

import pytest
import sqlalchemy as sa
import transaction

from party.operations.finding import index
from party.operations.finding.query import Query
from party.operations.finding.search import search
from party.operations.ledger import engine
from party.operations.ledger import turn
from party.operations.ledger.tables import items
from party.operations.text.folding import search_key
from tests.unit.finding.conftest import Put


WORD = "zqxvếtmực"


@pytest.mark.parametrize("ledger", ["sqlite"], indirect=True)
def test_no_word_of_what_was_forgotten_stays(put: Put, ledger: engine.Database) -> None:
    uids = [put(f"Thư {number}", f"Nội dung {number} " * 40) for number in range(30)]
    put(f"Về {WORD}", f"Nội dung {WORD} " * 40, number=f"12-{WORD}")
    gone = put(f"Về {WORD}", f"Nội dung {WORD} " * 40, number=f"12-{WORD}")
    transaction.commit()
    uids += [put(f"Thư {number}", f"Nội dung {number} " * 40) for number in range(30, 60)]
    transaction.commit()
    path = Path(str(ledger.writer.url.database))

    def places() -> list[str]:
        forms = [WORD.encode(), search_key(WORD).encode()]
        files = sorted(path.parent.glob(f"{path.name}*"))
        return [each.name for each in files if any(form in each.read_bytes() for form in forms)]

    engine.forget_deleted()
    assert places() == [path.name]
    with turn.turn():
        for uid in (gone, search(Query(WORD)).hits[-1].uid):
            index.forget(uid)
            turn.run(_without_title(uid))
    transaction.commit()
    assert search(Query(WORD)).total == 0
    index.forget_removed()
    engine.forget_deleted()
    assert places() == []
    assert {each.uid for each in search(Query("nội dung", size=100)).hits} == set(uids)


def _without_title(uid: str) -> "sa.Update":
    return sa.update(items).where(items.c.uid == uid).values(title="")
