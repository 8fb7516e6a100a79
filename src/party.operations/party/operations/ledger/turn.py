"""Reading and writing the ledger (lượt ghi).

``read()`` never joins the transaction. ``turn()`` opens the write session of an operation: first the database lock,
then a ZODB view newer than that lock, so that what the operation reads cannot have changed when it commits.
"""

import secrets
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from typing import cast

import sqlalchemy as sa
import transaction
from sqlalchemy.dialects import postgresql
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import Session
from transaction.interfaces import ITransaction
from zope.component.hooks import getSite

from .engine import database
from .engine import reading
from .tables import metadata
from .tables import REGISTER
from .tables import register_revisions as revisions


_TURN = "party.operations.ledger.turn"
#: seconds that certainly lie between the two commits of one transaction
_INSTANT = 0.5
_REVISION = sa.select(revisions.c.revision)


@dataclass
class _Held:
    """What a transaction remembers of its turn: the write session, and how many ``with`` blocks are open in it."""

    session: Session
    depth: int = 0
    #: has it written into a register of who acts for whom?
    registers: bool = False


@contextmanager
def turn() -> Iterator[Session]:
    """The write session of the running transaction, opened at the first ``with`` and kept until commit or abort.

    Open it after the slow work. An error that leaves an outermost block dooms the transaction: a form that shows the
    message cannot commit half an operation, nor an operation whose second half was refused.
    """
    current = transaction.get()
    held = _held(current) or _begin(current)
    held.depth += 1
    try:
        yield held.session
    except BaseException:
        if held.depth == 1:
            current.doom()
        raise
    finally:
        held.depth -= 1


def alone() -> None:
    """In an open turn: let nobody else write until commit, and see all that was written before, objects as well.

    On SQLite the turn itself keeps others out.
    """
    if database().writer.dialect.name == "postgresql":
        names = ", ".join(each.name for each in metadata.sorted_tables)
        run(sa.text(f"LOCK TABLE {names} IN SHARE MODE"))
    # the writer before us commits its objects an instant after its rows
    time.sleep(_INSTANT)
    _refresh_view(transaction.get())


def run(statement: "sa.Executable", parameters: Any = None) -> "sa.CursorResult[Any]":
    """Execute ``statement`` in the open turn; an error when there is none."""
    held = _held(transaction.get())
    if held is None:
        raise RuntimeError("a ledger write outside a turn")
    result = cast("sa.CursorResult[Any]", held.session.execute(statement, parameters))
    table = getattr(statement, "table", None)
    if isinstance(table, sa.Table) and table.info.get(REGISTER) and not held.registers:
        held.registers = True
        # a random one: what another transaction computed and took back is never taken for this
        revision = secrets.token_hex(8)
        if run(sa.update(revisions).values(revision=revision)).rowcount == 0:
            insert_new(revisions, id=1, revision=revision)
    return result


def register_revision() -> str:
    """The present revision of the registers of who acts for whom; "" where there is none, or this turn makes a new one."""
    held = _held(transaction.get())
    return "" if held is not None and held.registers else scalar(_REVISION) or ""


def insert_new(table: "sa.Table", **values: Any) -> bool:
    """Insert a row unless one of its key is there, also one that another client is just committing; says if it was."""
    dialect = postgresql if database().writer.dialect.name == "postgresql" else sqlite
    return run(dialect.insert(table).values(values).on_conflict_do_nothing()).rowcount == 1


def rows(statement: "sa.Executable", parameters: Any = None) -> "list[sa.Row[Any]]":
    """All rows of a query: through the open turn, whose own writes it must see, else in autocommit."""
    held = _held(transaction.get())
    if held is not None:
        return list(held.session.execute(statement, parameters).all())
    with reading() as connection:
        return list(connection.execute(statement, parameters).all())


def row(statement: "sa.Executable", parameters: Any = None) -> "sa.Row[Any] | None":
    """The first row of a query, or ``None``."""
    found = rows(statement, parameters)
    return found[0] if found else None


def scalar(statement: "sa.Executable", parameters: Any = None) -> Any:
    """The first column of the first row, or ``None``."""
    found = row(statement, parameters)
    return found[0] if found is not None else None


def _held(current: ITransaction) -> _Held | None:
    try:
        return current.data(_TURN)
    except KeyError:
        return None


def _begin(current: ITransaction) -> _Held:
    session = database().session()
    session.connection()
    _refresh_view(current)
    held = _Held(session)
    current.set_data(_TURN, held)
    return held


def _refresh_view(current: ITransaction) -> None:
    """See all that was committed before the lock, unless this transaction has changed something already."""
    connection = getattr(getSite(), "_p_jar", None)
    if connection is None:
        return
    everywhere = list(connection.connections.values())
    if all(each._needs_to_join for each in everywhere):
        for each in everywhere:
            each.newTransaction(current)
