"""The row of an object: its state and revision (dòng trạng thái).

Every change goes through :func:`advance`, an ``UPDATE … WHERE revision = :seen``: of two people acting on one object at
once, the second is told, and nothing is overwritten.
"""

from typing import Any

import sqlalchemy as sa

from party.operations import _

from . import clock
from . import turn
from .errors import Changed
from .errors import Missing
from .tables import items


_CHANGED = _(
    "Somebody else changed this record while you were working on it. Nothing was overwritten: look at the present state "
    "and do it again if it is still needed."
)


#: put together once: this costs more than the query
_ONE = sa.select(items).where(items.c.uid == sa.bindparam("uid"))

#: the table of rows, for those who must seal what stands in them
table = items


def create(uid: str, **columns: Any) -> None:
    """Insert the row of a new object."""
    at = clock.now()
    turn.run(sa.insert(items).values({"uid": uid, "created_at": at, "changed_at": at, **columns}))


def get(uid: str) -> "sa.Row[Any]":
    """The row of ``uid``; raises :class:`Missing`."""
    found = turn.row(_ONE, {"uid": uid})
    if found is None:
        raise Missing(_("There is no such record here."))
    return found


def hold(uid: str) -> None:
    """Let nobody else change the row of ``uid`` until commit; on SQLite the turn itself has seen to that."""
    turn.rows(sa.select(items.c.id).where(items.c.uid == uid).with_for_update())


def expect(uid: str, seen: int | None) -> None:
    """Raise :class:`Changed` unless ``seen`` is the present revision; ``None`` expects nothing."""
    present = get(uid).revision
    if seen not in (None, present):
        raise Changed(_CHANGED, revision=present)


def find(uid: str) -> "sa.Row[Any] | None":
    """The row of ``uid`` or ``None``."""
    return turn.row(_ONE, {"uid": uid})


def advance(uid: str, seen: int | None, **columns: Any) -> int:
    """Write ``columns`` and return the new revision.

    ``seen`` is the revision the person saw; ``None`` means that the caller read it inside this turn. Raises
    :class:`Changed` when it is no longer the present one.
    """
    present = get(uid)
    expected = present.revision if seen is None else seen
    result = turn.run(
        sa.update(items)
        .where(items.c.uid == uid, items.c.revision == expected)
        .values({"revision": expected + 1, "changed_at": clock.now(), **columns})
    )
    if result.rowcount != 1:
        raise Changed(_CHANGED, revision=present.revision)
    return expected + 1
