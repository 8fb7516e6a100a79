"""Sealing a document anew (niêm phong lại): its values, its files and all of its rows, under the key of another level."""

from dataclasses import replace
from typing import Any

import sqlalchemy as sa

from party.operations.confidentiality import base
from party.operations.confidentiality import data_keys
from party.operations.confidentiality import grants
from party.operations.confidentiality import rows
from party.operations.confidentiality.levels import NORMAL
from party.operations.documents import access
from party.operations.documents import files as document_files
from party.operations.documents import projection
from party.operations.documents.files import DocumentFile
from party.operations.documents.past import store as past_lines
from party.operations.documents.recipients import Addressee
from party.operations.documents.tables import assignments
from party.operations.documents.tables import comments
from party.operations.documents.tables import copies
from party.operations.documents.tables import deliveries
from party.operations.documents.tables import file_texts
from party.operations.documents.tables import incoming
from party.operations.documents.tables import level_changes
from party.operations.documents.tables import outgoing
from party.operations.documents.tables import recognised
from party.operations.documents.tables import reviews
from party.operations.documents.tables import slips
from party.operations.finding import index
from party.operations.ledger import turn
from party.operations.ledger.tables import events
from party.operations.ledger.tables import items
from party.operations.ledger.tables import requests
from party.operations.ledger.tables import tallies


#: where rows of a document may stand; grants know their own way
_TABLES = (
    *(items, incoming, outgoing, comments, deliveries, level_changes, copies, recognised, assignments),
    *(events, requests),
)
_ADDRESSED = (slips, reviews)


def relevel(opened: Any, level: str, laid_out: "dict[str, DocumentFile] | None" = None) -> Any:
    """Bring an opened document to ``level`` and return it opened.

    ``laid_out`` are the files of the sender's document as they are now, for one that was made from it.
    """
    obj, uid = access.unrestricted(opened.UID()), opened.UID()
    values = base.values_of(opened)
    key = data_keys.make(uid, level, obj.unit) if level != NORMAL else None
    _lay_out_files(values, uid, sealed=level != NORMAL, known=laid_out or {})
    again = base.seal_anew(obj, values, key)
    turn.run(sa.update(items).where(items.c.uid == uid).values(level=level, key=key.id if key else ""))
    for table in _TABLES:
        rows.seal_anew(table, uid, key)
    for table in _ADDRESSED:
        rows.seal_anew(table, uid, key, lambda row: {**row, "token": _addressed(row).token(level)})
    turn.run(sa.delete(file_texts).where(file_texts.c.document == uid))
    past_lines.reseal(uid, level)
    if key is not None:
        # what was counted stays counted, in the organ, and no longer says of what or who did it
        turn.run(sa.update(tallies).where(tallies.c.object == uid).values(object="", person="", unit=obj.unit))
    # what it said before is forgotten; `project` writes it anew
    index.forget(uid)
    grants.reissue(again, key)
    return again


def project(opened: Any) -> None:
    """Bring the words by which lists find a document up to date."""
    projection.write_words(opened)


def hide(obj: Any) -> None:
    """Take a document out of everybody's sight; its grants are kept."""
    turn.run(sa.update(items).where(items.c.uid == obj.UID()).values(hidden=True))
    grants.project(obj)


def show(obj: Any) -> None:
    """Let its grants count again."""
    turn.run(sa.update(items).where(items.c.uid == obj.UID()).values(hidden=False))
    grants.project(obj)


def files_of(opened: Any) -> list[DocumentFile]:
    """All files of a document, of every version."""
    return [file for part in _parts(base.values_of(opened)) for file in part]


def _lay_out_files(values: dict[str, Any], uid: str, sealed: bool, known: dict[str, DocumentFile]) -> None:
    """Let the files in ``values`` lie sealed, or in the clear."""
    done = dict(known)

    def again(file: DocumentFile) -> DocumentFile:
        if file.id not in done and (file.key is not None) != sealed and file.home == uid:
            done[file.id] = document_files.relaid(file, access.unrestricted(uid), sealed)
        return done.get(file.id, file)

    if "own_files" in values:
        values["own_files"] = tuple(map(again, values["own_files"]))
    if "versions" in values:
        values["versions"] = tuple(replace(each, files=tuple(map(again, each.files))) for each in values["versions"])


def _parts(values: dict[str, Any]) -> "list[tuple[DocumentFile, ...]]":
    return [values.get("own_files", ()), *(each.files for each in values.get("versions", ()))]


def _addressed(row: dict[str, Any]) -> Addressee:
    return Addressee(row["to_person"], row["to_unit"], row["to_function"])
