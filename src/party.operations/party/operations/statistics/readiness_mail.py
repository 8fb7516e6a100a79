"""The reminder of what a unit still lacks (thư đôn đốc), as it is when it is sent."""

from typing import Any

from zope.component.hooks import getSite
from zope.i18n import translate
from zope.interface import provider

from party.operations import _
from party.operations.confidentiality import principals
from party.operations.ledger import clock
from party.operations.ledger.errors import Missing
from party.operations.mail.letters import IComposer
from party.operations.mail.letters import Letter
from party.operations.mail.letters import Link
from party.operations.mail.letters import Table
from party.operations.organization import lookup
from party.operations.statistics import readiness
from party.operations.statistics.readiness import ASPECTS
from party.operations.statistics.readiness import Line
from party.operations.statistics.readiness_acts import responsible
from party.operations.text.dates import format_date


#: units that a mail names; the page has all
MOST = 100


@provider(IComposer)
def reminder(person: str, facts: dict[str, Any]) -> Letter:
    """What is missing in the units the person is responsible for; raises ``Missing`` when it is nothing any more."""
    row = lookup.person(person)
    kept = {each.unit for each in principals.standings(person) if each.function == "unit_admin"}
    open_lines = [each for each in readiness.lines(kept) if each.missing and _is_within(each, facts["unit"])]
    mine = responsible(open_lines)[0].get(person, [])
    if not mine:
        raise Missing(_("nothing is missing any more in the units this person is responsible for."))
    words = {"count": len(mine), "day": format_date(clock.today())}
    return Letter(
        name=row.full_name,
        address=row.email,
        subject=_say(_("What is still missing before work can go on: ${count} units, ${day}", mapping=words)),
        parts=(
            _say(_("Dear ${name},", mapping={"name": row.full_name})),
            _say(_("You are responsible for ${count} units where something is missing on ${day}:", mapping=words)),
            Table(
                (_say(_("Unit")), _say(_("Missing"))),
                tuple((each.title, _missing(each)) for each in mine[:MOST]),
            ),
            *([_say(_("and ${count} more.", mapping={"count": len(mine) - MOST}))] if len(mine) > MOST else []),
            Link(_say(_("All of it, and the form to declare what the system cannot know")), _address()),
        ),
    )


def _is_within(line: Line, unit: str) -> bool:
    return not unit or f"/{unit}/" in line.lineage


def _missing(line: Line) -> str:
    return ", ".join(_say(ASPECTS[each]) for each in line.missing)


def _address() -> str:
    return f"{getSite().absolute_url()}/@@readiness?incomplete=1"


def _say(message: Any) -> str:
    return translate(message, target_language="vi")
