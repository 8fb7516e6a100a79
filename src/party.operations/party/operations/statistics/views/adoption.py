"""Adoption and quality on the screen and as files (trang mức độ sử dụng và chất lượng)."""

from functools import cached_property
from typing import Any

from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile

from party.operations import _
from party.operations.ledger.errors import Invalid
from party.operations.organization import rules as organization_rules
from party.operations.statistics import adoption_files
from party.operations.statistics import adoption_tables
from party.operations.statistics import digitisation
from party.operations.statistics import thresholds
from party.operations.statistics.adoption_pictures import PICTURES
from party.operations.statistics.adoption_report import AdoptionReport
from party.operations.statistics.adoption_report import MEASURES
from party.operations.statistics.adoption_tables import Table
from party.operations.statistics.adoption_tables import TABLES
from party.operations.statistics.structure import STRUCTURES
from party.operations.statistics.views.asked import ReportPage


#: sections whose picture takes the whole width, the table below it
WIDE = frozenset(("weeks", "quality"))


class AdoptionPage(ReportPage):
    """What the page and its files share: which report an address means."""

    @cached_property
    def by(self) -> str:
        """What units are ranked by."""
        return str(self.request.form.get("by", "")).strip() or "active"

    def adoption(self) -> AdoptionReport:
        """The report that is meant; raises :class:`Invalid`, :class:`NotAllowed`, :class:`Missing`."""
        return AdoptionReport(self.asked["unit"], self.period, self.asked["structure"], self.by)


class Adoption(AdoptionPage):
    """How much the system is used and how well the work is done."""

    title = _("Adoption and quality")
    page_styles = ("statistics.css", "pictures.css")
    template = ViewPageTemplateFile("templates/adoption.pt")

    found: AdoptionReport | None = None
    error = ""

    def __call__(self) -> str:
        """Draw the page; what was typed wrongly is told above the form, which keeps it."""
        self.keep_out()
        try:
            self.found = self.adoption()
        except Invalid as refused:
            self.error = self.say(refused.message)
        return self.template()

    def sections(self) -> list[dict[str, Any]]:
        """Each table with its picture."""
        if self.found is None:
            return []
        return [self._section(table, PICTURES.get(table.key)) for table in adoption_tables.tables(self.found)]

    def subtitle(self) -> str:
        """The unit and the days."""
        if self.found is None:
            return ""
        return f"{self.found.title or self.say(_('All units'))} · {self.found.period}"

    def structures(self) -> list[tuple[str, str, bool]]:
        """The choices of the structure."""
        return [(key, self.say(each), key == self.asked["structure"]) for key, each in STRUCTURES.items()]

    def measures(self) -> list[tuple[str, str, bool]]:
        """The choices of what units are ranked by."""
        return [(key, self.say(each.label), key == self.by) for key, each in MEASURES.items()]

    def typed(self, name: str) -> str:
        """A day as it stands in the form: as it was typed, else that of the period shown."""
        if self.asked[name] or self.found is None:
            return self.asked[name]
        return self.day(self.found.period.since if name == "from" else self.found.period.last)

    def unit_name(self) -> str:
        """The chosen unit."""
        return self.found.title if self.found and self.found.title else self.say(_("All units"))

    def acts(self) -> list[dict[str, str]]:
        """The workbook, and what the person may set here."""
        if self.found is None:
            return []
        unit = self.found.unit
        offered = [("XLSX", f"@@adoption-export?{self._query(format='xlsx')}", True)]
        if unit:
            offered += [
                (
                    _("Declare what is digitised"),
                    f"@@declare-digitisation?unit={unit}",
                    bool(digitisation.may_declare(unit)),
                ),
                (_("Limits of this unit"), f"@@unit-bands?unit={unit}", bool(thresholds.may_set(unit))),
            ]
        offered.append((_("Limits and target"), "@@adoption-settings", bool(organization_rules.may_set_up())))
        return [{"label": self.say(label), "url": f"{self.home}/{url}"} for label, url, may in offered if may]

    def _query(self, **more: str) -> str:
        return self.query(by=self.by, **more)

    def _section(self, table: Table, picture: Any) -> dict[str, Any]:
        return {
            "key": table.key,
            "title": self.say(table.title),
            "about": self.say(table.about),
            "picture": picture(self.found, table) if picture is not None else "",
            "wide": table.key in WIDE,
            "heads": [{"label": self.say(each.label), "class": _css(each)} for each in table.columns],
            "rows": [
                {
                    "class": table.mark(number),
                    "cells": [
                        {"text": adoption_tables.shown(value, column.kind), "class": _css(column)}
                        for value, column in zip(row, table.columns, strict=True)
                    ],
                }
                for number, row in enumerate(table.rows)
            ],
            "csv": f"{self.home}/@@adoption-export?{self._query(format='csv', table=table.key)}",
        }


class AdoptionExport(AdoptionPage):
    """The tables as a file: ``format=xlsx``, or ``csv`` with ``table``."""

    def __call__(self) -> bytes:
        """The file; raises :class:`Invalid` for what there is not."""
        self.keep_out()
        ending, key = (str(self.request.form.get(name, "")) for name in ("format", "table"))
        if ending not in adoption_files.MEDIA_TYPES:
            raise Invalid(_("“${value}” is not a kind of file.", mapping={"value": ending}), "format")
        if ending == "csv" and key not in TABLES:
            raise Invalid(_("“${value}” is not a table of this report.", mapping={"value": key}), "table")
        make, media_type = adoption_files.MEDIA_TYPES[ending]
        found = self.adoption()
        name = f"muc-do-su-dung-{found.period.since:%Y%m%d}-{found.period.last:%Y%m%d}"
        response = self.request.response
        response.setHeader("Content-Type", media_type)
        response.setHeader("Content-Disposition", f'attachment; filename="{name}.{ending}"')
        return make(found, key) if ending == "csv" else make(found)


def _css(column: adoption_tables.Column) -> str:
    return "text" if column.kind == adoption_tables.TEXT else "number"
