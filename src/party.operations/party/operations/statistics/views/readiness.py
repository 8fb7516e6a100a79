"""The readiness of units on the screen (trang mức độ sẵn sàng): the matrix, declaring, reminding."""

from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from Products.statusmessages.interfaces import IStatusMessage
from zope import schema
from zope.interface import Interface
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import principals
from party.operations.ledger import clock
from party.operations.ledger.errors import No
from party.operations.organization import lookup
from party.operations.organization import rules as organization_rules
from party.operations.organization import tree
from party.operations.organization.views.base import RuledForm
from party.operations.statistics import readiness
from party.operations.statistics import readiness_acts
from party.operations.statistics import readiness_reading
from party.operations.statistics.readiness import ASPECTS
from party.operations.statistics.readiness import DECLARED
from party.operations.statistics.readiness import Line
from party.operations.statistics.readiness import SETTLED
from party.operations.statistics.readiness import State
from party.operations.statistics.readiness import STATES
from party.operations.statistics.readiness import WAIVED
from party.operations.statistics.readiness_sheet import share
from party.operations.statistics.readiness_sheet import sheet
from party.operations.statistics.readiness_tables import readiness_declarations
from party.operations.statistics.views.base import StatisticsPage
from party.operations.ui.pages import Page


XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
#: units on a page
SHOWN = 50


class Asked:
    """What the address asks for: a unit, only what is incomplete, only what lacks one aspect."""

    request: Any

    @cached_property
    def unit(self) -> str:
        """uid, or "" for all the person answers for."""
        return str(self.request.form.get("unit", ""))

    @cached_property
    def incomplete(self) -> bool:
        """Only units where something is missing?"""
        return bool(self.request.form.get("incomplete"))

    @cached_property
    def aspect(self) -> str:
        """Only units that lack this aspect; "" for all."""
        wanted = str(self.request.form.get("aspect", ""))
        return wanted if wanted in ASPECTS else ""

    def query(self, **changed: str) -> str:
        """The query of an address that asks for the same, with something changed."""
        same = {"unit": self.unit, "incomplete": "1" if self.incomplete else "", "aspect": self.aspect}
        return urlencode({name: value for name, value in {**same, **changed}.items() if value})


class Readiness(StatisticsPage, Asked):
    """The matrix: units in the order of the tree, aspects as columns."""

    title = _("Readiness")
    template = ViewPageTemplateFile("templates/readiness.pt")
    page_styles = (*StatisticsPage.page_styles, "readiness.css")

    def __call__(self) -> str:
        """Draw the page; raises ``NotAllowed``."""
        after = str(self.request.form.get("after", ""))
        self.page = readiness.page(self.unit, incomplete=self.incomplete, aspect=self.aspect, after=after, limit=SHOWN)
        self.after = after
        self.codes = tree.codes_in_use(each.unit for each in self.page.lines)
        return self.template()

    def address(self, **changed: str) -> str:
        """The address of the page with something changed."""
        query = self.query(**changed)
        return f"{self.home}/@@readiness?{query}" if query else f"{self.home}/@@readiness"

    def sheet_address(self) -> str:
        """The address of the same as a sheet."""
        return f"{self.home}/@@readiness-sheet?{self.query()}"

    def about(self) -> str:
        """The unit whose part of the tree is shown; "" for all."""
        return lookup.unit(self.unit).title if self.unit else ""

    def heads(self) -> list[dict[str, Any]]:
        """The columns with how many units are settled, each leading to the units that are not."""
        return [
            {
                "name": name,
                "label": self.say(label),
                "settled": sum(self.page.counts[name][state] for state in SETTLED),
                "open": self.page.total - sum(self.page.counts[name][state] for state in SETTLED),
                "url": self.address(aspect=name),
                "chosen": name == self.aspect,
            }
            for name, label in ASPECTS.items()
        ]

    def states(self) -> list[tuple[str, str]]:
        """Each sign with its word."""
        return [(sign, self.say(word)) for sign, word in STATES.values()]

    def rows(self) -> list[dict[str, Any]]:
        """The lines with their cells as they are drawn."""
        return [
            {
                "title": line.title,
                "url": f"{self.home}/u/{line.unit}",
                "code": self.codes.get(line.unit, ""),
                "below": self.address(unit=line.unit, aspect="", incomplete=""),
                "missing": len(line.missing),
                "cells": [self._cell(line, name) for name in ASPECTS],
            }
            for line in self.page.lines
        ]

    def may_remind(self) -> bool:
        """Is there anybody to remind?"""
        return self.page.complete < self.page.total

    def _cell(self, line: Line, name: str) -> dict[str, Any]:
        cell = line.cells[name]
        sign, word = STATES[cell.state]
        declares = name in DECLARED or (name in WAIVED and cell.state is not State.READY)
        where = urlencode({"unit": line.unit, "aspect": name})
        return {
            "label": self.say(ASPECTS[name]),
            "sign": sign,
            "word": self.say(word),
            "share": share(cell),
            "note": self.say(cell.note),
            "state": str(cell.state),
            "url": f"{self.home}/@@declare-readiness?{where}" if declares and self._keeps(line) else None,
        }

    def _keeps(self, line: Line) -> bool:
        """Does the person administer the unit, or one above it? Asked without a query, as there are many lines."""
        return self._keeps_all or not self._kept.isdisjoint(line.lineage.split("/"))

    @cached_property
    def _keeps_all(self) -> bool:
        return bool(organization_rules.may_set_up())

    @cached_property
    def _kept(self) -> set[str]:
        return {each.unit for each in principals.standings(actor.current()) if each.function == "unit_admin"}


class ReadinessSheet(Page, Asked):
    """The same lines as a sheet, without pages."""

    def __call__(self) -> bytes:
        """XLSX; raises ``NotAllowed``."""
        wanted = [
            each
            for each in readiness.matrix(self.unit)
            if (not self.incomplete or each.missing)
            and (not self.aspect or each.cells[self.aspect].state not in SETTLED)
        ]
        title = lookup.unit(self.unit).title if self.unit else self.context.Title()
        response = self.request.response
        response.setHeader("Content-Type", XLSX)
        response.setHeader("Cache-Control", "private, no-cache")
        name = f"muc-do-san-sang-{clock.today():%Y%m%d}.xlsx"
        response.setHeader("Content-Disposition", f'attachment; filename="{name}"')
        return sheet(wanted, title)


class RemindOfReadiness(Page, Asked):
    """POST: asks for the mails to those responsible."""

    def __call__(self) -> str:
        """Do it, say what came of it and go back."""
        found = readiness_acts.remind_of_readiness(self.unit)
        said = [_("Reminded: ${count} people.", mapping={"count": found.asked})]
        if found.before:
            said.append(_("${count} people were reminded today already.", mapping={"count": found.before}))
        if found.unreachable:
            named = "; ".join(found.unreachable[:5]) + ("…" if len(found.unreachable) > 5 else "")
            said.append(
                _(
                    "${count} units have no administrator with an e-mail address, nor has a unit above: ${units}",
                    mapping={"count": len(found.unreachable), "units": named},
                )
            )
        IStatusMessage(self.request).addStatusMessage(" ".join(map(self.say, said)), type="info")
        return self.redirect(f"{self.home}/@@readiness?{self.query()}")


class IDeclaration(Interface):
    """What a unit declares of one aspect."""

    aspect = schema.Choice(
        title=_("What is declared"),
        vocabulary=SimpleVocabulary([SimpleTerm(each, each, ASPECTS[each]) for each in (*DECLARED, *WAIVED)]),
    )
    done = schema.Int(
        title=_("In place"),
        description=_("People trained, certificates received, devices in use, lines connected."),
        min=0,
    )
    needed = schema.Int(title=_("Needed"), description=_("0: nothing of it is needed here."), min=0)
    day = schema.Date(title=_("As of"), defaultFactory=clock.today)
    note = schema.Text(title=_("Note"), required=False, default="", max_length=500)


class DeclareReadiness(RuledForm):
    """Declares one aspect of the unit that the address names."""

    schema = IDeclaration
    label = _("Declare readiness")
    submit_label = _("Declare")
    done = _("It was declared.")
    ignoreContext = False

    def update(self) -> None:
        """Find the unit; raises ``Missing``."""
        self.row = lookup.unit(str(self.request.get("unit", "")))
        super().update()

    def rule(self) -> "bool | No":
        """Its administrators."""
        return organization_rules.may_administer(self.row.uid)

    @property
    def about(self) -> str:
        """The name of the unit."""
        return self.row.title

    @property
    def back(self) -> str:
        """The matrix."""
        return f"{self.home}/@@readiness"

    @property
    def action(self) -> str:
        """The unit goes along."""
        return self.with_query(unit=self.row.uid, aspect=self._aspect())

    def getContent(self) -> dict[str, Any]:
        """What was declared last."""
        aspect = self._aspect()
        last = readiness_reading.declarations([readiness_declarations.c.unit == self.row.uid]).get(
            (self.row.uid, aspect)
        )
        before = {"done": last.done, "needed": last.needed, "note": last.note} if last is not None else {}
        waived = {"done": 0, "needed": 0} if aspect in WAIVED else {}
        return {"aspect": aspect, "day": clock.today(), **before, **waived}

    def perform(self, data: dict[str, Any]) -> str:
        """Declare it."""
        readiness_acts.declare_readiness(
            self.row.uid, data["aspect"], data["done"], data["needed"], day=data["day"], note=data["note"] or ""
        )
        return self.back

    def _aspect(self) -> str:
        wanted = str(self.request.get("aspect", ""))
        return wanted if wanted in (*DECLARED, *WAIVED) else DECLARED[0]
