"""Whatever is wrong with a request, the answer has one shape, a sentence, and nothing was done."""

import logging
from typing import Any

import pytest
from zope.i18n import translate

from party.operations.documents import trays
from party.operations.ledger.errors import LedgerConflict
from tests.office import PASSWORD
from tests.plone.rest.conftest import Client
from tests.plone.rest.conftest import in_body


def _problem(answer: Any) -> tuple[int, str, str]:
    """Status, type and field of an error that has our shape and a message."""
    assert answer.headers["Content-Type"] == "application/json"
    assert list(answer.json()) == ["error"]
    error = answer.json()["error"]
    assert error["message"]
    return answer.status_code, error["type"], error.get("field", "")


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"title": 5}, "title"),
        ({"title": None}, "title"),
        ({"title": ""}, "title"),
        ({"colour": "red"}, "colour"),
        ({"pages": "3"}, "pages"),
        ({"pages": 3.5}, "pages"),
        ({"pages": True}, "pages"),
        ({"pages": 0}, "pages"),
        ({"paper_follows": "yes"}, "paper_follows"),
        ({"document_date": "20261120"}, "document_date"),
        ({"document_date": "2026-11-31"}, "document_date"),
        ({"document_date": "2026-11-25"}, "document_date"),
        ({"type": "party.none"}, "type"),
        ({"urgency": "later"}, "urgency"),
        ({"number": 0}, "number"),
        ({"files": "15671.pdf"}, "files"),
        ({"files": [{"filename": "a.pdf"}]}, "files"),
        ({"files": [{"filename": "a.pdf", "data": "%%%"}]}, "files"),
        ({"files": [{"token": "0" * 32}]}, "files"),
        ({"files": [{"token": "../../etc"}]}, "files"),
        ({"files": [{"token": "0" * 32, "size": 3}]}, "files[0].size"),
        ({"files": [in_body("a.pdf", b"not a PDF")]}, "files"),
        ({"files": [in_body("a.exe")]}, "files"),
        ({"register": "0" * 32}, "register"),
        ({"externalIdentifier": ""}, "externalIdentifier"),
        ({"externalIdentifier": "x" * 201}, "externalIdentifier"),
        ({"externalIdentifier": 7}, "externalIdentifier"),
        ({"revision": 1}, "revision"),
    ],
    ids=repr,
)
def test_a_wrong_field_is_named(client: Client, letter: dict[str, Any], change: dict[str, Any], field: str) -> None:
    clerk = client("vanthu")
    assert _problem(clerk.post("/@incoming", json={**letter, **change})) == (400, "Invalid", field)
    assert clerk.get("/@incoming", params={"unit": "A40"}).json()["items"] == []


@pytest.mark.parametrize("missing", ["unit", "title", "type", "issuer"])
def test_a_missing_field_is_named(client: Client, letter: dict[str, Any], missing: str) -> None:
    letter.pop(missing)
    assert _problem(client("vanthu").post("/@incoming", json=letter)) == (400, "Invalid", missing)


@pytest.mark.parametrize("body", [b"{", b"[]", b'"a"', b"\xff\xfe"], ids=["half", "list", "text", "no text"])
def test_a_body_that_is_no_json_object_is_refused(client: Client, body: bytes) -> None:
    answer = client("vanthu").post("/@incoming", data=body, headers={"Content-Type": "application/json"})
    assert _problem(answer) == (400, "Invalid", "")


@pytest.mark.parametrize(
    ("address", "expected"),
    [
        ("/@incoming", (400, "Invalid", "unit")),
        ("/@incoming?unit=A40&colour=red", (400, "Invalid", "colour")),
        ("/@incoming?unit=A40&after=x_y_z", (400, "Invalid", "after")),
        ("/@incoming?unit=A40&after=1", (400, "Invalid", "after")),
        ("/@incoming?unit=NOWHERE", (404, "Missing", "")),
        ("/@units?closed=maybe", (400, "Invalid", "closed")),
        ("/@units/NOWHERE", (404, "Missing", "")),
        ("/@people/nobody", (404, "Missing", "")),
        ("/@desk/cellar", (404, "Missing", "")),
        ("/@documents", (404, "Missing", "")),
        ("/@documents/" + "0" * 32, (404, "Missing", "")),
        ("/@documents/x/y/z", (404, "Missing", "")),
        ("/@slips/1", (404, "Missing", "")),
        ("/@nothing", (404, "Missing", "")),
        ("/no-such-unit", (404, "Missing", "")),
    ],
)
def test_an_address_that_leads_nowhere_says_so(client: Client, address: str, expected: tuple[int, str, str]) -> None:
    assert _problem(client("vanthu").get(address)) == expected


@pytest.mark.parametrize("verb", ["read", "start", "complete", "recall"])
@pytest.mark.parametrize("slip", ["1", "0", "-1", "x", "9" * 40])
def test_a_slip_that_is_not_there_is_missing(client: Client, verb: str, slip: str) -> None:
    assert _problem(client("vanthu").post(f"/@slips/{slip}/{verb}", json={}))[:2] == (404, "Missing")


@pytest.mark.parametrize(
    "address", ["/@desk", "/@documents/x", "/@nothing", "/@units", "/ban-chap-hanh-trung-uong-dang"]
)
def test_who_is_not_logged_in_is_told_to_log_in_and_nothing_else(client: Client, address: str) -> None:
    for session in (client(""), client("vanthu")):
        session.auth = session.auth and ("vanthu", "wrong password")
        answer = session.get(address)
        assert _problem(answer) == (401, "Unauthorized", "")
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_the_language_is_vietnamese_unless_english_is_preferred(client: Client) -> None:
    clerk = client("vanthu")
    said = {}
    for language in ("vi", "en", "en-GB,en;q=0.9,vi;q=0.8", "fr", ""):
        clerk.headers["Accept-Language"] = language
        said[language] = clerk.get("/@desk").json()["trays"][0]["label"]
    assert said["en"] == said["en-GB,en;q=0.9,vi;q=0.8"] == "To receive"
    vietnamese = translate(trays.TRAYS["to_receive"].label, target_language="vi")
    assert said["vi"] == said["fr"] == said[""] == vietnamese


def test_a_failure_of_ours_is_logged_and_told_without_details(
    client: Client, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> dict[str, int]:
        raise RuntimeError("the secret of the house")

    monkeypatch.setattr(trays, "counts", broken)
    with caplog.at_level(logging.ERROR, "party.operations.rest"):
        answer = client("vanthu").get("/@desk")
    assert _problem(answer) == (500, "InternalError", "")
    assert "secret" not in answer.text
    assert "the secret of the house" in caplog.text


def test_a_conflict_that_does_not_end_is_no_failure(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    tries = []

    def busy() -> dict[str, int]:
        tries.append(1)
        raise LedgerConflict("database is locked")

    monkeypatch.setattr(trays, "counts", busy)
    assert _problem(client("vanthu").get("/@desk")) == (503, "Busy", "")
    assert len(tries) > 1


def test_a_cookie_alone_changes_nothing(client: Client, letter: dict[str, Any]) -> None:
    visitor = client("")
    form = {"__ac_name": "vanthu", "__ac_password": PASSWORD, "buttons.login": "Log in"}
    visitor.post("/login", data=form, headers={"Accept": "text/html"}, allow_redirects=False)
    assert visitor.cookies
    assert visitor.get("/@people/me").json()["full_name"] == "Nguyễn Thị Mai"
    assert _problem(visitor.post("/@incoming", json=letter)) == (403, "Forbidden", "")
    assert visitor.get("/@incoming", params={"unit": "A40"}).json()["items"] == []
    page = visitor.get("/@@authenticator/token", headers={"Accept": "text/html"})
    assert page.status_code == 200
    visitor.headers["X-CSRF-TOKEN"] = page.text
    assert visitor.post("/@incoming", json=letter).status_code == 201


def test_a_refusal_is_an_answer_and_no_error_of_the_server(client: Client, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        assert client("vanthu").post("/@incoming", json={}).status_code == 400
    assert "Traceback" not in caplog.text
    assert [each for each in caplog.records if each.levelno >= logging.ERROR] == []
