"""Rows that hold nothing in the clear (dòng niêm phong): which columns are meant, and who seals them.

The ledger itself knows no keys. A table that may say something of a classified object marks its columns; the utility
:class:`IRowSealer` takes their values out of a row before it is written.
"""

from typing import Any

import sqlalchemy as sa
from zope.component import queryUtility
from zope.interface import Interface


#: mark of the column that names the object a row is about
OBJECT = {"sealed": "object"}
#: mark of a column that stays empty in the row of a classified object
CONTENT = {"sealed": "content"}
#: mark of a column that holds a keyed digest there, so that a row can be found by it
BLIND = {"sealed": "blind"}


def bound(mark: dict[str, Any] | None = None) -> dict[str, Any]:
    """Mark of a column whose value never changes: what is sealed in a row opens in that row only."""
    return {**(mark or {}), "bound": True}


def sealed() -> "sa.Column[bytes]":
    """The column that holds what was taken out of the others."""
    return sa.Column("sealed", sa.LargeBinary)


class IRowSealer(Interface):
    """Utility that takes out of a row what may not stand there."""

    def __call__(table: sa.Table, values: dict[str, Any]) -> dict[str, Any]:  # type: ignore[empty-body]  # an interface
        """``values`` as they may be written."""


def protected(table: sa.Table, values: dict[str, Any]) -> dict[str, Any]:
    """``values`` of a new row as they may be written."""
    sealer = queryUtility(IRowSealer)
    return values if sealer is None else sealer(table, values)
