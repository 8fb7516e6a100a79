"""What happened to a document and where it stands (lịch sử, diễn biến): for its page and for REST."""

from typing import Any

import sqlalchemy as sa

from party.operations.confidentiality import rows
from party.operations.documents.tables import comments
from party.operations.documents.tables import deliveries
from party.operations.documents.tables import reviews
from party.operations.documents.tables import slips
from party.operations.ledger import journal
from party.operations.ledger import turn
from party.operations.organization import lookup


def events(uid: str) -> list[dict[str, Any]]:
    """The journal of a document, oldest first, with the names of who acted."""
    found = rows.rows(journal.history(uid))
    names = lookup.names({each.actor for each in found})
    return [{**each._mapping, "actor_name": names.get(each.actor, "")} for each in found]


def slips_of(uid: str) -> list[dict[str, Any]]:
    """All routing slips of a document in the order they were sent, with names: the timeline of the page."""
    found = rows.rows(sa.select(slips).where(slips.c.document == uid).order_by(slips.c.id))
    return _named(found, people=("from_person", "to_person", "read_by", "ended_by"), units=("from_unit", "to_unit"))


def reviews_of(uid: str) -> list[dict[str, Any]]:
    """All review steps of a draft, round by round, with names."""
    found = rows.rows(sa.select(reviews).where(reviews.c.document == uid).order_by(reviews.c.round, reviews.c.position))
    return _named(found, people=("to_person", "decided_by"), units=("to_unit",))


def comments_of(uid: str) -> list[dict[str, Any]]:
    """Comments, oldest first, with names."""
    found = rows.rows(sa.select(comments).where(comments.c.document == uid).order_by(comments.c.id))
    return _named(found, people=("author",), units=())


def deliveries_of(uid: str, limit: int | None = None) -> list[dict[str, Any]]:
    """The state of an issued document at each recipient, or at the first ``limit`` of them."""
    wanted = sa.select(deliveries).where(deliveries.c.document == uid).order_by(deliveries.c.id)
    return _named(rows.rows(wanted.limit(limit)), people=("sent_by", "decided_by"), units=())


def delivery_counts(uid: str) -> dict[str, int]:
    """How many recipients of an issued document there are in each state."""
    counted = sa.select(deliveries.c.state, sa.func.count().label("count")).where(deliveries.c.document == uid)
    return {each.state: each.count for each in turn.rows(counted.group_by(deliveries.c.state))}


def _named(found: list[rows.Row], people: tuple[str, ...], units: tuple[str, ...]) -> list[dict[str, Any]]:
    names = lookup.names({getattr(row, column) for row in found for column in people if getattr(row, column)})
    titles = lookup.unit_titles({getattr(row, column) for row in found for column in units if getattr(row, column)})
    return [
        {
            **row._mapping,
            **{f"{column}_name": names.get(getattr(row, column), "") for column in people},
            **{f"{column}_title": titles.get(getattr(row, column), "") for column in units},
        }
        for row in found
    ]
