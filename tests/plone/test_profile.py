"""The default profile makes a classic site ours."""

import pytest
from plone.portlets.interfaces import IPortletAssignmentMapping
from plone.portlets.interfaces import IPortletManager
from plone.registry.interfaces import IRegistry
from plone.restapi.permissions import UseRESTAPI
from Products.CMFPlone.Portal import PloneSite
from zope.component import getMultiAdapter
from zope.component import getUtility

from party.operations.interfaces import IPartyLayer


def test_the_browser_layer_is_registered(browser_layers: list[object]) -> None:
    assert IPartyLayer in browser_layers


def test_anonymous_may_not_use_the_rest_api(portal: PloneSite) -> None:
    roles = [role["name"] for role in portal.rolesOfPermission(UseRESTAPI) if role["selected"]]
    assert sorted(roles) == ["Authenticated", "Manager", "Site Administrator"]


@pytest.mark.parametrize("column", ["plone.leftcolumn", "plone.rightcolumn"])
def test_the_columns_are_empty(portal: PloneSite, column: str) -> None:
    manager = getUtility(IPortletManager, name=column)
    assert not list(getMultiAdapter((portal, manager), IPortletAssignmentMapping))


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("plone.site_title", "Hệ thống thông tin điều hành tác nghiệp"),
        ("plone.navigation_depth", 1),
        ("plone.enable_self_reg", False),
        ("plone.use_email_as_login", False),
        ("plone.use_uuid_as_userid", True),
        ("plone.base.interfaces.syndication.ISiteSyndicationSettings.allowed", False),
        ("Products.CMFPlone.i18nl10n.override_dateformat.date_format_short", "%d/%m/%Y"),
    ],
)
def test_a_setting_is_as_an_office_needs_it(portal: PloneSite, name: str, value: object) -> None:
    assert getUtility(IRegistry)[name] == value


def test_dates_are_written_as_in_vietnam(portal: PloneSite) -> None:
    assert portal.toLocalizedTime("2026-03-09 14:05", long_format=True) == "09/03/2026 14:05"


def test_the_site_has_a_creator_so_that_reading_it_writes_nothing(portal: PloneSite) -> None:
    assert portal.creators
