"""``bin/party import DIR``: an export into an empty site (khôi phục).

The site was made by ``bin/party create-site``. Everything keeps its uid, number and revision, every row its id; each
object gets one event more, "restored". An import that was interrupted goes on where it was when it is run again.
"""

import sys
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import transaction
from collective.exportimport.import_content import ImportContent
from plone import api
from zope.globalrequest import getRequest
from zope.i18n import translate

from party.operations import _
from party.operations.confidentiality.data_keys import DataKey
from party.operations.documents.operations import restore_document
from party.operations.documents.operations import restore_register
from party.operations.exportimport import classified
from party.operations.exportimport.exporting import FORMAT
from party.operations.exportimport.folder import digest
from party.operations.exportimport.folder import Folder
from party.operations.exportimport.progress import Progress
from party.operations.exportimport.progress import quiet
from party.operations.exportimport.stamps import RECORDS
from party.operations.exportimport.state import decode
from party.operations.ledger import turn
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import Refused
from party.operations.ledger.tables import events
from party.operations.ledger.tables import metadata
from party.operations.organization.operations import restore_site
from party.operations.organization.operations import restore_unit
from party.operations.organization.records import Record


#: objects in one transaction; a divisor of 100, as collective.exportimport takes a savepoint after every 100 objects,
#: and SQLite has none in an open turn
BATCH = 50

_RESTORE = {
    "Unit": restore_unit,
    "Shelf": restore_unit,
    "Register": restore_register,
    "IncomingDocument": restore_document,
    "OutgoingDocument": restore_document,
}
assert set(_RESTORE) == set(RECORDS)


class Importer(ImportContent):
    """Puts records in their places by the operations, and other content as collective.exportimport does."""

    def __init__(self, site: Any, request: Any, folder: Folder, opening: "dict[str, list[DataKey]]") -> None:
        super().__init__(site, request)
        self.folder = folder
        #: the data keys of classified documents by uid
        self.opening = opening
        self.portal = site
        self.limit = self.commit = None
        self.import_to_current_folder = self.import_old_revisions = False
        #: leave alone what is there already
        self.handle_existing_content = 0

    def global_dict_hook(self, item: dict[str, Any]) -> dict[str, Any] | None:
        """A record is put in its place here, and needs nothing more."""
        restore = _RESTORE.get(item["@type"])
        if restore is None:
            return item
        record = Record(
            portal_type=item["@type"],
            uid=item["UID"],
            id=item["id"],
            container=item["container"],
            state=decode(item["state"], self.folder),
            rows=item.get("rows", {}),
        )
        if record.uid in self.opening:
            restore(record, self.opening[record.uid])
        else:
            restore(record)
        return None


def main(site: Any, arguments: list[str]) -> int:
    """Import the export in the directory that is named."""
    parser = ArgumentParser("bin/party import", description="An export into an empty site.")
    parser.add_argument("dir", type=Path, metavar="DIR")
    parser.add_argument(
        "--recipient-key", type=Path, metavar="KEY.pem", help="the private key that classified documents were sealed to"
    )
    try:
        chosen = parser.parse_args(arguments)
    except SystemExit as end:
        return int(end.code or 0)
    quiet()
    try:
        return _import(site, Folder(chosen.dir), chosen.recipient_key)
    except Refused as refused:
        print(translate(refused.message, context=getRequest()), file=sys.stderr)
        return 1


def _import(site: Any, folder: Folder, key: Path | None) -> int:
    manifest = folder.manifest
    if manifest is None or manifest["format"] != FORMAT:
        raise Invalid(_("There is no finished export in this directory that this version can read."))
    opening = classified.opened_keys(folder, manifest, key)
    _check_blobs(folder)
    part = folder.read("site.json")
    for name in ("accounts", "settings"):
        part[name] = decode(part[name], folder)
    if not restore_site(manifest["export"], part):
        print("This export was begun here before: going on.")
    transaction.commit()
    Importer(site, getRequest(), folder, opening).do_import(_waiting(site, folder))
    return _compare(manifest)


def _waiting(site: Any, folder: Folder) -> Iterator[dict[str, Any]]:
    """The objects that are not here yet; what came before is committed from time to time."""
    order = folder.read("order.json")
    here = _here()
    progress = Progress("objects restored", len(order))
    progress.advance(len(here.intersection(order)))
    missing = [uid for uid in order if uid not in here]
    for count, uid in enumerate(missing, 1):
        if count % BATCH == 0:
            transaction.commit()
            site._p_jar.cacheGC()
        yield folder.read_object(uid)
        progress.advance()


def _here() -> set[str]:
    catalog = api.portal.get_tool("portal_catalog")
    return set(catalog._catalog.uniqueValuesFor("UID"))


def _check_blobs(folder: Folder) -> None:
    """Raise :class:`Invalid` for the first file that is not what its name says."""
    for path in sorted((folder.path / "blobs").glob("*/*")):
        if digest(path) != path.name:
            raise Invalid(_("The file ${file} of the export was damaged.", mapping={"file": path.name}))


def _compare(manifest: dict[str, Any]) -> int:
    """Are all rows here? There may be more: the restore has written events, and people may work already."""
    own = turn.scalar(
        sa.select(sa.func.count()).where(events.c.operation.in_(("restored", "restore_site"))).select_from(events)
    )
    code = 0
    for table in metadata.sorted_tables:
        found = turn.scalar(sa.select(sa.func.count()).select_from(table)) - (own if table is events else 0)
        if found < manifest["rows"].get(table.name, 0):
            print(f"{table.name}: rows are missing, only {found} came", file=sys.stderr)
            code = 1
    print("Imported." if code == 0 else "The import is not complete.")
    return code
