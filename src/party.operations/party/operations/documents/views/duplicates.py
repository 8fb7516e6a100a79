"""What looks like the same paper (văn bản trùng), shown where a warning or a form speaks of it."""

from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa
from zope.component.hooks import getSite

from party.operations.confidentiality import actor
from party.operations.confidentiality import grants
from party.operations.confidentiality import rows
from party.operations.documents import duplicates
from party.operations.documents.tables import deliveries
from party.operations.documents.tables import incoming
from party.operations.documents.tables import outgoing
from party.operations.ledger.tables import items
from party.operations.organization.tables import units


@dataclass(frozen=True)
class Resemblance:
    """One document or waiting delivery that may be the paper being typed."""

    url: str
    number_symbol: str
    issuer: str
    title: str
    #: arrival number, for what is registered
    arrival_number: int | None = None
    #: does it wait in “To receive”?
    waiting: bool = False


def resemblances(documents: list[str], delivery_ids: list[int]) -> list[Resemblance]:
    """What a duplicate warning names, of that what the person who acts may read."""
    home = getSite().absolute_url()
    columns = (incoming.c.uid, incoming.c.number_symbol, incoming.c.issuer, incoming.c.arrival_number, items.c.title)
    known = rows.rows(
        sa.select(*columns)
        .join(items, items.c.uid == incoming.c.uid)
        .where(incoming.c.uid.in_(documents), grants.readable(incoming.c.uid, actor.held()))
    )
    found = [
        Resemblance(f"{home}/d/{each.uid}", each.number_symbol, each.issuer, each.title, each.arrival_number)
        for each in known
    ]
    waiting = rows.rows(
        sa.select(deliveries.c.id, outgoing.c.number_symbol, units.c.title.label("issuer"), items.c.title)
        .join(items, items.c.uid == deliveries.c.document)
        .join(outgoing, outgoing.c.uid == deliveries.c.document)
        .join(units, units.c.uid == deliveries.c.sender)
        .where(deliveries.c.id.in_(delivery_ids), grants.readable(deliveries.c.document, actor.held()))
    )
    found += [
        Resemblance(f"{home}/@@delivery?id={each.id}", each.number_symbol, each.issuer, each.title, waiting=True)
        for each in waiting
    ]
    return found


def like(document: Any) -> list[Resemblance]:
    """Other documents of the same unit that look like ``document``."""
    same = duplicates.find(
        document.unit, document.issuer, document.number_symbol, document.document_date, document.issuer_unit
    )
    return resemblances([each.uid for each in same if each.uid != document.UID()], [])
