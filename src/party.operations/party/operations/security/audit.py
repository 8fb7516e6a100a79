"""Reading the journal (tra cứu nhật ký kiểm soát): for auditors alone, and every reading is a record of the journal."""

import csv
import io
import re
from collections.abc import Iterable
from collections.abc import Iterator
from contextlib import suppress
from datetime import date
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from zope.i18n import translate

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import audit
from party.operations.confidentiality import clearances
from party.operations.confidentiality.audit import actions
from party.operations.confidentiality.audit import reading
from party.operations.confidentiality.audit.reading import Filter
from party.operations.confidentiality.audit.reading import Line
from party.operations.confidentiality.audit.reading import Lines
from party.operations.ledger import clock
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import Missing
from party.operations.organization import lookup
from party.operations.security import rules
from party.operations.text.dates import format_date
from party.operations.text.formulas import harmless


#: rows of one export; who needs more exports period after period
MOST = 100_000

ZONES = {"wan": _("Internal network"), "internet": _("Internet")}

_ID = re.compile(r"[A-Za-z0-9._:-]{0,64}")

HEADS = (
    _("Time"),
    _("Person"),
    _("Login"),
    _("Action"),
    _("Outcome"),
    _("Objects"),
    _("Details"),
    _("Zone"),
    _("Stream"),
    _("No."),
)


def check_auditor() -> None:
    """Raise :class:`Missing` unless an auditor acts where the keys are; a try of somebody else is recorded."""
    in_place = bool(rules.in_place())
    if in_place and clearances.is_officer(actor.current(), clearances.AUDITOR):
        return
    if in_place and actor.current():
        # nothing is shown, so nothing depends on the record
        with suppress(audit.AuditUnavailable):
            audit.refused("audit_read")
    raise Missing(_("There is nothing here."))


def wanted(
    *,
    since: date | None = None,
    until: date | None = None,
    person: str = "",
    action: str = "",
    object: str = "",  # noqa: A002 - the name of the field
    outcome: str = "",
    zone: str = "",
) -> Filter:
    """What to look for; ``person`` is an id, a login or part of the name of somebody with a post."""
    return Filter(
        since=since,
        until=until,
        actors=_people(person) if person.strip() else None,
        action=_known(action, actions.ACTIONS, "action"),
        object=_plain(object),
        outcome=_known(outcome, actions.OUTCOMES, "outcome"),
        zone=_known(zone, ZONES, "zone"),
    )


def page(asked: Filter, after: str = "") -> Lines:
    """One page of the journal; recorded before it is read."""
    check_auditor()
    audit.record("audit_read", asked.object or (), **_facts(asked))
    return reading.page(audit.database(), asked, after)


def exported(asked: Filter, kind: str) -> bytes:
    """All that fits as a file, ``csv`` or ``xlsx``; recorded before it is read."""
    check_auditor()
    count = reading.count(audit.database(), asked)
    if count > MOST:
        raise Invalid(
            _(
                "${count} records fit; at most ${most} go into one file. Choose a shorter period.",
                mapping={"count": count, "most": MOST},
            ),
            "since",
        )
    audit.record("audit_export", asked.object or (), **_facts(asked), kind=kind, count=count)
    rows = _rows(reading.every(audit.database(), asked))
    return _xlsx(rows) if kind == "xlsx" else _csv(rows)


def verify() -> list[audit.Problem]:
    """Check the whole journal."""
    check_auditor()
    return audit.verify()


def names_of(lines: Iterable[Line]) -> dict[str, str]:
    """Names of the people of the lines; the system and who was not logged in have theirs too."""
    people = lookup.names({each.actor for each in lines})
    own = {
        actor.SYSTEM: translate(_("The system"), target_language="vi"),
        "": translate(_("Nobody logged in"), target_language="vi"),
    }
    return {**own, **people}


def details(line: Line) -> str:
    """The facts of a record in one line."""
    return ", ".join(f"{name}={'' if value is None else value}" for name, value in sorted(line.facts.items()))


def _rows(lines: Iterator[Line]) -> Iterator[list[str]]:
    def say(text: str) -> str:
        return translate(text, target_language="vi")

    found = list(lines)
    people = {each.actor for each in found}
    names, logins = names_of(found), lookup.logins(people)
    yield [say(head) for head in HEADS]
    for each in found:
        local = clock.local(each.at)
        yield [
            f"{format_date(local.date())} {local:%H:%M:%S}",
            names.get(each.actor, each.actor),
            logins.get(each.actor, each.actor),
            say(actions.label(each.action)),
            say(actions.OUTCOMES.get(each.outcome, each.outcome)),
            " ".join(each.objects),
            details(each),
            say(ZONES.get(each.zone, each.zone)),
            each.stream,
            str(each.seq),
        ]


def _csv(rows: Iterator[list[str]]) -> bytes:
    target = io.StringIO()
    writer = csv.writer(target)
    for row in rows:
        writer.writerow([harmless(cell) for cell in row])
    return target.getvalue().encode("utf-8-sig")


def _xlsx(rows: Iterator[list[str]]) -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet(translate(_("Journal"), target_language="vi"))
    for row in rows:
        cells = []
        for value in row:
            cell = WriteOnlyCell(sheet, value=value)
            # never a formula, whatever it begins with
            cell.data_type = "s"
            cells.append(cell)
        sheet.append(cells)
    target = io.BytesIO()
    book.save(target)
    return target.getvalue()


def _people(text: str) -> tuple[str, ...]:
    """Ids of the people that ``text`` may mean; none when it means nobody."""
    cleaned = text.strip()
    row = lookup.person_by_login(cleaned)
    if row is not None:
        return (row.id,)
    if cleaned in lookup.names({cleaned}) or cleaned == actor.SYSTEM:
        return (cleaned,)
    return tuple(sorted({each.id for each in lookup.search_people(cleaned, limit=200)}))


def _known(value: str, among: "dict[str, str]", field: str) -> str:
    if value and value not in among:
        raise Invalid(
            _("“${field}” is one of: ${choices}.", mapping={"field": field, "choices": ", ".join(among)}), field
        )
    return value


def _plain(uid: str) -> str:
    cleaned = uid.strip()
    if not _ID.fullmatch(cleaned):
        raise Invalid(_("Write the id of the object as it stands in the journal."), "object")
    return cleaned


def _facts(asked: Filter) -> dict[str, Any]:
    """The filter as facts of a record: what was looked for, without what was left empty."""
    people = asked.actors or ()
    found = {
        "since": asked.since and asked.since.isoformat(),
        "until": asked.until and asked.until.isoformat(),
        "person": people[0] if len(people) == 1 else None,
        "people": len(people) if len(people) > 1 else None,
        "what": asked.action,
        "how": asked.outcome,
        "where": asked.zone,
    }
    return {name: value for name, value in found.items() if value}
