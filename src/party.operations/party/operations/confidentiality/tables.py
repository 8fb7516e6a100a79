"""Ledger tables of grants: the rows as they were given, and the tokens that read each object now."""

from sqlalchemy import Column
from sqlalchemy import Date
from sqlalchemy import Index
from sqlalchemy import String
from sqlalchemy import Table

from party.operations.ledger.tables import Instant
from party.operations.ledger.tables import metadata
from party.operations.ledger.tables import serial


#: quyền đã cấp: who was given which role on what, why, from when to when; closed but never deleted
grants = Table(
    "grants",
    metadata,
    serial(),
    Column("object", String(32), nullable=False),
    Column("role", String(40), nullable=False),
    Column("token", String(120), nullable=False),
    Column("cause", String(20), nullable=False),
    Column("reference", String(80), nullable=False),
    Column("from_day", Date, nullable=False),
    Column("until_day", Date),
    Column("given_at", Instant, nullable=False),
    Column("withdrawn_at", Instant),
    Index("grants_object", "object", "withdrawn_at"),
    Index("grants_cause", "cause", "reference"),
    sqlite_autoincrement=True,
)

#: the projection that lists join: an object and a token that reads it now
readers = Table(
    "readers",
    metadata,
    Column("object", String(32), primary_key=True),
    Column("token", String(120), primary_key=True),
    Index("readers_token", "token", "object"),
)
