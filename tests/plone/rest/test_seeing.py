"""Nobody learns over REST of what he may not read, and reading changes nothing."""

from typing import Any

import pytest
import sqlalchemy as sa

from party.operations.documents.services.documents.post import VERBS
from party.operations.ledger import engine
from party.operations.rest.openapi.get import registered
from tests.office import Office
from tests.plone.rest.conftest import Client
from tests.plone.rest.conftest import in_body


@pytest.fixture
def issued(client: Client, functional_office: Office) -> str:
    """The address of a document that the board drafted, reviewed and issued to a commune."""
    officer, board, registry = client("chuyenvien.tc"), client("lanhdao.tc"), client("vanthu.tc")
    leader = {"person": functional_office.people["lanhdao.tc"]}
    draft = {
        "unit": "A40.01",
        "title": "V/v kiện toàn tổ chức",
        "type": "party.cong-van",
        "recipients": [{"unit": "A40.30"}],
        "files": [in_body("Bản 1.pdf")],
    }
    address = "/@documents/" + officer.post("/@outgoing", json=draft).json()["uid"]
    officer.post(f"{address}/version", json={"files": [in_body("Bản 2.pdf")]})
    officer.post(f"{address}/submit", json={"reviewers": [leader]})
    board.post(f"{address}/comment", json={"text": "Xem lại mục 3."})
    board.post(f"{address}/approve", json={})
    board.post(f"{address}/sign", json={"signer": leader["person"]})
    assert registry.post(f"{address}/issue", json={}).json()["state"] == "issued"
    return address


@pytest.mark.parametrize("login", ["vanthu.xa", "chuyenvien", "quantri", "vanthu.tg"])
def test_what_one_may_not_read_is_not_there(client: Client, letter: dict[str, Any], login: str) -> None:
    address = "/@documents/" + client("vanthu").post("/@incoming", json=letter).json()["uid"]
    stranger, nowhere = client(login), "/@documents/" + "0" * 32
    for rest in ("", "/history", "/deliveries", "/files/" + "0" * 16):
        assert _told(stranger.get(address + rest)) == _told(stranger.get(nowhere + rest)), rest
    for verb in VERBS:
        body = {"revision": 1, "reason": "Thử xem sao", "text": "…", "recipients": [{"unit": "A40"}]}
        shape = VERBS[verb][2]["properties"]
        body = {name: value for name, value in body.items() if name in shape or name == "revision"}
        told = _told(stranger.post(f"{address}/{verb}", json=body))
        assert told == _told(stranger.post(f"{nowhere}/{verb}", json=body)), verb
    assert stranger.get("/@incoming", params={"unit": "A40"}).json()["items"] == []


def test_the_address_of_the_object_gives_the_same_facts_and_hides_as_well(
    client: Client, letter: dict[str, Any], functional_office: Office, functional_portal: Any
) -> None:
    clerk = client("vanthu")
    document = clerk.post("/@incoming", json=letter).json()
    path = _path_of(document["uid"])
    assert clerk.get(path).json() == clerk.get(document["@id"]).json()
    unit = clerk.get("/@units/A40").json()
    assert clerk.get(unit["path"]).json() == unit
    stranger = client("vanthu.xa")
    hidden = stranger.get(path)
    assert hidden.status_code == 404
    assert hidden.json() == stranger.get(path[:-16] + "0" * 16).json()
    for method in ("DELETE", "PATCH", "POST", "PUT"):
        assert stranger.request(method, path, json={}).json() == hidden.json(), method
    assert client("").get(path).status_code == 401


def test_a_receiver_reads_the_frozen_version_and_not_how_it_came_about(client: Client, issued: str) -> None:
    registry, receiver = client("vanthu.tc"), client("vanthu.xa")
    inside, outside = registry.get(issued).json(), receiver.get(issued).json()
    assert [each["filename"] for each in outside["files"]] == ["Bản 2.pdf"]
    assert {"versions", "reviews", "comments", "slips", "deliveries", "drafter"} & set(outside) == set()
    assert len(inside["versions"]) == 2
    assert inside["comments"][0]["text"] == "Xem lại mục 3."
    first = inside["versions"][0]["files"][0]["@id"]
    assert registry.get(first).status_code == 200
    assert receiver.get(first).status_code == 404
    assert receiver.get(outside["files"][0]["@id"]).status_code == 200
    assert receiver.get(f"{issued}/history").status_code == 404
    assert receiver.get(f"{issued}/deliveries").status_code == 404


@pytest.mark.parametrize("verb", ["accept", "refuse", "paper", "escalate"])
def test_a_delivery_to_others_is_not_there(client: Client, issued: str, verb: str) -> None:
    body = {"reason": "Không phải của mình"} if verb in ("refuse", "paper") else {}
    (delivery,) = client("vanthu.xa").get("/@deliveries").json()["items"]
    stranger = client("vanthu.tg")
    told = _told(stranger.post(f"/@deliveries/{delivery['delivery']}/{verb}", json=body))
    assert told[0] == 404
    # who knows of it and may not do it is told why
    sender = client("vanthu.tc").post(f"/@deliveries/{delivery['delivery']}/accept", json={})
    assert (sender.status_code, sender.json()["error"]["type"]) == (403, "NotAllowed")


def test_every_get_leaves_database_and_ledger_as_they_are(
    client: Client, letter: dict[str, Any], issued: str, functional_portal: Any
) -> None:
    clerk = client("vanthu")
    document = clerk.post("/@incoming", json=letter).json()
    file = clerk.get(document["@id"]).json()["files"][0]["id"]
    person = clerk.get("/@people/me").json()["id"]
    parts = {"{uid}": document["uid"], "{file}": file, "{unit}": "A40.30", "{person}": person, "{tray}": "to_pass_on"}
    asked = {"unit": "A40", "q": "van ban", "figure": "incoming"}
    before = _state(functional_portal)
    reads = [(noun, endpoint) for method, noun, endpoint in registered() if method == "GET"]
    assert len(reads) > 15
    for noun, endpoint in reads:
        path = "/".join(parts.get(each, each) for each in ["", noun, *endpoint.path.split("/")]).rstrip("/")
        required = {name: asked[name] for name in endpoint.query.get("required", ())}
        for login in ("vanthu", "lanhdao"):
            assert client(login).get(path, params=required).status_code in (200, 403, 404), path
    for path in (_path_of(document["uid"]), "/ban-chap-hanh-trung-uong-dang"):
        assert clerk.get(path).status_code == 200
    assert _state(functional_portal) == before


def _told(answer: Any) -> tuple[int, Any]:
    return answer.status_code, answer.json()


def _path_of(uid: str) -> str:
    with engine.database().reader.connect() as connection:
        path = connection.execute(sa.text("select path from items where uid = :uid"), {"uid": uid}).scalar_one()
    return path.removeprefix("/plone")


def _state(portal: Any) -> tuple[Any, ...]:
    """The last transaction of the object database, and everything in the ledger."""
    with engine.database().reader.connect() as connection:
        tables = sa.inspect(connection).get_table_names()
        rows = [
            connection.execute(sa.text(f"select * from {table} order by 1, 2")).fetchall() for table in sorted(tables)
        ]
    return portal._p_jar.db().lastTransaction(), rows
