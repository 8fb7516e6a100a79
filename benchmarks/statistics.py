"""The report over 1,000,000 and 10,000,000 counted events, beside the plain aggregate in SQL.

The rows are made straight in a ledger of its own: 75 organs with 44 units below each, 40,000 people, a year. The report rolls
units up to the organs, in the structure of then or of today, and counts each person once in a line and in the total. The plain
aggregate is what the database needs for the figures of each unit alone, by the faster of two ways to write it. ``--rows``
takes other numbers, such as ``--rows 100000``.
"""

import argparse
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from datetime import datetime
from datetime import UTC
from pathlib import Path
from typing import Any

import sqlalchemy as sa
import transaction
from AccessControl.SecurityManagement import newSecurityManager
from AccessControl.users import system

from benchmarks.table import show
from party.operations.ledger import engine
from party.operations.ledger import turn
from party.operations.ledger.tables import events
from party.operations.ledger.tables import metadata
from party.operations.ledger.tables import tallies
from party.operations.organization.tables import successions
from party.operations.organization.tables import units
from party.operations.statistics import structure
from party.operations.statistics.periods import Period
from party.operations.statistics.report import report


ORGANS, BELOW, PEOPLE = 75, 44, 40_000
YEAR = Period(date(2025, 1, 1), date(2026, 1, 1))
WEEK = Period(date(2025, 6, 13), date(2025, 6, 20))
REPEAT = 3
#: what the report of all events may take as a multiple of the plain aggregate; in that of a week the units weigh more, which
#: the aggregate does not read
LIMIT = 1.5

#: rows in a random order of people, days and measures: multiplied by primes, so that every run makes the same
_FILL = """
INSERT INTO tallies (event, day, measure, unit, person, object, level, amount)
WITH RECURSIVE numbers(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM numbers WHERE n < :rows)
SELECT n, days.day, CASE WHEN n * 7919 % 100 < 45 THEN 'login' WHEN n * 7919 % 100 < 54 THEN 'incoming'
         WHEN n * 7919 % 100 < 60 THEN 'outgoing' ELSE 'transfer' END,
       staff.unit, staff.person, printf('%032x', n), CASE WHEN n % 500 = 0 THEN 'secret' ELSE 'normal' END, 1
FROM numbers JOIN staff ON staff.number = n * 104729 % :people JOIN days ON days.number = n * 15485863 % 365
"""

#: the figures of each unit, as one would write them down
_PLAIN = {
    "one query": (
        "SELECT unit, measure, SUM(amount), COUNT(DISTINCT person) FROM tallies WHERE level = 'normal' "
        "AND measure IN ('login', 'incoming', 'outgoing', 'transfer') AND day >= :since AND day < :until "
        "GROUP BY unit, measure",
    ),
    "two queries": (
        "SELECT unit, COUNT(*), COUNT(DISTINCT person) FROM tallies WHERE measure = 'login' AND level = 'normal' "
        "AND day >= :since AND day < :until GROUP BY unit",
        "SELECT measure, unit, SUM(amount) FROM tallies WHERE measure IN ('incoming', 'outgoing', 'transfer') "
        "AND level = 'normal' AND day >= :since AND day < :until GROUP BY measure, unit",
    ),
}


def main(arguments: list[str]) -> int:
    """Measure; the exit code says whether the report stayed within the limit."""
    parser = argparse.ArgumentParser(prog="benchmarks/run.py statistics")
    parser.add_argument("--rows", type=int, nargs="+", default=[1_000_000, 10_000_000])
    asked = parser.parse_args(arguments)
    newSecurityManager(None, system)
    figures = [figure for rows in asked.rows for figure in _measured(rows)]
    heads = ("events", "period", "structure", "report, ms", "plain SQL, ms", "times", "written as")
    show("The report beside the plain aggregate", heads, figures)
    return 0 if all(each[5] <= LIMIT for each in figures if each[1] == "year") else 1


def _measured(rows: int) -> list[tuple[Any, ...]]:
    """Fill a ledger with so many rows and measure each report."""
    with tempfile.TemporaryDirectory(prefix="party-statistics-") as folder:
        database = engine.configure(f"sqlite:///{Path(folder) / 'ledger.sqlite'}")
        try:
            began = time.perf_counter()
            _fill(database, rows)
            print(f"{rows:,} events were made in {time.perf_counter() - began:.0f} s.")
            return [_compared(rows, *case) for case in (("week", WEEK), ("year", YEAR))]
        finally:
            transaction.abort()
            engine.dispose()


def _compared(rows: int, name: str, period: Period) -> tuple[Any, ...]:
    """The slower structure beside the faster way to write the aggregate."""
    reports = {how: _milliseconds(lambda how=how: report("", period, how)) for how in structure.STRUCTURES}
    plain = {way: _milliseconds(lambda texts=texts: _asked(texts, period)) for way, texts in _PLAIN.items()}
    slowest, fastest = max(reports, key=reports.__getitem__), min(plain, key=plain.__getitem__)
    return rows, name, slowest, reports[slowest], plain[fastest], reports[slowest] / plain[fastest], fastest


def _asked(texts: tuple[str, ...], period: Period) -> None:
    for text in texts:
        turn.rows(sa.text(text), {"since": period.since.isoformat(), "until": period.until.isoformat()})


def _milliseconds(ask: Callable[[], Any]) -> float:
    """The median of several times of the processor: the database works in this process, whatever else the machine does."""
    times = []
    for _number in range(REPEAT):
        began = time.process_time()
        ask()
        times.append(time.process_time() - began)
    return statistics.median(times) * 1000


def _fill(database: engine.Database, rows: int) -> None:
    metadata.create_all(database.writer)
    every = _units()
    with database.writer.begin() as connection:
        for index in tallies.indexes:
            index.drop(connection)
        connection.execute(sa.insert(units), every)
        connection.execute(sa.insert(events), _moves(every))
        connection.execute(sa.insert(successions), _successions(every))
        connection.execute(sa.text("CREATE TEMP TABLE staff (number INTEGER PRIMARY KEY, person TEXT, unit TEXT)"))
        connection.execute(sa.text("CREATE TEMP TABLE days (number INTEGER PRIMARY KEY, day TEXT)"))
        staff = [
            {"number": number, "person": f"p{number:016x}", "unit": every[number * 31 % len(every)]["uid"]}
            for number in range(PEOPLE)
        ]
        connection.execute(sa.text("INSERT INTO staff VALUES (:number, :person, :unit)"), staff)
        first = YEAR.since.toordinal()
        days = [{"number": number, "day": date.fromordinal(first + number).isoformat()} for number in range(YEAR.days)]
        connection.execute(sa.text("INSERT INTO days VALUES (:number, :day)"), days)
        connection.execute(sa.text(_FILL), {"rows": rows, "people": PEOPLE})
        for index in tallies.indexes:
            index.create(connection)
        connection.execute(sa.text("ANALYZE"))


def _units() -> list[dict[str, Any]]:
    """The organs below the Central Committee, and the units below each."""
    found = [_unit("tw", None, "central_committee", 0)]
    for number in range(ORGANS):
        organ = _unit(f"organ{number:02}", found[0], "provincial_committee" if number < 63 else "central_body", number)
        found += [organ, *(_unit(f"{organ['uid']}-{below:02}", organ, "board", below) for below in range(BELOW))]
    return found


def _unit(uid: str, above: "dict[str, Any] | None", kind: str, position: int) -> dict[str, Any]:
    """The row of one unit; its uid is as long as a real one."""
    uid = uid.ljust(32, "0")
    over = above or {"uid": "", "tree_order": "", "lineage": "/"}
    names = dict.fromkeys(("title", "short_name", "folded", "path"), uid)
    place = {"tree_order": f"{over['tree_order']}{position:05d}/", "lineage": f"{over['lineage']}{uid}/"}
    settings = {"organ": uid, "kind": kind, "position": position, "clerk_level_only": False, "office": ""}
    return {"uid": uid, "parent": over["uid"], **names, **place, **settings}


def _moves(every: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Three units came in the middle of the year from another organ."""
    organs = [each["uid"] for each in every if each["kind"] == "provincial_committee"]
    moved = [each for each in every if each["kind"] == "board"][:: ORGANS * BELOW // 3]
    return [
        {
            "id": number,
            "at": datetime(2025, 6, 14 + number, 5, tzinfo=UTC),
            "actor": "",
            "operation": "move_unit",
            "object": each["uid"],
            "diff": {"parent": [organs[-number - 1], each["parent"]]},
            "details": {},
        }
        for number, each in enumerate(moved, 1)
    ]


def _successions(every: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Twenty-nine of the provinces were taken over."""
    organs = [each["uid"] for each in every if each["kind"] == "provincial_committee"]
    return [
        {
            "id": number + 1,
            "predecessor": organs[number],
            "successor": organs[number + 29],
            "from_day": date(2025, 7, 1),
        }
        for number in range(29)
    ]
