"""The desk in the browser: the list beside the thing, the keyboard, many rows at once, counts that follow, themes."""

from playwright.sync_api import Browser
from playwright.sync_api import expect
from playwright.sync_api import Page

from tests.e2e.conftest import RunningSite
from tests.e2e.people import Person


#: bytes that a page may take over the line the first time: the demand is "usable within one second" on an office line
HEAVIEST = 150_000


def enter(site: RunningSite, browser: Browser, login: str, width: int = 1600) -> Person:
    """Somebody at a wide screen."""
    return Person(browser, site.url, login, site.password, width=width)


def reading(page: Page) -> str:
    """The title of what is open beside the list."""
    page.locator(".party-reading:not([aria-busy]) h1").wait_for()
    return page.locator(".party-reading h1").inner_text()


def test_a_document_opens_beside_the_list_and_back_leads_to_the_same_place(
    running_site: RunningSite, browser: Browser
) -> None:
    clerk = enter(running_site, browser, "vanthu.thainguyen")
    page = clerk.page
    clerk.go("@@desk?tray=to_pass_on")
    rows = page.locator("tr[data-href]")
    first, second = (rows.nth(at).locator("a").inner_text() for at in (0, 1))
    rows.nth(0).locator("a").click()
    assert reading(page) == first
    assert "open=d%2F" in page.url
    assert rows.count() > 1, "the list stays"
    rows.nth(1).locator("a").click()
    expect(page.locator(".party-reading h1")).to_have_text(second)
    page.go_back()
    expect(page.locator(".party-reading h1")).to_have_text(first)
    page.reload()
    assert reading(page) == first
    page.go_back()
    expect(page.locator(".party-reading")).to_be_hidden()
    assert clerk.complaints == []


def test_on_a_narrow_screen_a_document_has_a_page_of_its_own(running_site: RunningSite, browser: Browser) -> None:
    clerk = enter(running_site, browser, "vanthu.thainguyen", width=1000)
    clerk.go("@@desk?tray=to_pass_on")
    with clerk.page.expect_navigation():
        clerk.page.locator("tr[data-href] a").first.click()
    assert "/d/" in clerk.page.url
    address = clerk.page.url.partition("/d/")[2].partition("?")[0]
    clerk.go(f"@@desk?tray=to_pass_on&open=d/{address}")
    clerk.page.wait_for_url(f"**/d/{address}")


def test_the_keyboard_is_enough(running_site: RunningSite, browser: Browser) -> None:
    clerk = enter(running_site, browser, "vanthu.thainguyen")
    page, keys = clerk.page, clerk.page.keyboard
    clerk.go("@@desk?tray=to_pass_on")
    rows = page.locator("tr[data-href]")
    keys.press("j")
    keys.press("j")
    expect(rows.nth(1).locator("a")).to_be_focused()
    keys.press("k")
    keys.press("x")
    expect(page.locator("#party-many")).to_be_visible()
    keys.press("x")
    expect(page.locator("#party-many")).to_be_hidden()
    rows.nth(0).locator("a").focus()
    keys.press("Enter")
    assert reading(page) == rows.nth(0).locator("a").inner_text()
    keys.press("j")
    expect(page.locator(".party-reading h1")).to_have_text(rows.nth(1).locator("a").inner_text())
    keys.press("Escape")
    expect(page.locator(".party-reading")).to_be_hidden()
    keys.press("?")
    expect(page.get_by_role("dialog")).to_contain_text("Dòng sau, dòng trước")
    keys.press("Escape")
    keys.press("/")
    expect(page.locator("#party-find")).to_be_focused()
    keys.type("j?")
    assert page.locator("#party-find").input_value() == "j?"
    page.locator("h1").first.click()
    keys.press("g")
    with page.expect_navigation():
        keys.press("v")
    assert page.url.endswith("@@registers")
    assert clerk.complaints == []


def test_keys_of_one_letter_can_be_switched_off(running_site: RunningSite, browser: Browser) -> None:
    clerk = enter(running_site, browser, "vanthu.thainguyen")
    page = clerk.page
    clerk.go("@@desk?tray=to_pass_on")
    page.keyboard.press("?")
    page.locator("[name=party-keys-on]").uncheck()
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    assert page.locator("tr[data-href]:focus-within").count() == 0


def test_many_documents_are_passed_on_in_one_go_and_each_says_how_it_went(
    running_site: RunningSite, browser: Browser
) -> None:
    clerk = enter(running_site, browser, "vanthu.thainguyen")
    page = clerk.page
    clerk.go("@@desk?tray=to_pass_on")
    rows = page.locator("tr[data-href]")
    before = rows.count()
    titles = [rows.nth(at).locator("a").inner_text() for at in range(2)]
    for at in range(2):
        rows.nth(at).locator("input[type=checkbox]").check()
    expect(page.locator("#party-many")).to_contain_text("Đã chọn: 2")
    page.keyboard.press("c")
    dialog = page.locator("#party-many-transfer")
    dialog.get_by_role("button", name="Chuyển xử lý").click()
    expect(dialog.get_by_role("alert")).to_be_visible()
    dialog.locator("input[data-suggest]").press_sequentially("chanh van phong")
    dialog.locator(".party-suggest li").first.click()
    dialog.locator("[name=directive]").fill("Kính chuyển Chánh Văn phòng cho ý kiến.")
    dialog.get_by_role("button", name="Chuyển xử lý").click()
    report = page.locator("#party-many-report")
    expect(report).to_contain_text("Đã chuyển: 2 / 2")
    for title in titles:
        expect(report).to_contain_text(title)
    report.get_by_role("button").click()
    expect(rows).to_have_count(before - 2)
    clerk.go("@@desk?tray=to_pass_on")
    assert clerk.complaints == []


def test_what_could_not_be_passed_on_is_told_with_its_reason(running_site: RunningSite, browser: Browser) -> None:
    clerk = enter(running_site, browser, "vanthu.thainguyen")
    page = clerk.page
    clerk.go("@@desk?tray=to_pass_on")
    page.locator("tr[data-href] input[type=checkbox]").first.check()
    page.locator("[data-transfer]").click()
    dialog = page.locator("#party-many-transfer")
    dialog.locator("input[data-suggest]").press_sequentially("chanh van phong")
    dialog.locator(".party-suggest li").first.click()
    dialog.locator("[name=deadline]").fill("31/12/1999")
    dialog.get_by_role("button", name="Chuyển xử lý").click()
    report = page.locator("#party-many-report")
    expect(report).to_contain_text("Đã chuyển: 0 / 1")
    expect(report.locator("li.late small")).not_to_be_empty()


def test_the_counts_follow_what_happens_elsewhere(running_site: RunningSite, browser: Browser) -> None:
    clerk = enter(running_site, browser, "vanthu.tanlap")
    page = clerk.page
    clerk.go("@@desk?tray=to_register")
    awaiting = int(page.locator("[data-count=awaiting]").inner_text() or 0)
    told = {"awaiting": awaiting + 2, "to_register": int(page.locator("a [data-count=to_register]").inner_text()) + 2}
    page.route("**/@@counts", lambda route: route.fulfill(json={"counts": told}))
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")
    expect(page.locator("[data-count=awaiting]")).to_have_text(str(awaiting + 2))
    expect(page).to_have_title(f"({awaiting + 2}) Bàn làm việc")
    expect(page.get_by_role("status").filter(has_text="Có văn bản mới ở mục này: 2.")).to_be_visible()
    assert page.locator("#party-news a").inner_text() == "Xem ngay"


def test_the_theme_is_remembered_and_nothing_flashes(running_site: RunningSite, browser: Browser) -> None:
    clerk = enter(running_site, browser, "vanthu.thainguyen")
    page = clerk.page
    clerk.go("@@desk")
    page.locator("details.party-person > summary").click()
    page.get_by_label("Tối", exact=True).check()
    clerk.go("@@registers")
    assert page.locator("html").get_attribute("data-bs-theme") == "dark"
    first = page.evaluate("document.head.querySelector('script, link[rel=stylesheet]').src")
    assert "theme.js" in first, "the theme is set before any style is there"
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(21, 24, 27)"


def test_the_desk_is_light_and_its_files_are_kept_by_the_browser(running_site: RunningSite, browser: Browser) -> None:
    clerk = enter(running_site, browser, "vanthu.thainguyen")
    context = browser.new_context(storage_state=clerk.context.storage_state())
    page = context.new_page()
    page.goto(f"{running_site.url}/@@desk")
    sizes = (
        "performance.getEntries().filter((each) => each.transferSize !== undefined).map((each) => each.transferSize)"
    )
    assert 0 < sum(page.evaluate(sizes)) < HEAVIEST
    page.goto(f"{running_site.url}/@@desk?tray=to_do")
    again = (
        "performance.getEntriesByType('resource').filter((each) => each.name.includes('unique') && each.transferSize)"
    )
    assert page.evaluate(f"{again}.length") == 0
    context.close()


def test_on_paper_there_is_no_frame(running_site: RunningSite, browser: Browser) -> None:
    clerk = enter(running_site, browser, "vanthu.thainguyen")
    clerk.go("@@desk?tray=to_pass_on")
    clerk.page.emulate_media(media="print")
    for part in (".party-top", ".party-rail", ".party-trays", ".party-thumb", "td.box"):
        assert not clerk.page.locator(part).first.is_visible()
    assert clerk.page.locator("td.abstract").first.is_visible()
