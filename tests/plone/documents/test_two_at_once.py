"""Two people act on what they both saw: the second is told, and nothing of the first is overwritten."""

from collections.abc import Callable
from typing import Any

import pytest

from party.operations.documents import operations
from party.operations.documents.operations import making
from party.operations.documents.recipients import Addressee
from party.operations.ledger import items
from party.operations.ledger import series
from party.operations.ledger import turn
from party.operations.ledger.errors import Changed
from party.operations.ledger.errors import NotAllowed
from tests.office import Office
from tests.plone.documents.conftest import Be
from tests.plone.documents.conftest import LETTER


Act = Callable[[str, int, Office], Any]

#: what the second does who still sees the old page: of a letter that was registered …
INCOMING: dict[str, Act] = {
    "change": lambda uid, seen, office: operations.change_incoming(uid, seen, note="x"),
    "return": lambda uid, seen, office: operations.return_incoming(uid, "Gửi nhầm", seen),
    "finish": lambda uid, seen, office: operations.finish_incoming(uid, seen=seen),
    "transfer": lambda uid, seen, office: operations.transfer(
        uid, [Addressee(person=office.people["lanhdao"])], seen=seen
    ),
}
#: … and of a document in the state that stands beside it
OUTGOING: dict[str, tuple[str, str, Act]] = {
    "change": ("draft", "chuyenvien", lambda uid, seen, office: operations.change_draft(uid, seen=seen, note="x")),
    "submit": (
        "draft",
        "chuyenvien",
        lambda uid, seen, office: operations.submit_for_review(
            uid, [Addressee(person=office.people["lanhdao"])], seen=seen
        ),
    ),
    "cancel": ("draft", "chuyenvien", lambda uid, seen, office: operations.cancel_draft(uid, "Thôi", seen)),
    "approve": ("in_review", "lanhdao", lambda uid, seen, office: operations.approve(uid, seen=seen)),
    "send back": ("in_review", "lanhdao", lambda uid, seen, office: operations.send_back(uid, "Sửa", seen)),
    "withdraw": ("in_review", "chuyenvien", lambda uid, seen, office: operations.withdraw_from_review(uid, seen)),
    "sign": (
        "approved",
        "vanthu",
        lambda uid, seen, office: operations.sign(uid, office.people["lanhdao"], seen=seen),
    ),
    "issue": ("signed", "vanthu", lambda uid, seen, office: operations.issue(uid, seen=seen)),
}


def somebody_else_acts(document: Any) -> int:
    """Another change reaches the document; gives the revision that was seen before it."""
    seen = items.get(document.UID()).revision
    with turn.turn():
        making.touch(document)
    return int(seen)


@pytest.mark.parametrize("verb", INCOMING)
def test_the_second_who_acts_on_a_letter_is_told(verb: str, office: Office, be: Be, letter: Callable[..., Any]) -> None:
    document = letter()
    seen = somebody_else_acts(document)
    with be("vanthu"), pytest.raises(Changed):
        INCOMING[verb](document.UID(), seen, office)


@pytest.mark.parametrize("verb", OUTGOING)
def test_the_second_who_acts_on_a_draft_is_told(
    verb: str, office: Office, be: Be, outgoing: Callable[..., Any]
) -> None:
    state, login, act = OUTGOING[verb]
    document = outgoing(state)
    seen = somebody_else_acts(document)
    with be(login), pytest.raises(Changed):
        act(document.UID(), seen, office)


def test_who_saw_the_present_state_acts(office: Office, be: Be, letter: Callable[..., Any]) -> None:
    for verb, act in INCOMING.items():
        document = letter()
        with be("vanthu"):
            act(document.UID(), items.get(document.UID()).revision, office)
        assert items.get(document.UID()).revision == document.revision, verb


def test_two_clerks_who_register_one_paper_give_it_one_number(office: Office, be: Be, pdf: Callable[..., Any]) -> None:
    with be("vanthu"):
        document = operations.receive_incoming(office.units["tinh"], [pdf()], **LETTER)
        operations.register_incoming(document=document.UID())
    with be("chanhvp"), pytest.raises(NotAllowed):
        operations.register_incoming(document=document.UID())
    assert len(series.of_object(document.UID())) == 1
