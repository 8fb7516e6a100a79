"""The verbs of old registers (nhập sổ cũ): take a file, understand its columns, check it, bring it in."""

import hashlib
import io
import re
from collections.abc import Callable
from pathlib import Path
from typing import BinaryIO

import sqlalchemy as sa
import transaction
from transaction.interfaces import TransientError

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import levels as known_levels
from party.operations.documents import files as document_files
from party.operations.documents.operations.registers import register_of
from party.operations.documents.past import applying
from party.operations.documents.past import cells
from party.operations.documents.past import checking
from party.operations.documents.past import columns
from party.operations.documents.past import levels
from party.operations.documents.past import notes
from party.operations.documents.past import rules
from party.operations.documents.past import sheets
from party.operations.documents.past import sources
from party.operations.documents.past import store
from party.operations.ledger import clock
from party.operations.ledger import journal
from party.operations.ledger import outbox
from party.operations.ledger import turn
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import NotAllowed
from party.operations.ledger.errors import Refused
from party.operations.ledger.errors import require
from party.operations.ledger.operation import operation
from party.operations.ledger.tables import outbox as outbox_jobs
from party.operations.organization.importing.sheets import MAX_BYTES
from party.operations.organization.importing.values import Cell
from party.operations.text.normalize import clean_filename


#: most files and archives beside one sheet
MOST_UPLOADS = 200
#: kind of the worker's job
JOB = "past_register"

_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")


@operation
def take_past_register(
    unit: str,
    direction: str,
    stream: BinaryIO,
    filename: str,
    uploads: "list[document_files.Upload] | None" = None,
    *,
    register: str = "",
) -> store.Import:
    """Take the sheet of an old register with its files, guess its columns, and return the import (nhận sổ cũ).

    Nothing of it is kept but sealed, and nothing at all of a line that names a level which the person may not have here.
    Raises :class:`Invalid` for a file that cannot be read as a whole.
    """
    require(rules.may_import(unit))
    if direction not in columns.COLUMNS:
        raise Invalid(_("“${value}” is not a direction.", mapping={"value": direction}), "direction")
    book = register_of(unit, register, open_only=False).UID() if direction == "incoming" else ""
    content = stream.read(MAX_BYTES + 1)
    read = sheets.read(io.BytesIO(content), filename, direction)
    _check_uploads(uploads or [])
    with turn.turn():
        mapping = columns.guess(direction, read.headings, store.remembered(unit, direction))
        facts = {
            "filename": clean_filename(filename),
            "digest": digest(content),
            "headings": list(read.headings),
            "mapping": mapping,
            "year": _year(filename, read),
            "tokens": [each.token for each in uploads or ()],
            "beside": False,
            "loose": [],
            "continues": [],
            "count": len(read.entries),
        }
        for each in uploads or ():
            document_files.keep_for(each.token, store.KEPT_SECONDS)
        return store.make(
            unit, direction, book, facts, _lines(read, columns.of_levels(direction, read.headings, mapping))
        )


def digest(content: bytes) -> str:
    """What tells one sheet from another."""
    return hashlib.sha256(content).hexdigest()


@operation
def add_past_files(name: str, uploads: "list[document_files.Upload]") -> None:
    """Put further files or archives beside the sheet (thêm tệp); it is checked again then."""
    found = _open(name)
    _check_uploads(uploads)
    with turn.turn():
        if len(found.facts["tokens"]) + len(uploads) > MOST_UPLOADS:
            raise Invalid(
                _("At most ${count} files and archives. Pack files into a ZIP.", mapping={"count": MOST_UPLOADS}),
                "files",
            )
        for each in uploads:
            document_files.keep_for(each.token, store.KEPT_SECONDS)
        found.facts["tokens"] = [*found.facts["tokens"], *(each.token for each in uploads)]
        store.keep(found)


@operation
def check_past_register(
    name: str, mapping: "dict[str, str] | None" = None, year: int | None = None, beside: Path | None = None
) -> store.Import:
    """Check every line and write down what would become of it (kiểm tra); nothing is brought in.

    ``mapping`` is the column that each heading means, "" for none; what a person says of it is remembered for the unit's
    next sheet. ``year`` is that of dates without one. Raises :class:`Invalid` when a column is missing or meant twice.
    """
    found = _open(name)
    _check_clearance(found)
    if mapping is not None:
        _check_mapping(found, mapping)
        found.facts["mapping"] = {each: mapping.get(each, "") for each in found.facts["headings"]}
        found.facts["year"] = year
    _check_levels(found)
    missing = columns.missing(found.direction, found.facts["mapping"])
    if missing:
        labels = [columns.COLUMNS[found.direction][choice[0]].label for choice in missing]
        raise Invalid(_("No column is “${column}”. Say which it is.", mapping={"column": labels[0]}), "mapping")
    lines = store.lines(found)
    loose, gone = checking.check(found, lines, beside)
    found.facts["loose"] = [[each.name, each.why] for each in loose]
    with turn.turn():
        applying.discard_later(gone)
        store.keep_lines(found, lines)
        store.keep(found, state="checked")
        if mapping is not None:
            meant = {columns.key_of(heading): column for heading, column in found.facts["mapping"].items()}
            store.remember(found.unit, found.direction, meant)
    return found


@operation
def begin_past_register(name: str) -> store.Import:
    """Let the worker bring in the lines that can be taken, or go on with it (bắt đầu nhập, nhập tiếp)."""
    found = store.get(name)
    if found.state not in ("checked", "running"):
        raise NotAllowed(_("The register must be checked first, and is brought in once."))
    check_beside(found, None)
    _check_clearance(found)
    with turn.turn():
        _begin(found)
        go_on(found, applying.BATCH)
    return found


@operation
def discard_past_register(name: str) -> None:
    """Give up an import of which nothing was brought in yet (bỏ lượt nhập)."""
    found = _open(name)
    with turn.turn():
        store.remove(found)
        applying.discard_later(found.facts["tokens"])


@operation
def bring_in_here(name: str, beside: Path | None, progress: Callable[[int, int], None]) -> None:
    """Bring an import in at once, batch by batch, each committed: for the command line (nhập bằng dòng lệnh).

    ``progress`` is told how many of how many lines are done.
    """
    found = store.get(name)
    check_beside(found, beside)
    _check_clearance(found)
    with turn.turn():
        _begin(found)
    transaction.commit()
    counted = store.counts(name)
    total = sum(counted[each] for each in ("taken", "warned", "done", "failed"))
    left = total - counted["done"] - counted["failed"]
    while left:
        left = step(store.get(name), applying.BATCH, beside)
        transaction.commit()
        progress(total - left, total)


def step(found: store.Import, size: int, beside: Path | None = None, is_last_try: bool = True) -> int:
    """Bring in a batch; one that fails is tried line by line, and a line that fails alone is noted. Returns what is left.

    Raises what may pass, for the line to be tried again: ``TransientError`` when somebody else was faster, a key or a disk
    that is not there for a time, and before the last try everything that is no answer about the line.
    """
    try:
        return applying.bring_in(found, size, beside)
    except TransientError:
        raise
    except Exception as error:
        transaction.abort()
        transaction.begin()
        if size > 1:
            return step(found, 1, beside, is_last_try)
        if not _is_answer(error) and (isinstance(error, Refused | OSError) or not is_last_try):
            raise
        return applying.give_up(found, _why(error))


def go_on(found: store.Import, size: int) -> None:
    """Ask the worker, in the open turn, for the next batch, to be done as the person who acts."""
    outbox.enqueue(JOB, _key(found), {"import": found.id, "size": size}, actor.current())


def check_beside(found: store.Import, beside: Path | None) -> None:
    """Raise ``NotAllowed`` where files on the disk of the machine belong to lines, and nobody names them now."""
    if found.facts.get("beside") and beside is None:
        raise NotAllowed(
            _(
                "Files of this register were given on the command line when it was checked. Nothing was brought in now: go "
                "on there and give the same files again (--files), or the documents would be without them."
            )
        )


def is_last_try(found: store.Import) -> bool:
    """Is the job of the next batch done for the last time now?"""
    wanted = sa.select(outbox_jobs.c.attempts).where(outbox_jobs.c.kind == JOB, outbox_jobs.c.key == _key(found))
    return int(turn.scalar(wanted) or 0) >= outbox.MAX_ATTEMPTS


def _key(found: store.Import) -> str:
    counted = store.counts(found.id)
    return f"past:{found.id}:{found.round}:{counted['done']}:{counted['failed']}"


def _is_answer(error: Exception) -> bool:
    """Does the error say of a line why it cannot be taken, now or later?"""
    return isinstance(error, Refused) and error.status < 500


def _begin(found: store.Import) -> None:
    if found.state == "checked":
        counted = store.counts(found.id)
        journal.record(
            "import_past_register",
            "",
            actor.current(),
            unit=found.unit,
            direction=found.direction,
            past=found.id,
            lines=counted["taken"] + counted["warned"],
            refused=counted["refused"],
        )
    store.keep(found, state="running", round=found.round + 1, begun_at=found.begun_at or clock.now())


def _open(name: str) -> store.Import:
    """An import that may still be changed."""
    found = store.get(name)
    if found.state not in ("mapping", "checked"):
        raise NotAllowed(_("This register is being brought in already; it is not changed any more."))
    return found


def _check_uploads(uploads: "list[document_files.Upload]") -> None:
    """Look into every archive; raises :class:`Invalid` for one that cannot be opened."""
    with sources.opened([each.token for each in uploads]):
        pass


def _check_clearance(found: store.Import) -> None:
    """Who goes on for somebody else must be allowed to have what he was."""
    if found.person == actor.current():
        return
    for line in store.lines(found, state=""):
        refused = levels.refusal(line.level)
        if refused is not None:
            raise refused


def _check_levels(found: store.Import) -> None:
    """A column of levels is not left out, whoever says so and however long ago."""
    for heading, meant in columns.guess(found.direction, found.facts["headings"], {}).items():
        if meant == "level" and not found.facts["mapping"].get(heading):
            raise Invalid(
                _(
                    "The column “${heading}” says what is classified and cannot be left out. Choose “Level” for it.",
                    mapping={"heading": heading},
                ),
                "mapping",
            )


def _check_mapping(found: store.Import, mapping: dict[str, str]) -> None:
    known = columns.COLUMNS[found.direction]
    seen: set[str] = set()
    for heading in found.facts["headings"]:
        column = mapping.get(heading, "")
        if column and column not in known:
            raise Invalid(_("There is no column “${column}”.", mapping={"column": column}), "mapping")
        if column in seen:
            raise Invalid(
                _("Two columns are “${column}”. Choose one.", mapping={"column": known[column].label}), "mapping"
            )
        seen |= {column} - {""}


def _lines(read: sheets.Register, marks: list[int]) -> list[store.Line]:
    """The lines to keep: of one that may not be here, that it was there. ``marks`` are the places of columns of levels."""
    order = list(dict.fromkeys(each.sheet for each in read.entries))
    shown = {sheet: sheet if len(order) > 1 else "" for sheet in order}
    found = []
    meant: tuple[Cell, ...] = ()
    for entry in read.entries:
        # “như trên” below a level is that level
        above = {at: cell for at, cell in enumerate(meant) if cell}
        meant = tuple(above.get(at, "") if cells.is_ditto(cell) else cell for at, cell in enumerate(entry.cells))
        number = order.index(entry.sheet) * store.ROWS + entry.row
        line = store.Line(number, sheet=shown[entry.sheet], row=entry.row, cells=entry.cells)
        refused: Refused | None
        try:
            line.level = levels.named_in(meant)
            line.level = max(line.level, levels.said_by(meant[at] for at in marks), key=known_levels.rank)
            refused = levels.refusal(line.level)
        except known_levels.Forbidden as forbidden:
            refused = forbidden
        except Invalid:
            # a word that is no level; the check says so
            refused = levels.refusal(line.level)
        if refused is not None:
            line.cells, line.level, line.outcome = (), known_levels.NORMAL, "refused"
            line.notes = [notes.plain(refused.message)]
        found.append(line)
    return found


def _year(filename: str, read: sheets.Register) -> int | None:
    """The year that the name of the file or of its sheet says."""
    for text in (filename, *(each.sheet for each in read.entries[:1])):
        found = set(_YEAR.findall(text))
        if len(found) == 1:
            return int(found.pop())
    return None


def _why(error: Exception) -> str:
    if isinstance(error, Refused):
        return error.message
    return _("The line could not be written (${error}). Enter it by hand.", mapping={"error": type(error).__name__})
