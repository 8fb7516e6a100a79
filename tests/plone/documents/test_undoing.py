"""Taking back what was just done: by an act of its own, for a minute, and while nothing was built on it."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest

from party.operations.documents import access
from party.operations.documents import history
from party.operations.documents import operations
from party.operations.documents.operations.undoing import undoable
from party.operations.documents.recipients import Addressee
from party.operations.ledger import clock
from party.operations.ledger import items
from party.operations.ledger.errors import Changed
from party.operations.ledger.errors import Missing
from party.operations.ledger.errors import NotAllowed
from tests.clearances import clear
from tests.office import Office
from tests.plone.browsing import Browser
from tests.plone.browsing import Page
from tests.plone.browsing import said
from tests.plone.documents.conftest import Be
from tests.plone.documents.conftest import LETTER
from tests.plone.documents.conftest import slip


Letter = Callable[..., Any]


@pytest.fixture
def send(office: Office, be: Be) -> Callable[..., list[int]]:
    """``send(document, "vanthu", "lanhdao", "chanhvp")`` passes on to people; the first leads."""

    def to(document: Any, sender: str, *logins: str) -> list[int]:
        listed = [
            Addressee(person=office.people[login], capacity="support" if index else "lead")
            for index, login in enumerate(logins)
        ]
        with be(sender):
            return operations.transfer(document.UID(), listed)

    return to


Send = Callable[..., list[int]]


def happened(document: Any) -> list[str]:
    return [each["operation"] for each in history.events(document.UID())]


def test_what_was_just_passed_on_comes_back_from_everybody(office: Office, be: Be, letter: Letter, send: Send) -> None:
    document = letter()
    before = items.get(document.UID()).state
    sent = send(document, "vanthu", "lanhdao", "chanhvp")
    with be("vanthu"):
        assert operations.undo(document.UID()) == "transfer"
    assert [slip(each).state for each in sent] == ["recalled", "recalled"]
    assert items.get(document.UID()).state == before
    assert happened(document)[-3:] == ["transfer", "recall_slip", "recall_slip"]
    with be("lanhdao.tc"), pytest.raises(Missing):
        access.readable(document.UID())


def test_what_one_of_them_has_read_is_not_taken_back_from_any(be: Be, letter: Letter, send: Send) -> None:
    document = letter()
    sent = send(document, "vanthu", "lanhdao", "chanhvp")
    with be("lanhdao"):
        operations.mark_read(sent[:1])
    with be("vanthu"), pytest.raises(NotAllowed, match="read already"):
        operations.undo(document.UID())
    assert [slip(each).state for each in sent] == ["read", "sent"]


def test_a_letter_that_its_lead_finished_is_in_all_the_hands_again(be: Be, letter: Letter, send: Send) -> None:
    document = letter()
    lead, support = send(document, "vanthu", "chuyenvien", "truongphong")
    with be("truongphong"):
        operations.start_slip(support)
    with be("chuyenvien"):
        operations.complete_slip(lead, "Đã tham mưu")
        assert (items.get(document.UID()).state, slip(support).state) == ("done", "done")
        assert operations.undo(document.UID()) == "complete_slip"
    assert items.get(document.UID()).state == "in_progress"
    assert (slip(lead).state, slip(lead).ended_at, slip(lead).outcome) == ("sent", None, "")
    assert slip(support).state == "in_progress"
    assert happened(document)[-2:] == ["complete_slip", "undo"]


def test_a_part_that_was_not_the_last_is_taken_up_again(be: Be, letter: Letter, send: Send) -> None:
    document = letter()
    lead, support = send(document, "vanthu", "chuyenvien", "truongphong")
    with be("truongphong"):
        operations.complete_slip(support)
        operations.undo(document.UID())
    assert (slip(lead).state, slip(support).state, items.get(document.UID()).state) == ("sent", "sent", "in_progress")


@pytest.mark.parametrize("act", [operations.finish_incoming, operations.file_incoming])
def test_what_was_closed_stands_as_before(be: Be, letter: Letter, act: Callable[[str], None]) -> None:
    document = letter()
    with be("vanthu"):
        act(document.UID())
        assert items.get(document.UID()).state in ("done", "filed")
        operations.undo(document.UID())
    assert items.get(document.UID()).state == "registered"


def test_a_finished_letter_is_back_in_the_hands_it_was_in(be: Be, letter: Letter, send: Send) -> None:
    document = letter()
    (number,) = send(document, "vanthu", "chuyenvien")
    with be("lanhdao"):
        operations.finish_incoming(document.UID(), "Chỉ để biết")
        operations.undo(document.UID())
    assert (items.get(document.UID()).state, slip(number).state) == ("in_progress", "sent")


def test_a_draft_comes_back_from_review(office: Office, be: Be, outgoing: Callable[..., Any]) -> None:
    document = outgoing("in_review")
    with be("chuyenvien"):
        assert operations.undo(document.UID()) == "submit_for_review"
    assert items.get(document.UID()).state == "draft"


@pytest.mark.parametrize("state", ["draft", "approved", "signed", "issued"])
def test_a_decision_a_signature_and_a_number_are_not_undone(be: Be, outgoing: Callable[..., Any], state: str) -> None:
    document = outgoing(state)
    login = {"draft": "chuyenvien", "approved": "lanhdao"}.get(state, "vanthu")
    with be(login), pytest.raises(NotAllowed, match="cannot be undone"):
        operations.undo(document.UID())
    assert items.get(document.UID()).state == state


def test_the_arrival_number_stays(be: Be, letter: Letter) -> None:
    document = letter()
    with be("vanthu"), pytest.raises(NotAllowed):
        operations.undo(document.UID())


def test_nobody_undoes_what_somebody_else_did(be: Be, letter: Letter, send: Send) -> None:
    document = letter()
    send(document, "vanthu", "lanhdao")
    with be("chanhvp"), pytest.raises(NotAllowed, match="Something else"):
        operations.undo(document.UID())
    with be("lanhdao.tc"), pytest.raises(Missing):
        operations.undo(document.UID())


def test_after_another_act_or_a_minute_there_is_nothing_to_undo(
    be: Be, letter: Letter, send: Send, time: clock.Frozen
) -> None:
    document = letter()
    send(document, "vanthu", "lanhdao")
    with be("vanthu"):
        seen = undoable(document.UID()).id
        operations.comment(document.UID(), "Gửi đồng chí")
        with pytest.raises(NotAllowed, match="cannot be undone"):
            operations.undo(document.UID())
    send(document, "vanthu", "chanhvp")
    with be("vanthu"):
        with pytest.raises(Changed):
            operations.undo(document.UID(), event=seen)
        time.advance(seconds=59)
        assert undoable(document.UID())
        time.advance(seconds=2)
        with pytest.raises(NotAllowed, match="too late"):
            operations.undo(document.UID())


def test_it_is_done_once(be: Be, letter: Letter, send: Send) -> None:
    document = letter()
    send(document, "vanthu", "lanhdao")
    with be("vanthu"):
        operations.undo(document.UID())
        with pytest.raises(NotAllowed):
            operations.undo(document.UID())


def test_a_secret_is_taken_back_like_anything_else(office: Office, be: Be, send: Send) -> None:
    for login in ("vanthu", "lanhdao"):
        clear(office, login, "secret")
    with be("vanthu"):
        document = operations.register_incoming(
            office.units["tinh"], level="secret", basis="Danh mục, Điều 1", **{**LETTER, "title": "V/v việc mật"}
        )
    send(document, "vanthu", "lanhdao")
    with be("vanthu"):
        operations.undo(document.UID())
        assert items.get(document.UID()).state == "registered"
        operations.finish_incoming(document.UID())
        operations.undo(document.UID())
        assert items.get(document.UID()).state == "registered"


# --- on the page -----------------------------------------------------------------------------------------------------


def test_the_page_offers_it_for_ten_seconds(
    functional_office: Office, browse: Callable[[str], Browser], act: Be, time: clock.Frozen
) -> None:
    with act("vanthu"):
        uid = operations.register_incoming(functional_office.units["tinh"], **LETTER).UID()
        operations.transfer(uid, [Addressee(functional_office.people["lanhdao"])], deadline=date(2026, 12, 1))
    clerk = browse("vanthu")
    page = clerk.open(f"d/{uid}")
    (toast,) = page.tree.xpath("//*[@class='party-toast']")
    assert (toast.get("data-seconds"), toast.get("role")) == ("10", "status")
    assert said("Passed on.") in toast.text_content()
    (form,) = toast.xpath(".//form")
    assert browse("lanhdao").open(f"d/{uid}").tree.xpath("//*[@class='party-toast']") == []
    after = clerk.post(form.get("action"), data={**dict(form.form_values()), "form.buttons.save": "1"})
    assert said("Undone.") in Page(clerk, after).text
    assert items.get(uid).state == "registered"
    time.advance(seconds=11)
    assert clerk.open(f"d/{uid}").tree.xpath("//*[@class='party-toast']") == []
    assert said("What was done last cannot be undone.") in clerk.open(f"d/{uid}/@@undo").text
