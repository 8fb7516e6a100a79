"""The thread that writes (luồng ghi): one in each process, one stream, one commit for all that waits.

Callers wait until their record is on the disk. While a commit is under way the next records gather, so that many
clients share one commit and nobody waits for a clock.
"""

import logging
import os
import secrets
import socket
import threading
import time
import uuid
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from party.operations import _
from party.operations.confidentiality import levels
from party.operations.ledger import clock
from party.operations.ledger.errors import Refused

from . import anchors
from . import chain
from .store import Store
from .tables import recipients
from .tables import records
from .tables import streams


logger = logging.getLogger("party.operations.audit")

#: seconds between two anchors of a process that writes
ANCHOR_SECONDS = 60
#: seconds after which a caller gives up
PATIENCE = 30
#: records of one commit at most
BATCH = 500
#: seconds for which a commit waits for those who wrote together with its first record the last time
GATHER_SECONDS = 0.002


_INSERT = sa.insert(records)

#: does something in the commit of its record and gives the facts; without facts there is no record
Work = Callable[[sa.Connection], dict[str, Any] | None]


class AuditUnavailable(Refused):
    """The journal cannot be written; what was asked for was not done and nothing was released."""

    status = 503


class Entry:
    """A record on its way: its values, and the end of the wait."""

    __slots__ = ("error", "told", "values", "waiting", "work")

    def __init__(self, values: dict[str, Any], work: "Work | None" = None) -> None:
        self.values = values
        self.work = work
        #: held until the record is on the disk, or cannot be
        self.waiting = threading.Lock()
        self.waiting.acquire()
        #: whether there is a record of it
        self.told = False
        self.error: Exception | None = None


@dataclass(frozen=True)
class _Stream:
    """The state after the last record that is on the disk."""

    id: str
    zone: str
    seq: int
    key: bytes
    mac: bytes
    hiding: bytes


class Writer:
    """Writes entries in the order in which they come; made again after a fork."""

    def __init__(self, store: Store) -> None:
        self.store = store
        self._queue: list[Entry] = []
        self._wake = threading.Condition()
        self._closing = False
        self._stream: _Stream | None = None
        self._anchored = 0.0
        #: how many wrote at the same time the last time
        self._company = 1
        self._thread = threading.Thread(target=self._run, name="party-audit", daemon=True)
        self._thread.start()

    def write(self, entry: Entry) -> None:
        """Return when the record is on the disk; raises :class:`AuditUnavailable` when it is not."""
        self.put(entry)
        if not entry.waiting.acquire(timeout=PATIENCE):
            raise unavailable()
        if entry.error is not None:
            raise entry.error if isinstance(entry.error, Refused) else unavailable() from entry.error

    def put(self, entry: Entry) -> None:
        """Have the record written soon."""
        with self._wake:
            if self._closing:
                raise unavailable()
            self._queue.append(entry)
            if len(self._queue) in (1, self._company):
                self._wake.notify()

    def close(self) -> None:
        """Write what waits, say that the stream ends, and end the thread."""
        with self._wake:
            self._closing = True
            self._wake.notify()
        self._thread.join(PATIENCE)

    def hiding_key(self) -> bytes:
        """The key for :func:`.hidden`; begins the stream when there is none."""
        if self._stream is None:
            self.write(Entry({}, lambda connection: None))
        if self._stream is None:
            raise unavailable()
        return self._stream.hiding

    def _run(self) -> None:
        while True:
            with self._wake:
                while not self._queue and not self._closing:
                    self._wake.wait()
                if len(self._queue) < self._company and not self._closing:
                    self._wake.wait(GATHER_SECONDS)
                batch, self._queue = self._queue[:BATCH], self._queue[BATCH:]
            if not batch:
                break
            self._write(batch)
            self._company = min(len(batch) + len(self._queue), BATCH)
        if self._stream is not None:
            self._anchored = 0.0
            self._write([Entry(own_values("stream_closed"), self._end)])
        self.store.dispose()

    def _end(self, connection: sa.Connection) -> dict[str, Any]:
        if self._stream is not None:
            connection.execute(sa.update(streams).where(streams.c.id == self._stream.id).values(ended=True))
        return {}

    def _write(self, batch: list[Entry]) -> None:
        error: Exception | None = None
        # a stream whose commit failed is not continued: nobody knows if its last records are there
        for _attempt in range(2):
            try:
                self._stream = self._commit(self._stream, batch)
                error = None
                break
            except Exception as raised:
                self._stream, error = None, raised
        if error is not None:
            logger.error("the journal cannot be written: %s", error)
        for entry in batch:
            entry.error = error
            entry.waiting.release()

    def _commit(self, stream: _Stream | None, batch: list[Entry]) -> _Stream:
        due = time.monotonic() - self._anchored > ANCHOR_SECONDS or not self._anchored
        with self.store.writer.begin() as connection:
            if stream is None:
                stream = begin(connection)
            rows: list[dict[str, Any]] = []
            for entry in [*batch, *([anchor_entry()] if due else [])]:
                values = entry.values
                if entry.work is not None:
                    _insert(connection, rows)
                    rows = []
                    facts = entry.work(connection)
                    if facts is None:
                        continue
                    values = {**values, "facts": chain.text(facts)}
                entry.told = True
                stream, row = _append(stream, values)
                rows.append(row)
            _insert(connection, rows)
        if due:
            self._anchored = time.monotonic()
        return stream


def unavailable() -> AuditUnavailable:
    """The answer when the journal cannot be written."""
    return AuditUnavailable(
        _("The journal cannot be written now, so nothing was shown or changed. Please tell the operator.")
    )


def own_values(action: str) -> dict[str, Any]:
    """A record of the journal about itself."""
    return values(action, "system", "[]", "{}", "done")


def values(action: str, actor: str, objects: str, facts: str, outcome: str) -> dict[str, Any]:
    """The columns of a record but for those of the chain."""
    return {
        "at": chain.instant(clock.now()),
        "zone": levels.zone(),
        "actor": actor,
        "action": action,
        "outcome": outcome,
        "objects": objects,
        "facts": facts,
    }


def anchor_entry() -> Entry:
    """An anchor, with its record."""
    return Entry(own_values("anchored"), anchors.anchor)


def prepare(connection: sa.Connection) -> bytes:
    """The public key to seal to; a process with keys writes it where it is missing or was replaced."""
    stored = connection.scalar(sa.select(recipients.c.public))
    if chain.has_keys():
        public = chain.public_key()
        if stored != public:
            connection.execute(sa.delete(recipients))
            connection.execute(sa.insert(recipients).values(id=1, public=public))
        return public
    if stored is None or levels.zone() != "internet":
        raise unavailable()
    return bytes(stored)


def begin(connection: sa.Connection) -> _Stream:
    """Begin the stream of this process; names streams of this machine whose process is gone without a word."""
    public = prepare(connection)
    first = secrets.token_bytes(32)
    row: dict[str, Any] = {
        "id": uuid.uuid4().hex,
        "host": socket.gethostname(),
        "pid": os.getpid(),
        "started": chain.instant(clock.now()),
        "zone": levels.zone(),
    }
    row["sealed"] = chain.seal(first, public, row)
    row["proof"] = chain.proof(row) if chain.has_keys() else b""
    row["ended"] = False
    lost = _lost(connection, row["host"])
    connection.execute(sa.insert(streams).values(row))
    stream = _Stream(row["id"], row["zone"], 0, chain.following(first), chain.beginning(row), chain.hiding_key(first))
    for facts in lost:
        stream, record = _append(stream, {**own_values("stream_lost"), "facts": chain.text(facts)})
        _insert(connection, [record])
    return stream


def _lost(connection: sa.Connection, host: str) -> list[dict[str, Any]]:
    """Stream and last number of each process of ``host`` that neither runs nor said that it ends."""
    open_ones = connection.execute(
        sa.select(streams.c.id, streams.c.pid).where(streams.c.host == host, streams.c.ended.is_(False))
    ).all()
    gone = [each.id for each in open_ones if each.pid == os.getpid() or not _runs(each.pid)]
    connection.execute(sa.update(streams).where(streams.c.id.in_(gone)).values(ended=True))
    last = sa.select(sa.func.max(records.c.seq))
    return [{"stream": each, "last": connection.scalar(last.where(records.c.stream == each)) or 0} for each in gone]


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


def _append(stream: _Stream, values: dict[str, Any]) -> tuple[_Stream, dict[str, Any]]:
    row = {"stream": stream.id, "seq": stream.seq + 1, **values}
    row["mac"] = chain.mac(stream.key, stream.mac, tuple(row[name] for name in chain.COVERED))
    after = _Stream(stream.id, stream.zone, row["seq"], chain.following(stream.key), row["mac"], stream.hiding)
    return after, row


def _insert(connection: sa.Connection, rows: list[dict[str, Any]]) -> None:
    if rows:
        connection.execute(_INSERT, rows)
