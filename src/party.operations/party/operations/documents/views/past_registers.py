"""Nhập sổ cũ: the page on which old registers are chosen, and that of one of them from its columns to its report."""

from functools import cached_property
from typing import Any
from urllib.parse import quote

from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile

from party.operations import _
from party.operations.documents.operations.registers import registers
from party.operations.documents.past import columns
from party.operations.documents.past import operations
from party.operations.documents.past import report
from party.operations.documents.past import rules
from party.operations.documents.past import store
from party.operations.documents.past.report import Told
from party.operations.documents.views.uploads import TakesFiles
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import No
from party.operations.ledger.errors import Refused
from party.operations.ledger.operation import assert_meant
from party.operations.organization import lookup
from party.operations.ui.pages import Page


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: lines on one page
_PAGE = 100
#: seconds after which a page that shows progress is asked for again
_AGAIN = "4"


class PastFiles(TakesFiles, Page):
    """What both pages share: files that stay put aside when something else of a form is wrong."""

    files_label = _("Files of the documents: ZIP archives or single files")
    files_hint = _(
        "Files are matched to lines by the column of file names, by number and symbol, or by number and year in their "
        "names. Up to 200 MB at once; more can be added afterwards."
    )
    page_styles = ("past.css",)
    error = ""

    def act(self) -> str | None:
        """Do what was asked and return where to go, or note why not; what was typed and put aside stays."""
        self.uploads, self.file_problems = [], []
        if self.request.get("REQUEST_METHOD") != "POST":
            return None
        assert_meant()
        self.take_files()
        try:
            if not self.file_problems:
                return self.perform()
        except Refused as refused:
            self.error = self.say(refused.message)
        return None

    def perform(self) -> str:
        """Do what was asked and return where to go."""
        raise NotImplementedError

    @property
    def own_form(self) -> dict[str, Any]:
        """What was sent."""
        form: dict[str, Any] = self.request.form
        return form


class PastRegisters(PastFiles):
    """The imports of the person, and the form for another one."""

    template = ViewPageTemplateFile("templates/past_registers.pt")
    title = _("Old registers")

    def __call__(self) -> str:
        """Draw the page; on POST take the sheet and go on to its columns."""
        if not self.may_import:
            self.request.response.setStatus(403)
            return str(self.template())
        target = self.act()
        return self.redirect(target) if target else str(self.template())

    @property
    def may_import(self) -> "bool | No":
        """Whose page it is."""
        return rules.may_import_some()

    def perform(self) -> str:
        """Take the sheet with its files."""
        sheet = self.own_form.get("sheet")
        if not getattr(sheet, "filename", ""):
            raise Invalid(_("Choose a file first."), "sheet")
        direction, unit, register = ([*str(self.own_form.get("book", "")).split(":"), "", ""])[:3]
        found = operations.take_past_register(unit, direction, sheet, sheet.filename, self.uploads, register=register)
        return f"{self.home}/@@past-register?id={found.id}"

    @cached_property
    def books(self) -> list[dict[str, Any]]:
        """The books that can be chosen, by unit."""
        chosen = self.own_form.get("book", "")
        found = []
        for uid, title in rules.units().items():
            named = [
                (f"incoming:{uid}:{each.UID()}", each.title) for each in registers(uid, "incoming", open_only=False)
            ]
            named.append((f"outgoing:{uid}", self.say(_("Register of outgoing documents"))))
            options = [{"value": value, "label": label, "chosen": value == chosen} for value, label in named]
            found.append({"unit": title, "options": options})
        return found

    def imports(self) -> list[dict[str, Any]]:
        """The imports of the person, newest first."""
        found = store.mine()
        titles = lookup.unit_titles({each.unit for each in found})
        return [
            {
                "url": f"{self.home}/@@past-register?id={each.id}",
                "name": each.facts["filename"],
                "unit": titles.get(each.unit, ""),
                "direction": self.say(_DIRECTIONS[each.direction]),
                "state": self.say(store.STATES[each.state]),
                "made": self.moment(each.made_at),
                "count": each.facts["count"],
            }
            for each in found
        ]


class PastRegister(PastFiles):
    """One import: its columns, what would become of its lines, how far it has come, what became of them."""

    template = ViewPageTemplateFile("templates/past_register.pt")
    title = _("Old register")

    def __call__(self) -> str:
        """Draw the page; on POST do what was asked."""
        self.found = store.get(str(self.own_form.get("id", "")))
        target = self.act()
        if target:
            return self.redirect(target)
        self.counts = store.counts(self.found.id)
        self.request.response.setHeader("Cache-Control", "no-store")
        if self.found.state == "running":
            self.request.response.setHeader("Refresh", _AGAIN)
        return str(self.template())

    def perform(self) -> str:
        """Check, add files, begin, or give up."""
        asked, name = str(self.own_form.get("do", "")), self.found.id
        if asked == "discard":
            operations.discard_past_register(name)
            return f"{self.home}/@@past-registers"
        if asked == "begin":
            operations.begin_past_register(name)
        elif asked == "add":
            self._add(name)
        elif asked == "check":
            operations.check_past_register(name, self.chosen, self._year())
        return self.address

    @property
    def address(self) -> str:
        """The address of this import."""
        return f"{self.home}/@@past-register?id={self.found.id}"

    def _add(self, name: str) -> None:
        if not self.uploads:
            raise Invalid(_("Choose a file first."), "files")
        operations.add_past_files(name, self.uploads)
        if self.found.state == "checked":
            operations.check_past_register(name)

    def _year(self) -> int | None:
        typed = str(self.own_form.get("year", "")).strip()
        if typed and not (typed.isdecimal() and 1900 <= int(typed) <= 2199):
            raise Invalid(_("“${value}” is no year.", mapping={"value": typed}), "year")
        return int(typed) if typed else None

    # --- columns ------------------------------------------------------------------------------------------------------

    @property
    def shows_columns(self) -> bool:
        """Are the columns to be chosen now?"""
        return self.found.state == "mapping" or (self.found.state == "checked" and "columns" in self.own_form)

    @property
    def chosen(self) -> dict[str, str]:
        """The column of each heading as it was chosen just now, else as it stands."""
        kept: dict[str, str] = self.found.facts["mapping"]
        return {
            heading: str(self.own_form.get(f"column-{at}", kept.get(heading, "")))
            for at, heading in enumerate(self.found.facts["headings"])
        }

    @property
    def year(self) -> str:
        """The year of dates without one."""
        return str(self.own_form.get("year", self.found.facts.get("year") or ""))

    def headings(self) -> list[dict[str, Any]]:
        """The headings with a few cells below each, and the columns to choose from."""
        known = columns.COLUMNS[self.found.direction]
        samples = [each for each in store.lines(self.found, limit=40) if each.cells and each.level == "normal"]
        return [
            {
                "heading": heading,
                "name": f"column-{at}",
                "samples": [text for each in samples if (text := _text(each.cells[at]))][:3],
                "options": [("", self.say(_("Leave out")), not chosen)]
                + [(key, self.say(column.label), key == chosen) for key, column in known.items()],
            }
            for at, (heading, chosen) in enumerate(self.chosen.items())
        ]

    # --- lines --------------------------------------------------------------------------------------------------------

    @cached_property
    def shown(self) -> str:
        """Which lines are shown: those that need to be looked at come first."""
        asked = str(self.own_form.get("show", ""))
        filled = [name for name in ("failed", "refused", "warned", "taken", "done") if self.counts[name]]
        return asked if asked in self.counts else (filled or ["taken"])[0]

    def groups(self) -> list[dict[str, Any]]:
        """The counts, each a way to its lines."""
        labels = {**store.OUTCOMES, **store.DONE}
        return [
            {
                "name": name,
                "label": self.say(labels[name]),
                "count": self.counts[name],
                "url": f"{self.address}&show={name}",
                "late": name in ("refused", "failed"),
            }
            for name in labels
            if self.counts[name]
        ]

    @cached_property
    def page(self) -> tuple[list[Told], str]:
        """One page of lines, and the address of the next."""
        after = str(self.own_form.get("after", ""))
        of_state = self.shown in store.DONE
        found = store.lines(
            self.found,
            outcomes=() if of_state else (self.shown,),
            state=self.shown if of_state else "",
            after=int(after) if after.isdecimal() and len(after) < 12 else 0,
            limit=_PAGE + 1,
        )
        following = f"{self.address}&show={self.shown}&after={found[_PAGE - 1].number}" if len(found) > _PAGE else ""
        return [report.told(each, len(self.found.facts["headings"])) for each in found[:_PAGE]], following

    def excerpt(self, line: Told) -> str:
        """The cells of a line that say which one it is."""
        return " · ".join(filter(None, map(_text, line.cells)))[:300]

    def loose(self) -> list[tuple[str, str]]:
        """Files that belong to no line."""
        return report.loose_files(self.found)

    def continues(self) -> list[str]:
        """With which number the running series go on."""
        return report.continues(self.found)

    @property
    def takable(self) -> int:
        """Lines that would be brought in."""
        return self.counts["taken"] + self.counts["warned"]

    @property
    def tried(self) -> int:
        """Lines that were brought in or could not be."""
        return self.counts["done"] + self.counts["failed"]

    @property
    def about(self) -> str:
        """File, direction and unit."""
        unit = lookup.unit(self.found.unit).title
        return " · ".join((self.found.facts["filename"], self.say(_DIRECTIONS[self.found.direction]), unit))

    def files_count(self) -> int:
        """Files and archives beside the sheet."""
        return len(self.found.facts["tokens"])


class PastRegisterReport(Page):
    """The report of an import as XLSX."""

    def __call__(self) -> bytes:
        """The sheet as a download."""
        found = store.get(str(self.request.form.get("id", "")))
        response = self.request.response
        response.setHeader("Content-Type", _XLSX)
        response.setHeader("Cache-Control", "no-store")
        response.setHeader("Content-Disposition", f"attachment; filename*=UTF-8''{quote(report.filename(found))}")
        return report.sheet(found)


_DIRECTIONS = {"incoming": _("Incoming documents"), "outgoing": _("Outgoing documents")}


def _text(cell: Any) -> str:
    return cell if isinstance(cell, str) else f"{cell:%d/%m/%Y}"
