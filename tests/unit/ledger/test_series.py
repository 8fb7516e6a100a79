"""Number series: one after the other, without gaps, without duplicates, never used again."""

from collections.abc import Callable
from datetime import date

import pytest
import sqlalchemy as sa
import transaction

from party.operations.ledger import series
from party.operations.ledger import turn
from party.operations.ledger.engine import Database
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import NumberTaken
from party.operations.ledger.series import Series
from party.operations.ledger.series import Use
from party.operations.ledger.tables import numbers


BOOK = Series("unit", "issue:party.cong-van", "Khoá XIV")


def use(uid: str = "document") -> Use:
    return Use(uid, date(2026, 11, 24), "person")


def take(which: Series = BOOK, uid: str = "document") -> int:
    with turn.turn():
        return series.take(which, use(uid))


def rows() -> list[tuple[int, str, str]]:
    found = turn.rows(sa.select(numbers).order_by(numbers.c.series, numbers.c.number))
    return [(each.number, each.state, each.reason) for each in found]


def test_numbers_begin_with_one_and_follow_each_other(ledger: Database) -> None:
    assert [take() for _ in range(5)] == [1, 2, 3, 4, 5]


def test_each_unit_book_period_and_suffix_is_a_series_of_its_own(ledger: Database) -> None:
    assert take() == 1
    others = [
        Series("other", BOOK.book, BOOK.period),
        Series(BOOK.unit, "issue:party.quyet-dinh", BOOK.period),
        Series(BOOK.unit, BOOK.book, "Khoá XV"),
        Series(BOOK.unit, BOOK.book, BOOK.period, "nb"),
    ]
    assert [take(each) for each in others] == [1, 1, 1, 1]
    assert take() == 2


def test_a_number_of_a_transaction_that_was_given_up_is_taken_by_the_next(ledger: Database) -> None:
    take()
    transaction.commit()
    assert take() == 2
    transaction.abort()
    assert take() == 2


def test_a_number_remembers_what_it_was_taken_for(ledger: Database) -> None:
    take(uid="d1")
    (held,) = series.of_object("d1")
    expected = {"unit": "unit", "book": BOOK.book, "period": "Khoá XIV", "suffix": "", "number": 1, "state": "taken"}
    assert held.items() >= expected.items()
    assert (held["legal_date"], held["taken_by"]) == (date(2026, 11, 24), "person")


def test_what_would_come_next_is_shown_without_being_taken(ledger: Database) -> None:
    assert (series.peek(BOOK), series.peek(BOOK), take(), series.peek(BOOK)) == (1, 1, 1, 2)


def test_numbers_typed_ahead_of_the_series_are_passed_over_and_leave_no_gap_before_them(ledger: Database) -> None:
    with turn.turn():
        assert series.claim(BOOK, 3, use()) == 3
        assert series.claim(BOOK, 4, use()) == 4
    assert [take() for _ in range(4)] == [1, 2, 5, 6]


def test_a_number_typed_behind_the_series_fills_a_gap_of_the_paper_book(ledger: Database) -> None:
    with turn.turn():
        series.claim(BOOK, 2, use())
        series.claim(BOOK, 1, use())
    assert take() == 3


def test_a_number_that_is_in_use_is_refused_with_a_sentence_that_names_it(ledger: Database) -> None:
    take()
    with pytest.raises(NumberTaken) as refused, turn.turn():
        series.claim(BOOK, 1, use("other"))
    assert refused.value.facts == {"number": 1}
    assert refused.value.message.mapping == {"number": 1}
    assert refused.value.status == 409


@pytest.mark.parametrize("number", [0, -1, 10**7, 2**40])
def test_a_number_outside_of_any_register_is_refused(ledger: Database, number: int) -> None:
    with pytest.raises(Invalid) as refused, turn.turn():
        series.claim(BOOK, number, use())
    assert refused.value.field == "number"


def test_a_voided_number_stays_with_its_reason_and_is_never_given_again(ledger: Database) -> None:
    take()
    take()
    with turn.turn():
        series.void(BOOK, 2, "Cấp nhầm sổ")
    assert take() == 3
    assert rows() == [(1, "taken", ""), (2, "voided", "Cấp nhầm sổ"), (3, "taken", "")]
    with pytest.raises(NumberTaken), turn.turn():
        series.claim(BOOK, 2, use())


@pytest.mark.parametrize(
    ("act", "field"),
    [
        (lambda: series.void(BOOK, 1, "   "), "reason"),
        (lambda: series.void(BOOK, 9, "Chưa từng cấp"), "number"),
    ],
)
def test_voiding_wants_a_reason_and_a_number_that_is_in_use(
    ledger: Database, act: Callable[[], None], field: str
) -> None:
    take()
    with pytest.raises(Invalid) as refused, turn.turn():
        act()
    assert refused.value.field == field


def test_a_number_is_voided_once(ledger: Database) -> None:
    take()
    with turn.turn():
        series.void(BOOK, 1, "Cấp nhầm")
    with pytest.raises(Invalid), turn.turn():
        series.void(BOOK, 1, "Lần nữa")
    assert rows() == [(1, "voided", "Cấp nhầm")]


def test_taking_a_number_outside_of_a_turn_is_an_error_of_the_programmer(ledger: Database) -> None:
    with pytest.raises(RuntimeError, match="outside a turn"):
        series.take(BOOK, use())
