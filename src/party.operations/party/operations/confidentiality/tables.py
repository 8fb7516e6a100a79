"""Ledger tables of confidentiality: grants as they were given, the tokens that read each object now, data keys."""

from sqlalchemy import Column
from sqlalchemy import Date
from sqlalchemy import Index
from sqlalchemy import Integer
from sqlalchemy import LargeBinary
from sqlalchemy import String
from sqlalchemy import Table
from sqlalchemy import Text

from party.operations.ledger.sealer import BLIND
from party.operations.ledger.sealer import bound
from party.operations.ledger.sealer import CONTENT
from party.operations.ledger.sealer import OBJECT
from party.operations.ledger.sealer import sealed
from party.operations.ledger.tables import Instant
from party.operations.ledger.tables import metadata
from party.operations.ledger.tables import REGISTER
from party.operations.ledger.tables import serial


#: quyền đã cấp: who was given which role on what, why, from when to when; closed but never deleted
grants = Table(
    "grants",
    metadata,
    serial(),
    Column("object", String(32), nullable=False, info=OBJECT),
    Column("role", String(40), nullable=False),
    Column("token", String(120), nullable=False, info=bound()),
    #: whom the token names, see :mod:`.tokens`
    Column("subject", String(120), nullable=False, info=CONTENT),
    Column("cause", String(20), nullable=False),
    Column("reference", String(80), nullable=False, info=BLIND),
    Column("from_day", Date, nullable=False),
    Column("until_day", Date),
    Column("given_at", Instant, nullable=False),
    Column("withdrawn_at", Instant),
    #: of grants on classified objects, see :mod:`.valid_grants`
    Column("mac", String(64), nullable=False, default=""),
    sealed(),
    Index("grants_object", "object", "withdrawn_at"),
    Index("grants_cause", "cause", "reference"),
)

#: khoá dữ liệu: what the content of one classified object is sealed with, itself sealed by a key of the key provider
data_keys = Table(
    "data_keys",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("object", String(32), nullable=False, index=True),
    #: the label that opening insists on
    Column("level", String(12), nullable=False),
    Column("unit", String(32), nullable=False),
    Column("kek", String(80), nullable=False, index=True),
    Column("wrapped", LargeBinary, nullable=False),
    Column("made_at", Instant, nullable=False),
)

#: the projection that lists join: an object and a token that reads it now
readers = Table(
    "readers",
    metadata,
    Column("object", String(32), primary_key=True),
    Column("token", String(120), primary_key=True),
    Index("readers_token", "token", "object"),
)

#: sổ đăng ký người được tiếp cận bí mật: who is trusted with what, from when to when; closed but never deleted
clearances = Table(
    "clearances",
    metadata,
    Column("id", String(32), primary_key=True),
    Column("person", String(64), nullable=False, index=True),
    #: a classified level, or an office of trust: security officer (cơ yếu), auditor (kiểm toán)
    Column("kind", String(20), nullable=False),
    Column("from_day", Date, nullable=False),
    Column("until_day", Date),
    #: căn cứ: the decision that it rests on
    Column("basis", Text, nullable=False),
    Column("state", String(12), nullable=False),
    Column("proposed_by", String(64), nullable=False),
    Column("proposed_at", Instant, nullable=False),
    Column("confirmed_by", String(64)),
    Column("confirmed_at", Instant),
    #: who refused the proposal or revoked what was confirmed, and why
    Column("revoked_by", String(64)),
    Column("revoked_at", Instant),
    Column("reason", Text, nullable=False, default=""),
    Column("mac", String(64), nullable=False),
    info={REGISTER: True},
)

#: the seal over all clearances of one person: how often they were changed, and a MAC over their MACs
clearance_seals = Table(
    "clearance_seals",
    metadata,
    Column("person", String(64), primary_key=True),
    Column("changes", Integer, nullable=False),
    Column("mac", String(64), nullable=False),
    info={REGISTER: True},
)
