"""Runs the benchmarks: all of them, or the one that is named (``benchmarks/run.py register``), with its options."""

import importlib
import sys
from pathlib import Path


ROOT = Path(__file__).resolve().parent.parent

#: in the order in which they run
NAMES = (
    "series",
    "audit",
    "lists",
    "rotation",
    "register",
    "stock",
    "circular",
    "crash",
    "finding",
    "pages",
    "secrecy_files",
    "secrecy_reveals",
    "secrecy_lists",
    "reading",
    "statistics",
    "merger",
)


def main(arguments: list[str]) -> int:
    """Run what is asked for; the exit code says whether all that must hold did hold."""
    name, *options = arguments or ["all"]
    if name != "all" and name not in NAMES:
        print(f"usage: benchmarks/run.py [{' | '.join(NAMES)}]", file=sys.stderr)
        return 2
    # not the folder of this file, whose names would stand before those of the standard library
    sys.path[0] = str(ROOT)
    chosen = NAMES if name == "all" else (name,)
    return max(importlib.import_module(f"benchmarks.{each}").main(options) for each in chosen)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
