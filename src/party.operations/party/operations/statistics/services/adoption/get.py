"""GET /@adoption: how much the system is used, how well the work is done, ranks, flows and the target of digitisation."""

from dataclasses import fields
from typing import Any

from party.operations.ledger import clock
from party.operations.ledger.errors import require
from party.operations.organization.services.references import unit_uid
from party.operations.rest import shapes
from party.operations.rest.endpoints import Call
from party.operations.rest.endpoints import Endpoint
from party.operations.rest.service import Service
from party.operations.statistics import periods
from party.operations.statistics import quality
from party.operations.statistics import rules
from party.operations.statistics import structure as structures
from party.operations.statistics.adoption_report import AdoptionReport
from party.operations.statistics.adoption_report import ELSEWHERE
from party.operations.statistics.adoption_report import Line
from party.operations.statistics.adoption_report import MEASURES
from party.operations.statistics.quality import Figures


#: the whole site, where nothing said means the caller's own unit
ALL = "all"
#: figures of the quality that are counts; the others are lists of hours
COUNTS = tuple(each.name for each in fields(Figures) if each.type == "int" or each.type is int)


def _number(about: str, **limits: float) -> shapes.Shape:
    return shapes.or_null({"type": "number", "description": about, **limits})


_SHARE = _number("In percent; null where there is nothing to take a share of.", minimum=0, maximum=100)
_HOURS = _number("Hours of the clock; null without documents.", minimum=0)
LINE = shapes.record(
    "AdoptionFigures",
    required=("entitled", "active", "shares", "counts", "first_action", "done"),
    entitled=shapes.whole("People with a post in the period and an active account.", least=0),
    active=shapes.whole("Those of them who logged in at least once.", least=0),
    shares=shapes.record("AdoptionShares", **dict.fromkeys(MEASURES, _SHARE)),
    counts=shapes.record(
        "QualityCounts", "Documents of normal level.", **{name: shapes.whole(least=0) for name in COUNTS}
    ),
    first_action=shapes.record(
        "Delay", "From arrival to the first passing on, and below to the end.", median=_HOURS, p90=_HOURS
    ),
    done=shapes.record("Delay", median=_HOURS, p90=_HOURS),
)
UNIT = shapes.record(
    "AdoptionUnit",
    required=("unit", "title", "value", "before", "band", "rank", "rank_before", "figures"),
    unit=shapes.text(),
    title=shapes.text(),
    value=_SHARE,
    before=_SHARE,
    band=shapes.text("Empty without a value.", among=("good", "usual", "low", "very_low", "")),
    rank=shapes.or_null(shapes.whole("Equal values have one rank.", least=1)),
    rank_before=shapes.or_null(shapes.whole(least=1)),
    figures=LINE,
)
FLOW = shapes.record(
    "Flow",
    required=("sender", "receiver", "count"),
    sender=shapes.text("uid of a line."),
    receiver=shapes.text("uid of a line, empty for units in no line."),
    count=shapes.whole(least=1),
)
DIGITISED = shapes.record(
    "Digitised",
    required=("unit", "total", "declared", "counted", "share", "expected"),
    unit=shapes.text(),
    total=shapes.whole("Declared to be there.", least=0),
    declared=shapes.whole("Declared to be digitised outside the system.", least=0),
    counted=shapes.whole("Registered with scanned files since the first day of the target.", least=0),
    share=_number("In percent of what is there; null where nothing was declared."),
    expected=_number("What the straight line to the target says for today, in percent."),
)
REPORT = shapes.record(
    "Adoption",
    required=("unit", "from", "to", "structure", "by", "units", "total", "flows", "digitisation"),
    unit=shapes.text("Empty for the whole site."),
    structure=shapes.text(),
    by=shapes.text("What the units are ranked by."),
    units=shapes.many(UNIT, "By rank."),
    total=LINE,
    flows=shapes.many(FLOW, "Deliveries inside the system of what was issued, the most first."),
    digitisation=shapes.many(DIGITISED),
    **{"from": shapes.day(), "to": shapes.day()},
)
QUERY = shapes.record(
    unit=shapes.text("A unit, by uid or code; `all` is the whole site; left out, the caller's own."),
    period=shapes.text("Instead of the two days; left out as well, this week.", among=tuple(periods.CHOICES)),
    structure=shapes.text(
        "Where units stood then, or where they stand today with what they took over.",
        among=tuple(structures.STRUCTURES),
    ),
    by=shapes.text("What the units are ranked by; left out, active users.", among=tuple(MEASURES)),
    **{"from": shapes.day("The first day."), "to": shapes.day("The last day.")},
)


def adoption(call: Call) -> dict[str, Any]:
    """How much the units below a unit use the system and how well they work (mức độ sử dụng, chất lượng xử lý)."""
    require(rules.may_see_some())
    query, asked = call.query, call.query.get("unit", "")
    unit = rules.tops()[0] if not asked else structures.WHOLE if asked == ALL else unit_uid(asked)
    period = periods.asked(query.get("from"), query.get("to"), query.get("period", ""))
    found = AdoptionReport(unit, period, query.get("structure", structures.THEN), query.get("by", "active"))
    expected = found.target.expected(clock.today())
    return {
        "unit": unit,
        "from": period.since,
        "to": period.last,
        "structure": found.structure,
        "by": found.by,
        "units": [
            {
                "unit": each.unit,
                "title": found.titles[each.unit],
                "value": each.value,
                "before": each.before,
                "band": found.band(each.unit, each.value),
                "rank": each.rank,
                "rank_before": each.rank_before,
                "figures": _figures(found.lines[each.unit]),
            }
            for each in found.places
        ],
        "total": _figures(found.total),
        "flows": [
            {"sender": sender, "receiver": "" if receiver == ELSEWHERE else receiver, "count": count}
            for (sender, receiver), count in found.flows.most_common()
        ],
        "digitisation": [
            {
                "unit": uid,
                "total": each.total,
                "declared": each.declared,
                "counted": each.scanned,
                "share": each.share,
                "expected": expected,
            }
            for uid, each in found.digitised.items()
        ],
    }


def _figures(line: Line) -> dict[str, Any]:
    return {
        "entitled": len(line.use.entitled),
        "active": len(line.use.active),
        "shares": {name: each.share(line) for name, each in MEASURES.items()},
        "counts": {name: getattr(line.quality, name) for name in COUNTS},
        "first_action": _delay(line.quality.first_action),
        "done": _delay(line.quality.done),
    }


def _delay(hours: list[float]) -> "dict[str, float | None]":
    return {"median": quality.percentile(hours, 50), "p90": quality.percentile(hours, 90)}


class Get(Service):
    """Reads adoption and quality."""

    endpoints = (Endpoint("", adoption, REPORT, query=QUERY),)
