"""What is classified in an export (nội dung mật trong kết xuất): left out, or sealed to one recipient.

Its records, rows and files are in an export as they are in the database: ciphertext. The data keys that open them are
put into an envelope for the recipient (:mod:`.envelope`), with a digest of every file of the export, so that nobody who
cannot open the envelope can change what will be read, or who will read it.
"""

import base64
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from party.operations import _
from party.operations.confidentiality import audit
from party.operations.confidentiality import data_keys
from party.operations.confidentiality import levels
from party.operations.confidentiality import tables
from party.operations.confidentiality.data_keys import DataKey
from party.operations.exportimport import envelope
from party.operations.exportimport.folder import digest
from party.operations.exportimport.folder import Folder
from party.operations.ledger import turn
from party.operations.ledger.errors import Invalid
from party.operations.ledger.tables import items


KEYS, DIGESTS = "keys.json", "digests.json"
#: uids in one record of the journal
_TOGETHER = 500

audit.ACTIONS["import"] = _("Imported")


def left_out(sealed: bool) -> "sa.ColumnElement[bool]":
    """The condition of rows of ``items`` that an export does not take.

    Without a recipient all that is classified; and always what was withdrawn because it is, but has no level yet.
    """
    no_level = sa.and_(items.c.level == levels.NORMAL, items.c.hidden)
    return no_level if sealed else sa.or_(items.c.level != levels.NORMAL, items.c.hidden)


def check_zone() -> None:
    """Raise :class:`Invalid` unless classified content may be opened by this process."""
    if levels.cap(levels.zone()) == levels.NORMAL:
        raise Invalid(
            _(
                "Classified documents are exported and imported only in the internal network, by a process with keys. "
                "Nothing was written."
            )
        )


def seal_keys(folder: Folder, export: str, recipient: envelope.PublicKey) -> int:
    """Write the keys of what is classified for the recipient, and into the journal; returns how many objects there are.

    Called when everything else but the manifest is written. Raises ``keys.Withheld`` and ``keys.Broken``.
    """
    wanted = sa.select(tables.data_keys.c.id).join(items, items.c.uid == tables.data_keys.c.object)
    wanted = wanted.where(items.c.level != levels.NORMAL)
    found = data_keys.many(each.id for each in turn.rows(wanted))
    for each in found.values():
        if not isinstance(each, DataKey):
            raise each
    opened = sorted(found.values(), key=lambda each: each.id)
    uids = sorted({each.object for each in opened})
    _write_down("export", uids, recipient=envelope.fingerprint(recipient))
    digests = folder.digests()
    folder.write(DIGESTS, digests)
    content = {
        "export": export,
        "digests": digest(folder.path / DIGESTS),
        "keys": [[each.id, each.object, each.level, each.unit, base64.b64encode(each.key).decode()] for each in opened],
    }
    folder.write(KEYS, envelope.seal(json.dumps(content).encode(), recipient))
    return len(uids)


def opened_keys(folder: Folder, manifest: dict[str, Any], path: Path | None) -> dict[str, list[DataKey]]:
    """uid → the data keys of an object, opened with the recipient's private key; none where nothing is classified.

    Raises :class:`Invalid` where the key is missing or another one, and where a file of the export was changed.
    """
    if not manifest["classified"]:
        return {}
    if path is None:
        raise Invalid(
            _(
                "This export holds ${count} classified documents. Name the private key that it was sealed to: "
                "bin/party import --recipient-key KEY.pem DIR. Nothing was imported.",
                mapping={"count": manifest["classified"]},
            )
        )
    check_zone()
    content = json.loads(envelope.unseal(folder.read(KEYS), envelope.private_key(path)))
    changed = DIGESTS if content["digests"] != digest(folder.path / DIGESTS) else _changed(folder)
    if changed or content["export"] != manifest["export"]:
        audit.refused("import", what="changed")
        raise Invalid(
            _(
                "${file} of the export is not as it was written. Nothing was imported.",
                mapping={"file": changed or "manifest.json"},
            )
        )
    found: dict[str, list[DataKey]] = {}
    for id_, uid, level, unit, key in content["keys"]:
        found.setdefault(uid, []).append(DataKey(id_, uid, level, unit, base64.b64decode(key)))
    _write_down("import", sorted(found), export=manifest["export"])
    return found


def _changed(folder: Folder) -> str:
    """The first file that is not as its digest says; "" when all are."""
    written, present = folder.read(DIGESTS), folder.digests()
    return next((name for name in sorted({*written, *present}) if written.get(name) != present.get(name)), "")


def _write_down(action: str, uids: "Iterable[str]", **facts: str) -> None:
    named = list(uids)
    for start in range(0, len(named), _TOGETHER):
        audit.record(action, named[start : start + _TOGETHER], **facts)
