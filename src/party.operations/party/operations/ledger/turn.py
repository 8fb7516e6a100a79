"""Reading and writing the ledger (lượt ghi).

``read()`` never joins the transaction. ``turn()`` opens the write session of an operation: first the database lock,
then a ZODB view newer than that lock, so that what the operation reads cannot have changed when it commits.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import sqlalchemy as sa
import transaction
from sqlalchemy.orm import Session
from transaction.interfaces import ITransaction
from zope.component.hooks import getSite

from .engine import database


_TURN = "party.operations.ledger.turn"


@contextmanager
def turn() -> Iterator[Session]:
    """The write session of the running transaction, opened at the outermost ``with``.

    Open it after the slow work. An error that leaves the outermost block dooms the transaction: a form that shows the
    message cannot commit half an operation.
    """
    current = transaction.get()
    session = _open_turn(current)
    if session is not None:
        yield session
        return
    session = database().session()
    session.connection()
    _refresh_view(current)
    current.set_data(_TURN, session)
    try:
        yield session
    except BaseException:
        current.doom()
        raise


def run(statement: "sa.Executable", parameters: Any = None) -> "sa.Result[Any]":
    """Execute ``statement`` in the open turn; an error when there is none."""
    session = _open_turn(transaction.get())
    if session is None:
        raise RuntimeError("a ledger write outside a turn")
    return session.execute(statement, parameters)


def rows(statement: "sa.Executable", parameters: Any = None) -> "list[sa.Row[Any]]":
    """All rows of a query: through the open turn, whose own writes it must see, else in autocommit."""
    session = _open_turn(transaction.get())
    if session is not None:
        return list(session.execute(statement, parameters))
    with database().reader.connect() as connection:
        return list(connection.execute(statement, parameters))


def row(statement: "sa.Executable", parameters: Any = None) -> "sa.Row[Any] | None":
    """The first row of a query, or ``None``."""
    found = rows(statement, parameters)
    return found[0] if found else None


def scalar(statement: "sa.Executable", parameters: Any = None) -> Any:
    """The first column of the first row, or ``None``."""
    found = row(statement, parameters)
    return found[0] if found is not None else None


def _open_turn(current: ITransaction) -> Session | None:
    try:
        return current.data(_TURN)
    except KeyError:
        return None


def _refresh_view(current: ITransaction) -> None:
    """See all that was committed before the lock, unless this transaction has changed something already."""
    connection = getattr(getSite(), "_p_jar", None)
    if connection is None:
        return
    everywhere = list(connection.connections.values())
    if all(each._needs_to_join for each in everywhere):
        for each in everywhere:
            each.newTransaction(current)
