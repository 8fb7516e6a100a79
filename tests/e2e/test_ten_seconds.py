"""From dropping a PDF to “registered”: how long it takes the clerk, and how many clicks. The figures go to test-results."""

import base64
import json
import time
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from party.operations.ledger import clock
from tests.e2e.conftest import RunningSite
from tests.e2e.people import Person
from tests.plone.documents import papers


FIGURES = Path(__file__).parents[2] / "test-results" / "ten-seconds.json"
#: the clerk of the story, and what is on the paper
LOGIN, ISSUER = "vanthu.thainguyen", "Văn phòng Trung ương Đảng"
REGISTERED = "Đã vào sổ"

#: what the desktop does when files are let go over the page
_DROP = """(files) => {
  const carried = new DataTransfer();
  for (const [name, content] of files) {
    const bytes = Uint8Array.from(atob(content), (each) => each.charCodeAt(0));
    carried.items.add(new File([bytes], name, { type: "application/pdf" }));
  }
  const zone = document.querySelector(".party-drop");
  for (const kind of ["dragover", "drop"]) {
    zone.dispatchEvent(new DragEvent(kind, { dataTransfer: carried, bubbles: true, cancelable: true }));
  }
}"""


@pytest.fixture
def clerk(running_site: RunningSite, browser: Browser) -> Person:
    """The clerk at the form of a new paper."""
    person = Person(browser, running_site.url, LOGIN, running_site.password)
    person.go("@@register-incoming")
    return person


def letter(number: str) -> bytes:
    """A letter of today from Hanoi that gives the province something to do."""
    return papers.letter(number_symbol=number, day=clock.today(), to=("Tỉnh uỷ Thái Nguyên",))


def drop(person: Person, *files: tuple[str, bytes]) -> None:
    """Let files go over the page."""
    carried = [[name, base64.b64encode(content).decode()] for name, content in files]
    with person.page.expect_navigation():
        person.page.evaluate(_DROP, carried)


def note(kind: str, seconds: float, clicks: int, keys: int) -> None:
    """Keep a figure."""
    known = json.loads(FIGURES.read_text(encoding="utf-8")) if FIGURES.exists() else {}
    known[kind] = {"seconds": round(seconds, 2), "clicks": clicks, "keys": keys}
    FIGURES.parent.mkdir(parents=True, exist_ok=True)
    FIGURES.write_text(json.dumps(known, indent=2), encoding="utf-8")


def value(person: Person, name: str) -> str:
    """What stands in a field."""
    return person.page.locator(f"[name='form.widgets.{name}'], [name='form.widgets.{name}:list']").first.input_value()


def test_a_field_takes_its_proposal_over_by_enter_and_shows_its_place(clerk: Person) -> None:
    drop(clerk, ("Công văn đến.pdf", letter("9803-CV/VPTW")))
    clerk.page.locator(".party-proposal").first.wait_for()
    number = clerk.page.locator("[name='form.widgets.number_symbol']")
    number.focus()
    clerk.page.locator(".paper-box").first.wait_for(state="attached")
    number.press("Enter")
    assert number.input_value() == "9803-CV/VPTW"
    assert value(clerk, "title") == "", "the others are left as they are"
    assert clerk.page.evaluate("document.activeElement.name") != "form.widgets.number_symbol"
    clerk.page.locator("[data-remove-file]").click()
    clerk.page.wait_for_url("**/@@batch")


def test_a_letter_with_text_is_registered_by_two_clicks(clerk: Person) -> None:
    began = time.monotonic()
    drop(clerk, ("Công văn đến.pdf", letter("9801-CV/VPTW")))
    accept = clerk.page.locator("[data-accept]:enabled")
    accept.wait_for()
    assert value(clerk, "title") == "", "a proposal is not a value"
    clerk.picture("ten-seconds-1-proposed")
    accept.click()
    assert value(clerk, "number_symbol") == "9801-CV/VPTW"
    assert value(clerk, "title") == papers.TITLE
    assert value(clerk, "issuer") == ISSUER
    assert value(clerk, "document_date") == f"{clock.today():%d/%m/%Y}"
    assert value(clerk, "signer") == "Lâm Phương Thanh"
    clerk.picture("ten-seconds-2-accepted")
    clerk.press("Vào sổ")
    seconds = time.monotonic() - began
    assert REGISTERED in clerk.text
    clerk.picture("ten-seconds-3-registered")
    note("text PDF, mouse", seconds, clicks=2, keys=0)
    assert seconds < 10
    assert clerk.complaints == []
    clerk.press("Chuyển xử lý")
    assert papers.TASK in clerk.text


def test_the_keyboard_alone_does_it_too(clerk: Person) -> None:
    began = time.monotonic()
    drop(clerk, ("Công văn đến.pdf", letter("9802-CV/VPTW")))
    clerk.page.locator("[data-accept]:focus").wait_for()
    clerk.page.keyboard.press("Enter")
    with clerk.page.expect_navigation():
        clerk.page.keyboard.press("Enter")
    assert REGISTERED in clerk.text
    note("text PDF, keyboard", time.monotonic() - began, clicks=0, keys=2)


def test_a_scan_is_recognised_while_the_clerk_looks_at_it(clerk: Person) -> None:
    content = papers.scan(letter("9804-CV/VPTW"))
    began = time.monotonic()
    drop(clerk, ("Bản quét.pdf", content))
    clerk.page.locator(".field-number_symbol .party-proposal").first.wait_for(timeout=60_000)
    clerk.page.locator("[data-accept]:enabled").click()
    clerk.picture("ten-seconds-4-scan")
    assert value(clerk, "number_symbol") == "9804-CV/VPTW"
    clerk.press("Vào sổ")
    assert REGISTERED in clerk.text
    note("scan of one page, mouse", time.monotonic() - began, clicks=2, keys=0)
    assert clerk.complaints == []


def test_many_files_make_a_batch(clerk: Person) -> None:
    drop(clerk, *((f"{number}.pdf", letter(f"{number}-CV/VPTW")) for number in (9805, 9806, 9807)))
    assert clerk.page.url.endswith("/@@batch")
    clerk.picture("ten-seconds-5-batch")
    began = time.monotonic()
    clerk.press("Vào sổ tệp đầu tiên")
    for label in ("Vào sổ và sang tệp sau", "Vào sổ và sang tệp sau", "Vào sổ"):
        clerk.page.locator("[data-accept]:enabled").click()
        clerk.press(label)
        assert REGISTERED in clerk.text
    note("each of three in a batch, mouse", (time.monotonic() - began) / 3, clicks=2, keys=0)
    clerk.go("@@batch")
    assert clerk.page.locator("tbody tr").count() == 0
    assert clerk.complaints == []


def test_at_390_pixels_the_page_stands_below_the_form(running_site: RunningSite, browser: Browser) -> None:
    person = Person(browser, running_site.url, LOGIN, running_site.password, width=390)
    person.go("@@register-incoming")
    drop(person, ("Công văn đến.pdf", letter("9808-CV/VPTW")))
    person.page.locator(".party-proposal").first.wait_for()
    form, paper = (person.page.locator(each).bounding_box() for each in (".party-intake-form", ".party-intake-paper"))
    assert form
    assert paper
    assert paper["y"] >= form["y"] + form["height"]
    assert person.page.evaluate("document.documentElement.scrollWidth") <= 390
    person.picture("ten-seconds-6-narrow")
    person.page.locator("[data-remove-file]").click()
    person.page.wait_for_url("**/@@batch")
    assert person.complaints == []
