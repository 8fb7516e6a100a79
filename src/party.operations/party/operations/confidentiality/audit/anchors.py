"""Anchors and signed days (mốc neo, chốt ngày): what shows that the end of a stream, or all of it, is missing.

Both are rows of their own tables whose digest is the content of an ordinary record, so that the chain of the process
that wrote them vouches for them.
"""

from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from party.operations.ledger import clock

from . import chain
from .tables import anchors
from .tables import days
from .tables import records


#: records behind the last anchor that are looked at again: where several processes commit, ids appear out of order
OVERLAP = 1000


def anchor(connection: sa.Connection) -> dict[str, Any] | None:
    """Write an anchor; returns the facts of its record, or nothing when no stream moved."""
    last = connection.scalar(sa.select(sa.func.max(anchors.c.upto))) or 0
    newer = sa.select(records.c.id).where(records.c.id > last, records.c.action != "anchored")
    if connection.execute(newer.limit(1)).first() is None:
        return None
    upto = connection.scalar(sa.select(sa.func.max(records.c.id)))
    row: dict[str, Any] = {
        "at": chain.instant(clock.now()),
        "upto": upto,
        "heads": _heads(connection, records.c.id > last - OVERLAP),
    }
    number = connection.execute(sa.insert(anchors).values(row).returning(anchors.c.id)).scalar_one()
    return {"anchor": number, "digest": anchor_digest({"id": number, **row})}


def anchor_digest(row: dict[str, Any]) -> str:
    """What the record of an anchor says of it."""
    return chain.digest(chain.text([row["id"], row["at"], row["upto"], row["heads"]]))


def sign(connection: sa.Connection, day: date) -> dict[str, Any] | None:
    """Sign the heads of ``day``; returns the facts of its record, or nothing when it is signed already."""
    if connection.scalar(sa.select(days.c.day).where(days.c.day == day.isoformat())):
        return None
    begin = datetime.combine(day, time(), clock.VIETNAM)
    on_day = (records.c.at >= chain.instant(begin), records.c.at < chain.instant(begin + timedelta(days=1)))
    before = connection.execute(sa.select(days).order_by(days.c.day.desc()).limit(1)).mappings().first()
    row: dict[str, Any] = {
        "day": day.isoformat(),
        "at": chain.instant(clock.now()),
        "previous": day_digest(dict(before)) if before else "",
        "heads": _heads(connection, *on_day),
    }
    row["signature"] = chain.signing_key().sign(signed_text(row))
    connection.execute(sa.insert(days).values(row))
    return {"day": day.isoformat(), "digest": day_digest(row)}


def signed_text(row: dict[str, Any]) -> bytes:
    """What the signature of a day covers."""
    return chain.text([row["day"], row["at"], row["previous"], row["heads"]]).encode()


def day_digest(row: dict[str, Any]) -> str:
    """What the record of a signed day, and the day after it, say of it."""
    return chain.digest(signed_text(row).decode() + row["signature"].hex())


def _heads(connection: sa.Connection, *conditions: "sa.ColumnElement[bool]") -> str:
    """``{stream: [seq, MAC]}`` of the last record of each stream that meets the conditions."""
    last = (
        sa.select(records.c.stream, sa.func.max(records.c.seq).label("seq"))
        .where(*conditions)
        .group_by(records.c.stream)
        .subquery()
    )
    found = connection.execute(
        sa.select(records.c.stream, records.c.seq, records.c.mac).join(
            last, sa.and_(records.c.stream == last.c.stream, records.c.seq == last.c.seq)
        )
    )
    return chain.text({each.stream: [each.seq, each.mac.hex()] for each in found})
