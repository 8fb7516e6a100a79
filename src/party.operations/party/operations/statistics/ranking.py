"""Units in the order of a figure (xếp hạng), now and in the period before."""

from collections.abc import Mapping
from dataclasses import dataclass

from party.operations.text.collation import sort_key


@dataclass(frozen=True)
class Place:
    """Where a unit stands. Equal values have one rank; without a value there is none."""

    unit: str
    value: "float | None"
    before: "float | None"
    rank: "int | None"
    rank_before: "int | None"

    @property
    def change(self) -> "float | None":
        """By how much the value grew, in its own unit."""
        return None if self.value is None or self.before is None else self.value - self.before

    @property
    def climbed(self) -> "int | None":
        """How many ranks it went up; negative for down."""
        return None if self.rank is None or self.rank_before is None else self.rank_before - self.rank


def ranked(
    now: "Mapping[str, float | None]", before: "Mapping[str, float | None]", titles: Mapping[str, str]
) -> list[Place]:
    """The units of ``now`` from the highest value down; equal ones by their Vietnamese names, those without a value last."""
    ranks, ranks_before = _ranks(now), _ranks({unit: before.get(unit) for unit in now})
    places = [
        Place(unit, value, before.get(unit), ranks.get(unit), ranks_before.get(unit)) for unit, value in now.items()
    ]
    return sorted(places, key=lambda each: (each.rank or len(places) + 1, sort_key(titles[each.unit])))


def _ranks(values: "Mapping[str, float | None]") -> dict[str, int]:
    known = sorted((value for value in values.values() if value is not None), reverse=True)
    return {unit: known.index(value) + 1 for unit, value in values.items() if value is not None}
