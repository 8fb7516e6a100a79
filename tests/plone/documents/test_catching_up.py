"""An operation cut between the two commits: the ledger has it, the object does not; reconcile brings the object up."""

from dataclasses import replace
from datetime import date
from datetime import timedelta

import pytest
from Acquisition import aq_base

from party.operations import reconcile
from party.operations.confidentiality import actor
from party.operations.documents import access
from party.operations.documents import operations
from party.operations.documents.recipients import Addressee
from party.operations.ledger import items
from party.operations.ledger.errors import Missing
from tests.clearances import clear


@pytest.fixture
def letter(office, be, pdf):
    with be("vanthu"):
        return operations.register_incoming(
            office.units["tinh"],
            [pdf()],
            title="V/v báo cáo",
            type="party.cong-van",
            issuer="Văn phòng Trung ương Đảng",
            number_symbol="77-CV/VPTW",
            document_date=date(2026, 11, 20),
        )


def test_an_object_in_step_with_its_row_is_left_alone(portal, letter, time):
    time.advance(minutes=11)
    assert reconcile.orphans(portal)["objects behind their row"] == []


def test_a_transfer_that_only_the_ledger_kept_is_shown_and_read_after_reconciling(portal, office, be, letter, time):
    before = dict(letter.__ac_local_roles__), letter.workflow_history, letter.revision
    with be("vanthu"):
        operations.transfer(letter.UID(), [Addressee(person=office.people["chuyenvien"])])
    letter.__ac_local_roles__, letter.workflow_history, letter.revision = before
    time.advance(minutes=11)
    assert reconcile.orphans(portal, timedelta(minutes=10))["objects behind their row"] == [letter.UID()]
    with actor.as_system():
        reconcile.catch_up([letter.UID()])
    assert reconcile.orphans(portal)["objects behind their row"] == []
    assert portal.portal_workflow.getInfoFor(letter, "review_state") == "in_progress"
    with be("chuyenvien"):
        assert portal.portal_membership.checkPermission("View", letter)


def test_a_level_that_only_the_ledger_kept_hides_the_object_and_stays_reported(portal, office, be, letter, time):
    for login in ("vanthu", "lanhdao"):
        clear(office, login, "secret")
    before = dict(vars(aq_base(letter)))
    with be("vanthu"):
        operations.raise_level(letter.UID(), "secret", reason="Có nội dung mật")
    vars(aq_base(letter)).clear()
    vars(aq_base(letter)).update(before)
    time.advance(minutes=11)
    behind = reconcile.orphans(portal)["objects behind their row"]
    assert behind == [letter.UID()]
    with actor.as_system():
        reconcile.catch_up(behind)
    with be("chanhvp"), pytest.raises(Missing):
        access.readable(letter.UID())
    assert reconcile.orphans(portal)["objects behind their row"] == behind
    with be("vanthu"):
        operations.raise_level(letter.UID(), "secret", reason="Có nội dung mật")
        assert access.readable(letter.UID()).title == "V/v báo cáo"
    assert reconcile.orphans(portal)["objects behind their row"] == []


def test_an_issue_that_only_the_ledger_kept_gives_the_object_its_number_and_signature(portal, office, be, pdf, time):
    with be("chuyenvien.tc"):
        draft = operations.create_draft(
            office.units["tochuc"],
            [pdf()],
            title="V/v trả lời",
            type="party.cong-van",
            recipients=[{"unit": office.units["xa"]}],
        )
        operations.submit_for_review(draft.UID(), [Addressee(person=office.people["lanhdao.tc"])])
    with be("lanhdao.tc"):
        operations.approve(draft.UID())
        before = draft.revision
        operations.sign(draft.UID(), office.people["lanhdao.tc"], title="Trưởng ban")
    with be("vanthu.tc"):
        operations.issue(draft.UID())
    signature = dict(draft.signature)
    draft.number_symbol, draft.issue_date, draft.signature, draft.revision = "", None, None, before
    draft.versions = (replace(draft.latest(), frozen=False),)
    time.advance(minutes=11)
    with actor.as_system():
        reconcile.catch_up(reconcile.orphans(portal)["objects behind their row"])
    assert (draft.number_symbol, draft.issue_date) == ("01-CV/BTCTU", date(2026, 11, 24))
    assert draft.signature == signature
    assert draft.latest().frozen
    assert draft.revision == items.get(draft.UID()).revision
