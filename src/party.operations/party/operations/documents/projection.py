"""The rows of a document (dòng sổ): written from the object whenever an operation changed it."""

from typing import Any

import sqlalchemy as sa

from party.operations.confidentiality import rows
from party.operations.documents import recipients
from party.operations.documents.tables import file_texts
from party.operations.documents.tables import incoming
from party.operations.documents.tables import outgoing
from party.operations.documents.tables import slips
from party.operations.finding import index
from party.operations.ledger import clock
from party.operations.ledger import turn
from party.operations.ledger.tables import items
from party.operations.organization import lookup
from party.operations.text.collation import sort_key
from party.operations.text.folding import fold
from party.operations.text.symbols import match_key


#: letters of a text that decide its place in a sorted register
ORDERED = 80


def write_incoming(document: Any, **columns: Any) -> None:
    """Write the register row of an incoming document; ``columns`` are those only the operation knows."""
    values = {
        "unit": document.unit,
        "register": document.register,
        "arrival_date": document.arrival_date,
        "issuer": document.issuer,
        "issuer_unit": document.issuer_unit,
        "issuer_key": issuer_key(document.issuer, document.issuer_unit),
        "number_symbol": document.number_symbol or "",
        "number_key": match_key(document.number_symbol or ""),
        "document_date": document.document_date,
        "type": document.type,
        "urgency": document.urgency,
        "source": document.source,
        "deadline": document.deadline,
        "issuer_order": order_key(document.issuer),
        **_order(document),
        **columns,
    }
    _write(incoming, document, values)
    write_words(document)


def write_outgoing(document: Any, **columns: Any) -> None:
    """Write the register row of an outgoing document."""
    values = {
        "unit": document.unit,
        "drafting_unit": document.drafting_unit,
        "drafter": document.drafter,
        "type": document.type,
        "urgency": document.urgency,
        "number_symbol": document.number_symbol,
        "issue_date": document.issue_date,
        "recipients": recipients.describe(list(document.recipients)),
        "copies": document.copies,
        "deadline": document.deadline,
        "replies_to": document.replies_to,
        "replaces": document.replaces,
        **_order(document),
        **columns,
    }
    _write(outgoing, document, values)
    write_words(document)


def write_words(document: Any) -> None:
    """Write title and index row of a document anew, after it or its level was changed."""
    uid, classified = document.UID(), document.classification
    about = {
        "title": document.reveal("title"),
        "unit": document.unit,
        "protected_until": classified.protected_until if classified else None,
        "level_proposed": bool(classified and not classified.decided_by),
    }
    rows.update(items, items.c.uid == uid, **about)
    is_incoming = document.portal_type == "IncomingDocument"
    table, facts = (incoming, _incoming_facts(document)) if is_incoming else (outgoing, _outgoing_facts(document))
    of_row = sa.select(items.c.kind, items.c.state, table.c.period).join(table, table.c.uid == items.c.uid)
    row = turn.rows(of_row.where(items.c.uid == uid))[0]
    index.write(
        uid,
        kind=row.kind,
        level=document.level,
        unit=document.unit,
        type_=document.type,
        period=row.period,
        state=row.state,
        urgency=document.urgency,
        number=document.number_symbol or "",
        title=about["title"],
        **facts,
    )


def write_handler(document: Any) -> None:
    """Write into the index who deals with an incoming document now, after it was passed on."""
    index.change(document.UID(), person=_handler(document))


def write_texts(document: Any) -> None:
    """Write into the index what the files of a document say, as far as they have been read."""
    read = {
        each.file: each.text for each in turn.rows(sa.select(file_texts).where(file_texts.c.document == document.UID()))
    }
    index.set_text(document.UID(), "\n".join(read[each.id] for each in document.files() if each.id in read))


def issuer_key(name: str, unit: str) -> str:
    """Equal for the same issuer however it was typed: its unit when it was found, else the folded name."""
    return unit or fold(name)


def order_key(text: str) -> str:
    """Where a text stands in a sorted register."""
    return sort_key(text[:ORDERED])


def find_issuer(text: str) -> str:
    """The uid of the unit that a typed issuer names: by any code old or new, or by its exact folded name; else ""."""
    by_code = lookup.unit_by_code(text)
    if by_code is not None:
        return by_code.uid
    wanted = fold(text)
    exact = [each for each in lookup.search_units(text, open_only=False, limit=50) if fold(each.title) == wanted]
    return exact[0].uid if len(exact) == 1 else ""


def _order(document: Any) -> dict[str, str]:
    number, title = document.number_symbol or "", document.reveal("title")
    return {"number_order": order_key(number), "title_order": order_key(title)}


def _write(table: "sa.Table", document: Any, values: dict[str, Any]) -> None:
    uid = document.UID()
    if rows.update(table, table.c.uid == uid, **values) == 0:
        rows.insert(table, {"uid": uid, **values})


def _incoming_facts(document: Any) -> dict[str, Any]:
    return {"person": _handler(document), "day": document.arrival_date, "about": document.issuer}


def _outgoing_facts(document: Any) -> dict[str, Any]:
    made = turn.scalar(sa.select(items.c.created_at).where(items.c.uid == document.UID()))
    signed, to = (document.signature or {}).get("name", ""), recipients.describe(list(document.recipients))
    day = document.issue_date or clock.local(made).date()
    return {"person": document.drafter, "day": day, "about": "; ".join(filter(None, (signed, to)))}


def _handler(document: Any) -> str:
    """The person who leads the work on an incoming document (người chủ trì); "" where a unit does."""
    wanted = sa.select(slips).where(slips.c.document == document.UID(), slips.c.state != "recalled")
    leading = rows.rows(wanted.where(slips.c.capacity == "lead").order_by(slips.c.id.desc()).limit(1))
    return leading[0].to_person if leading else ""
