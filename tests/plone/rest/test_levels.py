"""The level of documents over HTTP: proposed, decided, raised, lowered, found; refused where it must be."""

from typing import Any

import pytest
import sqlalchemy as sa

from party.operations.ledger import turn
from party.operations.ledger.tables import items
from tests.clearances import clear
from tests.office import Office
from tests.plone.conftest import A_PDF
from tests.plone.rest.conftest import Client
from tests.plone.rest.examples import Examples


BASIS = "Danh mục bí mật nhà nước của Đảng, Điều 2"


@pytest.fixture
def cleared(committing_office: Office) -> Office:
    """Those of the province who work with secrets."""
    import transaction

    for login in ("vanthu", "lanhdao", "chuyenvien"):
        clear(committing_office, login, "secret")
    transaction.commit()
    return committing_office


def draft(**more: Any) -> dict[str, Any]:
    return {"unit": "A40", "title": "V/v việc mật", "type": "party.cong-van", **more}


def test_the_level_goes_its_way(cleared: Office, client: Client, examples: Examples, letter: dict[str, Any]) -> None:
    clerk, leader, other = client("vanthu"), client("lanhdao"), client("chanhvp")
    answer = clerk.post("/@incoming", json={**letter, "level": "Mật", "basis": BASIS})
    assert answer.status_code == 201, answer.text
    examples("level-incoming", answer)
    uid = answer.json()["uid"]
    assert other.get(f"/@documents/{uid}").status_code == 404

    facts = clerk.get(f"/@documents/{uid}").json()
    assert (facts["level"], facts["classification"]["decided_by"]) == ("secret", "")
    body = {"level": "secret", "basis": BASIS, "copying": False, "protected_until": "2027-06-01"}
    answer = leader.post(f"/@documents/{uid}/decide-level", json=body)
    assert answer.status_code == 200, answer.text
    examples("level-decide", answer)
    answer = leader.get("/@documents/expiring")
    assert [(each["uid"], each["protected_until"]) for each in answer.json()["items"]] == [(uid, "2027-06-01")]
    examples("level-expiring", answer)
    assert other.get("/@documents/expiring").json()["items"] == []

    body = {"level": "normal", "reason": "Đã công bố", "basis": BASIS}
    answer = clerk.post(f"/@documents/{uid}/propose-lower", json=body)
    assert answer.status_code == 200, answer.text
    examples("level-propose", answer)
    assert leader.get(f"/@documents/{uid}").json()["classification"]["lowering"]["reason"] == "Đã công bố"
    assert clerk.post(f"/@documents/{uid}/confirm-lower", json={}).status_code == 403
    assert leader.post(f"/@documents/{uid}/confirm-lower", json={"agree": False}).status_code == 400
    answer = leader.post(f"/@documents/{uid}/confirm-lower", json={"agree": True})
    assert answer.status_code == 200, answer.text
    examples("level-confirm", answer)
    shown = other.get(f"/@documents/{uid}").json()
    assert (shown["level"], shown["classification"]) == ("normal", None)
    assert other.get(f"/@documents/{uid}/files/{shown['files'][0]['id']}").content == A_PDF

    answer = clerk.post(f"/@documents/{uid}/raise-level", json={"level": "C", "reason": "Vẫn còn mật"})
    assert answer.status_code == 200, answer.text
    examples("level-raise", answer)
    assert other.get(f"/@documents/{uid}").status_code == 404


@pytest.mark.parametrize("level", ["Tuyệt mật", "TUYET MAT", "tuyet-mat", "A", "ultra-secret"])
def test_tuyet_mat_is_refused_and_nothing_is_kept(cleared: Office, client: Client, letter: Any, level: str) -> None:
    before = turn.scalar(sa.select(sa.func.count()).select_from(items))
    asked = (
        client("vanthu").post("/@incoming", json={**letter, "level": level}),
        client("vanthu").post("/@incoming/receive", json={**letter, "level": level}),
        client("chuyenvien").post("/@outgoing", json={**draft(level=level), "unit": cleared.units["tonghop"]}),
    )
    for answer in asked:
        assert answer.status_code == 400
        assert "Tuyệt mật are not handled" in answer.json()["error"]["message"]
    assert turn.scalar(sa.select(sa.func.count()).select_from(items)) == before


def test_without_clearance_nothing_classified_is_made(cleared: Office, client: Client, letter: Any) -> None:
    answer = client("chanhvp").post("/@incoming", json={**letter, "level": "secret"})
    assert answer.status_code == 403
    assert "no clearance" in answer.json()["error"]["message"]


def test_a_secret_found_in_the_internet_zone_is_gone_at_once(
    cleared: Office, client: Client, letter: Any, monkeypatch: pytest.MonkeyPatch, examples: Examples
) -> None:
    clerk = client("vanthu")
    uid = clerk.post("/@incoming", json=letter).json()["uid"]
    secret = clerk.post("/@incoming", json={**letter, "level": "secret", "confirm": True}).json()["uid"]
    monkeypatch.setenv("PARTY_ZONE", "internet")
    file = clerk.get(f"/@documents/{uid}").json()["files"][0]["@id"]
    assert clerk.get(f"/@documents/{secret}").status_code == 404
    for more in ({"level": "secret"}, {"level": "tối mật"}):
        answer = clerk.post("/@incoming", json={**letter, "confirm": True, **more})
        assert answer.status_code == 403
        assert "Nothing was saved" in answer.json()["error"]["message"]
    assert clerk.post(f"/@documents/{uid}/raise-level", json={"level": "C", "reason": "Mật"}).status_code == 403
    assert clerk.post("/@outgoing", json=draft(replies_to=secret)).status_code == 404
    answer = clerk.post(f"/@documents/{uid}/withdraw-found", json={"reason": "Có nội dung bí mật"})
    assert answer.status_code == 200, answer.text
    examples("level-found", answer)
    for login in ("vanthu", "lanhdao", "chanhvp"):
        asks = client(login)
        assert asks.get(f"/@documents/{uid}").status_code == 404
        assert asks.get(file.replace(file.split("/@documents")[0], asks.site)).status_code == 404
        assert asks.get("/@incoming?unit=A40").json()["items"] == []
        assert all(each["count"] == 0 for each in asks.get("/@desk").json()["trays"])
