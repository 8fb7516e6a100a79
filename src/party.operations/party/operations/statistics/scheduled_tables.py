"""Reports that are mailed by the clock (báo cáo gửi định kỳ)."""

from sqlalchemy import Boolean
from sqlalchemy import Column
from sqlalchemy import Date
from sqlalchemy import Integer
from sqlalchemy import JSON
from sqlalchemy import String
from sqlalchemy import Table

from party.operations.ledger.tables import EXPORTED
from party.operations.ledger.tables import Instant
from party.operations.ledger.tables import metadata
from party.operations.ledger.tables import NAMES_UNIT
from party.operations.ledger.tables import serial


scheduled_reports = Table(
    "scheduled_reports",
    metadata,
    serial(),
    #: the report is about it and the units below
    Column("unit", String(32), nullable=False, index=True, info=NAMES_UNIT),
    Column("kind", String(20), nullable=False),
    #: ``daily``, ``weekly`` or ``monthly``
    Column("rule", String(10), nullable=False),
    #: hour of the day in Vietnam
    Column("hour", Integer, nullable=False),
    #: only on working days; what falls between is in the next report
    Column("working_days", Boolean, nullable=False),
    #: ids of people, and functions in the unit whose holders get it
    Column("people", JSON, nullable=False),
    Column("functions", JSON, nullable=False),
    Column("active", Boolean, nullable=False),
    #: nothing that was due before is sent
    Column("begun_at", Instant, nullable=False),
    #: the day whose report was put into the outbox last
    Column("sent_for", Date),
    info={EXPORTED: True},
)
