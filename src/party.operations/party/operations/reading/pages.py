"""The words of a PDF with their places (chữ trên trang): what every reader, viewer and search begins with.

Of the words as PDFium finds them: put together from letters, in Unicode NFC whatever encoding the file was written with, in
reading order, and with boxes as the page is shown: turned as the page is turned, cut as it is cut.
"""

import ctypes
import io
import re
import threading
import unicodedata
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from dataclasses import replace
from typing import Any
from typing import BinaryIO
from typing import cast

import pypdfium2
import pypdfium2.raw as pdfium

from party.operations.reading import encodings
from party.operations.reading.lines import in_reading_order
from party.operations.reading.model import Box
from party.operations.reading.model import Page
from party.operations.reading.model import Word


#: PDFium may be entered by one thread at a time: whoever draws or reads pages holds this
pdfium_lock = threading.RLock()

#: bytes in which a file of any size is read
_CHUNK = 1024 * 1024
#: a page with fewer words is a picture, perhaps with the line of an electronic signature on it
FEW_WORDS = 15

_ITALIC = 1 << 6
_FORCE_BOLD = 1 << 18
_BOLD = re.compile("bold|black|heavy|semibold", re.IGNORECASE)
_SLANTED = re.compile("italic|oblique", re.IGNORECASE)
_REGULAR_WEIGHT, _BOLD_WEIGHT = 400, 700
_INVISIBLE = 3
#: letters of a page that are asked how they are drawn
_SAMPLES = 20
#: a gap within a word wider than this part of the letters' height parts two words
_GAP = 0.6
#: fonts without a table of letters give those of the private use area, 0xF000 and the letter's byte
_PRIVATE = range(0xF020, 0xF100)


def read_pages(stream: BinaryIO, first: int = 1, last: int | None = None) -> list[Page]:
    """The pages ``first`` to ``last`` of a PDF, counted from 1; none of a file that is no PDF, is damaged or is locked."""
    with _document(stream) as pdf:
        if pdf is None:
            return []
        until = min(len(pdf), last or len(pdf))
        raw = [_read(pdf, number) for number in range(max(first, 1), until + 1)]
    return _in_unicode(raw)


def page_count(stream: BinaryIO) -> int:
    """How many pages a PDF has; 0 for a file that is no PDF, is damaged or is locked."""
    with _document(stream) as pdf:
        return 0 if pdf is None else len(pdf)


def is_scan(pages: list[Page]) -> bool:
    """True if pages are pictures without words, or their words are no text: what must be recognised before it is read."""
    if not pages:
        return False
    if len(pages[0].words) < FEW_WORDS:
        return True
    bare = sum(len(page.words) < FEW_WORDS for page in pages)
    return bare * 2 > len(pages) or _is_garbage(pages)


@dataclass
class _RawWord:
    text: str
    box: Box
    size: float
    font: str
    weight: int
    italic: bool


@dataclass
class _RawPage:
    number: int
    width: float
    height: float
    words: list[_RawWord]
    recognised: bool


@contextmanager
def _document(stream: BinaryIO) -> Iterator[Any]:
    # PDFium takes a short answer for the end of the file; a buffered file gives short answers at its end alone
    whole = io.BufferedReader(cast(io.RawIOBase, stream), _CHUNK)
    try:
        with pdfium_lock:
            try:
                pdf = pypdfium2.PdfDocument(whole)
            except pypdfium2.PdfiumError:
                yield None
                return
            try:
                yield pdf
            finally:
                pdf.close()
    finally:
        # who opened the file closes it
        whole.detach()


def _read(pdf: Any, number: int) -> _RawPage:
    try:
        page = pdf[number - 1]
    except pypdfium2.PdfiumError:
        # one page is damaged: the others keep their numbers
        return _RawPage(number, 595.0, 842.0, [], recognised=False)
    width, height = page.get_size()
    text_page = page.get_textpage()
    try:
        turned = _as_shown(page)
        words = list(_words(text_page.raw, turned))
        recognised = bool(words) and _is_invisible(text_page.raw)
    finally:
        text_page.close()
        page.close()
    # what was cut off the page is not on it
    shown = [word for word in words if _is_inside(word.box, width, height)]
    return _RawPage(number, width, height, shown, recognised)


def _is_inside(box: Box, width: float, height: float) -> bool:
    across, down = (box[0] + box[2]) / 2, (box[1] + box[3]) / 2
    return 0 <= across <= width and 0 <= down <= height


def _as_shown(page: Any) -> Callable[[Box], Box]:
    """From PDF coordinates (left, bottom, right, top) to those of the page as it is shown, from its upper left corner."""
    left, bottom, right, top = page.get_bbox()
    return {
        0: lambda box: (box[0] - left, top - box[3], box[2] - left, top - box[1]),
        90: lambda box: (box[1] - bottom, box[0] - left, box[3] - bottom, box[2] - left),
        180: lambda box: (right - box[2], box[1] - bottom, right - box[0], box[3] - bottom),
        270: lambda box: (top - box[3], right - box[2], top - box[1], right - box[0]),
    }[page.get_rotation()]


def _words(text: Any, turned: Callable[[Box], Box]) -> Iterator[_RawWord]:
    """Words of a page: letters between white space and wide gaps; marks that stand apart go to their letter."""
    letters: list[tuple[str, Box]] = []
    begin = 0
    box = pdfium.FS_RECTF()
    for at in range(pdfium.FPDFText_CountChars(text)):
        code = pdfium.FPDFText_GetUnicode(text, at)
        character = _character(code)
        if character.isspace():
            if letters:
                yield _word(text, begin, letters)
                letters = []
            continue
        if not character or not pdfium.FPDFText_GetLooseCharBox(text, at, box):
            continue
        place = turned((box.left, box.bottom, box.right, box.top))
        if letters and not unicodedata.combining(character) and _is_apart(letters[-1][1], place):
            yield _word(text, begin, letters)
            letters = []
        if not letters:
            begin = at
        letters.append((character, place))
    if letters:
        yield _word(text, begin, letters)


def _character(code: int) -> str:
    """The letter of a code of PDFium: "" for what is none, a hyphen for the hyphen at the end of a line."""
    if code in (0xFFFE, 0x02):
        return "-"
    if code in _PRIVATE:
        code -= 0xF000
    if code < 0x20 or 0xD800 <= code < 0xE000 or code == 0xFFFF:
        return " " if code in (0x09, 0x0A, 0x0D) else ""
    return chr(code)


def _is_apart(before: Box, after: Box) -> bool:
    height = max(before[3] - before[1], 1.0)
    level = abs(after[1] - before[1]) > height * 0.9
    across = abs(after[0] - before[2]) > height * _GAP and abs(before[0] - after[2]) > height * _GAP
    return level or across


def _word(text: Any, begin: int, letters: list[tuple[str, Box]]) -> _RawWord:
    font, flags = _font(text, begin)
    boxes = [box for _letter, box in letters]
    box = (
        min(each[0] for each in boxes),
        min(each[1] for each in boxes),
        max(each[2] for each in boxes),
        max(each[3] for each in boxes),
    )
    weight = pdfium.FPDFText_GetFontWeight(text, begin)
    bold = bool(flags & _FORCE_BOLD) or bool(_BOLD.search(font)) or weight >= _BOLD_WEIGHT
    return _RawWord(
        text="".join(letter for letter, _box in letters),
        box=box,
        size=box[3] - box[1],
        font=font,
        weight=_BOLD_WEIGHT if bold else _REGULAR_WEIGHT,
        italic=bool(flags & _ITALIC) or bool(_SLANTED.search(font)),
    )


def _font(text: Any, at: int) -> tuple[str, int]:
    flags = ctypes.c_int()
    name = ctypes.create_string_buffer(100)
    length = pdfium.FPDFText_GetFontInfo(text, at, name, 100, flags)
    return (name.raw[: min(length, 100)].rstrip(b"\0").decode("utf-8", "replace") if length else ""), flags.value


def _is_invisible(text: Any) -> bool:
    """True if most text lies unseen over a picture, as programs that recognise letters put it there."""
    count = pdfium.FPDFText_CountChars(text)
    asked = range(0, count, max(count // _SAMPLES, 1))
    letters = [letter for at in asked if (letter := pdfium.FPDFText_GetTextObject(text, at))]
    unseen = sum(pdfium.FPDFTextObj_GetTextRenderMode(letter) == _INVISIBLE for letter in letters)
    return unseen * 2 > len(letters)


def _in_unicode(raw: list[_RawPage]) -> list[Page]:
    """Words of old encodings turned into Unicode: those of fonts that say so, or all where the text says so."""
    by_text = encodings.by_statistics(
        word.text for page in raw for word in page.words if not encodings.by_font(word.font)
    )
    return [_page(each, by_text) for each in raw]


def _page(raw: _RawPage, by_text: encodings.Encoding) -> Page:
    words, converted = [], False
    for each in raw.words:
        encoding = encodings.by_font(each.font) or by_text
        text = encodings.convert(each.text, encoding, capitals=encodings.draws_capitals(each.font))
        converted = converted or bool(encoding)
        words.append(Word(text, each.box, round(each.size, 1), each.weight, each.italic))
    source = "ocr" if raw.recognised else "converted" if converted else "text"
    joined = _with_marks(words)
    return Page(raw.number, raw.width, raw.height, tuple(in_reading_order(joined)), source)


def _with_marks(words: list[Word]) -> list[Word]:
    """Marks that a file has as words of their own, at the end of the word before them (chữ tổ hợp)."""
    if not any(unicodedata.combining(word.text[0]) for word in words):
        return words
    joined: list[Word] = []
    for word in words:
        if joined and unicodedata.combining(word.text[0]):
            before = joined[-1]
            box = (before.box[0], before.box[1], max(before.box[2], word.box[2]), before.box[3])
            joined[-1] = replace(before, text=unicodedata.normalize("NFC", before.text + word.text), box=box)
        else:
            joined.append(word)
    return joined


def _is_garbage(pages: list[Page]) -> bool:
    """Letters of a font whose table is missing: signs of no script, or replacement characters."""
    letters = "".join(word.text for page in pages for word in page.words)
    strange = sum(unicodedata.category(each) in ("Co", "Cn", "Cc") or each == "\ufffd" for each in letters)
    return strange * 5 > len(letters)
