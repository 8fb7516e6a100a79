"""A process of the site, as the supervisor starts, watches and ends it. Only the standard library is used."""

import collections
import contextlib
import ctypes
import os
import signal
import subprocess
import sys
from pathlib import Path


#: seconds that a process may take to end by itself
STOP_TIMEOUT = 20

_PR_SET_PDEATHSIG = 1
#: variables that only processes inside of the wide-area network get
_INSIDE = ("PARTY_KEYS", "PARTY_AUDIT", "PARTY_DEMO_PASSWORD", "TMPDIR")


class Failure(Exception):
    """Something that the person at the terminal must know; its text is a whole message."""


class Process:
    """A child with its own process group and log file, and ``environment`` beside ours, less what concerns the keys."""

    def __init__(
        self, name: str, command: list[str], stop_signal: int, home: Path, environment: "dict[str, str] | None" = None
    ) -> None:
        self.name = name
        self.stop_signal = stop_signal
        self.log = home / "var" / "log" / f"{name}.log"
        self.log.parent.mkdir(parents=True, exist_ok=True)
        with self.log.open("ab") as output:
            self.child = subprocess.Popen(
                command,
                cwd=home,
                env={
                    **{name: value for name, value in os.environ.items() if not name.startswith(_INSIDE)},
                    "TZ": "Asia/Ho_Chi_Minh",
                    "PYTHONUNBUFFERED": "1",
                    **(environment or {}),
                },
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,
                preexec_fn=_end_with_parent,
            )

    def check(self) -> None:
        """Raise ``Failure`` if the process has ended."""
        code = self.child.poll()
        if code is not None:
            how = f"by signal {-code}" if code < 0 else f"with exit code {code}"
            raise Failure(
                f"The process “{self.name}” ended {how}, so everything was stopped. The data are kept; "
                f"`make start` starts again. The last lines of {self.log}:\n{_tail(self.log)}"
            )

    def stop(self) -> None:
        """End the process and whatever it started: politely first, by force after ``STOP_TIMEOUT`` seconds."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.child.pid, self.stop_signal)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.child.wait(STOP_TIMEOUT)
            os.killpg(self.child.pid, signal.SIGKILL)
        self.child.wait()


def _tail(log: Path) -> str:
    with log.open(errors="replace") as file:
        return "".join(collections.deque(file, maxlen=15))


def _end_with_parent() -> None:
    """Ask Linux to end the child when this process dies without having had time for it."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
