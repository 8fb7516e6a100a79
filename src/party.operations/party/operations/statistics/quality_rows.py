"""From which rows the figures of :mod:`.quality` come; each function says what it counts.

All of them ask for what a few units did on some days. The day of an issue and of a registration is that of its tally; an
event belongs to the day in Vietnam of its instant.
"""

from collections.abc import Iterator
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from party.operations.confidentiality.levels import NORMAL
from party.operations.documents.tables import deliveries
from party.operations.documents.tables import incoming
from party.operations.ledger import clock
from party.operations.ledger import tallies as measures
from party.operations.ledger import turn
from party.operations.ledger.tables import events
from party.operations.ledger.tables import items
from party.operations.ledger.tables import tallies
from party.operations.statistics.counting import during
from party.operations.statistics.periods import Period


#: what ends a document that was open: done, answered, its last part done, filed without anything to do, sent back
ENDINGS = ("finish_incoming", "answered", "complete_slip", "file_incoming", "return_incoming")
#: what takes an end back
BEGINNINGS = ("reopen_incoming", "undo")
#: states of a document that is open
_OPEN = ("registered", "in_progress")
#: so many units are named in one query; for more the query reads all units
_MOST_NAMED = 2_000

Counts = dict[str, dict[str, int]]


class Among:
    """The units a query is about."""

    def __init__(self, units: frozenset[str]) -> None:
        self.units = units

    def __call__(self, column: Any, *also: str) -> "list[sa.ColumnElement[bool]]":
        """The condition on a column that holds a unit, or one of ``also``."""
        return [column.in_(sorted(self.units.union(also)))] if len(self.units) <= _MOST_NAMED else []


def outgoing(period: Period, among: Among) -> Counts:
    """Issued documents: tallies of ``issue`` joined with their delivery rows and with what the event says.

    ``electronic``: a delivery is, after all that became of it, of the channel ``electronic`` or ``both``. ``signed``:
    the event's ``signed``, which is missing where nobody looked at the files.
    """
    electronic = sa.exists().where(
        deliveries.c.document == tallies.c.object, deliveries.c.channel.in_(("electronic", "both"))
    )
    signed = events.c.details["signed"].as_boolean()
    return _counts(
        sa.select(
            tallies.c.unit,
            sa.func.count().label("issued"),
            _sum(electronic).label("electronic"),
            _sum(signed).label("signed"),
            _sum(signed.isnot(None)).label("signature_known"),
        )
        .join(items, items.c.uid == tallies.c.object)
        .join(events, events.c.id == tallies.c.event)
        .where(*during(period, measures.OUTGOING), items.c.level == NORMAL, *among(tallies.c.unit))
        .group_by(tallies.c.unit)
    )


def sendings(period: Period, among: Among) -> Counts:
    """Delivery rows of the documents issued in the period, to units of the system.

    ``with_paper``: the channel is ``both``. ``after_fault``: the sender put it on paper after the electronic sending was
    refused or not received: the channel is ``paper`` and somebody decided so.
    """
    after_fault = sa.and_(deliveries.c.channel == "paper", deliveries.c.decided_at.isnot(None))
    return _counts(
        sa.select(
            tallies.c.unit,
            sa.func.count().label("sent"),
            _sum(deliveries.c.channel == "both").label("with_paper"),
            _sum(after_fault).label("after_fault"),
        )
        .join(items, items.c.uid == tallies.c.object)
        .join(deliveries, deliveries.c.document == tallies.c.object)
        .where(
            *during(period, measures.OUTGOING),
            items.c.level == NORMAL,
            deliveries.c.recipient != "",
            *among(tallies.c.unit),
        )
        .group_by(tallies.c.unit)
    )


def registered(period: Period, among: Among) -> Counts:
    """Registered documents: tallies of ``register_incoming`` joined with the row of the register.

    ``digitised``: it came inside the system, or its ``receive_incoming`` event names files. ``scanned``: the latter, as it
    came on paper or from elsewhere. ``repeated``: the unit had a document of the same issuer, number and symbol, and date
    already, which was not refused.
    """
    files = sa.exists().where(
        events.c.object == tallies.c.object,
        events.c.operation == "receive_incoming",
        events.c.details["files"].as_string().isnot(None),
    )
    earlier, earlier_item = incoming.alias(), items.alias()
    repeated = (
        sa.exists()
        .where(
            earlier.c.number_key == incoming.c.number_key,
            earlier.c.number_key != "",
            earlier.c.document_date == incoming.c.document_date,
            earlier.c.unit == incoming.c.unit,
            earlier.c.issuer_key == incoming.c.issuer_key,
            earlier.c.uid == earlier_item.c.uid,
            earlier_item.c.id < items.c.id,
            earlier_item.c.state != "refused",
            earlier_item.c.level == NORMAL,
        )
        .correlate(incoming, items)
    )
    return _counts(
        sa.select(
            tallies.c.unit,
            sa.func.count().label("registered"),
            _sum(sa.or_(incoming.c.source == "internal", files)).label("digitised"),
            _sum(sa.and_(incoming.c.source != "internal", files)).label("scanned"),
            _sum(repeated).label("repeated"),
        )
        .join(items, items.c.uid == tallies.c.object)
        .join(incoming, incoming.c.uid == tallies.c.object)
        .where(*during(period, measures.INCOMING), items.c.level == NORMAL, *among(tallies.c.unit))
        .group_by(tallies.c.unit)
    )


def attached(period: Period, among: Among) -> Counts:
    """``accept_delivery`` events on documents that were there before: typed by the clerk, or received before."""
    before = events.alias()
    again = sa.exists().where(
        before.c.object == events.c.object, before.c.operation == "accept_delivery", before.c.id < events.c.id
    )
    return _counts(
        sa.select(events.c.unit, sa.func.count().label("attached"))
        .join(items, items.c.uid == events.c.object)
        .join(incoming, incoming.c.uid == events.c.object)
        .where(
            *among(events.c.unit),
            *_within(events.c.at, period),
            events.c.operation == "accept_delivery",
            items.c.level == NORMAL,
            sa.or_(incoming.c.source != "internal", again),
        )
        .group_by(events.c.unit)
    )


def deadlines(period: Period, among: Among) -> "Iterator[tuple[str, bool]]":
    """Registered documents whose deadline fell on the days and is over: (unit, dealt with by then?).

    What happened after the period, or later than now, is not looked at.
    """
    last = min(period.until, clock.today())
    ended = _ended(midnight(period.until)).where(events.c.object == incoming.c.uid).correlate(incoming)
    ended_at = ended.with_only_columns(sa.func.max(events.c.at)).scalar_subquery()
    found = turn.rows(
        sa.select(incoming.c.unit, incoming.c.deadline, ended_at.label("ended_at"))
        .join(items, items.c.uid == incoming.c.uid)
        .where(
            *among(incoming.c.unit),
            incoming.c.deadline >= period.since,
            incoming.c.deadline < last,
            incoming.c.arrival_number.isnot(None),
            items.c.level == NORMAL,
        )
    )
    for each in found:
        yield each.unit, each.ended_at is not None and clock.local(each.ended_at).date() <= each.deadline


def first_actions(period: Period, among: Among) -> "Iterator[tuple[str, float]]":
    """Incoming documents whose first passing on is on these days, by the tallies of ``transfer``: (unit, hours)."""
    earlier = tallies.alias()
    passed_before = sa.exists().where(
        earlier.c.object == tallies.c.object,
        # written so that SQLite looks the few of one document up, and not all of the days before
        earlier.c.measure.concat("") == measures.TRANSFER,
        sa.func.coalesce(earlier.c.day, period.since) < period.since,
    )
    first = (
        sa.select(tallies.c.object, sa.func.min(events.c.at).label("at"))
        .join(events, events.c.id == tallies.c.event)
        .where(*during(period, measures.TRANSFER), ~passed_before)
        .group_by(tallies.c.object)
        .subquery()
    )
    wanted = sa.select(incoming.c.unit, _arrived(), first.c.at).join(first, first.c.object == incoming.c.uid)
    return _durations(wanted, among)


def endings(period: Period, among: Among) -> "Iterator[tuple[str, float]]":
    """Documents dealt with on these days and not taken up again in them: (unit, hours). One sent back has no end."""
    ended = (
        _ended(midnight(period.until))
        # the end that comes with the last slip is written without a unit
        .where(
            *among(events.c.unit, ""),
            events.c.at >= midnight(period.since),
            events.c.operation != "return_incoming",
        )
        .subquery()
    )
    wanted = sa.select(incoming.c.unit, _arrived(), ended.c.at).join(ended, ended.c.object == incoming.c.uid)
    return _durations(wanted, among)


def flows(period: Period, among: Among) -> "Iterator[tuple[str, str, int]]":
    """Deliveries inside the system of the documents issued in the period: (sender, receiver, how many)."""
    found = turn.rows(
        sa.select(tallies.c.unit, deliveries.c.recipient, sa.func.count().label("count"))
        .join(items, items.c.uid == tallies.c.object)
        .join(deliveries, deliveries.c.document == tallies.c.object)
        .where(
            *during(period, measures.OUTGOING),
            items.c.level == NORMAL,
            deliveries.c.recipient != "",
            *among(tallies.c.unit),
        )
        .group_by(tallies.c.unit, deliveries.c.recipient)
    )
    for each in found:
        yield each.unit, each.recipient, each[2]


def midnight(day: date) -> datetime:
    """The instant at which a day begins in Vietnam."""
    return datetime.combine(day, time(), clock.VIETNAM)


def _ended(until: datetime) -> "sa.Select[Any]":
    """Events that ended an open document and were not taken back, as it stood at ``until``."""
    again = events.alias()
    taken_back = sa.exists().where(
        again.c.object == events.c.object,
        again.c.operation.in_(BEGINNINGS),
        again.c.id > events.c.id,
        again.c.at < until,
    )
    return sa.select(events.c.object, events.c.at).where(
        events.c.operation.in_(ENDINGS),
        events.c.at < until,
        events.c.details["before"].as_string().in_(_OPEN),
        ~taken_back,
    )


def _arrived() -> "sa.Label[datetime]":
    """When a document arrived: sent to the unit inside the system, else taken in by its clerk."""
    received = events.alias()
    delivery = sa.cast(received.c.details["delivery"].as_string(), sa.BigInteger)
    sent_at = (
        sa.select(sa.func.min(deliveries.c.sent_at))
        .join(received, deliveries.c.id == delivery)
        .where(received.c.object == incoming.c.uid, received.c.operation == "accept_delivery")
        .correlate(incoming)
        .scalar_subquery()
    )
    return sa.func.coalesce(sa.case((incoming.c.source == "internal", sent_at)), items.c.created_at).label("arrived_at")


def _durations(wanted: "sa.Select[Any]", among: Among) -> "Iterator[tuple[str, float]]":
    documents = wanted.join(items, items.c.uid == incoming.c.uid)
    for each in turn.rows(documents.where(*among(incoming.c.unit), items.c.level == NORMAL)):
        yield each.unit, max(each.at - each.arrived_at, timedelta()) / timedelta(hours=1)


def _within(column: Any, period: Period) -> "list[sa.ColumnElement[bool]]":
    return [column >= midnight(period.since), column < midnight(period.until)]


def _sum(condition: "sa.ColumnElement[bool]") -> "sa.ColumnElement[int]":
    return sa.func.coalesce(sa.func.sum(sa.case((condition, 1), else_=0)), 0)


def _counts(query: "sa.Select[Any]") -> Counts:
    return {
        each.unit: {name: each._mapping[name] for name in each._fields if name != "unit"} for each in turn.rows(query)
    }
