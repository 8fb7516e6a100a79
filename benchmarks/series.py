"""Numbers taken from one series by 16 threads at once, with random failures: none lost, none twice, no error.

The ledger is the embedded one: SQLite beside a FileStorage in one process. Every transaction takes a number, adds an
object to one BTree and is committed to both. Beside it, on the same disk and with the same durability, what SQLite does
by itself for the same rows, and what the disk does for a small file.
"""

import os
import random
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import transaction
import ZODB
from BTrees.OOBTree import OOBTree
from persistent import Persistent
from persistent.mapping import PersistentMapping
from transaction.interfaces import TransientError
from ZODB.FileStorage import FileStorage
from zope.component import getGlobalSiteManager
from zope.component.hooks import setSite

from benchmarks.table import show
from party.operations.ledger import engine
from party.operations.ledger import series
from party.operations.ledger import turn
from party.operations.ledger.tables import numbers


THREADS = 16
EACH = 100
#: part of the transactions that fail before they are committed
FAILING = 0.1
SERIES = series.Series("unit", "arrival:book", "2026")


class Failed(Exception):
    """The failure that the benchmark brings about."""


class Site(Persistent):
    """As much of a site as a turn looks at: it leads to the ZODB connection."""

    @staticmethod
    def getSiteManager() -> Any:
        """The global components."""
        return getGlobalSiteManager()


def main(arguments: list[str]) -> int:
    """Measure three times, in turn with the two baselines; the exit code says whether all numbers were right."""
    rows, right = [], True
    with tempfile.TemporaryDirectory(prefix="party-bench-") as name:
        for attempt in range(3):
            folder = Path(name) / str(attempt)
            folder.mkdir()
            ours, longest, problems = ledger(folder)
            raw, alone, disk = sqlite(folder, THREADS), sqlite(folder, 1), fsync(folder)
            rows.append((ours, ours / raw, ours / alone, ours / disk, longest * 1000, problems or "none"))
            print(f"raw SQLite {raw:.0f}/s with {THREADS} threads, {alone:.0f}/s with one; fsync {disk:.0f}/s")
            right = right and not problems
    show(
        f"{THREADS} threads × {EACH} numbers of one series, {FAILING:.0%} of the transactions fail",
        ("numbers/s", "÷ raw SQLite", "÷ raw, one thread", "÷ fsync", "longest wait, ms", "wrong"),
        rows,
    )
    return 0 if right else 1


def ledger(folder: Path) -> tuple[float, float, str]:
    """Numbers per second of ours, seconds until the slowest was committed, and what is wrong ("" when nothing is)."""
    engine.configure(f"sqlite:///{folder / 'ledger.sqlite'}")
    engine.create_tables()
    database = ZODB.DB(FileStorage(str(folder / "Data.fs")), pool_size=THREADS)
    with database.transaction() as connection:
        connection.root.site = Site()
        connection.root.objects = OOBTree()
    errors: list[str] = []
    waits: list[float] = []

    def take() -> None:
        for _number in range(EACH):
            began = time.perf_counter()
            try:
                _until_committed(database)
            except Exception as error:
                errors.append(repr(error))
            waits.append(time.perf_counter() - began)

    seconds = _together(take, THREADS)
    wrong = errors + _wrong_numbers(database)
    database.close()
    engine.dispose()
    return THREADS * EACH / seconds, max(waits), "; ".join(sorted(set(wrong)))


def sqlite(folder: Path, threads: int) -> float:
    """Numbers per second of bare SQLite: lock, update, insert, commit."""
    path = folder / f"raw-{threads}.sqlite"
    with _raw(path) as connection:
        connection.execute("CREATE TABLE series (id INTEGER PRIMARY KEY, last INTEGER)")
        connection.execute("CREATE TABLE numbers (series INTEGER, number INTEGER, PRIMARY KEY (series, number))")
        connection.execute("INSERT INTO series VALUES (1, 0)")

    def take() -> None:
        with _raw(path) as connection:
            for _number in range(THREADS * EACH // threads):
                connection.execute("BEGIN IMMEDIATE")
                connection.execute("UPDATE series SET last = last + 1 WHERE id = 1")
                connection.execute("INSERT INTO numbers SELECT 1, last FROM series WHERE id = 1")
                connection.execute("COMMIT")

    return THREADS * EACH / _together(take, threads)


def fsync(folder: Path) -> float:
    """Times per second that the disk takes a few bytes and keeps them."""
    began = time.perf_counter()
    with (folder / "small").open("wb") as file:
        for _number in range(EACH):
            file.write(b"0" * 100)
            file.flush()
            os.fsync(file.fileno())
    return EACH / (time.perf_counter() - began)


def _until_committed(database: ZODB.DB) -> None:
    """One number as the publisher does it: a failure begins again, a conflict is repeated."""
    manager = transaction.manager
    while True:
        connection = database.open(manager)
        setSite(connection.root.site)
        try:
            with manager:
                _take(connection)
            return
        except (TransientError, Failed):
            time.sleep(random.uniform(0.005, 0.02))
        finally:
            setSite(None)
            connection.close()


def _take(connection: Any) -> None:
    with turn.turn():
        number = series.take(SERIES, series.Use(f"object {threading.get_ident()}", date(2026, 1, 1), "clerk"))
        connection.root.objects[number] = PersistentMapping(number=number)
        if random.random() < FAILING:
            raise Failed


def _wrong_numbers(database: ZODB.DB) -> list[str]:
    """Numbers of the ledger and objects of the ZODB must both be 1 to n."""
    wanted = list(range(1, THREADS * EACH + 1))
    taken = [each.number for each in turn.rows(sa.select(numbers.c.number).order_by(numbers.c.number))]
    with database.transaction() as connection:
        objects = list(connection.root.objects)
    pairs = (("ledger", taken), ("ZODB", objects))
    return [f"{name}: {len(found)} numbers up to {max(found)}" for name, found in pairs if found != wanted]


def _together(work: Callable[[], None], threads: int) -> float:
    """Seconds that it takes ``threads`` threads to do ``work`` each."""
    running = [threading.Thread(target=work) for _number in range(threads)]
    began = time.perf_counter()
    for thread in running:
        thread.start()
    for thread in running:
        thread.join()
    return time.perf_counter() - began


@contextmanager
def _raw(path: Path) -> Iterator[sqlite3.Connection]:
    connection = sqlite3.connect(path, isolation_level=None, timeout=60)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=FULL")
    try:
        yield connection
    finally:
        connection.close()
