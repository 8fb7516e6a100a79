"""``make leaks``: the whole battery against a site that is running; exit code 1 when something came out.

By the environment: ``LEAKS_HOME`` is the folder that holds the site's bin, parts and var (this one when not given),
``LEAKS_WAN`` and ``LEAKS_INTERNET`` are the addresses of its two doors, ``LEAKS_EVERY=4`` asks each channel as every fourth
attacker only, ``LEAKS_SEED`` repeats the marks of another run. Accounts of the demonstration, if there are any, are asked
beside the people that the battery makes.
"""

import json
import os
import sys
import time
from collections import Counter
from pathlib import Path

from tests.leaks.attached import Attached
from tests.leaks.run import Run
from tests.leaks.wire import Door
from tests.leaks.wire import Person


def main() -> int:
    """Run it and print what was asked and found."""
    home = Path(os.environ.get("LEAKS_HOME", "")).resolve()
    wan = Door(os.environ.get("LEAKS_WAN", "http://localhost:8080").rstrip("/"))
    internet = Door(os.environ.get("LEAKS_INTERNET", "http://localhost:8081").rstrip("/"))
    seed = os.environ.get("LEAKS_SEED", "")
    run = Run(Attached(home, wan, internet), **({"seed": int(seed)} if seed else {}))
    began = time.monotonic()
    _say(f"Seed {run.seed}. Making people and documents …")
    run.prepare()
    try:
        return _run(run, began)
    finally:
        run.close()


def _run(run: Run, began: float) -> int:
    run.plant()
    unseen = {name: fields for name, fields in run.unseen().items() if fields}
    run.revoke()
    attackers = [*run.attackers(), *_demonstration(run)]
    every = int(os.environ.get("LEAKS_EVERY", "1"))
    report = run.battery.report
    for attacker in attackers:
        before = report.probes, len(report.leaks)
        run.ask(every, [attacker])
        _say(f"  {attacker.name}: {report.probes - before[0]} probes, {len(report.leaks) - before[1]} leaks")
    run.ask_watchers(every)
    _say(f"  those who watch over secrets: {report.probes} probes in all, {len(report.leaks)} leaks")
    run.ask_bare()
    run.replay()
    for line in run.take_times(60):
        _say(f"  {line}")
    unseen |= {name: fields for name, fields in run.unseen().items() if fields}
    _say(run.export())
    memory = [each for each in Path("/dev/shm").iterdir() if each.is_dir()]  # noqa: S108 - only looked into
    _closed, open_traces = run.search_disk(*memory)
    for line in report.lines():
        _say(line)
    channels = Counter(each.group for each in run.channels)
    _say(f"Channels: {', '.join(f'{count} {group}' for group, count in channels.most_common())}.")
    for name, fields in unseen.items():
        _say(f"Not seen by those who may, so that the battery is blind there: {name}: {', '.join(sorted(fields))}")
    if not open_traces:
        _say("Marks of open documents were not found on disk, so that the battery is blind there.")
    _say(f"{report.summary()}; {open_traces} files with marks of open documents; {time.monotonic() - began:.0f} s.")
    return 1 if report.leaks or unseen or not open_traces else 0


def _demonstration(run: Run) -> list[Person]:
    """Accounts of the demonstration: people of other organs, at both doors by turns."""
    accounts, password = run.site.var / "demo-accounts.json", run.site.var / "demo-password"
    if not (accounts.exists() and password.exists()):
        return []
    doors = [each for each in (run.site.wan, run.site.internet) if each]
    word = password.read_text(encoding="utf-8")
    logins = [each["login"] for each in json.loads(accounts.read_text(encoding="utf-8"))][:4]
    return [Person(login, doors[number % len(doors)], login, word) for number, login in enumerate(logins)]


def _say(text: str) -> None:
    print(text, flush=True)  # noqa: T201 - the terminal is its user interface


if __name__ == "__main__":
    sys.exit(main())
