"""The words of a file (chữ trên giấy): from the PDF itself, and of a scan as the worker has recognised them.

The file is never changed. Words that had to be recognised are kept with the document, sealed where it is classified; of a
file that is only staged they lie beside it and open with its token, as the file does.
"""

import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from typing import BinaryIO

import pypdfium2
import sqlalchemy as sa
from pypdfium2.raw import FPDF_PAGEOBJ_IMAGE
from pypdfium2.raw import FPDF_PAGEOBJ_PATH

from party.operations import _
from party.operations.confidentiality import rows
from party.operations.documents import access
from party.operations.documents import files
from party.operations.documents.files import DocumentFile
from party.operations.documents.files import Upload
from party.operations.documents.tables import recognised
from party.operations.ledger import clock
from party.operations.reading.model import Page
from party.operations.reading.model import Word
from party.operations.reading.pages import FEW_WORDS
from party.operations.reading.pages import is_scan
from party.operations.reading.pages import page_count
from party.operations.reading.pages import pdfium_lock
from party.operations.reading.pages import read_pages


PDF = "application/pdf"

#: how far the recognising of a file has come; ``text`` has nothing to be recognised, ``locked`` no pages at all
STATES = {
    "text": _("Its words were read"),
    "waiting": _("Waiting for the recognition of its letters"),
    "running": _("Being recognised"),
    "done": _("Recognised"),
    "failed": _("A page could not be recognised; what was read before it is used. Type in what is missing."),
    "missing": _(
        "This is a scan, and the programs that recognise letters are not installed on the server (Debian: ocrmypdf, "
        "tesseract-ocr-vie). Type in the fields by hand."
    ),
    "locked": _("The file is damaged or locked with a password, so nothing could be read. Type in the fields by hand."),
    "other": _("Only PDF files are read. Type in the fields by hand."),
}
#: pages looked at to find out whether a file is a scan
_SAMPLE = 10
#: letters that were drawn as lines make more of them than a table or a seal does
_MANY_LINES = 300


@dataclass(frozen=True)
class Kind:
    """What a file is for who wants its words: its state at the beginning, and its pages."""

    state: str
    page_count: int


def pages(document: Any, file: DocumentFile, first: int = 1, last: int | None = None) -> list[Page]:
    """The words of the pages ``first`` to ``last`` of a file of an opened document; none of what is no PDF or is locked."""
    if file.content_type != PDF:
        return []
    kept = of_file(file)
    if kept is not None and kept.words:
        return [each for each in unpacked(kept.words) if first <= each.number <= (last or each.number)]
    with access.bytes_of(file) as stream:
        return read_pages(stream, first, last)


def staged_pages(upload: Upload, first: int = 1, last: int | None = None) -> list[Page]:
    """The same of a staged file."""
    if upload.content_type != PDF:
        return []
    words = files.words_of(upload.token)
    if words:
        return [each for each in unpacked(words) if first <= each.number <= (last or each.number)]
    with upload.open() as stream:
        return read_pages(stream, first, last)


def kind(upload: Upload) -> Kind:
    """Look into a staged file: has it words, or are they to be recognised?"""
    if upload.content_type != PDF:
        return Kind("other", 0)
    with upload.open() as stream:
        count = page_count(stream)
    if not count:
        return Kind("locked", 0)
    with upload.open() as stream:
        sample = read_pages(stream, 1, _SAMPLE)
    with upload.open() as stream:
        return Kind("waiting" if is_to_be_recognised(sample, stream) else "text", count)


def is_to_be_recognised(sample: Sequence[Page], stream: BinaryIO) -> bool:
    """Are the first pages of a PDF pictures, or drawn letters, in which words can be looked for?

    A page with few words is no scan when there is nothing on it besides.
    """
    if not is_scan(list(sample)):
        return False
    if len(sample[0].words) >= FEW_WORDS:
        return True
    with pdfium_lock:
        pdf = pypdfium2.PdfDocument(stream)
        try:
            return any(_is_drawn(pdf[number]) for number in range(min(len(pdf), _SAMPLE)))
        except pypdfium2.PdfiumError:
            # a page is damaged: there is nothing on it to be recognised
            return False
        finally:
            pdf.close()


def of_file(file: DocumentFile) -> Any:
    """The row of the recognised words of a file, opened for who may read its document; ``None`` when there is none."""
    return rows.row(sa.select(recognised).where(recognised.c.document == file.home, recognised.c.file == file.id))


def keep(file: DocumentFile, state: str, count: int, read: Sequence[Page]) -> None:
    """Write down, in the open turn, how far the recognising of a file has come."""
    values = {
        "state": state,
        "page_count": count,
        "done": len(read),
        "words": packed(read) if read else None,
        "read_at": clock.now(),
    }
    if not rows.update(recognised, recognised.c.document == file.home, recognised.c.file == file.id, **values):
        rows.insert(recognised, {"document": file.home, "file": file.id, **values})


def take_over(uploads: Sequence[Upload], kept: Sequence[DocumentFile]) -> None:
    """Give files of a document the words that were recognised while they were only staged; in the open turn."""
    for upload, file in zip(uploads, kept, strict=True):
        words = files.words_of(upload.token)
        if words:
            with upload.open() as stream:
                count = page_count(stream)
            read = unpacked(words)
            if len(read) == count:
                keep(file, "done", count, read)


def packed(read: Sequence[Page]) -> bytes:
    """Pages as they are kept: compressed JSON."""
    plain = [
        [
            each.number,
            each.width,
            each.height,
            each.source,
            [
                [word.text, *(round(edge, 1) for edge in word.box), word.size, word.weight, word.italic]
                for word in each.words
            ],
        ]
        for each in read
    ]
    return zlib.compress(json.dumps(plain, ensure_ascii=False, separators=(",", ":")).encode())


def unpacked(kept: bytes) -> list[Page]:
    """The pages of :func:`packed`."""
    return [
        Page(
            number,
            width,
            height,
            tuple(
                Word(text, (left, top, right, bottom), size, weight, italic)
                for text, left, top, right, bottom, size, weight, italic in words
            ),
            source,
        )
        for number, width, height, source, words in json.loads(zlib.decompress(kept))
    ]


def _is_drawn(page: Any) -> bool:
    kinds = [each.type for each in page.get_objects(max_depth=3)]
    return FPDF_PAGEOBJ_IMAGE in kinds or kinds.count(FPDF_PAGEOBJ_PATH) > _MANY_LINES
