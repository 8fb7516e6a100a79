"""What a person may not see is not there: no address, verb or account tells it from a page that is missing."""

import re
from io import BytesIO
from typing import Any

import pytest
import sqlalchemy as sa
import transaction
from plone.app.testing import setRoles
from plone.app.testing import SITE_OWNER_NAME
from plone.app.testing import SITE_OWNER_PASSWORD
from plone.app.testing import TEST_USER_ID
from plone.app.testing import TEST_USER_NAME
from plone.app.testing import TEST_USER_PASSWORD

from party.operations.confidentiality import actor
from party.operations.confidentiality import gate
from party.operations.confidentiality.base import LevelledContainer
from party.operations.confidentiality.base import LevelledItem
from party.operations.confidentiality.gate import CLASSIFIED
from party.operations.documents import operations
from party.operations.documents.files import stage
from party.operations.ledger import engine
from tests.office import Office
from tests.office import PASSWORD
from tests.plone.confidentiality.conftest import Door
from tests.plone.conftest import A_PDF
from tests.plone.documents.conftest import LETTER


NOWHERE = "f" * 16
HTML = {"Accept": "text/html"}
JSON = {"Accept": "application/json"}

#: nobody, a person without relation, the site's Manager, the administrator of the whole server
ATTACKERS = {
    "nobody": None,
    "stranger": ("vanthu.xa", PASSWORD),
    "manager": (TEST_USER_NAME, TEST_USER_PASSWORD),
    "root": (SITE_OWNER_NAME, SITE_OWNER_PASSWORD),
}

BELOW = (
    "",
    "/",
    "/view",
    "/@@view",
    "/@@title",
    "/title",
    "/Title",
    "/getId",
    "/absolute_url",
    "/creation_date",
    "/edit",
    "/edit/++widget++IDublinCore.title/@@ploneform-render-widget",
    "/edit/++widget++form.widgets.title",
    "/++view++view",
    "/++attribute++title",
    "/++acquire++title",
    "/++api++",
    "/@@GET_application_json_",
    "/GET_application_json_@history",
    "/@history",
    "/@workflow",
    "/@sharing",
    "/@comments",
    "/@lock",
    "/@types",
    "/@breadcrumbs",
    "/@actions",
    "/@copy",
    "/PROPFIND",
    "/OPTIONS",
    "/manage_main",
    "/manage_exportObject?download:int=1",
    "/@@uuid",
    "/@@main_template",
    "/@@sitemap",
    "/@@plone_context_state/object_title",
    "/@@breadcrumbs_view/breadcrumbs",
    "/@@plone_interface_info/get_interfaces",
    "/@@images/image",
    "/@@download/file",
    "/@@file/abc",
    "/@@folder_contents",
    "/@@historyview",
    "/@@sendto_form",
    "/+/title",
    "/plone_utils",
    "/portal_workflow",
    "/portal_catalog/plone_lexicon",
    "/acl_users",
    "/absolutely/nothing",
    "/@@contact-info",
    "/index_html",
    "/document_src",
)


@pytest.fixture
def uid(functional_portal: Any, committing_office: Office) -> str:
    """A document that only one clerk's office reads."""
    with actor.acting_as(committing_office.people["vanthu"]):
        made = operations.register_incoming(
            committing_office.units["tinh"], [stage(BytesIO(A_PDF), "Công văn.pdf")], **LETTER
        ).UID()
    setRoles(functional_portal, TEST_USER_ID, ["Manager", "Site Administrator", "Owner"])
    transaction.commit()
    return made


@pytest.fixture
def secret(uid: str) -> str:
    """Its path."""
    with engine.database().reader.connect() as connection:
        path = connection.execute(sa.text("select path from items where uid = :uid"), {"uid": uid}).scalar_one()
    return path.removeprefix("/plone")


def told(answer: Any, path: str) -> tuple[Any, ...]:
    """All that an answer says, but for the address itself, tokens and the time."""
    text = answer.text.replace(path, "…")
    text = re.sub(r'(name="_authenticator" value=")\w+', r"\1", text)
    headers = {name: value.replace(path, "…") for name, value in answer.headers.items() if name != "Date"}
    headers.pop("Content-Length", None)
    return answer.status_code, headers, text


@pytest.mark.parametrize("who", ATTACKERS)
def test_a_record_is_as_absent_as_a_page_that_is_missing(door: Door, secret: str, who: str) -> None:
    missing = secret[:-16] + NOWHERE
    for below in BELOW:
        for headers in (HTML, JSON):
            found = door.ask(secret + below, headers=headers, auth=ATTACKERS[who])
            wanted = door.ask(missing + below, headers=headers, auth=ATTACKERS[who])
            assert told(found, secret) == told(wanted, missing), (below, headers)
            assert found.status_code in (401, 404), (below, headers)


@pytest.mark.parametrize("method", ["HEAD", "POST", "PATCH", "DELETE", "PUT", "OPTIONS", "PROPFIND"])
@pytest.mark.parametrize("who", ATTACKERS)
def test_no_verb_tells_a_record_from_a_missing_page(door: Door, secret: str, who: str, method: str) -> None:
    missing = secret[:-16] + NOWHERE
    for below in ("", "/view", "/@workflow/publish", "/@@transfer", "/title"):
        for headers in (HTML, JSON):
            options = {"headers": headers, "auth": ATTACKERS[who], "method": method}
            found, wanted = door.ask(secret + below, **options), door.ask(missing + below, **options)
            assert told(found, secret) == told(wanted, missing), (below, headers)


@pytest.mark.parametrize("who", ATTACKERS)
def test_the_stable_address_says_the_same_of_what_is_hidden_missing_or_malformed(
    door: Door, secret: str, uid: str, who: str
) -> None:
    for headers in (HTML, JSON):
        for below in ("", "/@@transfer", "/@@file/abc", "/@history"):
            options = {"headers": headers, "auth": ATTACKERS[who]}
            answers = [
                told(door.ask(f"/d/{name}{below}", **options), name) for name in (uid, "0" * 32, "malformed", "%C4%91")
            ]
            assert answers[0] == answers[1], (headers, below)
            assert answers[0][0] == answers[2][0] == answers[3][0]
            assert answers[0][2] == answers[2][2] == answers[3][2]
            expected = {"nobody": 302 if headers is HTML else 401}.get(who, 404)
            if who != "root":  # who is unknown to the site is asked to log in
                assert answers[0][0] == expected


def test_who_was_granted_goes_through(door: Door, secret: str, uid: str) -> None:
    for path in (secret, f"/d/{uid}", f"/d/{uid}/@@transfer"):
        assert door.ask(path, "vanthu").status_code == 200
    assert door.ask(secret, "vanthu", headers=JSON).json()["uid"] == uid


def test_a_shelf_is_not_there_and_leads_to_what_one_may_see(door: Door, secret: str) -> None:
    shelf, month = secret.rpartition("/")[0], secret.rpartition("/")[0].rpartition("/")[0]
    for login in ("vanthu", "vanthu.xa"):
        for headers in (HTML, JSON):
            for place in (shelf, month):
                for below in ("", "/view", "/@@folder_contents", "/@search", "/objectIds", "/@@title"):
                    assert door.ask(place + below, login, headers=headers).status_code == 404, (place, below)


def test_what_is_not_there_is_drawn_alike_from_everywhere(door: Door, secret: str) -> None:
    unit = secret.split("/van-ban")[0]
    pages = {door.ask(f"{place}/no-such-page", "vanthu").text for place in ("", unit, secret)}
    assert len(pages) == 1


def test_what_says_something_classified_is_marked_for_the_front() -> None:
    class Request:
        environ: dict[str, Any] = {}

    gate.keep_from_caches(Request())
    assert Request.environ[CLASSIFIED] == [True]


@pytest.mark.parametrize("cls", [LevelledItem, LevelledContainer])
def test_the_gate_hides_nothing_of_dexterity(cls: type) -> None:
    # a mixin before Item would put its own ``__providedBy__`` before the one that knows schemas
    assert vars(cls)["__before_publishing_traverse__"].__module__ == gate.__name__
    assert cls._has_gate


def test_without_the_gate_the_difference_would_be_seen(
    door: Door, secret: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(gate, "enter", lambda obj, request: None)
    missing = secret[:-16] + NOWHERE
    found, wanted = (door.ask(path, "vanthu.xa", headers=HTML) for path in (secret, missing))
    assert told(found, secret) != told(wanted, missing)
