"""The site of a replay (sân khấu): a folder, a clock, and the processes of ``make start`` but for the door of the Internet."""

import json
import os
import signal
import subprocess
import sys
from datetime import datetime
from pathlib import Path
from typing import Any

from party.operations.ledger import clock
from party.operations.processes import Failure
from party.operations.processes import Process
from party.operations.supervisor import Site


ROOT = Path(__file__).resolve().parent.parent


class Stage(Site):
    """A site in ``home`` with ``servers`` (1 or 2) web servers, on ``port`` and the second port after it."""

    def __init__(self, home: Path, port: int, servers: int = 2) -> None:
        super().__init__(home, ROOT / "profiles/replay.cfg", port)
        self.names = ("wan", "wan2")[:servers]
        #: where the web servers listen
        self.ports = (port, port + 2)[:servers]

    def serve(self, *, worker: bool = True) -> None:
        """Start the web servers, wait until they answer, then the worker."""
        started = [self.spawn(each, [str(self.home / f"bin/{each}"), "console"], signal.SIGINT) for each in self.names]
        for process, port in zip(started, self.ports, strict=True):
            self.wait_for(process, f"http://localhost:{port}/")
        if worker:
            self.start_worker()

    def check(self) -> None:
        """Raise ``Failure`` if one of the processes has ended."""
        for process in self.processes:
            process.check()

    def cpu_seconds(self) -> float:
        """Processor time that the web servers and the database server have taken since they were started."""
        clerks = (process for process in self.processes if process.name in (*self.names, "zeo"))
        stats = (Path(f"/proc/{each.child.pid}/stat").read_text(encoding="utf-8").rpartition(")")[2] for each in clerks)
        return sum(sum(map(int, stat.split()[11:13])) for stat in stats) / os.sysconf("SC_CLK_TCK")

    def set_clock(self, now: datetime) -> None:
        """Let the clock of all processes stand at ``now`` and run on."""
        clock.shift(self.var, now)

    def settings(self) -> dict[str, str]:
        """What the profile asks for."""
        return super().settings() | {"second-port": str(self.port + 2)}

    def spawn(
        self, name: str, command: list[str], stop_signal: int, environment: "dict[str, str] | None" = None
    ) -> Process:
        """Start a process that works by the clock of the trial."""
        return super().spawn(name, command, stop_signal, {**self.inside(), **(environment or {})})

    def inside(self) -> dict[str, str]:
        """The clock of the trial counts in every process."""
        return super().inside() | {clock.TRIAL: "yes"}

    def call(self, function: str, **arguments: Any) -> Any:
        """What ``function`` (dotted name) of ``(root, arguments)`` returns, run as a client of the database.

        Raises ``Failure``. What it writes to the standard error goes to the terminal.
        """
        zope_conf = self.home / "parts/wan/etc/zope.conf"
        command = [
            sys.executable,
            "-W",
            "ignore",
            "-m",
            "replay.inside",
            str(zope_conf),
            function,
            json.dumps(arguments),
        ]
        environment = {**os.environ, **self.inside()}
        done = subprocess.run(
            command, cwd=ROOT, env=environment, text=True, stdout=subprocess.PIPE, stdin=subprocess.DEVNULL, check=False
        )
        if done.returncode:
            raise Failure(
                f"{function} ended with exit code {done.returncode}; the reason stands above. The data are kept."
            )
        return json.loads(done.stdout.splitlines()[-1])

    def pack(self) -> None:
        """Take what is no more out of the object database, as it is done every week; not where its server has ended."""
        command = [str(Path(sys.executable).with_name("zeopack")), "-d", "0", "-u", str(self.socket)]
        if self.processes and self.processes[0].child.poll() is None:
            subprocess.run(command, check=False, stdout=subprocess.DEVNULL, stdin=subprocess.DEVNULL)

    @property
    def ledger(self) -> Path:
        """The file of the ledger."""
        return self.var / "ledger/ledger.sqlite"
