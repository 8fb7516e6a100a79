"""Files are put aside before the request that names them."""

from typing import Any
from urllib.parse import quote

import pytest

from party.operations.documents import files
from tests.plone.conftest import A_PDF
from tests.plone.documents import papers
from tests.plone.rest.conftest import Client


@pytest.mark.parametrize(
    "disposition",
    [
        "attachment; filename*=UTF-8''" + quote("Công văn.pdf"),
        'attachment; filename="cong-van.pdf"',
        "a; FILENAME=cv.pdf",
    ],
)
def test_a_raw_body_is_put_aside_under_its_name(client: Client, disposition: str) -> None:
    headers = {"Content-Type": "application/pdf", "Content-Disposition": disposition}
    answer = client("vanthu").post("/@uploads", data=A_PDF, headers=headers)
    assert answer.status_code == 201
    with files.staged(answer.json()["token"]).open() as stream:
        assert stream.read() == A_PDF


def test_a_form_is_put_aside(client: Client, letter: dict[str, Any]) -> None:
    clerk = client("vanthu")
    answer = clerk.post("/@uploads", files={"file": ("Công văn.pdf", A_PDF, "application/pdf")})
    assert (answer.status_code, answer.json()["filename"]) == (201, "Công văn.pdf")
    letter["files"] = [{"token": answer.json()["token"]}]
    document = clerk.post("/@incoming", json=letter).json()
    (file,) = clerk.get(document["@id"]).json()["files"]
    assert file["sha256"] == answer.json()["sha256"]
    # what was taken is no longer put aside
    again = clerk.post("/@incoming", json={**letter, "confirm": True})
    assert (again.status_code, again.json()["error"]["field"]) == (400, "files")


def test_a_large_body_is_taken_in_pieces(client: Client) -> None:
    headers = {"Content-Type": "application/octet-stream", "Content-Disposition": "attachment; filename=a.pdf"}
    content = A_PDF + b"\0" * (20 * 1024 * 1024)
    answer = client("vanthu").post("/@uploads", data=content, headers=headers)
    assert answer.json()["size"] == len(content)


@pytest.mark.parametrize("disposition", ["", "attachment", "attachment; filename*=LATIN-1''a.pdf"])
def test_a_file_without_a_name_is_refused(client: Client, disposition: str) -> None:
    headers = {"Content-Type": "application/pdf", "Content-Disposition": disposition}
    answer = client("vanthu").post("/@uploads", data=A_PDF, headers=headers)
    assert (answer.status_code, answer.json()["error"]["field"]) == (400, "filename")


def test_an_empty_file_is_refused(client: Client) -> None:
    headers = {"Content-Type": "application/pdf", "Content-Disposition": "attachment; filename=a.pdf"}
    answer = client("vanthu").post("/@uploads", data=b"", headers=headers)
    assert (answer.status_code, answer.json()["error"]["field"]) == (400, "files")


def test_a_file_that_is_not_wanted_is_dropped(client: Client) -> None:
    clerk = client("vanthu")
    token = clerk.post("/@uploads", files={"file": ("a.pdf", A_PDF)}).json()["token"]
    assert clerk.delete(f"/@uploads/{token}").status_code == 200
    assert clerk.delete(f"/@uploads/{token}").status_code == 400


def test_nothing_stays_aside_of_files_in_the_body(client: Client, letter: dict[str, Any]) -> None:
    folder = files._staging()
    before = set(folder.iterdir())
    clerk = client("vanthu")
    assert clerk.post("/@incoming", json={**letter, "externalIdentifier": "f-1"}).status_code == 201
    assert clerk.post("/@incoming", json={**letter, "externalIdentifier": "f-1"}).status_code == 200
    assert clerk.post("/@incoming", json=letter).status_code == 409
    assert clerk.post("/@incoming", json={**letter, "type": "none"}).status_code == 400
    assert set(folder.iterdir()) == before


def test_what_can_be_read_in_a_file_is_proposed_and_nothing_more(client: Client) -> None:
    clerk = client("vanthu")
    token = clerk.post("/@uploads", files={"file": ("Công văn.pdf", papers.letter())}).json()["token"]
    answer = clerk.get(f"/@uploads/{token}/reading")
    found = answer.json()
    best = {each["field"]: each for each in reversed(found["proposals"])}
    assert (found["layout"], found["source"], found["page_count"]) == ("party", "text", 1)
    assert best["number_symbol"]["value"] == papers.NUMBER
    assert (best["document_date"]["value"], best["document_date"]["label"]) == ("2026-11-20", "20/11/2026")
    assert best["number_symbol"]["boxes"]
    assert [each["deadline"] for each in found["assignments"]] == ["2026-12-10"]
    assert "no-store" in answer.headers["Cache-Control"] or "no-cache" in answer.headers["Cache-Control"]
    assert clerk.get(f"/@uploads/{'0' * 32}/reading").status_code == 404
