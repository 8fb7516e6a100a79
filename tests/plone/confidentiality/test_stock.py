"""What stock Plone offers beside our records is closed, for everybody and over every way."""

import json
from collections.abc import Callable
from typing import Any

import pytest
import transaction
from Acquisition import aq_parent
from OFS.CopySupport import CopyError
from OFS.event import ObjectWillBeMovedEvent
from plone.app.redirector.interfaces import IRedirectionStorage
from plone.app.testing import setRoles
from plone.app.testing import TEST_USER_ID
from plone.app.testing import TEST_USER_NAME
from plone.app.testing import TEST_USER_PASSWORD
from plone.outputfilters.interfaces import IFilter
from plone.restapi.interfaces import IJsonCompatible
from plone.restapi.interfaces import ISerializeToJsonSummary
from z3c.relationfield import RelationValue
from zExceptions import Forbidden
from zope.component import getMultiAdapter
from zope.component import getUtility
from zope.event import notify
from zope.interface import alsoProvides
from zope.intid.interfaces import IIntIds
from zope.lifecycleevent import ObjectCopiedEvent

from party.operations.documents import operations
from party.operations.documents.files import Upload
from party.operations.interfaces import IPartyLayer
from tests.office import PASSWORD
from tests.plone.confidentiality.conftest import Door
from tests.plone.documents.conftest import LETTER


Be = Callable[[str], Any]
MANAGER = (TEST_USER_NAME, TEST_USER_PASSWORD)
JSON = {"Accept": "application/json"}

CLOSED_SERVICES = [
    ("GET", "@relations"),
    ("GET", "@linkintegrity?uids=0"),
    ("GET", "@inherit?expand.inherit.behaviors=plone.basic"),
    ("GET", "@transactions"),
    ("GET", "@history"),
    ("GET", "@database"),
    ("GET", "@aliases"),
    ("GET", "@contextnavigation"),
    ("GET", "@workflow"),
    ("GET", "@sharing"),
    ("GET", "@lock"),
    ("POST", "@relations"),
    ("POST", "@copy"),
    ("POST", "@move"),
    ("POST", "@export"),
    ("POST", "@import"),
    ("POST", "@email-send"),
    ("POST", "@content-rules"),
    ("POST", "@tus-upload"),
    ("PATCH", "@transactions"),
    ("DELETE", "@relations"),
]
CLOSED_PAGES = [
    "@@resolveuid/0",
    "resolveuid/0",
    "@@redirect-to-uuid/0",
    "@@uuid",
    "@@historyview",
    "@@sendto_form",
    "@@contact-info",
    "sitemap.xml.gz",
    "manage_exportObject?id=x&download:int=1",
    "portal_setup/manage_exportAllSteps",
    "portal_catalog/plone_lexicon/queryLexicon?words=a*",
    "error_log",
    "acl_users/source_users",
    "Control_Panel/DavLocks/manage_findLocks",
    "@@export_content",
    "@@GET_application_json_@site",
    "?manage_main:method=x",
    "?portal_catalog:method=x",
    "?form.x:method=manage_main&manage_main:default_method=x",
]


@pytest.fixture
def manager(functional_portal: Any, door: Door) -> tuple[str, str]:
    setRoles(functional_portal, TEST_USER_ID, ["Manager", "Site Administrator", "Owner"])
    transaction.commit()
    return MANAGER


def told(answer: Any) -> tuple[Any, ...]:
    headers = {name: value for name, value in answer.headers.items() if name != "Date"}
    return answer.status_code, headers, answer.text


@pytest.mark.parametrize(("method", "service"), CLOSED_SERVICES)
def test_a_closed_service_is_a_missing_page_also_for_the_manager(
    door: Door, manager: tuple[str, str], method: str, service: str
) -> None:
    found = door.ask(f"/{service}", method=method, headers=JSON, auth=manager, data=None if method == "GET" else "{}")
    assert found.status_code == 404, found.text
    assert told(found) == told(door.ask("/@no-such-service", method=method, headers=JSON, auth=manager))


@pytest.mark.parametrize("page", CLOSED_PAGES)
@pytest.mark.parametrize("who", ["nobody", "manager"])
def test_a_closed_page_is_a_missing_page(door: Door, manager: tuple[str, str], page: str, who: str) -> None:
    auth = manager if who == "manager" else None
    found = door.ask(f"/{page}", auth=auth)
    assert found.status_code == 404
    assert told(found) == told(door.ask("/no-such-page", auth=auth))


@pytest.mark.parametrize(
    "method", ["OPTIONS", "TRACE", "PROPFIND", "REPORT", "LOCK", "MKCOL", "COPY", "PUT", "DELETE", "PATCH", "X"]
)
@pytest.mark.parametrize("path", ["/", "/ban-chap-hanh-trung-uong-dang", "/no-such-page"])
def test_a_verb_that_pages_have_not_is_answered_as_a_missing_page(door: Door, method: str, path: str) -> None:
    found = door.ask(path, "vanthu", method=method)
    assert found.status_code == 404
    assert told(found) == told(door.ask("/no-such-page", "vanthu"))


def test_a_head_sends_no_byte_after_the_headers(door: Door) -> None:
    for path in ("/login", "/no-such-page", "/++plone++party.operations/party.css"):
        answer = door.raw(f"HEAD {path} HTTP/1.1\r\nHost: localhost:{door.port}\r\nConnection: close\r\n\r\n")
        head, end, body = answer.partition(b"\r\n\r\n")
        assert (end, body) == (b"\r\n\r\n", b"")
        length = int(next(each for each in head.lower().split(b"\r\n") if each.startswith(b"content-length:"))[15:])
        assert length == len(door.ask(path).content)


def test_two_requests_on_one_connection_get_two_answers(door: Door) -> None:
    ask = f"HEAD /login HTTP/1.1\r\nHost: localhost:{door.port}\r\n"
    answer = door.raw(f"{ask}\r\n{ask}Connection: close\r\n\r\n")
    assert answer.count(b"HTTP/1.1 200 OK") == 2
    assert b"<html" not in answer


def test_an_xml_rpc_call_calls_nothing(door: Door) -> None:
    call = "<?xml version='1.0'?><methodCall><methodName>Title</methodName><params/></methodCall>"
    answer = door.ask("/", method="POST", data=call, headers={"Content-Type": "text/xml"})
    assert answer.status_code in (400, 404)
    assert "methodResponse" not in answer.text


def test_what_a_client_says_of_its_zone_changes_nothing(door: Door) -> None:
    said = {
        "X-Zone": "wan",
        "X-Forwarded-For": "10.0.0.1",
        "X-Forwarded-Host": "inside.example",
        "X-Real-IP": "10.0.0.1",
        "Forwarded": "for=10.0.0.1;host=inside.example",
    }
    answer = door.ask("/login", headers={"Accept": "text/html", **said})
    assert answer.status_code == 200
    assert "inside.example" not in answer.text


def test_an_error_of_a_service_shows_the_manager_no_traceback(door: Door, manager: tuple[str, str]) -> None:
    for path in ("/@types/NoSuchType", "/@controlpanels/none", "/@users/none", "/@search?sort_on=none"):
        assert "traceback" not in door.ask(path, headers=JSON, auth=manager).text.lower(), path


def test_a_session_begun_here_has_the_name_of_the_zone(door: Door) -> None:
    answer = door.ask(
        "/login", method="POST", data={"__ac_name": "vanthu", "__ac_password": PASSWORD, "buttons.login": "1"}
    )
    assert "__ac_wan" in answer.cookies
    assert "__ac" not in answer.cookies
    value = answer.cookies["__ac_wan"].strip('"')
    mine = door.ask("/@@registers", cookies={"__ac_wan": value})
    assert mine.status_code == 200
    assert door.ask("/@@registers", cookies={"__ac": value.rpartition(".")[0]}).status_code == 302


@pytest.fixture
def document(office: Any, be: Be, pdf: Callable[..., Upload]) -> Any:
    with be("vanthu"):
        return operations.register_incoming(office.units["tinh"], [pdf()], **LETTER)


def test_a_relation_names_its_other_end_only_to_who_may_see_it(document: Any, be: Be) -> None:
    relation = RelationValue(getUtility(IIntIds).register(document))
    with be("vanthu.xa"):
        assert IJsonCompatible(relation, None) is None
    with be("vanthu"):
        assert "title" not in json.dumps(IJsonCompatible(relation))


def test_a_line_of_a_record_says_where_it_is_and_only_to_who_may_see_it(
    document: Any, be: Be, http_request: Any
) -> None:
    with be("vanthu.xa"):
        assert getMultiAdapter((document, http_request), ISerializeToJsonSummary)() == {}
    with be("vanthu"):
        found = getMultiAdapter((document, http_request), ISerializeToJsonSummary)()
        assert set(found) == {"@id", "@type"}


def test_the_places_above_are_those_that_one_may_see(document: Any, be: Be, http_request: Any) -> None:
    alsoProvides(http_request, IPartyLayer)
    crumbs = {}
    for login in ("vanthu", "vanthu.xa"):
        with be(login):
            view = getMultiAdapter((document, http_request), name="breadcrumbs_view")
            crumbs[login] = [each["absolute_url"] for each in view.breadcrumbs()]
    shelf = aq_parent(document).absolute_url()
    assert document.absolute_url() in crumbs["vanthu"]
    assert document.absolute_url() not in crumbs["vanthu.xa"]
    assert shelf not in crumbs["vanthu"] + crumbs["vanthu.xa"]


def test_rich_text_of_others_resolves_no_record_for_nobody(
    portal: Any, document: Any, be: Be, http_request: Any
) -> None:
    alsoProvides(http_request, IPartyLayer)
    rich = (
        f'<p><a href="resolveuid/{document.UID()}">x</a>'
        f'<img class="captioned" src="resolveuid/{document.UID()}/@@images/x" />'
        f'<img class="captioned" src="{"/".join(document.getPhysicalPath()[2:])}" /></p>'
    )
    for login in ("vanthu", "vanthu.xa"):
        with be(login):
            shown = getMultiAdapter((portal, http_request), IFilter, name="resolveuid_and_caption")(rich)
            assert document.absolute_url() not in shown
            assert 'title="' not in shown


def test_a_record_neither_moves_nor_multiplies(document: Any) -> None:
    shelf = aq_parent(document)
    name = document.getId()
    with pytest.raises(CopyError):
        shelf.manage_renameObject(name, "khac")
    with pytest.raises(CopyError):
        shelf.manage_copyObjects([name])
    # nor where somebody goes past the permissions
    with pytest.raises(Forbidden):
        notify(ObjectWillBeMovedEvent(document, shelf, name, shelf, "khac"))
    with pytest.raises(Forbidden):
        notify(ObjectCopiedEvent(document, document))
    assert name in shelf


def test_nothing_of_a_record_is_kept_as_an_old_address(portal: Any, document: Any) -> None:
    assert list(getUtility(IRedirectionStorage)) == []
