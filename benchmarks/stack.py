"""A complete site in a temporary folder: database server, web server, if wanted a worker. Everything goes at the end.

It is configured by buildout from profiles/demo.cfg like the site of ``make start``, without the demonstration's content,
and serves on a port that is free. What it is filled with is made by functions of ``(site, arguments)`` that run in a
process of their own, a client of the same database (:mod:`benchmarks.client`).
"""

import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from contextlib import redirect_stdout
from contextlib import suppress
from pathlib import Path
from typing import Any

from party.operations.processes import Process
from party.operations.supervisor import Site


ROOT = Path(__file__).resolve().parent.parent


class Stack(Site):
    """A site of the run's own. Its processes are children of the thread that starts them and end with it."""

    def __init__(self, home: Path) -> None:
        super().__init__(home, ROOT / "profiles/demo.cfg", unused_port())
        #: the web server in the place of the one that the profile configures
        self.command: list[str] = []
        self.clients: list[subprocess.Popen[str]] = []

    def start(self) -> None:
        """Write the configuration, start the database server, make the site."""
        self.configure()
        self.start_database()
        self.run(str(self.home / "bin/party"), "create-site")

    def serve(self) -> None:
        """Start the web server and wait until it answers."""
        self.wait_for(self.launch())

    def launch(self) -> Process:
        """Start the web server."""
        return self.spawn("wan", self.command, signal.SIGINT) if self.command else self.start_web()

    def runs(self, name: str) -> bool:
        """Has the process of that name (``zeo``, ``wan``) been started and not been killed?"""
        return any(process.name == name for process in self.processes)

    def kill(self, name: str) -> None:
        """End a process of the site as a power cut would."""
        process = next(process for process in self.processes if process.name == name)
        os.killpg(process.child.pid, signal.SIGKILL)
        process.child.wait()
        self.processes.remove(process)

    def stop(self) -> None:
        """Stop clients that still run, then the site."""
        for client in self.clients:
            client.kill()
            client.communicate()
        super().stop()

    def call(self, function: str, **arguments: Any) -> Any:
        """What ``function`` (dotted name) returns, run in a process of its own as a client of the database."""
        return self.answer(self.begin(function, **arguments))

    def begin(self, function: str, **arguments: Any) -> "subprocess.Popen[str]":
        """Like ``call``, beside what follows; ``answer`` waits for what it returns."""
        command = module("client", self.zope_conf, function, json.dumps(arguments))
        with (self.var / "log/clients.log").open("a") as log:
            client = subprocess.Popen(
                command, cwd=ROOT, env=self.environment, text=True, stdout=subprocess.PIPE, stderr=log
            )
        self.clients.append(client)
        return client

    def answer(self, client: "subprocess.Popen[str]") -> Any:
        """What the function of a client that was begun returns; its error where it fails."""
        output, _none = client.communicate()
        self.clients.remove(client)
        if client.returncode:
            raise RuntimeError((self.var / "log/clients.log").read_text(encoding="utf-8")[-4000:])
        return json.loads(output.splitlines()[-1])

    def run(self, *command: str) -> str:
        """What ``command`` writes to its standard output; an exception where it fails."""
        done = subprocess.run(command, cwd=ROOT, env=self.environment, text=True, capture_output=True, check=False)
        if done.returncode:
            raise RuntimeError(f"{' '.join(command)}\n{done.stdout}{done.stderr}")
        return done.stdout

    def rows(self, query: str, *values: object) -> list[tuple[Any, ...]]:
        """Rows of the ledger."""
        connection = sqlite3.connect(self.var / "ledger/ledger.sqlite", timeout=60)
        try:
            return connection.execute(query, values).fetchall()
        finally:
            connection.close()

    @property
    def zope_conf(self) -> Path:
        """The configuration that every client reads."""
        return self.home / "parts/wan/etc/zope.conf"

    @property
    def wsgi_ini(self) -> Path:
        """The configuration of the web server."""
        return self.home / "parts/wan/etc/wsgi.ini"

    @property
    def environment(self) -> dict[str, str]:
        """The environment of clients: without a password, no demonstration is made."""
        return {name: value for name, value in os.environ.items() if name != "PARTY_DEMO_PASSWORD"}


def module(name: str, *arguments: object) -> list[str]:
    """The command that runs a module of the benchmarks, in any folder."""
    return ["env", f"PYTHONPATH={ROOT}", sys.executable, "-m", f"benchmarks.{name}", *map(str, arguments)]


@contextmanager
def stack() -> Iterator[Stack]:
    """A started site without its web server, which follows by ``serve()`` when the site is filled."""
    home = Path(tempfile.mkdtemp(prefix="party-bench-"))
    site = Stack(home)
    try:
        with redirect_stdout(sys.stderr):
            site.start()
        yield site
    finally:
        site.stop()
        shutil.rmtree(home)


def unused_port() -> int:
    """A port that is free, and the one after it for the door of the Internet."""
    while True:
        with socket.socket() as probe, socket.socket() as following:
            probe.bind(("localhost", 0))
            port: int = probe.getsockname()[1]
            with suppress(OSError, OverflowError):
                following.bind(("localhost", port + 1))
                return port
