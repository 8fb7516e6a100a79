"""What stands behind a figure, on the screen (trang danh sách phía sau con số)."""

from collections.abc import Mapping
from typing import Any

from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile

from party.operations import _
from party.operations.ledger import tallies as measures
from party.operations.organization import lookup
from party.operations.organization.vocabularies import FUNCTIONS
from party.operations.statistics import behind
from party.operations.statistics import table
from party.operations.statistics.counting import MEASURE_OF
from party.operations.statistics.views.asked import ReportPage


class StatisticsList(ReportPage):
    """Documents, passings on or people; only what the reader may see, and how much he does not."""

    title = _("Behind the figure")
    template = ViewPageTemplateFile("templates/listing.pt")

    def __call__(self) -> str:
        """Draw one page of the list."""
        self.keep_out()
        form = self.request.form
        self.figure, self.row, self.group = (str(form.get(name, "")) for name in ("figure", "row", "group"))
        asked = self.asked
        self.found = behind.behind(
            behind.Asked(
                asked["unit"],
                self.period,
                asked["structure"],
                asked["grouping"],
                self.figure,
                row=self.row,
                group=self.group,
            ),
            str(form.get("after", "")),
        )
        self.measure = MEASURE_OF[self.figure]
        rows = self.found.page.rows
        if self.measure != measures.LOGIN:
            self.units = lookup.unit_titles({each.unit for each in rows})
            self.people = lookup.names({each.person for each in rows})
        self.to = self._recipients() if self.measure == measures.TRANSFER else {}
        return self.template()

    @property
    def about(self) -> list[str]:
        """Which figure of whom, and when."""
        uid = self.row or self.asked["unit"]
        unit = lookup.unit(uid).title if uid else self.say(_("All units"))
        return [unit, str(self.period)]

    @property
    def label(self) -> str:
        """The figure by the heading of its column."""
        return self.say(table.HEADS[self.figure])

    def amount(self, number: int) -> str:
        """A number as it is written."""
        return table.amount(number)

    def unseen(self) -> str:
        """How much of the figure the reader does not see; "" for nothing."""
        if self.found.unseen is None:
            return self.say(_("What you may not see is counted in the figure and does not stand in this list."))
        if not self.found.unseen:
            return ""
        return self.say(_("${count} more that you may not see.", mapping={"count": self.amount(self.found.unseen)}))

    def following(self) -> str:
        """The address of the next page; "" on the last."""
        if not self.found.page.following:
            return ""
        return f"{self.home}/@@statistics-list?{self._query(after=self.found.page.following)}"

    def back(self) -> str:
        """The address of the report."""
        return f"{self.home}/@@statistics?{self.query()}"

    def _query(self, **more: str) -> str:
        return self.query(figure=self.figure, row=self.row, group=self.group, **more)

    def _recipients(self) -> Mapping[int, str]:
        """To whom each passing on went."""
        sent = behind.recipients([each.event for each in self.found.page.rows])
        slips: list[Any] = [slip for each in sent.values() for slip in each]
        names = lookup.names({each.to_person for each in slips})
        titles = lookup.unit_titles({each.to_unit for each in slips})

        def name(slip: Any) -> str:
            if slip.to_person:
                return names.get(slip.to_person, "")
            function = f"{self.say(FUNCTIONS[slip.to_function])}, " if slip.to_function in FUNCTIONS else ""
            return f"{function}{titles.get(slip.to_unit, '')}"

        return {event: "; ".join(name(slip) for slip in each) for event, each in sent.items()}
