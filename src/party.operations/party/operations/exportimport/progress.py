"""A bar in the terminal for long work (tiến độ)."""

import logging
import sys


#: cells of the bar
_WIDTH = 40


def quiet() -> None:
    """Keep collective.exportimport to its errors: it counts for itself, and not what the operations do."""
    logging.getLogger("collective.exportimport").setLevel(logging.WARNING)


class Progress:
    """Shows how much of a whole is done; where the output is no terminal, a line now and then."""

    def __init__(self, what: str, whole: int) -> None:
        self.what, self.whole, self.done = what, whole, 0

    def advance(self, count: int = 1) -> None:
        """So many more are done."""
        self.done += count
        text = f"{self.what} {self.done}/{self.whole}"
        if sys.stdout.isatty():
            full = _WIDTH * self.done // max(self.whole, 1)
            print(f"\r[{'#' * full}{'.' * (_WIDTH - full)}] {text}", end="", flush=True)
            if self.done >= self.whole:
                print()
        elif self.done >= self.whole or self.done // 1000 > (self.done - count) // 1000:
            print(text, flush=True)
