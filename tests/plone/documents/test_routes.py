"""Passing on along a prepared route: step by step, over levels that nobody holds."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from AccessControl.SecurityManagement import newSecurityManager
from AccessControl.users import system

from party.operations.documents import history
from party.operations.documents import operations
from party.operations.ledger import turn
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import NotAllowed
from party.operations.organization import lookup
from party.operations.organization import operations as organization
from party.operations.organization import routes
from party.operations.organization.tables import posts
from tests.office import Office
from tests.plone.documents.conftest import Be
from tests.plone.documents.conftest import slip


Letter = Callable[..., Any]


@pytest.fixture
def route(office: Office) -> str:
    """Clerk – head of office – leader, as the office fixture sets it up."""
    return routes.of_unit(office.units["tinh"], "incoming")[0].id


def leave(office: Office, login: str) -> None:
    """End the posts of a person today."""
    newSecurityManager(None, system)
    for each in lookup.posts_of(office.people[login]):
        organization.end_post(each.id)


def along(document: Any, route: str, login: str, be: Be) -> Any:
    with be(login):
        (number,) = operations.pass_along(document.UID(), route)
    return slip(number)


def test_each_hand_passes_on_to_the_next_step(office: Office, be: Be, letter: Letter, route: str) -> None:
    document = letter()
    first = along(document, route, "vanthu", be)
    second = along(document, route, "chanhvp", be)
    assert (first.to_unit, first.to_function, first.step) == (office.units["tinh"], "office_head", 1)
    assert (second.to_function, second.step, second.route, second.parent) == ("leader", 2, route, first.id)


def test_the_end_of_a_route_is_said_to_be_its_end(be: Be, letter: Letter, route: str) -> None:
    document = letter()
    along(document, route, "vanthu", be)
    along(document, route, "chanhvp", be)
    with pytest.raises(Invalid, match="ends here"):
        along(document, route, "lanhdao", be)


def test_a_level_that_nobody_holds_is_skipped(office: Office, be: Be, letter: Letter, route: str) -> None:
    leave(office, "chanhvp")
    assert along(letter(), route, "vanthu", be).to_function == "leader"


def test_a_route_on_which_nobody_serves_any_more_ends_with_a_sentence(
    office: Office, be: Be, letter: Letter, route: str
) -> None:
    leave(office, "chanhvp")
    leave(office, "lanhdao")
    with pytest.raises(Invalid, match="nobody holds"):
        along(letter(), route, "vanthu", be)


def test_a_route_does_not_lead_past_the_clerk_where_the_unit_came_to_work_at_clerk_level(
    office: Office, be: Be, letter: Letter, route: str
) -> None:
    document = letter()
    along(document, route, "vanthu", be)
    newSecurityManager(None, system)
    organization.change_unit(office.units["tinh"], clerk_level_only=True)
    with pytest.raises(Invalid, match="clerk level only"):
        along(document, route, "chanhvp", be)


def test_a_route_is_for_who_may_pass_the_document_on(be: Be, letter: Letter, route: str) -> None:
    document = letter()
    along(document, route, "vanthu", be)
    with be("vanthu"):
        operations.finish_incoming(document.UID())
    with pytest.raises(NotAllowed):
        along(document, route, "chanhvp", be)


def test_a_route_of_another_unit_or_purpose_is_none_of_this_unit(
    office: Office, be: Be, letter: Letter, route: str
) -> None:
    review = routes.of_unit(office.units["tinh"], "review")[0].id
    with pytest.raises(Invalid, match="no such route"):
        along(letter(), review, "vanthu", be)
    with pytest.raises(Invalid, match="no such route"):
        along(letter("xa", "vanthu.xa"), route, "vanthu.xa", be)


def test_a_draft_goes_along_the_route_of_reviews_past_who_wrote_it(
    office: Office, be: Be, outgoing: Callable[..., Any]
) -> None:
    review = routes.of_unit(office.units["tinh"], "review")[0].id
    mine = outgoing("draft")
    with turn.turn():
        # the officer becomes the only head of his room: he would review his own draft
        where = posts.c.person == office.people["truongphong"]
        turn.run(sa.update(posts).where(where).values(person=office.people["chuyenvien"]))
    with be("chuyenvien"):
        operations.submit_for_review(mine.UID(), route=review)
    assert [each["to_function"] for each in history.reviews_of(mine.UID())] == ["office_head"]
