"""A demonstration site of the run's own, with all of its processes, for the tests that need the real thing."""

import json
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from benchmarks.stack import unused_port
from tests.e2e.people import chromium


ROOT = Path(__file__).resolve().parents[2]
START_TIMEOUT = 600


@dataclass(frozen=True)
class RunningSite:
    """A started site: the addresses of its doors without a slash at the end, and the supervisor's process and output."""

    url: str
    #: the door of the Internet
    internet_url: str
    home: Path
    supervisor: "subprocess.Popen[bytes]"
    output: Path

    @property
    def password(self) -> str:
        """Password of the accounts to try."""
        return (self.home / "var/demo-password").read_text(encoding="utf-8")

    @property
    def accounts(self) -> list[dict[str, Any]]:
        """The accounts to try."""
        return json.loads((self.home / "var/demo-accounts.json").read_text(encoding="utf-8"))


def start(home: Path, port: int) -> RunningSite:
    """Start a site in ``home`` as ``make start`` does, and wait until it introduces itself."""
    output = home / "output.txt"
    command = [sys.executable, "-m", "party.operations.supervisor", "--home", str(home), "--port", str(port)]
    with output.open("wb") as file:
        supervisor = subprocess.Popen(command, cwd=ROOT, stdout=file, stderr=subprocess.STDOUT)
    limit = time.monotonic() + START_TIMEOUT
    while "Ctrl-C stops" not in (said := output.read_text(encoding="utf-8")):
        assert supervisor.poll() is None, said
        assert time.monotonic() < limit, said
        time.sleep(0.2)
    return RunningSite(f"http://localhost:{port}", f"http://localhost:{port + 1}", home, supervisor, output)


def stop(site: RunningSite) -> int:
    """Stop the site as Ctrl-C does; returns the exit code."""
    site.supervisor.send_signal(signal.SIGINT)
    return site.supervisor.wait(120)


@pytest.fixture(scope="session")
def running_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[RunningSite]:
    """One running site for all tests of the session; whatever they asked for by GET must have written nothing."""
    site = start(tmp_path_factory.mktemp("site"), unused_port())
    yield site
    stop(site)
    for door in ("wan", "internet"):
        log = (site.home / f"var/log/{door}.log").read_text(encoding="utf-8")
        assert "aborting transaction due to no CSRF protection" not in log, "A GET has written to the database."
        assert "Nothing classified is served" not in log


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """One browser for the module."""
    with chromium() as started:
        yield started
