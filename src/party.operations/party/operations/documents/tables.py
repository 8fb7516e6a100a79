"""Ledger tables of documents: the rows behind registers and lists, routing slips, reviews, deliveries."""

from sqlalchemy import Column
from sqlalchemy import Date
from sqlalchemy import ForeignKey
from sqlalchemy import Index
from sqlalchemy import Integer
from sqlalchemy import LargeBinary
from sqlalchemy import String
from sqlalchemy import Table
from sqlalchemy import Text
from sqlalchemy import text
from sqlalchemy import UniqueConstraint

from party.operations.ledger.sealer import BLIND
from party.operations.ledger.sealer import bound
from party.operations.ledger.sealer import CONTENT
from party.operations.ledger.sealer import OBJECT
from party.operations.ledger.sealer import sealed
from party.operations.ledger.tables import Instant
from party.operations.ledger.tables import items
from party.operations.ledger.tables import metadata
from party.operations.ledger.tables import NAMES_UNIT
from party.operations.ledger.tables import ROW_ID
from party.operations.ledger.tables import serial


#: columns of :func:`sorted_by`
SORTED_BY = {"issuer_order", "number_order", "title_order"}


def sorted_by(*names: str) -> "list[Column[str]]":
    """Columns by which registers are sorted in Vietnamese order, see ``text.collation``; nothing else reads them."""
    text = Text(collation="C").with_variant(Text(), "sqlite")
    return [Column(name, text, nullable=False, default="", info=CONTENT) for name in names]


#: văn bản đến: the columns of sổ văn bản đến and sổ theo dõi giải quyết (NĐ 30/2020, Phụ lục IV)
incoming = Table(
    "incoming",
    metadata,
    Column("uid", ForeignKey(items.c.uid), primary_key=True, info=OBJECT),
    Column("unit", String(32), nullable=False),
    Column("register", String(32), nullable=False, default=""),
    Column("period", String(40), nullable=False, default=""),
    #: 0 for a line of an old register that has none
    Column("arrival_number", Integer),
    #: chữ sau số: the letters of a number that an old register put in later, “a” of 15a
    Column("arrival_letters", String(10), nullable=False, default="", info=CONTENT),
    Column("arrival_date", Date, nullable=False),
    Column("issuer", Text, nullable=False, info=CONTENT),
    Column("issuer_unit", String(32), nullable=False, default="", info=CONTENT),
    Column("issuer_key", Text, nullable=False, info=BLIND),
    Column("number_symbol", String(80), nullable=False, default="", info=CONTENT),
    Column("number_key", String(100), nullable=False, default="", info=BLIND),
    Column("document_date", Date),
    Column("type", String(60), nullable=False, info=CONTENT),
    Column("urgency", String(20), nullable=False, info=CONTENT),
    Column("source", String(12), nullable=False, info=CONTENT),
    Column("deadline", Date),
    Column("passed_on", Date),
    Column("passed_to", Text, nullable=False, default="", info=CONTENT),
    Column("answered_by", Text, nullable=False, default="", info=CONTENT),
    #: why the sender took the document back or replaced it
    Column("withdrawn", Text, nullable=False, default="", info=CONTENT),
    #: level the sender has given the document since it was received, until the clerk has taken note
    Column("level_notice", String(12), nullable=False, default=""),
    *sorted_by("issuer_order", "number_order", "title_order"),
    sealed(),
    Index("incoming_register", "unit", "arrival_date", "arrival_number", "uid"),
    Index("incoming_by_issuer", "unit", "issuer_order", "arrival_date", "arrival_number", "uid"),
    Index("incoming_by_number", "unit", "number_order", "arrival_date", "arrival_number", "uid"),
    Index("incoming_by_title", "unit", "title_order", "arrival_date", "arrival_number", "uid"),
    Index("incoming_period", "unit", "period", "arrival_date", "arrival_number", "uid"),
    Index("incoming_number", "number_key", "document_date"),
    Index("incoming_notice", "level_notice"),
)

#: văn bản đi: the columns of sổ văn bản đi
outgoing = Table(
    "outgoing",
    metadata,
    Column("uid", ForeignKey(items.c.uid), primary_key=True, info=OBJECT),
    Column("unit", String(32), nullable=False),
    Column("drafting_unit", String(32), nullable=False, info=CONTENT),
    Column("drafter", String(64), nullable=False, info=BLIND),
    Column("type", String(60), nullable=False, info=CONTENT),
    Column("urgency", String(20), nullable=False, info=CONTENT),
    Column("period", String(40), nullable=False, default=""),
    Column("number", Integer),
    Column("number_symbol", String(80), nullable=False, default="", info=CONTENT),
    Column("issue_date", Date),
    Column("signer", String(200), nullable=False, default="", info=CONTENT),
    Column("recipients", Text, nullable=False, default="", info=CONTENT),
    Column("copies", Integer),
    Column("deadline", Date),
    Column("replies_to", String(32), nullable=False, default="", info=BLIND),
    Column("replaces", String(32), nullable=False, default="", info=BLIND),
    *sorted_by("number_order", "title_order"),
    sealed(),
    Index("outgoing_register", "unit", "issue_date", "number", "uid"),
    Index("outgoing_by_number", "unit", "number_order", "issue_date", "number", "uid"),
    Index("outgoing_by_title", "unit", "title_order", "issue_date", "number", "uid"),
    Index("outgoing_period", "unit", "period", "issue_date", "number", "uid"),
    Index("outgoing_drafter", "drafter"),
    Index("outgoing_replies", "replies_to"),
)

#: phiếu chuyển xử lý
slips = Table(
    "slips",
    metadata,
    serial(),
    Column("document", ForeignKey(items.c.uid), nullable=False, info=OBJECT),
    Column("parent", ROW_ID),
    Column("batch", String(32), nullable=False, info=bound()),
    Column("from_person", String(64), nullable=False, info=BLIND),
    Column("from_unit", String(32), nullable=False, info=CONTENT),
    Column("to_person", String(64), nullable=False, default="", info=CONTENT),
    Column("to_unit", String(32), nullable=False, default="", info=CONTENT),
    Column("to_function", String(20), nullable=False, default="", info=CONTENT),
    #: whoever holds this token is addressed
    Column("token", String(120), nullable=False, info=bound()),
    Column("capacity", String(10), nullable=False),
    Column("directive", Text, nullable=False, default="", info=CONTENT),
    Column("deadline", Date),
    Column("state", String(12), nullable=False),
    Column("route", String(16), nullable=False, default="", info=CONTENT),
    Column("step", Integer),
    Column("sent_at", Instant, nullable=False, info=bound()),
    Column("read_at", Instant),
    Column("read_by", String(64), nullable=False, default="", info=CONTENT),
    Column("begun_at", Instant),
    Column("ended_at", Instant),
    Column("ended_by", String(64), nullable=False, default="", info=CONTENT),
    #: result of the work, or the reason of a return or recall
    Column("outcome", Text, nullable=False, default="", info=CONTENT),
    sealed(),
    Index("slips_document", "document"),
    # most have none: an index that held them all would look useless to the planner
    Index(
        "slips_parent", "parent", sqlite_where=text("parent IS NOT NULL"), postgresql_where=text("parent IS NOT NULL")
    ),
    Index("slips_token", "token", "state"),
    Index("slips_from", "from_person", "state"),
)

#: bước duyệt: one reviewer of one round
reviews = Table(
    "reviews",
    metadata,
    serial(),
    Column("document", ForeignKey(items.c.uid), nullable=False, info=OBJECT),
    Column("round", Integer, nullable=False, info=bound()),
    Column("position", Integer, nullable=False, info=bound()),
    Column("to_person", String(64), nullable=False, default="", info=CONTENT),
    Column("to_unit", String(32), nullable=False, default="", info=CONTENT),
    Column("to_function", String(20), nullable=False, default="", info=CONTENT),
    Column("token", String(120), nullable=False, info=bound()),
    Column("state", String(12), nullable=False),
    Column("version", Integer),
    Column("comment", Text, nullable=False, default="", info=CONTENT),
    Column("decided_by", String(64), nullable=False, default="", info=CONTENT),
    Column("asked_at", Instant),
    Column("decided_at", Instant),
    sealed(),
    Index("reviews_document", "document", "round", "position"),
    Index("reviews_token", "token", "state"),
)

#: góp ý
comments = Table(
    "comments",
    metadata,
    serial(),
    Column("document", ForeignKey(items.c.uid), nullable=False, index=True, info=OBJECT),
    Column("version", Integer),
    Column("author", String(64), nullable=False, info=CONTENT),
    Column("at", Instant, nullable=False, info=bound()),
    Column("text", Text, nullable=False, info=CONTENT),
    sealed(),
)

#: lượt gửi: one row for each recipient of an issued document
deliveries = Table(
    "deliveries",
    metadata,
    serial(),
    Column("document", ForeignKey(items.c.uid), nullable=False, info=OBJECT),
    Column("sender", String(32), nullable=False),
    Column("recipient", String(32), nullable=False, default="", info=bound(BLIND) | NAMES_UNIT),
    Column("recipient_name", Text, nullable=False, info=CONTENT),
    Column("channel", String(12), nullable=False),
    Column("state", String(12), nullable=False),
    Column("stage", Integer, nullable=False, default=0),
    Column("sent_at", Instant, nullable=False, info=bound()),
    Column("sent_by", String(64), nullable=False, info=CONTENT),
    Column("decided_at", Instant),
    Column("decided_by", String(64), nullable=False, default="", info=CONTENT),
    Column("reason", Text, nullable=False, default="", info=CONTENT),
    Column("incoming", String(32), nullable=False, default=""),
    sealed(),
    Index("deliveries_document", "document", "recipient"),
    Index("deliveries_recipient", "recipient", "state"),
    Index("deliveries_stage", "state", "stage"),
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

#: đề nghị hạ độ mật, giải mật: a lower level proposed by one person, to be confirmed by another
level_changes = Table(
    "level_changes",
    metadata,
    serial(),
    Column("document", ForeignKey(items.c.uid), nullable=False, index=True, info=OBJECT),
    Column("level", String(12), nullable=False, info=bound()),
    Column("reason", Text, nullable=False, info=CONTENT),
    Column("basis", Text, nullable=False, info=CONTENT),
    Column("proposed_by", String(64), nullable=False, info=CONTENT),
    Column("proposed_at", Instant, nullable=False, info=bound()),
    Column("state", String(10), nullable=False),
    Column("decided_by", String(64), nullable=False, default="", info=CONTENT),
    Column("decided_at", Instant),
    sealed(),
)

#: sổ quản lý sao, chụp: numbered copies of classified documents, sent, on paper, printed or downloaded
copies = Table(
    "copies",
    metadata,
    serial(),
    Column("document", ForeignKey(items.c.uid), nullable=False, info=OBJECT),
    #: bản số, from 1 in each document
    Column("number", Integer, nullable=False, info=bound()),
    Column("kind", String(12), nullable=False),
    Column("file", String(32), nullable=False, default="", info=CONTENT),
    #: who has it: a unit, a person, or a name outside the system
    Column("holder_unit", String(32), nullable=False, default="", info=CONTENT),
    Column("holder_person", String(64), nullable=False, default="", info=CONTENT),
    Column("holder_name", Text, nullable=False, info=CONTENT),
    Column("made_by", String(64), nullable=False, info=CONTENT),
    Column("made_at", Instant, nullable=False, info=bound()),
    Column("purpose", Text, nullable=False, default="", info=CONTENT),
    Column("state", String(12), nullable=False),
    Column("returned_on", Date),
    Column("destroyed_on", Date),
    #: who wrote down the return or the destruction
    Column("ended_by", String(64), nullable=False, default="", info=CONTENT),
    Column("destroyed_by", String(200), nullable=False, default="", info=CONTENT),
    Column("witness", String(200), nullable=False, default="", info=CONTENT),
    sealed(),
    UniqueConstraint("document", "number"),
)

#: chữ nhận dạng được: the words of a scanned file, page by page as far as the worker has come
recognised = Table(
    "recognised",
    metadata,
    Column("document", ForeignKey(items.c.uid), primary_key=True, info=OBJECT),
    Column("file", String(32), primary_key=True, info=bound()),
    #: one of ``paper.STATES``
    Column("state", String(12), nullable=False),
    Column("page_count", Integer, nullable=False),
    Column("done", Integer, nullable=False),
    #: the pages recognised so far, see ``paper.packed``
    Column("words", LargeBinary, info=CONTENT),
    Column("read_at", Instant, nullable=False),
    sealed(),
)

#: việc được giao trong văn bản: what a received document gives somebody to do, as it was read and kept by the clerk
assignments = Table(
    "assignments",
    metadata,
    serial(),
    Column("document", ForeignKey(items.c.uid), nullable=False, index=True, info=OBJECT),
    Column("sentence", Text, nullable=False, info=CONTENT),
    Column("addressee", Text, nullable=False, default="", info=CONTENT),
    #: the unit that the addressee was matched to
    Column("unit", String(32), nullable=False, default="", info=CONTENT),
    Column("deadline", Date, info=CONTENT),
    #: the page it stands on
    Column("page", Integer, nullable=False, info=bound()),
    sealed(),
)

#: tệp chờ vào sổ: what a person has put aside to be registered. All that says anything of it is sealed, the token too
staged_files = Table(
    "staged_files",
    metadata,
    #: it grows with the list, and nobody can guess it
    Column("id", String(32), primary_key=True),
    Column("person", String(64), nullable=False),
    #: the highest level that the process handled which took it in: a process of less does not see it
    Column("level", String(12), nullable=False),
    Column("added_at", Instant, nullable=False),
    #: one of ``paper.STATES``
    Column("state", String(12), nullable=False),
    Column("page_count", Integer, nullable=False, default=0),
    Column("done", Integer, nullable=False, default=0),
    Column("sealed", LargeBinary, nullable=False),
    Index("staged_files_person", "person", "added_at"),
)
