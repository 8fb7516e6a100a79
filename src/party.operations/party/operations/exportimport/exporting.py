"""``bin/party export DIR``: the whole site as files, beside the running servers (kết xuất).

Objects are written first while others work on; what they changed meanwhile is written again, the last of it, with all
that belongs to no single document, while nobody can write. An interrupted export goes on where it was, and one that is
repeated into the same directory writes what has changed since.
"""

import secrets
import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from importlib.metadata import version
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import transaction
from collective.exportimport.export_content import ExportContent
from collective.exportimport.interfaces import IBase64BlobsMarker
from plone.registry.interfaces import IRegistry
from zope.component import getUtility
from zope.component.hooks import getSite
from zope.globalrequest import getRequest
from zope.i18n import translate
from zope.interface import alsoProvides

from party.operations.confidentiality.levels import NORMAL
from party.operations.documents.operations.restoring import COLUMNS
from party.operations.exportimport import classified
from party.operations.exportimport import envelope
from party.operations.exportimport.folder import Folder
from party.operations.exportimport.interfaces import IExportRequest
from party.operations.exportimport.progress import Progress
from party.operations.exportimport.progress import quiet
from party.operations.exportimport.stamps import DOCUMENTS
from party.operations.exportimport.stamps import others
from party.operations.exportimport.stamps import PLACES
from party.operations.exportimport.stamps import RECORDS
from party.operations.exportimport.stamps import stamps
from party.operations.exportimport.state import encode
from party.operations.ledger import clock
from party.operations.ledger import rows
from party.operations.ledger import turn
from party.operations.ledger.errors import Refused
from party.operations.ledger.tables import items
from party.operations.ledger.tables import numbers
from party.operations.ledger.tables import requests
from party.operations.organization.operations import note_export
from party.operations.organization.operations.restoring import OF_OBJECTS
from party.operations.organization.operations.restoring import whole
from party.operations.organization.operations.units import SHELF


#: form of the directory; an import takes this one alone
FORMAT = 2
#: objects serialised at a time, before the cache of the database is emptied
BATCH = 100
#: so few changed objects are written while others wait
FEW = 200
#: rounds over what others changed meanwhile; after them the rest is written while they wait
ROUNDS = 5
#: records of the registry that belong to the site
SETTINGS = "party.operations."


class Exporter(ExportContent):
    """Serialises the objects named in :attr:`wanted`, with their rows."""

    def __init__(self, site: Any, request: Any, folder: Folder) -> None:
        super().__init__(site, request)
        self.wanted: list[str] = []
        self.path, self.depth = "/".join(site.getPhysicalPath()), -1
        self.portal_type = sorted({*RECORDS, *(brain.portal_type for brain in others())})
        self.include_revisions = self.migration = False
        self.errors: list[dict[str, Any]] = []
        alsoProvides(request, IExportRequest, IBase64BlobsMarker)
        request.set("party.export.folder", folder)

    def update_query(self, query: dict[str, Any]) -> dict[str, Any]:
        """Only the wanted ones."""
        return {**query, "UID": self.wanted}

    def export_workflow_history(self, item: dict[str, Any], obj: Any) -> dict[str, Any]:
        """Records have theirs in their state."""
        return item if obj.portal_type in RECORDS else super().export_workflow_history(item, obj)

    def global_dict_hook(self, item: dict[str, Any], obj: Any) -> dict[str, Any]:
        """Add the rows of a document."""
        if obj.portal_type in DOCUMENTS:
            item["rows"] = {column.table.name: rows.dump(column.table, column == item["UID"]) for column in COLUMNS}
        return item


def main(site: Any, arguments: list[str]) -> int:
    """Export into the directory that is named."""
    parser = ArgumentParser("bin/party export", description="The whole site as files.")
    parser.add_argument("dir", type=Path, metavar="DIR")
    parser.add_argument(
        "--recipient", type=Path, metavar="CERTIFICATE.pem", help="take classified documents along, sealed to it"
    )
    try:
        chosen = parser.parse_args(arguments)
    except SystemExit as end:
        return int(end.code or 0)
    quiet()
    try:
        recipient = None
        if chosen.recipient is not None:
            classified.check_zone()
            recipient = envelope.recipient(chosen.recipient)
        return _export(site, Folder(chosen.dir), recipient)
    except Refused as refused:
        print(translate(refused.message, context=getRequest()), file=sys.stderr)
        return 1


def _export(site: Any, folder: Folder, recipient: "envelope.PublicKey | None") -> int:
    left_out = classified.left_out(sealed=recipient is not None)
    exporter = Exporter(site, getRequest(), folder)
    stored = dict(folder.stamps())
    folder.forget_manifest()
    for _round in range(ROUNDS):
        transaction.begin()
        changed = _changed(stored, present := stamps(left_out))
        if len(changed) <= FEW:
            break
        _write(exporter, folder, changed, present, stored)
    transaction.begin()
    with turn.turn():
        turn.alone()
        _write(exporter, folder, _changed(stored, present := stamps(left_out)), present, stored)
        # what could not be written, and rows whose object is not there
        missing = _changed(stored, present)
        if not missing:
            _finish(folder, left_out, recipient)
    for each in exporter.errors:
        print(f"{each['path']}: {each['message']}", file=sys.stderr)
    if missing:
        print(f"Not exported: {', '.join(missing)}. The log and `bin/party reconcile` say more.", file=sys.stderr)
        print("The export is not complete and cannot be imported.", file=sys.stderr)
        return 1
    _tell_what_is_missing(left_out)
    print(f"Exported to {folder.path}. It holds everything, hashes of passwords too: keep it as the database is kept.")
    return 0


def _changed(stored: dict[str, str], present: dict[str, str]) -> list[str]:
    return [uid for uid, stamp in present.items() if stored.get(uid) != stamp]


def _write(
    exporter: Exporter, folder: Folder, changed: list[str], present: dict[str, str], stored: dict[str, str]
) -> None:
    progress = Progress("objects written", len(changed))
    for start in range(0, len(changed), BATCH):
        exporter.wanted = changed[start : start + BATCH]
        for item in exporter.export_content():
            uid = item["UID"]
            folder.write_object(uid, {"stamp": present[uid], **item})
            stored[uid] = present[uid]
        exporter.context._p_jar.cacheGC()
        progress.advance(len(exporter.wanted))


def _tell_what_is_missing(left_out: "sa.ColumnElement[bool]") -> None:
    """Say what was left out, and how it can be taken along."""
    found = turn.rows(sa.select(items.c.level, items.c.hidden).where(left_out))
    sealed = sum(each.level != NORMAL for each in found)
    if sealed:
        print(
            f"{sealed} classified documents were left out. To take them along, sealed to the certificate of who will "
            "import them: bin/party export --recipient CERTIFICATE.pem DIR"
        )
    if len(found) > sealed:
        print(f"{len(found) - sealed} withdrawn documents were left out: decide their level first.")


def _finish(folder: Folder, left_out: "sa.ColumnElement[bool]", recipient: "envelope.PublicKey | None") -> None:
    """Write what belongs to no single document, then the manifest; called while nobody else writes."""
    absent = sa.select(items.c.uid).where(left_out)
    order = list(dict.fromkeys([*_placed(getSite()), *(brain.UID for brain in others())]))
    # in the order in which they were made: a document that was received refers to the one that was sent
    order += [each.uid for each in turn.rows(sa.select(items.c.uid).where(~left_out).order_by(items.c.id))]
    homeless = {each.name: _homeless(each) for each in OF_OBJECTS}
    # that a number is taken is no secret
    taken = rows.dump(numbers, numbers.c.object.in_(absent))
    homeless[numbers.name] += [{**each, "taken_by": "", "reason": ""} for each in taken]
    part = {
        "rows": {**{each.name: _whole(each, absent) for each in whole()}, **homeless},
        "accounts": encode(list(_accounts()), folder),
        "settings": {name: encode(value, folder) for name, value in _settings()},
    }
    folder.write("site.json", part)
    folder.write("order.json", order)
    folder.keep_only(order, ("site.json", "order.json"))
    export = secrets.token_hex(8)
    folder.manifest = {
        "format": FORMAT,
        "export": export,
        "classified": 0 if recipient is None else classified.seal_keys(folder, export, recipient),
        "product": version("party.operations"),
        "at": clock.now().isoformat(),
        "objects": len(order),
        "rows": {each.name: _count(each, absent) for each in (*whole(), *(column.table for column in COLUMNS))},
    }
    note_export(len(order))


def _placed(container: Any) -> Iterator[str]:
    """uids of units, books and shelves below ``container``, each after its container and in its order."""
    for name in container.objectIds():
        child = container._getOb(name)
        if getattr(child, "portal_type", "") not in PLACES:
            continue
        yield child.UID()
        if child.portal_type == "Unit" or name == SHELF:
            yield from _placed(child)


def _count(table: sa.Table, absent: "sa.Select[Any]") -> int:
    """Rows that the export holds."""
    about = next((each for each in (*COLUMNS, requests.c.object) if each.table is table), None)
    counted = sa.select(sa.func.count()).select_from(table)
    if about is not None and table is not numbers:
        counted = counted.where(about.not_in(absent))
    return int(turn.scalar(counted))


def _whole(table: sa.Table, absent: "sa.Select[Any]") -> list[rows.Plain]:
    found = rows.dump(table, *([requests.c.object.not_in(absent)] if table is requests else []))
    site = "/".join(getSite().getPhysicalPath())
    for each in found:
        if "path" in each:
            each["path"] = each["path"].removeprefix(f"{site}/")
    return found


def _homeless(table: sa.Table) -> list[rows.Plain]:
    """Rows about something that has no file of its own with rows: people, units, what a crash left behind."""
    return rows.dump(table, table.c.object.not_in(sa.select(items.c.uid)))


def _accounts() -> Iterator[dict[str, Any]]:
    acl_users = getSite().acl_users
    users = acl_users.source_users
    for user_id in users.listUserIds():
        yield {
            "id": user_id,
            "login": users.getLoginForUserId(user_id),
            "password_hash": users._user_passwords[user_id],
            "roles": list(acl_users.portal_role_manager._principal_roles.get(user_id, ())),
            "properties": dict(acl_users.mutable_properties._storage.get(user_id, {})),
        }


def _settings() -> Iterator[tuple[str, Any]]:
    registry = getUtility(IRegistry)
    for name in registry.records:
        if name.startswith(SETTINGS):
            yield name, registry[name]
