"""A merger planned, checked, started and taken back by another system."""

from tests.office import Office
from tests.plone.rest.conftest import Client


PLAN = {"name": "Sắp xếp xã", "on_day": "2026-12-01", "unit": "A40", "basis": "Nghị quyết 202"}


def test_a_plan_is_made_checked_started_and_taken_back(client: Client, functional_office: Office) -> None:
    units, people, admin = functional_office.units, functional_office.people, client("quantri")
    made = admin.post("/@mergers", json=PLAN)
    assert made.status_code == 201
    plan = f"/@mergers/{made.json()['id']}"
    assert made.headers["Location"].endswith(plan)
    found = admin.post(f"{plan}/units", json={"title": "Đảng uỷ xã Hoà Sơn", "kind": "commune", "parent": "A40"}).json()
    new = found["new_units"][0]["reference"]
    changed = {"title": "Đảng uỷ xã Hòa Sơn", "kind": "commune", "parent": "A40", "position": 400}
    assert admin.patch(f"{plan}/units/{new}", json=changed).json()["new_units"][0]["position"] == 400
    assert admin.patch(plan, json={"name": "Hợp nhất xã"}).json()["basis"] == PLAN["basis"]
    for old in ("A40.30", units["xa2"]):
        assert admin.post(f"{plan}/lines", json={"old": old, "successor": new}).ok
    checked = admin.get(f"{plan}/check").json()
    assert not checked["sound"]
    assert {"part": "people", "line": 0} in [{k: each[k] for k in ("part", "line")} for each in checked["problems"]]
    assert "Phan Thị Ngọc (Đảng uỷ xã Hoà Bình) would have no post after the merger." in [
        each["message"] for each in checked["problems"]
    ]
    moved = {"person": people["vanthu.xa"], "unit": new, "function": "clerk", "login": "vanthu.hoason"}
    assert admin.post(f"{plan}/people", json={**moved, "kept_until": "2027-03-01"}).ok
    assert len(admin.post(f"{plan}/people/everybody", json={}).json()["people"]) == 2
    assert admin.post(f"{plan}/codes", json={"unit": new, "kind": "symbol", "value": "ĐU"}).ok
    wrong = admin.post(f"{plan}/codes", json={"unit": new, "kind": "code", "value": "A40.31"}).json()["codes"][-1]
    assert not admin.get(f"{plan}/check").json()["sound"]
    assert admin.post(f"{plan}/start").status_code == 400
    assert len(admin.delete(f"{plan}/codes/{wrong['id']}").json()["codes"]) == 1
    assert admin.get(f"{plan}/check").json() == {"sound": True, "problems": []}
    preview = admin.get(f"{plan}/preview").json()
    assert (preview["counts"]["closed"], preview["counts"]["people"], preview["counts"]["logins"]) == (2, 2, 1)
    assert [each["function"] for each in preview["gains"]] == ["leader", "clerk"]
    started = admin.post(f"{plan}/start").json()
    assert (started["state"], started["done"]) == ("started", 0)
    assert admin.post(f"{plan}/continue").json()["steps"] == started["steps"]
    assert admin.delete(plan).status_code == 409
    assert admin.post(f"{plan}/undo").json()["state"] == "draft"
    assert admin.get(f"{plan}/progress").json()["steps"] == []
    assert admin.delete(plan).json()["items"] == []


def test_a_plan_comes_from_a_file(client: Client, functional_office: Office) -> None:
    admin = client("quantri")
    plan = f"/@mergers/{admin.post('/@mergers', json=PLAN).json()['id']}"
    answer = admin.post(
        f"{plan}/import",
        data="old_name,new_name\nKỳ Sơn,Hoà Bình\n".encode(),
        headers={"Content-Type": "text/csv", "Content-Disposition": 'attachment; filename="ke-hoach.csv"'},
    )
    (line,) = answer.json()["lines"]
    assert (line["old"], line["successor"]) == (functional_office.units["xa2"], functional_office.units["xa"])


def test_nobody_but_the_administrators_knows_of_a_plan(client: Client, functional_office: Office) -> None:
    plan = f"/@mergers/{client('quantri').post('/@mergers', json=PLAN).json()['id']}"
    other = client("lanhdao")
    assert other.get("/@mergers").status_code == 403
    for path in ("", "/check", "/preview", "/progress"):
        assert other.get(plan + path).status_code == 404
    assert other.post(f"{plan}/start").status_code == 404
    assert other.post("/@mergers", json=PLAN).status_code == 403
    assert client("quantri").post("/@mergers", json={**PLAN, "unit": ""}).status_code == 403


def test_an_old_code_answers_with_the_unit_that_took_over(client: Client, functional_office: Office) -> None:
    units, admin = functional_office.units, client("quantri")
    assert admin.get("/@units/A40.31").json()["uid"] == units["xa2"]
    assert admin.post("/@units/A40.31/close", json={"on": "2026-11-24", "successor": "A40.30"}).ok
    assert admin.get("/@units/A40.31").json()["uid"] == units["xa"]
    assert [each["uid"] for each in admin.get("/@units?q=A40.31").json()["items"]] == [units["xa"]]
    assert admin.get(f"/@units/{units['xa2']}").json()["codes"][0]["value"] == "A40.31"
