"""The outbox: jobs written in the turn, done once, tried again, put aside."""

from datetime import timedelta
from typing import Any

import transaction

from party.operations.ledger import clock
from party.operations.ledger import outbox
from party.operations.ledger import turn
from party.operations.ledger.engine import Database


def enqueue(key: str = "key", **more: Any) -> None:
    with turn.turn():
        outbox.enqueue("text", key, {"file": key}, "person", **more)
    transaction.commit()


def claim() -> Any:
    with turn.turn():
        job = outbox.claim()
    transaction.commit()
    return job


def fail(job: Any) -> None:
    with turn.turn():
        outbox.fail(job.id, job.attempts + 1, "ValueError: no")
    transaction.commit()


def only(state: str) -> Any:
    (row,) = outbox.listing(state)
    return row


def test_a_job_is_claimed_with_all_it_needs(ledger: Database, time: clock.Frozen) -> None:
    enqueue()
    job = claim()
    assert (job.kind, job.key, job.payload, job.actor) == ("text", "key", {"file": "key"}, "person")
    assert only("running").attempts == 1
    assert claim() is None


def test_a_job_of_the_same_key_is_written_once_whatever_became_of_the_first(
    ledger: Database, time: clock.Frozen
) -> None:
    enqueue()
    enqueue()
    job = claim()
    assert claim() is None
    enqueue()
    with turn.turn():
        outbox.finish(job.id)
    transaction.commit()
    enqueue()
    assert claim() is None
    assert only("done").finished_at == clock.now()


def test_a_job_of_a_transaction_that_was_given_up_is_never_done(ledger: Database, time: clock.Frozen) -> None:
    with turn.turn():
        outbox.enqueue("text", "key", {}, "person")
    transaction.abort()
    assert claim() is None


def test_a_job_is_not_claimed_before_it_is_due(ledger: Database, time: clock.Frozen) -> None:
    enqueue(due=clock.now() + timedelta(hours=8))
    time.advance(hours=7, minutes=59)
    assert claim() is None
    time.advance(minutes=1)
    assert claim() is not None


def test_jobs_are_claimed_in_the_order_in_which_they_are_due(ledger: Database, time: clock.Frozen) -> None:
    enqueue("late", due=clock.now() - timedelta(minutes=1))
    enqueue("early", due=clock.now() - timedelta(minutes=2))
    enqueue("now")
    assert [claim().key for _ in range(3)] == ["early", "late", "now"]


def test_a_job_that_fails_is_tried_again_after_one_two_four_minutes(ledger: Database, time: clock.Frozen) -> None:
    enqueue()
    waits = []
    for _ in range(4):
        fail(claim())
        assert claim() is None
        waits.append((only("waiting").due - clock.now()).seconds // 60)
        time.advance(minutes=waits[-1])
    assert waits == [1, 2, 4, 8]
    assert only("waiting").error == "ValueError: no"


def test_a_job_that_fails_eight_times_is_put_aside_and_kept_with_its_error(
    ledger: Database, time: clock.Frozen
) -> None:
    enqueue()
    for _ in range(outbox.MAX_ATTEMPTS):
        fail(claim())
        time.advance(days=1)
    assert claim() is None
    assert only("dead").error == "ValueError: no"


def test_a_dead_job_is_tried_again_when_somebody_asks_and_with_all_its_tries(
    ledger: Database, time: clock.Frozen
) -> None:
    enqueue()
    for _ in range(outbox.MAX_ATTEMPTS):
        fail(claim())
        time.advance(days=1)
    with turn.turn():
        outbox.retry(only("dead").id)
    transaction.commit()
    job = claim()
    assert job.attempts == 0
    fail(job)
    assert only("waiting").attempts == 1


def test_only_a_dead_job_is_tried_again_by_hand(ledger: Database, time: clock.Frozen) -> None:
    enqueue()
    job = claim()
    with turn.turn():
        outbox.finish(job.id)
        outbox.retry(job.id)
    transaction.commit()
    assert claim() is None


def test_a_job_whose_worker_died_is_claimed_again_after_its_lease(ledger: Database, time: clock.Frozen) -> None:
    enqueue()
    claim()
    time.advance(minutes=9, seconds=59)
    assert claim() is None
    time.advance(seconds=1)
    assert claim().attempts == 1


def test_a_job_that_kills_its_worker_is_put_aside_and_others_go_on(ledger: Database, time: clock.Frozen) -> None:
    enqueue("deadly")
    for _ in range(outbox.MAX_ATTEMPTS):
        assert claim().key == "deadly"
        time.advance(minutes=10)
    enqueue("harmless")
    assert claim().key == "harmless"
    assert (only("dead").key, bool(only("dead").error)) == ("deadly", True)


def test_a_list_shows_the_newest_first(ledger: Database, time: clock.Frozen) -> None:
    for key in "abc":
        enqueue(key)
    assert [each.key for each in outbox.listing("waiting", limit=2)] == ["c", "b"]
