"""Tables of the journal (nhật ký kiểm soát). They stand in a database of their own, apart from the ledger."""

import sqlalchemy as sa
from sqlalchemy import Column
from sqlalchemy import Index
from sqlalchemy import Table


metadata = sa.MetaData()

_serial = sa.BigInteger().with_variant(sa.Integer, "sqlite")

#: the public key to which processes seal the first key of their stream; one row
recipients = Table(
    "recipients",
    metadata,
    Column("id", sa.Integer, primary_key=True),
    Column("public", sa.LargeBinary, nullable=False),
)

#: luồng: one row for each process that wrote; ``proof`` is empty where the process had no keys
streams = Table(
    "streams",
    metadata,
    Column("id", sa.String(32), primary_key=True),
    Column("host", sa.String(255), nullable=False),
    Column("pid", sa.Integer, nullable=False),
    Column("started", sa.String(26), nullable=False),
    Column("zone", sa.String(10), nullable=False),
    Column("sealed", sa.LargeBinary, nullable=False),
    Column("proof", sa.LargeBinary, nullable=False),
    #: said that it ends, or was found without its process
    Column("ended", sa.Boolean, nullable=False),
)

#: one row for each thing that happened; texts are kept as they went into the MAC, instants in UTC as ISO 8601
records = Table(
    "records",
    metadata,
    Column("id", _serial, primary_key=True, autoincrement=True),
    Column("stream", sa.String(32), nullable=False),
    Column("seq", sa.Integer, nullable=False),
    Column("at", sa.String(26), nullable=False),
    Column("zone", sa.String(10), nullable=False),
    Column("actor", sa.String(200), nullable=False),
    Column("action", sa.String(40), nullable=False),
    Column("outcome", sa.String(20), nullable=False),
    Column("objects", sa.Text, nullable=False),
    Column("facts", sa.Text, nullable=False),
    Column("mac", sa.LargeBinary, nullable=False),
    Index("records_chain", "stream", "seq", unique=True),
    Index("records_at", "at"),
    Index("records_actor", "actor", "at"),
    sqlite_autoincrement=True,
)

#: mốc neo: the heads of all streams that moved since the anchor before; its digest stands in the chain of its writer
anchors = Table(
    "anchors",
    metadata,
    Column("id", _serial, primary_key=True, autoincrement=True),
    Column("at", sa.String(26), nullable=False),
    #: the last record that was looked at
    Column("upto", _serial, nullable=False),
    Column("heads", sa.Text, nullable=False),
    sqlite_autoincrement=True,
)

#: chốt ngày: the heads of the streams that wrote on a day, signed
days = Table(
    "days",
    metadata,
    Column("day", sa.String(10), primary_key=True),
    Column("at", sa.String(26), nullable=False),
    Column("previous", sa.String(64), nullable=False),
    Column("heads", sa.Text, nullable=False),
    Column("signature", sa.LargeBinary, nullable=False),
)
