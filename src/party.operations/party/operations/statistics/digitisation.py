"""The target of digitisation (chỉ tiêu số hoá): a share of all dossiers and documents on paper, to be reached by a day.

Each unit declares for a year how many there are (the newest year counts) and how many were digitised outside the system in
that year (the years are added up). To these comes what the system counts itself: documents that were registered with their
scanned files, not those that came over the network. Progress is held against the straight line from nothing on the first
day to the target on the last.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from datetime import timedelta

from plone.registry.interfaces import IRegistry
from zope.component import getUtility

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.ledger import clock
from party.operations.ledger import journal
from party.operations.ledger import turn
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import No
from party.operations.ledger.errors import require
from party.operations.ledger.operation import operation
from party.operations.organization import lookup
from party.operations.organization import rules as organization_rules
from party.operations.statistics import quality_rows
from party.operations.statistics import rules
from party.operations.statistics.periods import Period
from party.operations.statistics.quality import share
from party.operations.text.dates import FIRST_YEAR
from party.operations.text.dates import LAST_YEAR


_PREFIX = "party.operations.statistics_digitisation_"
DECLARED = f"{_PREFIX}declared"
#: nobody has more dossiers than this
MOST = 1_000_000_000


@dataclass(frozen=True)
class Target:
    """``percent`` of everything, worked off evenly from the day ``since`` to the day ``last``."""

    percent: int
    since: date
    last: date

    @property
    def period(self) -> Period:
        """The days of the target."""
        return Period(self.since, self.last + timedelta(days=1))

    def expected(self, day: date) -> float:
        """What the straight line says for the end of ``day``, in percent."""
        gone = (day - self.since).days + 1
        return self.percent * min(max(gone / self.period.days, 0.0), 1.0)


@dataclass
class Progress:
    """What there is to digitise and what is done."""

    total: int = 0
    declared: int = 0
    scanned: int = 0

    @property
    def done(self) -> int:
        """Declared and counted together."""
        return self.declared + self.scanned

    @property
    def share(self) -> "float | None":
        """In percent of what was declared to be there; ``None`` where nothing was."""
        return share(self.done, self.total)

    def add(self, other: "Progress") -> None:
        """Add another unit's."""
        self.total += other.total
        self.declared += other.declared
        self.scanned += other.scanned


def target() -> Target:
    """The target of the site."""
    registry = getUtility(IRegistry)
    return Target(*(registry[f"{_PREFIX}{name}"] for name in ("percent", "since", "last")))


def progress(rows: Mapping[str, str], aim: Target) -> dict[str, Progress]:
    """The progress of each line until today; ``rows`` says which line a unit belongs to."""
    found: dict[str, Progress] = {}
    until = min(aim.period.until, clock.today() + timedelta(days=1))
    counted = {}
    if aim.since < until:
        among = quality_rows.Among(frozenset(rows))
        counted = quality_rows.registered(Period(aim.since, until), among)
    declared = _declared(aim)
    for unit, row in rows.items():
        total, done = declared.get(unit, (0, 0))
        line = found.setdefault(row, Progress())
        line.add(Progress(total, done, counted.get(unit, {}).get("scanned", 0)))
    return found


def declared_of(unit: str, year: int) -> tuple[int, int]:
    """What a unit declared for a year: how many there are, how many were digitised outside the system."""
    total, done = (getUtility(IRegistry)[DECLARED] or {}).get(f"{unit}:{year}", (0, 0))
    return total, done


def may_declare(unit: str) -> "bool | No":
    """Who answers for the unit or for one above it."""
    return rules.may_see(unit)


@operation
def declare(unit: str, year: int, total: int, done: int) -> None:
    """Say how many dossiers and documents a unit has to digitise, and how many it did outside the system in ``year``.

    Raises :class:`Invalid` for what is no count.
    """
    if not FIRST_YEAR <= year <= LAST_YEAR:
        raise Invalid(_("“${value}” is not a year.", mapping={"value": year}), "year")
    for field, value in (("total", total), ("done", done)):
        if not 0 <= value <= MOST:
            raise Invalid(_("Write how many there are, 0 for none."), field)
    with turn.turn():
        lookup.unit(unit)
        require(may_declare(unit))
        registry = getUtility(IRegistry)
        kept = dict(registry[DECLARED] or {})
        before = kept.get(f"{unit}:{year}")
        kept[f"{unit}:{year}"] = [total, done]
        registry[DECLARED] = kept
        diff = journal.changes({"declared": before}, {"declared": [total, done]})
        if diff:
            journal.record("declare_digitisation", unit, actor.current(), unit=unit, diff=diff, year=year)


@operation
def set_target(percent: int, since: date, last: date) -> None:
    """Set the target of the site (đặt chỉ tiêu số hoá); raises :class:`Invalid`."""
    if not 1 <= percent <= 100:
        raise Invalid(_("The target is 1 to 100 percent."), "percent")
    if last < since:
        raise Invalid(_("The last day lies before the first."), "last")
    with turn.turn():
        require(organization_rules.may_set_up())
        registry, before = getUtility(IRegistry), target()
        after = Target(percent, since, last)
        for name, value in vars(after).items():
            registry[f"{_PREFIX}{name}"] = value
        diff = journal.changes(vars(before), vars(after))
        if diff:
            journal.record("set_digitisation_target", "", actor.current(), diff=diff)


def _declared(aim: Target) -> dict[str, tuple[int, int]]:
    """By unit: the total of the newest year, and what was done in all years of the target."""
    found: dict[str, tuple[int, int]] = {}
    for key, (total, done) in sorted((getUtility(IRegistry)[DECLARED] or {}).items(), key=lambda item: item[0][-4:]):
        unit, _colon, year = key.partition(":")
        if aim.since.year <= int(year) <= aim.last.year:
            found[unit] = (total, found.get(unit, (0, 0))[1] + done)
    return found
