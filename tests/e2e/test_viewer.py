"""The paper in the browser: pages, zoom, search, copying, the telephone; and a secret, whose file never leaves as it is."""

import re
from collections.abc import Callable
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Browser
from playwright.sync_api import expect
from playwright.sync_api import Locator

from party.operations.demo.letters import Letter
from party.operations.demo.letters import render
from party.operations.ledger import clock
from tests.e2e.conftest import RunningSite
from tests.e2e.people import Person


TITLE = "V/v rà soát việc uỷ quyền, phân cấp"
ITEM = (
    "Mục {}. Đề nghị Uỷ ban Kiểm tra các cấp báo cáo kết quả, hoàn thành trước ngày 27/6/2025. Các đồng chí phối hợp chặt "
    "chẽ, bảo đảm tiến độ, chất lượng và tính thống nhất trong toàn hệ thống. "
)

Enter = Callable[..., Person]


@pytest.fixture
def enter(running_site: RunningSite, browser: Browser) -> Iterator[Enter]:
    """``enter(login)`` opens a window; nobody's console complains."""
    people: list[Person] = []

    def enter(login: str, width: int = 1440) -> Person:
        people.append(Person(browser, running_site.url, login, running_site.password, width))
        return people[-1]

    yield enter
    for each in people:
        each.context.close()
    assert [said for each in people for said in each.complaints] == []


@pytest.fixture(scope="module")
def paper(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A letter of several pages."""
    content = render(
        Letter(
            type_name="Công văn",
            subject=TITLE,
            number_symbol="2671-CV/VPTW",
            issuer="Văn phòng Trung ương Đảng",
            place="Hà Nội",
            day=clock.today(),
            paragraphs=tuple(ITEM.format(each) * 3 for each in range(1, 31)),
        )
    )
    path = tmp_path_factory.mktemp("paper") / "Công văn.pdf"
    path.write_bytes(content)
    return path


def registered(clerk: Person, paper: Path, number: str, **fields: str) -> str:
    """Register the paper; returns the path of the document."""
    clerk.go("@@register-incoming")
    clerk.fill(
        number_symbol=number,
        document_date=f"{clock.today():%d/%m/%Y}",
        type="Công văn",
        title=TITLE,
        issuer="Văn phòng Trung ương Đảng",
        deadline=f"{clock.today() + timedelta(days=3):%d/%m/%Y}",
        **fields,
    )
    clerk.page.set_input_files("input[type=file]", paper)
    clerk.press("Vào sổ")
    return re.sub(r"[?#].*", "", clerk.page.url.removeprefix(f"{clerk.url}/"))


def pages(person: Person) -> Locator:
    return person.page.locator(".paper-page")


def found(person: Person, text: str) -> str:
    """Search within the file and say what the viewer says."""
    person.page.locator("[data-do=search]").fill(text)
    says = person.page.locator("[data-do=found]")
    # typing rests, and hits come page by page
    person.page.wait_for_timeout(600)
    expect(says).not_to_be_empty()
    return says.inner_text()


def test_a_paper_is_read_searched_enlarged_and_copied(enter: Enter, paper: Path) -> None:
    clerk = enter("vanthu.thainguyen")
    path = registered(clerk, paper, "2671-CV/VPTW")
    page = clerk.page
    assert "còn 3 ngày" in page.locator(".party-document .due").inner_text()
    page.locator(".paper-page >> nth=0 >> img").wait_for()
    assert pages(clerk).count() > 5
    clerk.picture("40-paper")
    # far pages are not fetched before somebody comes near
    assert page.locator(".paper-page img").count() < pages(clerk).count()

    # without marks, and in the other style of placing the tone
    assert found(clerk, "uy ban kiem tra").endswith("/ 90")
    assert found(clerk, "Ủy ban") == found(clerk, "Uỷ ban")
    assert found(clerk, "uý ban") == "Không tìm thấy"
    assert found(clerk, "mục 30.") == "1 / 3"
    page.locator(".paper-box.current").wait_for()
    last = int(page.locator("[data-do=page]").input_value())
    assert last == pages(clerk).count()
    clerk.picture("41-paper-found")
    page.keyboard.press("Escape")
    assert page.locator(".paper-box").count() == 0

    # keys: f looks for, n goes on; pages; zoom
    page.keyboard.press("Home")
    page.keyboard.press("f")
    page.keyboard.type("chất lượng")
    page.locator(".paper-box.current").wait_for()
    page.keyboard.press("Enter")
    assert page.locator("[data-do=found]").inner_text().startswith("2 /")
    page.locator(".paper-scroll").focus()
    page.keyboard.press("n")
    assert page.locator("[data-do=found]").inner_text().startswith("3 /")
    page.keyboard.press("p")
    assert page.locator("[data-do=found]").inner_text().startswith("2 /")
    page.keyboard.press("Home")
    page.keyboard.press("PageDown")
    expect(page.locator("[data-do=page]")).to_have_value("2")
    before = pages(clerk).first.evaluate("each => each.clientWidth")
    page.keyboard.press("+")
    assert pages(clerk).first.evaluate("each => each.clientWidth") == pytest.approx(before * 1.25, abs=2)
    assert page.locator("[data-do=page]").input_value() == "2"
    page.get_by_role("button", name="Vừa khung").click()
    assert pages(clerk).first.evaluate("each => each.clientWidth") == pytest.approx(before, abs=2)

    # what is marked is copied as it reads
    page.keyboard.press("Home")
    page.locator(".paper-page >> nth=0 >> .paper-line").first.wait_for()
    copied = page.evaluate(
        """() => {
          getSelection().selectAllChildren(document.querySelector(".paper-words"));
          return getSelection().toString();
        }"""
    )
    assert "Đề nghị Uỷ ban Kiểm tra các cấp báo cáo kết quả, hoàn thành" in " ".join(copied.split())

    # a hit of the search page is marked
    clerk.go(f"{path}?q=phối hợp")
    page.locator(".paper-box.current").wait_for()
    assert Axe().run(page, context="main")["violations"] == []

    telephone = enter("vanthu.thainguyen", width=390)
    telephone.go(path)
    telephone.page.locator(".paper-page >> nth=0 >> img").wait_for()
    assert telephone.page.evaluate("document.documentElement.scrollWidth") <= 390
    verbs = telephone.page.locator(".party-verbs").bounding_box()
    assert verbs is not None
    assert verbs["y"] + verbs["height"] == pytest.approx(900, abs=1)
    telephone.picture("42-paper-on-a-telephone")
    assert Axe().run(telephone.page, context="main")["violations"] == []


def test_words_lie_where_they_are_seen(enter: Enter, paper: Path) -> None:
    clerk = enter("vanthu.thainguyen")
    registered(clerk, paper, "2672-CV/VPTW")
    clerk.page.locator(".paper-page >> nth=0 >> .paper-line").first.wait_for()
    off = clerk.page.evaluate(
        """async () => {
          const viewer = document.querySelector(".party-viewer"), page = document.querySelector(".paper-page");
          const answer = await fetch(viewer.dataset.paperWords.replace("{page}", "1"));
          const words = (await answer.json()).pages[0], scale = page.clientWidth / words.width;
          const place = page.getBoundingClientRect(), spans = [...page.querySelectorAll(".paper-line span")];
          return words.words.map((word, at) => {
            const range = document.createRange();
            range.setStart(spans[at].firstChild, 0);
            range.setEnd(spans[at].firstChild, word[0].length);
            const box = range.getBoundingClientRect();
            const [left, right] = [word[1] * scale + place.left, word[3] * scale + place.left];
            return Math.max(Math.abs(box.left - left), Math.abs(box.right - right));
          });
        }"""
    )
    assert max(off) < 3


def test_two_fingers_enlarge_the_paper_and_not_the_page(running_site: RunningSite, browser: Browser) -> None:
    tablet = browser.new_context(viewport={"width": 820, "height": 1180}, has_touch=True, device_scale_factor=2)
    form = {"__ac_name": "vanthu.thainguyen", "__ac_password": running_site.password, "buttons.login": "1"}
    tablet.request.post(f"{running_site.url}/login", form=form)
    page = tablet.new_page()
    page.goto(f"{running_site.url}/@@registers")
    page.goto(page.locator("main table a[href*='/d/']").first.evaluate("each => each.href"))
    picture = page.locator(".paper-page >> nth=0 >> img")
    picture.wait_for()
    wide, drawn = picture.evaluate("each => [each.clientWidth, each.naturalWidth]")
    place = page.locator(".paper-scroll").bounding_box()
    assert place is not None
    fingers = {
        "x": place["x"] + place["width"] / 2,
        "y": place["y"] + 200,
        "scaleFactor": 2,
        "gestureSourceType": "touch",
    }
    tablet.new_cdp_session(page).send("Input.synthesizePinchGesture", fingers)
    assert picture.evaluate("each => each.clientWidth") > wide * 1.5
    assert page.evaluate("visualViewport.scale") == 1
    # a sharper picture takes the place of the first
    page.wait_for_timeout(2000)
    assert picture.evaluate("each => each.naturalWidth") > drawn
    tablet.close()


def test_the_file_of_a_secret_never_leaves_as_it_is(enter: Enter, paper: Path) -> None:
    clerk = enter("vanthu.thainguyen")
    asked: list[str] = []
    clerk.page.on("request", lambda request: asked.append(request.url))
    path = registered(clerk, paper, "2673-CV/VPTW", level="Mật", basis="Danh mục bí mật nhà nước của Đảng, Điều 1")
    clerk.page.locator(".paper-page >> nth=0 >> img").wait_for()
    clerk.picture("43-secret-paper")
    assert found(clerk, "uy ban kiem tra").endswith("/ 90")
    clerk.page.locator(".paper-box.current").wait_for()
    clerk.picture("44-secret-paper-found")
    assert clerk.page.locator(".paper-words").count() == 0
    assert [each for each in asked if "@@file" in each or "@@page-words" in each] == []
    kept = clerk.context.request.get(next(each for each in asked if "@@page-image" in each))
    assert "no-store" in kept.headers["cache-control"]
    assert clerk.asks(f"{path}/@@page-words?file=x&page=1")[0] == 404


def test_one_document_after_the_other_without_going_back(enter: Enter) -> None:
    clerk = enter("vanthu.thainguyen")
    clerk.go("@@registers")
    clerk.page.evaluate(
        """() => {
          const links = [...document.querySelectorAll("main table a[href*='/d/']")];
          const rows = [...new Set(links.map((each) => new URL(each.href).pathname))];
          sessionStorage.setItem("party:list", JSON.stringify({ address: location.pathname + "?kept=1", rows }));
        }"""
    )
    first, second = clerk.page.evaluate("JSON.parse(sessionStorage.getItem('party:list')).rows.slice(0, 2)")
    clerk.go(first.removeprefix("/"))
    places = clerk.page.locator(".party-neighbours")
    assert not places.locator("[rel=prev]").is_visible()
    clerk.press("Sau")
    assert clerk.page.url.endswith(second)
    assert places.locator("[rel=prev]").get_attribute("href") == first
    assert str(places.locator("[rel=up]").get_attribute("href")).endswith("?kept=1")


def test_what_was_just_done_is_undone_from_the_page(enter: Enter, paper: Path) -> None:
    clerk = enter("vanthu.thainguyen")
    registered(clerk, paper, "2674-CV/VPTW")
    clerk.press("Xếp lưu")
    clerk.press("Xếp lưu")
    # one sentence says what was done, and how to take it back
    said = clerk.page.locator("#global_statusmessage")
    expect(said.get_by_role("button", name="Hoàn tác")).to_have_count(1)
    assert said.inner_text().count("lưu") == 1
    clerk.picture("45-undo")
    clerk.press("Hoàn tác")
    assert "Đã hoàn tác." in said.inner_text()
    assert said.get_by_role("button", name="Hoàn tác").count() == 0
    assert clerk.page.locator(".party-document .state").inner_text() == "Đã vào sổ"
