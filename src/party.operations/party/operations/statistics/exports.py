"""The report as a file (xuất báo cáo): XLSX, CSV and PDF. What begins like a formula is a text."""

import csv as csv_module
import io
from collections.abc import Callable

import xlsxwriter

from party.operations import _
from party.operations.documents import copies
from party.operations.documents import fonts
from party.operations.documents.table_print import Field
from party.operations.documents.table_print import MARGIN
from party.operations.documents.table_print import PrintedTable
from party.operations.statistics import table
from party.operations.statistics.report import Report
from party.operations.statistics.table import Line
from party.operations.text.formulas import harmless
from party.operations.text.normalize import nfc


TITLE = _("Report on the use of the system")
#: room for the table on A4 across, in mm, and of that for its first two columns
_ROOM, _NUMBER, _UNIT = 277.0, 12.0, 78.0


def csv(report: Report) -> bytes:
    """Comma-separated, UTF-8 with the mark by which Excel knows it; the total and sub-totals are lines of it."""
    target = io.StringIO()
    writer = csv_module.writer(target)
    found = table.columns(report)
    writer.writerow([column.label for column in found])
    for line in table.lines(report):
        writer.writerow([harmless(column.value(line)) for column in found])
    return target.getvalue().encode("utf-8-sig")


def xlsx(report: Report) -> bytes:
    """A sheet: numbers are numbers, texts are texts whatever they begin with."""
    target = io.BytesIO()
    found, drawn = table.columns(report), table.lines(report)
    heading = [table.say(TITLE), *table.subtitle(report)]
    # in memory: a temporary file would lie on the disk
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet(table.say(_("Statistics")))
        for at, text in enumerate(heading):
            sheet.write_string(at, 0, text, book.add_format({"bold": at == 0, "font_size": 14 if at == 0 else 11}))
        head = len(heading) + 1
        strong = {"bold": True, "border": 1, "text_wrap": True, "valign": "vcenter"}
        for number, column in enumerate(found):
            sheet.write_string(head, number, column.label, book.add_format({**strong, "align": "center"}))
            sheet.set_column(number, number, column.width)
        usual = {"border": 1, "num_format": "#,##0", "text_wrap": True, "valign": "top"}
        formats = {bold: book.add_format({**usual, "bold": bold}) for bold in (False, True)}
        for at, line in enumerate(drawn, head + 1):
            for number, column in enumerate(found):
                value, how = column.value(line), formats[line.kind != "row"]
                if isinstance(value, int):
                    sheet.write_number(at, number, value, how)
                else:
                    sheet.write_string(at, number, value, how)
        for at, note in enumerate(table.notes(report), head + len(drawn) + 2):
            sheet.write_string(at, 0, note)
        sheet.freeze_panes(head + 1, 2)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        sheet.repeat_rows(head)
        # in heads and feet an ampersand begins a command
        sheet.set_footer(f"&L&8{_mark(report).replace('&', '&&')[:200]}&R&P/&N")
    return target.getvalue()


def pdf(report: Report) -> bytes:
    """The table on A4 across, as it is laid before those who ask for it."""
    found = table.columns(report)
    figures = (_ROOM - _NUMBER - _UNIT) / (len(found) - 2)
    form = tuple(
        Field(nfc(column.label), width, _text_of(column), right=column.number)
        for column, width in zip(found, [_NUMBER, _UNIT, *[figures] * (len(found) - 2)], strict=True)
    )
    paper = PrintedTable(form, nfc(_mark(report)))
    paper.add_page()
    paper.set_font(fonts.FONT, "B", 15)
    paper.cell(0, 8, nfc(table.say(TITLE).upper()), align="C", new_x="LMARGIN", new_y="NEXT")
    paper.set_font(fonts.FONT, "", 11)
    for text in table.subtitle(report):
        paper.cell(0, 5.5, nfc(text), align="C", new_x="LMARGIN", new_y="NEXT")
    paper.set_y(paper.get_y() + 3)
    paper.heads()
    for line in table.lines(report):
        paper.line([field.value(line) for field in form], "" if line.kind == "row" else "B")
    paper.set_font(fonts.FONT, "", 9)
    paper.set_xy(MARGIN, paper.get_y() + 2)
    paper.multi_cell(0, 4.5, nfc(" ".join(table.notes(report))))
    return bytes(paper.output())


def _text_of(column: table.Column) -> "Callable[[Line], str]":
    return lambda line: nfc(table.amount(column.value(line)))


def _mark(report: Report) -> str:
    """Who took the file along, where it says anything of classified work."""
    return " · ".join(copies.reader_lines()) if report.classified is not None else ""


#: by the word in an address: how the file is made and its media type
FORMATS = {
    "xlsx": (xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (csv, "text/csv; charset=utf-8"),
    "pdf": (pdf, "application/pdf"),
}
