"""The readiness of units as a sheet (bảng mức độ sẵn sàng dạng XLSX)."""

import io
from typing import Any

import xlsxwriter
from zope.i18n import translate

from party.operations import _
from party.operations.ledger import clock
from party.operations.organization import tree
from party.operations.statistics.readiness import ASPECTS
from party.operations.statistics.readiness import Cell
from party.operations.statistics.readiness import counted
from party.operations.statistics.readiness import Line
from party.operations.statistics.readiness import SETTLED
from party.operations.statistics.readiness import STATES
from party.operations.text.dates import format_date


#: lines above the table
_HEAD = 2


def sheet(lines: list[Line], title: str) -> bytes:
    """The lines as XLSX; below them, how many units are settled in each aspect."""
    target = io.BytesIO()
    codes = tree.codes_in_use(each.unit for each in lines)
    # in memory: a temporary file would lie on the disk
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        page = book.add_worksheet(_say(_("Readiness"))[:31])
        strong = book.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "vcenter"})
        plain = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
        page.write_string(0, 0, title.upper())
        heading = _("Readiness of units on ${day}", mapping={"day": format_date(clock.today())})
        page.write_string(1, 0, _say(heading), book.add_format({"bold": True, "font_size": 14}))
        heads = [_("No."), _("Unit"), _("Code"), *ASPECTS.values()]
        for number, head in enumerate(heads):
            page.write_string(_HEAD, number, _say(head), strong)
        for at, line in enumerate(lines, 1):
            page.write_number(_HEAD + at, 0, at, plain)
            page.write_string(_HEAD + at, 1, line.title, plain)
            page.write_string(_HEAD + at, 2, codes.get(line.unit, ""), plain)
            for number, name in enumerate(ASPECTS, 3):
                page.write_string(_HEAD + at, number, words(line.cells[name]), plain)
        counts = counted(lines)
        page.write_string(_HEAD + len(lines) + 1, 1, _say(_("Units where it is settled")), strong)
        for number, name in enumerate(ASPECTS, 3):
            settled = sum(counts[name][state] for state in SETTLED)
            page.write_string(_HEAD + len(lines) + 1, number, f"{settled}/{len(lines)}", strong)
        _lay_out(page, len(lines))
    return target.getvalue()


def words(cell: Cell) -> str:
    """What a cell says, as on the page: the state, and how many of how many."""
    return f"{_say(STATES[cell.state][1])}{share(cell)}"


def share(cell: Cell) -> str:
    """`` 3/5`` for a number of things, `` 4`` for a mere count, "" for neither."""
    if cell.done is None:
        return ""
    return f" {cell.done}/{cell.needed}" if cell.needed is not None else f" {cell.done}"


def _lay_out(page: Any, count: int) -> None:
    page.set_column(0, 0, 6)
    page.set_column(1, 1, 40)
    page.set_column(2, 2 + len(ASPECTS), 14)
    page.freeze_panes(_HEAD + 1, 2)
    page.autofilter(_HEAD, 0, _HEAD + count, 2 + len(ASPECTS))
    page.set_landscape()
    page.set_paper(9)
    page.fit_to_pages(1, 0)
    page.repeat_rows(_HEAD)
    page.set_footer("&R&P/&N")


def _say(message: Any) -> str:
    return translate(message, target_language="vi")
