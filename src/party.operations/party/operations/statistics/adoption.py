"""Who uses the system of those who should (mức độ sử dụng): the share of active among entitled people, and its band.

*Entitled* (người được cấp tài khoản): whoever held a post in a unit of the line on some day of the period, with an account
that is active; also one closed since, if its owner logged in in the period. *Active* (người dùng thường xuyên): entitled
and logged in at least once in the period, through whichever unit. A person with posts in two lines counts in both, and once
in the total.
"""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field

import sqlalchemy as sa

from party.operations.ledger import tallies as measures
from party.operations.ledger import turn
from party.operations.ledger.tables import tallies
from party.operations.organization.tables import people
from party.operations.organization.tables import posts
from party.operations.statistics.counting import during
from party.operations.statistics.periods import Period
from party.operations.statistics.quality import share
from party.operations.statistics.quality_rows import Among
from party.operations.statistics.structure import Piece


@dataclass
class Use:
    """The people of one line."""

    entitled: set[str] = field(default_factory=set)
    active: set[str] = field(default_factory=set)

    @property
    def share(self) -> "float | None":
        """Tỷ lệ người dùng thường xuyên, in percent; ``None`` for a line without people."""
        return share(len(self.active), len(self.entitled))


def used(pieces: "list[Piece]", period: Period) -> dict[str, Use]:
    """The people of each line of ``pieces``, which are those of ``period``."""
    logged_in = _logged_in(period)
    found: dict[str, Use] = defaultdict(Use)
    for piece in pieces:
        for unit, person in _entitled(piece.period, Among(frozenset(piece.rows)), period):
            if unit in piece.rows:
                line = found[piece.rows[unit]]
                line.entitled.add(person)
                if person in logged_in:
                    line.active.add(person)
    return found


def total(lines: Iterable[Use]) -> Use:
    """All people of several lines, each once."""
    found = Use()
    for each in lines:
        found.entitled |= each.entitled
        found.active |= each.active
    return found


def _logged_in(period: Period) -> set[str]:
    wanted = sa.select(tallies.c.person).where(*during(period, measures.LOGIN)).distinct()
    return {each.person for each in turn.rows(wanted)}


def _entitled(days: Period, among: Among, period: Period) -> "list[tuple[str, str]]":
    logged_in = sa.select(tallies.c.person).where(*during(period, measures.LOGIN))
    found = turn.rows(
        sa.select(posts.c.unit, posts.c.person)
        .join(people, people.c.id == posts.c.person)
        .where(
            *among(posts.c.unit),
            posts.c.from_day < days.until,
            sa.or_(posts.c.until_day.is_(None), posts.c.until_day > days.since),
            sa.or_(people.c.active.is_(True), people.c.id.in_(logged_in)),
        )
        .distinct()
    )
    return [(each.unit, each.person) for each in found]
