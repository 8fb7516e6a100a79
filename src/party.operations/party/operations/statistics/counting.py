"""The figures themselves (đếm số liệu): a few aggregates over the tallies, for the lines that :mod:`.structure` gives.

SQL groups by unit, which one index answers; to which line a unit belongs is added up here, so that no table of units takes
part in the query. People are kept as sets: who logged in in two units of one line is one person.
"""

from collections import defaultdict
from dataclasses import dataclass
from dataclasses import field
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from party.operations.confidentiality.levels import NORMAL
from party.operations.ledger import tallies as measures
from party.operations.ledger import turn
from party.operations.ledger.engine import database
from party.operations.ledger.tables import tallies
from party.operations.statistics.periods import Period
from party.operations.statistics.structure import Piece


#: measures that are added up
ADDED = (measures.INCOMING, measures.OUTGOING, measures.TRANSFER)
#: so many units are named in one query; for more the query reads all units
_MOST_NAMED = 2_000


@dataclass(frozen=True)
class Figures:
    """What was counted, at level normal."""

    #: số người đăng nhập: different people who logged in at least once
    people: int = 0
    #: lượt đăng nhập: successful credential checks that opened a session; tokens of programs open none
    logins: int = 0
    #: văn bản đến: documents that got an arrival number, also those returned or voided later
    incoming: int = 0
    #: văn bản đi: documents that got a number and went out, also those recalled later
    outgoing: int = 0
    #: lượt chuyển: routing slips sent; a passing on to three counts three, also when it was taken back
    transfers: int = 0

    def __bool__(self) -> bool:
        return any((self.logins, self.incoming, self.outgoing, self.transfers))


#: the figures in the order of the Central Office's table
FIELDS = ("people", "logins", "incoming", "outgoing", "transfers")
#: the measure that a figure counts
MEASURE_OF = {
    "people": measures.LOGIN,
    "logins": measures.LOGIN,
    "incoming": measures.INCOMING,
    "outgoing": measures.OUTGOING,
    "transfers": measures.TRANSFER,
}


@dataclass
class Count:
    """What is being counted for one line."""

    people: set[str] = field(default_factory=set)
    amounts: dict[str, int] = field(default_factory=lambda: defaultdict(int))

    def add(self, other: "Count") -> None:
        """Add what was counted for another line; a person of both is one."""
        self.people |= other.people
        for measure, amount in other.amounts.items():
            self.amounts[measure] += amount

    def figures(self) -> Figures:
        """The figures of the line."""
        return Figures(
            len(self.people),
            self.amounts[measures.LOGIN],
            self.amounts[measures.INCOMING],
            self.amounts[measures.OUTGOING],
            self.amounts[measures.TRANSFER],
        )


def counted(pieces: list[Piece]) -> dict[str, Count]:
    """What each line did in the period of the first piece; the other pieces are of units that moved in it."""
    found: dict[str, Count] = defaultdict(Count)
    for number, piece in enumerate(pieces):
        lines = {uid: found[row] for uid, row in piece.rows.items()}
        for unit, people, amount in turn.rows(_logins(piece, few=bool(number))):
            if unit in lines:
                lines[unit].people.update(people.split(","))
                lines[unit].amounts[measures.LOGIN] += amount
        for unit, measure, amount in turn.rows(_amounts(piece, few=bool(number))):
            if unit in lines:
                lines[unit].amounts[measure] += amount
    return {row: count for row, count in found.items() if count.amounts}


def during(period: Period, *of_measures: str) -> "list[sa.ColumnElement[bool]]":
    """Tallies of some measures in a period, at level normal."""
    return [
        tallies.c.measure.in_(of_measures),
        tallies.c.day >= period.since,
        tallies.c.day < period.until,
        tallies.c.level == NORMAL,
    ]


def _logins(piece: Piece, few: bool) -> "sa.Select[Any]":
    # one row for a unit, not one for each of its people: reading rows takes longer than counting them
    wanted = sa.select(tallies.c.unit, _together(tallies.c.person), sa.func.count())
    return wanted.where(*_of_piece(piece, few, measures.LOGIN)).group_by(tallies.c.unit)


def _amounts(piece: Piece, few: bool) -> "sa.Select[Any]":
    wanted = sa.select(tallies.c.unit, tallies.c.measure, sa.func.sum(tallies.c.amount))
    return wanted.where(*_of_piece(piece, few, *ADDED)).group_by(tallies.c.measure, tallies.c.unit)


def _of_piece(piece: Piece, few: bool, *of_measures: str) -> "list[sa.ColumnElement[bool]]":
    """The tallies of a piece, and perhaps of units that the reader of the rows leaves out."""
    found = during(piece.period, *of_measures)
    if few:
        # with each day named the index leads to these units, and the others are not read once more
        found.append(tallies.c.day.in_([piece.period.since + timedelta(days=day) for day in range(piece.period.days)]))
    if few or len(piece.rows) <= _MOST_NAMED:
        found.append(tallies.c.unit.in_(sorted(piece.rows)))
    return found


def _together(column: "sa.ColumnElement[str]") -> "sa.ColumnElement[str]":
    """The different values of a column with commas between them; ids have none."""
    if database().reader.dialect.name == "postgresql":
        return sa.func.string_agg(sa.distinct(column), ",")
    return sa.func.group_concat(sa.distinct(column))
