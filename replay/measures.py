"""What it took (số đo): speed, slope of the time per operation, sizes, conflicts."""

import re
import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from replay.progress import Progress
from replay.stage import Stage


#: what Zope writes of a request that it does again
_CONFLICT = re.compile(r"Zope\.SiteErrorLog: \w+ at .* Request will be retried")
#: kinds with fewer requests say nothing about a slope
_ENOUGH = 50


def sizes(stage: Stage) -> dict[str, int]:
    """Bytes of what is kept."""
    ledger = stage.ledger
    return {
        "zodb": (stage.var / "filestorage/Data.fs").stat().st_size,
        "blobs": sum(each.stat().st_size for each in (stage.var / "blobstorage").rglob("*.blob")),
        "ledger": sum(each.stat().st_size for each in ledger.parent.glob(f"{ledger.name}*")),
    }


def conflicts(stage: Stage) -> int:
    """How often a web server met a conflict and did a request again."""
    return sum(len(_CONFLICT.findall(_text(stage.var / f"log/{name}.log"))) for name in stage.names)


@contextmanager
def noting(stage: Stage, progress: Progress, day: str) -> Iterator[None]:
    """Note what a day takes. The days from Monday to Thursday are alike, and processor time is no other program's."""
    done, began, cpu = len(progress.times), time.monotonic(), stage.cpu_seconds()
    yield
    count = len(progress.times) - done
    if count:
        progress.days[day] = {
            "operations": count,
            "seconds": round(time.monotonic() - began, 1),
            "cpu_milliseconds_per_operation": round((stage.cpu_seconds() - cpu) / count * 1000, 2),
        }


def summary(progress: Progress, before: dict[str, int], after: dict[str, int], met: int) -> dict[str, Any]:
    """All of it, as it is printed and written as JSON. ``met`` are conflicts."""
    count = len(progress.times)
    began, ended = min(each[1] for each in progress.times), max(each[1] + each[2] for each in progress.times)
    kinds = _by_kind(progress)
    return {
        "operations": count,
        "seconds": round(ended - began, 1),
        "operations_per_second": round(count / (ended - began), 1),
        "milliseconds": {kind: round(1000 * sum(times) / len(times), 1) for kind, times in kinds.items()},
        "counts": {kind: len(times) for kind, times in kinds.items()},
        "days": progress.days,
        "slope": slope(progress),
        "slopes": {kind: round(_slope(times), 2) for kind, times in kinds.items() if len(times) >= _ENOUGH},
        "conflicts": met,
        "repeated": dict(progress.repeats),
        "errors": len(progress.failures),
        "bytes_per_1000_operations": {name: round((after[name] - before[name]) / count * 1000) for name in after},
        "bytes": after,
    }


def slope(progress: Progress) -> float:
    """Mean time of an operation in the last tenth to that in the first, each kind weighed by how often it was done."""
    kinds = [times for times in _by_kind(progress).values() if len(times) >= _ENOUGH]
    first = sum(_mean(times[: len(times) // 10]) * len(times) for times in kinds)
    last = sum(_mean(times[-(len(times) // 10) :]) * len(times) for times in kinds)
    return round(last / first, 2) if first else 1.0


def _slope(times: list[float]) -> float:
    tenth = len(times) // 10
    return _mean(times[-tenth:]) / _mean(times[:tenth])


def _by_kind(progress: Progress) -> dict[str, list[float]]:
    """Seconds of each request by kind, in the order in which they were sent."""
    found: dict[str, list[float]] = defaultdict(list)
    for kind, _began, seconds in sorted(progress.times, key=lambda each: each[1]):
        found[kind].append(seconds)
    return found


def _mean(values: list[float]) -> float:
    return sum(values) / len(values)


def _text(path: Path) -> str:
    return path.read_text(encoding="utf-8", errors="replace") if path.exists() else ""
