"""What is said of classified work in a report (số liệu mật): counts that say nothing of a single case.

Told to who may read classified documents in a process that can open them, and at no other time. Counts below :data:`LEAST`
are not given, zero among them, and neither is what would give one away:

- in a table whose total is given, further lines are left out until what is left out could be divided in many ways;
- one fixed grid of cells (unit × calendar month, months that are over, the structure at the end of each month) is decided
  upon for the whole site, whoever asks. A longer period adds up what the grid gives, so that no two reports, of whatever
  units and periods, can be subtracted from one another and leave a cell that the grid does not give.
"""

from collections import defaultdict
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import sqlalchemy as sa

from party.operations.confidentiality import actor
from party.operations.confidentiality import gate
from party.operations.confidentiality import principals
from party.operations.confidentiality.levels import CLASSIFIED
from party.operations.ledger import clock
from party.operations.ledger import turn
from party.operations.ledger.tables import tallies
from party.operations.statistics.counting import ADDED
from party.operations.statistics.periods import months_of
from party.operations.statistics.periods import Period
from party.operations.statistics.structure import THEN
from party.operations.statistics.structure import Tree
from party.operations.statistics.structure import Units
from party.operations.statistics.structure import WHOLE


#: the smallest count that is given
LEAST = 5
SMALL, WITHHELD = f"<{LEAST}", "…"

#: a unit with all below it, or (True) by itself
Place = tuple[str, bool]


@dataclass(frozen=True)
class Cell:
    """What is said: ``given`` cases, and whether there may be more; ``small`` where all that is known is that it is few."""

    given: int = 0
    more: bool = False
    small: bool = False

    def __str__(self) -> str:
        """``12``, ``<5``, ``…`` for what is not said, ``≥12`` where a part of it is not said."""
        if not self.more:
            return str(self.given)
        if self.given:
            return f"≥{self.given}"
        return SMALL if self.small else WITHHELD


def levels_told() -> tuple[str, ...]:
    """The levels whose counts the acting person is told: all classified ones, if he may read them all in this process.

    A count of some levels beside one of all would tell the difference, which no grid has looked at.
    """
    return CLASSIFIED if set(CLASSIFIED) <= set(principals.levels_of(actor.current())) else ()


def are_told(period: Period, structure: str) -> bool:
    """Are there cells for the period: whole months that are over, by the structure of then?"""
    return structure == THEN and period.months() > 0 and period.until <= clock.today().replace(day=1)


def cells(units: Units, period: Period, structure: str) -> "Cells | None":
    """The cells of a period; ``None`` for who is not told, and for periods that have none."""
    told = levels_told()
    if not told or not are_told(period, structure):
        return None
    gate.keep_from_caches()
    return Cells([_month(units, month, told) for month in months_of(period)])


def added(found: "Iterable[Mapping[str, Cell] | None]") -> dict[str, Cell]:
    """The sum of what is said of several lines."""
    lines = [each for each in found if each is not None]
    return {measure: _sum([each[measure] for each in lines]) for measure in ADDED}


class Cells:
    """What the grid gives for the months of a period."""

    def __init__(self, months: "list[dict[str, dict[Place, Cell]]]") -> None:
        self.months = months

    def of(self, unit: str) -> dict[str, Cell]:
        """By measure: a unit with all below it; "" is the site as a whole."""
        return self._at((unit, False))

    def own(self, unit: str) -> dict[str, Cell]:
        """By measure: a unit by itself."""
        return self._at((unit, True))

    def _at(self, place: Place) -> dict[str, Cell]:
        return {measure: _sum([month[measure][place] for month in self.months]) for measure in ADDED}


def _sum(parts: list[Cell]) -> Cell:
    if len(parts) == 1:
        return parts[0]
    return Cell(sum(each.given for each in parts), any(each.more for each in parts))


def _month(units: Units, month: Period, told: tuple[str, ...]) -> dict[str, dict[Place, Cell]]:
    counts: dict[str, dict[str, int]] = {measure: defaultdict(int) for measure in ADDED}
    for each in turn.rows(_query(month, told)):
        counts[each.measure][each.unit] = each.amount
    tree = units.tree_on(month.last)
    return {measure: grid(tree, counts[measure]) for measure in ADDED}


def _query(month: Period, told: tuple[str, ...]) -> "sa.Select[Any]":
    amount = sa.func.sum(tallies.c.amount).label("amount")
    return (
        sa.select(tallies.c.measure, tallies.c.unit, amount)
        .where(
            tallies.c.measure.in_(ADDED),
            tallies.c.day >= month.since,
            tallies.c.day < month.until,
            tallies.c.level.in_(told),
        )
        .group_by(tallies.c.measure, tallies.c.unit)
    )


def grid(tree: Tree, counts: Mapping[str, int]) -> dict[Place, Cell]:
    """The cells of one measure in one month, from the top down; ``counts`` are those of each unit by itself."""
    sums: dict[str, int] = defaultdict(int)
    below: dict[str, list[str]] = defaultdict(list)
    for uid in tree.units.rows:
        below[tree.parents[uid]].append(uid)
        for above in (WHOLE, *tree.line(uid)):
            sums[above] += counts.get(uid, 0)
    found: dict[Place, Cell] = {(WHOLE, False): _cell(sums[WHOLE])}
    waiting = [WHOLE]
    while waiting:
        unit = waiting.pop()
        parts: dict[Place, int] = {(each, False): sums[each] for each in below[unit]}
        if unit != WHOLE:
            parts[unit, True] = counts.get(unit, 0)
        found.update(_table(found[unit, False], parts))
        waiting.extend(below[unit])
    return found


def _table(total: Cell, parts: Mapping[Place, int]) -> dict[Place, Cell]:
    """The cells of one table under its total."""
    if total.more:
        # what the total leaves out its parts do not tell; of a small total they are all small
        return dict.fromkeys(parts, total)
    small = {place for place, count in parts.items() if count < LEAST}
    if not small:
        return {place: Cell(count) for place, count in parts.items()}
    withheld: set[Place] = set()
    room = sum(parts[place] for place in small)
    for place in sorted(parts.keys() - small, key=lambda place: (parts[place], place)):
        # each small one may be anything from 0 to 4 as far as anybody can tell
        if withheld and room >= LEAST - 1:
            break
        withheld.add(place)
        room += parts[place] - LEAST
    enough = bool(withheld) and room >= LEAST - 1
    hidden = {place: Cell(more=True, small=enough and place in small) for place in small | withheld}
    return {place: hidden.get(place) or Cell(count) for place, count in parts.items()}


def _cell(count: int) -> Cell:
    return Cell(count) if count >= LEAST else Cell(more=True, small=True)
