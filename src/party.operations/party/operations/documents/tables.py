"""Ledger tables of documents: the rows behind registers and lists, routing slips, reviews, deliveries."""

from sqlalchemy import Column
from sqlalchemy import Date
from sqlalchemy import ForeignKey
from sqlalchemy import Index
from sqlalchemy import Integer
from sqlalchemy import String
from sqlalchemy import Table
from sqlalchemy import Text

from party.operations.ledger.tables import Instant
from party.operations.ledger.tables import items
from party.operations.ledger.tables import metadata
from party.operations.ledger.tables import serial


#: văn bản đến: the columns of sổ văn bản đến and sổ theo dõi giải quyết (NĐ 30/2020, Phụ lục IV)
incoming = Table(
    "incoming",
    metadata,
    Column("uid", ForeignKey(items.c.uid), primary_key=True),
    Column("unit", String(32), nullable=False),
    Column("register", String(32), nullable=False, default=""),
    Column("period", String(40), nullable=False, default=""),
    Column("arrival_number", Integer),
    Column("arrival_date", Date, nullable=False),
    Column("issuer", Text, nullable=False),
    Column("issuer_unit", String(32), nullable=False, default=""),
    Column("issuer_key", Text, nullable=False),
    Column("number_symbol", String(80), nullable=False, default=""),
    Column("number_key", String(100), nullable=False, default=""),
    Column("document_date", Date),
    Column("type", String(60), nullable=False),
    Column("urgency", String(20), nullable=False),
    Column("source", String(12), nullable=False),
    Column("deadline", Date),
    Column("passed_on", Date),
    Column("passed_to", Text, nullable=False, default=""),
    Column("answered_by", Text, nullable=False, default=""),
    #: why the sender took the document back or replaced it
    Column("withdrawn", Text, nullable=False, default=""),
    Index("incoming_register", "unit", "arrival_date", "arrival_number", "uid"),
    Index("incoming_period", "unit", "period", "arrival_date", "arrival_number", "uid"),
    Index("incoming_number", "number_key", "document_date"),
)

#: văn bản đi: the columns of sổ văn bản đi
outgoing = Table(
    "outgoing",
    metadata,
    Column("uid", ForeignKey(items.c.uid), primary_key=True),
    Column("unit", String(32), nullable=False),
    Column("drafting_unit", String(32), nullable=False),
    Column("drafter", String(64), nullable=False),
    Column("type", String(60), nullable=False),
    Column("urgency", String(20), nullable=False),
    Column("period", String(40), nullable=False, default=""),
    Column("number", Integer),
    Column("number_symbol", String(80), nullable=False, default=""),
    Column("issue_date", Date),
    Column("signer", String(200), nullable=False, default=""),
    Column("recipients", Text, nullable=False, default=""),
    Column("copies", Integer),
    Column("deadline", Date),
    Column("replies_to", String(32), nullable=False, default=""),
    Column("replaces", String(32), nullable=False, default=""),
    Index("outgoing_register", "unit", "issue_date", "number", "uid"),
    Index("outgoing_period", "unit", "period", "issue_date", "number", "uid"),
    Index("outgoing_drafter", "drafter"),
    Index("outgoing_replies", "replies_to"),
)

#: phiếu chuyển xử lý
slips = Table(
    "slips",
    metadata,
    serial(),
    Column("document", ForeignKey(items.c.uid), nullable=False),
    Column("parent", Integer),
    Column("batch", String(32), nullable=False),
    Column("from_person", String(64), nullable=False),
    Column("from_unit", String(32), nullable=False),
    Column("to_person", String(64), nullable=False, default=""),
    Column("to_unit", String(32), nullable=False, default=""),
    Column("to_function", String(20), nullable=False, default=""),
    #: whoever holds this token is addressed
    Column("token", String(120), nullable=False),
    Column("capacity", String(10), nullable=False),
    Column("directive", Text, nullable=False, default=""),
    Column("deadline", Date),
    Column("state", String(12), nullable=False),
    Column("route", String(16), nullable=False, default=""),
    Column("step", Integer),
    Column("sent_at", Instant, nullable=False),
    Column("read_at", Instant),
    Column("read_by", String(64), nullable=False, default=""),
    Column("begun_at", Instant),
    Column("ended_at", Instant),
    Column("ended_by", String(64), nullable=False, default=""),
    #: result of the work, or the reason of a return or recall
    Column("outcome", Text, nullable=False, default=""),
    Index("slips_document", "document"),
    Index("slips_parent", "parent"),
    Index("slips_token", "token", "state"),
    Index("slips_from", "from_person", "state"),
    sqlite_autoincrement=True,
)

#: bước duyệt: one reviewer of one round
reviews = Table(
    "reviews",
    metadata,
    serial(),
    Column("document", ForeignKey(items.c.uid), nullable=False),
    Column("round", Integer, nullable=False),
    Column("position", Integer, nullable=False),
    Column("to_person", String(64), nullable=False, default=""),
    Column("to_unit", String(32), nullable=False, default=""),
    Column("to_function", String(20), nullable=False, default=""),
    Column("token", String(120), nullable=False),
    Column("state", String(12), nullable=False),
    Column("version", Integer),
    Column("comment", Text, nullable=False, default=""),
    Column("decided_by", String(64), nullable=False, default=""),
    Column("asked_at", Instant),
    Column("decided_at", Instant),
    Index("reviews_document", "document", "round", "position"),
    Index("reviews_token", "token", "state"),
    sqlite_autoincrement=True,
)

#: góp ý
comments = Table(
    "comments",
    metadata,
    serial(),
    Column("document", ForeignKey(items.c.uid), nullable=False, index=True),
    Column("version", Integer),
    Column("author", String(64), nullable=False),
    Column("at", Instant, nullable=False),
    Column("text", Text, nullable=False),
    sqlite_autoincrement=True,
)

#: lượt gửi: one row for each recipient of an issued document
deliveries = Table(
    "deliveries",
    metadata,
    serial(),
    Column("document", ForeignKey(items.c.uid), nullable=False),
    Column("sender", String(32), nullable=False),
    Column("recipient", String(32), nullable=False, default=""),
    Column("recipient_name", Text, nullable=False),
    Column("channel", String(12), nullable=False),
    Column("state", String(12), nullable=False),
    Column("stage", Integer, nullable=False, default=0),
    Column("sent_at", Instant, nullable=False),
    Column("sent_by", String(64), nullable=False),
    Column("decided_at", Instant),
    Column("decided_by", String(64), nullable=False, default=""),
    Column("reason", Text, nullable=False, default=""),
    Column("incoming", String(32), nullable=False, default=""),
    Index("deliveries_document", "document", "recipient"),
    Index("deliveries_recipient", "recipient", "state"),
    Index("deliveries_stage", "state", "stage"),
    sqlite_autoincrement=True,
)

#: nội dung chữ của tệp
file_texts = Table(
    "file_texts",
    metadata,
    Column("document", ForeignKey(items.c.uid), primary_key=True),
    Column("file", String(32), primary_key=True),
    Column("pages", Integer, nullable=False),
    Column("text", Text, nullable=False),
    Column("read_at", Instant, nullable=False),
)
