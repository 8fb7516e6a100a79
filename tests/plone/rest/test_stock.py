"""What plone.restapi and collective.exportimport offer to change stops at our types, also for the site's manager."""

import json
from typing import Any

import pytest
from plone.app.testing import SITE_OWNER_NAME
from plone.app.testing import SITE_OWNER_PASSWORD

from tests.plone.rest.conftest import Client
from tests.plone.rest.test_seeing import _path_of
from tests.plone.rest.test_seeing import _state


UNIT = "/ban-chap-hanh-trung-uong-dang/tinh-uy-lam-son"


@pytest.fixture(params=["vanthu", "quantri", "manager"])
def somebody(request: pytest.FixtureRequest, client: Client) -> Any:
    """People who would like to go past the operations; the manager is the site's own."""
    session = client("" if request.param == "manager" else request.param)
    if request.param == "manager":
        session.auth = (SITE_OWNER_NAME, SITE_OWNER_PASSWORD)
    return session


@pytest.mark.parametrize(
    ("method", "where", "body"),
    [
        ("PATCH", "{document}", {"title": "Khác"}),
        ("PATCH", "{unit}", {"title": "Khác"}),
        ("PATCH", "{register}", {"title": "Khác"}),
        ("DELETE", "{document}", None),
        ("DELETE", "{unit}", None),
        ("DELETE", "{register}", None),
        ("POST", "{unit}", {"@type": "Document", "title": "Trang"}),
        ("POST", "{unit}", {"@type": "IncomingDocument", "title": "Văn bản"}),
        ("POST", "{unit}/van-ban", {"@type": "IncomingDocument", "title": "Văn bản"}),
        ("POST", "", {"@type": "Unit", "title": "Đơn vị"}),
        ("POST", "", {"@type": "IncomingDocument", "title": "Văn bản"}),
        ("POST", "/@move", {"source": "{document}"}),
        ("POST", "/@copy", {"source": "{document}"}),
        ("POST", "/@move", {"source": "{unit}"}),
        (
            "POST",
            "{unit}/@sharing",
            {"entries": [{"id": "AuthenticatedUsers", "roles": {"Editor": True}, "type": "group"}]},
        ),
        ("POST", "{document}/@sharing", {"entries": []}),
        ("POST", "{document}/@workflow/publish", {}),
        ("POST", "{document}/@lock", {}),
        ("PATCH", "{unit}", {"ordering": {"obj_id": "van-ban", "delta": "top"}}),
    ],
)
def test_stock_changes_are_refused(
    client: Client,
    somebody: Any,
    letter: dict[str, Any],
    functional_portal: Any,
    method: str,
    where: str,
    body: dict[str, Any] | None,
) -> None:
    document = _path_of(client("vanthu").post("/@incoming", json=letter).json()["uid"])
    names = {"{document}": document, "{unit}": UNIT, "{register}": f"{UNIT}/so-van-ban-den"}
    address, content = where, json.dumps(body)
    for name, path in names.items():
        address, content = address.replace(name, path), content.replace(name, path)
    before = _state(functional_portal)
    answer = somebody.request(method, address, data=content, headers={"Content-Type": "application/json"})
    assert 400 <= answer.status_code < 500 or answer.json() == [], answer.text
    assert _state(functional_portal) == before


@pytest.mark.parametrize("existing", [1, 2])
def test_a_stock_import_changes_none_of_our_records(
    client: Client, letter: dict[str, Any], functional_portal: Any, existing: int
) -> None:
    uid = client("vanthu").post("/@incoming", json=letter).json()["uid"]
    path = _path_of(uid)
    manager = client("")
    manager.auth = (SITE_OWNER_NAME, SITE_OWNER_PASSWORD)
    folder, name = path.rsplit("/", 1)
    item = {
        "@id": f"http://localhost{path}",
        "@type": "IncomingDocument",
        "id": name,
        "UID": uid,
        "title": "Khác",
        "parent": {"@id": f"http://localhost{folder}", "@type": "Shelf", "title": ""},
    }
    before = _state(functional_portal)
    manager.post(
        "/@@import_content",
        data={"form.submitted": "1", "handle_existing_content": str(existing)},
        files={"jsonfile": ("items.json", json.dumps([item]))},
        headers={"Accept": "text/html"},
    )
    assert _state(functional_portal)[1] == before[1]
    assert client("vanthu").get(path).json()["title"] == letter["title"]


def test_a_stock_export_shows_the_manager_none_of_our_records(client: Client, letter: dict[str, Any]) -> None:
    assert client("vanthu").post("/@incoming", json=letter).status_code == 201
    manager = client("")
    manager.auth = (SITE_OWNER_NAME, SITE_OWNER_PASSWORD)
    answer = manager.post(
        "/@@export_content",
        data={"form.submitted": "1", "portal_type": "IncomingDocument", "include_blobs": "1"},
        headers={"Accept": "text/html"},
    )
    assert letter["title"] not in answer.text
    assert letter["number_symbol"] not in answer.text
