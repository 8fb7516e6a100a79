"""What a report by mail says (nội dung báo cáo gửi thư): what its reader may see when it is sent, and nothing classified."""

from collections.abc import Callable
from datetime import date
from typing import Any

import sqlalchemy as sa
from zope.component.hooks import getSite
from zope.interface import provider

from party.operations import _
from party.operations.ledger import clock
from party.operations.ledger import turn
from party.operations.ledger.errors import Missing
from party.operations.mail.letters import Attachment
from party.operations.mail.letters import IComposer
from party.operations.mail.letters import Letter
from party.operations.mail.letters import Link
from party.operations.mail.letters import Table
from party.operations.organization import lookup
from party.operations.statistics import adoption_files
from party.operations.statistics import adoption_tables
from party.operations.statistics import exports
from party.operations.statistics import periods
from party.operations.statistics import readiness
from party.operations.statistics import readiness_sheet
from party.operations.statistics import table
from party.operations.statistics.adoption_report import AdoptionReport
from party.operations.statistics.periods import Period
from party.operations.statistics.readiness import ASPECTS
from party.operations.statistics.readiness import SETTLED
from party.operations.statistics.report import report
from party.operations.statistics.scheduled_tables import scheduled_reports
from party.operations.statistics.table import say
from party.operations.text.dates import format_date


#: lines that stand in the mail itself; the sheet has all
MOST = 100
_XLSX = exports.FORMATS["xlsx"][1]

#: the parts of a mail and its files, of a unit and a period
Content = tuple[tuple[str | Table | Link, ...], tuple[Attachment, ...]]


@provider(IComposer)
def scheduled_report(person: str, facts: dict[str, Any]) -> Letter:
    """The report as ``person`` sees it now; raises ``NotAllowed``, and ``Missing`` when it was stopped meanwhile."""
    row = turn.row(sa.select(scheduled_reports).where(scheduled_reports.c.id == facts["schedule"]))
    if row is None or not row.active:
        raise Missing(_("this report by mail was stopped."))
    period = Period(date.fromisoformat(facts["since"]), date.fromisoformat(facts["until"]))
    label, content = CONTENTS[row.kind]
    unit, reader = lookup.unit(row.unit), lookup.person(person)
    parts, files = content(row.unit, period)
    words = {"report": say(label), "unit": unit.title, "period": str(period)}
    return Letter(
        name=reader.full_name,
        address=reader.email,
        subject=say(_("${report}: ${unit}, ${period}", mapping=words)),
        parts=(
            say(_("Dear ${name},", mapping={"name": reader.full_name})),
            *parts,
            say(
                _(
                    "This mail was sent by the clock. The administrator of the unit arranges who gets it; no answer is read."
                )
            ),
        ),
        attachments=files,
    )


def _report(unit: str, period: Period) -> Content:
    # without what a cleared reader is told of classified work on the screen
    found = report(unit, period, compare=periods.before(period), with_classified=False)
    lines, columns = table.lines(found), table.columns(found)
    shown = Table(
        tuple(each.label for each in columns[1:]),
        tuple(tuple(table.amount(each.value(line)) for each in columns[1:]) for line in lines[:MOST]),
    )
    query = f"unit={unit}&from={period.since}&to={period.last}"
    return (
        (
            *table.subtitle(found)[1:],
            say(_("Figures as of ${moment}.", mapping={"moment": _moment()})),
            shown,
            *_more(len(lines)),
            *table.notes(found),
            Link(say(_("The report with what stands behind each figure")), f"{_home()}/@@statistics?{query}"),
        ),
        (Attachment(table.filename(found, "xlsx"), _XLSX, exports.xlsx(found)),),
    )


def _readiness(unit: str, period: Period) -> Content:
    lines = readiness.matrix(unit)
    counts = readiness.counted(lines)
    words = {"complete": sum(not each.missing for each in lines), "total": len(lines), "moment": _moment()}
    settled = {name: sum(counts[name][state] for state in SETTLED) for name in ASPECTS}
    title = lookup.unit(unit).title
    return (
        (
            say(
                _(
                    "Nothing is missing in ${complete} of ${total} units, as of ${moment}.",
                    mapping=words,
                )
            ),
            Table(
                (say(_("Aspect")), say(_("Units where it is settled"))),
                tuple((say(label), f"{settled[name]}/{len(lines)}") for name, label in ASPECTS.items()),
            ),
            Link(say(_("The units where something is missing")), f"{_home()}/@@readiness?unit={unit}&incomplete=1"),
        ),
        (Attachment(f"muc-do-san-sang-{clock.today():%Y%m%d}.xlsx", _XLSX, readiness_sheet.sheet(lines, title)),),
    )


def _adoption(unit: str, period: Period) -> Content:
    found = AdoptionReport(unit, period)
    ranking = adoption_tables.ranking(found)
    kinds = [each.kind for each in ranking.columns]
    shown = Table(
        tuple(adoption_files.heading(ranking, at) for at in range(len(kinds))),
        tuple(
            tuple(adoption_tables.shown(value, kind) for value, kind in zip(row, kinds, strict=True))
            for row in ranking.rows[:MOST]
        ),
    )
    query = f"unit={unit}&from={period.since}&to={period.last}"
    name = f"muc-do-su-dung-{period.since:%Y%m%d}-{period.last:%Y%m%d}.xlsx"
    return (
        (
            say(_("Figures as of ${moment}.", mapping={"moment": _moment()})),
            shown,
            *_more(len(ranking.rows)),
            Link(say(_("The figures with their pictures")), f"{_home()}/@@adoption?{query}"),
        ),
        (Attachment(name, _XLSX, adoption_files.xlsx(found)),),
    )


#: what can be sent, with its name
CONTENTS: dict[str, tuple[str, Callable[[str, Period], Content]]] = {
    "report": (_("Report on the use of the system"), _report),
    "adoption": (_("Adoption and quality"), _adoption),
    "readiness": (_("Readiness"), _readiness),
}


def _more(count: int) -> tuple[str, ...]:
    return (say(_("and ${count} more lines in the sheet.", mapping={"count": count - MOST})),) if count > MOST else ()


def _moment() -> str:
    now = clock.local(clock.now())
    return f"{now:%H:%M}, {format_date(now.date())}"


def _home() -> str:
    return str(getSite().absolute_url())
