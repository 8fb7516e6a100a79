"""The default profile makes a classic site ours."""

from plone.restapi.permissions import UseRESTAPI
from Products.CMFPlone.Portal import PloneSite

from party.operations.interfaces import IPartyLayer


def test_the_browser_layer_is_registered(browser_layers: list[object]) -> None:
    assert IPartyLayer in browser_layers


def test_anonymous_may_not_use_the_rest_api(portal: PloneSite) -> None:
    roles = [role["name"] for role in portal.rolesOfPermission(UseRESTAPI) if role["selected"]]
    assert sorted(roles) == ["Authenticated", "Manager", "Site Administrator"]
