"""Grants: given for a cause, taken back by the same cause alone, shown alike everywhere."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
import transaction

from party.operations.confidentiality import grants
from party.operations.confidentiality import tokens
from party.operations.confidentiality.grants import Grant
from party.operations.confidentiality.grants import Withdrawal
from party.operations.confidentiality.permissions import READER
from party.operations.confidentiality.tables import grants as table
from party.operations.confidentiality.tables import readers
from party.operations.documents import operations
from party.operations.documents.files import Upload
from party.operations.ledger import clock
from party.operations.ledger import turn
from tests.office import Office
from tests.plone.documents.conftest import LETTER


@pytest.fixture
def document(office: Office, be: Callable[[str], Any], pdf: Callable[..., Upload]) -> Any:
    with be("vanthu"):
        return operations.register_incoming(office.units["tinh"], [pdf()], **LETTER)


@pytest.fixture
def projections(portal: Any, document: Any) -> Callable[[], set[str]]:
    """The tokens that read the document; the three places that say so must agree."""

    def agreed() -> set[str]:
        by_row = {each.token for each in turn.rows(sa.select(readers).where(readers.c.object == document.UID()))}
        by_role = {token for token, roles in document.__ac_local_roles__.items() if roles == [READER]}
        catalog = portal.portal_catalog
        (brain,) = catalog.unrestrictedSearchResults(UID=document.UID())
        indexed = set(catalog.getIndexDataForRID(brain.getRID())["allowedRolesAndUsers"])
        by_index = {each.removeprefix("user:") for each in indexed if each.startswith("user:")}
        assert by_row == by_role == by_index
        # the role itself stands in the index, but nobody holds it on the site: see test_forging
        assert {each for each in indexed if not each.startswith("user:")} <= {READER}
        return by_row

    return agreed


Projections = Callable[[], set[str]]

US = tokens.person_subject("p1")
OURS = tokens.user("p1")
CAUSE = Grant(US, "slip", "1")


def apply(document: Any, give: tuple[Grant, ...] = (), withdraw: tuple[Withdrawal, ...] = ()) -> None:
    with turn.turn():
        grants.apply(document, give, withdraw)


def test_what_is_given_reads_everywhere_and_what_is_taken_back_nowhere(document: Any, projections: Projections) -> None:
    before = projections()
    apply(document, (CAUSE,))
    assert projections() == before | {OURS}
    apply(document, withdraw=(Withdrawal("slip", "1"),))
    assert projections() == before


def test_a_cause_takes_back_only_what_it_gave(document: Any, projections: Projections) -> None:
    apply(document, (CAUSE, Grant(US, "slip", "2"), Grant(tokens.person_subject("p2"), "slip", "1")))
    apply(document, withdraw=(Withdrawal("slip", "1"),))
    assert OURS in projections()
    assert tokens.user("p2") not in projections()
    apply(document, withdraw=(Withdrawal("review", "2"),))
    assert OURS in projections()
    apply(document, withdraw=(Withdrawal("slip", "2"),))
    assert OURS not in projections()


def test_taking_back_what_was_never_given_changes_nothing(document: Any, projections: Projections) -> None:
    before = projections()
    apply(document, withdraw=(Withdrawal("slip", "99"),))
    assert projections() == before


def test_giving_and_taking_in_one_step_leaves_what_was_given(document: Any, projections: Projections) -> None:
    apply(document, (CAUSE,))
    apply(document, (Grant(US, "slip", "1"),), (Withdrawal("slip", "1"),))
    assert OURS in projections()


def test_a_grant_of_another_document_is_left_alone(
    office: Office, be: Callable[[str], Any], pdf: Callable[..., Upload], document: Any, projections: Projections
) -> None:
    apply(document, (CAUSE,))
    with be("vanthu"):
        other = operations.register_incoming(office.units["tinh"], [pdf()], confirm=True, **LETTER)
    apply(other, withdraw=(Withdrawal("slip", "1"),))
    assert OURS in projections()


def test_rows_are_closed_and_never_deleted_so_that_it_can_be_told_who_read_when(
    document: Any, time: clock.Frozen
) -> None:
    apply(document, (CAUSE,))
    time.advance(days=1)
    apply(document, withdraw=(Withdrawal("slip", "1"),))
    row = turn.row(sa.select(table).where(table.c.object == document.UID(), table.c.token == OURS))
    assert (row.cause, row.reference, row.from_day) == ("slip", "1", date(2026, 11, 24))
    assert row.withdrawn_at == clock.now()


def test_a_grant_until_a_day_is_not_in_force_from_that_day_on(document: Any, time: clock.Frozen) -> None:
    apply(document, (Grant(US, "slip", "1", until=date(2026, 11, 25)),))
    assert OURS in {each.token for each in grants.in_force(document.UID())}
    time.advance(days=1)
    assert OURS not in {each.token for each in grants.in_force(document.UID())}


def test_grants_are_given_in_a_turn_only(document: Any) -> None:
    transaction.abort()
    with pytest.raises(RuntimeError, match="outside a turn"):
        grants.apply(document, [CAUSE])
