"""Lists of the journal (tra cứu nhật ký): newest first, paged by key. Who may read is the caller's affair."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from datetime import time
from datetime import timedelta
from datetime import UTC
from typing import Any

import sqlalchemy as sa

from party.operations.ledger import clock

from . import chain
from .actions import OWN
from .store import Store
from .tables import records


#: rows on one page
PAGE = 50

_COLUMNS = tuple(
    records.c[name] for name in ("id", "stream", "seq", "at", "zone", "actor", "action", "outcome", "objects", "facts")
)


@dataclass(frozen=True)
class Filter:
    """What to look for; what is left empty is not asked for. ``until`` is the last day; ``actors`` are ids."""

    since: date | None = None
    until: date | None = None
    actors: tuple[str, ...] | None = None
    action: str = ""
    object: str = ""
    outcome: str = ""
    zone: str = ""


@dataclass(frozen=True)
class Line:
    """One record, read."""

    stream: str
    seq: int
    at: datetime
    zone: str
    actor: str
    action: str
    outcome: str
    objects: tuple[str, ...]
    facts: dict[str, Any]


@dataclass(frozen=True)
class Lines:
    """One page and the key of the next one (``None`` at the end)."""

    rows: list[Line]
    following: str | None


def page(store: Store, wanted: Filter, after: str = "") -> Lines:
    """The newest records that fit, after the key ``after``; a key that is none begins anew."""
    query = _query(wanted).limit(PAGE + 1)
    instant, _colon, number = after.rpartition("_")
    if instant and number.isdecimal():
        query = query.where(
            sa.or_(records.c.at < instant, sa.and_(records.c.at == instant, records.c.id < int(number)))
        )
    with store.reader.connect() as connection:
        found = connection.execute(query).all()
    last = found[PAGE - 1] if len(found) > PAGE else None
    return Lines([_line(each) for each in found[:PAGE]], f"{last.at}_{last.id}" if last else None)


def count(store: Store, wanted: Filter) -> int:
    """How many records fit."""
    with store.reader.connect() as connection:
        return int(connection.scalar(sa.select(sa.func.count()).select_from(_query(wanted).subquery())) or 0)


def every(store: Store, wanted: Filter) -> Iterator[Line]:
    """All records that fit, newest first."""
    with store.reader.connect() as connection:
        for each in connection.execution_options(yield_per=1000).execute(_query(wanted)):
            yield _line(each)


def _query(wanted: Filter) -> "sa.Select[Any]":
    query = sa.select(*_COLUMNS).order_by(records.c.at.desc(), records.c.id.desc())
    if wanted.since:
        query = query.where(records.c.at >= _midnight(wanted.since))
    if wanted.until:
        query = query.where(records.c.at < _midnight(wanted.until + timedelta(days=1)))
    if wanted.actors is not None:
        query = query.where(records.c.actor.in_(wanted.actors))
    query = query.where(records.c.action == wanted.action if wanted.action else records.c.action.not_in(OWN))
    if wanted.object:
        # an id stands in quotes there
        query = query.where(records.c.objects.contains(f'"{wanted.object}"', autoescape=True))
    if wanted.outcome:
        query = query.where(records.c.outcome == wanted.outcome)
    if wanted.zone:
        query = query.where(records.c.zone == wanted.zone)
    return query


def _midnight(day: date) -> str:
    return chain.instant(datetime.combine(day, time(), clock.VIETNAM))


def _line(row: "sa.Row[Any]") -> Line:
    return Line(
        stream=row.stream,
        seq=row.seq,
        at=datetime.fromisoformat(row.at).replace(tzinfo=UTC),
        zone=row.zone,
        actor=row.actor,
        action=row.action,
        outcome=row.outcome,
        objects=tuple(_json(row.objects, list)),
        facts=dict(_json(row.facts, dict)),
    )


def _json(text: str, kind: type[Any]) -> Any:
    """What the text holds; nothing where somebody edited it, so that the page can still be read."""
    try:
        found = json.loads(text)
    except ValueError:
        return kind()
    return found if isinstance(found, kind) else kind()
