"""What a person may not see is not there: no address, verb or account tells it from a page that is missing."""

import re
from typing import Any

import pytest
import sqlalchemy as sa
import transaction
from plone.app.testing import SITE_OWNER_NAME
from plone.app.testing import SITE_OWNER_PASSWORD
from plone.app.testing import TEST_USER_NAME
from plone.app.testing import TEST_USER_PASSWORD

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
def secret(functional_office: Office, functional_portal: Any, committing_office: Office) -> str:
    """The path of a document that only one clerk's office reads."""
    from party.operations.confidentiality import actor

    with actor.acting_as(committing_office.people["vanthu"]):
        made = operations.register_incoming(
            committing_office.units["tinh"], [stage(__import__("io").BytesIO(A_PDF), "a.pdf")], **LETTER
        )
        uid = made.UID()
    functional_portal.portal_catalog  # noqa: B018
    from plone.app.testing import setRoles
    from plone.app.testing import TEST_USER_ID

    setRoles(functional_portal, TEST_USER_ID, ["Manager", "Site Administrator", "Owner"])
    transaction.commit()
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
