"""Tables that every area shares: items, number series, readers of grants, events, outbox.

Each area declares its own tables on :data:`metadata` in its ``tables.py``.
"""

from datetime import datetime
from datetime import UTC
from typing import Any

import sqlalchemy as sa
from sqlalchemy import Column
from sqlalchemy import Index
from sqlalchemy import Table

from . import ids
from .sealer import bound
from .sealer import CONTENT
from .sealer import OBJECT
from .sealer import sealed


metadata = sa.MetaData()

#: in the ``info`` of a table by which people act and are trusted: whoever computed from it computes anew when it was written
REGISTER = "register"
#: in the ``info`` of a table that belongs to no single document: an export holds it as a whole
EXPORTED = "exported"
#: ``info`` of a column that names a unit which something is about: a unit that is named so is not taken away again
NAMES_UNIT = {"names_unit": True}


class Instant(sa.types.TypeDecorator[datetime]):
    """An aware UTC datetime, stored without its zone (SQLite knows none)."""

    impl = sa.DateTime
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Any) -> datetime | None:
        """What goes into the database."""
        return value and value.astimezone(UTC).replace(tzinfo=None)

    def process_result_value(self, value: datetime | None, dialect: Any) -> datetime | None:
        """What comes out of it."""
        return value and value.replace(tzinfo=UTC)


#: the type of :func:`serial` and of columns that refer to one
ROW_ID = sa.BigInteger().with_variant(sa.Integer, "sqlite")


def serial(name: str = "id") -> "Column[int]":
    """A growing integer key that is never used twice and counts nothing, see :mod:`.ids`."""
    return Column(name, ROW_ID, primary_key=True, autoincrement=False, default=ids.new)


#: states of objects that somebody still has to do something with: few of all, so they have an index of their own
_STANDING = "state IN ('received', 'registered', 'in_progress', 'draft', 'in_review', 'approved', 'signed')"
#: the condition of that index; a query of such objects says it word for word, beside the states it wants
STANDING = sa.text(f"items.{_STANDING}")

#: one row for each object with a life of its own: its state and the revision that guards against lost updates
items = Table(
    "items",
    metadata,
    serial(),
    Column("uid", sa.String(32), nullable=False, unique=True, info=OBJECT),
    Column("kind", sa.String(20), nullable=False),
    Column("unit", sa.String(32), nullable=False, info=NAMES_UNIT),
    Column("level", sa.String(12), nullable=False),
    #: id of the data key that what is said of a classified object is sealed with
    Column("key", sa.String(32), nullable=False, default=""),
    #: the day the period of protection of a classified object would be over
    Column("protected_until", sa.Date),
    #: the level is proposed, and nobody who may has decided it
    Column("level_proposed", sa.Boolean, nullable=False, default=False),
    #: taken out of everybody's sight until somebody has looked at it
    Column("hidden", sa.Boolean, nullable=False, default=False),
    Column("state", sa.String(20), nullable=False),
    Column("revision", sa.Integer, nullable=False, default=1),
    Column("path", sa.Text, nullable=False),
    Column("title", sa.Text, nullable=False, default="", info=CONTENT),
    Column("created_by", sa.String(64), nullable=False, info=CONTENT),
    Column("created_at", Instant, nullable=False),
    Column("changed_at", Instant, nullable=False),
    sealed(),
    Index("items_unit", "unit", "kind", "state"),
    Index(
        "items_standing",
        *("unit", "kind", "state"),
        sqlite_where=sa.text(_STANDING),
        postgresql_where=sa.text(_STANDING),
    ),
)

#: dãy số: one row for each (issuing unit, type or book, period, suffix)
series = Table(
    "series",
    metadata,
    serial(),
    Column("unit", sa.String(32), nullable=False, info=NAMES_UNIT),
    Column("book", sa.String(80), nullable=False),
    Column("period", sa.String(40), nullable=False),
    Column("suffix", sa.String(20), nullable=False, default=""),
    Column("last", sa.Integer, nullable=False, default=0),
    sa.UniqueConstraint("unit", "book", "period", "suffix"),
)

#: số đã cấp: a number of a series, taken, imported or voided; never deleted
numbers = Table(
    "numbers",
    metadata,
    Column("series", sa.ForeignKey(series.c.id), primary_key=True),
    Column("number", sa.Integer, primary_key=True, autoincrement=False),
    Column("state", sa.String(10), nullable=False),
    Column("object", sa.String(32), nullable=False, index=True),
    Column("legal_date", sa.Date, nullable=False),
    Column("taken_by", sa.String(64), nullable=False),
    Column("taken_at", Instant, nullable=False),
    Column("reason", sa.Text, nullable=False, default=""),
)

#: nhật ký: what happened, written by every operation
events = Table(
    "events",
    metadata,
    serial(),
    Column("at", Instant, nullable=False, info=bound()),
    Column("actor", sa.String(64), nullable=False, info=CONTENT),
    Column("acting_for", sa.String(64), nullable=False, default="", info=CONTENT),
    Column("operation", sa.String(40), nullable=False, info=bound()),
    Column("object", sa.String(32), nullable=False, index=True, info=OBJECT),
    Column("unit", sa.String(32), nullable=False, default="", info=CONTENT),
    Column("diff", sa.JSON, nullable=False, info=CONTENT),
    Column("details", sa.JSON, nullable=False, info=CONTENT),
    sealed(),
    Index("events_unit", "unit", "at"),
)

_LOGIN = sa.text("measure = 'login'")
#: số liệu được đếm: one row for each event that a report counts, see :mod:`.tallies`
tallies = Table(
    "tallies",
    metadata,
    Column("event", ROW_ID, primary_key=True, autoincrement=False),
    #: the day in Vietnam
    Column("day", sa.Date, nullable=False),
    Column("measure", sa.String(12), nullable=False),
    #: where it was done: the unit of the post, or the organ if the object is classified
    Column("unit", sa.String(32), nullable=False),
    Column("person", sa.String(64), nullable=False),
    Column("object", sa.String(32), nullable=False, index=True),
    Column("level", sa.String(12), nullable=False),
    Column("amount", sa.Integer, nullable=False),
    # a report reads nothing but this index
    Index("tallies_report", "measure", "day", "unit", "level", "amount", "person"),
    # has this person ever logged in?
    Index("tallies_logins", "person", sqlite_where=_LOGIN, postgresql_where=_LOGIN),
)

#: hộp việc chờ gửi: side effects that leave after commit
outbox = Table(
    "outbox",
    metadata,
    serial(),
    Column("kind", sa.String(40), nullable=False),
    Column("key", sa.String(200), nullable=False, unique=True),
    Column("actor", sa.String(64), nullable=False),
    Column("payload", sa.JSON, nullable=False),
    Column("state", sa.String(10), nullable=False),
    Column("due", Instant, nullable=False),
    Column("attempts", sa.Integer, nullable=False, default=0),
    Column("error", sa.Text, nullable=False, default=""),
    Column("created_at", Instant, nullable=False),
    Column("finished_at", Instant),
    Index("outbox_due", "state", "due"),
)

#: yêu cầu đã nhận: a request of another system under its own identifier, and what was answered
requests = Table(
    "requests",
    metadata,
    Column("actor", sa.String(64), primary_key=True),
    Column("identifier", sa.String(200), primary_key=True),
    Column("operation", sa.String(60), nullable=False),
    Column("object", sa.String(32), nullable=False, default="", info=OBJECT),
    Column("answer", sa.JSON, nullable=False, info=CONTENT),
    Column("at", Instant, nullable=False),
    sealed(),
)

#: one row: the revision of all tables marked as :data:`REGISTER`
register_revisions = Table(
    "register_revisions",
    metadata,
    Column("id", sa.Integer, primary_key=True, autoincrement=False),
    Column("revision", sa.String(16), nullable=False),
)
