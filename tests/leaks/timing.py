"""How long an answer takes about a document that is there, and about one that is not: nobody shall hear the difference."""

import random
import statistics
from dataclasses import dataclass

from tests.leaks.battery import ghost_of
from tests.leaks.channel import Channel
from tests.leaks.channel import table
from tests.leaks.wire import Person


#: seconds that nobody can tell apart across a network
_LEAST = 0.0005

_SAMPLE = """
GET $P
GET d/$U
GET $P/@@title
GET d/$U/@@nothing-here
GET resolveuid/$U
JSON @documents/$U
JSON @documents/$U/files/$F
POSTJ @documents/$U/comment << {"text": "thử"}
"""


def sample() -> list[Channel]:
    """Channels whose time is taken."""
    return list(table("timing", _SAMPLE))


@dataclass(frozen=True)
class Times:
    """Medians in seconds, and what their difference may be by chance."""

    there: float
    not_there: float
    noise: float

    @property
    def tells(self) -> bool:
        """Is the difference larger than chance explains?"""
        return abs(self.there - self.not_there) > max(_LEAST, self.noise)

    def __str__(self) -> str:
        return (
            f"{self.there * 1000:.2f} ms, otherwise {self.not_there * 1000:.2f} ms (noise {self.noise * 1000:.2f} ms)"
        )


def measure(who: Person, channel: Channel, real: dict[str, str], count: int) -> Times:
    """``count`` pairs of requests in random order, after some that warm up."""
    there, not_there = [], []
    for number in range(count + 3):
        pair = [(there, real), (not_there, ghost_of(real))]
        random.shuffle(pair)
        for times, letters in pair:
            filled = channel.filled(letters)
            seconds = who.ask(filled.verb, filled.path, filled.headers, filled.body.encode() or None).seconds
            if number >= 3:
                times.append(seconds)
    medians = statistics.median(there), statistics.median(not_there)
    return Times(*medians, noise=4 * max(_error(there), _error(not_there)))


def _error(times: list[float]) -> float:
    """The standard error of the median, from the median distance to it, which outliers do not move."""
    middle = statistics.median(times)
    spread = 1.4826 * statistics.median(abs(each - middle) for each in times)
    return float(1.2533 * spread / len(times) ** 0.5)
