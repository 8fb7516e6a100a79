"""Ledger tables of the organisation. Dated rows are closed, never changed; intervals are [from_day, until_day)."""

from sqlalchemy import Boolean
from sqlalchemy import Column
from sqlalchemy import Date
from sqlalchemy import Index
from sqlalchemy import Integer
from sqlalchemy import JSON
from sqlalchemy import String
from sqlalchemy import Table
from sqlalchemy import Text

from party.operations.ledger.tables import metadata
from party.operations.ledger.tables import NAMES_UNIT
from party.operations.ledger.tables import REGISTER
from party.operations.ledger.tables import serial


#: đơn vị: the projection of the Unit objects that pickers, lists and look-ups read
units = Table(
    "units",
    metadata,
    Column("uid", String(32), primary_key=True),
    Column("parent", String(32), nullable=False, index=True, info=NAMES_UNIT),
    #: the unit whose books this unit's documents are registered in: itself, or the nearest above with books
    Column("organ", String(32), nullable=False, index=True),
    Column("kind", String(30), nullable=False),
    Column("title", Text, nullable=False),
    Column("short_name", String(200), nullable=False),
    Column("folded", Text, nullable=False),
    Column("position", Integer, nullable=False),
    #: positions of all ancestors and itself, so that ORDER BY walks the tree
    Column("tree_order", String(200), nullable=False, index=True),
    #: uids of all ancestors and itself, "/a/b/c/"
    Column("lineage", Text, nullable=False),
    Column("path", Text, nullable=False),
    Column("clerk_level_only", Boolean, nullable=False),
    #: the unit that does its clerical work, for a committee whose office is a unit of its own
    Column("office", String(32), nullable=False, default="", info=NAMES_UNIT),
    Column("closed_on", Date),
)

#: mã định danh: a value of a scheme belongs to one unit for ever
codes = Table(
    "unit_codes",
    metadata,
    serial(),
    Column("unit", String(32), nullable=False, index=True),
    Column("scheme", String(20), nullable=False),
    Column("value", String(100), nullable=False),
    Column("key", String(100), nullable=False, unique=True),
    Column("primary_code", Boolean, nullable=False),
    Column("from_day", Date, nullable=False),
    Column("until_day", Date),
)

#: ký hiệu cơ quan ban hành
symbols = Table(
    "unit_symbols",
    metadata,
    serial(),
    Column("unit", String(32), nullable=False, index=True),
    Column("symbol", String(30), nullable=False),
    Column("key", String(40), nullable=False, index=True),
    Column("from_day", Date, nullable=False),
    Column("until_day", Date),
)

#: nhiệm kỳ: the periods of the Party's number series
terms = Table(
    "terms",
    metadata,
    serial(),
    Column("unit", String(32), nullable=False, index=True),
    Column("label", String(40), nullable=False),
    Column("from_day", Date, nullable=False),
    Column("until_day", Date),
)

#: cán bộ: one row for each person; the login and its password live in acl_users
people = Table(
    "people",
    metadata,
    Column("id", String(64), primary_key=True),
    Column("login", String(80), nullable=False, unique=True),
    Column("full_name", String(200), nullable=False),
    Column("sort_key", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("email", String(200), nullable=False, default=""),
    Column("phone", String(40), nullable=False, default=""),
    Column("must_change_password", Boolean, nullable=False),
    Column("active", Boolean, nullable=False),
)

#: tài khoản cũ: a login by which a person was known; until a day it still lets him in, with the same password
former_logins = Table(
    "former_logins",
    metadata,
    Column("login", String(80), primary_key=True),
    Column("person", String(64), nullable=False, index=True),
    Column("until_day", Date, nullable=False),
)

#: chức trách: person × unit × function
posts = Table(
    "posts",
    metadata,
    serial(),
    Column("person", String(64), nullable=False),
    Column("unit", String(32), nullable=False, info=NAMES_UNIT),
    Column("function", String(20), nullable=False),
    #: chức danh as printed under a signature: "Phó Chánh Văn phòng"
    Column("title", String(200), nullable=False, default=""),
    Column("from_day", Date, nullable=False),
    Column("until_day", Date),
    Index("posts_person", "person"),
    Index("posts_unit", "unit", "function"),
    info={REGISTER: True},
)

#: uỷ quyền: all that one person may do in one function is done by another for a time
delegations = Table(
    "delegations",
    metadata,
    serial(),
    Column("delegator", String(64), nullable=False),
    Column("delegate", String(64), nullable=False, index=True),
    Column("unit", String(32), nullable=False, info=NAMES_UNIT),
    Column("function", String(20), nullable=False),
    Column("reason", Text, nullable=False),
    Column("from_day", Date, nullable=False),
    Column("until_day", Date, nullable=False),
    info={REGISTER: True},
)

#: kế thừa: the unit that took over from a unit that was closed or merged
successions = Table(
    "successions",
    metadata,
    serial(),
    Column("predecessor", String(32), nullable=False, index=True),
    Column("successor", String(32), nullable=False, index=True, info=NAMES_UNIT),
    Column("from_day", Date, nullable=False),
    Column("basis", Text, nullable=False, default=""),
    info={REGISTER: True},
)

#: tuỳ chọn của mỗi người: what a person has set for himself, such as the columns of a register
personal_settings = Table(
    "personal_settings",
    metadata,
    Column("person", String(64), primary_key=True),
    Column("name", String(60), primary_key=True),
    Column("value", JSON, nullable=False),
)

#: ngày nghỉ: days that are no working days, and Saturdays or Sundays worked instead
holidays = Table(
    "holidays",
    metadata,
    Column("day", Date, primary_key=True),
    Column("working", Boolean, nullable=False),
    Column("label", String(200), nullable=False),
)
