"""Pages of lists (trang của danh sách) by the key of their last row, so that what comes in meanwhile moves nothing."""

from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from party.operations import _
from party.operations.confidentiality import rows
from party.operations.ledger.errors import Invalid


#: rows on one page
PAGE = 50


@dataclass(frozen=True)
class Page:
    """One page of a list: its rows and the key of the next page (``None`` at the end)."""

    rows: "list[rows.Row]"
    following: str | None


def paged(
    query: "sa.Select[Any]", order: "tuple[sa.ColumnElement[Any], ...]", after: str, growing: bool = False
) -> Page:
    """The page after the key of a row; the key holds the values of the columns in ``order``, which never repeat."""
    if after:
        try:
            key, last = sa.tuple_(*order), sa.tuple_(*_values_of(order, after))
        except ValueError as error:
            raise Invalid(_("This page of the list does not exist."), "after") from error
        query = query.where(key > last if growing else key < last)
    ordered = query.order_by(*(column.asc() if growing else column.desc() for column in order))
    found = rows.rows(ordered.limit(PAGE + 1))
    shown = found[:PAGE]
    names = [column.name for column in order]
    following = "_".join(str(shown[-1]._mapping[name]) for name in names) if len(found) > PAGE else None
    return Page(shown, following)


def _values_of(order: "tuple[sa.ColumnElement[Any], ...]", key: str) -> "list[sa.ColumnElement[Any]]":
    parts = key.split("_")
    if len(parts) != len(order):
        raise ValueError(key)
    kinds = [column.type.python_type for column in order]
    values = [date.fromisoformat(part) if kind is date else kind(part) for kind, part in zip(kinds, parts, strict=True)]
    return [sa.literal(value, column.type) for value, column in zip(values, order, strict=True)]
