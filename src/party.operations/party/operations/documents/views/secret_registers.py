"""The registers of secret documents on the screen (sổ đăng ký văn bản mật đi, đến)."""

from typing import Any
from urllib.parse import urlencode

from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from zExceptions import NotFound

from party.operations import _
from party.operations.confidentiality import audit
from party.operations.documents import copies
from party.operations.documents import lists
from party.operations.documents import secret_registers
from party.operations.ledger import clock
from party.operations.ledger.errors import Missing
from party.operations.ledger.operation import assert_meant
from party.operations.ui.pages import Page


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"


class SecretPage(Page):
    """What the pages share: they do not exist for who is not cleared or keeps no register."""

    def read_address(self) -> None:
        """Which register of which unit and year; nothing of it is kept by a cache."""
        try:
            self.units = secret_registers.units()
        except Missing as error:
            raise NotFound(self.request.getURL()) from error
        self.request.response.setHeader("Cache-Control", "no-store")
        asked = {name: str(self.request.form.get(name, "")) for name in ("direction", "unit", "year")}
        self.direction = "outgoing" if asked["direction"] == "outgoing" else "incoming"
        self.unit = asked["unit"] if asked["unit"] in self.units else next(iter(self.units))
        self.years = lists.secret_years(self.direction, self.unit)
        year = int(asked["year"]) if asked["year"].isdigit() else 0
        self.year = year if year in self.years else clock.today().year


class SecretRegisters(SecretPage):
    """One register, page by page; with ``print`` the whole year, as it is printed and signed."""

    template = ViewPageTemplateFile("templates/secret_registers.pt")

    def __call__(self) -> str:
        """Draw the register that the address names."""
        self.read_address()
        self.title = secret_registers.DIRECTIONS[self.direction]
        self.whole = bool(self.request.form.get("print"))
        self.following = None
        if self.whole:
            self.rows = secret_registers.whole(self.direction, self.unit, self.year)
            uids = [each.uid for each in self.rows]
            audit.record("print", uids, what=f"secret-register-{self.direction}", unit=self.unit, year=self.year)
        else:
            after = str(self.request.form.get("after", ""))
            page = lists.secret_register(self.direction, self.unit, self.year, after)
            self.rows, self.following = page.rows, page.following
        return self.template()

    def directions(self) -> list[dict[str, Any]]:
        """The two registers, as tabs."""
        return [
            {"label": self.say(label), "url": self.address(direction=key), "current": key == self.direction}
            for key, label in secret_registers.DIRECTIONS.items()
        ]

    def heads(self) -> list[str]:
        """The headings of the columns."""
        return [self.say(head) for head, _value in secret_registers.COLUMNS[self.direction]]

    def cells(self, row: Any) -> list[dict[str, str]]:
        """What stands in a line, each with its heading; the abstract leads to the document."""
        return [
            {"head": self.say(head), "value": value(row), "url": f"{self.home}/d/{row.uid}" if head in _LINKED else ""}
            for head, value in secret_registers.COLUMNS[self.direction]
        ]

    def mark(self) -> str:
        """Who prints it, when."""
        return " · ".join(copies.reader_lines())

    def address(self, **more: Any) -> str:
        """The address of the same register with something changed."""
        query = {"direction": self.direction, "unit": self.unit, "year": self.year} | more
        return f"{self.home}/@@secret-registers?{urlencode(query)}"


class ExportSecretRegister(SecretPage):
    """POST: the register of a year as XLSX."""

    def __call__(self) -> bytes:
        """The file."""
        assert_meant()
        self.read_address()
        content = secret_registers.exported(self.direction, self.unit, self.year)
        name = secret_registers.filename(self.direction, self.year)
        response = self.request.response
        response.setHeader("Content-Type", _XLSX)
        response.setHeader("Content-Disposition", f'attachment; filename="{name}"')
        return content


#: the column that leads to the document
_LINKED = (_("Type and abstract"),)
