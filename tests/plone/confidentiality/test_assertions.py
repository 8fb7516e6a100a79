"""What keeps a process from serving classified content is found, and keeps it from doing so."""

import logging
import os
import tempfile
from collections.abc import Iterator
from typing import Any

import pytest
from AccessControl import users
from OFS.SimpleItem import SimpleItem
from Products.CMFPlone.Portal import PloneSite
from Products.Five import BrowserView
from zope.component import getGlobalSiteManager
from zope.interface import Interface
from zope.publisher.interfaces.browser import IDefaultBrowserLayer

from party.operations.confidentiality import assertions
from party.operations.confidentiality import levels


@pytest.fixture(autouse=True)
def _anew(portal: PloneSite) -> Iterator[None]:
    assertions.forget()
    yield
    assertions.forget()


def failure() -> str:
    """The one thing that does not hold; nothing classified is served then."""
    assertions.forget()
    (found,) = assertions.failures()
    assert levels.cap("wan") == levels.NORMAL
    return found


def test_the_site_of_the_tests_may_serve_classified_content(office: Any) -> None:
    assert assertions.failures() == ()
    assert levels.cap("wan") == levels.TOP_SECRET
    assert levels.cap("internet") == levels.NORMAL


def test_another_user_factory_before_ours(portal: PloneSite) -> None:
    plugins = portal.acl_users.plugins
    interface = assertions.IUserFactoryPlugin
    while plugins.listPluginIds(interface)[0] == assertions.FACTORY:
        plugins.movePluginsDown(interface, [assertions.FACTORY])
    assert "user factory" in failure()


def test_a_cache_manager_at_the_users(portal: PloneSite) -> None:
    portal.acl_users.ZCacheable_setManagerId("RAMCache")
    assert "cache manager" in failure()


def test_an_error_log_in_the_site(portal: PloneSite) -> None:
    assert "error_log" not in portal.objectIds()
    log = SimpleItem()
    log.id = "error_log"
    portal._setObject("error_log", log)
    assert "error_log" in failure()


@pytest.mark.parametrize("permission", assertions.FORBIDDEN)
def test_a_forbidden_permission_that_somebody_has(permission: str, portal: PloneSite) -> None:
    portal.manage_permission(permission, ["Manager"], 0)
    assert permission in failure()


def test_a_forbidden_permission_that_comes_from_above(portal: PloneSite) -> None:
    portal.manage_permission("Undo changes", [], 1)
    assert "Undo changes" in failure()


def test_an_emergency_user(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(assertions, "emergency_user", users.UnrestrictedUser("root", "x", ("manage",), []))
    assert "emergency user" in failure()


@pytest.mark.parametrize("zone", ["WAN", "elsewhere", ""])
def test_a_zone_that_is_none(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARTY_ZONE", zone)
    assert "zone" in failure()
    assert levels.zone() == "internet"


def test_files_that_others_may_read() -> None:
    before = os.umask(0o022)
    try:
        assert "umask" in failure()
    finally:
        os.umask(before)


def test_temporary_files_on_a_disk(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/proc")
    assert "memory" in failure()


def test_a_public_view_that_nobody_has_looked_at() -> None:
    class Shown(BrowserView):
        __roles__ = None

    registry = getGlobalSiteManager()
    registry.registerAdapter(Shown, (Interface, IDefaultBrowserLayer), Interface, "shown-to-all")
    try:
        assert "zope.interface.Interface shown-to-all" in failure()
    finally:
        registry.unregisterAdapter(Shown, (Interface, IDefaultBrowserLayer), Interface, "shown-to-all")


def test_the_log_names_it_at_the_start(monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        assertions.report(None)
        assert caplog.messages == []
        monkeypatch.setenv("PARTY_ZONE", "elsewhere")
        assertions.report(None)
    assert caplog.messages == ["Nothing classified is served: PARTY_ZONE names no zone."]
