"""Who is alone in the ledger keeps other writers out until he commits."""

import pytest
import sqlalchemy as sa
import transaction

from party.operations.ledger import journal
from party.operations.ledger import turn
from party.operations.ledger.engine import Database
from party.operations.ledger.tables import events


def _write_elsewhere(ledger: Database) -> None:
    """Write an event by a connection of its own that waits for nobody."""
    engine = sa.create_engine(ledger.writer.url, connect_args={} if _postgresql(ledger) else {"timeout": 0})
    try:
        with engine.begin() as connection:
            if _postgresql(ledger):
                connection.execute(sa.text("SET LOCAL lock_timeout = '100ms'"))
            connection.execute(sa.insert(events).values(_EVENT))
    finally:
        engine.dispose()


def _postgresql(ledger: Database) -> bool:
    return ledger.writer.dialect.name == "postgresql"


_EVENT = {
    "at": sa.func.now(),
    "actor": "other",
    "acting_for": "",
    "operation": "change",
    "object": "",
    "unit": "",
    "diff": {},
    "details": {},
}


def test_nobody_else_writes_until_commit(ledger: Database, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(turn, "_INSTANT", 0)
    with turn.turn():
        turn.alone()
        with pytest.raises(sa.exc.OperationalError):
            _write_elsewhere(ledger)
        journal.record("export", "", "me")
    transaction.commit()
    _write_elsewhere(ledger)
    assert [each.actor for each in turn.rows(journal.history(""))] == ["me", "other"]
