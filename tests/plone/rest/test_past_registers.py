"""Old registers over REST: the same steps as on the screen."""

from typing import Any
from urllib.parse import quote

from party.operations import worker
from tests.office import Office
from tests.plone.browsing import said
from tests.plone.conftest import A_PDF
from tests.plone.documents.past.conftest import archive
from tests.plone.documents.past.conftest import INCOMING
from tests.plone.documents.past.conftest import sheet
from tests.plone.rest.conftest import Client


LINES = (
    ["02/01/2019", "1", "Sở Nội vụ", "1/SNV", "02/01/2019", "Báo cáo năm", ""],
    ["mai", "2", "Sở Nội vụ", "2/SNV", "", "Báo cáo quý", ""],
)


def named(name: str) -> dict[str, str]:
    return {
        "Content-Type": "application/octet-stream",
        "Content-Disposition": "attachment; filename*=UTF-8''" + quote(name),
    }


def test_a_register_is_taken_checked_and_brought_in(
    client: Client, functional_office: Office, functional_portal: Any
) -> None:
    clerk = client("vanthu")
    query = f"unit={functional_office.units['tinh']}&direction=incoming"
    answer = clerk.post(
        f"/@past-registers?{query}", data=sheet(INCOMING, *LINES).getvalue(), headers=named("Sổ đến 2019.csv")
    )
    assert answer.status_code == 201
    found = answer.json()
    assert (found["state"], found["year"], found["columns"]["Số đến"]) == ("mapping", 2019, "arrival_number")
    token = clerk.post("/@uploads", data=archive({"1-2019.pdf": A_PDF}).read(), headers=named("a.zip")).json()["token"]
    assert clerk.post(f"{found['@id']}/files", json={"files": [token]}).status_code == 200
    checked = clerk.post(f"{found['@id']}/check", json={}).json()
    assert (checked["state"], checked["counts"]["taken"], checked["counts"]["refused"]) == ("checked", 1, 1)
    told = clerk.get(f"{found['@id']}/lines").json()["items"]
    assert [(each["outcome"], each["files"]) for each in told] == [("taken", ["1-2019.pdf"]), ("refused", [])]
    sentence = "“${value}” is no date. Write day/month/year, for example 25/06/2019."
    assert told[1]["detail"] == said(sentence, value="mai")
    wrong = clerk.post(f"{found['@id']}/check", json={"columns": {"Số đến": "x"}})
    assert (wrong.status_code, wrong.json()["error"]["field"]) == (400, "mapping")
    assert clerk.post(f"{found['@id']}/begin", json={}).json()["state"] == "running"
    worker.work(functional_portal)
    (done, _refused) = clerk.get(f"{found['@id']}/lines").json()["items"]
    assert done["outcome"] == "done"
    assert clerk.get(f"{found['@id']}/report").content.startswith(b"PK")
    assert clerk.delete(found["@id"]).status_code == 403
    assert client("chuyenvien").get(found["@id"]).status_code == 404


def test_an_import_is_given_up(client: Client) -> None:
    clerk = client("vanthu")
    lines = sheet(INCOMING, *LINES).getvalue()
    found = clerk.post("/@past-registers?unit=A40&direction=incoming", data=lines, headers=named("so.csv")).json()
    assert [each["id"] for each in clerk.get("/@past-registers").json()["items"]] == [found["id"]]
    assert clerk.delete(found["@id"]).json() == {"items": []}
