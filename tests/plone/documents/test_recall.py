"""Recall and replacement reach every receiver, whether it waits, was received or went on paper."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from AccessControl.SecurityManagement import newSecurityManager
from AccessControl.users import system

from party.operations.documents import access
from party.operations.documents import history
from party.operations.documents import operations
from party.operations.documents import trays
from party.operations.ledger import items
from party.operations.ledger.errors import Changed
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import Missing
from party.operations.ledger.errors import NotAllowed
from party.operations.organization import operations as organization
from tests.office import Office
from tests.plone.documents.conftest import Be
from tests.plone.documents.conftest import delivery


Outgoing = Callable[..., Any]


@pytest.fixture
def sent(office: Office, be: Be, outgoing: Outgoing) -> Any:
    """Issued to four: received by a commune, refused by Quân uỷ, on paper to the board, waiting elsewhere."""
    document = outgoing("issued", to=("xa", "quan", "tochuc", "xa2"))
    with be("vanthu.xa"):
        operations.accept_delivery(delivery(document, office.units["xa"]).id)
    with be("vanthu.quan"):
        operations.refuse_delivery(delivery(document, office.units["quan"]).id, "Gửi nhầm")
    with be("vanthu"):
        operations.send_on_paper(delivery(document, office.units["tochuc"]).id, "Mạng hỏng")
    return document


def states(office: Office, document: Any) -> dict[str, str]:
    return {name: delivery(document, office.units[name]).state for name in ("xa", "quan", "tochuc", "xa2")}


def received_by_commune(office: Office, document: Any) -> Any:
    return access.unrestricted(delivery(document, office.units["xa"]).incoming)


def test_a_recall_changes_what_waits_was_received_or_went_on_paper_and_not_what_was_refused(
    office: Office, be: Be, sent: Any
) -> None:
    with be("vanthu"):
        operations.recall_document(sent.UID(), "Sai số liệu ở trang 2")
    assert states(office, sent) == {"xa": "recalled", "quan": "refused", "tochuc": "recalled", "xa2": "recalled"}
    assert delivery(sent, office.units["xa"]).reason == "Sai số liệu ở trang 2"
    assert delivery(sent, office.units["quan"]).reason == "Gửi nhầm"
    assert items.get(sent.UID()).state == "recalled"


def test_a_receiver_finds_the_recall_on_his_desk_with_the_reason_and_keeps_his_record(
    office: Office, be: Be, sent: Any
) -> None:
    with be("lanhdao"):
        operations.recall_document(sent.UID(), "Sai số liệu")
    with be("vanthu.xa"):
        (shown,) = trays.tray("withdrawn").rows
        assert (shown.withdrawn, shown.arrival_number) == ("Sai số liệu", 1)
        assert access.readable(shown.uid).files()
    assert "sender_recalled" in [each["operation"] for each in history.events(shown.uid)]


def test_what_waited_is_gone_from_the_list_and_cannot_be_read_any_more(office: Office, be: Be, sent: Any) -> None:
    organization_clerk(office)
    with be("vanthu"):
        operations.recall_document(sent.UID(), "Sai số liệu")
    with be("chuyenvien.tc"):
        assert trays.counts()["to_receive"] == 0
        with pytest.raises(Missing):
            access.readable(sent.UID())
        with pytest.raises(Changed):
            operations.accept_delivery(delivery(sent, office.units["xa2"]).id)


def organization_clerk(office: Office) -> None:
    """Somebody receives for the second commune."""
    newSecurityManager(None, system)
    organization.appoint(office.people["chuyenvien.tc"], office.units["xa2"], "clerk")


def test_a_recall_wants_a_reason_and_happens_once(be: Be, sent: Any) -> None:
    with be("vanthu"):
        with pytest.raises(Invalid):
            operations.recall_document(sent.UID(), "")
        operations.recall_document(sent.UID(), "Sai số liệu")
        with pytest.raises(NotAllowed):
            operations.recall_document(sent.UID(), "Lần nữa")
        with pytest.raises(NotAllowed):
            operations.send_to_more(sent.UID(), [{"name": "Bưu điện"}])


def test_a_replacement_goes_to_all_who_got_the_first_and_to_its_own_recipients(
    office: Office, be: Be, sent: Any, outgoing: Outgoing
) -> None:
    second = outgoing("issued", to=("tuyengiao",), replaces=sent.UID())
    got = {each["recipient_name"] for each in history.deliveries_of(second.UID())}
    assert got == {
        "Ban Tuyên giáo và Dân vận Tỉnh uỷ",
        "Đảng uỷ xã Hoà Bình",
        "Quân uỷ Trung ương",
        "Ban Tổ chức Tỉnh uỷ",
        "Đảng uỷ xã Kỳ Sơn",
    }
    assert items.get(sent.UID()).state == "replaced"
    assert states(office, sent) == {"xa": "replaced", "quan": "refused", "tochuc": "replaced", "xa2": "replaced"}
    with be("vanthu.xa"):
        (shown,) = trays.tray("withdrawn").rows
    assert shown.withdrawn == second.number_symbol == "02-CV/TU"


def test_what_went_on_paper_first_is_replaced_on_paper(office: Office, sent: Any, outgoing: Outgoing) -> None:
    second = outgoing("issued", to=(), replaces=sent.UID())
    assert delivery(second, office.units["tochuc"]).state == "paper"


def test_a_replacement_reaches_a_unit_that_will_be_closed_and_not_one_that_was(
    office: Office, sent: Any, outgoing: Outgoing
) -> None:
    newSecurityManager(None, system)
    organization.close_unit(office.units["xa"], date(2026, 12, 31))
    organization.close_unit(office.units["xa2"], date(2026, 11, 24))
    second = outgoing("issued", to=(), replaces=sent.UID())
    got = {each["recipient"] for each in history.deliveries_of(second.UID())}
    assert office.units["xa"] in got
    assert office.units["xa2"] not in got


def test_a_recalled_document_may_be_replaced(sent: Any, be: Be, outgoing: Outgoing) -> None:
    with be("vanthu"):
        operations.recall_document(sent.UID(), "Sai số liệu")
    outgoing("issued", to=(), replaces=sent.UID())
    assert items.get(sent.UID()).state == "replaced"


def test_of_two_replacements_the_second_is_told_that_it_comes_too_late(be: Be, sent: Any, outgoing: Outgoing) -> None:
    first, second = (outgoing("signed", replaces=sent.UID()) for _ in range(2))
    with be("vanthu"):
        operations.issue(first.UID())
        with pytest.raises(Changed):
            operations.issue(second.UID())


def test_until_a_replacement_is_issued_the_first_stays_in_force(sent: Any, outgoing: Outgoing) -> None:
    outgoing("signed", replaces=sent.UID())
    assert items.get(sent.UID()).state == "issued"


def test_the_received_record_shows_the_recall_and_is_still_worked_on(office: Office, be: Be, sent: Any) -> None:
    received = received_by_commune(office, sent)
    with be("vanthu"):
        operations.recall_document(sent.UID(), "Sai số liệu")
    assert items.get(received.UID()).state == "registered"
    with be("vanthu.xa"):
        operations.finish_incoming(received.UID(), "Nơi gửi đã thu hồi")
        assert trays.counts()["withdrawn"] == 0
