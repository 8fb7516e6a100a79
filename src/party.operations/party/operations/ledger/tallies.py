"""What is counted (số liệu được đếm): one row for each event that a report counts, written in the turn of the event.

A tally repeats nothing of what an object says: who did what kind of thing, in which unit, on which day. Its ``event`` is
the journal's, so that every figure can be made again from the journal alone.
"""

import sqlalchemy as sa

from . import clock
from . import turn
from .tables import tallies


#: lượt đăng nhập: one successful credential check that opened a session
LOGIN = "login"
#: văn bản đến nhập lên: an incoming document got its arrival number
INCOMING = "incoming"
#: văn bản đi ban hành: an outgoing document got its number and went out
OUTGOING = "outgoing"
#: lượt chuyển văn bản: one routing slip was sent; a passing on to three counts three
TRANSFER = "transfer"

MEASURES = (LOGIN, INCOMING, OUTGOING, TRANSFER)


def add(event: int, measure: str, unit: str, *, person: str, level: str, subject: str = "", amount: int = 1) -> None:
    """Count the journal's ``event`` for ``unit``; of what is classified neither the object nor a person is named."""
    classified = level != "normal"
    turn.run(
        sa.insert(tallies).values(
            event=event,
            day=clock.today(),
            measure=measure,
            unit=unit,
            person="" if classified else person,
            object="" if classified else subject,
            level=level,
            amount=amount,
        )
    )
