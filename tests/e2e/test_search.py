"""Finding in the browser: by keyboard alone, with and without diacritics, on a wide screen and on a phone."""

from collections.abc import Callable
from collections.abc import Iterator

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Browser
from playwright.sync_api import expect

from tests.e2e.conftest import RunningSite
from tests.e2e.people import Person


#: a letter of the demonstration: its abstract, words in the middle of it, its issuer
TITLE = "V/v báo cáo kết quả đào tạo, bồi dưỡng cán bộ năm 2026"
LOGIN = "vanthu.thainguyen"
#: seconds until the worker has read the files of the demonstration, in milliseconds
READ_BY_THEN = 60_000

Enter = Callable[..., Person]


@pytest.fixture
def enter(running_site: RunningSite, browser: Browser) -> Iterator[Enter]:
    """``enter()`` is the clerk at a screen of some width; nobody may hear a complaint."""
    people = []

    def open_window(width: int = 1440) -> Person:
        people.append(Person(browser, running_site.url, LOGIN, running_site.password, width))
        return people[-1]

    yield open_window
    complaints = [each for person in people for each in person.complaints]
    for person in people:
        person.context.close()
    assert complaints == []


def violations(person: Person) -> list[str]:
    """What axe finds wrong on the page."""
    found = Axe().run(person.page)
    return [f"{each['id']}: {[node['html'] for node in each['nodes']]}" for each in found["violations"]]


def no_wider_than_the_screen(person: Person) -> bool:
    return bool(person.page.evaluate("document.documentElement.scrollWidth <= window.innerWidth"))


@pytest.mark.parametrize("typed", ["bồi dưỡng cán bộ", "boi duong can bo"])
def test_by_keyboard_alone_from_anywhere_to_a_document(enter: Enter, typed: str) -> None:
    clerk = enter()
    clerk.go("@@desk")
    page = clerk.page
    page.keyboard.press("/")
    box = page.get_by_role("combobox", name="Tìm văn bản")
    expect(box).to_be_focused()
    page.keyboard.type(typed)
    options = page.get_by_role("listbox", name="Gợi ý").get_by_role("option")
    wanted = options.filter(has_text=TITLE).first
    expect(wanted).to_be_visible()
    expect(box).to_have_attribute("aria-expanded", "true")
    assert box.get_attribute("aria-activedescendant") is None
    clerk.picture(f"search-suggestions-{'marked' if 'ồ' in typed else 'plain'}")
    for _step in range(options.count()):
        page.keyboard.press("ArrowDown")
        if wanted.get_attribute("aria-selected") == "true":
            break
    assert box.get_attribute("aria-activedescendant") == wanted.get_attribute("id")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "/d/" in page.url
    assert TITLE in clerk.text


def test_escape_closes_the_suggestions_then_empties_the_box_then_leaves_it(enter: Enter) -> None:
    clerk = enter()
    clerk.go("@@desk")
    page = clerk.page
    page.keyboard.press("/")
    page.keyboard.type("can bo")
    listbox = page.get_by_role("listbox", name="Gợi ý")
    expect(listbox).to_be_visible()
    box = page.get_by_role("combobox", name="Tìm văn bản")
    page.keyboard.press("ArrowUp")
    assert listbox.get_by_role("option").last.get_attribute("aria-selected") == "true"
    page.keyboard.press("ArrowDown")
    assert box.get_attribute("aria-activedescendant") is None
    page.keyboard.press("Escape")
    expect(listbox).to_be_hidden()
    expect(box).to_have_value("can bo")
    page.keyboard.press("Escape")
    expect(box).to_have_value("")
    page.keyboard.press("Escape")
    expect(box).not_to_be_focused()
    page.keyboard.press("/")
    page.keyboard.press("Enter")
    assert page.url.endswith("@@desk")


def test_the_page_is_gone_through_by_keyboard_and_back_returns_to_it(enter: Enter) -> None:
    clerk = enter()
    clerk.go("@@desk")
    page = clerk.page
    page.keyboard.press("/")
    page.keyboard.type("cán bộ")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "@@find?q=" in page.url
    expect(page.get_by_role("heading", level=1)).to_contain_text("cán bộ")
    rows = page.locator("li[data-href]")
    assert rows.count() > 1
    assert page.locator("li[data-href] mark").count()
    clerk.picture("search-found-1440")
    assert violations(clerk) == []
    page.keyboard.press("j")
    expect(rows.nth(0).locator("a")).to_be_focused()
    page.keyboard.press("j")
    expect(rows.nth(1).locator("a")).to_be_focused()
    page.keyboard.press("k")
    found, here = rows.nth(0).locator("h2").inner_text(), page.url
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "/d/" in page.url
    assert found.split("\n")[0] in clerk.text
    page.go_back()
    assert page.url == here


def test_filters_narrow_and_the_address_keeps_them(enter: Enter) -> None:
    clerk = enter()
    clerk.go("@@find?q=c%C3%A1n+b%E1%BB%99")
    page = clerk.page
    before = page.locator("li[data-href]").count()
    group = page.get_by_role("list", name="Loại văn bản")
    with page.expect_navigation():
        group.get_by_role("link").first.click()
    assert "type=party." in page.url
    assert 0 < page.locator("li[data-href]").count() < before
    page.reload()
    assert page.locator("[aria-current=true]").count()
    with page.expect_navigation():
        page.get_by_role("link", name="Bỏ hết bộ lọc").click()
    assert page.locator("li[data-href]").count() == before


def test_words_inside_a_file_are_found_and_lead_to_the_file(enter: Enter, running_site: RunningSite) -> None:
    clerk = enter()
    page = clerk.page
    words = "hoc vien"
    clerk.go(f"@@find?q={words}")
    snippet = page.locator("li[data-href] .snippet mark").first
    for _again in range(READ_BY_THEN // 2_000):
        if snippet.count():
            break
        page.wait_for_timeout(2_000)
        page.reload()
    expect(snippet).to_be_visible()
    row = page.locator("li[data-href]").filter(has=page.locator(".snippet mark")).first
    with page.expect_navigation():
        row.get_by_role("link").first.click()
    assert "?q=h%E1%BB%8Dc+vi%C3%AAn" in page.url
    expect(page.locator(".paper-box.hit").first).to_be_visible()


def test_on_a_phone_the_filters_are_folded_and_nothing_is_cut(enter: Enter) -> None:
    clerk = enter(390)
    page = clerk.page
    for path, name in (("@@find", "help"), ("@@find?q=b%C3%A1o+c%C3%A1o", "found"), ("@@find?q=khongcogi", "empty")):
        clerk.go(path)
        clerk.picture(f"search-{name}-390")
        assert no_wider_than_the_screen(clerk), path
        assert violations(clerk) == [], path
    clerk.go("@@find?q=b%C3%A1o+c%C3%A1o")
    group = page.get_by_role("list", name="Trạng thái")
    expect(group).to_be_hidden()
    page.locator("summary", has_text="Bộ lọc").click()
    expect(group).to_be_visible()
    with page.expect_navigation():
        group.get_by_role("link").first.click()
    assert "(1)" in page.locator("summary", has_text="Bộ lọc").inner_text()


def test_who_may_not_see_a_letter_is_offered_nothing(running_site: RunningSite, browser: Browser) -> None:
    stranger = Person(browser, running_site.url, "vanthu.danang", running_site.password)
    stranger.go("@@find?q=%22du+phong+giua+trung+uong+va+tinh%22")
    assert "Không tìm thấy văn bản nào" in stranger.text
    assert stranger.asks("@@find-suggestions?q=du+phong+giua+trung+uong") == (200, "[]")
    assert stranger.complaints == []
