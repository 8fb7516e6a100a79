"""The event journal: what happened, to what, by whom, with before and after."""

from datetime import date
from datetime import datetime
from datetime import UTC
from typing import Any

from party.operations.ledger import clock
from party.operations.ledger import journal
from party.operations.ledger import turn
from party.operations.ledger.engine import Database


def history(uid: str) -> list[Any]:
    return turn.rows(journal.history(uid))


def test_an_event_says_what_when_who_and_for_whom(ledger: Database, time: clock.Frozen) -> None:
    with turn.turn():
        journal.record("sign", "d1", "clerk", unit="u", acting_for="leader", number="01-CV/TU")
    (event,) = history("d1")
    assert (event.operation, event.actor, event.acting_for, event.unit) == ("sign", "clerk", "leader", "u")
    assert event.at == clock.now()
    assert event.details == {"number": "01-CV/TU"}


def test_a_diff_keeps_before_and_after_with_dates_and_vietnamese_letters(ledger: Database) -> None:
    before, after = {"title": "Cũ", "deadline": date(2026, 12, 1), "copies": 3}, {"title": "Mới", "deadline": None}
    with turn.turn():
        journal.record("change", "d1", "p", diff=journal.changes(before, {**after, "copies": 3}))
    (event,) = history("d1")
    assert event.diff == {"title": ["Cũ", "Mới"], "deadline": ["2026-12-01", None]}


def test_details_take_dates_instants_lists_and_leave_out_what_is_empty(ledger: Database) -> None:
    with turn.turn():
        journal.record(
            "x",
            "d1",
            "p",
            day=date(2026, 1, 2),
            at=datetime(2026, 1, 2, 3, tzinfo=UTC),
            days=(date(2026, 1, 3),),
            nested={"day": date(2026, 1, 4)},
            empty="",
            none=None,
            nothing=[],
            zero=0,
            no=False,
        )
    (event,) = history("d1")
    assert event.details == {
        "day": "2026-01-02",
        "at": "2026-01-02T03:00:00+00:00",
        "days": ["2026-01-03"],
        "nested": {"day": "2026-01-04"},
        "zero": 0,
        "no": False,
    }


def test_a_history_is_of_one_object_oldest_first(ledger: Database) -> None:
    with turn.turn():
        ids = [journal.record(name, uid, "p") for name, uid in (("a", "d1"), ("b", "d2"), ("c", "d1"))]
    assert [each.operation for each in history("d1")] == ["a", "c"]
    assert ids == sorted(set(ids))
