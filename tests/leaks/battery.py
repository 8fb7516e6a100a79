"""The engine: asks every channel as every attacker, searches what comes back, and compares it with what is not there."""

import http.client
import re
import secrets
from collections import Counter
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from dataclasses import field

from tests.leaks.channel import Channel
from tests.leaks.markers import Markers
from tests.leaks.plants import Plant
from tests.leaks.wire import Answer
from tests.leaks.wire import Person


_THREADS = 6
#: differs from one answer to the next for everybody: authenticators, instants
_VOLATILE = re.compile(
    rb"(?<![0-9a-f])[0-9a-f]{40,}(?![0-9a-f])|\d{4}-\d\d-\d\d[T ]\d\d:\d\d(?::\d\d)?[\d.+:]*|\d\d:\d\d:\d\d"
)
_UNCOMPARED = frozenset({"date", "content-length", "x-request-id", "set-cookie"})


@dataclass(frozen=True)
class Leak:
    """Something came out: ``what`` is ``content``, ``existence``, ``change`` or ``trace``."""

    what: str
    channel: str
    group: str
    attacker: str
    plant: str
    detail: str

    def __str__(self) -> str:
        return f"{self.what}: {self.attacker} / {self.plant} / {self.channel}: {self.detail}"


@dataclass
class Report:
    """What a run has asked and found."""

    probes: int = 0
    leaks: list[Leak] = field(default_factory=list)
    by_attacker: Counter[str] = field(default_factory=Counter)
    #: how many answers had which status
    statuses: Counter[int] = field(default_factory=Counter)

    def add(self, leak: Leak) -> None:
        """Note a leak, once."""
        if leak not in self.leaks:
            self.leaks.append(leak)

    def of(self, what: str) -> list[Leak]:
        """The leaks of one kind."""
        return [each for each in self.leaks if each.what == what]

    def summary(self) -> str:
        """One line with the numbers."""
        kinds = Counter(each.what for each in self.leaks)
        counts = ", ".join(f"{kinds[each]} of {each}" for each in ("content", "existence", "change", "trace"))
        return f"{self.probes} probes, {len(self.leaks)} leaks ({counts})"

    def lines(self) -> Iterator[str]:
        """Leaks by channel, one line for each kind and channel with its attackers."""
        grouped: dict[tuple[str, str], list[Leak]] = {}
        for each in self.leaks:
            grouped.setdefault((each.what, each.channel), []).append(each)
        for (what, channel), leaks in sorted(grouped.items()):
            attackers = ", ".join(sorted({each.attacker for each in leaks}))
            yield f"{what}: {channel}\n    {attackers}: {leaks[0].detail}"


@dataclass
class Battery:
    """Channels, plants and attackers of one run."""

    markers: Markers
    plants: list[Plant]
    #: letters that are the same for every document
    values: dict[str, str]
    #: whether what is not there is asked for too
    compares: bool = True
    report: Report = field(default_factory=Report)

    def run(self, attackers: Sequence[Person], channels: Iterable[Channel], every: int = 1) -> None:
        """Ask the channels as the attackers: each channel as every ``every``-th of them, each time of another document."""
        jobs = [
            (channel, attacker, self._plant(number + index))
            for number, channel in enumerate(channels)
            for index, attacker in enumerate(attackers)
            if (number + index) % every == 0
        ]
        with ThreadPoolExecutor(_THREADS) as pool:
            for leaks, asked in pool.map(lambda job: self._probe(*job), jobs, chunksize=8):
                self.report.probes += asked
                for leak in leaks:
                    self.report.add(leak)
        self.report.by_attacker.update(attacker.name for _channel, attacker, _plant in jobs)

    def letters(self, plant: Plant, attacker: Person) -> dict[str, str]:
        """What the letters of a channel stand for."""
        return {
            **self.values,
            "P": plant.path.lstrip("/"),
            "Q": plant.parent.lstrip("/"),
            "I": plant.id,
            "U": plant.uid,
            "F": plant.files[0],
            "S": str(plant.slips[0] if plant.slips else self._any("slips")),
            "D": str(plant.deliveries[0] if plant.deliveries else self._any("deliveries")),
            "H": "{}:{}".format(*attacker.door.address),
        }

    def _plant(self, number: int) -> Plant:
        return self.plants[number % len(self.plants)]

    def _any(self, kind: str) -> int:
        return next(found[0] for each in self.plants if (found := getattr(each, kind)))

    def _probe(self, channel: Channel, attacker: Person, plant: Plant) -> tuple[list[Leak], int]:
        real = self.letters(plant, attacker)
        answer = ask(attacker, channel.filled(real))
        leaks = []

        def found(what: str, detail: str) -> None:
            leaks.append(Leak(what, channel.name, channel.group, attacker.name, plant.name, detail))

        for hit in sorted(self.markers.search(answer.everything), key=str):
            found("content", f"{answer.status}: {hit.field} ({hit.form})")
        self.report.statuses[answer.status] += 1
        if not (self.compares and channel.is_about_the_document):
            return leaks, 1
        ghost = ghost_of(real)
        other = ask(attacker, channel.filled(ghost))
        difference = compare(answer, other, real, ghost)
        if difference:
            # a second time, in case something happened in between
            answer, other = ask(attacker, channel.filled(real)), ask(attacker, channel.filled(ghost))
            difference = compare(answer, other, real, ghost)
        if difference:
            found("existence", difference)
        return leaks, 2


def ask(who: Person, channel: Channel) -> Answer:
    """The answer to a request; status 0 where the connection was cut."""
    try:
        return who.ask(channel.verb, channel.path, channel.headers, channel.body.encode() or None)
    except (OSError, http.client.HTTPException) as error:
        return Answer(0, (), str(type(error).__name__).encode(), 0)


def ghost_of(real: dict[str, str]) -> dict[str, str]:
    """The letters of a document that is not there, in a place that is."""
    name = secrets.token_hex(8)
    return {
        **real,
        "P": f"{real['Q']}/{name}",
        "I": name,
        "U": secrets.token_hex(16),
        "F": secrets.token_hex(8),
        "S": "9" * (len(real["S"]) + 3),
        "D": "8" * (len(real["D"]) + 3),
    }


def compare(answer: Answer, other: Answer, real: dict[str, str], ghost: dict[str, str]) -> str:
    """What tells the answer about a document from that about one that is not there; "" when nothing does."""
    if answer.status != other.status:
        return f"status {answer.status}, otherwise {other.status}"
    names = [sorted(key.lower() for key, _value in each.headers) for each in (answer, other)]
    if names[0] != names[1]:
        return f"headers {set(names[0]) ^ set(names[1])}"
    for key, value in answer.headers:
        expected = normalized(other.header(key).encode(), real, ghost)
        if key.lower() not in _UNCOMPARED and normalized(value.encode(), real, ghost) != expected:
            return f"header {key}: {value}, otherwise {other.header(key)}"
    mine, theirs = (normalized(each.body, real, ghost) for each in (answer, other))
    if mine != theirs:
        at = next(
            (n for n, (a, b) in enumerate(zip(mine, theirs, strict=False)) if a != b), min(len(mine), len(theirs))
        )
        shown = mine[max(0, at - 30) : at + 50].decode(errors="replace")
        return f"{answer.status}, body of {len(mine)} bytes, otherwise {len(theirs)}, at {shown!r}"
    return ""


def normalized(content: bytes, *named: dict[str, str]) -> bytes:
    """Without what the two requests themselves named, and without tokens and instants."""
    for letters in named:
        for letter in "PUFI":
            content = content.replace(letters[letter].encode(), f"${letter}".encode())
        for letter in "SD":
            number = rb"(?:(?<![\w.-])|(?<=%%3D))%s(?![\w.-])" % letters[letter].encode()
            content = re.sub(number, b"$number", content)
    return _VOLATILE.sub(b"*", content)
