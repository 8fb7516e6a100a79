"""The registers as they are printed and kept (mẫu sổ đăng ký văn bản đến, đi): NĐ 30/2020, Phụ lục IV, on A4 across.

The text is laid out here, not by the library's tables: those take minutes for the register of a year.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import Any

from fpdf import FPDF
from zope.i18n import translate

from party.operations.confidentiality import levels
from party.operations.confidentiality import rows
from party.operations.documents import copies
from party.operations.documents import fonts
from party.operations.documents import register_columns
from party.operations.documents.register_filters import Wanted
from party.operations.documents.vocabularies import INCOMING_STATES
from party.operations.documents.vocabularies import OUTGOING_STATES
from party.operations.documents.vocabularies import type_name
from party.operations.documents.vocabularies import URGENCIES
from party.operations.ledger import clock
from party.operations.organization import lookup
from party.operations.text.dates import format_date
from party.operations.text.normalize import nfc


TITLES = {"incoming": "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN", "outgoing": "SỔ ĐĂNG KÝ VĂN BẢN ĐI"}
#: margins and room between text and rule, in mm
_MARGIN, _PAD = 10.0, 1.2
_SIZE, _HEAD_SIZE = 9.5, 9.5
_LEADING = _SIZE * fonts.POINT * 1.22


@dataclass(frozen=True)
class Field:
    """One column of the form: its heading, its width in mm, and what stands in it."""

    head: str
    width: float
    value: "Callable[[rows.Row], str]"


def printed(direction: str, unit: str, wanted: Wanted, only: "tuple[str, ...]" = ()) -> bytes:
    """The register as PDF, oldest line first, with those lines the person who acts may read; recorded before."""
    found = register_columns.printed(direction, unit, wanted, only)
    register_columns.record("print", direction, unit, found)
    classified = any(each.level in levels.CLASSIFIED for each in found)
    form = _outgoing({each.drafting_unit for each in found}) if direction == "outgoing" else _INCOMING
    book = _Book(form, " · ".join(copies.reader_lines()) if classified else "")
    book.add_page()
    _cover(book, direction, unit, wanted, found)
    book.heads()
    for row in found:
        book.line([nfc(field.value(row)) for field in form])
    return bytes(book.output())


class _Book(FPDF):
    """Pages of a register: the headings of the columns on each, its number at the foot."""

    def __init__(self, form: "tuple[Field, ...]", mark: str) -> None:
        super().__init__(orientation="L", format="A4")
        self.form = form
        self.mark = mark
        self.set_margins(_MARGIN, _MARGIN, _MARGIN)
        self.set_auto_page_break(False)
        fonts.add_to(self)
        self.set_lang("vi")
        self.set_line_width(0.2)
        self.widths: dict[tuple[str, str], float] = {}
        self.alias_nb_pages()

    def footer(self) -> None:
        """Number of the page, and who printed what is classified."""
        self.set_font(fonts.FONT, "", 9)
        self.set_xy(_MARGIN, self.h - 9)
        self.cell(0, 5, self.mark)
        self.set_xy(_MARGIN, self.h - 9)
        self.cell(0, 5, f"Trang {self.page_no()}/{{nb}}", align="R")

    def heads(self) -> None:
        """The headings of the columns, and under them their numbers."""
        self.set_font(fonts.FONT, "B", _HEAD_SIZE)
        self._cells([field.head for field in self.form], "B", center=True)
        self.set_font(fonts.FONT, "", _SIZE)
        self._cells([f"({number})" for number in range(1, len(self.form) + 1)], "", center=True)

    def line(self, texts: list[str]) -> None:
        """One line of the register; it stays together on a page."""
        wrapped = self._wrapped(texts, "")
        height = max(map(len, wrapped)) * _LEADING + 2 * _PAD
        if self.get_y() + height > self.h - 12:
            self.add_page()
            self.set_y(_MARGIN)
            self.heads()
        self._draw(wrapped, height, center=False)

    def _cells(self, texts: list[str], style: str, center: bool) -> None:
        wrapped = self._wrapped(texts, style)
        self._draw(wrapped, max(map(len, wrapped)) * _LEADING + 2 * _PAD, center)

    def _draw(self, wrapped: list[list[str]], height: float, center: bool) -> None:
        x, y = _MARGIN, self.get_y()
        for field, lines in zip(self.form, wrapped, strict=True):
            self.rect(x, y, field.width, height)
            at = y + _PAD + _LEADING * 0.78
            for text in lines:
                left = (field.width - self.get_string_width(text)) / 2 if center else _PAD
                self.text(x + left, at, text)
                at += _LEADING
            x += field.width
        self.set_y(y + height)

    def _wrapped(self, texts: list[str], style: str) -> list[list[str]]:
        return [
            self._lines(text, field.width - 2 * _PAD, style) or [""]
            for text, field in zip(texts, self.form, strict=True)
        ]

    def _lines(self, text: str, room: float, style: str) -> list[str]:
        """``text`` in lines that fit; a word that is too long for a line is cut."""
        lines: list[str] = []
        line, used, space = "", 0.0, self._width(" ", style)
        for word in text.split():
            width = self._width(word, style)
            if line and used + space + width <= room:
                line, used = f"{line} {word}", used + space + width
                continue
            if line:
                lines.append(line)
            while width > room:
                count = next(n for n in range(len(word), 0, -1) if n == 1 or self._width(word[:n], style) <= room)
                lines.append(word[:count])
                word = word[count:]
                width = self._width(word, style)
            line, used = word, width
        return [*lines, line] if line else lines

    def _width(self, word: str, style: str) -> float:
        known = self.widths.get((word, style))
        if known is None:
            known = self.widths[word, style] = self.get_string_width(word)
        return known


def _cover(book: _Book, direction: str, unit: str, wanted: Wanted, found: list[rows.Row]) -> None:
    """The organ, the title of the register, its year or term, and from which number to which it goes."""
    row = lookup.unit(unit)
    superior = lookup.unit(row.parent).title if row.parent else ""
    half = (book.w - 2 * _MARGIN) / 2
    for text, style in ((superior, ""), (row.title, "B")):
        book.set_font(fonts.FONT, style, 12)
        book.multi_cell(half * 0.7, 5.5, nfc(text.upper()), align="C", new_x="LMARGIN", new_y="NEXT")
    bottom = book.get_y()
    book.set_xy(_MARGIN + half, _MARGIN)
    book.set_font(fonts.FONT, "B", 13)
    book.cell(half, 5.5, "ĐẢNG CỘNG SẢN VIỆT NAM", align="R")
    book.set_y(bottom + 4)
    book.set_font(fonts.FONT, "B", 16)
    book.cell(0, 8, TITLES[direction], align="C", new_x="LMARGIN", new_y="NEXT")
    book.set_font(fonts.FONT, "", 12)
    for text in filter(None, (_period(direction, wanted, found), _extent(direction, found))):
        book.cell(0, 6, nfc(text), align="C", new_x="LMARGIN", new_y="NEXT")
    book.set_y(book.get_y() + 3)


def _period(direction: str, wanted: Wanted, found: list[rows.Row]) -> str:
    if wanted.period:
        return f"Năm {wanted.period}" if wanted.period.isdigit() else f"Nhiệm kỳ: {wanted.period}"
    days = [_day_of(direction, each) for each in found]
    years = sorted({each.year for each in days} or {clock.today().year})
    return f"Năm {years[0]}" if len(years) == 1 else f"Năm {years[0]}–{years[-1]}"


def _extent(direction: str, found: list[rows.Row]) -> str:
    if not found:
        return "Không có văn bản nào."
    days = f"Từ ngày {_day(_day_of(direction, found[0]))} đến ngày {_day(_day_of(direction, found[-1]))}"
    if direction == "outgoing":
        return f"{days} · {len(found)} văn bản"
    return f"{days} · từ số {found[0].arrival_number} đến số {found[-1].arrival_number} · {len(found)} văn bản"


def _day_of(direction: str, row: rows.Row) -> Any:
    return row.issue_date if direction == "outgoing" else row.arrival_date


def _day(value: Any) -> str:
    return format_date(value) if value else ""


def _said(message: str) -> str:
    return translate(message, target_language="vi")


def _subject(row: rows.Row) -> str:
    return f"{type_name(row.type)}: {row.title}"


def _note(row: rows.Row, states: dict[str, str], ended: "tuple[str, ...]") -> str:
    """What is particular about a document: level, urgency, what became of it."""
    said = [_said(levels.LEVELS[row.level])] if row.level in levels.CLASSIFIED else []
    if row.urgency in URGENCIES and row.urgency != "normal":
        said.append(_said(URGENCIES[row.urgency]))
    if row.state in ended:
        said.append(_said(states[row.state]))
    return "; ".join(said)


#: Mẫu sổ đăng ký văn bản đến
_INCOMING = (
    Field("Ngày đến", 20, lambda row: _day(row.arrival_date)),
    Field("Số đến", 13, lambda row: str(row.arrival_number)),
    Field("Tác giả", 36, lambda row: row.issuer),
    Field("Số, ký hiệu văn bản", 28, lambda row: row.number_symbol),
    Field("Ngày tháng văn bản", 20, lambda row: _day(row.document_date)),
    Field("Tên loại và trích yếu nội dung văn bản", 70, _subject),
    Field("Đơn vị hoặc người nhận", 32, lambda row: row.passed_to),
    Field("Ngày chuyển", 20, lambda row: _day(row.passed_on)),
    Field("Ký nhận", 16, lambda row: ""),
    Field("Ghi chú", 22, partial(_note, states=INCOMING_STATES, ended=("returned", "refused"))),
)


def _outgoing(drafting: "set[str]") -> "tuple[Field, ...]":
    """Mẫu sổ đăng ký văn bản đi; the unit that drafted keeps a copy."""
    titles = lookup.unit_titles(drafting)
    return (
        Field("Số, ký hiệu văn bản", 28, lambda row: row.number_symbol),
        Field("Ngày tháng văn bản", 20, lambda row: _day(row.issue_date)),
        Field("Tên loại và trích yếu nội dung văn bản", 70, _subject),
        Field("Người ký", 26, lambda row: row.signer),
        Field("Nơi nhận văn bản", 45, lambda row: row.recipients),
        Field("Đơn vị, người nhận bản lưu", 26, lambda row: titles.get(row.drafting_unit, "")),
        Field("Số lượng bản", 13, lambda row: str(row.copies or "")),
        Field("Ngày chuyển", 20, lambda row: _day(row.issue_date)),
        Field("Ký nhận", 14, lambda row: ""),
        Field("Ghi chú", 15, partial(_note, states=OUTGOING_STATES, ended=("recalled", "replaced"))),
    )
