"""Logged-in people in Chromium: what a test of the screens says instead of selectors."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser
from playwright.sync_api import Page
from playwright.sync_api import sync_playwright


#: pictures of what the people saw are kept here
PICTURES = Path(__file__).parents[2] / "test-results" / "e2e"

_ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@contextmanager
def chromium() -> Iterator[Browser]:
    """Debian's Chromium without a window."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=_ARGUMENTS)
        yield browser
        browser.close()


class Person:
    """One person with a browser window of his own. Errors on the console are collected in ``complaints``."""

    def __init__(self, browser: Browser, url: str, login: str, password: str, width: int = 1440) -> None:
        self.url, self.login, self.password = url, login, password
        self.context = browser.new_context(viewport={"width": width, "height": 900}, locale="vi-VN")
        self.page: Page = self.context.new_page()
        self.complaints: list[str] = []
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self.complaints.append(str(error)))
        self.page.goto(f"{url}/login")
        self.page.fill("[name=__ac_name]", login)
        self.page.fill("[name=__ac_password]", password)
        self.press("Đăng nhập")

    def _hear(self, message: Any) -> None:
        if message.type in ("error", "warning"):
            self.complaints.append(f"{self.login}: {message.text} ({message.location})")

    def go(self, path: str = "") -> None:
        """Open an address of the site."""
        self.page.goto(f"{self.url}/{path}")

    def asks(self, path: str) -> tuple[int, str]:
        """Status and text of an address, asked for with the person's session and not drawn."""
        answer = self.context.request.get(f"{self.url}/{path}")
        return answer.status, answer.text()

    def press(self, label: str) -> None:
        """Press the button or follow the link of that name, and wait for the page it leads to."""
        target = self.page.get_by_role("button", name=label, exact=True).or_(
            self.page.get_by_role("link", name=label, exact=True)
        )
        with self.page.expect_navigation():
            target.first.click()

    def fill(self, **fields: str) -> None:
        """Fill in fields of the form by their names."""
        for name, value in fields.items():
            field = self.page.locator(f"[name='form.widgets.{name}'], [name='form.widgets.{name}:list']").first
            if field.evaluate("each => each.tagName") == "SELECT":
                field.select_option(label=value)
            else:
                field.fill(value)

    def pick(self, typed: str, shown: str, nth: int = 0) -> None:
        """Type a part of a name into the ``nth`` picker of the page and take the suggestion that shows ``shown``."""
        self.page.locator("input[data-suggest]").nth(nth).press_sequentially(typed)
        self.page.locator(".party-suggest li", has_text=re.compile(rf"^\s*{re.escape(shown)}")).first.click()

    def opens(self, title: str, tray: str = "") -> None:
        """Find a document on the desk and open it."""
        self.go(f"@@desk?tray={tray}" if tray else "@@desk")
        # on its own page; beside the list is what tests/e2e/test_desk.py looks at
        self.page.goto(str(self.page.get_by_role("link", name=title).first.get_attribute("href")))

    def picture(self, name: str) -> None:
        """Keep what the person sees."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        self.page.screenshot(path=PICTURES / f"{name}.png", full_page=True)

    @property
    def text(self) -> str:
        """The words of the page."""
        return self.page.locator("main").inner_text()
