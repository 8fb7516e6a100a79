"""What changed since an object was exported (dấu thay đổi): a stamp that is another one after every change.

Every operation writes an event on each object it changes, but for two: reading a slip, and the worker reading a file.
The rotation of keys changes nothing that an export holds.
Units, shelves and other content are stamped by their date of modification too.
"""

from typing import Any

import sqlalchemy as sa
from plone import api

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


def stamps(left_out: "sa.ColumnElement[bool]") -> dict[str, str]:
    """uid → stamp of every object of the site, but for documents whose row meets the condition ``left_out``."""
    happened = _last(events.c.object, sa.func.max(events.c.id))
    read = _last(slips.c.document, sa.func.max(slips.c.read_at))
    texts = _last(file_texts.c.document, sa.func.max(file_texts.c.read_at))
    found = {
        each.uid: f"{happened.get(each.uid)} {read.get(each.uid)} {texts.get(each.uid)}"
        for each in turn.rows(sa.select(items.c.uid).where(~left_out).order_by(items.c.id))
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


def _last(column: "sa.Column[Any]", value: Any) -> dict[str, Any]:
    return {each[0]: each[1] for each in turn.rows(sa.select(column, value).group_by(column))}
