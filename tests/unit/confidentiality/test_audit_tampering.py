"""Whatever somebody does to the journal's file is found, and named for what it is."""

import json
import re
import sqlite3
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from datetime import datetime
from pathlib import Path

import pytest

from party.operations.confidentiality import audit
from party.operations.confidentiality.audit import command
from party.operations.ledger import clock
from party.operations.ledger import engine


UID = "a" * 32
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=clock.VIETNAM)

Tamper = Callable[..., None]


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A journal of three streams, anchored, with one signed day; nobody writes into it now."""
    path = tmp_path_factory.mktemp("audit") / "audit.sqlite"
    audit.configure(f"sqlite:///{path}")
    with clock.frozen(NOW) as frozen:
        for _stream in range(3):
            for number in range(12):
                audit.record("reveal", f"{number:032x}", actor="mai", number=number)
            audit.close()
            frozen.advance(minutes=5)
        frozen.advance(days=1)
        audit.sign_day(date(2026, 11, 24))
        audit.close()
        assert audit.verify() == []
    audit.configure(None)
    return path


@pytest.fixture
def path(tmp_path: Path, whole: Path) -> Iterator[Path]:
    """A copy of that journal, which the process uses."""
    path = tmp_path / "audit.sqlite"
    path.write_bytes(whole.read_bytes())
    audit.configure(f"sqlite:///{path}")
    with clock.frozen(NOW) as frozen:
        frozen.advance(days=2)
        yield path
    audit.configure(None)


@pytest.fixture
def tamper(path: Path) -> Tamper:
    """Runs statements on the file, as somebody with access to the disk would; ``:s`` is the second stream."""

    def run(*statements: str) -> None:
        with closing(sqlite3.connect(path)) as connection:
            connection.execute("DROP INDEX records_chain")
            (second,) = connection.execute("SELECT stream FROM records ORDER BY id LIMIT 1 OFFSET 20").fetchone()
            for statement in statements:
                connection.execute(statement, {"s": second} if ":s" in statement else {})
            connection.commit()

    return run


def kinds() -> list[tuple[str, int]]:
    return [(each.kind, each.seq) for each in audit.verify()]


@pytest.mark.parametrize(
    "column", ["at = '2026-11-24T01:00:00.000000'", "actor = 'lan'", "action = 'list'", "outcome = 'refused'",
               "objects = '[]'", "facts = '{}'", "zone = 'internet'", "mac = zeroblob(32)"],
)  # fmt: skip
def test_an_edited_record_is_named(tamper: Tamper, column: str) -> None:
    tamper(f"UPDATE records SET {column} WHERE stream = :s AND seq = 5")
    assert kinds() == [("edited", 5)]


def test_a_deleted_record_is_named(tamper: Tamper) -> None:
    tamper("DELETE FROM records WHERE stream = :s AND seq = 5")
    assert kinds() == [("removed", 5)]


def test_several_deleted_records_are_named(tamper: Tamper) -> None:
    tamper("DELETE FROM records WHERE stream = :s AND seq BETWEEN 1 AND 5")
    (first, *_rest) = audit.verify()
    assert (first.kind, first.seq, first.message.mapping["last"]) == ("removed", 1, 5)


def test_a_deleted_record_is_named_when_the_rest_was_renumbered(tamper: Tamper) -> None:
    tamper(
        "DELETE FROM records WHERE stream = :s AND seq = 5",
        "UPDATE records SET seq = seq - 1 WHERE stream = :s AND seq > 5",
    )
    assert kinds()[0] == ("removed", 5)


def test_records_that_changed_places_are_named(tamper: Tamper) -> None:
    tamper(
        "UPDATE records SET seq = -1 WHERE stream = :s AND seq = 5",
        "UPDATE records SET seq = 5 WHERE stream = :s AND seq = 6",
        "UPDATE records SET seq = 6 WHERE stream = :s AND seq = -1",
    )
    (problem,) = audit.verify()
    assert (problem.kind, problem.seq, problem.message.mapping["origin"]) == ("reordered", 5, 6)


COPY = "INSERT INTO records (stream, seq, at, zone, actor, action, outcome, objects, facts, mac) SELECT stream, "


def test_an_inserted_record_is_named(tamper: Tamper) -> None:
    tamper(
        "UPDATE records SET seq = seq + 1 WHERE stream = :s AND seq >= 5",
        COPY + "5, at, zone, 'lan', action, outcome, objects, facts, randomblob(32) FROM records"
        " WHERE stream = :s AND seq = 4",
    )
    assert kinds()[0] == ("inserted", 5)


def test_a_copied_record_is_named(tamper: Tamper) -> None:
    tamper(
        "UPDATE records SET seq = seq + 1 WHERE stream = :s AND seq >= 5",
        COPY + "5, at, zone, actor, action, outcome, objects, facts, mac FROM records WHERE stream = :s AND seq = 3",
    )
    assert kinds()[0] == ("inserted", 5)


def test_a_record_under_a_number_that_is_taken_is_named(tamper: Tamper) -> None:
    tamper(COPY + "5, at, zone, actor, action, outcome, objects, facts, mac FROM records WHERE stream = :s AND seq = 3")
    assert kinds()[0] == ("inserted", 5)


def test_a_record_after_the_end_of_a_stream_is_named(tamper: Tamper) -> None:
    tamper(
        COPY + "seq + 1, at, zone, actor, 'reveal', outcome, objects, facts, mac FROM records"
        " WHERE stream = :s AND action = 'stream_closed'"
    )
    assert kinds()[0][0] == "inserted"


def test_a_stream_cut_short_is_named(tamper: Tamper) -> None:
    tamper("DELETE FROM records WHERE stream = :s AND seq > 6")
    assert ("cut", 7) in kinds()


def test_a_stream_without_its_closing_record_is_named(tamper: Tamper) -> None:
    tamper(
        "DELETE FROM records WHERE stream = :s AND seq >="
        " (SELECT seq FROM records WHERE stream = :s AND action = 'stream_closed')"
    )
    assert ("cut", 14) in kinds()


def test_a_missing_stream_is_named(tamper: Tamper) -> None:
    tamper("DELETE FROM records WHERE stream = :s", "DELETE FROM streams WHERE id = :s")
    assert kinds()[0][0] == "missing"


def test_records_whose_stream_was_never_begun_are_named(tamper: Tamper) -> None:
    tamper("DELETE FROM streams WHERE id = :s")
    assert kinds()[0][0] == "inserted"


@pytest.mark.parametrize("column", ["host = 'x'", "zone = 'internet'", "started = 'x'", "sealed = zeroblob(80)"])
def test_an_edited_stream_is_named(tamper: Tamper, column: str) -> None:
    tamper(f"UPDATE streams SET {column} WHERE id = :s")
    assert kinds()[0][0] == "edited"


def test_a_stream_made_by_somebody_who_knows_the_public_key_is_named(tamper: Tamper) -> None:
    tamper("UPDATE streams SET proof = zeroblob(32) WHERE id = :s")
    assert kinds()[0][0] == "inserted"
    tamper_again = "UPDATE streams SET proof = x'' WHERE id = :s"
    audit.close()
    with closing(sqlite3.connect(audit.database().writer.url.database)) as connection:
        connection.execute(tamper_again.replace(":s", "(SELECT stream FROM records ORDER BY id LIMIT 1 OFFSET 20)"))
        connection.commit()
    assert kinds()[0][0] == "inserted"


def test_an_edited_anchor_is_named(tamper: Tamper) -> None:
    tamper("UPDATE anchors SET heads = '{}' WHERE id = 2")
    (problem,) = audit.verify()
    assert problem.kind == "anchor"
    assert "edited" in problem.message
    assert problem.message.mapping["anchor"] == 2


def test_a_removed_anchor_is_named(tamper: Tamper) -> None:
    tamper("DELETE FROM anchors WHERE id = 2")
    (problem,) = audit.verify()
    assert problem.kind == "anchor"
    assert "removed" in problem.message


def test_an_anchor_that_is_no_json_is_named(tamper: Tamper) -> None:
    tamper("UPDATE anchors SET heads = 'x' WHERE id = 2")
    assert kinds() == [("anchor", 0)]


def test_an_inserted_anchor_is_named(tamper: Tamper) -> None:
    tamper("INSERT INTO anchors (at, upto, heads) SELECT at, upto, heads FROM anchors WHERE id = 2")
    assert kinds() == [("anchor", 0)]


@pytest.mark.parametrize("column", ["heads = '{}'", "at = 'x'", "previous = 'x'", "signature = zeroblob(64)"])
def test_edited_heads_of_a_day_are_named(tamper: Tamper, column: str) -> None:
    tamper(f"UPDATE days SET {column}")
    (problem,) = audit.verify()
    assert (problem.kind, problem.message.mapping["day"]) == ("day", "2026-11-24")


def test_removed_heads_of_a_day_are_named(tamper: Tamper) -> None:
    tamper("DELETE FROM days")
    (problem,) = audit.verify()
    assert problem.kind == "day"
    assert "removed" in problem.message


def test_each_stream_has_its_own_first_bad_record(tamper: Tamper) -> None:
    tamper(
        "UPDATE records SET actor = 'lan' WHERE seq IN (4, 6) AND action = 'reveal'",
    )
    found = audit.verify()
    assert [(each.kind, each.seq) for each in found] == [("edited", 4)] * 3
    assert len({each.stream for each in found}) == 3


def test_the_whole_journal_set_back_shows_as_processes_that_never_ended(path: Path, tmp_path: Path) -> None:
    """Records, anchors and days are consistent then: what shows it is the stream that did not say that it ends."""
    with closing(sqlite3.connect(path)) as connection:
        for row in connection.execute("SELECT id, facts FROM records WHERE action = 'stream_closed'").fetchall()[-2:]:
            connection.execute("DELETE FROM records WHERE id >= ?", (row[0],))
        connection.execute("DELETE FROM days")
        connection.execute("DELETE FROM anchors WHERE upto >= (SELECT max(id) FROM records)")
        connection.execute(
            "UPDATE streams SET ended = 0 WHERE id NOT IN (SELECT stream FROM records WHERE action = 'stream_closed')"
        )
        connection.execute("DELETE FROM streams WHERE id NOT IN (SELECT stream FROM records)")
        connection.commit()
    audit.verify()
    with closing(sqlite3.connect(path)) as connection:
        lost = connection.execute("SELECT facts FROM records WHERE action = 'stream_lost'").fetchall()
    assert lost
    assert all(re.fullmatch(r"[0-9a-f]{32}", json.loads(facts)["stream"]) for (facts,) in lost)


def test_the_verb_prints_a_sentence_for_each_problem_and_says_so_by_its_exit_code(
    tamper: Tamper, capsys: pytest.CaptureFixture[str]
) -> None:
    engine.create_tables()
    assert command.main(None, []) == 0
    audit.close()
    tamper("UPDATE records SET actor = 'lan' WHERE stream = :s AND seq = 5")
    capsys.readouterr()
    assert command.main(None, []) == 1
    (line,) = capsys.readouterr().out.splitlines()
    assert " 5 " in line
