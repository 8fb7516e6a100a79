"""The database behind the ledger: SQLite in the embedded default, PostgreSQL in a cluster, one code path.

``PARTY_LEDGER`` holds its SQLAlchemy URL. Two engines open the same database: one reads in autocommit, the other
writes; on SQLite a write begins with ``BEGIN IMMEDIATE`` so that a lock is taken before anything is read.
"""

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from weakref import WeakSet

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.engine import make_url
from sqlalchemy.orm import Session
from sqlalchemy.orm import sessionmaker
from zope.sqlalchemy import register
from zope.sqlalchemy.datamanager import STATUS_CHANGED

from .errors import LedgerConflict
from .tables import metadata


#: how long a writer waits for its turn before the request is repeated, in seconds
BUSY_SECONDS = 20

#: PostgreSQL: serialisation failure, deadlock detected, lock not available
_TRANSIENT_SQLSTATES = {"40001", "40P01", "55P03"}


class OlderData(RuntimeError):
    """The data are those of an earlier version, which this one cannot work with."""


@dataclass(frozen=True)
class Database:
    """Both engines of one ledger and the factory of its write sessions."""

    reader: Engine
    writer: Engine
    session: "sessionmaker[Session]"
    #: the connections that threads keep to read with
    kept: "WeakSet[sa.Connection]"


_database: Database | None = None
_held = threading.local()


def database() -> Database:
    """The ledger of this process, opened at first use."""
    global _database
    if _database is None:
        _database = _open(os.environ.get("PARTY_LEDGER", "sqlite:///var/ledger/ledger.sqlite"))
    return _database


@contextmanager
def reading() -> Iterator[sa.Connection]:
    """The connection in autocommit that the running thread reads with; it is kept, as taking one costs as much as a query."""
    opened = database()
    held = getattr(_held, "connection", None)
    if held is None or held.closed or held.engine is not opened.reader:
        held = _held.connection = opened.reader.connect()
        opened.kept.add(held)
    try:
        yield held
    except BaseException:
        _held.connection = None
        held.close()
        raise


def configure(url: str) -> Database:
    """Use the ledger at ``url`` from now on (tests and benchmarks; a server sets ``PARTY_LEDGER``)."""
    global _database
    dispose()
    _database = _open(url)
    return _database


def dispose() -> None:
    """Close all connections of this process; the next use opens them again."""
    global _database
    if _database is not None:
        for each in list(_database.kept):
            each.close()
        _database.reader.dispose()
        _database.writer.dispose()
    _database = None


def create_tables() -> None:
    """Create what is missing of the tables of all packages that are imported.

    Raises :class:`OlderData` when a table is there without some of its columns.
    """
    writer = database().writer
    metadata.create_all(writer)
    inspector = sa.inspect(writer)
    missing = [
        f"{table.name}.{name}"
        for table in metadata.sorted_tables
        for name in sorted(set(table.c.keys()) - {each["name"] for each in inspector.get_columns(table.name)})
    ]
    if missing:
        raise OlderData(
            f"The ledger was made by an earlier version, which did not have {', '.join(missing[:5])}. Export the site with "
            "that version and import it into an empty one, or remove the folder of the data for a new beginning."
        )
    for index in (each for table in metadata.sorted_tables for each in table.indexes):
        # a table that was there before has not got the indexes that came since
        index.create(writer, checkfirst=True)


def forget_deleted() -> None:
    """Bring the log of changes into the database and empty it, so that no earlier state of a row is on the disk."""
    with database().reader.connect() as connection:
        if connection.dialect.name == "sqlite":
            connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
        else:
            connection.exec_driver_sql("VACUUM FULL")


def _open(url: str) -> Database:
    parsed = make_url(url)
    options: dict[str, Any] = {"pool_size": 8, "max_overflow": 40}
    if parsed.get_backend_name() == "sqlite":
        if parsed.database:
            Path(parsed.database).parent.mkdir(parents=True, exist_ok=True)
        options["connect_args"] = {"timeout": BUSY_SECONDS, "check_same_thread": False}
    reader = sa.create_engine(parsed, isolation_level="AUTOCOMMIT", **options)
    writer = sa.create_engine(parsed, **options)
    for each in (reader, writer):
        event.listen(each, "handle_error", _as_transient)
    event.listen(reader, "handle_error", _as_lost)
    if parsed.get_backend_name() == "sqlite":
        event.listen(reader, "connect", _sqlite_pragmas)
        event.listen(writer, "connect", _sqlite_pragmas)
        event.listen(writer, "begin", _begin_immediate)
    session = sessionmaker(writer, autoflush=False, expire_on_commit=False)
    # Core statements do not mark a session as changed and would be rolled back in silence
    register(session, initial_state=STATUS_CHANGED)
    return Database(reader, writer, session, WeakSet())


def _sqlite_pragmas(connection: Any, record: Any) -> None:
    # the driver's own BEGIN comes too late and is deferred; _begin_immediate begins instead
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.execute("PRAGMA foreign_keys=ON")
    # what is deleted or written over is gone from the file, not only from its lists
    cursor.execute("PRAGMA secure_delete=ON")
    cursor.close()


def _begin_immediate(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")


def _as_lost(context: Any) -> None:
    """A database that was started again has forgotten what threads read with: the request is repeated on a new connection."""
    if context.is_disconnect:
        raise LedgerConflict(str(context.original_exception)) from context.original_exception


def _as_transient(context: Any) -> None:
    original = context.original_exception
    sqlstate = getattr(original, "pgcode", None)
    busy = type(original).__name__ == "OperationalError" and "locked" in str(original)
    if busy or sqlstate in _TRANSIENT_SQLSTATES:
        raise LedgerConflict(str(original)) from original
