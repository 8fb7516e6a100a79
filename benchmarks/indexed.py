"""Rows of the index made straight in the ledger, many at a time; the index itself writes one by one."""

import zlib
from collections.abc import Sequence
from datetime import date
from types import SimpleNamespace
from typing import Any

import sqlalchemy as sa

from party.operations.finding import index
from party.operations.finding import words
from party.operations.finding.tables import found
from party.operations.finding.tables import found_texts
from party.operations.finding.tables import WITHIN_A_DAY
from party.operations.ledger import turn


#: what a document has that does not say otherwise
_FACTS = {"level": "normal", "period": "", "person": "", "urgency": "normal", "number": "", "about": "", "text": ""}

_WORDS = sa.text("INSERT INTO found_words (rowid, head, body, marks) VALUES (:id, :head, :body, :marks)")
_HEADS = sa.text("INSERT INTO found_heads (rowid, head, marks) VALUES (:id, :heads, :marks)")


def insert(documents: Sequence[dict[str, Any]], readers: Sequence[dict[str, str]]) -> None:
    """Write the index of documents in the open turn: columns of ``found`` but the id, with ``title`` and ``text``."""
    tokens: dict[str, set[str]] = {}
    for each in readers:
        tokens.setdefault(each["object"], set()).add(each["token"])
    lines, texts, all_words = [], [], []
    for each in documents:
        line = {**_FACTS, **each}
        title, text, day = line.pop("title"), line.pop("text"), line["day"]
        line["id"] = _place(day)
        head = (title, line["number"], line["about"])
        marks = index.marks_of(SimpleNamespace(_mapping=line), tokens.get(line["uid"], set()))
        columns = {"head": words.column(*head), "heads": words.folded(*head), "body": words.column(text)}
        lines.append(line)
        all_words.append({"id": line["id"], "marks": marks, **columns})
        if text:
            texts.append({"uid": line["uid"], "text": zlib.compress(text.encode())})
    turn.run(sa.insert(found), lines)
    if texts:
        turn.run(sa.insert(found_texts), texts)
    turn.run(_WORDS, all_words)
    turn.run(_HEADS, all_words)


def of_items(rows: Sequence[dict[str, Any]], about: Sequence[str]) -> list[dict[str, Any]]:
    """Documents without a text of their own, from their rows in ``items`` and what each is ``about``."""
    names = ("uid", "kind", "unit", "level", "state", "title")
    return [
        {**{name: row[name] for name in names}, "type": "", "day": row["created_at"].date(), "about": said}
        for row, said in zip(rows, about, strict=True)
    ]


_taken: dict[date, int] = {}


def _place(day: date) -> int:
    """An id of that day which was not given before."""
    _taken[day] = _taken.get(day, 0) + 1
    return (day.toordinal() << WITHIN_A_DAY) | _taken[day]
