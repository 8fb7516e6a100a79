"""Rows as plain JSON (dòng sổ cái dưới dạng JSON), for export and restore: nothing is lost and every id is kept."""

import base64
from collections.abc import Iterable
from datetime import date
from datetime import datetime
from typing import Any

import sqlalchemy as sa

from . import turn
from .engine import database
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


def last_ids(tables: Iterable[sa.Table]) -> dict[str, int]:
    """The largest id in each of the tables that count their rows."""
    return {each.name: turn.scalar(sa.select(sa.func.max(each.c.id))) or 0 for each in tables if _counts(each)}


def reserve(tables: Iterable[sa.Table], last: dict[str, int]) -> None:
    """See to it that new rows get ids above ``last``, so that those of an export are free for its own rows."""
    for table in tables:
        if not _counts(table) or not last.get(table.name):
            continue
        if database().writer.dialect.name == "postgresql":
            sequence = sa.func.pg_get_serial_sequence(table.name, "id")
            turn.run(sa.select(sa.func.setval(sequence, last[table.name])))
        else:
            named = {"name": table.name, "last": last[table.name]}
            turn.run(sa.text("delete from sqlite_sequence where name = :name"), named)
            turn.run(sa.text("insert into sqlite_sequence (name, seq) values (:name, :last)"), named)


def _counts(table: sa.Table) -> bool:
    return "id" in table.c and bool(table.c.id.autoincrement is True)


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
