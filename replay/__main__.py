"""``python -m replay`` plays the week and compares the report with the tables; ``python -m replay check`` compares only.

See ``make replay`` in the README.
"""

import argparse
import json
import os
import secrets
import signal
import sys
import time
from datetime import date
from datetime import datetime
from datetime import time as time_of_day
from datetime import timedelta
from pathlib import Path
from typing import Any

from party.operations.ledger.clock import VIETNAM
from party.operations.processes import Failure
from replay import checking
from replay import facts
from replay import measures
from replay.known import Known
from replay.plan import by_day
from replay.plan import plan
from replay.players import Players
from replay.progress import Progress
from replay.stage import ROOT
from replay.stage import Stage


def main(argv: list[str] | None = None) -> int:
    """Returns the exit code: 1 where a cell differs or something failed."""
    options = _options(argv)
    os.umask(0o077)
    stage = Stage(options.var, options.port, options.servers)
    signal.signal(signal.SIGTERM, _interrupt)
    try:
        _settle(stage, options)
        stage.configure()
        if options.verb == "check":
            stage.start_database()
            return _check(stage, options.share)
        return _run(stage, options)
    except KeyboardInterrupt:
        print("\nStopped. What was done is kept; with RESUME=1 it goes on.", file=sys.stderr)
        return 130
    except Failure as failure:
        print(f"\n{failure}", file=sys.stderr)
        return 1
    finally:
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        stage.stop()


def _run(stage: Stage, options: argparse.Namespace) -> int:
    plans = plan(facts.rows(options.share))
    days, password = by_day(plans), _password(stage)
    _prepare(stage, options.share, password)
    known, progress = Known(stage.ledger), Progress(sum(len(each.steps) for day in days.values() for each in day))
    players = Players(plans, known, stage.ports, password, progress)
    left = players.left(days)
    progress.before = progress.total - sum(players.steps_left(each) for day in left.values() for each in day)
    if any(left.values()):
        _play(stage, players, left, options)
    return _check(stage, options.share) or bool(progress.failures)


def _prepare(stage: Stage, share: float, password: str) -> None:
    """Start the database server with the site as it was on the day before the week."""
    done = stage.var / "prepared"
    if not done.exists():
        stage.set_clock(_morning(facts.FIRST_DAY) - timedelta(days=1))
    stage.start_database()
    if not done.exists():
        made = stage.call("replay.organization.build", share=share, password=password)
        print(f"{made['people']:,} accounts in {made['units']} units, made in {made['seconds']:.0f} s", flush=True)
        done.touch()


def _play(stage: Stage, players: Players, days: dict[date, Any], options: argparse.Namespace) -> None:
    """Serve the site and play what is left of each day; says and writes down what it took."""
    clock = _Clock(stage)
    stage.pack()
    progress, before, met = players.progress, measures.sizes(stage), measures.conflicts(stage)
    stage.serve(worker=options.worker)
    progress.began = time.monotonic()
    try:
        for day, stories in days.items():
            with measures.noting(stage, progress, day.isoformat()):
                players.play(stories, options.workers, clock.reach, stage.check)
    finally:
        progress.show(end="\n")
        if progress.times:
            met, after = measures.conflicts(stage) - met, measures.sizes(stage)
            stage.pack()
            after["zodb_packed"], before["zodb_packed"] = measures.sizes(stage)["zodb"], before["zodb"]
            summary = measures.summary(progress, before, after, met)
            summary |= {"share": options.share, "servers": len(stage.ports), "workers": options.workers}
            text = json.dumps(summary, ensure_ascii=False, indent=1)
            print(text)
            (stage.home / f"replay-{datetime.now(VIETNAM):%Y%m%d-%H%M%S}.json").write_text(text, encoding="utf-8")


def _check(stage: Stage, share: float) -> int:
    """After the merger, which is entered where it was not."""
    stage.set_clock(_morning(facts.MERGED))
    result = checking.compare(facts.rows(share), stage.call("replay.reports.ask"))
    print("\n".join(result.lines))
    print(f"\n{result.equal} cells are equal, {result.different} differ.")
    return 1 if result.different else 0


def _settle(stage: Stage, options: argparse.Namespace) -> None:
    """Hold the share of a replay that is there; raises ``Failure`` where it is not clear what is wanted."""
    file = stage.var / "share"
    if file.exists():
        if options.verb == "run" and not options.resume:
            raise Failure(
                f"There is a replay in {stage.home}: RESUME=1 goes on with it; remove the folder for a new one."
            )
        options.share = float(file.read_text(encoding="ascii"))
    elif options.verb == "check":
        raise Failure(f"There is no replay in {stage.home}.")
    else:
        stage.var.mkdir(parents=True, exist_ok=True)
        file.write_text(f"{options.share}", encoding="ascii")


def _password(stage: Stage) -> str:
    """The password of all accounts, made at the first start."""
    file = stage.var / "password"
    if not file.exists():
        file.write_text(f"{secrets.token_urlsafe(12)}-1a", encoding="ascii")
    return file.read_text(encoding="ascii")


class _Clock:
    """The clock of the site: it goes by itself, and forward with the stories."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.set_to = datetime.min.replace(tzinfo=VIETNAM)
        self.set_at = time.monotonic()

    def reach(self, instant: datetime) -> None:
        """Let it be ``instant`` at least, by steps of a minute or more."""
        now = self.set_to + timedelta(seconds=time.monotonic() - self.set_at)
        if instant - now >= timedelta(minutes=1):
            self.set_to, self.set_at = instant, time.monotonic()
            self.stage.set_clock(instant)


def _morning(day: date) -> datetime:
    return datetime.combine(day, time_of_day(8), VIETNAM)


def _interrupt(number: int, frame: object) -> None:
    raise KeyboardInterrupt


def _options(argv: list[str] | None) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m replay", description="The week of 13–19 June 2025, replayed.")
    parser.add_argument("verb", nargs="?", choices=("run", "check"), default="run")
    parser.add_argument(
        "--var", type=Path, default=ROOT / "var/replay", help="folder of the site, never that of another"
    )
    parser.add_argument("--share", type=float, default=1.0, help="part of each figure, 0.02 for a fiftieth")
    parser.add_argument(
        "--port", type=int, default=8090, help="of the first web server; the second has the one after next"
    )
    parser.add_argument("--servers", type=int, choices=(1, 2), default=2, help="web servers")
    parser.add_argument("--workers", type=int, default=8, help="requests at the same time")
    parser.add_argument("--no-worker", dest="worker", action="store_false", help="leave what waits in the outbox")
    parser.add_argument("--resume", action="store_true", help="go on with what is there")
    return parser.parse_args(argv)


if __name__ == "__main__":
    sys.exit(main())
