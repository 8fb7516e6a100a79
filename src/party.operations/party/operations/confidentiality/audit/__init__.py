"""The journal of what people did with confidential things (nhật ký kiểm soát).

A record is on the disk before anything is released: :func:`record` blocks until then, and raises
:class:`AuditUnavailable` when it cannot be. Records name objects and people by their ids only. See :mod:`.chain` for
what shows that somebody changed them, and :func:`verify` for the proof.
"""

import atexit
import hmac
import logging
import os
import re
import threading
import time
from collections.abc import Iterable
from datetime import date
from datetime import timedelta

import sqlalchemy as sa

from party.operations import _
from party.operations.confidentiality import actor as acting
from party.operations.ledger import clock
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import Refused

from . import anchors
from . import chain
from . import store
from . import writer
from .actions import ACTIONS
from .tables import days
from .verifying import Problem
from .verifying import verify_store
from .writer import AuditUnavailable


__all__ = [
    "ACTIONS",
    "AuditUnavailable",
    "Problem",
    "anchor",
    "close",
    "configure",
    "database",
    "hidden",
    "housekeeping",
    "prepare",
    "record",
    "refused",
    "sign_day",
    "turned_away",
    "verify",
]

logger = logging.getLogger("party.operations.audit")

Fact = str | int | bool | None

#: what may stand in a record: ids, names of verbs, numbers, digests; a title or a sentence has spaces or accents
_PLAIN = re.compile(r"[\x21-\x7e]{0,200}")

_lock = threading.Lock()
_url: str | None = None
_store: store.Store | None = None
_writer: writer.Writer | None = None
#: what a parent process opened; closing it here would end the parent's locks
_inherited: list[object] = []
_housekept = 0.0


def record(
    action: str, objects: str | Iterable[str] = (), *, outcome: str = "done", actor: str | None = None, **facts: Fact
) -> None:
    """Record that ``actor`` (who acts, when none is given) did ``action`` with ``objects`` (uids); waits for the disk.

    Facts are ids and numbers, at most 200 printable ASCII characters without spaces each, never titles or content:
    ``ValueError`` otherwise. Raises :class:`AuditUnavailable` when it cannot be written.
    """
    _current().write(_entry(action, objects, outcome, actor, facts))


def refused(action: str, objects: str | Iterable[str] = (), *, actor: str | None = None, **facts: Fact) -> None:
    """Record that ``action`` was asked for and refused."""
    record(action, objects, outcome="refused", actor=actor, **facts)


def turned_away(action: str, objects: str | Iterable[str], person: str) -> None:
    """Record that ``person`` was told that there is nothing, without waiting: no answer shall be slower for it."""
    try:
        _current().put(_entry(action, objects, "refused", person, {}))
    except Refused:
        logger.warning("a refusal was not recorded")


def hidden(value: str) -> str:
    """A digest of ``value`` (a login name) that only who holds the journal's private key can compare with guesses."""
    return hmac.digest(_current().hiding_key(), value.encode(), "sha256").hex()[:32]


def prepare() -> None:
    """Write the public key beside the records, so that processes without keys can begin a stream."""
    with database().writer.begin() as connection:
        writer.prepare(connection)


def anchor() -> None:
    """Write an anchor now, unless nothing moved since the last one."""
    _current().write(writer.anchor_entry())


def sign_day(day: date) -> bool:
    """Sign the heads of a day that is over; says if it was done now. Needs the keys."""
    if day >= clock.today():
        raise Invalid(_("Only a day that is over can be signed."), "day")
    if not chain.has_keys():
        raise writer.unavailable()
    entry = writer.Entry(writer.own_values("day_signed"), lambda connection: anchors.sign(connection, day))
    _current().write(entry)
    return entry.told


def housekeeping() -> None:
    """For the loop of the worker: each minute an anchor, and the signature of each day that is over.

    A failure is told to the log; the next round tries again.
    """
    global _housekept
    if _housekept and time.monotonic() - _housekept < writer.ANCHOR_SECONDS:
        return
    _housekept = time.monotonic()
    try:
        anchor()
        if chain.has_keys():
            for day in _unsigned():
                sign_day(day)
    except Exception:
        logger.exception("housekeeping of the journal failed")


def verify() -> list[Problem]:
    """Check every stream, anchor and signed day; the first thing wrong with each is named. Needs the keys."""
    if not chain.has_keys():
        raise writer.unavailable()
    anchor()
    problems = verify_store(database())
    record("audit_verify", problems=len(problems))
    return problems


def database() -> store.Store:
    """The journal's database, opened at first use."""
    global _store
    with _lock:
        if _store is None:
            _store = store.opened(_url or store.address())
        return _store


def configure(url: str | None) -> None:
    """Use the journal at ``url`` from now on; ``None`` for the one of the environment."""
    global _url
    close()
    _url = url


def close() -> None:
    """Write what waits and end the stream of this process; the next record begins another."""
    global _writer, _store
    with _lock:
        old, _writer = _writer, None
        opened, _store = _store, None
    if old is not None:
        old.close()
    if opened is not None:
        opened.dispose()


def _current() -> writer.Writer:
    global _writer
    if _writer is not None:
        return _writer
    try:
        opened = database()
    except (OSError, sa.exc.SQLAlchemyError) as error:
        raise writer.unavailable() from error
    with _lock:
        if _writer is None:
            _writer = writer.Writer(opened)
        return _writer


def _unsigned() -> list[date]:
    """The days since the last signed one, yesterday the last; yesterday alone when none is signed."""
    yesterday = clock.today() - timedelta(days=1)
    with database().reader.connect() as connection:
        last = connection.scalar(sa.select(sa.func.max(days.c.day)))
    begin = date.fromisoformat(last) + timedelta(days=1) if last else yesterday
    return [begin + timedelta(days=number) for number in range((yesterday - begin).days + 1)]


def _entry(
    action: str, objects: str | Iterable[str], outcome: str, actor: str | None, facts: dict[str, Fact]
) -> writer.Entry:
    uids = [objects] if isinstance(objects, str) and objects else list(objects)
    who = acting.current() if actor is None else actor
    for value in (action, outcome, *uids, *facts, *facts.values()):
        _check(value)
    return writer.Entry(writer.values(action, who, chain.text(uids), chain.text(facts), outcome))


def _check(value: object) -> None:
    if isinstance(value, str):
        if not _PLAIN.fullmatch(value):
            raise ValueError("a record of the journal holds ids and numbers only, no text")
    elif value is not None and not isinstance(value, int):
        raise ValueError(f"a record of the journal cannot hold a {type(value).__name__}")


def _after_fork() -> None:
    global _lock, _store, _writer, _housekept
    _inherited.extend((_store, _writer))
    if _store is not None:
        _store.dispose(close=False)
    _lock = threading.Lock()
    _store = _writer = None
    _housekept = 0.0


os.register_at_fork(after_in_child=_after_fork)
atexit.register(close)
