"""The report on the screen and as a file (trang báo cáo thống kê)."""

from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile

from party.operations import _
from party.operations.ledger.errors import Invalid
from party.operations.organization import lookup
from party.operations.statistics import classified
from party.operations.statistics import exports
from party.operations.statistics import periods
from party.operations.statistics import report as reports
from party.operations.statistics import rules
from party.operations.statistics import structure as structures
from party.operations.statistics import table
from party.operations.statistics.counting import FIELDS
from party.operations.statistics.report import Report
from party.operations.statistics.table import Line
from party.operations.statistics.views.asked import ReportPage
from party.operations.ui.suggest import Suggestions


class Statistics(ReportPage):
    """What units did in a period; each number leads to what stands behind it."""

    title = _("Statistics")
    template = ViewPageTemplateFile("templates/report.pt")

    found: Report | None = None
    error = ""

    def __call__(self) -> str:
        """Draw the report; what was typed wrongly is told above the form, which keeps it."""
        self.keep_out()
        try:
            self.found = self.report()
        except Invalid as refused:
            self.error = self.say(refused.message)
        return self.template()

    @cached_property
    def lines(self) -> list[Line]:
        """The lines of the table."""
        return table.lines(self.found) if self.found else []

    def heads(self) -> list[str]:
        """The headings of the figures."""
        return [self.say(table.HEADS[name]) for name in FIELDS]

    def classified_heads(self) -> list[str]:
        """The headings of the counts of classified work, where there are any."""
        told = self.found is not None and self.found.classified is not None
        return [self.say(each) for each in table.CLASSIFIED_HEADS.values()] if told else []

    def cells(self, line: Line) -> list[dict[str, Any]]:
        """The figures of a line with the addresses of their lists."""
        return [self._cell(line, name) for name in FIELDS]

    def classified_cells(self, line: Line) -> list[str]:
        """What is said of the classified work of a line."""
        return [str(line.classified[name]) for name in table.CLASSIFIED_HEADS] if line.classified is not None else []

    def report_of(self, line: Line) -> str | None:
        """The address of the report of the unit of a line, where it shows more."""
        return f"{self.home}/@@statistics?{self.query(unit=line.key)}" if line.opens else None

    def subtitle(self) -> list[str]:
        """What the report is about."""
        return table.subtitle(self.found) if self.found else []

    def notes(self) -> list[str]:
        """What must be said with the figures."""
        return table.notes(self.found) if self.found else []

    def classified_rule(self) -> bool:
        """Is the reader told when there are counts of classified work, because this report has none of them?"""
        return bool(classified.levels_told()) and self.found is not None and self.found.classified is None

    def quick(self) -> list[dict[str, Any]]:
        """The periods of one click."""
        kept = {name: self.asked[name] for name in ("unit", "structure", "compare", "grouping") if self.asked[name]}
        return [
            {
                "label": self.say(label),
                "url": f"{self.home}/@@statistics?{urlencode({**kept, 'period': key})}",
                "current": "true" if self.found is not None and periods.named(key) == self.found.period else None,
            }
            for key, label in periods.CHOICES.items()
        ]

    def choices(self) -> list[dict[str, Any]]:
        """The fields of the form that have a list of values."""
        among: tuple[tuple[str, str, dict[str, str]], ...] = (
            ("structure", _("Structure"), structures.STRUCTURES),
            ("compare", _("Compared with"), {"": _("Nothing"), **periods.COMPARISONS}),
            ("grouping", _("Lines"), reports.GROUPINGS),
        )
        return [
            {
                "name": name,
                "label": self.say(label),
                "among": [(key, self.say(each), key == self.asked[name]) for key, each in values.items()],
            }
            for name, label, values in among
        ]

    def typed(self, name: str) -> str:
        """A day as it stands in the form: as it was typed, else that of the period shown."""
        if self.asked[name] or self.found is None:
            return self.asked[name]
        return self.day(self.found.period.since if name == "from" else self.found.period.last)

    def unit_name(self) -> str:
        """The chosen unit."""
        return lookup.unit(self.asked["unit"]).title if self.asked["unit"] else self.say(_("All units"))

    def files(self) -> list[dict[str, str]]:
        """The report as files."""
        return [
            {"label": ending.upper(), "url": f"{self.home}/@@statistics-export?{self.query(format=ending)}"}
            for ending in exports.FORMATS
        ]

    def _cell(self, line: Line, name: str) -> dict[str, Any]:
        now, before = (int(getattr(each, name)) if each is not None else None for each in (line.figures, line.before))
        return {
            "text": table.amount(now or 0),
            "url": self._behind(line, name) if now else None,
            "before": table.amount(before) if before is not None else None,
            "change": _change(now or 0, before) if before is not None else "",
        }

    def _behind(self, line: Line, figure: str) -> str:
        of_line = {"row": line.key} if line.kind == "row" else {"group": line.key}
        return f"{self.home}/@@statistics-list?{self.query(figure=figure, **of_line)}"


class Export(ReportPage):
    """The report as a file, ``format=xlsx``, ``csv`` or ``pdf``."""

    def __call__(self) -> bytes:
        """The file; raises :class:`Invalid` for what there is not."""
        self.keep_out()
        ending = str(self.request.form.get("format", ""))
        if ending not in exports.FORMATS:
            raise Invalid(_("“${value}” is not a kind of file.", mapping={"value": ending}), "format")
        make, media_type = exports.FORMATS[ending]
        found = self.report()
        response = self.request.response
        response.setHeader("Content-Type", media_type)
        response.setHeader("Content-Disposition", f'attachment; filename="{table.filename(found, ending)}"')
        return make(found)


class FindUnits(Suggestions):
    """Units whose figures the reader may see, closed ones too, by any part of the name."""

    def found(self, text: str) -> list[dict[str, str]]:
        """Matching units."""
        if not rules.may_see_some():
            return []
        found = [each for top in rules.tops() for each in lookup.search_units(text, within=top, open_only=False)]
        above = lookup.unit_titles({each.parent for each in found})
        return [{"id": each.uid, "label": each.title, "hint": above.get(each.parent, "")} for each in found]


def _change(now: int, before: int) -> str:
    """+12 or −3; "" where nothing changed."""
    return f"{'+' if now > before else '−'}{table.amount(abs(now - before))}" if now != before else ""
