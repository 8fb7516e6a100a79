"""Review: reviewers in their order, each agrees or sends back; comments of everybody who takes part."""

from collections.abc import Callable
from typing import Any

import pytest

from party.operations.documents import access
from party.operations.documents import history
from party.operations.documents import operations
from party.operations.documents import trays
from party.operations.documents.recipients import Addressee
from party.operations.ledger import items
from party.operations.ledger.errors import Missing
from party.operations.ledger.errors import NotAllowed
from tests.office import Office
from tests.plone.documents.conftest import Be


Outgoing = Callable[..., Any]


@pytest.fixture
def submitted(office: Office, be: Be, outgoing: Outgoing) -> Any:
    """A draft submitted to the head of the room, then the head of office."""
    document = outgoing("draft")
    with be("chuyenvien"):
        asked = [Addressee(person=office.people[login]) for login in ("truongphong", "chanhvp")]
        operations.submit_for_review(document.UID(), asked)
    return document


def steps(document: Any) -> list[tuple[int, str]]:
    return [(each["round"], each["state"]) for each in history.reviews_of(document.UID())]


def to_review(be: Be, *logins: str) -> list[int]:
    counts = []
    for login in logins:
        with be(login):
            counts.append(trays.counts()["to_review"])
    return counts


def test_reviewers_are_asked_one_after_the_other(be: Be, submitted: Any) -> None:
    assert steps(submitted) == [(1, "pending"), (1, "waiting")]
    assert to_review(be, "truongphong", "chanhvp") == [1, 0]
    with be("truongphong"):
        operations.approve(submitted.UID(), "Đồng ý")
    assert steps(submitted) == [(1, "approved"), (1, "pending")]
    assert to_review(be, "truongphong", "chanhvp") == [0, 1]
    assert items.get(submitted.UID()).state == "in_review"


def test_whose_turn_it_is_not_cannot_read_the_draft_yet_nor_decide(be: Be, submitted: Any) -> None:
    with be("chanhvp"):
        with pytest.raises(Missing):
            access.readable(submitted.UID())
        with pytest.raises(Missing):
            operations.approve(submitted.UID())


def test_who_has_agreed_does_not_decide_for_the_next(be: Be, submitted: Any) -> None:
    with be("truongphong"):
        operations.approve(submitted.UID())
        with pytest.raises(NotAllowed):
            operations.approve(submitted.UID())
        with pytest.raises(NotAllowed):
            operations.send_back(submitted.UID(), "Nghĩ lại")


def test_after_the_last_it_waits_to_be_signed_and_the_clerk_may_read_it(be: Be, submitted: Any) -> None:
    with be("vanthu"), pytest.raises(Missing):
        access.readable(submitted.UID())
    for login in ("truongphong", "chanhvp"):
        with be(login):
            operations.approve(submitted.UID())
    assert items.get(submitted.UID()).state == "approved"
    with be("vanthu"):
        assert access.readable(submitted.UID())
        assert trays.counts()["to_issue"] == 1


def test_sending_back_drops_who_was_not_asked_yet_and_says_why(be: Be, submitted: Any) -> None:
    with be("truongphong"):
        operations.send_back(submitted.UID(), "Thiếu căn cứ")
    assert steps(submitted) == [(1, "sent_back"), (1, "dropped")]
    assert items.get(submitted.UID()).state == "draft"
    assert history.reviews_of(submitted.UID())[0]["comment"] == "Thiếu căn cứ"
    assert to_review(be, "truongphong", "chanhvp") == [0, 0]


def test_a_new_round_begins_with_the_first_reviewer_again(office: Office, be: Be, submitted: Any) -> None:
    with be("truongphong"):
        operations.approve(submitted.UID())
    with be("chanhvp"):
        operations.send_back(submitted.UID(), "Thiếu căn cứ")
    with be("chuyenvien"):
        operations.submit_for_review(submitted.UID(), [Addressee(person=office.people["truongphong"])])
    assert steps(submitted) == [(1, "approved"), (1, "sent_back"), (2, "pending")]


def test_the_drafter_takes_it_back_from_review(be: Be, submitted: Any) -> None:
    with be("chuyenvien"):
        operations.withdraw_from_review(submitted.UID())
    assert items.get(submitted.UID()).state == "draft"
    assert {state for _round, state in steps(submitted)} == {"dropped"}
    with be("truongphong"), pytest.raises(NotAllowed):
        operations.approve(submitted.UID())


def test_a_step_for_a_function_is_decided_by_whoever_holds_it(office: Office, be: Be, outgoing: Outgoing) -> None:
    document = outgoing("draft")
    with be("chuyenvien"):
        asked = [Addressee(unit=office.units["tinh"], function="office_head")]
        operations.submit_for_review(document.UID(), asked)
    with be("truongphong"), pytest.raises(Missing):
        operations.approve(document.UID())
    with be("chanhvp"):
        operations.approve(document.UID())
    assert history.reviews_of(document.UID())[0]["decided_by_name"] == "Trần Văn Hùng"


def test_the_review_says_which_version_was_agreed_to(be: Be, submitted: Any, pdf: Callable[..., Any]) -> None:
    with be("chuyenvien"):
        operations.add_version(submitted.UID(), [pdf()])
    with be("truongphong"):
        operations.approve(submitted.UID())
    assert [each["version"] for each in history.reviews_of(submitted.UID())] == [2, 1]


def test_comments_are_kept_with_their_version_and_author(be: Be, submitted: Any) -> None:
    for login, text in (("truongphong", "Nên nêu rõ thời hạn"), ("lanhdao", "Đồng ý với ý kiến trên")):
        with be(login):
            operations.comment(submitted.UID(), text)
    told = history.comments_of(submitted.UID())
    assert [(each["author_name"], each["version"]) for each in told] == [("Hoàng Thị Lan", 1), ("Lê Minh Đức", 1)]


def test_who_may_not_read_a_draft_says_nothing_about_it(be: Be, submitted: Any) -> None:
    with be("vanthu.xa"), pytest.raises(Missing):
        operations.comment(submitted.UID(), "Tôi có ý kiến")


def test_one_drafts_only_for_a_unit_one_serves_in(office: Office, be: Be) -> None:
    with be("chuyenvien"), pytest.raises(NotAllowed):
        operations.create_draft(office.units["tochuc"], title="V/v", type="party.cong-van")
