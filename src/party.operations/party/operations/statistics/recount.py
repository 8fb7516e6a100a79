"""The figures made again from the journal alone (đếm lại từ nhật ký): ``bin/party recount [--from DAY --to DAY] [--mend]``.

Each counted event says by itself what its tally must be: when, where, what, how many. The level is that of the time of the
event: later changes of it stand in the journal as well. Events of classified objects are opened where their keys are; the
others are reported as not checked, and left alone.
"""

import argparse
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from datetime import datetime
from datetime import time
from typing import Any

import sqlalchemy as sa
from zope.i18n import translate

from party.operations.confidentiality import actor
from party.operations.confidentiality import rows
from party.operations.confidentiality.levels import NORMAL
from party.operations.ledger import clock
from party.operations.ledger import journal
from party.operations.ledger import tallies as measures
from party.operations.ledger import turn
from party.operations.ledger.errors import Invalid
from party.operations.ledger.tables import events
from party.operations.ledger.tables import items
from party.operations.ledger.tables import tallies
from party.operations.statistics import periods
from party.operations.statistics.periods import Period
from party.operations.ui.dates import typed_day


#: operations that are counted, with what they count as
COUNTED = {
    "login": measures.LOGIN,
    "register_incoming": measures.INCOMING,
    "issue": measures.OUTGOING,
    "transfer": measures.TRANSFER,
}
#: operations that say from which level to which an object was brought
_RELEVELLED = ("change_level", "sender_changed_level")
#: events that are looked at in one go
BATCH = 2_000

Tally = dict[str, Any]


@dataclass(frozen=True)
class Difference:
    """A tally that is not what the journal says: either side may be missing."""

    event: int
    kept: Tally | None
    right: Tally | None

    def __str__(self) -> str:
        """One line for the terminal."""
        if self.kept is None:
            return f"missing: event {self.event}, {_brief(self.right)}"
        if self.right is None:
            return f"not in the journal: event {self.event}, {_brief(self.kept)}"
        changed = (
            f"{name} {self.kept[name]!r} instead of {right!r}"
            for name, right in self.right.items()
            if self.kept[name] != right
        )
        return f"different: event {self.event}, {_brief(self.right)}: {', '.join(changed)}"


@dataclass
class Outcome:
    """What a recount found."""

    checked: int = 0
    #: events whose keys are not here
    closed: int = 0
    differences: list[Difference] = field(default_factory=list)


def recount(period: Period | None = None) -> Outcome:
    """Compare the tallies of a period, or all, with what the journal says of its days; as the system itself."""
    found = Outcome()
    for batch in _batches(period):
        right, closed = _from_journal(batch)
        kept = _kept([each.id for each in batch])
        found.checked += len(right)
        found.closed += len(closed)
        for event, tally in right.items():
            if not _agrees(kept.get(event), tally):
                found.differences.append(Difference(event, kept.get(event), tally))
    found.differences += [Difference(each["event"], each, None) for each in _without_event(period)]
    return found


def mend(differences: list[Difference]) -> None:
    """Let the tallies be what the journal says."""
    with turn.turn():
        for start in range(0, len(differences), BATCH):
            some = differences[start : start + BATCH]
            turn.run(sa.delete(tallies).where(tallies.c.event.in_([each.event for each in some])))
            right = [each.right for each in some if each.right is not None]
            if right:
                turn.run(sa.insert(tallies), right)
        journal.record("mend_tallies", "", actor.SYSTEM, mended=len(differences))


def main(site: Any, arguments: list[str]) -> int:
    """The verb: says each difference; 1 when there are any that were not mended."""
    parser = argparse.ArgumentParser(prog="bin/party recount")
    parser.add_argument("--from", dest="since", metavar="DAY", default="", help="the first day, such as 13/06/2025")
    parser.add_argument("--to", dest="last", metavar="DAY", default="", help="the last day")
    parser.add_argument("--mend", action="store_true", help="let the figures be what the journal says")
    asked = parser.parse_args(arguments)
    try:
        since, last = typed_day(asked.since, "from"), typed_day(asked.last, "to")
        found = recount(periods.asked(since, last) if since or last else None)
    except Invalid as refused:
        print(translate(refused.message, target_language="vi"), file=sys.stderr)
        return 2
    for difference in found.differences:
        print(difference)
    print(f"{found.checked} events were counted again; {len(found.differences)} differences.")
    if found.closed:
        print(f"{found.closed} events of classified objects were not checked: their keys are not here.")
    if asked.mend and found.differences:
        mend(found.differences)
        print("The figures were mended.")
        return 0
    return 1 if found.differences else 0


def _batches(period: Period | None) -> Iterator[list[rows.Row]]:
    columns = (
        events.c.id,
        events.c.at,
        events.c.actor,
        events.c.operation,
        events.c.object,
        events.c.unit,
        events.c.details,
    )
    wanted = sa.select(*columns).where(events.c.operation.in_(COUNTED), *_on_days(period)).order_by(events.c.id)
    last = 0
    while batch := rows.rows(wanted.where(events.c.id > last).limit(BATCH)):
        last = batch[-1].id
        yield batch


def _on_days(period: Period | None) -> "list[sa.ColumnElement[bool]]":
    if period is None:
        return []
    return [events.c.at >= _midnight(period.since), events.c.at < _midnight(period.until)]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), clock.VIETNAM)


def _from_journal(batch: list[rows.Row]) -> tuple[dict[int, Tally], list[int]]:
    """By event: what its tally must be; and the events that could not be opened."""
    levels, found, closed = _levels(batch), {}, []
    classified = _classified(batch)
    for each in batch:
        level = levels[each.id]
        if level is None or rows.TAKEN_OUT in (each.actor, each.unit):
            closed.append(each.id)
            continue
        measure, details = COUNTED[each.operation], each.details
        named = level == NORMAL and each.object not in classified
        unit = details.get("from_unit", "") if measure == measures.TRANSFER and named else each.unit
        found[each.id] = {
            "event": each.id,
            "day": clock.local(each.at).date(),
            "measure": measure,
            "unit": unit,
            "person": each.actor if named else "",
            "object": each.object if named and measure != measures.LOGIN else "",
            "level": level,
            "amount": len(details.get("slips", [])) if measure == measures.TRANSFER else 1,
        }
    return found, closed


def _levels(batch: list[rows.Row]) -> dict[int, str | None]:
    """The level that the object of each event had then; ``None`` where a change of it cannot be opened."""
    uids = sorted({each.object for each in batch if each.operation != "login"})
    present = {
        each.uid: each.level for each in turn.rows(sa.select(items.c.uid, items.c.level).where(items.c.uid.in_(uids)))
    }
    changes: dict[str, list[tuple[int, str | None]]] = defaultdict(list)
    wanted = sa.select(events.c.id, events.c.object, events.c.actor, events.c.diff)
    wanted = wanted.where(events.c.object.in_(uids), events.c.operation.in_(_RELEVELLED)).order_by(events.c.id)
    for each in rows.rows(wanted):
        changes[each.object].append((each.id, None if each.actor == rows.TAKEN_OUT else each.diff["level"][0]))
    return {
        each.id: next(
            (before for change, before in changes[each.object] if change > each.id), present.get(each.object, NORMAL)
        )
        for each in batch
    }


def _classified(batch: list[rows.Row]) -> set[str]:
    """The objects of some events that are classified now, whatever they were then: their tallies name nothing."""
    wanted = sa.select(items.c.uid).where(items.c.uid.in_({each.object for each in batch}), items.c.level != NORMAL)
    return {each.uid for each in turn.rows(wanted)}


def _kept(event_ids: list[int]) -> dict[int, Tally]:
    found = turn.rows(sa.select(tallies).where(tallies.c.event.in_(event_ids)))
    return {each.event: dict(each._mapping) for each in found}


def _agrees(kept: Tally | None, right: Tally) -> bool:
    if kept is None:
        return False
    # what was classified for a time has lost its names, which are in no figure
    forgotten = right["measure"] != measures.LOGIN and kept["object"] == ""
    return kept == ({**right, "person": "", "object": "", "unit": kept["unit"]} if forgotten else right)


def _without_event(period: Period | None) -> list[Tally]:
    """Tallies of the days whose event is not in the journal, or is of another day."""
    same = sa.exists().where(events.c.id == tallies.c.event, events.c.operation.in_(COUNTED), *_on_days(period))
    wanted = sa.select(tallies).where(~same).order_by(tallies.c.event)
    if period is not None:
        wanted = wanted.where(tallies.c.day >= period.since, tallies.c.day < period.until)
    return [dict(each._mapping) for each in turn.rows(wanted)]


def _brief(tally: Tally | None) -> str:
    return f"{tally['measure']} of {tally['day']} in {tally['unit']}" if tally is not None else ""
