"""The class of a record decides about every permission, and nothing that is stored takes its place."""

from collections.abc import Callable
from typing import Any

import pytest
from AccessControl.Permission import addPermission
from AccessControl.Permission import getPermissionIdentifier
from AccessControl.Permission import getPermissions
from AccessControl.PermissionRole import rolesForPermissionOn
from Products.CMFPlone.Portal import PloneSite

from party.operations.confidentiality.assertions import FORBIDDEN
from party.operations.confidentiality.base import LevelledContainer
from party.operations.confidentiality.base import LevelledItem
from party.operations.confidentiality.permissions import READER
from party.operations.documents.content import IncomingDocument
from party.operations.documents.content import OutgoingDocument
from party.operations.documents.content import Register
from party.operations.organization.content import Shelf
from party.operations.organization.content import Unit


RECORDS = [LevelledItem, LevelledContainer, IncomingDocument, OutgoingDocument, Shelf]
PLACES = [Unit, Register]
LOOKING = {"View", "Access contents information", "plone.restapi: Use REST API", "party.operations: Use"}


def given(cls: type, permissions: set[str], portal: PloneSite) -> dict[str, Any]:
    obj = cls("x").__of__(portal)
    roles = {each: rolesForPermissionOn(each, obj) for each in permissions}
    return {each: tuple(found) for each, found in roles.items() if found}


@pytest.fixture
def known(portal: PloneSite) -> set[str]:
    found = {each[0] for each in getPermissions()}
    assert len(found) > 150
    return found


@pytest.mark.parametrize("cls", RECORDS, ids=lambda cls: cls.__name__)
def test_a_record_is_for_its_readers_and_for_looking_only(cls: type, portal: PloneSite, known: set[str]) -> None:
    assert given(cls, known, portal) == dict.fromkeys(LOOKING, (READER,))


@pytest.mark.parametrize("cls", PLACES, ids=lambda cls: cls.__name__)
def test_a_place_is_seen_by_everybody_and_changed_by_operations(cls: type, portal: PloneSite, known: set[str]) -> None:
    of_the_site = {"party.operations: Manage organisation"}
    assert given(cls, known - of_the_site, portal) == dict.fromkeys(LOOKING, ("Authenticated",))


@pytest.mark.parametrize("cls", RECORDS, ids=lambda cls: cls.__name__)
def test_a_permission_that_is_registered_later_is_nobodys_too(cls: type, portal: PloneSite) -> None:
    addPermission("Tests: something new", ("Manager", "Owner", "Anonymous"))
    assert given(cls, {"Tests: something new", "Tests: never heard of"}, portal) == {}


@pytest.mark.parametrize("cls", RECORDS, ids=lambda cls: cls.__name__)
def test_what_is_stored_on_a_record_opens_nothing(cls: type, portal: PloneSite) -> None:
    obj = cls("x").__of__(portal)
    with pytest.raises(AttributeError):
        obj.manage_permission("View", ["Manager"], 1)
    # as an import or a hand at the database would
    vars(obj.aq_base)[getPermissionIdentifier("View")] = ("Anonymous",)
    vars(obj.aq_base)[getPermissionIdentifier("Delete objects")] = ("Manager",)
    assert rolesForPermissionOn("View", obj) == (READER,)
    assert tuple(rolesForPermissionOn("Delete objects", obj)) == ()


@pytest.mark.parametrize("cls", RECORDS, ids=lambda cls: cls.__name__)
def test_other_attributes_are_looked_up_as_ever(cls: type) -> None:
    with pytest.raises(AttributeError):
        cls("x").no_such_thing  # noqa: B018
    assert not hasattr(cls("x"), "_no_such_thing")


@pytest.mark.parametrize("permission", FORBIDDEN)
def test_what_goes_past_all_checks_is_given_to_no_role(permission: str, portal: PloneSite, known: set[str]) -> None:
    assert permission in known
    assert tuple(rolesForPermissionOn(permission, portal)) == ()


def test_every_permission_of_ours_is_said_by_the_profile(portal: PloneSite, known: set[str]) -> None:
    ours = [each for each in known if each.startswith("party.operations:")]
    assert ours
    for each in ours:
        # without an entry the permission would be acquired from above the site, where Manager has it
        assert isinstance(getattr(portal, getPermissionIdentifier(each)), tuple), each


def test_an_owner_has_nothing(portal: PloneSite, office: Any, be: Callable[[str], Any], document: Any) -> None:
    person = office.people["vanthu.xa"]
    document.manage_setLocalRoles(person, ["Owner", "Manager", "Reader", "Editor"])
    user = portal.acl_users.getUserById(person)
    assert not [each[0] for each in getPermissions() if user.has_permission(each[0], document)]


@pytest.fixture
def document(office: Any, be: Callable[[str], Any], pdf: Callable[..., Any]) -> Any:
    from party.operations.documents import operations
    from tests.plone.documents.conftest import LETTER

    with be("vanthu"):
        return operations.register_incoming(office.units["tinh"], [pdf()], **LETTER)
