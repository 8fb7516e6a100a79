"""Who does what on which day (kịch bản): made of the tables by a seeded chance, so that every run has the same plan.

Each unit has its staff: a clerk, a leader, a head of office and people in rooms. All of the staff log in on the first
morning; further logins fall on the days by their weight. What a unit does is a set of stories, each told within one day by
people who have logged in: a document is registered and passed on from hand to hand, another is drafted, agreed to, signed
and issued.
"""

import math
import random
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta

from party.operations.ledger.clock import VIETNAM
from replay.facts import FIRST_DAY
from replay.facts import Row


#: Friday, the weekend, Monday to Thursday
DAY_WEIGHTS = (19, 2, 1, 21, 20, 19, 18)
#: people in a room
ROOM = 25
#: for ten people who log in there is one who never does
NEVER = 0.1
#: slips of one passing on, at most and on average
MOST_SLIPS, USUAL_SLIPS = 20, 5
#: slips that one document gets, at most; more of them go to documents of the days before
SLIPS_OF_DOCUMENT = 40

#: what the first people of a unit are; all others sit in rooms
STAFF = ("clerk", "leader", "office_head")
#: so many people of a unit log in on the first morning: its staff, and others who draft
EARLY = 8

_OPENING, _MORNING, _EVENING = time(7), time(7, 30), time(17)


@dataclass(frozen=True)
class Person:
    """Somebody with an account; ``room`` is the number of the room, 0 for the unit itself."""

    login: str
    unit: str
    room: int
    function: str


@dataclass(frozen=True)
class Step:
    """One request: ``person`` does ``verb``; ``to`` are logins of people who get a slip or are asked to agree."""

    identifier: str
    verb: str
    person: str
    to: tuple[str, ...] = ()


@dataclass(frozen=True)
class Story:
    """What happens one after the other, beginning at ``at``. A login is a story of one step."""

    at: datetime
    unit: str
    steps: tuple[Step, ...]
    #: number and symbol of the document of the days before that it is about, "" for a new one
    carried: str = ""


@dataclass
class UnitPlan:
    """All of one unit. ``carried`` are numbers and symbols of what it has in hand when the week begins."""

    row: Row
    people: list[Person] = field(default_factory=list)
    carried: list[str] = field(default_factory=list)
    stories: list[Story] = field(default_factory=list)


def plan(rows: list[Row]) -> list[UnitPlan]:
    """The plan of every unit."""
    return [_Unit(row).plan for row in rows]


def by_day(plans: list[UnitPlan]) -> dict[date, list[Story]]:
    """The stories of each day in the order in which they begin."""
    days: dict[date, list[Story]] = {FIRST_DAY + timedelta(days=each): [] for each in range(len(DAY_WEIGHTS))}
    for each in plans:
        for story in each.stories:
            days[story.at.date()].append(story)
    return {day: sorted(stories, key=lambda story: story.at) for day, stories in days.items()}


class _Unit:
    """Makes the plan of one unit."""

    def __init__(self, row: Row) -> None:
        self.row, self.plan = row, UnitPlan(row)
        self.random = random.Random(f"{row.code} {row.figures}")
        self.plan.people = list(self._people())
        #: people who log in, staff first
        self.active = [each.login for each in self.plan.people[: row.people]]
        self.staff = self.active[: len(STAFF)]
        self._log_in()
        self._pass_on(self._register())
        for number in range(row.outgoing):
            self._issue(number)

    def _people(self) -> Iterator[Person]:
        count = self.row.people + math.ceil(self.row.people * NEVER) + 2
        for number in range(count):
            login = f"{self.row.code.lower()}.{number + 1:04}"
            if number < len(STAFF):
                yield Person(login, self.row.code, 0, STAFF[number])
            else:
                room, seat = divmod(number - len(STAFF), ROOM)
                yield Person(login, self.row.code, room + 1, "officer" if seat else "room_head")

    def _log_in(self) -> None:
        for number, login in enumerate(self.active):
            at = _at(0, _OPENING, _MORNING, self.random) if number < EARLY else self._moment()
            self._add(at, [Step("", "login", login)])
        weights = [20 if each in self.staff else self.random.lognormvariate(0, 1) for each in self.active]
        for login in self.random.choices(self.active, weights, k=self.row.logins - self.row.people) if weights else ():
            self._add(self._moment(), [Step("", "login", login)])

    def _register(self) -> list[Story]:
        """Beginnings of the stories of what arrives and of what was there already."""
        carried = max(0, math.ceil(self.row.slips / SLIPS_OF_DOCUMENT) - self.row.incoming)
        self.plan.carried = [f"{number + 1}-BC/{self.row.code}" for number in range(carried)]
        begun = [Story(self._moment(), self.row.code, (), name) for name in self.plan.carried]
        for number in range(self.row.incoming):
            step = Step(f"{self.row.code}-in-{number}", "register", self.staff[0])
            begun.append(Story(self._moment(), self.row.code, (step,)))
        return begun

    def _pass_on(self, documents: list[Story]) -> None:
        """Slips for the documents in turn: by the clerk, then the leader, then the head of office."""
        steps: list[list[Step]] = [list(each.steps) for each in documents]
        others = [each.login for each in self.plan.people]
        for number, size in enumerate(self._sizes(len(others) - 1)):
            place, turn = number % len(documents), number // len(documents)
            sender = self.staff[turn % len(self.staff)]
            to = self.random.sample([each for each in others if each != sender], size)
            steps[place].append(Step(f"{self.row.code}-slips-{number}", "transfer", sender, tuple(to)))
        for story, told in zip(documents, steps, strict=True):
            self._add(story.at, told, story.carried)

    def _sizes(self, most: int) -> list[int]:
        """How many slips each passing on has; together as many as the table says."""
        most, left, sizes = min(most, MOST_SLIPS), self.row.slips, []
        while left:
            size = min(left, most, 1 + int(self.random.expovariate(1 / (USUAL_SLIPS - 0.5))))
            sizes.append(size)
            left -= size
        return sizes

    def _issue(self, number: int) -> None:
        clerk, leader, *_others = self.staff
        drafter = self.random.choice(self.active[2:EARLY])
        name = f"{self.row.code}-out-{number}"
        self._add(
            self._moment(),
            [
                Step(f"{name}-draft", "draft", drafter),
                Step(f"{name}-submit", "submit", drafter, (leader,)),
                Step(f"{name}-approve", "approve", leader),
                Step(f"{name}-sign", "sign", leader, (leader,)),
                Step(f"{name}-issue", "issue", clerk),
            ],
        )

    def _add(self, at: datetime, steps: list[Step], carried: str = "") -> None:
        if steps:
            self.plan.stories.append(Story(at, self.row.code, tuple(steps), carried))

    def _moment(self) -> datetime:
        (day,) = self.random.choices(range(len(DAY_WEIGHTS)), DAY_WEIGHTS)
        return _at(day, _MORNING, _EVENING, self.random)


def _at(day: int, first: time, last: time, chance: random.Random) -> datetime:
    start = datetime.combine(FIRST_DAY + timedelta(days=day), first, VIETNAM)
    span = datetime.combine(start.date(), last, VIETNAM) - start
    return start + span * chance.random()
