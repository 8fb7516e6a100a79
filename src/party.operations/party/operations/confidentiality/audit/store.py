"""The database of the journal: ``PARTY_AUDIT`` (a file or an SQLAlchemy URL), never part of a request's transaction.

Several processes write into it at the same time. A commit has returned only when its rows are on the disk.
"""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.engine import Engine
from sqlalchemy.engine import make_url

from .tables import metadata


#: how long a process waits while another one writes, in seconds
BUSY_SECONDS = 10

#: the name of a lock on PostgreSQL
_MAKING = 0x61756469


@dataclass(frozen=True)
class Store:
    """The engine that writes, and the one that reads in autocommit."""

    writer: Engine
    reader: Engine

    def dispose(self, close: bool = True) -> None:
        """Close the connections; without ``close`` only forget them, as a forked process must."""
        self.writer.dispose(close=close)
        self.reader.dispose(close=close)


def address() -> str:
    """Where this process keeps its journal, as an SQLAlchemy URL."""
    default = Path(os.environ.get("PARTY_VAR", "var")) / "audit" / "audit.sqlite"
    configured = os.environ.get("PARTY_AUDIT") or str(default)
    return configured if "://" in configured else f"sqlite:///{configured}"


def opened(url: str) -> Store:
    """The store at ``url``, with its tables."""
    parsed = make_url(url)
    options: dict[str, Any] = {}
    if parsed.get_backend_name() == "sqlite":
        Path(str(parsed.database)).parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        options["connect_args"] = {"timeout": BUSY_SECONDS, "check_same_thread": False}
    else:
        # what an operator set for the whole database does not count here: a commit is a commit
        options["connect_args"] = {"options": "-c synchronous_commit=on"}
    writer = sa.create_engine(parsed, **options)
    reader = sa.create_engine(parsed, isolation_level="AUTOCOMMIT", **options)
    if parsed.get_backend_name() == "sqlite":
        for each in (writer, reader):
            event.listen(each, "connect", _sqlite_pragmas)
        event.listen(writer, "begin", _begin_immediate)
    with writer.begin() as connection:
        if writer.dialect.name == "postgresql":
            # as SQLite's own lock does: of several processes that begin, one makes the tables
            connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_MAKING)))
        metadata.create_all(connection)
    return Store(writer, reader)


@contextmanager
def snapshot(store: Store) -> Iterator[sa.Connection]:
    """A connection that sees one state of the journal for as long as the block lasts."""
    if store.reader.dialect.name == "sqlite":
        with store.reader.connect() as connection:
            connection.exec_driver_sql("BEGIN")
            try:
                yield connection
            finally:
                connection.exec_driver_sql("ROLLBACK")
    else:
        with store.reader.connect().execution_options(isolation_level="REPEATABLE READ") as connection:
            yield connection


def _sqlite_pragmas(connection: Any, record: Any) -> None:
    # the driver's own BEGIN is deferred; _begin_immediate takes the lock before anything is read
    connection.isolation_level = None
    cursor = connection.cursor()
    cursor.execute("PRAGMA journal_mode=WAL")
    cursor.execute("PRAGMA synchronous=FULL")
    cursor.close()


def _begin_immediate(connection: sa.Connection) -> None:
    connection.exec_driver_sql("BEGIN IMMEDIATE")
