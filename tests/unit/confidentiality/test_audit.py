"""The journal's store: what a record holds, when it counts as written, and who may begin a stream."""

import json
import os
import sqlite3
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa

from party.operations.confidentiality import audit
from party.operations.confidentiality import keys
from party.operations.confidentiality.audit import store
from party.operations.confidentiality.audit.tables import metadata
from party.operations.confidentiality.audit.tables import records
from party.operations.confidentiality.keys.none import NoKeys
from party.operations.ledger import clock
from party.operations.ledger.errors import Invalid
from tests.postgres import postgresql


__all__ = ["postgresql"]

UID = "a" * 32
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=clock.VIETNAM)


@pytest.fixture
def path(tmp_path: Path) -> Iterator[Path]:
    """The file of a journal of this test's own, in a process with keys."""
    audit.configure(f"sqlite:///{tmp_path / 'audit.sqlite'}")
    yield tmp_path / "audit.sqlite"
    audit.configure(None)


def rows(path: Path, statement: str) -> list[Any]:
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(statement).fetchall()


def test_a_record_is_on_the_disk_when_the_call_returns(path: Path) -> None:
    with clock.frozen(NOW):
        audit.record("reveal", UID, actor="mai", purpose="view", size=3)
    found = rows(path, "SELECT at, zone, actor, action, outcome, objects, facts FROM records WHERE action = 'reveal'")
    assert found == [
        ("2026-11-24T02:00:00.000000", "wan", "mai", "reveal", "done", json.dumps([UID]), '{"purpose":"view","size":3}')
    ]


def test_a_refusal_is_a_record_of_its_own_outcome(path: Path) -> None:
    audit.refused("download", [UID, "b" * 32], actor="mai")
    assert rows(path, "SELECT action, outcome FROM records WHERE action = 'download'") == [("download", "refused")]


@pytest.mark.parametrize("value", ["Về việc bổ nhiệm", "two words", "x" * 201, 1.5, ["a"], NOW])
def test_a_record_takes_no_text(path: Path, value: Any) -> None:
    with pytest.raises(ValueError, match="a record of the journal"):
        audit.record("reveal", UID, actor="mai", what=value)
    with pytest.raises(ValueError, match="a record of the journal"):
        audit.record("reveal", [value], actor="mai")


def test_records_of_many_threads_are_one_chain_without_a_gap(path: Path) -> None:
    def work() -> None:
        for _number in range(50):
            audit.record("reveal", UID, actor="mai")

    threads = [threading.Thread(target=work) for _number in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert rows(path, "SELECT count(*) FROM records WHERE action = 'reveal'") == [(400,)]
    assert rows(path, "SELECT max(seq) - count(*) FROM records") == [(0,)]
    assert audit.verify() == []


def test_several_processes_write_at_the_same_time(path: Path) -> None:
    program = (
        "from party.operations.confidentiality import audit\n"
        "for number in range(100): audit.record('reveal', 'b' * 32, actor='other', number=number)\n"
    )
    environment = {
        **os.environ,
        "PARTY_AUDIT": str(path),
        "PARTY_ZONE": "wan",
    }
    others = [subprocess.Popen([sys.executable, "-c", program], env=environment) for _number in range(2)]
    for _number in range(100):
        audit.record("reveal", UID, actor="mai")
    assert [each.wait(60) for each in others] == [0, 0]
    assert rows(path, "SELECT count(*) FROM records WHERE action = 'reveal'") == [(300,)]
    assert rows(path, "SELECT count(*) FROM records WHERE action = 'stream_closed'") == [(2,)]
    assert rows(path, "SELECT count(*) FROM streams") == [(3,)]
    assert audit.verify() == []


def test_a_forked_process_begins_its_own_stream(path: Path) -> None:
    audit.record("reveal", UID, actor="mai")
    child = os.fork()
    if not child:
        code = 1
        try:
            audit.record("reveal", UID, actor="child")
            audit.close()
            code = 0
        finally:
            os._exit(code)
    assert os.waitpid(child, 0)[1] == 0
    audit.record("reveal", UID, actor="mai")
    assert rows(path, "SELECT count(DISTINCT stream) FROM records WHERE action = 'reveal'") == [(2,)]
    assert audit.verify() == []


def test_nothing_is_recorded_before_the_public_key_is_there(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(keys, "_provider", NoKeys())
    monkeypatch.setenv("PARTY_ZONE", "internet")
    with pytest.raises(audit.AuditUnavailable):
        audit.record("login_failed", actor="")
    assert rows(path, "SELECT count(*) FROM streams") == [(0,)]


def test_a_process_without_keys_writes_a_stream_it_cannot_read(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    audit.prepare()
    audit.close()
    monkeypatch.setattr(keys, "_provider", NoKeys())
    monkeypatch.setenv("PARTY_ZONE", "internet")
    audit.record("login_failed", actor="", login=audit.hidden("mai"))
    with pytest.raises(audit.AuditUnavailable):
        audit.verify()
    audit.close()
    monkeypatch.undo()
    assert audit.verify() == []
    assert b"mai" not in path.read_bytes()


def test_a_wan_process_without_keys_records_nothing(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    audit.prepare()
    monkeypatch.setattr(keys, "_provider", NoKeys())
    with pytest.raises(audit.AuditUnavailable):
        audit.record("reveal", UID, actor="mai")


def test_nothing_is_released_when_the_journal_cannot_be_written(path: Path) -> None:
    audit.record("reveal", UID, actor="mai")
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("ALTER TABLE records RENAME TO hidden")
    with pytest.raises(audit.AuditUnavailable) as raised:
        audit.record("reveal", UID, actor="mai")
    assert raised.value.status == 503
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("ALTER TABLE hidden RENAME TO records")
    audit.record("reveal", UID, actor="mai")
    assert rows(path, "SELECT count(*) FROM records WHERE action = 'reveal'") == [(2,)]
    assert audit.verify() == []


def test_a_place_that_cannot_be_written_releases_nothing(path: Path, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    audit.configure(f"sqlite:///{tmp_path / 'file' / 'audit.sqlite'}")
    with pytest.raises(audit.AuditUnavailable):
        audit.record("reveal", UID, actor="mai")


def test_a_process_that_was_killed_is_named_by_the_next_one(path: Path) -> None:
    program = (
        "import os\n"
        "from party.operations.confidentiality import audit\n"
        "audit.record('reveal', 'b' * 32, actor='other')\n"
        "os._exit(9)\n"
    )
    environment = {**os.environ, "PARTY_AUDIT": str(path)}
    assert subprocess.run([sys.executable, "-c", program], env=environment, check=False).returncode == 9
    (lost,) = rows(path, "SELECT id FROM streams")
    audit.record("reveal", UID, actor="mai")
    (facts,) = rows(path, "SELECT facts FROM records WHERE action = 'stream_lost'")
    assert json.loads(facts[0]) == {"stream": lost[0], "last": 2}
    assert audit.verify() == []


def test_an_anchor_is_written_only_when_something_moved(path: Path) -> None:
    audit.record("reveal", UID, actor="mai")
    audit.anchor()
    before = rows(path, "SELECT count(*) FROM anchors")
    audit.anchor()
    assert rows(path, "SELECT count(*) FROM anchors") == before
    audit.record("reveal", UID, actor="mai")
    audit.anchor()
    assert rows(path, "SELECT count(*) FROM anchors") == [(before[0][0] + 1,)]


def test_a_day_is_signed_once_and_only_when_it_is_over(path: Path) -> None:
    with clock.frozen(NOW) as frozen:
        audit.record("reveal", UID, actor="mai")
        with pytest.raises(Invalid):
            audit.sign_day(date(2026, 11, 24))
        frozen.advance(days=1)
        assert audit.sign_day(date(2026, 11, 24))
        assert not audit.sign_day(date(2026, 11, 24))
        assert audit.verify() == []


def test_housekeeping_signs_every_day_since_the_last_one(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(audit, "_housekept", 0.0)
    with clock.frozen(NOW) as frozen:
        audit.record("reveal", UID, actor="mai")
        frozen.advance(days=1)
        audit.housekeeping()
        frozen.advance(days=3)
        monkeypatch.setattr(audit, "_housekept", 0.0)
        audit.housekeeping()
        days = [f"2026-11-{number}" for number in (24, 25, 26, 27)]
        assert rows(path, "SELECT day FROM days ORDER BY day") == [(each,) for each in days]
        assert audit.verify() == []


def test_on_postgresql_it_is_the_same(postgresql: str) -> None:
    audit.configure(postgresql)
    try:
        with clock.frozen(NOW) as frozen:
            audit.record("reveal", UID, actor="mai")
            audit.close()
            frozen.advance(days=1)
            audit.record("reveal", UID, actor="mai")
            audit.housekeeping()
            assert audit.verify() == []
            with audit.database().writer.begin() as connection:
                edited = sa.update(records).where(records.c.seq == 1, records.c.action == "reveal")
                connection.execute(edited.values(actor="lan"))
            assert {each.kind for each in audit.verify()} == {"edited"}
    finally:
        audit.close()
        opened = store.opened(postgresql)
        metadata.drop_all(opened.writer)
        opened.dispose()
        audit.configure(None)
