"""How far it is (tiến độ): done of all, how fast, what was repeated, what failed."""

import sys
import threading
import time
from collections import Counter
from dataclasses import dataclass
from dataclasses import field


#: so many failures are told in full
TOLD = 20


@dataclass
class Progress:
    """Counts what many threads do. ``total`` requests in all, ``before`` of them done in earlier runs."""

    total: int
    before: int = 0
    #: verb, beginning and length in seconds of each request that was answered
    times: list[tuple[str, float, float]] = field(default_factory=list)
    repeats: Counter[str] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)
    #: by day what it took: operations, seconds, milliseconds of processor time for each operation
    days: dict[str, dict[str, float]] = field(default_factory=dict)
    began: float = field(default_factory=time.monotonic)
    _lock: threading.Lock = field(default_factory=threading.Lock)
    _shown: float = 0.0

    def done(self, verb: str, began: float, seconds: float) -> None:
        """A request was answered."""
        with self._lock:
            self.times.append((verb, began, seconds))

    def repeated(self, why: str) -> None:
        """A request is sent once more."""
        with self._lock:
            self.repeats[why.split(": ", 1)[-1][:80]] += 1

    def failed(self, what: str) -> None:
        """A story could not be told to its end."""
        with self._lock:
            self.failures.append(what)
            if len(self.failures) <= TOLD:
                print(f"\n{what}", file=sys.stderr)

    def show(self, *, end: str = "") -> None:
        """A line in the terminal, at most every second."""
        now = time.monotonic()
        if now - self._shown < 1 and not end:
            return
        self._shown = now
        done, seconds = len(self.times), now - self.began
        rate = done / seconds if seconds else 0
        left = (self.total - self.before - done) / rate if rate else 0
        print(
            f"\r{self.before + done:,} of {self.total:,} · {rate:.1f}/s · {left / 60:.0f} min left · "
            f"{sum(self.repeats.values())} repeated · {len(self.failures)} failed   ",
            end=end,
            file=sys.stderr,
            flush=True,
        )
