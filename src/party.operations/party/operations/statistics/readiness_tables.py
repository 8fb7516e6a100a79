"""What units declare of their readiness (khai báo mức độ sẵn sàng): rows that are added and never changed; the last counts."""

from sqlalchemy import Column
from sqlalchemy import Date
from sqlalchemy import Index
from sqlalchemy import Integer
from sqlalchemy import String
from sqlalchemy import Table
from sqlalchemy import Text

from party.operations.ledger.tables import EXPORTED
from party.operations.ledger.tables import Instant
from party.operations.ledger.tables import metadata
from party.operations.ledger.tables import NAMES_UNIT
from party.operations.ledger.tables import serial


readiness_declarations = Table(
    "readiness_declarations",
    metadata,
    serial(),
    Column("unit", String(32), nullable=False, info=NAMES_UNIT),
    Column("aspect", String(20), nullable=False),
    #: how many of how many: people trained, devices received; of 0 nothing is needed
    Column("done", Integer, nullable=False),
    Column("needed", Integer, nullable=False),
    #: the day on which it was so
    Column("day", Date, nullable=False),
    Column("note", Text, nullable=False, default=""),
    Column("declared_by", String(64), nullable=False),
    Column("at", Instant, nullable=False),
    Index("readiness_of_unit", "unit", "aspect"),
    info={EXPORTED: True},
)
