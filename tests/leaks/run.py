"""One run of the battery on a running site: people, plants, controls, probes, disk, and what has been found."""

import random
import shutil
import time
from collections.abc import Callable
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field
from datetime import timedelta
from pathlib import Path
from typing import Any

from party.operations.ledger import clock
from tests.leaks import controls
from tests.leaks import discovered
from tests.leaks import disk
from tests.leaks import on_documents
from tests.leaks import on_parts
from tests.leaks import on_site
from tests.leaks import on_tools
from tests.leaks import raw
from tests.leaks import sessions
from tests.leaks import timing
from tests.leaks.attached import Attached
from tests.leaks.battery import Battery
from tests.leaks.battery import Leak
from tests.leaks.channel import Channel
from tests.leaks.markers import Markers
from tests.leaks.plants import Plant
from tests.leaks.plants import Planter
from tests.leaks.wire import JSON
from tests.leaks.wire import Person


_PASSWORD = "Mat-khau-thu-1"
_LEVELS = ("secret", "top-secret")
#: people of the battery who may see nothing of what is planted, at the inner door
_INSIDE = ("member", "deputy", "receiving member", "stranger", "Site Administrator", "Manager", "former")
#: people who watch over secrets: they know which there are, and see nothing of them
_WATCHING = ("first officer", "auditor")
#: cleared people with a relation, at the outer door
_OUTSIDE = ("drafter", "receiving clerk")


@dataclass
class Run:
    """What one run knows. ``say`` is told what is being done."""

    site: Attached
    seed: int = field(default_factory=lambda: random.SystemRandom().randrange(10**6))
    say: Callable[[str], None] = lambda text: None
    office: dict[str, Any] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    plants: list[Plant] = field(default_factory=list)
    #: uids of all that was ever planted at a classified level
    classified: list[str] = field(default_factory=list)
    #: uids and ids of open documents and their files, each with what it is of
    open_names: dict[str, str] = field(default_factory=dict)
    channels: list[Channel] = field(default_factory=list)
    #: the second reviewer of what is planted
    reviewer: str = "former"

    def __post_init__(self) -> None:
        self.began = time.time()
        self.markers = Markers(self.seed)
        self.open_markers = Markers(self.seed + 1)
        self.battery = Battery(self.markers, self.plants, {})

    def prepare(self) -> None:
        """Make the people, and clear those who are to be cleared."""
        self.office = self.site.call("build", seed=self.seed, password=_PASSWORD)
        self.people = {key: self._person(key) for key in self.office["logins"]}
        until = (clock.today() + timedelta(days=300)).isoformat()
        self.site.call("clear", people=self.office["people"], until=until)

    def plant(self, levels: tuple[str, ...] = _LEVELS, beside_open_ones: bool = True) -> None:
        """Plant documents of every level in every situation, and find out where they lie."""
        for level in levels:
            planter = Planter(self.markers, self.people, self.office, level, level, self.reviewer)
            self.plants += planter.all_of_them()
        if beside_open_ones:
            self.plant_open()
            # takes away what lay in the clear before a document was classified
            self.site.party("worker", "--once")
        self.classified += [each.uid for each in self.plants]
        places = self.site.call("places", uids=[each.uid for each in self.plants])
        for plant in self.plants:
            plant.path, plant.parent, plant.id = (places[plant.uid][name] for name in ("path", "parent", "id"))
        doors = self.site.call("doors", uid=self.plants[0].uid)
        self.channels = [
            *on_documents.channels(),
            *on_parts.channels(),
            *on_site.channels(),
            *on_tools.channels(),
            *discovered.channels(doors),
            *discovered.trays(doors["trays"]),
        ]
        self.battery.values = {
            "N": self.office["units"]["sender"],
            "O": places[self.plants[-1].uid]["parent"].strip("/").partition("/")[0],
            "B": self.markers.begin,
            "A": self.markers.begin_accented,
        }

    def plant_open(self) -> None:
        """Plant the same documents at the lowest level, in texts that are the same for every run with this seed."""
        plants = Planter(Markers(self.seed + 1), self.people, self.office).all_of_them()
        places = self.site.call("places", uids=[each.uid for each in plants])
        for plant in plants:
            self.open_names |= {plant.uid: f"<{plant.name}>", places[plant.uid]["id"]: f"<{plant.name} id>"}
            self.open_names |= {each: f"<{plant.name} file {number}>" for number, each in enumerate(plant.files)}

    def revoke(self) -> None:
        """Take the clearance of the former reader away; what is planted later is reviewed by another."""
        self.reviewer = "clerk"
        self.site.call("revoke", people=self.office["people"], key="former")

    def attackers(self) -> list[Person]:
        """Everybody who must see nothing."""
        found = [Person("anonymous", self.site.wan), *(self.people[key] for key in _INSIDE)]
        if self.site.internet:
            found.append(Person("anonymous outside", self.site.internet))
            for key in _OUTSIDE:
                person = self.people[key]
                found.append(Person(f"{key} outside", self.site.internet, person.login, person.password))
                found += sessions.carried_out(person, self.site.internet)
        return found

    def unseen(self) -> dict[str, set[str]]:
        """Marks that the battery cannot see although their readers may: all sets are empty when it can be believed."""
        return controls.unseen(self.markers, self.plants, self.people)

    def ask(
        self, every: int = 1, attackers: list[Person] | None = None, only: Callable[[Channel], bool] | None = None
    ) -> None:
        """Ask the channels as the attackers, each channel as every ``every``-th of them."""
        chosen = [each for each in self.channels if only is None or only(each)]
        for channel in chosen:
            channel.names  # noqa: B018 - computed before threads ask for it
        self.battery.run(self.attackers() if attackers is None else attackers, chosen, every)

    def ask_watchers(self, every: int = 1) -> None:
        """Ask the channels as those who watch over secrets: of content alone, as they may know that something is there."""
        self.battery.compares = False
        self.ask(every, [self.people[key] for key in _WATCHING])
        self.battery.compares = True

    def ask_bare(self) -> None:
        """What only a bare connection shows, as those who may see nothing and as one who may."""
        for plant in self.plants[:2]:
            for who in [*self.attackers()[:3], self.people[plant.readers[0]]]:
                for leak in raw.bytes_after_head(self.markers, plant, who):
                    self.battery.report.add(leak)
                self.battery.report.probes += 1

    def replay(self) -> None:
        """Ask with the marks of freshness that a reader was given: nobody else's copy is still good."""
        for plant in self.plants:
            reader = self.people[plant.readers[0]]
            for address, accept in (
                (f"d/{plant.uid}", {}),
                (f"@documents/{plant.uid}", JSON),
                (f"d/{plant.uid}/@@file/{plant.files[0]}", {}),
            ):
                given = reader.ask("GET", address, accept)
                control = given.header("Cache-Control")
                if "no-store" not in control:
                    self._leak("trace", f"cache: GET {address.replace(plant.uid, '$U')}", reader, plant, f"{control!r}")
                if given.status != 200:
                    self._leak("change", f"control: GET {address}", reader, plant, f"status {given.status}")
                headers = {"If-None-Match": given.header("ETag"), "If-Modified-Since": given.header("Last-Modified")}
                sent = accept | {name: value for name, value in headers.items() if value}
                for who in self.attackers():
                    self.battery.report.probes += 1
                    if who.ask("GET", address, sent).status == 304:
                        self._leak("content", f"replay: GET {address}", who, plant, "not modified")

    def take_times(self, count: int) -> Iterator[str]:
        """Compare times of a sample of channels; what tells is looked at a second time before it counts."""
        plant = self.plants[0]
        for who in (self.people["member"], self.people["Manager"]):
            letters = self.battery.letters(plant, who)
            for channel in timing.sample():
                times = timing.measure(who, channel, letters, count)
                if times.tells:
                    times = timing.measure(who, channel, letters, count * 3)
                self.battery.report.probes += 2 * count
                yield f"{who.name}: {channel.verb} {channel.path}: {times}"
                if times.tells:
                    self._leak("existence", channel.name, who, plant, str(times))

    def search_disk(self, *folders: Path) -> tuple[int, int]:
        """Look into every file; returns how many hold marks of what is classified, and how many of what is open."""
        places = [self.site.home, *folders]
        closed, opened = disk.traces([self.markers, self.open_markers], places)
        for name, fields in closed.items():
            self._leak("trace", f"disk: {name}", Person("disk", self.site.wan), None, ", ".join(sorted(fields)[:6]))
        return len(closed), len(opened)

    def export(self) -> str:
        """Export the whole site into a folder below the site's, where the files are then looked into; returns what was said."""
        done = self.site.party("export", str(self.site.home / f"export-{self.seed}"))
        return f"export: exit code {done.returncode}: {done.stdout[-200:].strip()} {done.stderr[-200:].strip()}"

    def close(self) -> None:
        """Take away the accounts with site roles, and the export."""
        self.site.call("close", logins=self.office["logins"])
        shutil.rmtree(self.site.home / f"export-{self.seed}", ignore_errors=True)

    def _person(self, key: str) -> Person:
        return Person(key, self.site.wan, self.office["logins"][key], _PASSWORD)

    def _leak(self, what: str, channel: str, who: Person, plant: Plant | None, detail: str) -> None:
        group = channel.partition(":")[0]
        self.battery.report.add(Leak(what, channel, group, who.name, plant.name if plant else "", detail))
