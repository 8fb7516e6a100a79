"""The only source of time (giờ hệ thống).

Instants are aware UTC datetimes; legal dates are ``date`` values in Vietnam. Tests freeze both with :func:`frozen`.

A site that is made to play something that happened on other days, and for nothing else, is a trial: beside its data lies a
file that says by how much its clock is shifted (:func:`shift`), and its processes are started with ``PARTY_TRIAL=yes``. One
that is so started on any other site refuses to work.
"""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from functools import cache
from pathlib import Path
from zoneinfo import ZoneInfo


VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

#: what says to a process that the clock of the trial counts
TRIAL = "PARTY_TRIAL"
#: in the folder of the data of a trial: seconds from the true time to that of its clock
TRIAL_CLOCK = "trial-clock"

logger = logging.getLogger(__name__)

_frozen: list[datetime] = []


class NoTrial(RuntimeError):
    """A process was started for a trial on a site that is none."""


def now() -> datetime:
    """The present instant, aware, in UTC; in a trial the one that is played."""
    if _frozen:
        return _frozen[-1]
    trial = _trial()
    return datetime.now(UTC) + (_shifted(trial) if trial else timedelta())


def shift(var: Path, instant: datetime) -> None:
    """Let the clock of the trial whose data are in ``var`` stand at ``instant`` now, and run on; all processes follow.

    The first call makes the site in ``var`` a trial, so it comes before the site is made; for a site that is there with
    its data it raises :class:`NoTrial`.
    """
    file = var / TRIAL_CLOCK
    if not file.exists() and (var / "filestorage" / "Data.fs").exists():
        raise NoTrial(f"The site in {var} was not made for a trial. Its clock was not touched.")
    fresh = file.with_suffix(".new")
    fresh.write_text(f"{(instant - datetime.now(UTC)).total_seconds()}", encoding="ascii")
    fresh.replace(file)


def today() -> date:
    """The legal date in Vietnam at this instant."""
    return local(now()).date()


def local(instant: datetime) -> datetime:
    """The same instant on a Vietnamese wall clock."""
    return instant.astimezone(VIETNAM)


@contextmanager
def frozen(instant: datetime) -> Iterator["Frozen"]:
    """Hold the clock at ``instant`` (aware) in the whole process until the block ends."""
    _frozen.append(instant.astimezone(UTC))
    try:
        yield Frozen()
    finally:
        _frozen.pop()


class Frozen:
    """Handle of a held clock; lets a test move on."""

    def advance(self, **units: float) -> None:
        """Move the held clock by ``timedelta(**units)``."""
        _frozen[-1] += timedelta(**units)


@cache
def _trial() -> Path | None:
    """The clock of the trial that this process was started for; ``None`` for any other process."""
    if os.environ.get(TRIAL) != "yes":
        return None
    file = Path(os.environ["PARTY_VAR"]) / TRIAL_CLOCK
    if not file.exists():
        raise NoTrial(f"{TRIAL} is set, but {file} is not there: this site was not made for a trial.")
    logger.warning("This process works by the clock of a trial: it is %s now.", datetime.now(UTC) + _shifted(file))
    return file


def _shifted(file: Path) -> timedelta:
    return timedelta(seconds=float(file.read_text(encoding="ascii")))
