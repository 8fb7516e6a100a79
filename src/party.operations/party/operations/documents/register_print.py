"""The registers as they are printed and kept (mẫu sổ đăng ký văn bản đến, đi): NĐ 30/2020, Phụ lục IV, on A4 across."""

from functools import partial
from typing import Any

from zope.i18n import translate

from party.operations.confidentiality import levels
from party.operations.confidentiality import rows
from party.operations.documents import copies
from party.operations.documents import fonts
from party.operations.documents import numbers
from party.operations.documents import register_columns
from party.operations.documents.register_filters import Wanted
from party.operations.documents.table_print import Field
from party.operations.documents.table_print import MARGIN
from party.operations.documents.table_print import PrintedTable
from party.operations.documents.vocabularies import INCOMING_STATES
from party.operations.documents.vocabularies import OUTGOING_STATES
from party.operations.documents.vocabularies import type_name
from party.operations.documents.vocabularies import URGENCIES
from party.operations.ledger import clock
from party.operations.organization import lookup
from party.operations.text.dates import format_date
from party.operations.text.normalize import nfc


TITLES = {"incoming": "SỔ ĐĂNG KÝ VĂN BẢN ĐẾN", "outgoing": "SỔ ĐĂNG KÝ VĂN BẢN ĐI"}


def printed(direction: str, unit: str, wanted: Wanted, only: "tuple[str, ...]" = ()) -> bytes:
    """The register as PDF, oldest line first, with those lines the person who acts may read; recorded before."""
    found = register_columns.printed(direction, unit, wanted, only)
    register_columns.record("print", direction, unit, found)
    classified = any(each.level in levels.CLASSIFIED for each in found)
    form = _outgoing({each.drafting_unit for each in found}) if direction == "outgoing" else _INCOMING
    book = PrintedTable(form, " · ".join(copies.reader_lines()) if classified else "")
    book.add_page()
    _cover(book, direction, unit, wanted, found)
    book.heads()
    for row in found:
        book.line([nfc(field.value(row)) for field in form])
    return bytes(book.output())


def _cover(book: PrintedTable, direction: str, unit: str, wanted: Wanted, found: list[rows.Row]) -> None:
    """The organ, the title of the register, its year or term, and from which number to which it goes."""
    row = lookup.unit(unit)
    superior = lookup.unit(row.parent).title if row.parent else ""
    half = (book.w - 2 * MARGIN) / 2
    for text, style in ((superior, ""), (row.title, "B")):
        book.set_font(fonts.FONT, style, 12)
        book.multi_cell(half * 0.7, 5.5, nfc(text.upper()), align="C", new_x="LMARGIN", new_y="NEXT")
    bottom = book.get_y()
    book.set_xy(MARGIN + half, MARGIN)
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
    first, last = (numbers.arrival(each) or "–" for each in (found[0], found[-1]))
    return f"{days} · từ số {first} đến số {last} · {len(found)} văn bản"


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
    Field("Số đến", 13, lambda row: str(numbers.arrival(row) or "")),
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
