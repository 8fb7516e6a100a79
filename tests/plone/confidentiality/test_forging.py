"""Nobody forges a token: not by a group, a role, an account or local roles of its name."""

from collections.abc import Callable
from typing import Any

import pytest
from AccessControl import getSecurityManager
from AccessControl.SecurityManagement import newSecurityManager
from AccessControl.SecurityManagement import setSecurityManager
from plone.app.testing import setRoles
from plone.app.testing import TEST_USER_ID

from party.operations.confidentiality import tokens
from party.operations.confidentiality.permissions import READER
from party.operations.documents import access
from party.operations.documents import operations
from party.operations.documents.files import Upload
from party.operations.ledger.errors import Missing
from tests.office import Office
from tests.plone.documents.conftest import LETTER


Be = Callable[[str], Any]

ALL_ROLES = ("Manager", "Site Administrator", "Owner", "Editor", "Reader", "Reviewer", "Contributor", "Member")


@pytest.fixture
def document(office: Office, be: Be, pdf: Callable[..., Upload]) -> Any:
    with be("vanthu"):
        return operations.register_incoming(office.units["tinh"], [pdf()], **LETTER)


def reads(portal: Any, user_id: str, document: Any) -> tuple[bool, bool, bool]:
    """Does the person read it by permission, by the catalogue, by opening it?"""
    before = getSecurityManager()
    user = portal.acl_users.getUserById(user_id)
    newSecurityManager(None, user.__of__(portal.acl_users))
    try:
        permitted = bool(getSecurityManager().checkPermission("View", document))
        found = bool(portal.portal_catalog.searchResults(UID=document.UID()))
        try:
            access.readable(document.UID())
        except Missing:
            return permitted, found, False
        return permitted, found, True
    finally:
        setSecurityManager(before)


NOTHING = (False, False, False)
EVERYTHING = (True, True, True)


def test_who_was_granted_reads_and_nobody_else(portal: Any, office: Office, document: Any) -> None:
    assert reads(portal, office.people["vanthu"], document) == EVERYTHING
    assert reads(portal, office.people["lanhdao"], document) == EVERYTHING
    assert reads(portal, office.people["vanthu.xa"], document) == NOTHING


@pytest.mark.parametrize("role", ALL_ROLES)
def test_no_role_of_the_site_reads_a_document(role: str, portal: Any, document: Any) -> None:
    setRoles(portal, TEST_USER_ID, [role])
    assert reads(portal, TEST_USER_ID, document) == NOTHING


def test_the_role_that_a_grant_gives_opens_nothing_as_a_role_of_the_site(portal: Any, document: Any) -> None:
    setRoles(portal, TEST_USER_ID, ["Manager", READER])
    assert reads(portal, TEST_USER_ID, document) == NOTHING


def test_the_role_that_a_grant_gives_opens_nothing_as_a_role_of_a_group(portal: Any, document: Any) -> None:
    portal.portal_groups.addGroup("Thân hữu", roles=[READER, "Manager"])
    portal.portal_groups.addPrincipalToGroup(TEST_USER_ID, "Thân hữu")
    assert reads(portal, TEST_USER_ID, document) == NOTHING


def test_a_local_role_on_a_place_above_does_not_come_down(portal: Any, office: Office, document: Any) -> None:
    for place in (portal, document.aq_parent.aq_parent.aq_parent, document.aq_parent):
        place.manage_setLocalRoles(TEST_USER_ID, [READER, "Manager", "Owner"])
        place.reindexObjectSecurity()
    document.reindexObjectSecurity()
    assert reads(portal, TEST_USER_ID, document) == NOTHING


@pytest.mark.parametrize("role", ["Owner", "Manager", "Editor", "Reader"])
def test_no_other_local_role_on_the_document_itself_reads_it(role: str, portal: Any, document: Any) -> None:
    document.__ac_local_roles__ = {**document.__ac_local_roles__, TEST_USER_ID: [role]}
    document.reindexObjectSecurity()
    assert reads(portal, TEST_USER_ID, document) == NOTHING


def test_who_owns_the_object_for_zope_reads_nothing_by_that(portal: Any, document: Any) -> None:
    document.changeOwnership(portal.acl_users.getUserById(TEST_USER_ID))
    document.reindexObjectSecurity()
    assert reads(portal, TEST_USER_ID, document) == NOTHING


@pytest.mark.parametrize("side", ["registry", "leader"])
def test_a_group_named_like_a_token_gives_nothing(side: str, portal: Any, office: Office, document: Any) -> None:
    token = tokens.unit(office.units["tinh"], side)
    portal.portal_groups.addGroup(token)
    portal.portal_groups.addPrincipalToGroup(TEST_USER_ID, token)
    assert token not in portal.acl_users.getUserById(TEST_USER_ID).getGroups()
    assert reads(portal, TEST_USER_ID, document) == NOTHING


def test_a_group_inside_of_a_group_named_like_a_token_gives_nothing(portal: Any, office: Office, document: Any) -> None:
    token = tokens.unit(office.units["tinh"], "registry")
    portal.portal_groups.addGroup(token)
    portal.portal_groups.addGroup("Trong nhóm")
    portal.portal_groups.addPrincipalToGroup("Trong nhóm", token)
    portal.portal_groups.addPrincipalToGroup(TEST_USER_ID, "Trong nhóm")
    assert reads(portal, TEST_USER_ID, document) == NOTHING


def test_an_account_named_like_a_token_opens_nothing(portal: Any, office: Office, document: Any) -> None:
    for token in (tokens.unit(office.units["tinh"], "registry"), tokens.user(office.people["vanthu"])):
        portal.acl_users.source_users.addUser(token, f"forged-{len(token)}", "Mat-khau-thu-1")
        assert reads(portal, token, document) == NOTHING


def test_nobody_changes_a_document_past_the_operations(portal: Any, office: Office, be: Be, document: Any) -> None:
    forbidden = (
        "Modify portal content",
        "Delete objects",
        "Copy or Move",
        "Change local roles",
        "Change permissions",
        "Add portal content",
        "Review portal content",
        "WebDAV access",
        "Manage properties",
        "Sharing page: Delegate roles",
    )
    setRoles(portal, TEST_USER_ID, ["Manager"])
    people = [TEST_USER_ID, office.people["vanthu"], office.people["lanhdao"]]
    before = getSecurityManager()
    for person in people:
        newSecurityManager(None, portal.acl_users.getUserById(person).__of__(portal.acl_users))
        allowed = [each for each in forbidden if getSecurityManager().checkPermission(each, document)]
        assert allowed == [], person
    setSecurityManager(before)
