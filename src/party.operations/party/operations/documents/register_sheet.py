"""A register as a sheet (sổ văn bản dạng XLSX): dates are dates, numbers are numbers, and a text is never a formula."""

import io
from datetime import date
from typing import Any

import xlsxwriter
from zope.i18n import translate

from party.operations.confidentiality import levels
from party.operations.documents import copies
from party.operations.documents import register_columns
from party.operations.documents.register_columns import Column
from party.operations.documents.register_filters import Wanted
from party.operations.organization import lookup


TITLES = {"incoming": "SỔ VĂN BẢN ĐẾN", "outgoing": "SỔ VĂN BẢN ĐI"}
#: lines above the table: the organ, the title
_HEAD = 2


def exported(
    direction: str, unit: str, wanted: Wanted, columns: dict[str, Column], only: "tuple[str, ...]" = ()
) -> bytes:
    """The lines that are wanted, or ``only`` those of some uids, which the person who acts may read; recorded before."""
    found = register_columns.lines(direction, unit, wanted, only)
    register_columns.record("export", direction, unit, found)
    target = io.BytesIO()
    # in memory: a temporary file would lie on the disk
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet("Sổ văn bản")
        _lay_out(book, sheet, direction, unit, columns, len(found))
        if any(each.level in levels.CLASSIFIED for each in found):
            _mark(sheet)
        formats = {
            date: book.add_format({"num_format": "dd/mm/yyyy", "valign": "top", "border": 1, "align": "left"}),
            int: book.add_format({"num_format": "0", "valign": "top", "border": 1}),
            str: book.add_format({"text_wrap": True, "valign": "top", "border": 1}),
        }
        for at, row in enumerate(found, _HEAD + 1):
            for number, column in enumerate(columns.values()):
                _write(sheet, at, number, column.value(row), formats)
    return target.getvalue()


def filename(direction: str, ending: str) -> str:
    """Name of the file."""
    return f"so-van-ban-{'di' if direction == 'outgoing' else 'den'}.{ending}"


def _write(sheet: Any, at: int, number: int, value: Any, formats: dict[Any, Any]) -> None:
    if value is None or value == "":
        sheet.write_blank(at, number, None, formats[str])
    elif isinstance(value, date):
        sheet.write_datetime(at, number, value, formats[date])
    elif isinstance(value, int):
        sheet.write_number(at, number, value, formats[int])
    else:
        sheet.write_string(at, number, translate(value, target_language="vi"), formats[str])


def _lay_out(book: Any, sheet: Any, direction: str, unit: str, columns: dict[str, Column], count: int) -> None:
    strong = book.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "vcenter"})
    sheet.write_string(0, 0, lookup.unit(unit).title.upper())
    sheet.write_string(1, 0, TITLES[direction], book.add_format({"bold": True, "font_size": 14}))
    for number, column in enumerate(columns.values()):
        sheet.write_string(_HEAD, number, translate(column.label, target_language="vi"), strong)
        sheet.set_column(number, number, column.width + 2)
    sheet.freeze_panes(_HEAD + 1, 0)
    sheet.autofilter(_HEAD, 0, _HEAD + count, len(columns) - 1)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(_HEAD)
    sheet.set_footer("&R&P/&N")


def _mark(sheet: Any) -> None:
    # in heads and feet an ampersand begins a command
    mark = " · ".join(copies.reader_lines()).replace("&", "&&")[:200]
    sheet.set_header(f"&C&8{mark}")
    sheet.set_footer(f"&L&8{mark}&R&P/&N")
