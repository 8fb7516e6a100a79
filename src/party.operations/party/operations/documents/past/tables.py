"""Ledger tables of old registers: imports, their lines, and how the headings of a unit's sheets were understood.

What a sheet says stands in ``sealed`` alone: before somebody has looked at a line nobody knows whether it is classified.
"""

from sqlalchemy import Column
from sqlalchemy import ForeignKey
from sqlalchemy import Index
from sqlalchemy import Integer
from sqlalchemy import LargeBinary
from sqlalchemy import String
from sqlalchemy import Table

from party.operations.ledger.tables import Instant
from party.operations.ledger.tables import metadata


#: lượt nhập sổ cũ
past_imports = Table(
    "past_imports",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("unit", String(32), nullable=False),
    Column("direction", String(10), nullable=False),
    #: the arrival book it goes into
    Column("register", String(32), nullable=False, default=""),
    Column("person", String(64), nullable=False),
    #: the highest level that the process handled which took it in: a process of less does not see it
    Column("level", String(12), nullable=False),
    #: one of ``store.STATES``
    Column("state", String(10), nullable=False),
    #: how often it was begun or begun again
    Column("round", Integer, nullable=False, default=0),
    Column("made_at", Instant, nullable=False),
    Column("begun_at", Instant),
    Column("ended_at", Instant),
    Column("sealed", LargeBinary, nullable=False),
    Index("past_imports_person", "person", "made_at"),
)

#: dòng sổ cũ: each is brought in once at most, whoever does it and however often it is tried
past_lines = Table(
    "past_lines",
    metadata,
    Column("import", ForeignKey(past_imports.c.id), primary_key=True),
    #: sheet and row in the file, see ``store.ROWS``
    Column("line", Integer, primary_key=True, autoincrement=False),
    #: one of ``store.OUTCOMES``
    Column("outcome", String(10), nullable=False),
    #: "" while it waits, "done" when it was brought in, "failed" when it could not be
    Column("state", String(8), nullable=False, default=""),
    #: the document it became, blinded for a classified one
    Column("object", String(32), nullable=False, default=""),
    Column("sealed", LargeBinary, nullable=False),
    Index("past_lines_state", "import", "state", "outcome"),
    Index("past_lines_object", "object"),
)

#: cách hiểu tiêu đề cột: what the headings of a unit's sheets mean, as it was corrected the last time
past_headings = Table(
    "past_headings",
    metadata,
    Column("unit", String(32), primary_key=True),
    Column("direction", String(10), primary_key=True),
    #: folded
    Column("heading", String(200), primary_key=True),
    #: id of the column, "" for one that is left out
    Column("column", String(30), nullable=False),
)
