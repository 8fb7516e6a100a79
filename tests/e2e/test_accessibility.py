"""Every main page holds to WCAG 2.2 AA as far as axe can tell: light and dark, on an office screen and on a telephone."""

from collections.abc import Callable
from collections.abc import Iterator
from typing import Any

import pytest
from axe_core_python.sync_playwright import Axe
from playwright.sync_api import Browser
from playwright.sync_api import expect
from playwright.sync_api import Page

from tests.e2e.conftest import RunningSite
from tests.e2e.people import Person


RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}
#: WCAG 2.2, 2.5.8: what is pressed is at least 24 px wide and high; links within a sentence are excepted, and so are the small
#: boxes of forms, which have their label or their room around them
TOO_SMALL = """
() => [...document.querySelectorAll("button, input, select, summary, .party-rail a, .party-trays a, .btn")]
  .filter((each) => !["hidden", "checkbox", "radio"].includes(each.type))
  .filter((each) => each.checkVisibility({ visibilityProperty: true }) && !each.matches(".visually-hidden *"))
  .map((each) => [each.outerHTML.slice(0, 120), each.getBoundingClientRect()])
  .filter(([, box]) => box.width > 1 && (box.width < 24 || box.height < 24)).map(([html]) => html)
"""

CLERK, LEADER = "vanthu.thainguyen", "lanhdao.thainguyen"
TRAYS = ("to_receive", "to_register", "to_pass_on", "to_direct", "to_issue", "for_information")
#: who looks, and where; "first link of …" opens what stands first in a list
PAGES = {
    "desk": (CLERK, "@@desk"),
    **{f"tray {name}": (CLERK, f"@@desk?tray={name}") for name in TRAYS},
    "incoming register": (CLERK, "@@registers"),
    "outgoing register": (CLERK, "@@registers?direction=outgoing"),
    "registers of secrets": (CLERK, "@@secret-registers"),
    "registering": (CLERK, "@@register-incoming"),
    "search": (CLERK, "@@find?q=van+ban"),
    "new draft": (CLERK, "@@create-draft"),
    "delivery": (CLERK, "first link of @@desk?tray=to_receive"),
    "incoming document": (LEADER, "first link of @@desk?tray=to_direct"),
    "passing on": (LEADER, "@@transfer of @@desk?tray=to_direct"),
    "draft": (CLERK, "first link of @@desk?tray=my_drafts"),
    "issued document": (CLERK, "first link of @@registers?direction=outgoing"),
    "deliveries": (CLERK, "@@deliveries of @@registers?direction=outgoing"),
    "organisation": (CLERK, "@@organization"),
    "unit": ("quantri.thainguyen", "first unit"),
    "password": (CLERK, "@@password"),
    "audit": ("kiemtoan.tw", "@@audit"),
    "access explained": ("kiemtoan.tw", "@@access-explained"),
    "clearances": ("coyeu1.tw", "@@clearances"),
    "not found": (CLERK, "@@there-is-nothing"),
    "site settings": ("quantri.hethong", "@@overview-controlpanel"),
    "a settings form": ("quantri.hethong", "@@mail-controlpanel"),
}
SIZES = {"office screen": (1440, 900), "telephone": (390, 844)}


@pytest.fixture(scope="module")
def session_of(running_site: RunningSite, browser: Browser) -> Callable[[str], Any]:
    """The session of a login, begun once."""
    kept: dict[str, Any] = {}

    def session(login: str) -> Any:
        if login not in kept:
            person = Person(browser, running_site.url, login, running_site.password)
            kept[login] = person.context.storage_state()
            person.context.close()
        return kept[login]

    return session


def address(page: Page, url: str, path: str) -> str:
    """The address that ``path`` means."""
    first, _of, lying = path.rpartition(" of ")
    if path == "first unit":
        page.goto(f"{url}/@@organization")
        return str(page.locator(".party-tree .unit a").first.get_attribute("href"))
    if not first:
        return f"{url}/{path}"
    page.goto(f"{url}/{lying}")
    found = str(page.locator("main table a:is([href*='/d/'], [href*='@@delivery?'])").first.get_attribute("href"))
    return found if first == "first link" else f"{found}/{first}"


def problems(page: Page) -> list[str]:
    """What axe and the sizes of the targets say against a page."""
    found = Axe().run(page, options=RULES)["violations"]
    told = [f"{each['id']}: {node['target']} {node['failureSummary']}" for each in found for node in each["nodes"]]
    return told + [f"too small to press: {each}" for each in page.evaluate(TOO_SMALL)]


def shown_each_way(page: Page) -> Iterator[str]:
    """The page in both themes and sizes, one after the other."""
    for size, (width, height) in SIZES.items():
        for theme in ("light", "dark"):
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=theme)
            expect(page.locator(f"html[data-bs-theme={theme}]")).to_have_count(1)
            yield f"{size}, {theme}"


@pytest.mark.parametrize("name", PAGES)
def test_a_page_is_accessible(
    running_site: RunningSite, browser: Browser, session_of: Callable[[str], Any], name: str
) -> None:
    login, path = PAGES[name]
    context = browser.new_context(storage_state=session_of(login), locale="vi-VN")
    page = context.new_page()
    answer = page.goto(address(page, running_site.url, path))
    assert answer is not None
    assert answer.status == (404 if name == "not found" else 200)
    for way in shown_each_way(page):
        assert problems(page) == [], way
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, way
    context.close()


def test_the_login_page_is_accessible(running_site: RunningSite, browser: Browser) -> None:
    context = browser.new_context(locale="vi-VN")
    page = context.new_page()
    page.goto(f"{running_site.url}/login")
    for way in shown_each_way(page):
        assert problems(page) == [], way
        assert page.evaluate("document.documentElement.scrollWidth - innerWidth") <= 0, way
    context.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_list_beside_a_document_and_the_keys_are_accessible(
    running_site: RunningSite, browser: Browser, session_of: Callable[[str], Any], theme: str
) -> None:
    context = browser.new_context(
        storage_state=session_of(LEADER), viewport={"width": 1600, "height": 900}, color_scheme=theme, locale="vi-VN"
    )
    page = context.new_page()
    page.goto(f"{running_site.url}/@@desk?tray=to_direct")
    page.locator("main td.abstract a").first.click()
    page.locator(".party-reading h1").wait_for()
    assert problems(page) == []
    page.keyboard.press("?")
    page.locator("dialog[open]").wait_for()
    assert problems(page) == []
    context.close()
