"""The tables of adoption and quality as files (xuất số liệu): all of them in one workbook, one as text."""

import csv as csv_module
import io
from collections.abc import Callable
from typing import Any

import xlsxwriter

from party.operations import _
from party.operations.statistics.adoption_report import AdoptionReport
from party.operations.statistics.adoption_tables import HOURS
from party.operations.statistics.adoption_tables import PERCENT
from party.operations.statistics.adoption_tables import POINTS
from party.operations.statistics.adoption_tables import say
from party.operations.statistics.adoption_tables import Table
from party.operations.statistics.adoption_tables import TABLES
from party.operations.statistics.adoption_tables import tables
from party.operations.text.formulas import harmless


#: how numbers are written in sheets, by kind
_FORMATS = {PERCENT: '0.0"%"', POINTS: "+0.0;-0.0;0.0", HOURS: "#,##0.0"}


def xlsx(report: AdoptionReport) -> bytes:
    """A workbook with a sheet for each table; numbers are numbers, texts are texts whatever they begin with."""
    target = io.BytesIO()
    # in memory: a temporary file would lie on the disk
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        strong = book.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "vcenter"})
        formats: dict[tuple[str, bool], Any] = {}
        for table in tables(report):
            sheet = book.add_worksheet(say(table.title)[:31])
            sheet.write_string(0, 0, say(table.title), book.add_format({"bold": True, "font_size": 14}))
            sheet.write_string(1, 0, f"{report.title or say(_('All units'))} · {report.period}")
            sheet.write_string(2, 0, say(table.about))
            for at, column in enumerate(table.columns):
                sheet.write_string(4, at, heading(table, at), strong)
                sheet.set_column(at, at, 40 if at == 0 else 13)
                for number, row in enumerate(table.rows):
                    total = table.mark(number) == "total"
                    key = (column.kind, total)
                    if key not in formats:
                        shape = {"border": 1, "bold": total, "num_format": _FORMATS.get(column.kind, "#,##0")}
                        formats[key] = book.add_format(shape)
                    _write(sheet, 5 + number, at, row[at], formats[key])
            sheet.freeze_panes(5, 1)
            sheet.set_landscape()
            sheet.set_paper(9)
            sheet.fit_to_pages(1, 0)
            sheet.repeat_rows(4)
            sheet.set_footer("&R&P/&N")
    return target.getvalue()


def csv(report: AdoptionReport, key: str) -> bytes:
    """One table, comma-separated, UTF-8 with the mark by which Excel knows it; shares and hours with a decimal point."""
    table = TABLES[key](report)
    target = io.StringIO()
    writer = csv_module.writer(target)
    writer.writerow([heading(table, at) for at in range(len(table.columns))])
    for row in table.rows:
        writer.writerow([_plain(value) for value in row])
    return target.getvalue().encode("utf-8-sig")


def heading(table: Table, at: int) -> str:
    """The heading of a column with the unit of its values."""
    column = table.columns[at]
    units = {PERCENT: "%", HOURS: say(_("hours"))}
    return f"{say(column.label)} ({units[column.kind]})" if column.kind in units else say(column.label)


def _write(sheet: Any, row: int, at: int, value: Any, shape: Any) -> None:
    if value is None:
        sheet.write_blank(row, at, None, shape)
    elif isinstance(value, str):
        sheet.write_string(row, at, value, shape)
    else:
        sheet.write_number(row, at, value, shape)


def _plain(value: Any) -> Any:
    if isinstance(value, float):
        return round(value, 2)
    return "" if value is None else harmless(value)


MEDIA_TYPES: "dict[str, tuple[Callable[..., bytes], str]]" = {
    "xlsx": (xlsx, "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"),
    "csv": (csv, "text/csv; charset=utf-8"),
}
