"""Where the time of a request goes: a WSGI filter that profiles the requests of one path and writes the sum at the end."""

import atexit
import cProfile
import pstats
import sys
import threading
from collections.abc import Iterable
from pathlib import Path
from typing import Any


#: lines of a report
LINES = 60


class Profiled:
    """Profiles requests to ``path``, one at a time; the figures go to ``output`` when the process ends."""

    def __init__(self, app: Any, path: str, output: str) -> None:
        self.app = app
        self.path = path
        self.profiler = cProfile.Profile()
        self.lock = threading.Lock()
        atexit.register(self.profiler.dump_stats, output)

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        if environ["PATH_INFO"] != self.path:
            return self.app(environ, start_response)
        with self.lock:
            self.profiler.enable()
            try:
                # the answer is taken whole, as what it still does belongs to the request
                return list(self.app(environ, start_response))
            finally:
                self.profiler.disable()


def report(output: Path) -> None:
    """Print what took longest, with everything that it called."""
    pstats.Stats(str(output), stream=sys.stdout).sort_stats("cumulative").print_stats(LINES)
