"""The columns of the registers (cột của sổ): what stands in each, for screen and sheet."""

from collections.abc import Callable
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import replace
from datetime import date

from party.operations import _
from party.operations.confidentiality import audit
from party.operations.confidentiality import levels
from party.operations.confidentiality import rows
from party.operations.documents import lists
from party.operations.documents import numbers
from party.operations.documents.register_filters import Wanted
from party.operations.documents.vocabularies import INCOMING_STATES
from party.operations.documents.vocabularies import OUTGOING_STATES
from party.operations.documents.vocabularies import type_name
from party.operations.documents.vocabularies import URGENCIES
from party.operations.ledger.errors import Invalid


#: lines that go into one sheet or one print
MOST = 10_000
#: lines that are read at once for it
_TOGETHER = 1_000


@dataclass(frozen=True)
class Column:
    """One column: its heading, what stands in it (a date, a number or a text), and how wide it is beside the others."""

    label: str
    value: "Callable[[rows.Row], date | int | str | None]"
    width: int
    #: key of ``register_filters.SORTS``, "register" for the register's own order, "" where it is not sorted by
    sort: str = ""
    #: shown until somebody chooses otherwise
    usual: bool = True


def _urgency(row: rows.Row) -> str:
    return URGENCIES[row.urgency] if row.urgency in URGENCIES and row.urgency != "normal" else ""


def _level(row: rows.Row) -> str:
    return levels.LEVELS[row.level] if row.level in levels.CLASSIFIED else ""


COLUMNS: dict[str, dict[str, Column]] = {
    "incoming": {
        "arrival_date": Column(_("Date of arrival"), lambda row: row.arrival_date, 10, "register"),
        "arrival_number": Column(_("Arrival no."), numbers.arrival, 6),
        "issuer": Column(_("Issuer"), lambda row: row.issuer, 18, "issuer"),
        "number_symbol": Column(_("Number and symbol"), lambda row: row.number_symbol, 13, "number_symbol"),
        "document_date": Column(_("Date"), lambda row: row.document_date, 10, "document_date"),
        "level": Column(_("Level"), _level, 8),
        "type": Column(_("Type"), lambda row: type_name(row.type), 10, usual=False),
        "title": Column(_("Abstract"), lambda row: row.title, 40, "title"),
        "urgency": Column(_("Urgency"), _urgency, 9, usual=False),
        "passed_to": Column(_("Unit or person in charge"), lambda row: row.passed_to, 16),
        "passed_on": Column(_("Passed on"), lambda row: row.passed_on, 10, usual=False),
        "deadline": Column(_("Deadline"), lambda row: row.deadline, 10, "deadline"),
        "answered_by": Column(_("Answered by"), lambda row: row.answered_by, 13, usual=False),
        "state": Column(_("State"), lambda row: INCOMING_STATES[row.state], 11),
    },
    "outgoing": {
        "number_symbol": Column(_("Number and symbol"), lambda row: row.number_symbol, 13, "number_symbol"),
        "issue_date": Column(_("Date"), lambda row: row.issue_date, 10, "register"),
        "level": Column(_("Level"), _level, 8),
        "type": Column(_("Type"), lambda row: type_name(row.type), 10, usual=False),
        "title": Column(_("Abstract"), lambda row: row.title, 40, "title"),
        "urgency": Column(_("Urgency"), _urgency, 9, usual=False),
        "signer": Column(_("Signer"), lambda row: row.signer, 14),
        "recipients": Column(_("Recipients"), lambda row: row.recipients, 24),
        "copies": Column(_("Copies"), lambda row: row.copies, 6),
        "deadline": Column(_("Deadline"), lambda row: row.deadline, 10, "deadline", usual=False),
        "state": Column(_("State"), lambda row: OUTGOING_STATES[row.state], 11),
    },
}


def lines(direction: str, unit: str, wanted: Wanted, only: "tuple[str, ...]" = ()) -> list[rows.Row]:
    """The lines that go out of the system as a file, in the order that is wanted; raises :class:`Invalid` for too many."""
    found: list[rows.Row] = []
    for page in _pages(direction, unit, wanted, only):
        found += page
        if len(found) > MOST:
            raise Invalid(
                _(
                    "More than ${most} lines are too many for one file. Choose a shorter period, or days from and to.",
                    mapping={"most": f"{MOST:,}".replace(",", ".")},
                )
            )
    return found


def printed(direction: str, unit: str, wanted: Wanted, only: "tuple[str, ...]" = ()) -> list[rows.Row]:
    """The same in the order of the register, oldest first."""
    return lines(direction, unit, replace(wanted, sort="", growing=True), only)


def record(action: str, direction: str, unit: str, found: list[rows.Row]) -> None:
    """Write into the journal which classified documents go out in a file, before they do."""
    uids = [each.uid for each in found if each.level in levels.CLASSIFIED]
    if uids:
        audit.record(action, uids, what=f"register-{direction}", unit=unit, count=len(uids))


def _pages(direction: str, unit: str, wanted: Wanted, only: "tuple[str, ...]") -> Iterator[list[rows.Row]]:
    after: str | None = ""
    while after is not None:
        page = lists.register_page(direction, unit, wanted, after, size=_TOGETHER, only=only)
        yield page.rows
        after = page.following
