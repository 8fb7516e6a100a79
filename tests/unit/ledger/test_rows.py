"""Rows as JSON and back: the same values, the same ids, and new rows above them."""

import json
from datetime import date

import sqlalchemy as sa
import transaction

from party.operations.ledger import clock
from party.operations.ledger import journal
from party.operations.ledger import rows
from party.operations.ledger import series
from party.operations.ledger import turn
from party.operations.ledger.engine import Database
from party.operations.ledger.series import Series
from party.operations.ledger.series import Use
from party.operations.ledger.tables import events
from party.operations.ledger.tables import numbers
from party.operations.ledger.tables import requests
from party.operations.ledger.tables import series as series_table


TABLES = (series_table, numbers, events, requests)


def _some_rows() -> None:
    with turn.turn():
        series.take(Series("unit", "issue", "Khoá XIV", "nb"), Use("document", date(2026, 11, 24), "person"))
        journal.record("change", "document", "person", diff={"deadline": (None, date(2026, 12, 1))}, why="Gấp\n“…”")
        sealed = {"object": "document", "answer": {}, "sealed": bytes(range(256))}
        key = {"actor": "person", "identifier": "1", "operation": "register"}
        turn.run(sa.insert(requests).values(**key, **sealed, at=clock.now()))
    transaction.commit()


def _all() -> list[list[object]]:
    return [[tuple(each) for each in turn.rows(sa.select(table))] for table in TABLES]


def test_rows_come_back_from_json_as_they_were(ledger: Database, time: clock.Frozen) -> None:
    _some_rows()
    before = _all()
    assert all(before)
    written = json.dumps([rows.dump(table) for table in TABLES])
    with turn.turn():
        for table in reversed(TABLES):
            turn.run(sa.delete(table))
        for table, dumped in zip(TABLES, json.loads(written), strict=True):
            rows.load(table, dumped)
    assert _all() == before


def test_only_the_rows_that_meet_a_condition_are_dumped(ledger: Database) -> None:
    _some_rows()
    assert rows.dump(events, events.c.object == "document")[0]["operation"] == "change"
    assert rows.dump(events, events.c.object == "other") == []
