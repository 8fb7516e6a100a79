"""The only source of time (giờ hệ thống).

Instants are aware UTC datetimes; legal dates are ``date`` values in Vietnam. Tests freeze both with :func:`frozen`.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from zoneinfo import ZoneInfo


VIETNAM = ZoneInfo("Asia/Ho_Chi_Minh")

_frozen: list[datetime] = []


def now() -> datetime:
    """The present instant, aware, in UTC."""
    return _frozen[-1] if _frozen else datetime.now(UTC)


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
