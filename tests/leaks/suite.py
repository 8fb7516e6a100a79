"""Everything in one go, on a site of the run's own: what the tests look at."""

import time
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import field
from pathlib import Path

from tests.leaks import twins
from tests.leaks.battery import Battery
from tests.leaks.battery import Report
from tests.leaks.channel import Channel
from tests.leaks.markers import Markers
from tests.leaks.own_site import own_site
from tests.leaks.own_site import OwnSite
from tests.leaks.run import Run


#: layers that are switched off in turn
LAYERS = ("L0", "L1", "L2", "L3")
#: people without clearance whose pages are compared between the two sites
_READERS = ("member", "deputy", "receiving member")
#: attackers asked while a layer is off
_AGAINST_A_LAYER = ("anonymous", "member", "stranger", "Manager")


@dataclass
class Outcome:
    """What one go has found."""

    #: marks that their readers did not find, before and after the probes, by document
    unseen: dict[str, set[str]] = field(default_factory=dict)
    unseen_afterwards: dict[str, set[str]] = field(default_factory=dict)
    report: Report = field(default_factory=Report)
    #: files with marks of open documents
    open_traces: int = 0
    times: list[str] = field(default_factory=list)
    #: by layer that was off, and whether readers still saw what is theirs
    without: dict[str, Report] = field(default_factory=dict)
    unseen_without: dict[str, dict[str, set[str]]] = field(default_factory=dict)
    #: pages that tell the site with secrets from that with voided numbers
    differences: list[str] = field(default_factory=list)
    compared: int = 0
    seconds: dict[str, float] = field(default_factory=dict)

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Take the time of a step."""
        began = time.monotonic()
        yield
        self.seconds[name] = round(time.monotonic() - began, 1)


def run(every: int, layers: tuple[str, ...] = LAYERS, sample: int = 8) -> Outcome:
    """Ask each channel as every ``every``-th attacker; without a layer every ``sample``-th of those."""
    outcome = Outcome()
    with own_site() as site:
        battery = Run(site.attached)
        with outcome.step("site"):
            battery.prepare()
            site.keep()
            site.serve()
        with outcome.step("plants"):
            battery.plant()
            outcome.unseen = battery.unseen()
        with outcome.step("pages"):
            asked = battery.markers.begin
            pages = _pages(battery, asked)
            taken = battery.site.call("numbers", uids=battery.classified)
        with outcome.step("probes"):
            battery.revoke()
            battery.ask(every)
            battery.ask_watchers(every)
            battery.ask_bare()
            battery.replay()
            outcome.times = list(battery.take_times(25))
        with outcome.step("disk"):
            outcome.unseen_afterwards = battery.unseen()
            outcome.times.append(battery.export())
            outcome.open_traces = battery.search_disk(site.stack.memory)[1]
        outcome.report = battery.battery.report
        for layer in layers:
            with outcome.step(layer):
                outcome.without[layer] = _without(site, battery, layer, sample)
                outcome.unseen_without[layer] = battery.unseen()
        with outcome.step("second site"):
            outcome.compared, outcome.differences = _second(site, battery, pages, taken, asked)
    return outcome


def _without(site: OwnSite, battery: Run, layer: str, sample: int) -> Report:
    site.serve(layer)
    if layer == "L3":
        # what was sealed before stays sealed, so other documents are asked for
        battery.plants.clear()
        battery.markers = Markers(battery.seed + 2)
        battery.battery = Battery(battery.markers, battery.plants, battery.battery.values)
        battery.plant(("secret",), beside_open_ones=False)
    battery.battery.report, battery.battery.compares = Report(), False
    attackers = [each for each in battery.attackers() if each.name in _AGAINST_A_LAYER]
    battery.ask(1, attackers, _sampled(sample))
    return battery.battery.report


def _sampled(sample: int) -> Callable[[Channel], bool]:
    seen = iter(range(10**9))
    return lambda channel: channel.is_about_the_document and next(seen) % sample == 0


def _second(
    site: OwnSite, battery: Run, pages: dict[str, dict[str, str]], taken: list[dict[str, object]], asked: str
) -> tuple[int, list[str]]:
    site.bring_back()
    battery.site.call("void", wanted=taken)
    site.serve()
    battery.plant_open()
    others = _pages(battery, asked)
    names = battery.open_names
    found = [f"{who}: {line}" for who in _READERS for line in twins.differences(pages[who], others[who], names)]
    return sum(map(len, others.values())), found


def _pages(battery: Run, asked: str) -> dict[str, dict[str, str]]:
    more = [
        f"@@registers?direction={direction}&unit={battery.office['units'][unit]}{query}"
        for direction in ("incoming", "outgoing")
        for unit in ("sender", "receiver")
        for query in ("", "&q=77", f"&q={asked}")
    ]
    more += [
        f"@{direction}?unit={battery.office['units'][unit]}"
        for direction in ("incoming", "outgoing")
        for unit in ("sender", "receiver")
    ]
    return {who: twins.pages(battery.people[who], more) for who in _READERS}


def written(outcome: Outcome, to: Path) -> None:
    """Keep what was found, for people to read: it names channels and fields, never a mark."""
    lines = [
        outcome.report.summary(),
        *outcome.report.lines(),
        *outcome.times,
        *outcome.differences,
        str(outcome.seconds),
    ]
    for layer, report in outcome.without.items():
        lines += [f"without {layer}: {report.summary()}", *(str(each) for each in report.of("content"))]
    to.parent.mkdir(parents=True, exist_ok=True)
    to.write_text("\n".join(lines) + "\n", encoding="utf-8")
