"""Deliveries: what was issued stands in the recipient's list, is received or refused, and goes out once."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from AccessControl.SecurityManagement import newSecurityManager
from AccessControl.users import system
from zope.i18n import translate

from party.operations.documents import access
from party.operations.documents import history
from party.operations.documents import lists
from party.operations.documents import operations
from party.operations.documents import trays
from party.operations.ledger import items
from party.operations.ledger.errors import Changed
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import Missing
from party.operations.ledger.errors import NotAllowed
from party.operations.organization import lookup
from party.operations.organization import operations as organization
from tests.office import Office
from tests.plone.conftest import A_PDF
from tests.plone.documents.conftest import Be
from tests.plone.documents.conftest import delivery


Outgoing = Callable[..., Any]


def states(document: Any) -> dict[str, str]:
    return {each["recipient_name"]: each["state"] for each in history.deliveries_of(document.UID())}


def test_the_recipient_registers_it_with_what_the_sender_wrote_and_its_frozen_file(
    office: Office, be: Be, outgoing: Outgoing
) -> None:
    sent = outgoing("issued", urgency="urgent", pages=3, deadline=date(2026, 12, 1))
    with be("vanthu.xa"):
        received = operations.accept_delivery(delivery(sent).id)
        shown = lists.incoming_register(office.units["xa"]).rows[0]
    assert (shown.arrival_number, shown.issuer, shown.issuer_unit) == (1, "Tỉnh uỷ Lâm Sơn", office.units["tinh"])
    assert (shown.number_symbol, shown.document_date) == ("01-CV/TU", date(2026, 11, 24))
    assert (shown.source, shown.deadline, shown.urgency) == ("internal", date(2026, 12, 1), "urgent")
    assert (received.title, received.pages, received.signer) == (sent.title, 3, "Lê Minh Đức")
    # one frozen version for both, its bytes kept once
    assert received.files() == list(sent.version(1).files)
    assert {each.home for each in received.files()} == {sent.UID()}
    assert not received.blobs
    assert [access.content_of(each) for each in received.files()] == [A_PDF]


def test_the_sender_sees_the_state_at_each_recipient(office: Office, be: Be, outgoing: Outgoing) -> None:
    sent = outgoing("issued", to=("xa", "xa2", "quan"))
    with be("vanthu.xa"):
        operations.accept_delivery(delivery(sent, office.units["xa"]).id)
    with be("vanthu.quan"):
        operations.refuse_delivery(delivery(sent, office.units["quan"]).id, "Gửi nhầm")
    assert states(sent) == {
        "Đảng uỷ xã Hoà Bình": "accepted",
        "Đảng uỷ xã Kỳ Sơn": "waiting",
        "Quân uỷ Trung ương": "refused",
    }


def test_the_leader_of_the_recipient_reads_it_only_when_it_was_received(
    office: Office, be: Be, outgoing: Outgoing
) -> None:
    sent = outgoing("issued")
    with be("lanhdao.xa"), pytest.raises(Missing):
        access.readable(sent.UID())
    with be("vanthu.xa"):
        received = operations.accept_delivery(delivery(sent).id)
    with be("lanhdao.xa"):
        assert access.readable(received.UID()).files()
        with pytest.raises(Missing):
            access.readable(sent.UID())


@pytest.mark.parametrize("login", ["vanthu", "lanhdao.xa", "vanthu.tc", "quantri"])
def test_only_the_registry_of_the_recipient_receives_or_refuses(login: str, be: Be, outgoing: Outgoing) -> None:
    number = delivery(outgoing("issued")).id
    with be(login):
        with pytest.raises(NotAllowed):
            operations.accept_delivery(number)
        with pytest.raises(NotAllowed):
            operations.refuse_delivery(number, "Không nhận")


def test_a_delivery_that_is_none_is_missing(be: Be, outgoing: Outgoing) -> None:
    with be("vanthu.xa"), pytest.raises(Missing):
        operations.accept_delivery(12345)


def test_what_was_decided_is_not_decided_again(be: Be, outgoing: Outgoing) -> None:
    number = delivery(outgoing("issued")).id
    with be("vanthu.xa"):
        operations.accept_delivery(number)
        with pytest.raises(Changed):
            operations.accept_delivery(number)
        with pytest.raises(Changed):
            operations.refuse_delivery(number, "Nghĩ lại")


def test_a_refusal_is_told_to_the_sender_with_its_reason_and_ends_the_reading(
    office: Office, be: Be, outgoing: Outgoing
) -> None:
    sent = outgoing("issued")
    with be("vanthu.xa"):
        assert access.readable(sent.UID())
        operations.refuse_delivery(delivery(sent).id, "Gửi nhầm nơi nhận")
        with pytest.raises(Missing):
            access.readable(sent.UID())
    assert delivery(sent).reason == "Gửi nhầm nơi nhận"
    assert history.events(sent.UID())[-1]["operation"] == "delivery_refused"


def test_what_was_refused_may_be_sent_again(office: Office, be: Be, outgoing: Outgoing) -> None:
    sent = outgoing("issued")
    with be("vanthu.xa"):
        operations.refuse_delivery(delivery(sent).id, "Thiếu phụ lục")
    with be("vanthu"):
        operations.send_to_more(sent.UID(), [{"unit": office.units["xa"]}])
    with be("vanthu.xa"):
        assert operations.accept_delivery(delivery(sent).id)


def test_after_a_fault_it_goes_on_paper_and_never_electronically_again(
    office: Office, be: Be, outgoing: Outgoing
) -> None:
    sent = outgoing("issued")
    with be("vanthu"):
        operations.send_on_paper(delivery(sent).id, "Mạng hỏng")
        with pytest.raises(Invalid, match="on paper"):
            operations.send_to_more(sent.UID(), [{"unit": office.units["xa"]}])
    assert (delivery(sent).state, delivery(sent).channel, delivery(sent).reason) == ("paper", "paper", "Mạng hỏng")
    with be("vanthu.xa"):
        assert trays.counts()["to_receive"] == 0
        with pytest.raises(Changed):
            operations.accept_delivery(delivery(sent).id)
        with pytest.raises(Missing):
            access.readable(sent.UID())


def test_who_has_it_is_not_sent_it_twice(office: Office, be: Be, outgoing: Outgoing) -> None:
    sent = outgoing("issued")
    with be("vanthu"), pytest.raises(Invalid, match="already"):
        operations.send_to_more(sent.UID(), [{"unit": office.units["xa"]}, {"unit": office.units["xa2"]}])


def test_a_refused_delivery_that_was_sent_again_is_not_put_on_paper_as_well(
    office: Office, be: Be, outgoing: Outgoing
) -> None:
    sent = outgoing("issued")
    refused = delivery(sent)
    with be("vanthu.xa"):
        operations.refuse_delivery(refused.id, "Thiếu phụ lục")
    with be("vanthu"):
        operations.send_to_more(sent.UID(), [{"unit": office.units["xa"]}])
        with pytest.raises(Changed):
            operations.send_on_paper(refused.id, "Gửi giấy cho chắc")
    with be("vanthu.xa"):
        assert access.readable(sent.UID())


def test_what_goes_on_paper_alone_waits_on_nobodys_desk_and_opens_nothing(
    office: Office, be: Be, outgoing: Outgoing
) -> None:
    sent = outgoing("issued", recipients=[{"unit": office.units["xa"], "channel": "paper"}, {"name": "Bưu điện tỉnh"}])
    assert states(sent) == {"Đảng uỷ xã Hoà Bình": "paper", "Bưu điện tỉnh": "paper"}
    with be("vanthu.xa"):
        assert trays.counts()["to_receive"] == 0
        with pytest.raises(Missing):
            access.readable(sent.UID())


def test_what_goes_both_ways_is_received_and_the_paper_is_expected(office: Office, be: Be, outgoing: Outgoing) -> None:
    sent = outgoing("issued", recipients=[{"unit": office.units["xa"], "channel": "both"}])
    with be("vanthu.xa"):
        assert operations.accept_delivery(delivery(sent).id).paper_follows


def test_a_group_is_all_its_units_that_are_open_on_the_day_of_issue_each_once(
    office: Office, be: Be, outgoing: Outgoing
) -> None:
    communes = {"group": "commune", "within": office.units["tinh"]}
    draft = outgoing("signed", recipients=[{"unit": office.units["xa"]}, communes])
    newSecurityManager(None, system)
    organization.create_unit("Đảng uỷ xã Mới", "commune", office.units["tinh"])
    organization.close_unit(office.units["xa2"], date(2026, 11, 24), successor=office.units["xa"])
    with be("vanthu"):
        operations.issue(draft.UID())
    assert sorted(states(draft)) == ["Đảng uỷ xã Hoà Bình", "Đảng uỷ xã Mới"]


def test_a_unit_that_was_closed_meanwhile_stops_the_issue_and_is_named(
    office: Office, be: Be, outgoing: Outgoing
) -> None:
    draft = outgoing("signed", to=("xa", "xa2"))
    newSecurityManager(None, system)
    organization.close_unit(office.units["xa2"], date(2026, 11, 24))
    with be("vanthu"), pytest.raises(NotAllowed) as refused:
        operations.issue(draft.UID())
    assert "Đảng uỷ xã Kỳ Sơn" in translate(refused.value.message)


def test_a_unit_that_closes_next_month_still_gets_it(office: Office, be: Be, outgoing: Outgoing) -> None:
    draft = outgoing("signed")
    newSecurityManager(None, system)
    organization.close_unit(office.units["xa"], date(2026, 12, 31))
    with be("vanthu"):
        operations.issue(draft.UID())
    assert states(draft) == {"Đảng uỷ xã Hoà Bình": "waiting"}


def test_a_document_nobody_would_get_is_not_issued(office: Office, be: Be, outgoing: Outgoing) -> None:
    for recipients in ([], [{"unit": office.units["tinh"]}], [{"group": "office"}]):
        draft = outgoing("signed", recipients=recipients)
        with be("vanthu"), pytest.raises(Invalid, match="Nobody would receive"):
            operations.issue(draft.UID())


def test_a_recipient_without_a_clerk_is_warned_of_with_whom_to_call(office: Office, be: Be, outgoing: Outgoing) -> None:
    draft = outgoing("signed", to=("xa", "xa2", "tochuc"))
    newSecurityManager(None, system)
    for post in lookup.holders(office.units["xa"], "clerk"):
        organization.end_post(post.id)
    with be("vanthu"):
        warnings = [translate(each) for each in operations.issue(draft.UID())]
    assert warnings == [
        "Đảng uỷ xã Hoà Bình has no clerk today. Call Hồ Văn Tâm (0200 000 000).",
        "Đảng uỷ xã Kỳ Sơn has no clerk today, and nobody there can be called.",
    ]


def test_an_answer_closes_the_letter_it_answers_and_stands_in_the_register(
    office: Office, be: Be, letter: Callable[..., Any], outgoing: Outgoing
) -> None:
    incoming = letter()
    outgoing("issued", by="chanhvp", unit="tinh", replies_to=incoming.UID())
    with be("vanthu"):
        shown = lists.incoming_register(office.units["tinh"]).rows[0]
    assert (items.get(incoming.UID()).state, shown.answered_by) == ("done", "01-CV/TU")


def test_an_answer_leaves_a_letter_that_was_filed_meanwhile_in_its_file_and_two_answers_are_both_named(
    office: Office, be: Be, letter: Callable[..., Any], outgoing: Outgoing
) -> None:
    incoming = letter()
    answers = [outgoing("signed", by="chanhvp", unit="tinh", replies_to=incoming.UID()) for _ in range(2)]
    with be("vanthu"):
        operations.file_incoming(incoming.UID())
        for each in answers:
            operations.issue(each.UID())
        shown = lists.incoming_register(office.units["tinh"]).rows[0]
    assert (items.get(incoming.UID()).state, shown.answered_by) == ("filed", "01-CV/TU; 02-CV/TU")
