"""The lists people look at all day, with 100,000 incoming documents in one unit.

The rows are made straight in the ledger, as three years of a busy province would leave them: most documents are done, a
few hundred wait for somebody. Shown are milliseconds for a clerk and a leader, who read the whole register, a head of a
room, who reads half of it, and an officer, who reads next to nothing, each also as a multiple of one trivial query in the
same database. ``--plans`` prints how SQLite goes about each list.
"""

import itertools
import statistics
import time
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
import transaction
from sqlalchemy import event

from benchmarks.stack import stack
from benchmarks.table import show
from party.operations.confidentiality import actor
from party.operations.documents import lists
from party.operations.documents import trays
from party.operations.ledger import turn
from party.operations.ledger.engine import database
from party.operations.ledger.tables import items


PEOPLE = ("vanthu", "lanhdao", "truongphong", "chuyenvien")
REPEAT = 15
#: milliseconds that no list shall take for the clerk and the leader
LIMIT = 20
#: what looks at every row of the archive, and so takes longer: not held to the limit
SEARCH = "register, rare word"


def main(arguments: list[str]) -> int:
    """Measure; the exit code says whether every list stayed below the limit."""
    with stack() as site:
        office = site.call("benchmarks.fill.make_office")
        filled = site.call("benchmarks.archive.fill", office=office)
        figures = site.call("benchmarks.lists.measure", office=office, plans="--plans" in arguments)
    for name in sorted(figures["plans"]):
        print(f"\n{name}\n  " + "\n  ".join(figures["plans"][name]))
    trivial = figures["trivial"]
    rows = [
        (name, each["rows"], *(value for person in PEOPLE for value in (each[person], each[person] / trivial)))
        for name, each in figures["lists"].items()
    ]
    show(
        f"{filled['incoming']:,} incoming documents, {filled['slips']:,} slips, {filled['deliveries']:,} deliveries; "
        f"a trivial query takes {trivial:.2f} ms",
        ("list", "rows", *itertools.chain(*((f"{person}, ms", "÷ trivial") for person in PEOPLE))),
        rows,
    )
    slowest = max(each[person] for name, each in figures["lists"].items() for person in PEOPLE[:2] if name != SEARCH)
    return 0 if slowest < LIMIT else 1


def measure(site: Any, office: dict[str, dict[str, str]], plans: bool) -> dict[str, Any]:
    """Milliseconds of each list for each person, and the plans of the queries where they are asked for."""
    found: dict[str, dict[str, float]] = {}
    explained: dict[str, list[str]] = {}
    transaction.begin()
    trivial = _milliseconds(lambda: turn.rows(sa.select(items.c.state).where(items.c.id == 1)))
    for person in PEOPLE:
        with actor.acting_as(office["people"][person]):
            for name, ask in _lists(office["units"]["tinh"]).items():
                figures = found.setdefault(name, {"rows": 0})
                figures[person] = _milliseconds(ask)
                answer = ask()
                figures["rows"] = max(figures["rows"], len(answer) if isinstance(answer, dict) else len(answer.rows))
                if plans:
                    with _plan() as lines:
                        ask()
                    explained[f"{name}, {person}"] = lines
    transaction.abort()
    return {"lists": found, "trivial": trivial, "plans": explained}


def _lists(unit: str) -> dict[str, Callable[[], Any]]:
    """Every list with what asks for its first page."""
    asked: dict[str, Callable[[], Any]] = {"counts": trays.counts}
    for name in trays.TRAYS:
        asked[f"tray {name}"] = lambda name=name: trays.tray(name)
    asked["register"] = lambda: lists.incoming_register(unit)
    asked["register of a year"] = lambda: lists.incoming_register(unit, period="2025")
    asked["register, page 500"] = lambda: lists.incoming_register(unit, after="2025-06-30_52000_z")
    asked["register, common word"] = lambda: lists.incoming_register(unit, text="báo cáo")
    asked[SEARCH] = lambda: lists.incoming_register(unit, text="độc nhất")
    asked["register of issued"] = lambda: lists.outgoing_register(unit)
    return asked


def _milliseconds(ask: Callable[[], Any]) -> float:
    """The median of several times."""
    ask()
    times = []
    for _number in range(REPEAT):
        began = time.perf_counter()
        ask()
        times.append(time.perf_counter() - began)
    return statistics.median(times) * 1000


@contextmanager
def _plan() -> Iterator[list[str]]:
    """Collects the plan of each query that is asked meanwhile."""
    lines: list[str] = []

    def explain(connection: Any, cursor: Any, statement: str, parameters: Any, *_rest: Any) -> None:
        cursor.execute(f"EXPLAIN QUERY PLAN {statement}", parameters)
        lines.extend(row[3] for row in cursor.fetchall())

    event.listen(database().reader, "before_cursor_execute", explain)
    try:
        yield lines
    finally:
        event.remove(database().reader, "before_cursor_execute", explain)
