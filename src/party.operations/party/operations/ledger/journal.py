"""The event journal (nhật ký): every operation writes what happened, to what, by whom, with a structured diff."""

from datetime import date
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from . import clock
from . import sealer
from . import turn
from .tables import events


def record(
    operation: str,
    uid: str,
    actor: str,
    *,
    unit: str = "",
    diff: dict[str, tuple[Any, Any]] | None = None,
    acting_for: str = "",
    **details: Any,
) -> int:
    """Write one event and return its id. ``diff`` maps a field to (before, after); ``details`` are facts beside it."""
    values = {
        "at": clock.now(),
        "actor": actor,
        "acting_for": acting_for,
        "operation": operation,
        "object": uid,
        "unit": unit,
        "diff": {field: [_plain(old), _plain(new)] for field, (old, new) in (diff or {}).items()},
        "details": {name: _plain(value) for name, value in details.items() if value not in (None, "", [])},
    }
    return turn.run(sa.insert(events).values(sealer.protected(events, values)).returning(events.c.id)).scalar_one()


def changes(before: dict[str, Any], after: dict[str, Any]) -> dict[str, tuple[Any, Any]]:
    """The fields of ``after`` that differ from ``before``, as a diff for :func:`record`."""
    return {name: (before.get(name), value) for name, value in after.items() if before.get(name) != value}


def history(uid: str) -> "sa.Select[Any]":
    """The query for the events of one object, oldest first; events of a classified object are sealed."""
    return sa.select(events).where(events.c.object == uid).order_by(events.c.id)


def _plain(value: Any) -> Any:
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, (list, tuple)):
        return [_plain(each) for each in value]
    if isinstance(value, dict):
        return {str(key): _plain(each) for key, each in value.items()}
    return value
