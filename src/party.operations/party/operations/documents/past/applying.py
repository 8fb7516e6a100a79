"""Bringing lines in (nhập từng dòng): a batch in one turn, each line once, however often it is tried.

What comes out is over and done with: no deadline, no delivery, no notification, and nothing that is counted as work of
this system.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import datetime
from datetime import timedelta
from pathlib import Path
from typing import Any

import transaction

from party.operations.confidentiality import actor
from party.operations.confidentiality import grants
from party.operations.confidentiality import tokens
from party.operations.confidentiality.levels import NORMAL
from party.operations.documents import classification
from party.operations.documents import files as document_files
from party.operations.documents import projection
from party.operations.documents.content import Version
from party.operations.documents.operations import making
from party.operations.documents.past import checking
from party.operations.documents.past import levels
from party.operations.documents.past import notes
from party.operations.documents.past import sources
from party.operations.documents.past import store
from party.operations.documents.past.plan import Book
from party.operations.documents.past.plan import Plan
from party.operations.ledger import clock
from party.operations.ledger import journal
from party.operations.ledger import series
from party.operations.ledger import turn
from party.operations.ledger.errors import Refused


#: lines in one turn: others wait no longer than that for theirs
BATCH = 25
#: seconds between two old files that are read for the search, so that the work of today is not kept waiting
_SPACING = 3
#: seconds that a line takes at most; files are read when all lines are in
_LINE = 0.2

#: why a classified one is: its register says so
_BASIS = "Sổ cũ"

Uploads = dict[int, list[document_files.Upload]]


def bring_in(found: store.Import, size: int = BATCH, beside: Path | None = None) -> int:
    """Bring in the next lines of an import, and return how many are left.

    Files are read and sealed first; the turn then asks once more which lines still wait, and what is free.
    """
    with _staged(found, _waiting(found, size), beside) as staged, turn.turn():
        book = checking.book_of(found)
        ours = [line for line in _waiting(found, size) if line.number in staged[0]]
        for line in ours:
            line.notes += staged[1].get(line.number, [])
            _bring_in(found, book, line, staged[0][line.number])
            # at once: the next line may have the same number
            store.keep_lines(found, [line])
        return _left(found)


def give_up(found: store.Import, why: str) -> int:
    """Note of the next line that it could not be brought in, and return how many are left."""
    with turn.turn():
        for line in _waiting(found, 1):
            line.state, line.notes = "failed", [notes.plain(why)]
            store.keep_lines(found, [line])
        return _left(found)


def _waiting(found: store.Import, size: int) -> list[store.Line]:
    return store.lines(found, outcomes=("taken", "warned"), state="", limit=size)


def _left(found: store.Import) -> int:
    """How many lines are left; after the last one the import is done, and its files are put aside no longer."""
    counted = store.counts(found.id)
    left = counted["taken"] + counted["warned"]
    if not left:
        store.keep(found, state="done", ended_at=clock.now())
        discard_later(found.facts["tokens"])
    return left


def discard_later(uploads: list[str]) -> None:
    """Discard uploads once what does without them is committed."""
    transaction.get().addAfterCommitHook(_discard, (list(uploads),))


def _discard(committed: bool, uploads: list[str]) -> None:
    for each in uploads if committed else ():
        document_files.discard(each)


@contextmanager
def _staged(
    found: store.Import, lines: list[store.Line], beside: Path | None
) -> "Iterator[tuple[Uploads, dict[int, list[notes.Plain]]]]":
    """The files of the lines, put aside; and what is to be said where one cannot be read any more."""
    uploads: Uploads = {line.number: [] for line in lines}
    problems: dict[int, list[notes.Plain]] = {}
    kept = [token for token in found.facts["tokens"] if any(line.files for line in lines)]
    try:
        with sources.opened(kept, beside) as there:
            for line in lines:
                for at, name in line.files:
                    try:
                        with there[at].open(name) as stream:
                            uploads[line.number].append(document_files.stage(stream, name))
                    except Refused as refused:
                        problems.setdefault(line.number, []).append(notes.plain(refused.message))
        yield uploads, problems
    except BaseException:
        for each in uploads.values():
            for upload in each:
                document_files.discard(upload.token)
        raise


def _bring_in(found: store.Import, book: Book, line: store.Line, uploads: list[document_files.Upload]) -> None:
    assert line.plan is not None
    plan = Plan(**line.plan)
    refusal = levels.refusal(plan.level) or _taken_since(found, book, line, plan)
    if refusal is not None:
        line.state, line.notes = "failed", [notes.plain(refusal.message)]
        for each in uploads:
            document_files.discard(each.token)
        return
    obj = (_incoming if found.direction == "incoming" else _outgoing)(found, plan, uploads)
    subjects = [tokens.unit_subject(found.unit, side) for side in ("registry", "leader")]
    grants.apply(obj, [grants.Grant(each, "register", found.unit) for each in subjects])
    if plan.level != NORMAL:
        ends = classification.end_of_protection(plan.level, plan.day or clock.today())
        obj.classification = replace(obj.classification, protected_until=ends)
        projection.write_words(obj)
    if plan.number and not series.holder(book.series(plan), plan.number):
        assert plan.day is not None
        series.claim(book.series(plan), plan.number, series.Use(obj.UID(), plan.day, actor.current()), "imported")
    making.read_files_later(obj, due=_reading_time(found, line))
    journal.record("import_past", obj.UID(), actor.current(), unit=found.unit, line=line.place, past=found.id)
    line.state, line.object = "done", obj.UID()


def _taken_since(found: store.Import, book: Book, line: store.Line, plan: Plan) -> Refused | None:
    """Why a number is no longer free: it was taken here since the sheet was checked, and not by this sheet itself."""
    uid = series.holder(book.series(plan), plan.number) if plan.number else ""
    came = store.line_of(uid) if uid else None
    if not uid or (came is not None and came._mapping["import"] == found.id):
        return None
    return Refused(checking.taken_by(plan, uid))


def _incoming(found: store.Import, plan: Plan, uploads: list[document_files.Upload]) -> Any:
    values = {**plan.fields, "register": found.register, "issuer_unit": plan.issuer_unit}
    obj = making.place("IncomingDocument", found.unit, "incoming", "filed", values, plan.level, _BASIS)
    obj.own_files = tuple(document_files.keep(obj, uploads, actor.current()))
    number = {"arrival_number": plan.number, "arrival_letters": plan.letters, "period": plan.period}
    projection.write_incoming(obj, **number, **plan.row)
    return obj


def _outgoing(found: store.Import, plan: Plan, uploads: list[document_files.Upload]) -> Any:
    signed = {"kind": "paper", "signer": "", "name": plan.row["signer"], "title": "", "authority": ""}
    values = {
        **plan.fields,
        "drafting_unit": found.unit,
        "issue_date": plan.day,
        "recipients": tuple({"name": each, "channel": "paper"} for each in plan.recipients),
        "signature": {**signed, "signed_on": plan.day, "version": 1},
    }
    obj = making.place("OutgoingDocument", found.unit, "outgoing", "issued", values, plan.level, _BASIS)
    kept = tuple(document_files.keep(obj, uploads, actor.current()))
    obj.versions = (Version(1, kept, actor.current(), clock.now(), "", frozen=True),)
    projection.write_outgoing(obj, number=plan.number, period=plan.period, copies=obj.copies, **plan.row)
    return obj


def _reading_time(found: store.Import, line: store.Line) -> datetime:
    """When the text of a file is read: after all lines, one after the other."""
    begun = found.begun_at or clock.now()
    return begun + timedelta(seconds=_LINE * found.facts["count"] + _SPACING * (line.number % store.ROWS))
