"""Pages of lists (trang của danh sách) by the key of their first or last row, so that what comes in meanwhile moves nothing."""

from base64 import urlsafe_b64decode
from base64 import urlsafe_b64encode
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa

from party.operations import _
from party.operations.confidentiality import rows
from party.operations.ledger.errors import Invalid


#: rows on one page
PAGE = 50
#: before a text that is more than letters and digits
_WRAPPED = "~"


@dataclass(frozen=True)
class Page:
    """One page of a list: its rows, the key of the next page (``None`` at the end) and of the one before (at the start)."""

    rows: "list[rows.Row]"
    following: str | None
    preceding: str | None = None


def paged(
    query: "sa.Select[Any]",
    order: "tuple[sa.ColumnElement[Any], ...]",
    after: str,
    growing: bool = False,
    before: str = "",
    size: int = PAGE,
) -> Page:
    """The page after, or before, the key of a row; the key holds the values of the columns in ``order``.

    These never repeat, and none of them is null. What is not selected by its own name is labelled with its key.
    """
    if before:
        page = paged(query, order, before, not growing, size=size)
        return Page(page.rows[::-1], _key(order, page.rows[0]) if page.rows else None, page.following)
    if after:
        try:
            key, last = sa.tuple_(*order), sa.tuple_(*_values_of(order, after))
        except ValueError as error:
            raise Invalid(_("This page of the list does not exist."), "after") from error
        query = query.where(key > last if growing else key < last)
    ordered = query.order_by(*(column.asc() if growing else column.desc() for column in order))
    found = rows.rows(ordered.limit(size + 1))
    shown = found[:size]
    following = _key(order, shown[-1]) if len(found) > size else None
    return Page(shown, following, _key(order, shown[0]) if after and shown else None)


def _key(order: "tuple[sa.ColumnElement[Any], ...]", row: "rows.Row") -> str:
    return "_".join(_wrapped(str(row._mapping[column.name])) for column in order)


def _wrapped(text: str) -> str:
    if text.isascii() and text.replace("-", "").isalnum():
        return text
    return _WRAPPED + urlsafe_b64encode(text.encode()).decode().rstrip("=").replace("_", ".")


def _unwrapped(part: str) -> str:
    if not part.startswith(_WRAPPED):
        return part
    coded = part[1:].replace(".", "_")
    return urlsafe_b64decode(coded + "=" * (-len(coded) % 4)).decode()


def _values_of(order: "tuple[sa.ColumnElement[Any], ...]", key: str) -> "list[sa.ColumnElement[Any]]":
    parts = key.split("_")
    if len(parts) != len(order):
        raise ValueError(key)
    kinds = [column.type.python_type for column in order]
    values = [
        date.fromisoformat(part) if kind is date else kind(_unwrapped(part))
        for kind, part in zip(kinds, parts, strict=True)
    ]
    return [sa.literal(value, column.type) for value, column in zip(values, order, strict=True)]
