"""The rows of a document (dòng sổ): written from the object whenever an operation changed it."""

from typing import Any

import sqlalchemy as sa

from party.operations.confidentiality import rows
from party.operations.confidentiality.blinding import blind
from party.operations.confidentiality.levels import NORMAL
from party.operations.documents import recipients
from party.operations.documents.tables import incoming
from party.operations.documents.tables import outgoing
from party.operations.ledger.tables import items
from party.operations.organization import lookup
from party.operations.text.folding import fold
from party.operations.text.symbols import match_key


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
        **columns,
    }
    _write(outgoing, document, values)
    write_words(document)


def write_words(document: Any) -> None:
    """Write title and search words of a document anew, after its level was changed."""
    if document.portal_type == "IncomingDocument":
        _title(document, f"{document.reveal('title')} {document.issuer} {document.number_symbol or ''}")
    else:
        _title(document, f"{document.reveal('title')} {document.number_symbol}")


def issuer_key(name: str, unit: str) -> str:
    """Equal for the same issuer however it was typed: its unit when it was found, else the folded name."""
    return unit or fold(name)


def find_issuer(text: str) -> str:
    """The uid of the unit that a typed issuer names: by any code old or new, or by its exact folded name; else ""."""
    by_code = lookup.unit_by_code(text)
    if by_code is not None:
        return by_code.uid
    wanted = fold(text)
    exact = [each for each in lookup.search_units(text, open_only=False, limit=50) if fold(each.title) == wanted]
    return exact[0].uid if len(exact) == 1 else ""


def _write(table: "sa.Table", document: Any, values: dict[str, Any]) -> None:
    uid = document.UID()
    if rows.update(table, table.c.uid == uid, **values) == 0:
        rows.insert(table, {"uid": uid, **values})


def _title(document: Any, searched: str) -> None:
    words = fold(searched)
    if document.level != NORMAL:
        words = " ".join(dict.fromkeys(blind(word, document.level) for word in words.split()))
    classified = document.classification
    about = {
        "title": document.reveal("title"),
        "folded": words,
        "unit": document.unit,
        "protected_until": classified.protected_until if classified else None,
        "level_proposed": bool(classified and not classified.decided_by),
    }
    rows.update(items, items.c.uid == document.UID(), **about)
