"""The policy, row by row: who may do what to a document in which state.

How each person stands to the document is set up here by slips, reviews and grants; the policy's rows then say what
must be allowed, by the rule that screens ask and by the operation itself.
"""

from collections.abc import Callable
from collections.abc import Iterator
from typing import Any

import pytest
import sqlalchemy as sa

from party.operations.confidentiality import actor
from party.operations.confidentiality import grants
from party.operations.confidentiality import principals
from party.operations.confidentiality import tokens
from party.operations.documents import operations
from party.operations.documents import policy
from party.operations.documents import rules
from party.operations.documents.recipients import Addressee
from party.operations.documents.vocabularies import INCOMING_STATES
from party.operations.documents.vocabularies import OUTGOING_STATES
from party.operations.ledger import turn
from party.operations.ledger.errors import Missing
from party.operations.ledger.errors import NotAllowed
from party.operations.ledger.tables import items
from tests.office import Office
from tests.plone.documents.conftest import Be


#: how people of the office stand to a letter of the province; who is not named may not even read it
INCOMING_PEOPLE = {
    "vanthu": {"registry", "reader"},
    "chanhvp": {"registry", "reader"},
    "lanhdao": {"leader", "reader"},
    "truongphong": {"addressed", "reader"},
    "chuyenvien": {"addressed", "lead", "reader"},
    "chuyenvien.tc": {"reader"},
}
#: how they stand to a draft that the officer wrote and that the head of his room reviews
OUTGOING_PEOPLE = {
    "vanthu": {"registry", "reader"},
    "chanhvp": {"registry", "reader"},
    "lanhdao": {"leader", "reader"},
    "truongphong": {"reviewer", "reader"},
    "chuyenvien": {"drafter", "reader"},
    "chuyenvien.tc": {"reader"},
}

Act = Callable[[str, Office], Any]


def own_unit(office: Office) -> str:
    """A unit the person who acts serves in, so that the document alone decides whether he may draft."""
    own = principals.standings(actor.current())
    return own[0].unit if own else office.units["tonghop"]


BASIS = "Danh mục bí mật nhà nước của Đảng, Điều 1"

#: what is done to the level of either kind of document
LEVEL_OPERATIONS: dict[str, Act] = {
    "decide_level": lambda uid, office: operations.decide_level(uid, "secret", basis=BASIS),
    "raise_level": lambda uid, office: operations.raise_level(uid, "secret", reason="Có nội dung mật"),
    "propose_lower": lambda uid, office: operations.propose_lower(uid, "normal", reason="Đã công bố", basis=BASIS),
    "confirm_lower": lambda uid, office: operations.confirm_lower(uid),
    "withdraw_found": lambda uid, office: operations.withdraw_found(uid, "Có nội dung mật"),
    "copy": lambda uid, office: operations.make_copy(uid, "no file", "print", purpose="Họp"),
    "settle_copies": lambda uid, office: operations.settle_copies(uid, [1], "returned"),
}
INCOMING_OPERATIONS: dict[str, Act] = {
    "register": lambda uid, office: operations.register_incoming(document=uid),
    "change": lambda uid, office: operations.change_incoming(uid, note="Ghi chú"),
    "refuse": lambda uid, office: operations.refuse_incoming(uid, "Gửi nhầm"),
    "return": lambda uid, office: operations.return_incoming(uid, "Gửi nhầm"),
    "transfer": lambda uid, office: operations.transfer(uid, [Addressee(person=office.people["lanhdao"])]),
    "answer": lambda uid, office: operations.create_draft(
        own_unit(office), title="V/v trả lời", type="party.cong-van", replies_to=uid
    ),
    "finish": lambda uid, office: operations.finish_incoming(uid),
    "reopen": lambda uid, office: operations.reopen_incoming(uid, "Còn việc"),
    "file": lambda uid, office: operations.file_incoming(uid),
    "comment": lambda uid, office: operations.comment(uid, "Ý kiến"),
    "acknowledge_level": lambda uid, office: operations.acknowledge_level(uid),
    **LEVEL_OPERATIONS,
}
OUTGOING_OPERATIONS: dict[str, Act] = {
    "change": lambda uid, office: operations.change_draft(uid, note="Ghi chú"),
    "comment": lambda uid, office: operations.comment(uid, "Ý kiến"),
    "submit": lambda uid, office: operations.submit_for_review(uid, [Addressee(person=office.people["lanhdao"])]),
    "approve": lambda uid, office: operations.approve(uid),
    "send_back": lambda uid, office: operations.send_back(uid, "Sửa lại"),
    "withdraw": lambda uid, office: operations.withdraw_from_review(uid),
    "sign": lambda uid, office: operations.sign(uid, office.people["lanhdao"]),
    "issue": lambda uid, office: operations.issue(uid),
    "send": lambda uid, office: operations.send_to_more(uid, [{"unit": office.units["xa2"]}]),
    "recall": lambda uid, office: operations.recall_document(uid, "Sai sót"),
    "replace": lambda uid, office: operations.create_draft(
        own_unit(office), title="V/v thay thế", type="party.cong-van", replaces=uid
    ),
    "cancel": lambda uid, office: operations.cancel_draft(uid, "Không cần nữa"),
    **LEVEL_OPERATIONS,
}
#: verbs that a document of level normal refuses to everybody; what a classified one answers stands in test_levels
OF_CLASSIFIED = {"decide_level", "propose_lower", "confirm_lower", "acknowledge_level", "copy", "settle_copies"}


@pytest.fixture
def incoming(office: Office, be: Be, letter: Callable[..., Any]) -> Any:
    """A letter of the province that stands to each of INCOMING_PEOPLE as they say."""
    document = letter()
    with be("vanthu"):
        lead, informed = (office.people[login] for login in ("chuyenvien", "truongphong"))
        operations.transfer(document.UID(), [Addressee(person=lead), Addressee(person=informed, capacity="informed")])
    let_read(document, office.people["chuyenvien.tc"])
    return document


@pytest.fixture
def draft(office: Office, be: Be, outgoing: Callable[..., Any]) -> Any:
    """A draft of the province that stands to each of OUTGOING_PEOPLE as they say, whatever its state."""
    document = outgoing("draft")
    with be("chuyenvien"):
        operations.submit_for_review(document.UID(), [Addressee(person=office.people["truongphong"])])
    document.signature = {"name": "Lê Minh Đức", "version": 1, "signed_on": document.created().asdatetime().date()}
    with turn.turn():
        registry = tokens.unit_subject(document.unit, "registry")
        grants.apply(document, [grants.Grant(registry, "register", document.unit)])
    let_read(document, office.people["chuyenvien.tc"])
    return document


def let_read(document: Any, person: str) -> None:
    with turn.turn():
        grants.apply(document, [grants.Grant(tokens.person_subject(person), "test", "reader")])


def put_in(document: Any, state: str) -> None:
    with turn.turn():
        turn.run(sa.update(items).where(items.c.uid == document.UID()).values(state=state))


def wrong_answers(
    document: Any, state: str, people: dict[str, set[str]], verbs: dict[str, policy.Verb], be: Be
) -> Iterator[str]:
    for login, relations in people.items():
        with be(login):
            for verb, row in verbs.items():
                expected = state in row.states and bool(relations.intersection(row.relations))
                expected = expected and verb not in OF_CLASSIFIED
                answer = rules.may(verb, document)
                if bool(answer) != expected:
                    yield f"{login} {verb}: {answer!r}"
                if not answer and not str(answer.reason):
                    yield f"{login} {verb}: no reason"


@pytest.mark.parametrize("state", INCOMING_STATES)
def test_the_rule_of_each_verb_answers_as_the_policy_says_for_a_letter(state: str, incoming: Any, be: Be) -> None:
    put_in(incoming, state)
    assert list(wrong_answers(incoming, state, INCOMING_PEOPLE, policy.INCOMING, be)) == []


@pytest.mark.parametrize("state", OUTGOING_STATES)
def test_the_rule_of_each_verb_answers_as_the_policy_says_for_a_draft(state: str, draft: Any, be: Be) -> None:
    put_in(draft, state)
    assert list(wrong_answers(draft, state, OUTGOING_PEOPLE, policy.OUTGOING, be)) == []


def test_no_verb_of_the_policy_is_without_an_operation_here() -> None:
    assert set(INCOMING_OPERATIONS) == set(policy.INCOMING)
    # a version needs a file; see test_versions
    assert {*OUTGOING_OPERATIONS, "version"} == set(policy.OUTGOING)


def cases(verbs: dict[str, policy.Verb], people: dict[str, set[str]], doings: dict[str, Act]) -> list[Any]:
    """(verb, login) of everybody who may read but whose relation does not allow the verb."""
    return [
        pytest.param(doings[verb], row.states[0], login, id=f"{verb}-{login}")
        for verb, row in verbs.items()
        for login, relations in people.items()
        if verb in doings and not relations.intersection(row.relations)
    ]


@pytest.mark.parametrize(("act", "state", "login"), cases(policy.INCOMING, INCOMING_PEOPLE, INCOMING_OPERATIONS))
def test_an_operation_on_a_letter_refuses_who_stands_otherwise_to_it(
    act: Act, state: str, login: str, incoming: Any, office: Office, be: Be
) -> None:
    put_in(incoming, state)
    with be(login), pytest.raises(NotAllowed):
        act(incoming.UID(), office)


@pytest.mark.parametrize(("act", "state", "login"), cases(policy.OUTGOING, OUTGOING_PEOPLE, OUTGOING_OPERATIONS))
def test_an_operation_on_a_draft_refuses_who_stands_otherwise_to_it(
    act: Act, state: str, login: str, draft: Any, office: Office, be: Be
) -> None:
    put_in(draft, state)
    with be(login), pytest.raises(NotAllowed):
        act(draft.UID(), office)


@pytest.mark.parametrize("verb", INCOMING_OPERATIONS)
def test_an_operation_on_a_letter_refuses_each_state_that_its_row_does_not_name(
    verb: str, incoming: Any, office: Office, as_system: None
) -> None:
    for state in set(INCOMING_STATES) - set(policy.INCOMING[verb].states):
        put_in(incoming, state)
        with pytest.raises(NotAllowed):
            INCOMING_OPERATIONS[verb](incoming.UID(), office)


@pytest.mark.parametrize("verb", OUTGOING_OPERATIONS)
def test_an_operation_on_a_draft_refuses_each_state_that_its_row_does_not_name(
    verb: str, draft: Any, office: Office, as_system: None
) -> None:
    for state in set(OUTGOING_STATES) - set(policy.OUTGOING[verb].states):
        put_in(draft, state)
        with pytest.raises(NotAllowed):
            OUTGOING_OPERATIONS[verb](draft.UID(), office)


@pytest.mark.parametrize("login", ["vanthu.tc", "lanhdao.xa", "vanthu.tw", "lanhdao.tw", "quantri"])
def test_to_who_may_not_read_it_a_document_is_not_there_whatever_he_tries(
    login: str, incoming: Any, draft: Any, office: Office, be: Be
) -> None:
    for document, doings in ((incoming, INCOMING_OPERATIONS), (draft, OUTGOING_OPERATIONS)):
        for act in doings.values():
            with be(login), pytest.raises(Missing):
                act(document.UID(), office)


def test_a_verb_of_the_other_kind_of_document_is_refused_with_a_reason(
    incoming: Any, draft: Any, office: Office, be: Be
) -> None:
    with be("vanthu"):
        for verb in set(policy.INCOMING) - set(policy.OUTGOING):
            with pytest.raises(NotAllowed):
                INCOMING_OPERATIONS[verb](draft.UID(), office)
        for verb in set(OUTGOING_OPERATIONS) - set(policy.INCOMING):
            with pytest.raises(NotAllowed):
                OUTGOING_OPERATIONS[verb](incoming.UID(), office)


def test_what_came_from_inside_is_not_corrected(incoming: Any, be: Be) -> None:
    incoming.source = "internal"
    with be("vanthu"), pytest.raises(NotAllowed):
        operations.change_incoming(incoming.UID(), note="x")


def test_a_draft_without_a_file_is_not_submitted(office: Office, be: Be) -> None:
    with be("chuyenvien"):
        empty = operations.create_draft(office.units["tonghop"], title="Trống", type="party.cong-van")
        with pytest.raises(NotAllowed):
            OUTGOING_OPERATIONS["submit"](empty.UID(), office)
