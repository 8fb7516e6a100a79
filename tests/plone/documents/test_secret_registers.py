"""The registers of secret documents, their pages, forms and services, as browsers and other systems meet them."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import openpyxl
import pypdfium2
import pytest
import requests

from party.operations.confidentiality import audit
from party.operations.confidentiality.audit.reading import every
from party.operations.confidentiality.audit.reading import Filter
from party.operations.documents import access
from party.operations.documents import copies
from party.operations.documents import operations
from party.operations.documents import serving
from party.operations.documents.recipients import Addressee
from tests.clearances import clear
from tests.office import Office
from tests.office import PASSWORD
from tests.plone.browsing import Browser
from tests.plone.browsing import said
from tests.plone.documents.test_copies import BASIS
from tests.plone.documents.test_copies import letter
from tests.plone.documents.test_copies import staged


TITLE = "V/v bảo vệ mục tiêu"
Act = Callable[[str], Any]
Browse = Callable[[str], Browser]


@pytest.fixture
def cleared(act: Act, functional_office: Office) -> Office:
    with act(""):
        for login in ("vanthu", "lanhdao", "chuyenvien", "vanthu.xa"):
            clear(functional_office, login, "secret")
    return functional_office


@pytest.fixture
def issued(cleared: Office, act: Act) -> str:
    """uid of a secret document that the province sent to the commune and, on paper, outside."""
    people, units = cleared.people, cleared.units
    with act("chuyenvien"):
        uid = operations.create_draft(
            units["tonghop"],
            [staged(letter())],
            level="secret",
            basis=BASIS,
            title=TITLE,
            type="party.cong-van",
            recipients=[{"unit": units["xa"]}, {"name": "Công an tỉnh"}],
        ).UID()
        operations.submit_for_review(uid, [Addressee(people["lanhdao"])])
    with act("lanhdao"):
        operations.decide_level(uid, "secret", basis=BASIS, copying=True)
        operations.approve(uid)
        operations.sign(uid, people["lanhdao"])
    with act("vanthu"):
        operations.issue(uid)
    return str(uid)


def file_of(uid: str, act: Act) -> str:
    with act("vanthu"):
        return serving.readable_files(access.readable(uid))[0].id


def recorded(action: str, uid: str) -> list[Any]:
    return list(every(audit.database(), Filter(action=action, object=uid)))


def first_page(content: bytes) -> str:
    text: str = pypdfium2.PdfDocument(content)[0].get_textpage().get_text_bounded()
    return text


def service(browser: Browser, method: str, path: str, login: str, **options: Any) -> requests.Response:
    return requests.request(
        method,
        f"{browser.site}/{path}",
        auth=(login, PASSWORD),
        headers={"Accept": "application/json"},
        timeout=60,
        **options,
    )


def test_the_register_lists_what_is_classified_for_who_keeps_it_and_is_cleared(
    issued: str, act: Act, browse: Browse
) -> None:
    page = browse("vanthu").open("@@secret-registers?direction=outgoing")
    assert TITLE in page.text
    assert "01-CV/TU" in page.text
    assert TITLE not in browse("vanthu").open("@@secret-registers?direction=incoming").text
    whole = browse("lanhdao").open("@@secret-registers?direction=outgoing&print=1")
    assert "Lê Minh Đức (lanhdao)" in whole.text
    assert recorded("print", issued)[-1].facts["what"] == "secret-register-outgoing"


@pytest.mark.parametrize("login", ["chanhvp", "vanthu.tc", "chuyenvien", "quantri"])
def test_for_others_there_is_no_such_register(login: str, issued: str, browse: Browse) -> None:
    browser = browse(login)
    missing = browser.get(f"{browser.site}/@@no-such-page")
    found = browser.get(f"{browser.site}/@@secret-registers")
    assert found.status_code == missing.status_code == 404
    assert TITLE not in found.text
    assert service(browser, "GET", "@secret-registers?unit=A40", login).status_code == 404
    assert service(browser, "POST", "@secret-registers/export", login, json={"unit": "A40"}).status_code == 404


def test_the_export_names_its_reader_on_each_page_and_is_recorded(issued: str, browse: Browse) -> None:
    browser = browse("vanthu")
    page = browser.open("@@secret-registers?direction=outgoing")
    form = page.tree.xpath("//form[contains(@action, 'export-secret-register')]")[0]
    answer = browser.post(form.get("action"), data=dict(form.form_values()))
    sheet = openpyxl.load_workbook(BytesIO(answer.content)).active
    assert TITLE in str([cell.value for row in sheet.iter_rows() for cell in row])
    assert "Nguyễn Thị Mai (vanthu)" in str(sheet.oddHeader.center.text)
    assert "Nguyễn Thị Mai (vanthu)" in str(sheet.oddFooter.left.text)
    assert len(recorded("export", issued)) == 1
    # reading an address exports nothing
    assert browser.get(form.get("action")).status_code in (403, 404)
    assert len(recorded("export", issued)) == 1


def test_other_systems_read_the_register_and_take_it_along(issued: str, browse: Browse) -> None:
    browser = browse("vanthu")
    answer = service(browser, "GET", "@secret-registers?unit=A40&direction=outgoing&year=2026", "vanthu")
    assert [each["uid"] for each in answer.json()["items"]] == [issued]
    assert service(browser, "GET", "@secret-registers?unit=A40.01&direction=outgoing", "vanthu").status_code == 404
    book = service(browser, "POST", "@secret-registers/export", "vanthu", json={"unit": "A40", "direction": "outgoing"})
    assert book.content[:2] == b"PK"


def test_a_file_of_a_secret_is_shown_whole_with_the_name_and_never_in_parts(
    issued: str, act: Act, browse: Browse
) -> None:
    browser, file = browse("lanhdao"), file_of(issued, act)
    address = f"{browser.site}/d/{issued}/@@file/{file}"
    answer = browser.get(address, headers={"Range": "bytes=0-99"})
    assert answer.status_code == 200
    assert answer.headers["Accept-Ranges"] == "none"
    assert "no-store" in answer.headers["Cache-Control"]
    assert int(answer.headers["Content-Length"]) == len(answer.content)
    text = first_page(answer.content)
    assert "lanhdao" in text
    assert said("View copy") in text
    saved = browser.get(f"{address}?download=1")
    assert saved.url.endswith(f"@@copy?file={file}")
    with act("vanthu"):
        assert len(copies.of(issued)) == 2  # looking made none
    other = service(browser, "GET", f"@documents/{issued}/files/{file}", "vanthu")
    assert "vanthu" in first_page(other.content)


def test_a_copy_is_made_in_its_form(issued: str, act: Act, browse: Browse) -> None:
    browser, file = browse("lanhdao"), file_of(issued, act)
    page = browser.open(f"d/{issued}/@@copy?file={file}")
    assert page.value("file") == [file]
    sent = [*page.values, ("form.buttons.save", "1")]
    answer = browser.post(page.form.get("action"), data=sent)
    assert answer.headers["Content-Type"] == "application/pdf"
    assert answer.headers["Content-Disposition"].startswith("inline")
    assert said("Copy no. ${number}", number="3") in first_page(answer.content)
    assert said("Copy no. ${number} was made.", number="3") in browser.open(f"d/{issued}").tree.text_content()
    listed = browse("vanthu").open(f"d/{issued}/@@copies")
    assert "Công an tỉnh" in listed.text
    assert "Lê Minh Đức" in listed.text


def test_copies_come_back_and_are_destroyed_in_a_form(issued: str, browse: Browse) -> None:
    browser = browse("vanthu")
    form = browser.open(f"d/{issued}/@@settle_copies?number:list=1&number:list=2")
    form.put("form.widgets.state:list", "destroyed").fill(destroyed_by="Trần Văn A", witness="Lê Thị B")
    done = form.press()
    assert done.text.count("Trần Văn A") == 2
    listed = service(browser, "GET", f"@documents/{issued}/copies", "vanthu").json()["items"]
    assert [each["state"] for each in listed] == ["destroyed", "destroyed"]
    body = {"numbers": [1], "state": "returned"}
    assert service(browser, "POST", f"@documents/{issued}/settle-copies", "vanthu", json=body).status_code == 409


def test_a_copy_is_made_by_another_system(issued: str, act: Act, browse: Browse) -> None:
    browser, file = browse("lanhdao"), file_of(issued, act)
    answer = service(browser, "POST", f"@documents/{issued}/copy", "lanhdao", json={"file": file, "kind": "download"})
    assert answer.headers["X-Copy-Number"] == "3"
    assert "lanhdao" in first_page(answer.content)


def test_to_who_may_not_read_the_document_its_copies_are_not_there(issued: str, act: Act, browse: Browse) -> None:
    browser, file = browse("chanhvp"), file_of(issued, act)
    for page in ("copy", "copies", "settle_copies", f"file/{file}", f"file/{file}?download=1"):
        missing = browser.get(f"{browser.site}/d/{'0' * 32}/@@{page}")
        found = browser.get(f"{browser.site}/d/{issued}/@@{page}")
        assert (found.status_code, len(found.history)) == (missing.status_code, len(missing.history)) == (404, 0)
    for method, path in (("GET", "copies"), ("POST", "copy"), ("POST", "settle-copies")):
        body = {"file": file, "kind": "print"} if path == "copy" else {"numbers": [1], "state": "returned"}
        assert service(browser, method, f"@documents/{issued}/{path}", "chanhvp", json=body).status_code == 404


def test_a_clerk_who_counts_otherwise_refuses_with_that_reason(issued: str, browse: Browse) -> None:
    browser = browse("vanthu.xa")
    waiting = browser.open("@@desk?tray=to_receive")
    address = next(
        each.get("href") for each in waiting.tree.xpath("//a") if "@@delivery?id=" in (each.get("href") or "")
    )
    wrong = browser.open(address).fill(pages_seen="5").press()
    told = (
        "The sender states ${stated} pages, but there are ${found}. Count again; if it stays so, refuse the delivery."
    )
    assert said(told, stated="1", found="5") in wrong.errors
    (refusal,) = wrong.links(said("Refuse the delivery"))
    assert browser.open(refusal).value("reason") == [said("The number of pages is not the one that the sender states.")]
    right = browser.open(address).fill(pages_seen="1").press()
    assert TITLE in right.text
