"""Rows of classified objects (dòng niêm phong): written without their content, opened for who may read the object.

A table marks its columns (:mod:`..ledger.sealer`). :func:`insert` and :func:`update` put the values of marked columns into
the column ``sealed``; :func:`rows` and :func:`row` run a query and put back what the person who acts may see. At level
normal all of them do what the plain statements do.
"""

from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from zope.interface import provider

from party.operations.confidentiality import data_keys
from party.operations.confidentiality import keys
from party.operations.confidentiality import monitor
from party.operations.confidentiality import sealing
from party.operations.confidentiality.blinding import blind
from party.operations.confidentiality.data_keys import DataKey
from party.operations.confidentiality.levels import NORMAL
from party.operations.ledger import turn
from party.operations.ledger.sealer import IRowSealer
from party.operations.ledger.tables import items


#: what stands in a text column in place of what was taken out
TAKEN_OUT = "•"
_KEY_ID = 16


class Row:
    """A row of a query as its columns would be without sealing."""

    __slots__ = ("_mapping",)

    def __init__(self, mapping: dict[str, Any]) -> None:
        self._mapping = mapping

    def __getattr__(self, name: str) -> Any:
        try:
            return self._mapping[name]
        except KeyError as error:
            raise AttributeError(name) from error


@dataclass(frozen=True)
class _Source:
    """A table of a query with marked columns: where its sealed values are, and under which names it shows them."""

    table: sa.Table
    prefix: str
    shown: dict[str, str]


# --- writing ---------------------------------------------------------------------------------------------------------


def insert(table: sa.Table, values: "dict[str, Any] | list[dict[str, Any]]") -> "sa.CursorResult[Any]":
    """Insert one row or many rows of one object."""
    if isinstance(values, dict):
        return turn.run(sa.insert(table).values(protected(table, values)))
    key = _key_of(values[0][_object_column(table)])
    return turn.run(sa.insert(table), [_sealed(table, each, key) for each in values] if key else values)


def insert_numbered(table: sa.Table, values: dict[str, Any]) -> int:
    """Insert one row and return its id."""
    return turn.run(sa.insert(table).values(protected(table, values)).returning(table.c.id)).scalar_one()


def update(table: sa.Table, *where: "sa.ColumnElement[bool]", **values: Any) -> int:
    """Change rows and return how many there were; what is sealed in a row is kept."""
    if not _marked(table, values):
        return turn.run(sa.update(table).where(*where).values(values)).rowcount
    object_ = table.c[_object_column(table)]
    changed = 0
    for uid in [each[0] for each in turn.rows(sa.select(object_).where(*where).distinct())]:
        key = _key_of(uid)
        if key is None:
            changed += turn.run(sa.update(table).where(*where, object_ == uid).values(values)).rowcount
        else:
            changed += _update_sealed(table, [*where, object_ == uid], values, key)
    return changed


def _update_sealed(table: sa.Table, where: "list[sa.ColumnElement[bool]]", values: dict[str, Any], key: DataKey) -> int:
    found = turn.rows(sa.select(table).where(*where).with_for_update())
    for each in found:
        before = each._mapping
        opened = _opened(table, before, data_keys.get(_key_id(each.sealed))) if each.sealed else {}
        after = _sealed(table, {**before, **opened, **values}, key)
        turn.run(sa.update(table).where(*_same(table, before)).values(after))
    return len(found)


@provider(IRowSealer)
def protected(table: sa.Table, values: dict[str, Any]) -> dict[str, Any]:
    """``values`` of a new row as they may be written: at a classified level without content."""
    key = _key_of(values.get(_object_column(table), ""))
    return _sealed(table, values, key) if key else values


def seal_anew(table: sa.Table, uid: str, key: DataKey | None, change: Any = lambda values: values) -> None:
    """Write all rows of an object anew under ``key``, or in the clear when there is none.

    ``change`` may give other values for a row, such as tokens of the new level.
    """
    for each in turn.rows(sa.select(table).where(table.c[_object_column(table)] == uid)):
        before = each._mapping
        opened = _opened(table, before, data_keys.get(_key_id(each.sealed))) if each.sealed else {}
        whole = change({**before, **opened, "sealed": None})
        after = _sealed(table, whole, key) if key else whole
        turn.run(sa.update(table).where(*_same(table, before)).values(after))


# --- reading ---------------------------------------------------------------------------------------------------------


def rows(statement: "sa.Select[Any]") -> list[Row]:
    """All rows of a query without aggregates, opened where the person who acts may read the object."""
    sources = _sources(statement)
    extra = [column.label(source.prefix + column.name) for source, columns in sources for column in columns]
    found = [dict(each._mapping) for each in turn.rows(statement.add_columns(*extra) if extra else statement)]
    if sources:
        _open_all([source for source, _columns in sources], found)
    return [Row(each) for each in found]


def row(statement: "sa.Select[Any]") -> Row | None:
    """The first row of a query, or ``None``."""
    found = rows(statement)
    return found[0] if found else None


def scalar(statement: "sa.Select[Any]") -> Any:
    """The first column of the first row, or ``None``."""
    found = row(statement)
    return next(iter(found._mapping.values())) if found is not None else None


def _open_all(sources: list[_Source], found: list[dict[str, Any]]) -> None:
    """Put the sealed values in their places and drop the columns that only served this."""
    wanted = {
        (each[source.prefix + _object_column(source.table)], _key_id(each[source.prefix + "sealed"]))
        for each in found
        for source in sources
        if each[source.prefix + "sealed"]
    }
    allowed = monitor.readable_among({uid for uid, _key in wanted}) if wanted else set()
    opened_keys = data_keys.many(key for uid, key in wanted if uid in allowed)
    shown: set[str] = set()
    served = [
        (source, [(name, name[len(source.prefix) :]) for name in found[0] if name.startswith(source.prefix)])
        for source in (sources if found else ())
    ]
    for each in found:
        for source, names in served:
            stored = {own: each.pop(name) for name, own in names}
            each.pop("sealed", None)
            uid = stored.get(_object_column(source.table))
            key = opened_keys.get(_key_id(stored["sealed"])) if stored["sealed"] and uid in allowed else None
            if isinstance(key, DataKey):
                values = _opened(source.table, stored, key)
                each.update({shown_as: values[name] for name, shown_as in source.shown.items() if name in values})
                shown.add(uid)
    if shown:
        monitor.record_listed(shown)


def _sources(statement: "sa.Select[Any]") -> "list[tuple[_Source, list[sa.ColumnElement[Any]]]]":
    """The tables of a query that have marked columns in its result, each with the columns needed to open them."""
    found: dict[Any, dict[str, str]] = {}
    for shown, column in statement.selected_columns.items():
        inner = getattr(column, "element", column)
        origin = getattr(inner, "table", None)
        if origin is not None and "sealed" in getattr(origin, "c", ()):
            found.setdefault(origin, {})[inner.name] = column.name if hasattr(column, "name") else shown
    sources = []
    for number, (origin, shown_as) in enumerate(found.items()):
        table = getattr(origin, "element", origin)
        if _marked(table, shown_as) or "sealed" in shown_as:
            needed = ("sealed", _object_column(table), *_bound_columns(table))
            source = _Source(table, f"_{number}_", {name: as_ for name, as_ in shown_as.items() if name != "sealed"})
            sources.append((source, [origin.c[name] for name in needed]))
    return sources


# --- one row ---------------------------------------------------------------------------------------------------------


def _sealed(table: sa.Table, values: Mapping[str, Any], key: DataKey) -> dict[str, Any]:
    """A row with the values of its marked columns in the column ``sealed``."""
    written, taken = dict(values), {}
    for column, value in values.items():
        name = str(column)  # SQLAlchemy's own names of columns are no plain text
        mark = table.c[name].info.get("sealed")
        if mark == "content":
            taken[name], written[name] = value, _neutral(table.c[name], value)
        elif mark == "blind":
            taken[name], written[name] = value, blind(value, key.level) if value else value
    if taken:
        sealed = sealing.seal(key, _field(table, written), taken)
        written["sealed"] = bytes.fromhex(key.id) + sealed
    return written


def _opened(table: sa.Table, stored: Mapping[str, Any], key: DataKey) -> dict[str, Any]:
    """The values that were taken out of a row; raises ``keys.Broken``."""
    if key.object != stored[_object_column(table)]:
        monitor.record_broken(stored[_object_column(table)], table.name)
        raise keys.Broken()
    try:
        return sealing.unseal(key, _field(table, stored), stored["sealed"][_KEY_ID // 2 :])
    except keys.Broken:
        monitor.record_broken(key.object, table.name)
        raise


def _field(table: sa.Table, stored: Mapping[str, Any]) -> str:
    """What is sealed in a row is bound to: its table and what never changes in it."""
    return "\0".join([f"row:{table.name}", *(_text(stored.get(name)) for name in _bound_columns(table))])


def _text(value: Any) -> str:
    return value.strftime("%Y%m%d%H%M%S%f") if isinstance(value, datetime) else str(value)


def _neutral(column: "sa.Column[Any]", value: Any) -> Any:
    if isinstance(column.type, sa.JSON):
        return {}
    if isinstance(column.type, (sa.String, sa.Text)):
        return TAKEN_OUT if value else value
    return None


def _key_of(uid: str) -> DataKey | None:
    """The data key of a classified object, ``None`` for everything else."""
    found = turn.row(sa.select(items.c.level, items.c.key).where(items.c.uid == uid)) if uid else None
    return None if found is None or found.level == NORMAL else data_keys.get(found.key)


def _key_id(sealed: bytes | None) -> str:
    return sealed[: _KEY_ID // 2].hex() if sealed else ""


def _object_column(table: sa.Table) -> str:
    return next(each.name for each in table.c if each.info.get("sealed") == "object")


def _bound_columns(table: sa.Table) -> list[str]:
    return [each.name for each in table.c if each.info.get("bound")]


def _marked(table: sa.Table, names: Iterable[str]) -> bool:
    return any(table.c[name].info.get("sealed") in ("content", "blind") for name in names if name in table.c)


def _same(table: sa.Table, stored: Mapping[str, Any]) -> "list[sa.ColumnElement[bool]]":
    return [column == stored[column.name] for column in table.primary_key.columns]
