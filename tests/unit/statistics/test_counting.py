"""The figures against a count by hand, day by day, over random histories of units that move and are taken over."""

from datetime import date
from datetime import datetime
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
import transaction
from hypothesis import given
from hypothesis import HealthCheck
from hypothesis import settings
from hypothesis import strategies as some

from party.operations.ledger import clock
from party.operations.ledger import ids
from party.operations.ledger import turn
from party.operations.ledger.tables import events
from party.operations.ledger.tables import metadata
from party.operations.ledger.tables import tallies
from party.operations.organization.tables import successions
from party.operations.organization.tables import units
from party.operations.statistics import structure
from party.operations.statistics.counting import counted
from party.operations.statistics.counting import Figures
from party.operations.statistics.periods import Period


FIRST = date(2026, 11, 1)
#: today of the tests is the 24th
DAYS = some.integers(0, 22)
UIDS = "abcdefgh"
NOBODY = "-"

MEASURES = ("login", "incoming", "outgoing", "transfer")


@some.composite
def histories(draw: Any) -> dict[str, Any]:
    """Parents, moves, successions and tallies."""
    parents = {uid: draw(some.sampled_from(["", *UIDS[:at]])) for at, uid in enumerate(UIDS)}
    # each move keeps the order of the letters, so that none makes a circle
    moves = []
    for day in sorted(draw(some.lists(DAYS, max_size=4))):
        at = draw(some.integers(1, len(UIDS) - 1))
        moves.append((day, UIDS[at], draw(some.sampled_from(["", *UIDS[:at]]))))
    taken = draw(some.lists(some.tuples(some.sampled_from(UIDS), some.sampled_from(UIDS), DAYS), max_size=3))
    tally = some.tuples(
        some.sampled_from(MEASURES),
        some.sampled_from(UIDS),
        DAYS,
        some.sampled_from("xyz"),
        some.integers(1, 3),
        some.sampled_from(["normal", "normal", "secret"]),
    )
    return {
        "parents": parents,
        "moves": moves,
        "taken": [each for each in taken if each[0] != each[1]],
        "tallies": draw(some.lists(tally, max_size=25)),
    }


def write(history: dict[str, Any]) -> None:
    """The history as the operations leave it in the ledger."""
    parents = dict(history["parents"])
    with turn.turn():
        for day, uid, parent in history["moves"]:
            at = datetime.combine(FIRST + timedelta(days=day), datetime.min.time(), clock.VIETNAM) + timedelta(hours=9)
            values = {"id": ids.new(), "at": at, "actor": "x", "operation": "move_unit", "object": uid}
            turn.run(sa.insert(events).values({**values, "diff": {"parent": [parents[uid], parent]}, "details": {}}))
            parents[uid] = parent
        for number, uid in enumerate(UIDS):
            line = "/" + "/".join(upward(uid, parents)[::-1]) + "/"
            values = {"uid": uid, "parent": parents[uid], "organ": uid, "kind": "board", "title": uid, "short_name": ""}
            more = {"folded": uid, "position": number, "tree_order": line, "lineage": line, "path": line}
            turn.run(sa.insert(units).values({**values, **more, "clerk_level_only": False}))
        for predecessor, successor, day in history["taken"]:
            values = {"predecessor": predecessor, "successor": successor, "from_day": FIRST + timedelta(days=day)}
            turn.run(sa.insert(successions).values(values))
        for measure, unit, day, person, amount, level in history["tallies"]:
            values = {"event": ids.new(), "day": FIRST + timedelta(days=day), "measure": measure, "unit": unit}
            amount = 1 if measure != "transfer" else amount
            more = {"person": person, "object": "", "level": level, "amount": amount}
            turn.run(sa.insert(tallies).values({**values, **more}))


def upward(uid: str, parents: dict[str, str]) -> list[str]:
    """The unit and all above it."""
    line = []
    while uid:
        line.append(uid)
        uid = parents[uid]
    return line


def line_on(uid: str, day: int, history: dict[str, Any]) -> list[str]:
    """Where a unit stood on a day: its moves played from the beginning."""
    parents = dict(history["parents"])
    for when, moved, parent in history["moves"]:
        if when <= day:
            parents[moved] = parent
    return upward(uid, parents)


def line_today(uid: str, history: dict[str, Any]) -> list[str]:
    """Where a unit stands today, by who took over: the nearest one above that was taken over leads on."""
    parents = dict(history["parents"])
    for _day, moved, parent in history["moves"]:
        parents[moved] = parent
    first: dict[str, str] = {}
    for predecessor, successor, _day in sorted(history["taken"], key=lambda each: each[2]):
        first.setdefault(predecessor, successor)
    been = {uid}
    while True:
        line = upward(uid, parents)
        gone = [each for each in line if each in first]
        if not gone or first[gone[0]] in been:
            return line
        uid = first[gone[0]]
        been.add(uid)


def by_hand(history: dict[str, Any], since: int, until: int, how: str, chosen: str, below: int) -> dict[str, Figures]:
    """Each tally put into its line, one by one."""
    people: dict[str, set[str]] = {}
    amounts: dict[str, dict[str, int]] = {}
    for measure, unit, day, person, amount, level in history["tallies"]:
        if level != "normal" or not since <= day < until:
            continue
        line = (line_on(unit, day, history) if how == structure.THEN else line_today(unit, history))[::-1]
        if chosen and chosen not in line:
            continue
        start = line.index(chosen) if chosen else -1
        row = line[min(start + below, len(line) - 1)]
        if measure == "login":
            people.setdefault(row, set()).add(person)
        counts = amounts.setdefault(row, dict.fromkeys(MEASURES, 0))
        counts[measure] += amount if measure == "transfer" else 1
    return {
        row: Figures(len(people.get(row, ())), *(counts[each] for each in MEASURES)) for row, counts in amounts.items()
    }


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    history=histories(),
    days=some.tuples(DAYS, DAYS),
    how=some.sampled_from([structure.THEN, structure.TODAY]),
    chosen=some.sampled_from(["", *UIDS]),
    below=some.sampled_from([1, 2]),
)
def test_the_figures_are_those_counted_by_hand(ledger, time, history, days, how, chosen, below):
    transaction.abort()
    with ledger.writer.begin() as connection:
        for table in reversed(metadata.sorted_tables):
            connection.execute(sa.delete(table))
    # of two successions of one day the first written counts
    history["taken"].sort(key=lambda each: each[2])
    write(history)
    since, until = min(days), max(days) + 1
    period = Period(FIRST + timedelta(days=since), FIRST + timedelta(days=until))
    found = counted(structure.pieces(structure.Units(), period, how, chosen, below))
    shown = {row: count.figures() for row, count in found.items() if count.figures()}
    assert shown == by_hand(history, since, until, how, chosen, below)
