"""Ledger tables of mergers (phương án sáp nhập): the plan, its parts, and the steps in which it is applied.

A unit is named by its uid, or by ``new:<id>`` where the plan is to make it, see :data:`new_units`.
"""

from sqlalchemy import Boolean
from sqlalchemy import Column
from sqlalchemy import Date
from sqlalchemy import Index
from sqlalchemy import Integer
from sqlalchemy import JSON
from sqlalchemy import String
from sqlalchemy import Table
from sqlalchemy import Text

from party.operations.ledger.tables import Instant
from party.operations.ledger.tables import metadata
from party.operations.ledger.tables import NAMES_UNIT
from party.operations.ledger.tables import ROW_ID
from party.operations.ledger.tables import serial


#: phương án sáp nhập
mergers = Table(
    "mergers",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("name", String(200), nullable=False),
    #: căn cứ: the decision it rests on
    Column("basis", Text, nullable=False, default=""),
    #: the unit within which it takes place and whose administrators plan it; "" for the whole organisation
    Column("unit", String(32), nullable=False, info=NAMES_UNIT),
    #: the first day on which the new structure holds
    Column("on_day", Date, nullable=False),
    #: ``draft``, ``started`` or ``done``
    Column("state", String(10), nullable=False),
    #: grows when it is started, continued or undone, so that a job of before does nothing
    Column("run", Integer, nullable=False, default=0),
    Column("created_by", String(64), nullable=False),
    Column("created_at", Instant, nullable=False),
)

#: đơn vị sẽ lập
new_units = Table(
    "merger_units",
    metadata,
    serial(),
    Column("merger", String(32), nullable=False, index=True),
    Column("title", String(200), nullable=False),
    Column("kind", String(30), nullable=False),
    Column("parent", String(32), nullable=False),
    Column("position", Integer),
    #: uid of the unit once it was made
    Column("made", String(32), nullable=False, default=""),
)

#: dòng của phương án: a unit that closes and who takes over from it
lines = Table(
    "merger_lines",
    metadata,
    serial(),
    Column("merger", String(32), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    #: both names as they were written
    Column("old_name", Text, nullable=False),
    Column("new_name", Text, nullable=False),
    #: "" where the name is not that of exactly one unit
    Column("old", String(32), nullable=False),
    Column("successor", String(40), nullable=False),
    #: units below: ``move`` to the successor, or ``close`` with it as their successor
    Column("below", String(5), nullable=False),
)

#: mã, ký hiệu mới của đơn vị kế thừa
new_codes = Table(
    "merger_codes",
    metadata,
    serial(),
    Column("merger", String(32), nullable=False, index=True),
    Column("number", Integer, nullable=False),
    Column("unit", String(40), nullable=False),
    #: ``code`` or ``symbol``
    Column("kind", String(6), nullable=False),
    Column("value", String(100), nullable=False),
    Column("scheme", String(20), nullable=False, default=""),
    Column("primary_code", Boolean, nullable=False, default=False),
)

#: cán bộ chuyển sang đơn vị kế thừa
movements = Table(
    "merger_people",
    metadata,
    serial(),
    Column("merger", String(32), nullable=False),
    Column("number", Integer, nullable=False),
    Column("person", String(64), nullable=False),
    #: the post that ends; none for somebody who only gets a new one
    Column("post", ROW_ID),
    Column("unit", String(40), nullable=False),
    Column("function", String(20), nullable=False),
    Column("title", String(200), nullable=False, default=""),
    #: first day on which the old post, and the old login, are over; the day of the merger when empty
    Column("kept_until", Date),
    #: the login by which the person is known from the merger on; "" for the same
    Column("login", String(80), nullable=False, default=""),
    Index("merger_people_number", "merger", "number"),
)

#: các bước thực hiện
steps = Table(
    "merger_steps",
    metadata,
    Column("merger", String(32), primary_key=True),
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("kind", String(10), nullable=False),
    Column("payload", JSON, nullable=False),
    #: the day from which it may be done
    Column("due_day", Date, nullable=False),
    Column("done_at", Instant),
    #: what it did, for who takes it back
    Column("result", JSON, nullable=False),
)
