"""Letters of the demonstration as PDF (văn bản mẫu), in the layout of Party documents.

The places of the elements follow Hướng dẫn 05-HD/VPTW: A4, margins 20, 20, 30 and 15 mm; at the left the organ and its
number, secrecy and urgency, at the right the heading and under it place and date; the subject of a Công văn under the number,
that of other types under the name of the type; at the end the recipients at the left and the signature at the right.
"""

from dataclasses import dataclass
from datetime import date

from fpdf import Align
from fpdf import FPDF
from fpdf import XPos
from fpdf import YPos

from party.operations.documents import fonts
from party.operations.documents.fonts import FONT as _FONT
from party.operations.documents.fonts import POINT as _POINT
from party.operations.text.dates import format_long_date
from party.operations.text.normalize import nfc


LEFT, RIGHT, TOP, BOTTOM = 30, 15, 20, 20
#: widths of the two halves of the head, in mm
_ORGAN, _HEADING = 70, 95
_INDENT = 10
#: height of the foot
_SIGNATURE = 50
#: lines of the body stand 20 pt apart
_LINE = 20 * _POINT


@dataclass(frozen=True)
class Letter:
    """What stands in one document, from head to foot."""

    type_name: str
    subject: str
    #: ``152-CV/TU``, or ``-CV/TU`` while the clerk has not written the number in
    number_symbol: str
    issuer: str
    place: str
    day: date
    paragraphs: tuple[str, ...]
    superior: str = ""
    #: Kính gửi
    to: tuple[str, ...] = ()
    #: Nơi nhận
    copies: tuple[str, ...] = ()
    #: thẩm quyền ký, such as ``T/M BAN THƯỜNG VỤ``
    authority: str = ""
    position: str = ""
    signer: str = ""
    urgency: str = ""
    #: "Mật", as the stamp says
    secrecy: str = ""
    #: "Dự thảo lần 2"
    draft: str = ""

    @property
    def is_plain(self) -> bool:
        """A Công văn has no name of its type above the text."""
        return self.type_name == "Công văn"


def render(letter: Letter) -> bytes:
    """The letter as PDF; its text is in NFC."""
    page = _Page()
    _head(page, letter)
    if letter.is_plain:
        _addressees(page, letter)
    else:
        _title(page, letter)
    for paragraph in letter.paragraphs:
        page.paragraph(paragraph)
    _foot(page, letter)
    return bytes(page.output())


class _Page(FPDF):
    """A4 with the margins and fonts of a Party document; page numbers at the top from the second page on."""

    def __init__(self) -> None:
        super().__init__(format="A4")
        self.set_margins(LEFT, TOP, RIGHT)
        self.set_auto_page_break(True, BOTTOM)
        fonts.add_to(self)
        self.set_lang("vi")
        self.add_page()

    def header(self) -> None:
        """Number of the page, 10 mm from the top, none on the first."""
        if self.page_no() > 1:
            self.set_xy(LEFT, 10)
            self.write_line(str(self.page_no()), 14, align=Align.C)
            self.set_y(TOP)

    def write_line(
        self, text: str, size: float, *, bold: bool = False, x: float = LEFT, width: float = 0, align: Align = Align.L
    ) -> None:
        """A text of one or more lines in a column that begins at ``x``."""
        self.set_font(_FONT, "B" if bold else "", size)
        self.set_x(x)
        self.multi_cell(
            width, size * _POINT * 1.25, nfc(text), align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT, padding=0
        )

    def paragraph(self, text: str) -> None:
        """A justified paragraph of the body, its first line indented."""
        self.set_font(_FONT, "", 14)
        columns = self.text_columns(text_align=Align.J, line_height=_LINE / (14 * _POINT))
        with columns, columns.paragraph(first_line_indent=_INDENT) as paragraph:
            paragraph.write(nfc(text))
        self.set_y(self.get_y() + 6 * _POINT)

    def rule(self, center: float, width: float) -> None:
        """A thin line at the present height."""
        self.set_line_width(0.3)
        self.line(center - width / 2, self.get_y(), center + width / 2, self.get_y())
        self.set_y(self.get_y() + 2)


def _head(page: _Page, letter: Letter) -> None:
    if letter.superior:
        page.write_line(letter.superior.upper(), 14, width=_ORGAN, align=Align.C)
    page.write_line(letter.issuer.upper(), 14, bold=True, width=_ORGAN, align=Align.C)
    page.write_line("*", 14, width=_ORGAN, align=Align.C)
    blank = "" if letter.number_symbol[:1].isdigit() else "       "
    page.write_line(f"Số {blank}{letter.number_symbol}", 14, width=_ORGAN, align=Align.C)
    if letter.is_plain:
        page.write_line(letter.subject, 12, width=_ORGAN, align=Align.C)
    for stamp in filter(None, (letter.secrecy.upper(), letter.urgency.upper(), letter.draft)):
        page.write_line(stamp, 14, bold=True, width=_ORGAN, align=Align.C)
    bottom = page.get_y()
    x = LEFT + _ORGAN
    page.set_y(TOP)
    page.write_line("ĐẢNG CỘNG SẢN VIỆT NAM", 15, bold=True, x=x, width=_HEADING, align=Align.C)
    page.rule(x + _HEADING / 2, page.get_string_width("ĐẢNG CỘNG SẢN VIỆT NAM"))
    # the fonts have no slanted Vietnamese letters, so the upright ones are slanted here
    with page.skew(ax=12, x=x + _HEADING / 2, y=page.get_y() + 3):
        page.write_line(f"{letter.place}, {format_long_date(letter.day)}", 14, x=x, width=_HEADING, align=Align.C)
    page.set_y(max(bottom, page.get_y()) + 6)


def _addressees(page: _Page, letter: Letter) -> None:
    if letter.to:
        names = letter.to if len(letter.to) == 1 else tuple(f"- {each}" for each in letter.to)
        page.set_font(_FONT, "", 14)
        label = "Kính gửi: "
        x = LEFT + _INDENT + 15
        width = page.get_string_width(label)
        top = page.get_y()
        page.write_line(label, 14, x=x, width=width + 5)
        page.set_y(top)
        for each in names:
            page.write_line(each, 14, x=x + width, width=210 - RIGHT - x - width)
        page.set_y(page.get_y() + 4)


def _title(page: _Page, letter: Letter) -> None:
    page.write_line(letter.type_name.upper(), 16, bold=True, align=Align.C)
    page.write_line(letter.subject, 14, bold=True, align=Align.C)
    page.write_line("-----", 14, align=Align.C)
    page.set_y(page.get_y() + 3)


def _foot(page: _Page, letter: Letter) -> None:
    # the signature stays on one page with what it signs
    if page.get_y() > page.h - BOTTOM - _SIGNATURE:
        page.add_page()
    top = page.get_y() + 4
    x = LEFT + _ORGAN
    page.set_y(top)
    page.set_font(_FONT, "U", 14)
    page.cell(0, 14 * _POINT * 1.25, "Nơi nhận:", new_x=XPos.LMARGIN, new_y=YPos.NEXT)
    last = len(letter.copies) - 1
    for at, each in enumerate(letter.copies):
        page.write_line(f"- {each}{'.' if at == last else ','}", 12, width=_ORGAN)
    page.set_y(top)
    page.write_line(letter.authority.upper(), 14, bold=True, x=x, width=_HEADING, align=Align.C)
    page.write_line(letter.position.upper(), 14, x=x, width=_HEADING, align=Align.C)
    page.set_y(page.get_y() + 22)
    page.write_line(letter.signer, 14, bold=True, x=x, width=_HEADING, align=Align.C)
