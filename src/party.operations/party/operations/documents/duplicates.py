"""The same paper twice (văn bản trùng): known by issuer (old codes included), number and symbol, and date."""

from typing import Any

import sqlalchemy as sa

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import blinding
from party.operations.confidentiality import grants
from party.operations.confidentiality import principals
from party.operations.confidentiality import rows
from party.operations.confidentiality import tokens
from party.operations.documents import projection
from party.operations.documents.tables import deliveries
from party.operations.documents.tables import incoming
from party.operations.documents.tables import outgoing
from party.operations.ledger.errors import DuplicateWarning
from party.operations.ledger.tables import items
from party.operations.organization import lookup
from party.operations.text.dates import format_date
from party.operations.text.symbols import match_key


def find(unit: str, issuer: str, number_symbol: str, document_date: Any, issuer_unit: str = "") -> list[rows.Row]:
    """Documents of the unit that look like the same paper, of those the person who acts may see."""
    key = match_key(number_symbol or "")
    if not key or document_date is None:
        return []
    same = projection.issuer_key(issuer, issuer_unit or projection.find_issuer(issuer))
    wanted = (
        sa.select(incoming, items.c.title, items.c.state)
        .join(items, items.c.uid == incoming.c.uid)
        .where(
            incoming.c.unit == unit,
            incoming.c.number_key.in_(_either(key)),
            incoming.c.document_date == document_date,
            incoming.c.issuer_key.in_(_either(same)),
            items.c.state != "refused",
        )
        .order_by(incoming.c.arrival_date.desc())
    )
    if actor.current() != actor.SYSTEM:
        wanted = wanted.where(grants.readable(incoming.c.uid, actor.held()))
    return rows.rows(wanted)


def waiting_deliveries(unit: str, number_symbol: str, document_date: Any) -> list[rows.Row]:
    """Deliveries inside the system that wait for the unit and look like the paper being typed."""
    if tokens.unit(unit, "registry") not in actor.held():
        return []
    found = rows.rows(
        sa.select(deliveries.c.id, outgoing.c.number_symbol, outgoing.c.issue_date, deliveries.c.sender)
        .join(outgoing, outgoing.c.uid == deliveries.c.document)
        .where(
            deliveries.c.recipient.in_(_either(unit)),
            deliveries.c.state == "waiting",
            outgoing.c.issue_date == document_date,
        )
    )
    return [each for each in found if match_key(each.number_symbol) == match_key(number_symbol or "")]


def _either(value: str) -> list[str]:
    """How a column may hold the value in rows that the person who acts may see."""
    return blinding.either([value], principals.levels_of(actor.current()))


def warn(unit: str, values: dict[str, Any], issuer_unit: str = "") -> None:
    """Raise :class:`DuplicateWarning` when the paper seems to be here already, or waits to be received."""
    number, day = values.get("number_symbol", ""), values.get("document_date")
    same = find(unit, values["issuer"], number, day, issuer_unit)
    if same:
        first = same[0]
        raise DuplicateWarning(
            _(
                "This seems to be here already: ${number} of ${issuer}, ${day}, arrival number ${arrival}. Nothing was "
                "saved. Open it, or save once more if this is another paper.",
                mapping={
                    "number": first.number_symbol,
                    "issuer": first.issuer,
                    "day": format_date(day),
                    "arrival": first.arrival_number or "–",
                },
            ),
            duplicates=[each.uid for each in same],
        )
    waiting = [] if issuer_unit else waiting_deliveries(unit, number, day)
    if waiting:
        raise DuplicateWarning(
            _(
                "${number} of ${issuer} waits in “To receive” already. Nothing was saved. Receive it there, or save "
                "once more if this is another paper.",
                mapping={"number": waiting[0].number_symbol, "issuer": lookup.unit(waiting[0].sender).title},
            ),
            deliveries=[each.id for each in waiting],
        )
