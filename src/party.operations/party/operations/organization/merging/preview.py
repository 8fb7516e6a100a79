"""What a plan will do (xem trước): what is made, closed and moved, and who gains what by what."""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import sqlalchemy as sa

from party.operations.confidentiality.levels import NORMAL
from party.operations.ledger import turn
from party.operations.ledger.tables import items
from party.operations.organization.merging.plan import in_portions
from party.operations.organization.merging.plan import Plan
from party.operations.organization.tables import people
from party.operations.organization.tables import posts
from party.operations.organization.vocabularies import FUNCTIONS


@dataclass(frozen=True)
class Gain:
    """What the holders of one function in one successor may do from the day on, each beside what he may do now."""

    unit: str
    function: str
    #: ``succession`` for who serves there already, ``post`` for who comes there
    by: str
    people: tuple[str, ...]
    #: names of the units for which they act and whose documents they see in this function
    of: tuple[str, ...]


class Preview:
    """A plan that is not started yet, in names and numbers."""

    def __init__(self, plan: Plan) -> None:
        self.plan = plan

    def counts(self) -> dict[str, int]:
        """What is made, closed, moved; ``documents`` are the open ones that stay where they are."""
        moving = self.plan.movements
        return {
            "made": len(self.plan.new_units),
            "closed": len(self.plan.closing),
            "moved": len(self.moved()),
            "codes": len(self.plan.codes),
            "people": len({each.person for each in moving}),
            "posts": len(moving),
            "logins": sum(bool(each.login) for each in moving),
            "documents": self._documents(),
        }

    def successors(self) -> list[tuple[str, bool, list[str]]]:
        """Each unit that takes over: its name, if it is made, and the names of the units that close into it."""
        return [
            (
                self.plan.title_of(reference),
                reference in self.plan.new_units,
                [self.plan.title_of(each) for each in old],
            )
            for reference, old in self._into.items()
        ]

    def moved(self) -> list[tuple[str, str, str]]:
        """Each unit that goes to another superior: its name, from where, to where."""
        return [
            (self.plan.title_of(each), self.plan.title_of(line.old), self.plan.title_of(line.successor))
            for line in self.plan.effective
            for each in self.plan.moved_by(line)
        ]

    def gains(self) -> list[Gain]:
        """Who gains what by what, in the order of successors and functions; the people by given name."""
        found: dict[tuple[str, str, str], set[str]] = {}
        for each in self._staying():
            found.setdefault((each.unit, each.function, "succession"), set()).add(each.person)
        for each in self.plan.movements:
            found.setdefault((each.unit, each.function, "post"), set()).add(each.person)
        names = self._names({person for persons in found.values() for person in persons})
        order, functions = list(self._into), list(FUNCTIONS)
        rank = {reference: at for at, reference in enumerate(order)}
        return [
            Gain(
                self.plan.title_of(unit),
                function,
                by,
                tuple(name for person, name in names.items() if person in persons),
                tuple(map(self.plan.title_of, [*([unit] if by == "post" else []), *self._into.get(unit, ())])),
            )
            for (unit, function, by), persons in sorted(
                found.items(),
                key=lambda each: (rank.get(each[0][0], len(order)), functions.index(each[0][1]), each[0][2]),
            )
        ]

    @cached_property
    def _into(self) -> dict[str, list[str]]:
        found: dict[str, list[str]] = {}
        for each in self.plan.closing.values():
            found.setdefault(each.successor, []).append(each.unit)
        return found

    def _staying(self) -> "list[sa.Row[tuple[str, str, str]]]":
        """Posts in successors that are held on the day already."""
        day = self.plan.row.on_day
        held = (posts.c.from_day <= day, sa.or_(posts.c.until_day.is_(None), posts.c.until_day > day))
        wanted = sa.select(posts.c.unit, posts.c.function, posts.c.person)
        return [
            each
            for some in in_portions(list(self._into))
            for each in turn.rows(wanted.where(posts.c.unit.in_(some), *held))
        ]

    def _names(self, persons: Iterable[str]) -> dict[str, str]:
        wanted = sa.select(people.c.id, people.c.full_name, people.c.sort_key)
        rows = [
            each for some in in_portions(sorted(persons)) for each in turn.rows(wanted.where(people.c.id.in_(some)))
        ]
        return {each.id: each.full_name for each in sorted(rows, key=lambda each: each.sort_key)}

    def _documents(self) -> int:
        # a plan is seen by people who may not know whether there is anything classified
        wanted = sa.select(sa.func.count()).select_from(items).where(items.c.level == NORMAL)
        return sum(
            turn.scalar(wanted.where(items.c.unit.in_(some))) or 0 for some in in_portions(list(self.plan.closing))
        )
