"""A document as REST shows it (thông tin văn bản): what the person who asks may see of it."""

from dataclasses import asdict
from typing import Any

import sqlalchemy as sa

from party.operations.confidentiality import rows
from party.operations.documents import access
from party.operations.documents import history
from party.operations.documents import policy
from party.operations.documents import recipients
from party.operations.documents import rules
from party.operations.documents import vocabularies
from party.operations.documents.operations import levels as level_operations
from party.operations.documents.services import shapes as document_shapes
from party.operations.documents.tables import deliveries
from party.operations.documents.tables import incoming
from party.operations.documents.tables import outgoing
from party.operations.documents.tables import SORTED_BY
from party.operations.ledger import items
from party.operations.ledger import turn
from party.operations.organization import lookup
from party.operations.rest.writing import address


DIRECTIONS = {"IncomingDocument": "incoming", "OutgoingDocument": "outgoing"}
_TABLES = {"IncomingDocument": incoming, "OutgoingDocument": outgoing}
#: columns that serve look-ups and are said otherwise
_INTERNAL = {"uid", "unit", "issuer_key", "number_key", "recipients", "drafter", *SORTED_BY}
#: verbs that make another document: POST /@outgoing with `replies_to` or `replaces`
_BEGIN_A_DRAFT = ("answer", "replace")
#: fields read from the object through the seam
_OWN = {
    "IncomingDocument": ("pages", "copies", "note", "signer", "paper_follows"),
    "OutgoingDocument": ("pages", "note", "suffix"),
}


def of(document: Any) -> dict[str, Any]:
    """All facts of a document, which the person who asks may read."""
    uid = document.UID()
    inside = access.takes_part(document)
    facts = {
        **brief(uid),
        "level": document.level,
        "classification": _classification(document),
        "unit": _unit(document.unit),
        "title": document.reveal("title"),
        "type_name": vocabularies.type_name(document.type),
        **{name: document.reveal(name) for name in _OWN[document.portal_type]},
        **_columns(document),
        "files": [file_facts(uid, each) for each in document.files()],
        "actions": actions(document),
    }
    if document.portal_type == "OutgoingDocument":
        facts |= _outgoing(document, inside)
    if inside:
        facts |= {
            "slips": [_shown(each, document_shapes.SLIP) for each in history.slips_of(uid)],
            "comments": [_shown(each, document_shapes.COMMENT) for each in history.comments_of(uid)],
        }
    return facts


def brief(uid: str, **more: Any) -> dict[str, Any]:
    """Where a document stands, after an operation; nothing of its content."""
    row = items.get(uid)
    numbers = rows.row(sa.select(incoming.c.arrival_number, incoming.c.number_symbol).where(incoming.c.uid == uid))
    numbers = numbers or rows.row(sa.select(outgoing.c.number_symbol).where(outgoing.c.uid == uid))
    return {
        "@id": address("@documents", uid),
        "uid": uid,
        "direction": row.kind,
        "state": row.state,
        "revision": row.revision,
        **(dict(numbers._mapping) if numbers is not None else {}),
        **more,
    }


def actions(document: Any) -> list[dict[str, Any]]:
    """Every verb of the document, whether the person may do it now, and why not."""
    found = []
    for verb, answer in rules.answers(document).items():
        label = policy.VERBS[document.portal_type][verb].label
        reason = None if answer else answer.reason
        name = verb.replace("_", "-")
        place = address("@outgoing") if verb in _BEGIN_A_DRAFT else address("@documents", document.UID(), name)
        found.append({"@id": place, "verb": name, "label": label, "allowed": bool(answer), "reason": reason})
    return found


def file_facts(uid: str, file: Any) -> dict[str, Any]:
    """One file with its address."""
    return {"@id": address("@documents", uid, "files", file.id), **file.facts()}


def listed(lines: list[rows.Row]) -> list[dict[str, Any]]:
    """Lines of registers and trays, each with the address of its document."""
    return [_line(dict(each._mapping)) for each in lines]


def delivery(row: Any) -> dict[str, Any]:
    """One delivery with its address."""
    return {"@id": address("@deliveries", row["id"]), **_shown(row, document_shapes.DELIVERY)}


def counted(uid: str) -> dict[str, int]:
    """How many deliveries of an issued document are in which state."""
    wanted = sa.select(deliveries.c.state, sa.func.count().label("many")).where(deliveries.c.document == uid)
    return {each.state: each.many for each in turn.rows(wanted.group_by(deliveries.c.state))}


def _classification(document: Any) -> dict[str, Any] | None:
    if document.classification is None:
        return None
    asked = level_operations.proposal_of(document.UID())
    names = ("level", "reason", "basis", "proposed_by", "proposed_at")
    lowering = None if asked is None else {name: getattr(asked, name) for name in names}
    return {**asdict(document.classification), "lowering": lowering}


def _outgoing(document: Any, inside: bool) -> dict[str, Any]:
    facts = {"recipients": recipients.describe(list(document.recipients)), "signature": document.signature}
    if inside:
        uid, drafter = document.UID(), document.drafter
        facts |= {
            "drafter": {"id": drafter, "full_name": lookup.names([drafter]).get(drafter, "")},
            "recipient_list": list(document.recipients),
            "versions": [_version(uid, each) for each in document.versions],
            "reviews": [_shown(each, document_shapes.REVIEW) for each in history.reviews_of(uid)],
            "deliveries": counted(uid),
        }
    return facts


def _version(uid: str, version: Any) -> dict[str, Any]:
    return {
        "number": version.number,
        "author": version.author,
        "at": version.at,
        "note": version.note,
        "frozen": version.frozen,
        "files": [file_facts(uid, each) for each in version.files],
    }


def _columns(document: Any) -> dict[str, Any]:
    table = _TABLES[document.portal_type]
    row = rows.row(sa.select(table).where(table.c.uid == document.UID()))
    assert row is not None
    return {name: value for name, value in row._mapping.items() if name not in _INTERNAL}


def _line(row: dict[str, Any]) -> dict[str, Any]:
    uid = row.get("document") or row["uid"]
    line = {name: value for name, value in row.items() if name not in ("issuer_key", "number_key", "token", "batch")}
    if "capacity" in row:
        line["slip"] = line.pop("id")
    elif "recipient_name" in row:
        line["delivery"] = line.pop("id")
    else:
        line.pop("id")
    return {"@id": address("@documents", uid), **line, "uid": uid}


def _shown(row: Any, shape: dict[str, Any]) -> dict[str, Any]:
    """Of a row what its shape names."""
    return {name: row[name] for name in shape["properties"] if name in row}


def _unit(uid: str) -> dict[str, str]:
    return {"uid": uid, "title": lookup.unit_titles([uid]).get(uid, "")}
