"""Ledger tables of finding: the facts of each document that is found, and the text its snippets are cut from.

The words themselves stand in tables of each database's own kind, see :mod:`.sqlite` and :mod:`.postgresql`.
"""

from sqlalchemy import Column
from sqlalchemy import Date
from sqlalchemy import ForeignKey
from sqlalchemy import LargeBinary
from sqlalchemy import String
from sqlalchemy import Table
from sqlalchemy import Text

from party.operations.ledger.sealer import BLIND
from party.operations.ledger.sealer import CONTENT
from party.operations.ledger.sealer import OBJECT
from party.operations.ledger.sealer import sealed
from party.operations.ledger.tables import items
from party.operations.ledger.tables import metadata
from party.operations.ledger.tables import ROW_ID


#: bits of the id of a row below its day
WITHIN_A_DAY = 43
#: above the id of every row: the 20 bits of a day reach into the year 2871
HIGHEST = (1 << 63) - 1

#: one row for each document in the index: what results are narrowed and counted by
found = Table(
    "found",
    metadata,
    #: the place in the order of days, newest last; the id of the row of words
    Column("id", ROW_ID, primary_key=True, autoincrement=False),
    Column("uid", ForeignKey(items.c.uid), nullable=False, unique=True, info=OBJECT),
    Column("kind", String(20), nullable=False),
    Column("unit", String(32), nullable=False),
    Column("level", String(12), nullable=False),
    Column("type", String(60), nullable=False, info=BLIND),
    Column("period", String(40), nullable=False),
    Column("state", String(20), nullable=False),
    Column("person", String(64), nullable=False, info=BLIND),
    Column("urgency", String(20), nullable=False, info=BLIND),
    Column("day", Date, nullable=False),
    Column("number", String(80), nullable=False, info=CONTENT),
    #: who it is from or to, in words
    Column("about", Text, nullable=False, info=CONTENT),
    sealed(),
)

#: the text of a document's files, compressed; of a classified document there is none
found_texts = Table(
    "found_texts",
    metadata,
    Column("uid", ForeignKey(items.c.uid), primary_key=True),
    Column("text", LargeBinary, nullable=False),
)
