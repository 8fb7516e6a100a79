"""The words in PostgreSQL's text search (từ trong PostgreSQL): words and marks in one ``tsvector`` under a GIN index.

Words of the head have the weight A. What stands after the 30,000th word of a document is not found there, and phrases only
among the first 16,383: a ``tsvector`` holds no more.
"""

import json

import sqlalchemy as sa
from sqlalchemy import event
from sqlalchemy.dialects.postgresql import TSQUERY
from sqlalchemy.dialects.postgresql import TSVECTOR

from party.operations.ledger import turn
from party.operations.ledger.tables import ROW_ID

from .expressions import All
from .expressions import AnyOf
from .expressions import Expression
from .expressions import Phrase
from .expressions import Without
from .tables import found
from .tables import HIGHEST


_MOST_WORDS = 30_000
_LAST_PLACE = 16_383
_CREATE = (
    "CREATE TABLE found_words (id bigint PRIMARY KEY, words tsvector NOT NULL, marks tsvector NOT NULL, "
    "whole tsvector GENERATED ALWAYS AS (words || marks) STORED)",
    "CREATE INDEX found_words_whole ON found_words USING gin (whole)",
)

_PUT = sa.text(
    "INSERT INTO found_words (id, words, marks) VALUES (:id, CAST(:words AS tsvector), CAST(:marks AS tsvector)) "
    "ON CONFLICT (id) DO UPDATE SET words = excluded.words, marks = excluded.marks"
)
_MARK = sa.text("UPDATE found_words SET marks = CAST(:marks AS tsvector) WHERE id = :id")
_REMOVE = sa.text("DELETE FROM found_words WHERE id = :id")
_READING = sa.text(
    "SELECT held FROM json_array_elements_text(CAST(:tokens AS json)) AS held "
    "WHERE EXISTS (SELECT 1 FROM readers WHERE readers.token = held)"
)

for _statement in _CREATE:
    event.listen(found, "after_create", sa.DDL(_statement).execute_if(dialect="postgresql"))
event.listen(found, "before_drop", sa.DDL("DROP TABLE IF EXISTS found_words").execute_if(dialect="postgresql"))


def put(row: int, head: str, heads: str, body: str, marks: str) -> None:
    """Write the words and marks of a row, or write it anew; ``heads`` stand in ``head`` already."""
    first = head.split()
    places = [f"{_quoted(each)}:{min(place, _LAST_PLACE)}A" for place, each in enumerate(first, 1)]
    rest = enumerate(body.split()[:_MOST_WORDS], len(first) + 2)
    places += [f"{_quoted(each)}:{min(place, _LAST_PLACE)}" for place, each in rest]
    turn.run(_PUT, {"id": row, "words": " ".join(places), "marks": _vector(marks)})


def mark(row: int, marks: str) -> None:
    """Write other marks on a row."""
    turn.run(_MARK, {"id": row, "marks": _vector(marks)})


def remove(row: int) -> None:
    """Take a row out."""
    turn.run(_REMOVE, {"id": row})


def reading(tokens: list[str]) -> list[str]:
    """Those of the tokens that read some object."""
    return [each[0] for each in turn.rows(_READING, {"tokens": json.dumps(tokens)})]


def marks(rows: list[int]) -> dict[int, str]:
    """The marks of rows as they stand there."""
    wanted = sa.text("SELECT id, array_to_string(tsvector_to_array(marks), ' ') FROM found_words WHERE id IN :rows")
    found_there = turn.rows(wanted.bindparams(sa.bindparam("rows", expanding=True)), {"rows": rows})
    return {each[0]: each[1] for each in found_there}


def clear() -> None:
    """Take all rows out."""
    turn.run(sa.text("DELETE FROM found_words"))


def matching(wanted: Expression, lowest: int = 0, above: int = HIGHEST, heads: bool = False) -> "sa.Select[tuple[int]]":
    """The ids of rows that meet ``wanted``, newest first."""
    table = sa.table("found_words", sa.column("id", ROW_ID), sa.column("whole", TSVECTOR))
    asked = sa.cast(sa.literal(written(wanted, heads)), TSQUERY)
    return (
        sa.select(table.c.id)
        .where(table.c.whole.op("@@")(asked), table.c.id >= lowest, table.c.id < above)
        .order_by(table.c.id.desc())
    )


def written(wanted: Expression, heads: bool = False) -> str:
    """An expression as ``tsquery`` reads it; of ``heads`` words count in the head alone."""
    match wanted:
        case Phrase(words, prefix, head):
            weight = "A" if (head or heads) and not words[0].startswith("__") else ""
            parts = [_quoted(each) + (f":{weight}" if weight else "") for each in words]
            if prefix:
                parts[-1] = f"{_quoted(words[-1])}:*{weight}"
            return "(" + " <-> ".join(parts) + ")"
        case All(parts):
            return "(" + " & ".join(written(each, heads) for each in parts) + ")"
        case AnyOf(parts):
            return "(" + " | ".join(written(each, heads) for each in parts) + ")"
        case Without(first, second):
            return f"({written(first, heads)} & !{written(second, heads)})"


def forget_removed() -> None:
    """Nothing: ``VACUUM FULL`` of the ledger writes this table anew too."""


def _vector(marks: str) -> str:
    return " ".join(map(_quoted, marks.split()))


def _quoted(word: str) -> str:
    # words are letters and digits, so that nothing in them could end the quotation
    return f"'{word}'"
