"""The row of an object: who saw an old revision overwrites nothing."""

import threading

import pytest
import transaction

from party.operations.ledger import clock
from party.operations.ledger import items
from party.operations.ledger import turn
from party.operations.ledger.engine import Database
from party.operations.ledger.errors import Changed
from party.operations.ledger.errors import Missing


@pytest.fixture
def item(ledger: Database, time: clock.Frozen) -> str:
    with turn.turn():
        items.create("a", kind="incoming", unit="u", level="normal", state="received", path="/a", created_by="p")
    transaction.commit()
    return "a"


def test_a_new_row_has_revision_one_and_says_when_it_was_made(item: str) -> None:
    row = items.get(item)
    assert (row.revision, row.state, row.created_at, row.changed_at) == (1, "received", clock.now(), clock.now())


def test_a_change_raises_the_revision_and_says_when(item: str, time: clock.Frozen) -> None:
    time.advance(hours=1)
    with turn.turn():
        assert items.advance(item, 1, state="registered") == 2
    row = items.get(item)
    assert (row.revision, row.state, row.changed_at) == (2, "registered", clock.now())
    assert row.created_at < row.changed_at


def test_who_saw_an_old_revision_is_told_and_overwrites_nothing(item: str) -> None:
    with turn.turn():
        items.advance(item, 1, state="registered")
    transaction.commit()
    with pytest.raises(Changed) as refused, turn.turn():
        items.advance(item, 1, state="refused")
    transaction.abort()
    assert refused.value.facts == {"revision": 2}
    assert refused.value.status == 409
    assert items.get(item).state == "registered"


def test_without_a_revision_the_present_one_is_meant(item: str) -> None:
    with turn.turn():
        items.advance(item, None, state="registered")
        assert items.advance(item, None, state="done") == 3


def test_a_row_that_is_not_there_is_missing(ledger: Database) -> None:
    assert items.find("nowhere") is None
    with pytest.raises(Missing):
        items.get("nowhere")
    with pytest.raises(Missing), turn.turn():
        items.advance("nowhere", None)


def test_of_two_who_act_at_once_the_second_waits_and_is_told(item: str) -> None:
    begun, outcomes = threading.Event(), {}

    def other() -> None:
        transaction.begin()
        begun.set()
        try:
            with turn.turn():
                items.hold(item)
                items.advance(item, 1, state="refused")
            transaction.commit()
            outcomes["other"] = "done"
        except Changed:
            transaction.abort()
            outcomes["other"] = "told"

    with turn.turn():
        items.hold(item)
        thread = threading.Thread(target=other)
        thread.start()
        begun.wait(5)
        items.advance(item, 1, state="registered")
    transaction.commit()
    thread.join(20)
    assert outcomes == {"other": "told"}
    assert items.get(item).state == "registered"
