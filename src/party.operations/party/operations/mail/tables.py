"""What became of each mail (thư đã gửi)."""

from sqlalchemy import Column
from sqlalchemy import String
from sqlalchemy import Table

from party.operations.ledger.tables import Instant
from party.operations.ledger.tables import metadata


#: one row for each mail that was begun to be handed to the mail server, under the key of its job
mails = Table(
    "mails",
    metadata,
    Column("key", String(200), primary_key=True),
    Column("message_id", String(200), nullable=False),
    Column("person", String(64), nullable=False),
    #: ``sending`` while the mail server is spoken to, then ``sent``; ``doubtful`` where that conversation broke off
    Column("state", String(10), nullable=False),
    Column("at", Instant, nullable=False),
)
