"""The pictures beside the tables of adoption and quality (biểu đồ kèm bảng số liệu)."""

from collections import Counter
from collections.abc import Callable
from collections.abc import Mapping

from party.operations import _
from party.operations.ledger import clock
from party.operations.statistics import thresholds
from party.operations.statistics.adoption_report import AdoptionReport
from party.operations.statistics.adoption_report import ELSEWHERE
from party.operations.statistics.adoption_report import MEASURES
from party.operations.statistics.adoption_tables import name_of
from party.operations.statistics.adoption_tables import say
from party.operations.statistics.adoption_tables import Table
from party.operations.statistics.pictures import bars
from party.operations.statistics.pictures import flow
from party.operations.statistics.pictures import heat
from party.operations.statistics.pictures import trend


#: of more units only the first and the last are drawn, half of this each
MOST_BARS = 40
#: senders and receivers drawn by name; the others are one
MOST_FLOWS = 7
#: how the bars of a band are filled
_HATCHED = {thresholds.LOW: 1, thresholds.VERY_LOW: 2}


def ranking(report: AdoptionReport, table: Table) -> str:
    """Bars by rank, with the limits for all units."""
    places, half = report.places, MOST_BARS // 2
    drawn = places if len(places) <= MOST_BARS else [*places[:half], *places[-half:]]
    usual = report.bands.usual
    return bars.draw(
        "ranking",
        f"{say(table.title)}: {say(report.measure.label)}",
        say(_("Each bar is the share of one unit; low shares are hatched, very low ones densely.")),
        [
            bars.Bar(report.titles[each.unit], each.value, _HATCHED.get(report.band(each.unit, each.value), 0))
            for each in drawn
        ],
        unit="%",
        top=100,
        marks=[(limit, f"{limit}%") for limit in sorted({usual.very_low, usual.low, usual.high})],
    )


def spans(report: AdoptionReport, table: Table) -> str:
    """A line for each share."""
    return trend.draw(
        "trend",
        say(table.title),
        say(table.about),
        [f"{period.since:%d/%m}" for period, _line in report.spans],
        [
            trend.Line(say(each.label), [each.share(line) for _period, line in report.spans])
            for each in MEASURES.values()
        ],
        unit="%",
        top=100,
    )


def weeks(report: AdoptionReport, table: Table) -> str:
    """Units by weeks."""
    return heat.draw(
        "weeks",
        say(table.title),
        say(table.about),
        [f"{week.since:%d/%m}" for week, _shares in report.weeks],
        [heat.Row(report.titles[uid], [shares[uid] for _week, shares in report.weeks]) for uid in report.lines],
        unit="%",
        top=100,
    )


def between(report: AdoptionReport, table: Table) -> str:
    """Bands between those who send and get most; the others are drawn as one."""
    sent, received = Counter[str](), Counter[str]()
    for (sender, receiver), count in report.flows.items():
        sent[sender] += count
        received[receiver] += count
    senders, receivers = _most(sent), _most(received)
    links = Counter[tuple[str, str]]()
    for (sender, receiver), count in report.flows.items():
        named = (sender if sender in senders else ELSEWHERE, receiver if receiver in receivers else ELSEWHERE)
        links[named] += count
    order = [uid for uid in report.units.rows if uid in senders | receivers]
    names: Mapping[str, str] = {uid: name_of(report, uid) for uid in (*order, ELSEWHERE)}
    return flow.draw("flow", say(table.title), say(table.about), links, names, [*order, ELSEWHERE])


def digitisation(report: AdoptionReport, table: Table) -> str:
    """Bars up to the target, with where the straight line stands today."""
    aim, today = report.target, clock.today()
    expected = aim.expected(today)
    drawn = [
        bars.Bar(report.titles[uid], each.share, 1 if each.share is not None and each.share < expected else 0)
        for uid, each in report.digitised.items()
        if each.total
    ]
    marks = [(float(aim.percent), say(_("Target ${percent}%", mapping={"percent": aim.percent})))]
    if expected < aim.percent:
        marks.insert(0, (expected, f"{today:%d/%m}"))
    return bars.draw(
        "digitisation", say(table.title), say(table.about), drawn[:MOST_BARS], unit="%", top=100, marks=marks
    )


def _most(amounts: "Counter[str]") -> set[str]:
    return {unit for unit, _count in amounts.most_common(MOST_FLOWS)}


#: by the key of the table
PICTURES: "dict[str, Callable[[AdoptionReport, Table], str]]" = {
    "ranking": ranking,
    "trend": spans,
    "weeks": weeks,
    "flow": between,
    "digitisation": digitisation,
}
