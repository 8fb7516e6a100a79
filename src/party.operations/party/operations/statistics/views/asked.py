"""Which report an address means (tham số báo cáo): unit, period, structure, comparison, grouping."""

from functools import cached_property
from urllib.parse import urlencode

from party.operations import _
from party.operations.organization import lookup
from party.operations.statistics import periods
from party.operations.statistics import report as reports
from party.operations.statistics import rules
from party.operations.statistics import structure as structures
from party.operations.statistics.periods import Period
from party.operations.statistics.report import Report
from party.operations.statistics.views.base import StatisticsPage
from party.operations.text.dates import format_date
from party.operations.ui.dates import typed_day


#: what stands in the address of a report
FIELDS = ("unit", "period", "from", "to", "structure", "compare", "grouping")
#: the whole site in an address, where nothing said means the reader's own unit
ALL = "all"


class ReportPage(StatisticsPage):
    """A page about a report."""

    @cached_property
    def asked(self) -> dict[str, str]:
        """The address as it was typed; the unit is the first of the reader's when none is named."""
        found = {name: str(self.request.form.get(name, "")).strip() for name in FIELDS}
        found["structure"] = found["structure"] or structures.THEN
        found["grouping"] = found["grouping"] or reports.KIND
        if found["unit"] == ALL:
            found["unit"] = structures.WHOLE
        elif not found["unit"]:
            found["unit"] = rules.tops()[0]
        return found

    @cached_property
    def period(self) -> Period:
        """The days that are meant: the two days typed, else those of the word; raises :class:`Invalid`."""
        since, last = (typed_day(self.asked[name], name) for name in ("from", "to"))
        return periods.asked(since, last, self.asked["period"])

    def report(self) -> Report:
        """The report that is meant; raises what :func:`reports.report` does, and :class:`Invalid`."""
        asked = self.asked
        compare = periods.compared(self.period, asked["compare"])
        found = reports.report(
            asked["unit"], self.period, asked["structure"], compare, asked["grouping"], with_classified=True
        )
        self.classified = found.classified is not None
        return found

    def query(self, **changed: str) -> str:
        """The query of an address that means the same report, on the same days whenever it is opened."""
        kept = {name: self.asked[name] for name in ("structure", "compare", "grouping")}
        kept["unit"] = self.asked["unit"] or ALL
        days = {"from": format_date(self.period.since), "to": format_date(self.period.last)}
        whole = {**kept, **days, **changed}
        return urlencode({name: value for name, value in whole.items() if value})

    def path(self) -> list[dict[str, str]]:
        """The units from the reader's own down to the chosen one, each with the address of its report."""
        chosen = self.asked["unit"]
        if chosen == structures.WHOLE:
            return []
        line, tops = lookup.ancestors(chosen)[::-1], rules.tops()
        mine = next((at for at, uid in enumerate(line) if uid in tops), 0)
        way = [*tops, *line] if structures.WHOLE in tops else line[mine:]
        titles = lookup.unit_titles(way)
        return [
            {
                "title": titles.get(uid) or self.say(_("All units")),
                "url": f"{self.home}/@@statistics?{self.query(unit=uid or ALL)}",
            }
            for uid in way
        ]
