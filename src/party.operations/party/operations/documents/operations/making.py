"""What several verbs of documents share: placing the object, changing its state, cleaning fields."""

import secrets
from collections.abc import Collection
from datetime import date
from datetime import datetime
from typing import Any

from plone.dexterity.utils import createContent
from zope.schema import getFieldsInOrder

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import audit
from party.operations.confidentiality import data_keys
from party.operations.confidentiality import levels
from party.operations.confidentiality import principals
from party.operations.confidentiality import rows
from party.operations.confidentiality.base import begin_sealing
from party.operations.confidentiality.base import Revealed
from party.operations.documents import classification
from party.operations.documents import workflow
from party.operations.documents.content import IIncomingDocument
from party.operations.documents.content import IOutgoingDocument
from party.operations.documents.vocabularies import document_types
from party.operations.documents.vocabularies import URGENCIES
from party.operations.finding import index
from party.operations.ledger import clock
from party.operations.ledger import items
from party.operations.ledger import outbox
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import NotAllowed
from party.operations.organization import lookup
from party.operations.organization.fields import check
from party.operations.organization.fields import field_of
from party.operations.organization.operations.units import shelf_of_month
from party.operations.text.dates import format_date
from party.operations.text.normalize import clean_line
from party.operations.text.normalize import clean_text


SCHEMAS = {"IncomingDocument": IIncomingDocument, "OutgoingDocument": IOutgoingDocument}


def place(
    portal_type: str,
    unit: str,
    kind: str,
    state: str,
    values: dict[str, Any],
    level: str = levels.NORMAL,
    basis: str = "",
) -> Any:
    """Make the object in this month's shelf of the unit, with its row in the ledger, and return it opened.

    One of a classified ``level`` is sealed before anything of it is written.
    """
    check_level(level)
    document = createContent(portal_type, id=secrets.token_hex(8))
    document.unit = unit
    key = data_keys.make(document.UID(), level, unit) if level != levels.NORMAL else None
    opened = begin_sealing(document, key) if key else document
    for name, value in values.items():
        setattr(opened, name, value)
    if key:
        opened.classification = classification.proposed(level, basis)
    shelf = shelf_of_month(lookup.unit_object(unit), clock.today())
    # without Plone's events: no relation, link or rule of a record is kept elsewhere, grants alone say who reads it, and
    # the shelf into which everybody registers is not written as modified
    shelf._setObject(document.id, document, set_owner=False, suppress_events=True)
    document = shelf._getOb(document.id)
    document.indexObject()
    items.create(
        document.UID(),
        kind=kind,
        unit=unit,
        level=level,
        key=key.id if key else "",
        state=state,
        revision=1,
        path="/".join(document.getPhysicalPath()),
        created_by="" if key else actor.current(),
    )
    workflow.show_state(document, state)
    if key is None:
        return document
    rows.update(items.table, items.table.c.uid == document.UID(), created_by=actor.current())
    audit.record("create", document.UID(), level=level)
    return Revealed(document, key)


def move_to(document: Any, state: str, seen: int | None = None) -> int:
    """Bring a document into ``state`` (which may be the present one) and return its new revision."""
    document.revision = items.advance(document.UID(), seen, state=state)
    index.change(document.UID(), state=state)
    workflow.show_state(document, state)
    return document.revision


def touch(document: Any, seen: int | None = None) -> int:
    """A change that leaves the state as it is."""
    document.revision = items.advance(document.UID(), seen)
    return document.revision


def clean(portal_type: str, fields: dict[str, Any], partial: bool = False) -> dict[str, Any]:
    """Check and normalise the fields of a document; raises :class:`Invalid` with the field at fault.

    ``partial`` takes a subset (a correction); otherwise every required field must be there.
    """
    schema = SCHEMAS[portal_type]
    for name in fields:
        field_of(schema, name)
    values: dict[str, Any] = {}
    for name, field in getFieldsInOrder(schema):
        if name not in fields and partial:
            continue
        value = fields.get(name, field.default)
        if isinstance(value, str):
            value = clean_text(value) if name == "note" else clean_line(value)
        check(field, value)
        values[name] = value
    _check_words(values)
    check_dates(values.get("document_date"), values.get("arrival_date"))
    check_deadline(values.get("deadline"), values.get("arrival_date"))
    return values


def read_files_later(document: Any, read: Collection[str] = (), again: str = "", due: datetime | None = None) -> None:
    """Have the worker read the text of the files, but for those whose ids are in ``read``.

    The text of a classified document is kept nowhere. ``again`` tells a further reading of the same files from the first.
    ``due`` puts it off.
    """
    for each in document.files() if document.level == levels.NORMAL else ():
        if each.id in read:
            continue
        outbox.enqueue(
            "text",
            f"text:{document.UID()}:{each.id}{again and f':{again}'}",
            {"document": document.UID(), "file": each.id},
            actor.current(),
            due,
        )


def reason_given(reason: str) -> str:
    """The cleaned reason; raises :class:`Invalid` when there is none."""
    cleaned = clean_line(reason)
    if len(cleaned) < 3:
        raise Invalid(_("Give a reason that the other side will understand."), "reason")
    return cleaned


def check_level(level: str) -> None:
    """Raise ``NotAllowed`` unless the person who acts may make something of this level in this zone."""
    if level == levels.NORMAL:
        return
    if levels.cap(levels.zone()) == levels.NORMAL:
        raise NotAllowed(
            _(
                "Classified documents are not handled here. Nothing was saved: work on it in the internal network, and "
                "delete the file from this computer if it was not made for it."
            )
        )
    if actor.current() != actor.SYSTEM and level not in principals.levels_of(actor.current()):
        raise NotAllowed(_("You have no clearance for documents of this level. Nothing was saved."))


def check_not_future(value: Any, field: str) -> None:
    """Legal dates of what has happened do not lie ahead."""
    if value is not None and value > clock.today():
        raise Invalid(_("${day} lies in the future.", mapping={"day": format_date(value)}), field)


def _check_words(values: dict[str, Any]) -> None:
    if "type" in values and values["type"] not in document_types():
        raise Invalid(_("“${value}” is not a document type.", mapping={"value": values["type"]}), "type")
    if "urgency" in values and values["urgency"] not in URGENCIES:
        raise Invalid(_("“${value}” is not an urgency.", mapping={"value": values["urgency"]}), "urgency")


def check_dates(written: date | None, arrived: date | None, field: str = "document_date") -> None:
    """A document is written before it arrives, and neither lies ahead."""
    check_not_future(written, "document_date")
    check_not_future(arrived, "arrival_date")
    if written and arrived and written > arrived:
        raise Invalid(
            _("The document is dated ${day}, after the day it arrived.", mapping={"day": format_date(written)}), field
        )


def check_deadline(deadline: date | None, arrived: date | None) -> None:
    """Nothing is due before it arrived."""
    if deadline and arrived and deadline < arrived:
        raise Invalid(
            _("The deadline ${day} lies before the day of arrival.", mapping={"day": format_date(deadline)}), "deadline"
        )
