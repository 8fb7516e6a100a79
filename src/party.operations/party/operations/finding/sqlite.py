"""The words in SQLite's FTS5 (từ trong SQLite).

One table has all words and the marks of a row, so that a query touches nothing that its person may not read; a second one
has the words of heads alone with the beginnings of words, for suggestions and registers. Text and marks are one row: a new
reader costs 0.3 ms for a letter and 9 ms for a document of 40,000 words, and no query joins two indexes.
"""

import json

import sqlalchemy as sa
from sqlalchemy import event

from party.operations.ledger import turn
from party.operations.ledger.engine import database
from party.operations.ledger.tables import ROW_ID

from .expressions import All
from .expressions import AnyOf
from .expressions import Expression
from .expressions import Phrase
from .expressions import Without
from .tables import found
from .tables import HIGHEST


#: words are parted by spaces already; whatever is not ASCII is a letter for this tokenizer
_TOKENIZER = "tokenize = \"ascii tokenchars '_'\", columnsize = 0"
_CREATE = (
    f"CREATE VIRTUAL TABLE found_words USING fts5(head, body, marks, {_TOKENIZER})",
    f"CREATE VIRTUAL TABLE found_heads USING fts5(head, marks, prefix = '1 2 3', {_TOKENIZER})",
)
#: pages that one step of merging writes, so that nobody waits long for the lock
_STEP = 500

_PUT_WORDS = sa.text("INSERT OR REPLACE INTO found_words (rowid, head, body, marks) VALUES (:id, :head, :body, :marks)")
_PUT_HEADS = sa.text("INSERT OR REPLACE INTO found_heads (rowid, head, marks) VALUES (:id, :heads, :marks)")
_MARK = tuple(sa.text(f"UPDATE {name} SET marks = :marks WHERE rowid = :id") for name in ("found_words", "found_heads"))  # noqa: S608
_REMOVE = tuple(sa.text(f"DELETE FROM {name} WHERE rowid = :id") for name in ("found_words", "found_heads"))  # noqa: S608
_READING = sa.text(
    "SELECT value FROM json_each(:tokens) AS held WHERE EXISTS (SELECT 1 FROM readers WHERE readers.token = held.value)"
)

for _statement in _CREATE:
    event.listen(found, "after_create", sa.DDL(_statement).execute_if(dialect="sqlite"))
for _name in ("found_words", "found_heads"):
    event.listen(found, "before_drop", sa.DDL(f"DROP TABLE IF EXISTS {_name}").execute_if(dialect="sqlite"))


def put(row: int, head: str, heads: str, body: str, marks: str) -> None:
    """Write the words and marks of a row, or write it anew."""
    turn.run(_PUT_WORDS, {"id": row, "head": head, "body": body, "marks": marks})
    turn.run(_PUT_HEADS, {"id": row, "heads": heads, "marks": marks})


def mark(row: int, marks: str) -> None:
    """Write other marks on a row."""
    for statement in _MARK:
        turn.run(statement, {"id": row, "marks": marks})


def remove(row: int) -> None:
    """Take a row out."""
    for statement in _REMOVE:
        turn.run(statement, {"id": row})


def reading(tokens: list[str]) -> list[str]:
    """Those of the tokens that read some object."""
    return [each[0] for each in turn.rows(_READING, {"tokens": json.dumps(tokens)})]


def marks(rows: list[int]) -> dict[int, str]:
    """The marks of rows as they stand there; of one whose tables differ none."""
    both = "SELECT w.rowid, w.marks FROM found_words w JOIN found_heads h ON h.rowid = w.rowid AND h.marks = w.marks"
    wanted = sa.text(f"{both} WHERE w.rowid IN :rows").bindparams(sa.bindparam("rows", expanding=True))
    return {each[0]: each[1] for each in turn.rows(wanted, {"rows": rows})}


def clear() -> None:
    """Take all rows out."""
    for name in ("found_words", "found_heads"):
        turn.run(sa.text(f"DELETE FROM {name}"))  # noqa: S608


def matching(wanted: Expression, lowest: int = 0, above: int = HIGHEST, heads: bool = False) -> "sa.Select[tuple[int]]":
    """The ids of rows that meet ``wanted``, newest first; in the table of heads, where beginnings of words are quick."""
    name = "found_heads" if heads else "found_words"
    table = sa.table(name, sa.column("rowid", ROW_ID))
    match = sa.literal_column(name).op("MATCH")(sa.literal(written(wanted)))
    return (
        sa.select(table.c.rowid.label("id"))
        .where(match, table.c.rowid >= lowest, table.c.rowid < above)
        .order_by(table.c.rowid.desc())
    )


def written(wanted: Expression) -> str:
    """An expression as FTS5 reads it."""
    match wanted:
        case Phrase(words, prefix, head):
            text = '"' + " ".join(words) + '"' + ("*" if prefix else "")
            return f"head : {text}" if head else text
        case All(parts):
            return "(" + " AND ".join(map(written, parts)) + ")"
        case AnyOf(parts):
            return "(" + " OR ".join(map(written, parts)) + ")"
        case Without(first, second):
            return f"({written(first)} NOT {written(second)})"


def forget_removed() -> None:
    """Merge the index until nothing of a removed row is left: FTS5 only crosses out what was, and keeps the words.

    Step by step, each a transaction of its own.
    """
    with database().reader.connect() as connection:
        driver = connection.connection.driver_connection
        assert driver is not None
        for name in ("found_words", "found_heads"):
            pages = -_STEP
            while True:
                before = driver.total_changes
                connection.exec_driver_sql(f"INSERT INTO {name} ({name}, rank) VALUES ('merge', {pages})")  # noqa: S608
                if driver.total_changes - before < 2:
                    break
                pages = _STEP
