"""Records of the journal in one second, with 1 and 4 clients, beside bare SQLite that inserts and commits; and the check.

A client waits until its record is on the disk. Bare SQLite writes the same columns without chain, MAC or shared commits,
on the same disk and with the same durability.
"""

import os
import sqlite3
import tempfile
import threading
import time
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from benchmarks.table import show
from party.operations.confidentiality import audit
from party.operations.confidentiality import keys


#: records of each client in one round
EACH = 2000
#: records that are checked
CHECKED = 100_000
#: what must hold with four clients, in records per second
GOAL = 2000

COLUMNS = "stream, seq, at, zone, actor, action, outcome, objects, facts, mac"
UID = "0123456789abcdef" * 2


def main(arguments: list[str]) -> int:
    """Measure three times, in turn with bare SQLite; the exit code says whether the goal was met and all was whole."""
    os.environ["PARTY_ZONE"] = "wan"
    rows, best = [], 0.0
    with tempfile.TemporaryDirectory(prefix="party-bench-") as name:
        folder = Path(name)
        keys.create(f"file:{folder / 'keys'}")
        keys.configure(f"file:{folder / 'keys'}")
        for attempt in range(3):
            audit.configure(f"sqlite:///{folder / f'audit-{attempt}.sqlite'}")
            audit.record("reveal", UID, actor="person", purpose="view")
            for clients in (1, 4):
                waits: list[float] = []
                ours = together(lambda waits=waits: record(waits), clients)
                bare = together(lambda n=clients, a=attempt: plain(folder / f"bare-{a}-{n}.sqlite"), clients)
                waits.sort()
                rows.append((clients, ours, bare, ours / bare, waits[len(waits) // 2] * 1000, waits[-1] * 1000))
                best = max(best, ours)
        while count() < CHECKED:
            together(lambda: record([]), 16)
        began = time.perf_counter()
        problems = audit.verify()
        seconds = time.perf_counter() - began
        checked = count()
        audit.configure(None)
        keys.configure(None)
    show(
        f"journal: {EACH} records of each client (goal with four: {GOAL}/s)",
        ("clients", "records/s", "bare SQLite/s", "÷ bare", "median wait, ms", "longest wait, ms"),
        rows,
    )
    show(
        "verify",
        ("records", "seconds", "records/s", "problems"),
        [(checked, seconds, checked / seconds, len(problems))],
    )
    return 0 if best >= GOAL and not problems else 1


def record(waits: list[float]) -> None:
    """What one client does: audited reads one after the other."""
    for number in range(EACH):
        began = time.perf_counter()
        audit.record("reveal", UID, actor="person", purpose="view", number=number)
        waits.append(time.perf_counter() - began)


def plain(path: Path) -> None:
    """The same with bare SQLite."""
    with closing(sqlite3.connect(path, isolation_level=None, timeout=60)) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("PRAGMA synchronous=FULL")
        connection.execute(f"CREATE TABLE IF NOT EXISTS records (id INTEGER PRIMARY KEY, {COLUMNS})")
        row = ("s", 1, "2026-11-24T02:00:00.000000", "wan", "person", "reveal", "done", f'["{UID}"]', "{}", b"0" * 32)
        for _number in range(EACH):
            connection.execute("BEGIN IMMEDIATE")
            connection.execute("INSERT INTO records VALUES (NULL, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)", row)
            connection.execute("COMMIT")


def together(work: Callable[[], None], clients: int) -> float:
    """Records per second of ``clients`` threads that do ``work`` at once."""
    threads = [threading.Thread(target=work) for _number in range(clients)]
    began = time.perf_counter()
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return clients * EACH / (time.perf_counter() - began)


def count() -> int:
    """How many records the journal has."""
    with audit.database().reader.connect() as connection:
        return connection.exec_driver_sql("SELECT count(*) FROM records").scalar()
