"""Writing the index (ghi chỉ mục tìm kiếm), in the turn of the operation that changed the object.

Of a classified document there are the words of its head alone, as digests, in an order that tells nothing; nothing of its
files. Who reads a row stands in it, so a changed grant writes the row's marks anew.
"""

import zlib
from datetime import date
from typing import Any

import sqlalchemy as sa
from zope.interface import provider

from party.operations.confidentiality import rows
from party.operations.confidentiality.blinding import blind
from party.operations.confidentiality.grants import IReadersProjection
from party.operations.confidentiality.levels import NORMAL
from party.operations.confidentiality.tables import readers
from party.operations.ledger import turn
from party.operations.ledger.tables import items

from . import marks
from . import words
from .query import FACETS
from .store import store
from .tables import found
from .tables import found_texts
from .tables import HIGHEST
from .tables import WITHIN_A_DAY


def write(
    uid: str,
    *,
    kind: str,
    level: str,
    unit: str,
    type_: str,
    period: str,
    state: str,
    person: str,
    urgency: str,
    day: date,
    number: str,
    title: str,
    about: str,
) -> None:
    """Write the row of a document, or write it anew; the text of its files stays as :func:`set_text` gave it.

    ``person`` is who works on it, ``day`` what lists are ordered by, ``about`` who it is from or to, in words.
    """
    before = _row(uid)
    row = _place(uid, day)
    if before is not None:
        _take_out(before)
    facts = {"kind": kind, "unit": unit, "level": level, "type": type_, "period": period, "state": state}
    facts |= {"person": person, "urgency": urgency, "number": number, "about": about}
    rows.insert(found, {"id": row, "uid": uid, "day": day, **facts})
    if level != NORMAL:
        turn.run(sa.delete(found_texts).where(found_texts.c.uid == uid))
    _put(row, uid, level, (title, number, about))


def set_text(uid: str, text: str) -> None:
    """What all files of a document say. Of a classified one, or one that is not in the index, nothing is kept."""
    row = rows.row(sa.select(found, items.c.title).join(items, items.c.uid == found.c.uid).where(found.c.uid == uid))
    turn.run(sa.delete(found_texts).where(found_texts.c.uid == uid))
    if row is None or row.level != NORMAL:
        return
    if text:
        turn.run(sa.insert(found_texts).values(uid=uid, text=zlib.compress(text.encode())))
    _put(row.id, uid, NORMAL, (row.title, row.number, row.about))


def change(uid: str, **facts: Any) -> None:
    """Write single facts, of those in ``query.FACETS``."""
    if rows.update(found, found.c.uid == uid, **facts):
        set_readers(uid, _tokens(uid))


@provider(IReadersProjection)
def set_readers(uid: str, tokens: "set[str]") -> None:
    """The tokens that read a document have changed."""
    row = _row(uid)
    if row is not None:
        store().mark(row.id, marks_of(row, tokens))


def forget(uid: str) -> None:
    """Take a document out of the index; what the disk keeps of it see :func:`forget_removed`."""
    row = _row(uid)
    if row is not None:
        _take_out(row)
    turn.run(sa.delete(found_texts).where(found_texts.c.uid == uid))


def forget_removed() -> None:
    """Let no word that was taken out stay on the disk; outside a turn, in steps."""
    store().forget_removed()


def texts_of(uids: list[str]) -> dict[str, str]:
    """What the files of documents say, as :func:`set_text` gave it."""
    if not uids:
        return {}
    kept = turn.rows(sa.select(found_texts).where(found_texts.c.uid.in_(uids)))
    return {each.uid: zlib.decompress(each.text).decode() for each in kept}


def marks_of(row: "sa.Row[Any]", tokens: "set[str]") -> str:
    """The marks that a row should have whose object is read by ``tokens``; its columns as they are stored."""
    facts = {marks.fact(name, value) for name in FACETS if (value := row._mapping[name])}
    return marks.column(facts | set(map(marks.reader, tokens)))


def _put(row: int, uid: str, level: str, head: tuple[str, str, str]) -> None:
    present = _row(uid)
    if level == NORMAL:
        columns = (words.column(*head), words.folded(*head), words.column(texts_of([uid]).get(uid, "")))
    else:
        digests = _digests(head, level)
        columns = (digests, digests, "")
    store().put(row, *columns, marks_of(present, _tokens(uid)))


def _digests(head: tuple[str, str, str], level: str) -> str:
    """The words of a classified document, each once, in the order of their digests."""
    forms = {form for text in head for each in words.words(text) for form in (f"_{each.exact}", each.folded)}
    return " ".join(sorted(marks.blinded(blind(each, level)) for each in forms))


def _tokens(uid: str) -> set[str]:
    return {each.token for each in turn.rows(sa.select(readers.c.token).where(readers.c.object == uid))}


def _row(uid: str) -> "sa.Row[Any] | None":
    """The row of a document as it is stored."""
    return turn.row(sa.select(found).where(found.c.uid == uid))


def _take_out(row: "sa.Row[Any]") -> None:
    store().remove(row.id)
    turn.run(sa.delete(found).where(found.c.id == row.id))


def _place(uid: str, day: date) -> int:
    """The id of the row of a document of that day, later ones of a day above earlier ones."""
    made = turn.scalar(sa.select(items.c.id).where(items.c.uid == uid))
    place = (day.toordinal() << WITHIN_A_DAY) | (made & ((1 << WITHIN_A_DAY) - 1))
    taken = sa.select(found.c.uid).where(found.c.id == sa.bindparam("place"))
    while turn.scalar(taken, {"place": place}) not in (None, uid):
        place += 1
    return place


def places(since: date | None, until: date | None) -> tuple[int, int]:
    """Ids of rows of these days: the lowest, and the one above the highest."""
    lowest = since.toordinal() << WITHIN_A_DAY if since else 0
    above = (until.toordinal() + 1) << WITHIN_A_DAY if until else HIGHEST
    return min(lowest, HIGHEST), min(above, HIGHEST)
