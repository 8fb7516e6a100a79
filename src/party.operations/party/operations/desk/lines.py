"""The rows of a tray as the desk draws them (dòng của danh sách)."""

from dataclasses import dataclass
from dataclasses import field
from typing import Any

from party.operations import _


@dataclass(frozen=True)
class Cell:
    """One cell: the column it belongs to, what is written there, and the tooltip."""

    column: str
    text: str
    title: str = ""
    late: bool = False


@dataclass(frozen=True)
class Line:
    """One row: where it leads, its main cell, and the cells beside it."""

    url: str
    title: str
    #: who sent it, or to whom it goes: a column of its own where there is room, else small under the title
    issuer: str
    #: number and symbol, beside the issuer where their column has no room
    number: str
    urgency: str
    urgency_key: str
    level: str
    level_key: str
    before: list[Cell]
    after: list[Cell]
    unread: bool = False
    #: what may be done with many of them at once; "" for what cannot be
    uid: str = ""
    slip: str = ""
    #: what a key leads to while the row is in focus
    keys: dict[str, str] = field(default_factory=dict)


#: the words over the columns, for each kind of tray; the abstract stands between them
COLUMNS = {
    "slips": (
        {"arrival": _("Arrival no."), "symbol": _("Number and symbol"), "issuer": _("Issuer")},
        {"directive": _("Directive"), "capacity": _("Capacity"), "deadline": _("Deadline"), "state": _("State")},
    ),
    "deliveries": (
        {"symbol": _("Number and symbol"), "day": _("Date"), "issuer": _("Sender")},
        {"recipient": _("Recipient"), "moment": _("Sent at")},
    ),
    "documents": (
        {"symbol": _("Number and symbol"), "type": _("Type"), "issuer": _("Issuer or recipients")},
        {"deadline": _("Deadline"), "state": _("State")},
    ),
}


def drawn(page: Any, row: Any) -> Line:
    """A row of a tray as a line; ``page`` has the words for its keys (see :class:`.pages.Words`)."""
    common = {
        "title": row.title,
        "number": row.number_symbol,
        "urgency": page.urgency(row.urgency),
        "urgency_key": row.urgency,
        "level": page.level(row.level),
        "level_key": row.level,
    }
    values = row._mapping
    if "capacity" in values:
        return _slip(page, row, common)
    if "recipient" in values:
        return _delivery(page, row, common)
    return _document(page, row, common)


def _slip(page: Any, row: Any, common: dict[str, Any]) -> Line:
    address = f"{page.home}/d/{row.uid}"
    return Line(
        url=address,
        issuer=row.issuer,
        before=[
            Cell("arrival", str(row.arrival_number or "")),
            Cell("symbol", row.number_symbol),
            Cell("issuer", row.issuer, row.issuer),
        ],
        after=[
            Cell("directive", row.directive, row.directive),
            Cell("capacity", page.capacity(row)),
            _deadline(page, row.deadline),
            Cell("state", page.slip_state(row)),
        ],
        unread=row.state == "sent",
        uid=row.uid,
        slip=str(row.id),
        keys={
            "c": f"{address}/@@transfer",
            "b": f"{address}/@@transfer#form-widgets-directive",
            "e": f"{address}/@@slip?id={row.id}&do=complete",
        },
        **common,
    )


def _delivery(page: Any, row: Any, common: dict[str, Any]) -> Line:
    return Line(
        url=f"{page.home}/@@delivery?id={row.id}",
        issuer=row.sender_title,
        before=[
            Cell("symbol", row.number_symbol),
            Cell("day", page.day(row.issue_date)),
            Cell("issuer", row.sender_title, row.sender_title),
        ],
        after=[Cell("recipient", row.recipient_name, row.recipient_name), Cell("moment", page.moment(row.sent_at))],
        **common,
    )


def _document(page: Any, row: Any, common: dict[str, Any]) -> Line:
    incoming = row.kind == "incoming"
    issuer = row.issuer if incoming else row.recipients
    address = f"{page.home}/d/{row.uid}"
    return Line(
        url=address,
        issuer=issuer,
        before=[
            Cell("symbol", row.number_symbol),
            Cell("type", page.type_name(row.type)),
            Cell("issuer", issuer, issuer),
        ],
        after=[_deadline(page, row.deadline), Cell("state", page.state(row))],
        uid=row.uid if incoming and row.state in ("registered", "in_progress") else "",
        keys={"c": f"{address}/@@transfer"} if incoming else {},
        **common,
    )


def _deadline(page: Any, deadline: Any) -> Cell:
    return Cell("deadline", page.remaining(deadline), page.day_in_full(deadline), page.is_overdue(deadline))
