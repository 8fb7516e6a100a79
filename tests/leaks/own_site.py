"""A site of the battery's own, with both of its doors, whose state can be kept and brought back."""

import os
import shutil
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.stack import Stack
from benchmarks.stack import stack
from tests.leaks.attached import Attached
from tests.leaks.wire import Door


ROOT = Path(__file__).resolve().parents[2]


class OwnSite:
    """A started site with helpers to restart it with a layer switched off, or with the data of before."""

    def __init__(self, site: Stack) -> None:
        self.stack = site
        self.kept = site.home / "kept"
        self.attached = Attached(site.home, Door(site.url.rstrip("/")), Door(site.internet_url.rstrip("/")))

    def serve(self, layer: str = "") -> None:
        """Start the web servers, the inner one without one of its layers; those that ran are stopped first."""
        self._end("wan", "internet")
        command = [
            sys.executable,
            "-m",
            "tests.leaks.serve",
            str(self.stack.wsgi_ini),
            f"localhost:{self.stack.port}",
            layer,
        ]
        inner = self.stack.spawn("wan", ["env", f"PYTHONPATH={ROOT}", *command], signal.SIGINT, self.stack.inside())
        outer = None if layer else self.stack.start_internet()
        self.stack.wait_for(inner)
        if outer:
            self.stack.wait_for(outer, self.stack.internet_url)

    def keep(self) -> None:
        """Put a copy of the data aside."""
        self._end("wan", "internet", "zeo")
        shutil.copytree(self.stack.var, self.kept, ignore=shutil.ignore_patterns("*.sock", "*.lock"))
        self.stack.start_database()

    def bring_back(self) -> None:
        """Go back to the data that were put aside."""
        self._end("wan", "internet", "zeo")
        shutil.rmtree(self.stack.var)
        shutil.copytree(self.kept, self.stack.var)
        self.stack.start_database()

    def _end(self, *names: str) -> None:
        for process in [each for each in self.stack.processes if each.name in names]:
            process.stop()
            self.stack.processes.remove(process)


@contextmanager
def own_site() -> Iterator[OwnSite]:
    """A site that is gone when the block ends."""
    before = os.umask(0o077)  # as `make start` has it
    try:
        with stack() as site:
            yield OwnSite(site)
    finally:
        os.umask(before)
