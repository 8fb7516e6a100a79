"""A letter in the books: received, registered, corrected, returned, finished, filed, reopened."""

from collections.abc import Callable
from datetime import date
from datetime import datetime
from datetime import UTC
from typing import Any

import pytest

from party.operations.documents import history
from party.operations.documents import lists
from party.operations.documents import operations
from party.operations.documents import trays
from party.operations.documents.files import Upload
from party.operations.documents.recipients import Addressee
from party.operations.ledger import clock
from party.operations.ledger import items
from party.operations.ledger import series
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import NotAllowed
from party.operations.ledger.errors import NumberTaken
from party.operations.organization import operations as organization
from tests.office import Office
from tests.plone.documents.conftest import Be
from tests.plone.documents.conftest import LETTER


Letter = Callable[..., Any]
Pdf = Callable[..., Upload]


def row(office: Office, unit: str = "tinh") -> Any:
    return lists.incoming_register(office.units[unit]).rows[0]


def number(document: Any) -> tuple[str, int]:
    """The period and the arrival number a letter holds."""
    (held,) = series.of_object(document.UID())
    return held["period"], held["number"]


def test_arrival_numbers_follow_each_other_in_the_calendar_year_of_arrival(letter: Letter) -> None:
    numbers = [number(letter()), number(letter()), number(letter(arrival_date=date(2025, 12, 31), document_date=None))]
    assert numbers == [("2026", 1), ("2026", 2), ("2025", 1)]


def test_at_midnight_in_hanoi_the_numbers_begin_again(letter: Letter) -> None:
    with clock.frozen(datetime(2026, 12, 31, 16, 59, tzinfo=UTC)) as time:
        assert number(letter()) == ("2026", 1)
        time.advance(minutes=1)
        assert number(letter()) == ("2027", 1)


def test_each_unit_and_each_book_counts_for_itself(office: Office, be: Be, letter: Letter) -> None:
    letter()
    assert number(letter("xa", "vanthu.xa")) == ("2026", 1)
    with be("quantri"):
        second = operations.create_register(office.units["tinh"], "Sổ đơn thư")
    with pytest.raises(Invalid, match="Choose the register"):
        letter()
    assert number(letter(register=second.UID())) == ("2026", 1)
    assert number(letter(register=office.registers["tinh"])) == ("2026", 2)


def test_a_closed_book_takes_nothing_more_and_keeps_what_it_has(office: Office, be: Be, letter: Letter) -> None:
    kept = letter()
    with be("quantri"):
        operations.change_register(office.units["tinh"], office.registers["tinh"], closed=True)
    with pytest.raises(Invalid):
        letter()
    with be("vanthu"):
        assert row(office).uid == kept.UID()


def test_a_number_typed_after_the_paper_book_is_kept_and_not_given_twice(letter: Letter) -> None:
    assert number(letter(number=2)) == ("2026", 2)
    assert [number(letter())[1], number(letter())[1]] == [1, 3]
    with pytest.raises(NumberTaken):
        letter(number=2)


def test_the_register_shows_every_column_of_the_book(office: Office, be: Be, letter: Letter) -> None:
    document = letter(
        signer="Phạm Gia Túc", pages=3, copies=2, urgency="urgent", paper_follows=True, note="Bản gốc sau"
    )
    with be("vanthu"):
        operations.transfer(document.UID(), [Addressee(person=office.people["lanhdao"])])
        shown = row(office)
    assert (shown.arrival_number, shown.arrival_date) == (1, date(2026, 11, 24))
    assert (shown.issuer, shown.number_symbol) == (LETTER["issuer"], "15671-CV/VPTW")
    assert (shown.document_date, shown.title, shown.urgency) == (date(2026, 11, 20), LETTER["title"], "urgent")
    assert (shown.passed_on, shown.passed_to) == (date(2026, 11, 24), "Lê Minh Đức")
    assert (document.pages, document.copies, document.paper_follows, document.signer) == (3, 2, True, "Phạm Gia Túc")


def test_what_is_received_waits_and_gets_its_number_when_it_is_registered(office: Office, be: Be, pdf: Pdf) -> None:
    with be("vanthu"):
        document = operations.receive_incoming(office.units["tinh"], [pdf()], **LETTER)
        assert items.get(document.UID()).state == "received"
        assert series.of_object(document.UID()) == []
        assert trays.counts()["to_register"] == 1
        operations.register_incoming(document=document.UID())
        assert trays.counts()["to_register"] == 0
    assert number(document) == ("2026", 1)


def test_only_the_registry_of_a_unit_takes_documents_in_for_it(office: Office, be: Be, pdf: Pdf) -> None:
    for login in ("lanhdao", "chuyenvien", "quantri", "vanthu.xa"):
        with be(login), pytest.raises(NotAllowed):
            operations.register_incoming(office.units["tinh"], [pdf()], **LETTER)


def test_the_head_of_office_stands_in_for_the_clerk(letter: Letter) -> None:
    assert letter(clerk="chanhvp")


def test_a_unit_that_was_closed_takes_nothing_in_any_more(office: Office, be: Be, letter: Letter) -> None:
    with be("quantri"):
        organization.close_unit(office.units["xa"], date(2026, 11, 24), successor=office.units["xa2"])
    with pytest.raises(NotAllowed, match="was closed"):
        letter("xa", "vanthu.xa")


def test_a_refusal_is_kept_with_its_reason_and_takes_no_number(office: Office, be: Be, pdf: Pdf) -> None:
    with be("vanthu"):
        document = operations.receive_incoming(office.units["tinh"], [pdf()], **LETTER)
        operations.refuse_incoming(document.UID(), "Không thuộc thẩm quyền")
        assert operations.register_incoming(office.units["tinh"], [pdf()], confirm=True, **LETTER)
    assert items.get(document.UID()).state == "refused"
    assert history.events(document.UID())[-1]["details"]["outcome"] == "Không thuộc thẩm quyền"


def test_what_is_returned_keeps_its_number_and_ends_what_was_in_somebodys_hands(
    office: Office, be: Be, letter: Letter
) -> None:
    document = letter()
    with be("vanthu"):
        operations.transfer(document.UID(), [Addressee(person=office.people["lanhdao"])])
        operations.return_incoming(document.UID(), "Gửi sai nơi nhận")
    assert items.get(document.UID()).state == "returned"
    assert {each["state"] for each in history.slips_of(document.UID())} == {"done"}
    assert number(letter()) == ("2026", 2)
    with be("lanhdao"):
        assert trays.counts()["to_direct"] == 0


def test_a_letter_goes_from_finished_to_filed_and_back_to_work(be: Be, letter: Letter) -> None:
    document = letter()
    states = []
    with be("vanthu"):
        for act in (
            lambda uid: operations.finish_incoming(uid, "Đã xong"),
            operations.file_incoming,
            lambda uid: operations.reopen_incoming(uid, "Có ý kiến mới"),
        ):
            act(document.UID())
            states.append(items.get(document.UID()).state)
    assert states == ["done", "filed", "in_progress"]


def test_a_correction_is_kept_with_before_and_after_and_found_in_the_register(
    office: Office, be: Be, letter: Letter
) -> None:
    document = letter()
    with be("vanthu"):
        operations.change_incoming(document.UID(), title="V/v sửa lại", issuer="Ban Tổ chức Tỉnh uỷ", pages=4)
        assert (row(office).title, row(office).issuer_unit) == ("V/v sửa lại", office.units["tochuc"])
        assert lists.incoming_register(office.units["tinh"], text="sua lai").rows
        assert not lists.incoming_register(office.units["tinh"], text="sau thang").rows
    diff = history.events(document.UID())[-1]["diff"]
    assert diff["title"] == [LETTER["title"], "V/v sửa lại"]
    assert set(diff) == {"title", "issuer", "pages"}


def test_a_correction_leaves_the_arrival_number_and_other_columns_alone(office: Office, be: Be, letter: Letter) -> None:
    document = letter()
    with be("vanthu"):
        operations.transfer(document.UID(), [Addressee(person=office.people["lanhdao"])])
        before = row(office)
        operations.change_incoming(document.UID(), arrival_date=date(2026, 11, 23))
        after = row(office)
    assert (after.arrival_number, after.passed_to, after.period) == (before.arrival_number, before.passed_to, "2026")
    assert after.arrival_date == date(2026, 11, 23)


def test_every_operation_writes_its_event_with_who_did_it(office: Office, be: Be, letter: Letter) -> None:
    document = letter()
    with be("vanthu"):
        operations.transfer(document.UID(), [Addressee(person=office.people["lanhdao"])], directive="Xin ý kiến")
        operations.comment(document.UID(), "Đã trình")
        operations.finish_incoming(document.UID())
    told = history.events(document.UID())
    assert [each["operation"] for each in told] == [
        "receive_incoming",
        "register_incoming",
        "transfer",
        "comment",
        "finish_incoming",
    ]
    assert {each["actor_name"] for each in told} == {"Nguyễn Thị Mai"}
