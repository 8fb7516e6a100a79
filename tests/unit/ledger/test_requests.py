"""A request that another system sends twice is done once."""

import threading
from typing import Any

import pytest
import transaction
from transaction.interfaces import TransientError

from party.operations.ledger import clock
from party.operations.ledger import requests
from party.operations.ledger.engine import Database
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import LedgerConflict


def answering(answer: dict[str, Any], done: list[Any]) -> Any:
    def act() -> dict[str, Any]:
        done.append(answer)
        return answer

    return act


def test_the_second_request_gets_the_answer_of_the_first_and_does_nothing(ledger: Database) -> None:
    done: list[Any] = []
    assert requests.once("axis", "1", "register", answering({"uid": "a"}, done)) == ({"uid": "a"}, True)
    transaction.commit()
    assert requests.once("axis", "1", "register", answering({"uid": "b"}, done)) == ({"uid": "a"}, False)
    assert done == [{"uid": "a"}]


def test_identifiers_of_two_systems_do_not_meet(ledger: Database) -> None:
    done: list[Any] = []
    requests.once("axis", "1", "register", answering({}, done))
    requests.once("other", "1", "register", answering({}, done))
    assert len(done) == 2


def test_an_identifier_of_another_operation_is_refused(ledger: Database) -> None:
    requests.once("axis", "1", "register", dict)
    with pytest.raises(Invalid) as refused:
        requests.once("axis", "1", "issue", dict)
    assert refused.value.field == "externalIdentifier"


@pytest.mark.parametrize("identifier", ["", "x" * 201])
def test_an_identifier_that_cannot_be_kept_is_refused(ledger: Database, identifier: str) -> None:
    with pytest.raises(Invalid) as refused:
        requests.once("axis", identifier, "register", dict)
    assert refused.value.field == "externalIdentifier"


def test_a_request_that_was_refused_may_be_sent_again(ledger: Database) -> None:
    def refuse() -> dict[str, Any]:
        raise Invalid("no")

    with pytest.raises(Invalid):
        requests.once("axis", "1", "register", refuse)
    transaction.abort()
    assert requests.once("axis", "1", "register", dict) == ({}, True)


def test_the_same_request_from_many_clients_at_once_is_done_once(ledger: Database) -> None:
    answers: list[tuple[dict[str, Any], bool]] = []
    together = threading.Barrier(8)

    def client(number: int) -> None:
        together.wait()
        while True:
            transaction.begin()
            try:
                answer = requests.once("axis", "1", "register", lambda: {"client": number})
                transaction.commit()
            except TransientError:
                transaction.abort()
            else:
                answers.append(answer)
                return

    threads = [threading.Thread(target=client, args=(number,)) for number in range(8)]
    for each in threads:
        each.start()
    for each in threads:
        each.join(30)
    assert len(answers) == 8
    assert sum(new for _answer, new in answers) == 1
    assert len({answer["client"] for answer, _new in answers}) == 1


def gone(answer: dict[str, Any]) -> bool:
    return False


def test_what_a_crash_left_in_the_ledger_alone_is_done_once_more(ledger: Database) -> None:
    done: list[Any] = []
    with clock.frozen(clock.now()) as time:
        requests.once("axis", "1", "register", answering({"uid": "lost"}, done))
        transaction.commit()
        time.advance(seconds=requests.SETTLED.total_seconds())
        assert requests.once("axis", "1", "register", answering({"uid": "a"}, done), gone) == ({"uid": "a"}, True)
        transaction.commit()
        assert requests.once("axis", "1", "register", answering({"uid": "b"}, done)) == ({"uid": "a"}, False)


def test_what_may_still_be_committing_is_asked_for_again_later(ledger: Database) -> None:
    requests.once("axis", "1", "register", lambda: {"uid": "a"})
    transaction.commit()
    with pytest.raises(LedgerConflict):
        requests.once("axis", "1", "register", dict, gone)


def test_the_answer_that_named_what_is_no_more_is_forgotten(ledger: Database) -> None:
    done: list[Any] = []
    for identifier, uid in (("1", "lost"), ("2", "kept")):
        requests.once("axis", identifier, "register", answering({"uid": uid}, done))
    requests.forget("lost")
    assert requests.once("axis", "1", "register", answering({"uid": "new"}, done)) == ({"uid": "new"}, True)
    assert requests.once("axis", "2", "register", answering({"uid": "new"}, done)) == ({"uid": "kept"}, False)
