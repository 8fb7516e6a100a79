"""One turn: the write session of a transaction, locked first, given up as a whole."""

import pytest
import sqlalchemy as sa
import transaction
from transaction.interfaces import DoomedTransaction

from party.operations.ledger import clock
from party.operations.ledger import items
from party.operations.ledger import turn
from party.operations.ledger.engine import Database
from party.operations.ledger.errors import Invalid
from party.operations.ledger.tables import items as table


def create(uid: str) -> None:
    items.create(uid, kind="incoming", unit="u", level="normal", state="received", path=f"/{uid}", created_by="p")


def create_and_fail(uid: str) -> None:
    with turn.turn():
        create(uid)
        raise Invalid("no")


def uids() -> list[str]:
    return [each.uid for each in turn.rows(sa.select(table.c.uid).order_by(table.c.id))]


def committed(ledger: Database) -> list[str]:
    with ledger.reader.connect() as connection:
        return [each.uid for each in connection.execute(sa.select(table.c.uid).order_by(table.c.id))]


def test_what_is_written_in_a_turn_is_there_after_commit_and_not_before(ledger: Database) -> None:
    with turn.turn():
        create("a")
    assert committed(ledger) == []
    transaction.commit()
    assert committed(ledger) == ["a"]


def test_an_abort_takes_back_what_was_written(ledger: Database) -> None:
    with turn.turn():
        create("a")
    transaction.abort()
    assert committed(ledger) == []


def test_core_statements_alone_are_committed(ledger: Database) -> None:
    with turn.turn():
        create("a")
    transaction.commit()
    with turn.turn():
        turn.run(sa.update(table).values(title="Có"))
    transaction.commit()
    assert turn.scalar(sa.select(table.c.title)) == "Có"


def test_a_turn_inside_a_turn_is_the_same_turn(ledger: Database) -> None:
    with turn.turn() as outer, turn.turn() as inner:
        assert inner is outer


def test_two_turns_of_one_transaction_are_the_same_turn(ledger: Database) -> None:
    with turn.turn() as first:
        create("a")
    with turn.turn() as second:
        assert second is first
    transaction.abort()
    assert committed(ledger) == []


def test_reads_in_a_turn_see_what_it_wrote(ledger: Database) -> None:
    with turn.turn():
        create("a")
        assert uids() == ["a"]
    assert uids() == ["a"]


def test_reads_outside_of_a_turn_do_not_join_the_transaction_and_see_each_commit_of_others(ledger: Database) -> None:
    assert uids() == []
    with ledger.writer.begin() as other:
        other.execute(
            sa.insert(table).values(
                uid="b",
                kind="k",
                unit="u",
                level="l",
                state="s",
                path="/",
                created_by="p",
                created_at=clock.now(),
                changed_at=clock.now(),
            )
        )
    assert uids() == ["b"]
    assert transaction.get()._resources == []


def test_a_write_outside_of_a_turn_is_an_error_of_the_programmer(ledger: Database) -> None:
    with pytest.raises(RuntimeError, match="outside a turn"):
        create("a")


def test_an_error_that_leaves_the_turn_dooms_the_transaction(ledger: Database) -> None:
    with pytest.raises(Invalid):
        create_and_fail("a")
    with pytest.raises(DoomedTransaction):
        transaction.commit()
    transaction.abort()
    assert committed(ledger) == []


def test_an_error_that_leaves_the_second_turn_of_a_transaction_dooms_it_too(ledger: Database) -> None:
    with turn.turn():
        create("a")
    with pytest.raises(Invalid):
        create_and_fail("b")
    with pytest.raises(DoomedTransaction):
        transaction.commit()
    transaction.abort()
    assert committed(ledger) == []


def test_an_error_that_is_dealt_with_inside_of_the_turn_dooms_nothing(ledger: Database) -> None:
    with turn.turn():
        create("a")
        with pytest.raises(Invalid), turn.turn():
            raise Invalid("no")
    transaction.commit()
    assert committed(ledger) == ["a"]


def test_a_new_transaction_has_a_new_turn(ledger: Database) -> None:
    with turn.turn() as first:
        pass
    transaction.commit()
    with turn.turn() as second:
        assert second is not first


@pytest.mark.parametrize("ledger", ["sqlite"], indirect=True)
def test_on_sqlite_the_lock_is_taken_before_anything_is_read(ledger: Database) -> None:
    statements: list[str] = []
    sa.event.listen(ledger.writer, "before_cursor_execute", lambda *call: statements.append(call[2]))
    with turn.turn():
        uids()
    assert statements[0] == "BEGIN IMMEDIATE"


def test_a_row_whose_key_is_there_is_not_inserted_again_and_that_is_said(ledger: Database) -> None:
    row = {"kind": "k", "unit": "u", "level": "l", "state": "s", "path": "/", "created_by": "p"}
    times = {"created_at": clock.now(), "changed_at": clock.now()}
    with turn.turn():
        assert turn.insert_new(table, uid="a", title="one", **row, **times)
        assert not turn.insert_new(table, uid="a", title="two", **row, **times)
        assert turn.scalar(sa.select(table.c.title)) == "one"
