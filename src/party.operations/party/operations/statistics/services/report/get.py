"""GET /@statistics: the report, and what stands behind each of its figures."""

from typing import Any

from party.operations.ledger import tallies as measures
from party.operations.ledger.errors import require
from party.operations.organization.services.references import unit_uid
from party.operations.rest import shapes
from party.operations.rest.endpoints import Call
from party.operations.rest.endpoints import Endpoint
from party.operations.rest.service import Service
from party.operations.statistics import behind
from party.operations.statistics import periods
from party.operations.statistics import report as reports
from party.operations.statistics import rules
from party.operations.statistics import structure as structures
from party.operations.statistics.counting import FIELDS
from party.operations.statistics.counting import Figures
from party.operations.statistics.counting import MEASURE_OF
from party.operations.statistics.periods import Period
from party.operations.statistics.table import CLASSIFIED_HEADS


#: the whole site, where nothing said means the caller's own unit
ALL = "all"

_ASKED: dict[str, Any] = {
    "unit": shapes.text("A unit, by uid or code; `all` is the whole site; left out, the caller's own."),
    "from": shapes.day("The first day."),
    "to": shapes.day("The last day."),
    "period": shapes.text("Instead of the two days; left out as well, this week.", among=tuple(periods.CHOICES)),
    "structure": shapes.text(
        "Where units stood then, or where they stand today with what they took over.",
        among=tuple(structures.STRUCTURES),
    ),
    "grouping": shapes.text(
        "The units below by kind, or those below them by superior unit.", among=tuple(reports.GROUPINGS)
    ),
}

_FIGURES: dict[str, Any] = {
    "people": shapes.whole("Different people who logged in.", least=0),
    "logins": shapes.whole("Sessions opened by a credential check; tokens open none.", least=0),
    "incoming": shapes.whole("Documents that got an arrival number.", least=0),
    "outgoing": shapes.whole("Documents that got a number and went out.", least=0),
    "transfers": shapes.whole("Routing slips sent.", least=0),
}
FIGURES = shapes.record("Figures", required=FIELDS, **_FIGURES)
SAID = shapes.record(
    "ClassifiedFigures",
    "Counts of classified work as texts: `12`, `<5`, `…` for what is not given, `≥12`.",
    **{name: shapes.text() for name in CLASSIFIED_HEADS},
)
_COUNTED: dict[str, Any] = {"figures": FIGURES, "before": shapes.or_null(FIGURES), "classified": shapes.or_null(SAID)}
ROW = shapes.record(
    "ReportRow",
    required=("unit", "title", "number", "figures", "before", "classified", "own", "closed"),
    unit=shapes.text(),
    title=shapes.text(),
    number=shapes.whole("From 1 in each group.", least=1),
    own=shapes.flag("The unit by itself, without those below it."),
    closed=shapes.flag("The unit is closed by now."),
    **_COUNTED,
)
GROUP = shapes.record(
    "ReportGroup",
    required=("key", "rows", "figures", "before", "classified"),
    key=shapes.text("Kind of its units, or uid of the unit above them."),
    rows=shapes.many(ROW),
    **_COUNTED,
)
REPORT = shapes.record(
    "Report",
    required=("unit", "from", "to", "structure", "grouping", "compare", "groups", "figures", "before", "classified"),
    unit=shapes.text("Empty for the whole site."),
    structure=shapes.text(),
    grouping=shapes.text(),
    compare=shapes.or_null(shapes.record("ReportDays", **{"from": shapes.day(), "to": shapes.day()})),
    groups=shapes.many(GROUP),
    **{"from": shapes.day(), "to": shapes.day()},
    **_COUNTED,
)
BEHIND = shapes.record(
    "BehindFigure",
    required=("figure", "unseen", "items", "after"),
    figure=shapes.whole("The figure of the report.", least=0),
    unseen=shapes.or_null(shapes.whole("How much of it the caller may not see; null where it is not said.")),
    items=shapes.many(
        shapes.record(
            "Counted",
            person=shapes.text("Who did it, or who logged in."),
            name=shapes.text("The name of a person who logged in."),
            logins=shapes.whole(),
            day=shapes.day(),
            unit=shapes.text("Where it was done."),
            uid=shapes.text("The document."),
            title=shapes.text(),
            number_symbol=shapes.text(),
            amount=shapes.whole("Slips of a passing on; else 1."),
        )
    ),
    after=shapes.or_null(shapes.text("`after` of the next page, null at the end.")),
)


def report(call: Call) -> dict[str, Any]:
    """What the units below a unit did in a period: people, logins, documents, slips (báo cáo thống kê)."""
    unit, period, structure, grouping = _asked(call)
    compare = periods.compared(period, call.query.get("compare", ""))
    found = reports.report(unit, period, structure, compare, grouping, with_classified=True)
    return {
        "unit": found.unit,
        **_days(found.period),
        "structure": found.structure,
        "grouping": found.grouping,
        "compare": _days(found.compare) if found.compare is not None else None,
        "groups": [
            {
                "key": group.key,
                "rows": [
                    {
                        "unit": row.unit,
                        "title": row.title,
                        "number": row.number,
                        "own": row.own,
                        "closed": row.closed,
                        **_counted(row.figures, row.before, row.classified),
                    }
                    for row in group.rows
                ],
                **_counted(group.total, group.before, group.classified),
            }
            for group in found.groups
        ],
        **_counted(found.total, found.before, found.classified),
    }


def list_behind(call: Call) -> dict[str, Any]:
    """The documents, slips or people behind a figure, as far as the caller may see them."""
    query = call.query
    asked = behind.Asked(*_asked(call), query["figure"], row=query.get("row", ""), group=query.get("group", ""))
    found = behind.behind(asked, query.get("after", ""))
    plain = _person if MEASURE_OF[asked.figure] == measures.LOGIN else _document
    return {
        "figure": found.figure,
        "unseen": found.unseen,
        "items": [plain(each) for each in found.page.rows],
        "after": found.page.following,
    }


def _asked(call: Call) -> tuple[str, Period, str, str]:
    query = call.query
    require(rules.may_see_some())
    period = periods.asked(query.get("from"), query.get("to"), query.get("period", ""))
    return (
        _unit(query.get("unit", "")),
        period,
        query.get("structure", structures.THEN),
        query.get("grouping", reports.KIND),
    )


def _unit(reference: str) -> str:
    if not reference:
        return rules.tops()[0]
    return structures.WHOLE if reference == ALL else unit_uid(reference)


def _days(period: Period) -> dict[str, Any]:
    return {"from": period.since, "to": period.last}


def _counted(figures: Figures, before: Figures | None, classified: Any) -> dict[str, Any]:
    return {
        "figures": {name: getattr(figures, name) for name in FIELDS},
        "before": {name: getattr(before, name) for name in FIELDS} if before is not None else None,
        "classified": {name: str(cell) for name, cell in classified.items()} if classified is not None else None,
    }


def _person(row: Any) -> dict[str, Any]:
    return {"person": row.id, "name": row.full_name, "logins": row.logins}


def _document(row: Any) -> dict[str, Any]:
    names = ("day", "unit", "person", "uid", "title", "number_symbol", "amount")
    return {name: getattr(row, name) for name in names}


class Get(Service):
    """Reads the statistics."""

    endpoints = (
        Endpoint(
            "",
            report,
            REPORT,
            query=shapes.record(
                **_ASKED, compare=shapes.text("Beside it the same of another period.", among=tuple(periods.COMPARISONS))
            ),
        ),
        Endpoint(
            "list",
            list_behind,
            BEHIND,
            query=shapes.record(
                required=("figure",),
                **_ASKED,
                figure=shapes.text(among=FIELDS),
                row=shapes.text("The uid of a line; left out, all lines."),
                group=shapes.text("The key of a group; left out, all groups."),
                after=shapes.text("`after` of the page before."),
            ),
        ),
    )
