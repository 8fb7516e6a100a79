"""Versions of a draft: one after the other; the one that was signed is frozen and never changes again."""

from collections.abc import Callable
from typing import Any

import pytest

from party.operations.confidentiality import grants
from party.operations.confidentiality import tokens
from party.operations.documents import access
from party.operations.documents import operations
from party.operations.documents.files import Upload
from party.operations.documents.recipients import Addressee
from party.operations.ledger import turn
from party.operations.ledger.errors import Missing
from party.operations.ledger.errors import NotAllowed
from tests.office import Office
from tests.plone.documents.conftest import Be
from tests.plone.documents.conftest import delivery


Outgoing = Callable[..., Any]
Pdf = Callable[..., Upload]


def names(document: Any) -> list[list[str]]:
    return [[file.filename for file in version.files] for version in document.versions]


def frozen_facts(document: Any) -> list[Any]:
    version = document.version(document.signature["version"])
    return [
        version.number,
        version.frozen,
        [(each.id, each.sha256, access.content_of(each)) for each in version.files],
    ]


def test_versions_are_numbered_and_all_kept(be: Be, pdf: Pdf, outgoing: Outgoing) -> None:
    document = outgoing("draft")
    with be("chuyenvien"):
        assert operations.add_version(document.UID(), [pdf("Bản 2.pdf"), pdf("Phụ lục.pdf")], "Sửa mục 3") == 2
    assert names(document) == [["Dự thảo.pdf"], ["Bản 2.pdf", "Phụ lục.pdf"]]
    assert [each.filename for each in document.files()] == ["Bản 2.pdf", "Phụ lục.pdf"]
    assert document.latest().note == "Sửa mục 3"


def test_the_reviewer_whose_turn_it_is_may_add_a_version_and_nobody_else_but_the_drafter(
    office: Office, be: Be, pdf: Pdf, outgoing: Outgoing
) -> None:
    document = outgoing("in_review")
    with be("lanhdao"):
        assert operations.add_version(document.UID(), [pdf()]) == 2
    with be("chuyenvien"):
        assert operations.add_version(document.UID(), [pdf()]) == 3
        operations.withdraw_from_review(document.UID())
        reviewers = [Addressee(person=office.people[login]) for login in ("truongphong", "lanhdao")]
        operations.submit_for_review(document.UID(), reviewers)
    with be("lanhdao"), pytest.raises(NotAllowed):
        operations.add_version(document.UID(), [pdf()])


@pytest.mark.parametrize("state", ["approved", "signed", "issued"])
def test_after_the_review_no_version_is_added(state: str, be: Be, pdf: Pdf, outgoing: Outgoing) -> None:
    document = outgoing(state)
    for login in ("chuyenvien", "lanhdao", "vanthu"):
        with be(login), pytest.raises(NotAllowed):
            operations.add_version(document.UID(), [pdf()])


def test_the_frozen_version_stays_as_it_is_through_everything_that_may_still_happen(
    office: Office, be: Be, pdf: Pdf, outgoing: Outgoing
) -> None:
    document = outgoing("issued")
    before = frozen_facts(document)
    assert before[:2] == [1, True]
    uid = document.UID()
    with be("vanthu.xa"):
        received = operations.accept_delivery(delivery(document).id)
    with be("vanthu"):
        operations.send_to_more(uid, [{"unit": office.units["xa2"]}])
        for attempt in (
            lambda: operations.add_version(uid, [pdf()]),
            lambda: operations.change_draft(uid, title="Khác"),
            lambda: operations.send_back(uid, "Sửa lại"),
            lambda: operations.sign(uid, office.people["lanhdao"]),
            lambda: operations.issue(uid),
            lambda: operations.submit_for_review(uid, [Addressee(person=office.people["lanhdao"])]),
        ):
            with pytest.raises(NotAllowed):
                attempt()
        operations.recall_document(uid, "Sai số liệu")
    outgoing("issued", replaces=uid)
    assert frozen_facts(document) == before
    assert [each.sha256 for each in received.files()] == [each[1] for each in before[2]]


def test_a_draft_that_was_sent_back_goes_on_with_a_new_version_and_loses_its_signature(
    be: Be, pdf: Pdf, outgoing: Outgoing
) -> None:
    document = outgoing("signed")
    with be("lanhdao"):
        operations.send_back(document.UID(), "Sửa mục 2")
    assert document.signature is None
    with be("chuyenvien"):
        assert operations.add_version(document.UID(), [pdf()]) == 2
    assert not document.version(1).frozen


def test_who_only_received_it_takes_no_part_in_how_it_came_about(office: Office, be: Be, outgoing: Outgoing) -> None:
    document = outgoing("in_review", to=("tochuc",))
    with be("truongphong"), pytest.raises(Missing):
        access.readable(document.UID())
    with be("lanhdao"):
        operations.approve(document.UID())
        operations.sign(document.UID(), office.people["lanhdao"])
    with be("vanthu"):
        operations.issue(document.UID())
    part = {}
    for login in ("chuyenvien", "lanhdao", "vanthu", "vanthu.tc"):
        with be(login):
            part[login] = access.takes_part(access.readable(document.UID()))
    assert part == {"chuyenvien": True, "lanhdao": True, "vanthu": True, "vanthu.tc": False}


def test_who_took_part_and_receives_it_as_well_still_takes_part_and_no_longer_when_that_ended(
    office: Office, be: Be, outgoing: Outgoing
) -> None:
    document = outgoing("issued", to=("tochuc",))
    clerk = tokens.person_subject(office.people["vanthu.tc"])
    with turn.turn():
        grants.apply(document, [grants.Grant(clerk, "review", "7")])
    with be("vanthu.tc"):
        assert access.takes_part(document)
    with turn.turn():
        grants.apply(document, withdraw=[grants.Withdrawal("review", "7")])
    with be("vanthu.tc"):
        assert not access.takes_part(access.readable(document.UID()))
