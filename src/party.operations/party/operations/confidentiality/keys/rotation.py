"""Rotation of KEKs (thay khoá): a new generation of the scope, and the data keys wrapped by it instead of the old one.

What is to be rotated is written down first, then each KEK is renewed, then its data keys are wrapped anew in batches,
each committed by itself. The old KEK stays and opens what is not done yet, and what backups hold: at no moment does a
data key hang on a key that is not safely kept. Renewing again gives the same new KEK, so an interrupted rotation goes on
by beginning again.
"""

import time
from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Iterator
from dataclasses import asdict
from dataclasses import dataclass
from functools import partial
from typing import Any
from typing import TypeVar

import sqlalchemy as sa
import transaction
from transaction.interfaces import TransientError
from zope.interface import provider as provides

from party.operations import _
from party.operations.confidentiality import data_keys as key_labels
from party.operations.confidentiality import keys
from party.operations.confidentiality.keys.tables import key_rotations
from party.operations.confidentiality.tables import data_keys
from party.operations.ledger import clock
from party.operations.ledger import outbox
from party.operations.ledger import turn
from party.operations.ledger.outbox import IJob


#: name of the job in the outbox
JOB = "rotate-keys"
#: data keys of one turn
BATCH = 500
#: how often a batch is begun again that met another writer
_TRIES = 8

T = TypeVar("T")


@dataclass(frozen=True)
class Place:
    """Where a rotation stands: the last data key it looked at, and how many it has moved since the first one."""

    after: str = ""
    moved: int = 0


@dataclass(frozen=True)
class Step:
    """What one batch did; ``next`` is ``None`` when the rotation is over."""

    seen: int
    broken: list[str]
    next: Place | None


def begin(keks: Iterable[str] | None, person: str) -> list[str]:
    """In an open turn: write down that these KEKs are to be rotated, or without ``keks`` all that are in use.

    A KEK that was rotated before is looked after again: something may still hang on it. Returns those written down.
    Raises ``keys.Withheld`` for one that is not known here.
    """
    known = {each.id: each for each in keys.provider().facts()}
    if keks is None:
        keks = [each.id for each in known.values() if each.current and not each.withheld]
    wanted = sorted(set(keks))
    for kek in wanted:
        if kek not in known:
            raise keys.Withheld(kek=kek)
        turn.run(sa.delete(key_rotations).where(key_rotations.c.kek == kek))
        turn.insert_new(key_rotations, kek=kek, started_at=clock.now(), started_by=person, finished_at=None)
    return wanted


def unfinished() -> list[str]:
    """KEKs whose rotation was begun and is not over."""
    wanted = sa.select(key_rotations.c.kek).where(key_rotations.c.finished_at.is_(None))
    return [row.kek for row in turn.rows(wanted.order_by(key_rotations.c.started_at, key_rotations.c.kek))]


def left() -> dict[str, int]:
    """How many data keys hang on KEKs that are not in use any more, or unknown here, by KEK."""
    current = {each.id for each in keys.provider().facts() if each.current}
    counted = turn.rows(sa.select(data_keys.c.kek, sa.func.count()).group_by(data_keys.c.kek))
    return {kek: waiting for kek, waiting in counted if kek not in current}


def count(kek: str) -> int:
    """How many data keys hang on a KEK."""
    return turn.scalar(sa.select(sa.func.count()).where(data_keys.c.kek == kek))


def step(kek: str, at: Place) -> Step:
    """Wrap the next batch anew, in a turn that is opened when everything is wrapped.

    A data key that does not open is left as it is and named. Raises ``keys.Withheld`` for a KEK out of service.
    """
    provider = keys.provider()
    new = provider.renew(kek)
    wanted = sa.select(data_keys).where(data_keys.c.kek == kek, data_keys.c.id > at.after)
    rows = turn.rows(wanted.order_by(data_keys.c.id).limit(BATCH))
    changes, broken = [], []
    for row in rows:
        label = key_labels.label_of(row)
        try:
            plain = provider.unwrap(kek, row.wrapped, label)
        except keys.Broken:
            broken.append(row.id)
        else:
            changes.append({"key": row.id, "before": row.wrapped, "after": provider.wrap(new, plain, label)})
    moved = at.moved + len(changes)
    over = len(rows) < BATCH and not moved
    with turn.turn():
        if changes:
            turn.run(_MOVE.values(kek=new), changes)
        if over:
            turn.run(sa.update(key_rotations).where(key_rotations.c.kek == kek).values(finished_at=clock.now()))
    if len(rows) == BATCH:
        return Step(len(rows), broken, Place(rows[-1].id, moved))
    # a round that moved something is followed by another: meanwhile somebody may have used the old KEK once more
    return Step(len(rows), broken, None if over else Place())


#: leaves alone what was changed or moved since it was read
_MOVE = (
    sa.update(data_keys)
    .where(data_keys.c.id == sa.bindparam("key"), data_keys.c.wrapped == sa.bindparam("before"))
    .values(wrapped=sa.bindparam("after"))
)


def rotate(kek: str) -> Iterator[Step]:
    """Rotate a KEK that was written down, each batch committed before its step is told."""
    at: Place | None = Place()
    while at is not None:
        done = committed(partial(step, kek, at))
        yield done
        at = done.next


def committed(work: Callable[[], T]) -> T:
    """Do something in a transaction of its own, again where another writer was in the way."""
    for attempt in range(1, _TRIES + 1):
        transaction.begin()
        try:
            result = work()
            transaction.commit()
            return result
        except TransientError:
            transaction.abort()
            if attempt == _TRIES:
                raise
            time.sleep(0.1 * attempt)
        except BaseException:
            transaction.abort()
            raise
    raise AssertionError("unreachable")


def start(keks: Iterable[str] | None, person: str) -> list[str]:
    """In an open turn: as :func:`begin`, and leave the work to the worker. For a page; who may is the page's to ask."""
    wanted = begin(keks, person)
    for kek in wanted:
        _enqueue(kek, Place(), person, clock.now().isoformat())
    return wanted


@provides(IJob)  # type: ignore[untyped-decorator]  # zope.interface has no types
def rotate_in_background(site: Any, payload: dict[str, Any]) -> None:
    """One batch; the job of the next one is written in the same transaction."""
    at = Place(**payload["at"])
    done = step(payload["kek"], at)
    if done.next is not None:
        with turn.turn():
            _enqueue(payload["kek"], done.next, payload["person"], payload["started"], payload["number"] + 1)


#: what lists of jobs call it
rotate_in_background.title = _("Wrapping data keys by a new key")


def _enqueue(kek: str, at: Place, person: str, started: str, number: int = 1) -> None:
    payload = {"kek": kek, "at": asdict(at), "person": person, "started": started, "number": number}
    outbox.enqueue(JOB, f"{JOB}:{kek}:{started}:{number}", payload, person)
