"""Routing slips: from hand to hand, read, done, given back, taken back."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from AccessControl.SecurityManagement import newSecurityManager
from AccessControl.users import system

from party.operations.documents import access
from party.operations.documents import lists
from party.operations.documents import operations
from party.operations.documents import trays
from party.operations.documents.recipients import Addressee
from party.operations.ledger import items
from party.operations.ledger.errors import Changed
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import Missing
from party.operations.ledger.errors import NotAllowed
from party.operations.organization import operations as organization
from tests.office import Office
from tests.plone.documents.conftest import Be
from tests.plone.documents.conftest import slip


Letter = Callable[..., Any]


@pytest.fixture
def send(office: Office, be: Be) -> Callable[..., list[int]]:
    """``send(document, "vanthu", "lanhdao", "tochuc")`` passes on by short names; the first leads."""

    def to(document: Any, sender: str, *names: str, **more: Any) -> list[int]:
        addressees = [
            Addressee(
                person=office.people.get(name, ""),
                unit=office.units.get(name, ""),
                capacity="support" if index else "lead",
            )
            for index, name in enumerate(names)
        ]
        with be(sender):
            return operations.transfer(document.UID(), addressees, **more)

    return to


Send = Callable[..., list[int]]


def may_read(login: str, document: Any, be: Be) -> bool:
    with be(login):
        try:
            access.readable(document.UID())
        except Missing:
            return False
    return True


def row(office: Office, be: Be) -> Any:
    with be("vanthu"):
        return lists.incoming_register(office.units["tinh"]).rows[0]


def test_who_gets_a_slip_reads_the_document_and_nobody_else_of_his_unit(
    office: Office, be: Be, letter: Letter, send: Send
) -> None:
    document = letter()
    send(document, "vanthu", "chuyenvien.tc")
    assert may_read("chuyenvien.tc", document, be)
    assert not may_read("lanhdao.tc", document, be)
    assert not may_read("vanthu.tc", document, be)


def test_what_is_passed_to_a_unit_is_read_by_its_desk_and_not_by_its_officers(
    be: Be, letter: Letter, send: Send
) -> None:
    document = letter()
    send(document, "vanthu", "tochuc")
    readers = {login: may_read(login, document, be) for login in ("vanthu.tc", "lanhdao.tc", "chuyenvien.tc")}
    assert readers == {"vanthu.tc": True, "lanhdao.tc": True, "chuyenvien.tc": False}


def test_many_get_it_at_once_with_one_directive_and_one_deadline(
    office: Office, be: Be, letter: Letter, send: Send
) -> None:
    document = letter()
    sent = send(
        document, "lanhdao", "tochuc", "tuyengiao", "chuyenvien", directive="Tham mưu", deadline=date(2026, 12, 1)
    )
    rows = [slip(each) for each in sent]
    assert [each.capacity for each in rows] == ["lead", "support", "support"]
    assert {(each.directive, each.deadline, each.batch) for each in rows} == {
        ("Tham mưu", date(2026, 12, 1), rows[0].batch)
    }
    assert items.get(document.UID()).state == "in_progress"


def test_who_passes_on_what_he_has_in_hand_takes_it_up_by_that(be: Be, letter: Letter, send: Send) -> None:
    document = letter()
    (first,) = send(document, "vanthu", "tochuc")
    (second,) = send(document, "lanhdao.tc", "chuyenvien.tc")
    assert slip(first).state == "in_progress"
    assert (slip(second).parent, slip(second).state) == (first, "sent")


def test_a_slip_goes_from_sent_to_read_in_progress_and_done_each_with_its_time(
    office: Office, be: Be, letter: Letter, send: Send, time: Any
) -> None:
    document = letter()
    (number,) = send(document, "vanthu", "chuyenvien")
    with be("chuyenvien"):
        time.advance(minutes=1)
        assert operations.mark_read([number]) == 1
        time.advance(minutes=1)
        operations.start_slip(number)
        time.advance(minutes=1)
        operations.complete_slip(number, "Đã tham mưu")
    done = slip(number)
    assert (done.state, done.outcome, done.read_by) == ("done", "Đã tham mưu", office.people["chuyenvien"])
    assert done.sent_at < done.read_at < done.begun_at < done.ended_at


def test_what_was_read_stays_as_it_was_read_first(be: Be, letter: Letter, send: Send, time: Any) -> None:
    (number,) = send(letter(), "vanthu", "tochuc")
    with be("vanthu.tc"):
        operations.mark_read([number])
    first = slip(number).read_at
    time.advance(hours=1)
    with be("lanhdao.tc"):
        assert operations.mark_read([number]) == 0
        operations.start_slip(number)
    assert slip(number).read_at == first


def test_slips_of_others_are_not_marked_as_read(be: Be, letter: Letter, send: Send) -> None:
    (number,) = send(letter(), "vanthu", "lanhdao")
    for login in ("vanthu", "chuyenvien.tc"):
        with be(login):
            assert operations.mark_read([number, 999]) == 0
    assert slip(number).state == "sent"


@pytest.mark.parametrize("act", [operations.start_slip, operations.complete_slip])
def test_only_who_has_a_slip_in_hand_works_on_it(
    act: Callable[[int], None], be: Be, letter: Letter, send: Send
) -> None:
    (number,) = send(letter(), "vanthu", "chuyenvien")
    with be("lanhdao"), pytest.raises(NotAllowed):
        act(number)
    with be("vanthu.xa"), pytest.raises(Missing):
        act(number)
    with be("vanthu"), pytest.raises(NotAllowed):
        operations.return_slip(number, "Không phải của tôi")


def test_what_is_done_is_not_done_again_nor_given_back(be: Be, letter: Letter, send: Send) -> None:
    (number, _other) = send(letter(), "vanthu", "chuyenvien", "tochuc")
    with be("chuyenvien"):
        operations.complete_slip(number)
        for act in (
            operations.start_slip,
            operations.complete_slip,
            lambda slip: operations.return_slip(slip, "Nhầm"),
        ):
            with pytest.raises(Changed):
                act(number)


def test_giving_back_takes_exactly_what_the_slip_gave(office: Office, be: Be, letter: Letter, send: Send) -> None:
    document = letter()
    (first,) = send(document, "vanthu", "chuyenvien")
    (second,) = send(document, "lanhdao", "chuyenvien")
    with be("chuyenvien"):
        operations.return_slip(first, "Không thuộc nhiệm vụ")
    assert may_read("chuyenvien", document, be)
    with be("chuyenvien"):
        operations.return_slip(second, "Không thuộc nhiệm vụ")
    assert not may_read("chuyenvien", document, be)
    assert may_read("lanhdao", document, be)


def test_what_was_given_back_stands_with_its_reason_on_the_desk_of_who_sent_it_until_he_sends_it_on(
    be: Be, letter: Letter, send: Send
) -> None:
    document = letter()
    (number,) = send(document, "vanthu", "chuyenvien")
    with be("chuyenvien"):
        operations.return_slip(number, "Thuộc Ban Tổ chức")
    with be("vanthu"):
        (shown,) = trays.tray("returned").rows
        assert (shown.outcome, shown.uid) == ("Thuộc Ban Tổ chức", document.UID())
    send(document, "vanthu", "tochuc")
    with be("vanthu"):
        assert trays.counts()["returned"] == 0


def test_giving_back_wants_a_reason(be: Be, letter: Letter, send: Send) -> None:
    (number,) = send(letter(), "vanthu", "chuyenvien")
    with be("chuyenvien"), pytest.raises(Invalid) as refused:
        operations.return_slip(number, " ")
    assert refused.value.field == "reason"


def test_what_nobody_has_read_is_taken_back_and_is_as_if_it_had_not_been_sent(
    office: Office, be: Be, letter: Letter, send: Send
) -> None:
    document = letter()
    (number,) = send(document, "vanthu", "tochuc")
    with be("vanthu"):
        operations.recall_slip(number, "Chuyển nhầm")
        assert trays.counts()["to_pass_on"] == 1
    assert slip(number).state == "recalled"
    assert items.get(document.UID()).state == "registered"
    assert (row(office, be).passed_on, row(office, be).passed_to) == (None, "")
    assert not may_read("lanhdao.tc", document, be)
    send(document, "vanthu", "tuyengiao")
    assert row(office, be).passed_to == "Ban Tuyên giáo và Dân vận Tỉnh uỷ"


def test_taking_back_one_of_two_leaves_the_other_and_the_register_names_him_alone(
    office: Office, be: Be, letter: Letter, send: Send
) -> None:
    document = letter()
    first, _second = send(document, "vanthu", "tochuc", "tuyengiao")
    with be("vanthu"):
        operations.recall_slip(first)
    assert items.get(document.UID()).state == "in_progress"
    assert row(office, be).passed_to == "Ban Tuyên giáo và Dân vận Tỉnh uỷ"


def test_what_was_read_is_not_taken_back_any_more(be: Be, letter: Letter, send: Send) -> None:
    (number,) = send(letter(), "vanthu", "lanhdao")
    with be("lanhdao"):
        operations.mark_read([number])
    with be("vanthu"), pytest.raises(Changed, match="read already"):
        operations.recall_slip(number)


def test_only_who_sent_it_or_his_registry_takes_a_slip_back(be: Be, letter: Letter, send: Send) -> None:
    document = letter()
    first, second = send(document, "lanhdao", "tochuc", "chuyenvien")
    with be("chuyenvien"), pytest.raises(NotAllowed):
        operations.recall_slip(first)
    with be("lanhdao.tc"), pytest.raises(NotAllowed):
        operations.recall_slip(second)
    with be("vanthu"):
        operations.recall_slip(first)
    with be("lanhdao"):
        operations.recall_slip(second)


def test_a_unit_that_works_at_clerk_level_passes_nothing_on_past_its_clerk(
    office: Office, be: Be, letter: Letter
) -> None:
    newSecurityManager(None, system)
    person = organization.create_person(office.units["quan"], "lanhdao.quan", "Hoàng Văn Nam", "Mat-khau-thu-1")
    organization.appoint(person, office.units["quan"], "leader")
    document = letter("quan", "vanthu.quan")
    for addressee in (Addressee(person=person), Addressee(unit=office.units["quan"], function="leader")):
        with be("vanthu.quan"), pytest.raises(Invalid, match="clerk level only"):
            operations.transfer(document.UID(), [addressee])


def test_closed_units_get_nothing_passed_on(office: Office, be: Be, letter: Letter, send: Send) -> None:
    document = letter()
    with be("quantri"):
        organization.close_unit(office.units["tochuc"], date(2026, 11, 24))
    with pytest.raises(NotAllowed, match="was closed"):
        send(document, "vanthu", "tochuc")


def test_the_lead_that_says_done_closes_the_letter_and_what_it_passed_on(be: Be, letter: Letter, send: Send) -> None:
    document = letter()
    lead, support = send(document, "vanthu", "tochuc", "tuyengiao")
    (below,) = send(document, "lanhdao.tc", "chuyenvien.tc")
    with be("chuyenvien.tc"):
        operations.complete_slip(below, "Xong phần soạn")
    assert items.get(document.UID()).state == "in_progress"
    with be("lanhdao.tc"):
        operations.complete_slip(lead, "Đã tham mưu")
    assert items.get(document.UID()).state == "done"
    assert {slip(each).state for each in (lead, support, below)} == {"done"}


def test_a_supporting_unit_that_is_done_closes_nothing(be: Be, letter: Letter, send: Send) -> None:
    document = letter()
    _lead, support = send(document, "vanthu", "tochuc", "tuyengiao")
    with be("lanhdao.tg"):
        operations.complete_slip(support)
    assert items.get(document.UID()).state == "in_progress"


def test_every_hand_sees_its_own_tray(be: Be, letter: Letter, send: Send) -> None:
    document = letter()
    send(document, "vanthu", "lanhdao")
    send(document, "lanhdao", "tochuc", "tuyengiao")
    send(document, "lanhdao.tc", "chuyenvien.tc")
    found = {}
    for login in ("lanhdao", "lanhdao.tc", "lanhdao.tg", "chuyenvien.tc", "vanthu.xa"):
        with be(login):
            found[login] = {name: count for name, count in trays.counts().items() if count}
    assert found == {
        "lanhdao": {},
        "lanhdao.tc": {},
        "lanhdao.tg": {"to_direct": 1},
        "chuyenvien.tc": {"to_do": 1},
        "vanthu.xa": {},
    }


def test_what_is_past_its_deadline_is_overdue_from_the_next_day_on(
    be: Be, letter: Letter, send: Send, time: Any
) -> None:
    send(letter(), "vanthu", "chuyenvien", deadline=date(2026, 11, 25))
    overdue = []
    for _ in range(3):
        with be("chuyenvien"):
            overdue.append(trays.counts()["overdue"])
        time.advance(days=1)
    assert overdue == [0, 0, 1]
