"""The main job over REST, as other systems do it; the examples of docs/rest.md are written here."""

from datetime import date
from typing import Any
from urllib.parse import quote

from tests.office import Office
from tests.office import PASSWORD
from tests.plone.conftest import A_PDF
from tests.plone.rest.conftest import Client
from tests.plone.rest.conftest import in_body
from tests.plone.rest.examples import Examples


def test_a_letter_goes_its_way_over_rest(
    client: Client, letter: dict[str, Any], functional_office: Office, examples: Examples
) -> None:
    people, units = functional_office.people, functional_office.units
    clerk, leader, board = client("vanthu"), client("lanhdao"), client("lanhdao.tc")
    officer, registry, commune = client("chuyenvien.tc"), client("vanthu.tc"), client("vanthu.xa")

    # it arrives
    answer = clerk.post("/@incoming", json={**letter, "externalIdentifier": "axis-2026-0001"})
    examples("incoming-register", answer)
    assert answer.status_code == 201
    document = f"/@documents/{answer.json()['uid']}"
    answer = clerk.post("/@incoming", json={**letter, "externalIdentifier": "axis-2026-0001"})
    examples("incoming-register-again", answer)
    assert (answer.status_code, answer.json()["arrival_number"]) == (200, 1)
    answer = clerk.post("/@incoming", json=letter)
    examples("incoming-duplicate", answer)
    assert (answer.status_code, answer.json()["error"]["type"]) == (409, "DuplicateWarning")
    answer = clerk.get("/@incoming", params={"unit": "A40", "period": "2026", "q": "nhiem vu"})
    examples("incoming-list", answer)
    assert [each["arrival_number"] for each in answer.json()["items"]] == [1]

    # it is passed on
    answer = clerk.get(document)
    examples("document", answer)
    assert answer.headers["ETag"] == '"2"'
    to = [{"person": people["lanhdao"]}]
    answer = clerk.post(f"{document}/transfer", json={"recipients": to, "revision": 2})
    examples("document-transfer", answer)
    assert answer.status_code == 200
    (slip,) = answer.json()["slips"]
    answer = clerk.post(f"{document}/transfer", json={"recipients": to, "revision": 2})
    examples("document-changed", answer)
    assert (answer.status_code, answer.json()["error"]["revision"]) == (409, 3)
    examples("desk", leader.get("/@desk"))
    answer = leader.get("/@desk/to_direct")
    examples("desk-tray", answer)
    assert [each["slip"] for each in answer.json()["items"]] == [slip]
    examples("slip-read", leader.post(f"/@slips/{slip}/read"))
    to = [{"unit": "A40.01"}, {"unit": "A40.02", "capacity": "support"}]
    body = {"recipients": to, "directive": "Ban Tổ chức chủ trì tham mưu trả lời.", "deadline": "2026-12-01"}
    answer = leader.post(f"{document}/transfer", json=body, headers={"If-Match": '"3"'})
    examples("document-transfer-units", answer)
    assert answer.status_code == 200
    answer = board.post(f"{document}/transfer", json={"recipients": [{"person": people["chuyenvien.tc"]}]})
    assert answer.status_code == 200

    # it is answered
    named = "attachment; filename*=UTF-8''" + quote("Dự thảo.pdf")
    headers = {"Content-Type": "application/pdf", "Content-Disposition": named}
    answer = officer.post("/@uploads", data=A_PDF, headers=headers)
    examples("upload", answer)
    assert (answer.status_code, answer.json()["filename"]) == (201, "Dự thảo.pdf")
    draft = {
        "unit": "A40.01",
        "title": "V/v trả lời Công văn số 15671-CV/VPTW",
        "type": "party.cong-van",
        "replies_to": document.rpartition("/")[2],
        "recipients": [
            {"unit": "A02"},
            {"group": "commune", "within": "A40"},
            {"name": "Báo Nhân Dân"},
        ],
        "files": [{"token": answer.json()["token"]}],
    }
    answer = officer.post("/@outgoing", json=draft)
    examples("outgoing-draft", answer)
    assert answer.status_code == 201
    outgoing = f"/@documents/{answer.json()['uid']}"
    answer = officer.post(f"{outgoing}/submit", json={"reviewers": [{"person": people["lanhdao.tc"]}]})
    examples("outgoing-submit", answer)
    assert board.post(f"{outgoing}/comment", json={"text": "Bổ sung căn cứ."}).status_code == 200
    answer = officer.post(f"{outgoing}/version", json={"files": [in_body("Dự thảo 2.pdf")], "note": "Có căn cứ"})
    examples("outgoing-version", answer)
    assert answer.json()["version"] == 2
    examples("outgoing-approve", board.post(f"{outgoing}/approve", json={"comment": "Đồng ý"}))
    answer = board.post(f"{outgoing}/sign", json={"signer": people["lanhdao.tc"], "title": "Trưởng ban"})
    examples("outgoing-sign", answer)
    answer = registry.post(f"{outgoing}/issue", json={"externalIdentifier": "issue-1"})
    examples("outgoing-issue", answer)
    assert answer.json()["number_symbol"] == "01-CV/BTCTU"
    assert clerk.get(document).json()["state"] == "done"

    # it is received
    answer = commune.get("/@deliveries")
    examples("deliveries", answer)
    (waiting,) = answer.json()["items"]
    received = commune.post(
        f"/@deliveries/{waiting['delivery']}/accept", json={"arrival_date": date(2026, 11, 24).isoformat()}
    )
    examples("delivery-accept", received)
    assert received.status_code == 201
    seen = commune.get(f"/@documents/{received.json()['uid']}").json()
    assert seen["issuer_unit"] == units["tochuc"]
    answer = commune.get(seen["files"][0]["@id"])
    examples("document-file", answer)
    assert answer.content == A_PDF
    answer = registry.get(f"{outgoing}/deliveries")
    examples("document-deliveries", answer)
    states = {each["recipient_name"]: each["state"] for each in answer.json()["items"]}
    assert states["Đảng uỷ xã Hoà Bình"] == "accepted"
    assert states["Báo Nhân Dân"] == "paper"
    answer = registry.get(f"{outgoing}/history")
    examples("document-history", answer)
    assert "issue" in [each["operation"] for each in answer.json()["items"]]
    answer = registry.post(f"{outgoing}/recall", json={"reason": "Có sai sót ở mục 2"})
    examples("outgoing-recall", answer)
    assert commune.get(f"/@documents/{received.json()['uid']}").json()["withdrawn"] == "Có sai sót ở mục 2"


def test_the_organisation_is_kept_over_rest(client: Client, functional_office: Office, examples: Examples) -> None:
    administrator, clerk = client("quantri"), client("vanthu")
    examples("units-search", clerk.get("/@units", params={"q": "ban", "within": "A40"}))
    examples("unit", clerk.get("/@units/A40.30"))
    body = {"title": "Phòng Tài chính", "kind": "room", "parent": "A40", "short_name": "Phòng TC"}
    answer = administrator.post("/@units", json={**body, "externalIdentifier": "hr-77"})
    examples("unit-create", answer)
    assert answer.status_code == 201
    unit = answer.json()["uid"]
    answer = administrator.patch(f"/@units/{unit}", json={"deadline_days": 5})
    assert answer.json()["deadline_days"] == 5
    body = {
        "unit": unit,
        "login": "ketoan",
        "full_name": "Mai Thị Thu",
        "password": "Tam-thoi-2026",
        "phone": "0200 111",
    }
    answer = administrator.post("/@people", json=body)
    examples("person-create", answer)
    assert answer.status_code == 201
    person = answer.json()["id"]
    answer = administrator.post(f"/@people/{person}/posts", json={"unit": unit, "function": "officer"})
    examples("person-appoint", answer)
    assert [each["function"] for each in answer.json()["posts"]] == ["officer"]

    # who has a first password chooses one of his own before all else
    newcomer = client("")
    newcomer.auth = ("ketoan", "Tam-thoi-2026")
    answer = newcomer.get("/@desk")
    examples("first-password", answer)
    assert answer.status_code == 403
    assert newcomer.post("/@people/me/password", json={"old": "Tam-thoi-2026", "new": PASSWORD}).status_code == 200
    newcomer.auth = ("ketoan", PASSWORD)
    assert newcomer.get("/@desk").status_code == 200


def test_another_system_logs_in_once_and_carries_a_token(client: Client, examples: Examples) -> None:
    system = client("")
    answer = system.post("/@login", json={"login": "vanthu", "password": PASSWORD})
    examples("login", answer)
    system.headers["Authorization"] = f"Bearer {answer.json()['token']}"
    answer = system.get("/@people/me")
    examples("person-me", answer)
    assert answer.json()["full_name"] == "Nguyễn Thị Mai"
    assert system.post("/@slips/read", json={"slips": [1]}).json() == {"read": 0}


def test_what_is_wrong_is_said_in_one_shape(client: Client, letter: dict[str, Any], examples: Examples) -> None:
    clerk = client("vanthu")
    answer = clerk.post("/@incoming", json={**letter, "document_date": "20/11/2026"})
    examples("error-invalid", answer)
    assert (answer.status_code, answer.json()["error"]["field"]) == (400, "document_date")
    examples("error-missing", clerk.get("/@documents/00000000000000000000000000000000"))
    examples("error-unauthorized", client("").get("/@desk"))
    uid = clerk.post("/@incoming", json=letter).json()["uid"]
    answer = clerk.post(f"/@documents/{uid}/reopen", json={"reason": "Cần làm lại"})
    examples("error-not-allowed", answer)
    assert answer.status_code == 403
