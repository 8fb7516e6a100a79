"""Letters to read (văn bản mẫu để thử đọc): what is printed on each and what a reader must find, drawn as PDF.

Twelve layouts of Party and State and three files in encodings from before Unicode. The places of the elements are those of
Hướng dẫn 05-HD/VPTW and of Nghị định 30/2020/NĐ-CP; organs, people and numbers are made up.
"""

import io
import logging
from dataclasses import dataclass
from datetime import date

import pikepdf
from font_source_serif_pro import font_files_ttf
from fpdf import Align
from fpdf import FPDF
from fpdf import XPos
from fpdf import YPos

from party.operations.text.normalize import nfc
from tests.unit.reading import old_encodings


#: a paragraph that fills several lines
LONG = (
    "Thời gian qua, các cơ quan, đơn vị đã tích cực triển khai thực hiện nhiệm vụ được giao; quy trình xử lý văn "
    "bản từng bước được số hóa, "
    "góp phần rút ngắn thời gian luân chuyển và nâng cao chất lượng công tác tham mưu, phục vụ. Tuy nhiên, mức độ "
    "sử dụng giữa các đơn vị "
    "chưa đồng đều, một số nơi còn xử lý công việc ngoài hệ thống."
)

LEFT, RIGHT, TOP, BOTTOM = 30, 15, 20, 20
ORGAN, HEADING = 72, 93
POINT = 25.4 / 72

logging.getLogger("fontTools").setLevel(logging.WARNING)


@dataclass(frozen=True, eq=False)
class Letter:
    """What is printed, and in ``truth`` and ``given`` what is to be read from it."""

    name: str
    organ: tuple[str, ...]
    number: str
    dated: str
    paragraphs: tuple[str, ...]
    truth: dict[str, str]
    superior: tuple[str, ...] = ()
    layout: str = "party"
    type_name: str = ""
    subject: str = ""
    stamps: tuple[str, ...] = ()
    to: tuple[str, ...] = ()
    copies: tuple[str, ...] = ()
    authority: tuple[str, ...] = ()
    position: tuple[str, ...] = ()
    #: addressee and deadline of each assignment
    given: tuple[tuple[str, date | None], ...] = ()
    #: recipients in two columns, pages that are turned, an old encoding
    two_columns: bool = False
    turned: int = 0
    encoding: str = ""
    draft: str = ""


def draw(letter: Letter) -> bytes:
    """The letter as PDF."""
    paper = _Paper(letter)
    _head(paper, letter)
    if letter.type_name:
        _title(paper, letter)
    _address(paper, letter)
    for paragraph in letter.paragraphs:
        paper.paragraph(paragraph)
    _foot(paper, letter)
    made = old_encodings.rename_fonts(bytes(paper.output()), letter.encoding)
    return _turned(made, letter.turned) if letter.turned else made


class _Paper(FPDF):
    """A4 with the margins of an official letter; page numbers from the second page on."""

    def __init__(self, letter: Letter) -> None:
        super().__init__(format="A4")
        self.letter = letter
        self.set_compression(not letter.encoding)
        self.set_margins(LEFT, TOP, RIGHT)
        self.set_auto_page_break(True, BOTTOM)
        if not letter.encoding:
            self.add_font("Serif", "", font_files_ttf["SourceSerifPro"])
            self.add_font("Serif", "B", font_files_ttf["SourceSerifProBold"])
        self.add_page()

    def header(self) -> None:
        if self.page_no() > 1:
            self.set_xy(LEFT, 10)
            self.line_of(str(self.page_no()), 13, align=Align.C)
            self.set_y(TOP)

    def choose(self, text: str, size: float, *, bold: bool) -> str:
        """Set the font for ``text``; the text as this font writes it."""
        if self.letter.encoding:
            self.set_font("Times", "B" if text.isupper() else "", size)
            return old_encodings.encode(nfc(text), self.letter.encoding)
        self.set_font("Serif", "B" if bold else "", size)
        return nfc(text)

    def line_of(
        self, text: str, size: float, *, bold: bool = False, x: float = LEFT, width: float = 0, align: Align = Align.L
    ) -> None:
        written = self.choose(text, size, bold=bold)
        self.set_x(x)
        self.multi_cell(
            width, size * POINT * 1.25, written, align=align, new_x=XPos.LMARGIN, new_y=YPos.NEXT, padding=0
        )

    def paragraph(self, text: str) -> None:
        written = self.choose(text, 14, bold=False)
        columns = self.text_columns(text_align=Align.J, line_height=20 / 14)
        with columns, columns.paragraph(first_line_indent=10) as paragraph:
            paragraph.write(written)
        self.set_y(self.get_y() + 2)

    def width_of(self, text: str, size: float, *, bold: bool = False) -> float:
        return self.get_string_width(self.choose(text, size, bold=bold))


def _head(paper: _Paper, letter: Letter) -> None:
    for line in letter.superior:
        paper.line_of(line, 13, width=ORGAN, align=Align.C)
    for line in letter.organ:
        paper.line_of(line, 13, bold=True, width=ORGAN, align=Align.C)
    if letter.layout == "party":
        paper.line_of("*", 14, width=ORGAN, align=Align.C)
    paper.line_of(letter.number, 14, width=ORGAN, align=Align.C)
    if not letter.type_name and letter.subject:
        paper.line_of(letter.subject, 12, width=ORGAN, align=Align.C)
    for stamp in letter.stamps:
        paper.set_y(paper.get_y() + 2)
        paper.line_of(stamp, 14, bold=True, width=ORGAN, align=Align.C)
    bottom = paper.get_y()
    x = LEFT + ORGAN
    paper.set_y(TOP)
    if letter.layout == "party":
        paper.line_of("ĐẢNG CỘNG SẢN VIỆT NAM", 15, bold=True, x=x, width=HEADING, align=Align.C)
    else:
        paper.line_of("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", 12, bold=True, x=x, width=HEADING, align=Align.C)
        paper.line_of("Độc lập - Tự do - Hạnh phúc", 13, bold=True, x=x, width=HEADING, align=Align.C)
    paper.line(x + 20, paper.get_y(), x + HEADING - 20, paper.get_y())
    paper.set_y(paper.get_y() + 2)
    paper.line_of(letter.dated, 13, x=x, width=HEADING, align=Align.C)
    if letter.draft:
        paper.line_of(letter.draft, 12, bold=True, x=x, width=HEADING, align=Align.C)
    paper.set_y(max(bottom, paper.get_y()) + 6)


def _title(paper: _Paper, letter: Letter) -> None:
    paper.line_of(letter.type_name, 15, bold=True, align=Align.C)
    paper.line_of(letter.subject, 14, bold=True, align=Align.C)
    paper.line_of("-----", 14, align=Align.C)
    paper.set_y(paper.get_y() + 2)


def _address(paper: _Paper, letter: Letter) -> None:
    if not letter.to:
        return
    label = "Kính gửi: "
    x = LEFT + 25
    width = paper.width_of(label, 14)
    top = paper.get_y()
    paper.line_of(label, 14, x=x, width=width + 5)
    paper.set_y(top)
    several = len(letter.to) > 1
    for at, each in enumerate(letter.to):
        end = "" if not several else "." if at == len(letter.to) - 1 else ","
        paper.line_of(f"- {each}{end}" if several else each, 14, x=x + width, width=210 - RIGHT - x - width)
    paper.set_y(paper.get_y() + 4)


def _foot(paper: _Paper, letter: Letter) -> None:
    if paper.get_y() > paper.h - BOTTOM - 62:
        paper.add_page()
    top = paper.get_y() + 4
    x = LEFT + ORGAN + 6
    paper.set_y(top)
    paper.line_of("Nơi nhận:", 13, bold=True, width=ORGAN)
    last = len(letter.copies) - 1
    ends = [f"- {each}{'.' if at == last else ','}" for at, each in enumerate(letter.copies)]
    if letter.two_columns:
        half = (len(ends) + 1) // 2
        start = paper.get_y()
        for each in ends[:half]:
            paper.line_of(each, 11, width=40)
        paper.set_y(start)
        for each in ends[half:]:
            paper.line_of(each, 11, x=LEFT + 40, width=38)
    else:
        for each in ends:
            paper.line_of(each, 12, width=ORGAN)
    paper.set_y(top)
    width = HEADING - 6
    for line in letter.authority:
        paper.line_of(line, 14, bold=True, x=x, width=width, align=Align.C)
    for line in letter.position:
        paper.line_of(line, 14, bold=letter.layout == "state", x=x, width=width, align=Align.C)
    paper.set_y(paper.get_y() + 22)
    paper.line_of(letter.truth["signer"], 14, bold=True, x=x, width=width, align=Align.C)


def _turned(pdf: bytes, degrees: int) -> bytes:
    """Pages that are kept lying and shown upright, as some scanners and phones write them; and cut out of a larger sheet."""
    if degrees != 90:
        raise ValueError(degrees)
    made = io.BytesIO()
    with pikepdf.open(io.BytesIO(pdf)) as opened:
        for page in opened.pages:
            width, height = float(page.mediabox[2]), float(page.mediabox[3])
            page.contents_add(f"q 0 1 -1 0 {height + 50} 70 cm ".encode(), prepend=True)
            page.contents_add(b" Q")
            page.mediabox = pikepdf.Array([0, 0, height + 100, width + 140])
            page.cropbox = pikepdf.Array([50, 70, height + 50, width + 70])
            page.Rotate = degrees
        opened.save(made)
    return made.getvalue()
