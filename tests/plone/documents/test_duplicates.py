"""The same paper twice: known whatever way it was typed, and told only to who may see it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from AccessControl.SecurityManagement import newSecurityManager
from AccessControl.users import system
from zope.i18n import translate

from party.operations.documents import operations
from party.operations.documents.files import Upload
from party.operations.ledger.errors import DuplicateWarning
from party.operations.organization import operations as organization
from tests.office import Office
from tests.plone.documents.conftest import Be
from tests.plone.documents.conftest import delivery
from tests.plone.documents.conftest import LETTER


Letter = Callable[..., Any]
Outgoing = Callable[..., Any]


@pytest.mark.parametrize(
    "again",
    [
        pytest.param({}, id="typed the same"),
        pytest.param({"issuer": "VĂN PHÒNG  TRUNG ƯƠNG ĐẢNG"}, id="in capitals"),
        pytest.param({"issuer": "Van phong Trung uong Dang"}, id="without marks"),
        pytest.param({"issuer": "Va\u0306n pho\u0300ng Trung \u01b0\u01a1ng \u0110a\u0309ng"}, id="decomposed"),
        pytest.param({"issuer": "A02"}, id="by its code"),
        pytest.param({"issuer": "X02"}, id="by a code it had once"),
        pytest.param({"number_symbol": "15671-cv/vptw"}, id="symbol in small letters"),
        pytest.param({"number_symbol": "Số: 15671 - CV / VPTW"}, id="with the word Số and spaces"),
        pytest.param({"number_symbol": "015671–CV/VPTW"}, id="leading zero and another dash"),
        pytest.param({"title": "Một trích yếu khác", "type": "party.ke-hoach"}, id="another abstract and type"),
    ],
)
def test_the_same_paper_is_known_however_it_is_typed(again: dict[str, Any], office: Office, letter: Letter) -> None:
    newSecurityManager(None, system)
    organization.add_code(office.units["vptw"], "X02", "other", date(2010, 1, 1))
    organization.end_code(office.units["vptw"], "X02", date(2020, 1, 1))
    first = letter()
    with pytest.raises(DuplicateWarning) as warned:
        letter(confirm=False, **again)
    assert warned.value.facts == {"duplicates": [first.UID()]}
    sentence = translate(warned.value.message, target_language="vi")
    assert "15671-CV/VPTW" in sentence
    assert "20/11/2026" in sentence


def test_an_issuer_outside_of_the_system_is_known_in_both_styles_of_tones(letter: Letter) -> None:
    letter(issuer="Uỷ ban nhân dân xã Hoà Bình")
    with pytest.raises(DuplicateWarning):
        letter(confirm=False, issuer="Ủy ban nhân dân xã Hòa Bình")


@pytest.mark.parametrize(
    "other",
    [
        {"issuer": "Ban Tổ chức Tỉnh uỷ"},
        {"number_symbol": "15672-CV/VPTW"},
        {"number_symbol": "15671-CV/VPTW/nb"},
        {"document_date": date(2026, 11, 19)},
        {"number_symbol": ""},
        {"document_date": None},
    ],
    ids=str,
)
def test_another_paper_is_not_warned_of(other: dict[str, Any], letter: Letter) -> None:
    letter()
    assert letter(confirm=False, **other)


def test_papers_without_a_number_are_not_the_same_because_of_that(letter: Letter) -> None:
    letter(number_symbol="")
    assert letter(confirm=False, number_symbol="")


def test_who_insists_registers_it_once_more_with_a_number_of_its_own(letter: Letter) -> None:
    first, second = letter(), letter(confirm=True)
    assert first.UID() != second.UID()


def test_a_paper_that_was_refused_may_come_again(office: Office, be: Be, pdf: Callable[..., Upload]) -> None:
    with be("vanthu"):
        refused = operations.receive_incoming(office.units["tinh"], [pdf()], **LETTER)
        operations.refuse_incoming(refused.UID(), "Gửi nhầm nơi nhận")
        assert operations.register_incoming(office.units["tinh"], [pdf()], **LETTER)


def test_another_office_is_not_told_what_the_province_has(letter: Letter) -> None:
    letter()
    assert letter("xa", "vanthu.xa", confirm=False)


def test_a_paper_that_waits_to_be_received_inside_the_system_is_warned_of(
    office: Office, be: Be, pdf: Callable[..., Upload], outgoing: Outgoing
) -> None:
    sent = outgoing("issued", to=("xa", "xa2"))
    paper = {**LETTER, "issuer": "Tỉnh uỷ", "number_symbol": "1 - CV/TU", "document_date": date(2026, 11, 24)}
    with be("vanthu.xa"):
        with pytest.raises(DuplicateWarning) as warned:
            operations.register_incoming(office.units["xa"], [pdf()], **paper)
        assert warned.value.facts == {"deliveries": [delivery(sent, office.units["xa"]).id]}
        assert operations.register_incoming(office.units["xa"], [pdf()], confirm=True, **paper)


def test_a_delivery_that_came_on_paper_before_is_warned_of_and_can_be_tied_to_it(
    office: Office, be: Be, letter: Letter, outgoing: Outgoing
) -> None:
    sent = outgoing("issued")
    paper = letter(
        "xa",
        "vanthu.xa",
        issuer="Tỉnh uỷ Lâm Sơn",
        number_symbol="01-CV/TU",
        document_date=date(2026, 11, 24),
    )
    waiting = delivery(sent)
    with be("vanthu.xa"):
        with pytest.raises(DuplicateWarning):
            operations.accept_delivery(waiting.id)
        assert operations.accept_delivery(waiting.id, existing=paper.UID()).UID() == paper.UID()
    assert (delivery(sent).state, delivery(sent).incoming) == ("accepted", paper.UID())
