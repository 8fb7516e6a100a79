"""Ledger table of rotations: which KEKs are being replaced."""

from sqlalchemy import Column
from sqlalchemy import String
from sqlalchemy import Table

from party.operations.ledger.tables import Instant
from party.operations.ledger.tables import metadata


#: thay khoá: a KEK whose data keys go to the next generation of its scope; without an end it is to be gone on with
key_rotations = Table(
    "key_rotations",
    metadata,
    Column("kek", String(80), primary_key=True),
    Column("started_at", Instant, nullable=False),
    Column("started_by", String(64), nullable=False),
    Column("finished_at", Instant),
)
