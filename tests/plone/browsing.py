"""Somebody at a browser, without the browser: logs in with a cookie, opens pages, fills in forms, presses buttons."""

from typing import Any

import lxml.html
import requests
from zope.i18n import translate
from zope.i18nmessageid import Message

from tests.office import PASSWORD


FIELDS = "form.widgets."
BUTTONS = "form.buttons."


def said(text: str, **words: Any) -> str:
    """A text of the code as pages say it, in Vietnamese."""
    return translate(Message(text, "party.operations", mapping=words), target_language="vi")


class Page:
    """What a browser shows of an answer, and its form with what is filled in."""

    def __init__(self, browser: "Browser", answer: requests.Response) -> None:
        self.browser, self.answer = browser, answer
        assert answer.status_code < 500, answer.url
        self.tree = lxml.html.fromstring(answer.text, base_url=answer.url)
        for each in self.tree.xpath("//template"):
            each.drop_tree()
        forms = self.tree.xpath("//form[@id='form']")
        self.form = forms[0] if forms else None
        self.values = self.form.form_values() if forms else []

    @property
    def text(self) -> str:
        """All that can be read in the middle of the page."""
        return " ".join(self.tree.xpath("//main")[0].text_content().split())

    @property
    def errors(self) -> list[str]:
        """The sentences on top of the form and beside its fields."""
        found = self.tree.xpath(
            "//*[contains(@class, 'alert-danger')]/p[1] | //*[contains(@class, 'invalid-feedback')]"
        )
        return [" ".join(each.text_content().split()) for each in found]

    def links(self, text: str) -> list[str]:
        """Where links and buttons of that text lead."""
        return [
            each.get("href") for each in self.tree.xpath("//main//a") if " ".join(each.text_content().split()) == text
        ]

    def value(self, name: str) -> list[str]:
        """What the form holds under a name of the schema or of the form itself."""
        wanted = {name, f"{FIELDS}{name}", f"{FIELDS}{name}:list"}
        return [value for key, value in self.values if key in wanted]

    def fill(self, **fields: str) -> "Page":
        """Type into fields of the schema."""
        for name, text in fields.items():
            keys = {f"{FIELDS}{name}", f"{FIELDS}{name}:list"}
            self.put(next(each.name for each in self.form.xpath(".//*[@name]") if each.name in keys), text)
        return self

    def put(self, key: str, *values: str) -> "Page":
        """Give a name of the form these values and no others."""
        self.values = [each for each in self.values if each[0] != key] + [(key, value) for value in values]
        return self

    def add(self, channel: str = "electronic", **to: str) -> "Page":
        """Add a recipient to the picker: ``unit``, ``group`` or ``name``, and how it is sent."""
        for kind, value in to.items():
            self.values += [("recipients.id:records", f"{kind}:{value}"), ("recipients.channel:records", channel)]
        return self

    def press(self, button: str = "save", value: str = "1", files: tuple[tuple[str, bytes], ...] = ()) -> "Page":
        """Press a button, with files chosen; follows to where it leads."""
        sent = [*self.values, (f"{BUTTONS}{button}", value)]
        parts: list[tuple[str, tuple[str | None, str | bytes]]] = [(name, (None, text)) for name, text in sent]
        parts += [("files", each) for each in files]
        return Page(self.browser, self.browser.post(self.form.get("action"), files=parts))


class Browser(requests.Session):
    """Somebody who logged in with a name and a password."""

    def __init__(self, site: str, login: str) -> None:
        super().__init__()
        self.site = site
        self.post(f"{site}/login", data={"__ac_name": login, "__ac_password": PASSWORD, "buttons.login": "1"})
        assert "__ac" in self.cookies

    def open(self, path: str) -> Page:
        """The page at an address below the site, or at a whole one."""
        return Page(self, self.get(path if path.startswith("http") else f"{self.site}/{path}"))
