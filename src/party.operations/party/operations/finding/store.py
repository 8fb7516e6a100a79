"""Which database holds the words (nơi giữ từ): SQLite in the embedded default, PostgreSQL in a cluster."""

from typing import Protocol

import sqlalchemy as sa

from party.operations.ledger.engine import database

from . import postgresql
from . import sqlite
from .expressions import Expression
from .tables import HIGHEST


class Store(Protocol):
    """What each kind of database does for the index; rows are those of the table ``found``."""

    def put(self, row: int, head: str, heads: str, body: str, marks: str) -> None:
        """Write the words and marks of a row, or write it anew."""

    def mark(self, row: int, marks: str) -> None:
        """Write other marks on a row."""

    def remove(self, row: int) -> None:
        """Take a row out."""

    def reading(self, tokens: list[str]) -> list[str]:  # type: ignore[empty-body]
        """Those of the tokens that read some object."""

    def marks(self, rows: list[int]) -> dict[int, str]:  # type: ignore[empty-body]
        """The marks of rows as they stand there."""

    def clear(self) -> None:
        """Take all rows out."""

    def matching(  # type: ignore[empty-body]
        self, wanted: Expression, lowest: int = 0, above: int = HIGHEST, heads: bool = False
    ) -> "sa.Select[tuple[int]]":
        """The ids of rows that meet ``wanted``, newest first, from ``lowest`` to below ``above``.

        Of ``heads`` words count in the head alone, and beginnings of words are quick.
        """

    def forget_removed(self) -> None:
        """Let nothing of a removed row stay on the disk."""


def store() -> Store:
    """The one of the ledger of this process."""
    return postgresql if database().writer.dialect.name == "postgresql" else sqlite
