"""Signing: who signs for the unit, in which capacity, the version that was approved."""

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from AccessControl.SecurityManagement import newSecurityManager
from AccessControl.users import system

from party.operations.documents import operations
from party.operations.documents import trays
from party.operations.ledger import items
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import NotAllowed
from party.operations.organization import lookup
from party.operations.organization import operations as organization
from tests.office import Office
from tests.plone.documents.conftest import Be


@pytest.fixture
def approved(outgoing: Callable[..., Any]) -> Any:
    return outgoing("approved")


def test_the_clerk_records_who_signed_on_paper_when_and_in_which_capacity(
    office: Office, be: Be, approved: Any
) -> None:
    with be("vanthu"):
        operations.sign(
            approved.UID(),
            office.people["chanhvp"],
            title="Chánh Văn phòng",
            authority="T/L",
            signed_on=date(2026, 11, 23),
        )
    assert items.get(approved.UID()).state == "signed"
    assert approved.signature == {
        "kind": "paper",
        "signer": office.people["chanhvp"],
        "name": "Trần Văn Hùng",
        "title": "Chánh Văn phòng",
        "authority": "T/L",
        "signed_on": date(2026, 11, 23),
        "version": 1,
    }


@pytest.mark.parametrize("signer", ["chuyenvien", "vanthu", "lanhdao.xa", "lanhdao.tw"])
def test_only_a_leader_or_the_head_of_office_of_the_unit_signs(
    signer: str, office: Office, be: Be, approved: Any
) -> None:
    with be("vanthu"), pytest.raises(Invalid) as refused:
        operations.sign(approved.UID(), office.people[signer])
    assert refused.value.field == "signer"


def test_who_has_left_his_post_signs_no_more(office: Office, be: Be, approved: Any) -> None:
    newSecurityManager(None, system)
    for post in lookup.posts_of(office.people["lanhdao"]):
        organization.end_post(post.id)
    with be("vanthu"), pytest.raises(Invalid):
        operations.sign(approved.UID(), office.people["lanhdao"])


@pytest.mark.parametrize(
    ("more", "field"),
    [({"authority": "P.P."}, "authority"), ({"signed_on": date(2026, 11, 25)}, "signed_on")],
)
def test_a_mistake_is_named(more: dict[str, Any], field: str, office: Office, be: Be, approved: Any) -> None:
    with be("vanthu"), pytest.raises(Invalid) as refused:
        operations.sign(approved.UID(), office.people["lanhdao"], **more)
    assert refused.value.field == field


def test_what_is_not_signed_is_not_numbered(be: Be, approved: Any) -> None:
    with be("vanthu"), pytest.raises(NotAllowed):
        operations.issue(approved.UID())


def test_the_leader_finds_it_on_his_desk_until_it_is_signed(office: Office, be: Be, approved: Any) -> None:
    with be("lanhdao"):
        assert trays.counts()["to_sign"] == 1
        operations.sign(approved.UID(), office.people["lanhdao"])
        assert trays.counts()["to_sign"] == 0
