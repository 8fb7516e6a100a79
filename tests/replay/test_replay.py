"""A fiftieth of the week over HTTP, with its processes killed in the middle and begun again."""

import json
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from contextlib import closing
from pathlib import Path

import pytest

from benchmarks.stack import unused_port
from party.operations.supervisor import START_TIMEOUT
from replay import facts
from replay import plan
from replay.stage import ROOT


SHARE = 0.02
#: so much is done when everything is killed
EARLY = 250


def command(home: Path, port: int, *more: str) -> list[str]:
    options = ["--var", str(home), "--share", str(SHARE), "--port", str(port), "--workers", "4", "--no-worker"]
    return [sys.executable, "-m", "replay", *options, *more]


def rows(home: Path, query: str) -> list[tuple]:
    ledger = home / "var/ledger/ledger.sqlite"
    with closing(sqlite3.connect(f"file:{ledger}?mode=ro", uri=True, timeout=60)) as connection:
        return connection.execute(query).fetchall()


def wait_until(is_so, process: "subprocess.Popen[bytes] | None" = None) -> None:
    limit = time.monotonic() + 2 * START_TIMEOUT
    while not is_so():
        assert process is None or process.poll() is None, "It ended by itself."
        assert time.monotonic() < limit
        time.sleep(0.2)


def is_free(port: int) -> bool:
    with socket.socket() as probe:
        return probe.connect_ex(("localhost", port)) != 0


def counted(home: Path) -> int:
    if not (home / "var/prepared").exists():
        return 0
    return rows(home, "SELECT count(*) FROM tallies WHERE day >= '2025-06-13'")[0][0]


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    """The folder of a replay that was killed, begun again and told to its end, and what it said in the end."""
    home, port = tmp_path_factory.mktemp("replay"), unused_port()
    with (home / "output.txt").open("wb") as output:
        first = subprocess.Popen(command(home, port), cwd=ROOT, stdout=output, stderr=output)
        try:
            wait_until(lambda: counted(home) >= EARLY, first)
        finally:
            first.send_signal(signal.SIGKILL)
            first.wait()
    wait_until(lambda: is_free(port) and is_free(port + 2) and not (home / "var/zeo.sock").is_socket())
    again = subprocess.run(command(home, port, "--resume", "--servers", "1"), cwd=ROOT, capture_output=True, text=True)
    assert again.returncode == 0, again.stdout[-4000:] + again.stderr[-4000:]
    return home, again.stdout


def test_every_cell_of_the_report_is_that_of_the_tables(played):
    assert "cells are equal, 0 differ." in played[1]


def test_nothing_fails(played):
    (summary,) = (json.loads(each.read_text(encoding="utf-8")) for each in played[0].glob("replay-*.json"))
    assert summary["errors"] == 0


def test_nothing_is_done_twice_although_everything_was_killed(played):
    steps = [step for each in plan.plan(facts.rows(SHARE)) for story in each.stories for step in story.steps]
    requests = sorted(step.identifier for step in steps if step.verb != "login")
    assert [each for (each,) in rows(played[0], "SELECT identifier FROM requests ORDER BY identifier")] == requests
    by_verb = dict(rows(played[0], "SELECT operation, count(*) FROM events WHERE at > '2025-06-12 17:00' GROUP BY 1"))
    verbs = {
        "login": "login",
        "register": "register_incoming",
        "transfer": "transfer",
        "issue": "issue",
        "sign": "sign",
    }
    for verb, operation in verbs.items():
        assert by_verb[operation] == sum(step.verb == verb for step in steps), verb


def test_numbers_have_no_gap(played):
    found = rows(played[0], "SELECT count(*), min(number), max(number) FROM numbers GROUP BY series")
    assert found
    assert all((first, last) == (1, count) for count, first, last in found)


def test_events_fall_on_the_days_of_the_week(played):
    days = {day for (day,) in rows(played[0], "SELECT DISTINCT day FROM tallies WHERE measure = 'login'")}
    assert days == {day.isoformat() for day in plan.by_day([])}
