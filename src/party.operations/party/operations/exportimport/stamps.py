"""What changed since an object was exported (dấu thay đổi): a stamp that is another one after every change.

Every operation writes an event on each object it changes, but for three: reading a slip, the worker reading a file, and
the rotation of keys, which wraps data keys anew.
Units, shelves and other content are stamped by their date of modification too.
"""

from typing import Any

import sqlalchemy as sa
from plone import api

from party.operations.confidentiality.tables import data_keys
from party.operations.documents.tables import file_texts
from party.operations.documents.tables import slips
from party.operations.ledger import turn
from party.operations.ledger.tables import events
from party.operations.ledger.tables import items


#: types of records that have a row for each object
DOCUMENTS = ("IncomingDocument", "OutgoingDocument")
#: types of records that have none
PLACES = ("Unit", "Shelf", "Register")
RECORDS = (*PLACES, *DOCUMENTS)


def stamps() -> dict[str, str]:
    """uid → stamp of every object of the site."""
    happened = _last(events.c.object, sa.func.max(events.c.id))
    read = _last(slips.c.document, sa.func.max(slips.c.read_at))
    texts = _last(file_texts.c.document, sa.func.max(file_texts.c.read_at))
    keks = _keks()
    found = {
        each.uid: f"{happened.get(each.uid)} {read.get(each.uid)} {texts.get(each.uid)} {keks.get(each.uid, '')}".rstrip()
        for each in turn.rows(sa.select(items.c.uid).order_by(items.c.id))
    }
    for brain in others():
        found[brain.UID] = f"{happened.get(brain.UID)} {brain.modified}"
    return found


def others() -> list[Any]:
    """Catalogue entries of everything but documents, parents first."""
    types = api.portal.get_tool("portal_types").objectIds()
    wanted = [each for each in types if each not in (*DOCUMENTS, "Plone Site", "TempFolder")]
    catalog = api.portal.get_tool("portal_catalog")
    found = catalog.unrestrictedSearchResults(portal_type=wanted)
    return sorted(found, key=lambda brain: brain.getPath().split("/"))


def _keks() -> dict[str, str]:
    """uid → ids of the keys that the data keys of a classified object are wrapped by."""
    found: dict[str, str] = {}
    for each in turn.rows(sa.select(data_keys.c.object, data_keys.c.kek).order_by(data_keys.c.id)):
        found[each.object] = f"{found.get(each.object, '')} {each.kek}".lstrip()
    return found


def _last(column: "sa.Column[Any]", value: Any) -> dict[str, Any]:
    return {each[0]: each[1] for each in turn.rows(sa.select(column, value).group_by(column))}
