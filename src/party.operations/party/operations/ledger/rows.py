"""Rows as plain JSON (dòng sổ cái dưới dạng JSON), for export and restore: nothing is lost and every id is kept."""

import base64
from collections.abc import Iterable
from datetime import date
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from . import turn
from .tables import Instant


Plain = dict[str, Any]


def dump(table: sa.Table, *conditions: "sa.ColumnElement[bool]") -> list[Plain]:
    """The rows that meet the conditions, in the order of their keys."""
    found = turn.rows(sa.select(table).where(*conditions).order_by(*table.primary_key.columns))
    return [{name: _plain(value) for name, value in each._mapping.items()} for each in found]


def load(table: sa.Table, rows: Iterable[Plain]) -> None:
    """Insert rows as :func:`dump` gave them, with their ids."""
    values = [{name: _typed(table.c[name], value) for name, value in each.items()} for each in rows]
    if values:
        turn.run(sa.insert(table), values)


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return base64.b64encode(value).decode()
    return value.isoformat() if isinstance(value, (date, datetime)) else value


def _typed(column: "sa.Column[Any]", value: Any) -> Any:
    if value is None:
        return None
    if isinstance(column.type, Instant):
        return datetime.fromisoformat(value)
    if isinstance(column.type, sa.LargeBinary):
        return base64.b64decode(value)
    return date.fromisoformat(value) if isinstance(column.type, sa.Date) else value
