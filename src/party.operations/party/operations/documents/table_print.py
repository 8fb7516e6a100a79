"""Tables on A4 across (bảng in): headings on each page, lines that stay together, the number of the page at the foot.

The text is laid out here, not by the library's tables: those take minutes for the register of a year.
"""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from fpdf import FPDF

from party.operations.documents import fonts


#: margins and room between text and rule, in mm
MARGIN = 10.0
_PAD = 1.2
_SIZE = 9.5
_LEADING = _SIZE * fonts.POINT * 1.22


@dataclass(frozen=True)
class Field:
    """One column of the table: its heading, its width in mm, and what stands in it."""

    head: str
    width: float
    value: Callable[[Any], str]
    #: numbers stand at the right
    right: bool = False


class PrintedTable(FPDF):
    """Pages with a table: the headings of the columns on each, its number at the foot."""

    def __init__(self, form: "tuple[Field, ...]", mark: str) -> None:
        super().__init__(orientation="L", format="A4")
        self.form = form
        self.mark = mark
        self.set_margins(MARGIN, MARGIN, MARGIN)
        self.set_auto_page_break(False)
        fonts.add_to(self)
        self.set_lang("vi")
        self.set_line_width(0.2)
        self.widths: dict[tuple[str, str], float] = {}
        self.alias_nb_pages()

    def footer(self) -> None:
        """Number of the page, and the mark of who printed what is classified."""
        self.set_font(fonts.FONT, "", 9)
        self.set_xy(MARGIN, self.h - 9)
        self.cell(0, 5, self.mark)
        self.set_xy(MARGIN, self.h - 9)
        self.cell(0, 5, f"Trang {self.page_no()}/{{nb}}", align="R")

    def heads(self) -> None:
        """The headings of the columns, and under them their numbers."""
        self.set_font(fonts.FONT, "B", _SIZE)
        self._cells([field.head for field in self.form], "B", center=True)
        self.set_font(fonts.FONT, "", _SIZE)
        self._cells([f"({number})" for number in range(1, len(self.form) + 1)], "", center=True)

    def line(self, texts: list[str], style: str = "") -> None:
        """One line, in a style such as ``B``; it stays together on a page."""
        wrapped = self._wrapped(texts, style)
        height = max(map(len, wrapped)) * _LEADING + 2 * _PAD
        if self.get_y() + height > self.h - 12:
            self.add_page()
            self.set_y(MARGIN)
            self.heads()
        self.set_font(fonts.FONT, style, _SIZE)
        self._draw(wrapped, height, center=False)

    def _cells(self, texts: list[str], style: str, center: bool) -> None:
        wrapped = self._wrapped(texts, style)
        self._draw(wrapped, max(map(len, wrapped)) * _LEADING + 2 * _PAD, center)

    def _draw(self, wrapped: list[list[str]], height: float, center: bool) -> None:
        x, y = MARGIN, self.get_y()
        for field, lines in zip(self.form, wrapped, strict=True):
            self.rect(x, y, field.width, height)
            at = y + _PAD + _LEADING * 0.78
            for text in lines:
                free = field.width - self.get_string_width(text)
                self.text(x + (free / 2 if center else free - _PAD if field.right else _PAD), at, text)
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
            self.set_font(fonts.FONT, style, _SIZE)
            known = self.widths[word, style] = self.get_string_width(word)
        return known
