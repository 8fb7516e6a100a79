"""The registers on the screen (sổ văn bản đến, sổ văn bản đi): filters, columns, order, pages, choice of lines."""

from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl
from urllib.parse import urlencode

from chameleon import PageTemplateFile
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from zope.i18nmessageid import Message

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.desk.pages import Words
from party.operations.documents import addressees
from party.operations.documents import lists
from party.operations.documents import many
from party.operations.documents import register_columns
from party.operations.documents import register_filters
from party.operations.documents.operations.registers import registers
from party.operations.documents.register_columns import Column
from party.operations.documents.register_filters import Wanted
from party.operations.documents.views.people import key_of
from party.operations.documents.views.people import names_of
from party.operations.documents.views.people import parse_key
from party.operations.documents.vocabularies import document_types
from party.operations.documents.vocabularies import URGENCIES
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import Refused
from party.operations.organization import lookup
from party.operations.organization.personal import setting
from party.operations.organization.vocabularies import REGISTRY_FUNCTIONS
from party.operations.text.collation import sort_key
from party.operations.ui.suggest import Suggestions


_LINES = PageTemplateFile(str(Path(__file__).parent / "templates/register_lines.pt"))

TITLES = {"incoming": _("Register of incoming documents"), "outgoing": _("Register of outgoing documents")}
#: columns that nobody takes away: the level is seen wherever a classified document is
ALWAYS = ("title", "level")
#: orders that begin with what is newest; in the others one begins at A
_NEWEST_FIRST = ("", "document_date")


@dataclass(frozen=True)
class Head:
    """One heading: where it leads to sort by it, and how the list is sorted by it now (``ascending``, "" for not)."""

    key: str
    label: str
    url: str
    sorted: str


@dataclass(frozen=True)
class Cell:
    """What stands in one line below one heading."""

    key: str
    head: str
    text: str
    css: str


@dataclass(frozen=True)
class Line:
    """One line of the register, as it is drawn; what is ``None`` is left out."""

    uid: str
    url: str
    name: str
    css: str | None
    #: where it is passed on
    transfer: str | None
    level: str
    urgency: str
    cells: list[Cell]


class RegisterPart(Words):
    """Which register an address means: direction, unit and what is wanted of it."""

    def read_address(self, said: "dict[str, Any] | None" = None) -> None:
        """Take it from the form of the request, or from what a form of the register sent as ``query``."""
        if said is None:
            said = self.request.form
        self.direction = "outgoing" if said.get("direction") == "outgoing" else "incoming"
        self.units = lookup.unit_titles(lists.register_units()) or self._own_organs()
        asked = str(said.get("unit", ""))
        self.unit = asked if asked in self.units else next(iter(self.units), "")
        try:
            # the words are called q in addresses
            self.wanted = Wanted.of({**said, "text": said.get("q", said.get("text", ""))})
            self.refused = ""
        except Refused as refused:
            self.wanted, self.refused = Wanted(), self.say(refused.message)
        self.wanted = register_filters.checked(self.direction, self.wanted)

    def query(self, **changed: Any) -> str:
        """The query of an address that means the same, with something changed."""
        said = self.wanted.said()
        said["q"] = said.pop("text", "")
        whole = {"direction": self.direction, "unit": self.unit, **said, **changed}
        return urlencode({name: value for name, value in whole.items() if value})

    def address(self, **changed: Any) -> str:
        """The address of the register with something changed; any change leads to its first page."""
        return f"{self.home}/@@registers?{self.query(**changed)}"

    @cached_property
    def columns(self) -> dict[str, Column]:
        """The columns that the person chose, in the order of the register."""
        every = self.every_column()
        chosen = setting(f"register-columns-{self.direction}") or [key for key, each in every.items() if each.usual]
        return {key: each for key, each in every.items() if key in chosen or key in ALWAYS}

    @property
    def fixed(self) -> tuple[str, ...]:
        """Columns that cannot be chosen."""
        return ALWAYS

    def every_column(self) -> dict[str, Column]:
        """The columns there are for the person."""
        found = register_columns.COLUMNS[self.direction]
        return {key: each for key, each in found.items() if key != "level" or self.shows_levels}

    def _own_organs(self) -> dict[str, str]:
        organs = {lookup.unit(each.unit).organ for each in lookup.posts_of(actor.current())}
        return lookup.unit_titles(organs)


class Registers(RegisterPart):
    """Sổ văn bản đến, sổ văn bản đi of a unit."""

    template = ViewPageTemplateFile("templates/registers.pt")
    page_scripts = ("registers.js",)
    page_styles = ("registers.css",)

    def __call__(self) -> str:
        """Draw the register that the address names."""
        self.read_address()
        self.title = TITLES[self.direction]
        after, before = (str(self.request.form.get(name, "")) for name in ("after", "before"))
        self.page = self._page(after, before)
        self.unread = many.unread([each.uid for each in self.page.rows])
        return self.template()

    def _page(self, after: str, before: str) -> lists.Page:
        try:
            return lists.register_page(self.direction, self.unit, self.wanted, after, before)
        except Invalid as refused:
            self.refused = self.say(refused.message)
            return lists.Page([], None)

    # --- the table ----------------------------------------------------------------------------------------------------

    def heads(self) -> list[Head]:
        """The headings of the table."""
        return [self._head(key, column) for key, column in self.columns.items()]

    def _head(self, key: str, column: Column) -> Head:
        if not column.sort:
            return Head(key, self.say(column.label), "", "")
        sort = "" if column.sort == "register" else column.sort
        present, growing = sort == self.wanted.sort, self.wanted.growing
        turned = not growing if present else sort not in _NEWEST_FIRST
        url = self.address(sort=sort, growing="1" if turned else "")
        return Head(key, self.say(column.label), url, ("ascending" if growing else "descending") if present else "")

    def drawn(self) -> str:
        """The lines; each is a dozen cells, so they are drawn by a template of their own, which is compiled."""
        heads = [(key, column, self.say(column.label)) for key, column in self.columns.items()]
        return str(_LINES(lines=[self._line(row, heads) for row in self.page.rows]))

    def _line(self, row: Any, heads: "list[tuple[str, Column, str]]") -> Line:
        url = f"{self.home}/d/{row.uid}"
        return Line(
            uid=row.uid,
            url=url,
            name=row.number_symbol or row.title,
            css="unread" if row.uid in self.unread else None,
            transfer=f"{url}/@@transfer" if self.direction == "incoming" else None,
            level=row.level,
            urgency=self.urgency(row.urgency),
            cells=[self._cell(row, key, column, head) for key, column, head in heads],
        )

    def _cell(self, row: Any, key: str, column: Column, head: str) -> Cell:
        value = column.value(row)
        if isinstance(value, date):
            text = self.day(value)
        elif isinstance(value, Message):
            text = self.say(value)
        else:
            text = "" if value is None else str(value)
        late = key == "deadline" and self.is_late(row)
        return Cell(key, head, text, f"c-{key} late" if late else f"c-{key}")

    def is_late(self, row: Any) -> bool:
        """Is the document past its deadline and still to be dealt with?"""
        return row.state in register_filters.TO_DO and self.is_overdue(row.deadline)

    def newer(self) -> str:
        """The address of the page before; "" on the first."""
        return f"{self.address()}&{urlencode({'before': self.page.preceding})}" if self.page.preceding else ""

    def older(self) -> str:
        """The address of the next page; "" on the last."""
        return f"{self.address()}&{urlencode({'after': self.page.following})}" if self.page.following else ""

    # --- filters ------------------------------------------------------------------------------------------------------

    def directions(self) -> list[dict[str, Any]]:
        """The two registers of the unit, as tabs."""
        return [
            {
                "label": self.say(label),
                "url": f"{self.home}/@@registers?{urlencode({'direction': key, 'unit': self.unit})}",
                "current": key == self.direction,
            }
            for key, label in TITLES.items()
        ]

    @cached_property
    def choices(self) -> list[dict[str, Any]]:
        """The fields of the filter that have a list of values, the ones always shown first."""
        if not self.unit:
            return []
        books = registers(self.unit, "incoming", open_only=False) if self.direction == "incoming" else []
        types = sorted(document_types().items(), key=lambda each: sort_key(each[1].name))
        states = register_filters.STATES[self.direction]
        found: list[tuple[str, Any, Any, list[tuple[str, str]]]] = [
            ("period", _("Period"), _("All periods"), [(each, each) for each in lists.periods_of(self.unit)]),
            ("register", _("Document register"), _("All registers"), [(each.UID(), each.title) for each in books]),
            ("state", _("State"), _("All states"), [(key, self.say(label)) for key, label in states.items()]),
            ("type", _("Type"), _("All types"), [(key, each.name) for key, each in types]),
            ("urgency", _("Urgency"), _("Any urgency"), [(key, self.say(label)) for key, label in URGENCIES.items()]),
        ]
        return [
            {"name": name, "label": self.say(label), "any": self.say(any_), "among": values, "chosen": chosen}
            for name, label, any_, values in found
            if (chosen := getattr(self.wanted, name)) or len(values) > 1
        ]

    def narrowed(self) -> bool:
        """Are filters in use that are folded away?"""
        more = ("state", "type", "urgency", "since", "until", "overdue", "charge")
        return any(getattr(self.wanted, name) for name in more)

    def is_filtered(self) -> bool:
        """Is anything wanted but the whole register?"""
        return replace(self.wanted, sort="", growing=False) != Wanted()

    def charge_name(self) -> str:
        """The person or unit in charge that is filtered by."""
        if not self.wanted.charge:
            return ""
        try:
            listed = parse_key(self.wanted.charge)
        except Invalid:
            return ""
        return names_of([listed])[key_of(listed)].label

    def saved(self) -> list[dict[str, Any]]:
        """The filters that the person keeps under a name."""
        kept = setting(f"register-filters-{self.direction}", [])
        here = dict(parse_qsl(self.query()))
        return [
            {
                "name": each["name"],
                "url": f"{self.home}/@@registers?{each['query']}",
                "current": dict(parse_qsl(each["query"])) == here,
            }
            for each in kept
        ]

    # --- what may be done ---------------------------------------------------------------------------------------------

    def may_draft(self) -> bool:
        """Everybody with a post drafts."""
        return bool(lookup.posts_of(actor.current()))

    def may_register(self) -> bool:
        """Is the person a clerk of this unit?"""
        return any(
            each.unit == self.unit and each.function in REGISTRY_FUNCTIONS for each in lookup.posts_of(actor.current())
        )


class InCharge(RegisterPart, Suggestions):
    """People and units of the organ, for the filter by who is in charge."""

    def found(self, text: str) -> list[dict[str, str]]:
        """Matching people and units."""
        self.read_address()
        if not self.unit:
            return []
        listed = [each for each in addressees.suggest(self.unit, text) if not each.function]
        names = names_of(listed)
        return [
            {"id": key_of(each), "label": names[key_of(each)].label, "hint": names[key_of(each)].hint}
            for each in listed
        ]
