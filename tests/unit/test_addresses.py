"""Which verbs and addresses are for the outside."""

import pytest

from party.operations.addresses import is_open
from party.operations.addresses import names_are_open


@pytest.mark.parametrize(
    "path",
    [
        "/manage",
        "/manage_main",
        "/a/@@manage_main",
        "/a/@@manage-portlets",
        "/++view++manage_main/b",
        "/VirtualHostRoot/a",
        "/VirtualHostBase/http/x:80/party/VirtualHostRoot",
        "/_vh_a/b",
        "/virtual_hosting",
        "/++etc++site",
        "/++attribute++title",
        "/++acquire++title",
        "/acl_users",
        "/acl_users/source_users",
        "/acl_users/credentials_cookie_auth",
        "/Control_Panel/DavLocks/manage_findLocks",
        "/error_log",
        "/portal_catalog",
        "/a/portal_workflow/b",
        "/a/PROPFIND",
        "/a/OPTIONS",
        "/a/PUT",
        "/a/@@GET_application_json_",
        "/a/GET_application_json_@history",
        "/a/++view++POST_application_json_@login",
        "/a/edit/++widget++IDublinCore.title/@@ploneform-render-widget",
        "/a/@@ploneform-render-widget",
        "/a/++widget++title/@@getSource",
        "/a/@@title",
        "/a/@@plone_context_state/object_title",
        "/a/@@breadcrumbs_view/breadcrumbs",
        "/@@export_content",
        "/import_content",
    ],
)
def test_what_shows_the_inside_is_closed(path: str) -> None:
    assert not names_are_open(path)
    assert not is_open("GET", path, "text/html")


@pytest.mark.parametrize(
    "path",
    [
        "",
        "/",
        "/managers",
        "/a/quan-ly",
        "/d/0123456789abcdef0123456789abcdef/@@transfer",
        "/u/0123456789abcdef0123456789abcdef",
        "/@@registers",
        "/@documents/1/files/2",
        "/@units/A40.01",
        "/++api++/@units/A40",
        "/++plone++party.operations/party.js",
        "/++theme++barceloneta/css/barceloneta.min.css",
        "/++resource++x",
        "/@@overview-controlpanel",
        "/@@usergroup-userprefs",
        "/login",
        "/acl_users/credentials_cookie_auth/require_login",
        "/favicon.ico",
    ],
)
def test_pages_services_and_their_resources_are_open(path: str) -> None:
    assert is_open("GET", path, "text/html")


@pytest.mark.parametrize(
    "method",
    ["OPTIONS", "TRACE", "CONNECT", "PROPFIND", "PROPPATCH", "MKCOL", "COPY", "MOVE", "LOCK", "UNLOCK", "REPORT", "X"],
)
def test_no_other_verb_than_those_of_pages_and_services_is_known(method: str) -> None:
    assert not is_open(method, "/", "application/json")


@pytest.mark.parametrize("method", ["PATCH", "DELETE"])
def test_only_services_change_by_verbs_of_their_own(method: str) -> None:
    assert is_open(method, "/@units/A40", "application/json")
    assert is_open(method, "/++api++/@units/A40", "*/*")
    assert not is_open(method, "/@units/A40", "text/html")


def test_only_routes_are_put() -> None:
    assert is_open("PUT", "/@units/A40/routes", "application/json")
    assert is_open("PUT", "/++api++/@units/A40/routes", "*/*")
    assert not is_open("PUT", "/@units/A40", "application/json")
    assert not is_open("PUT", "/a/routes", "application/json")
