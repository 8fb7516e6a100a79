"""Registers of secret documents (sổ đăng ký văn bản mật đi, đến): who opens them, and as a file.

They list what stands in the open registers as well, under the same numbers, as Party documents have one series for all
levels; only who is cleared and keeps or answers for the registers of the unit opens them.
"""

import io
from collections.abc import Iterator
from typing import Any

import xlsxwriter
from zope.i18n import translate

from party.operations import _
from party.operations.confidentiality import audit
from party.operations.confidentiality import levels
from party.operations.confidentiality import rows
from party.operations.documents import copies
from party.operations.documents import lists
from party.operations.documents import numbers
from party.operations.documents.vocabularies import type_name
from party.operations.ledger.errors import Missing
from party.operations.organization import lookup
from party.operations.text.dates import format_date


DIRECTIONS = {
    "incoming": _("Register of secret documents received"),
    "outgoing": _("Register of secret documents issued"),
}

#: columns of the registers (Nghị định về bảo vệ bí mật nhà nước, mẫu sổ): heading and what stands below it; the last is
#: signed by hand
COLUMNS = {
    "incoming": (
        (_("Date of arrival"), lambda row: _day(row.arrival_date)),
        (_("Arrival no."), lambda row: str(numbers.arrival(row) or "")),
        (_("Issuer"), lambda row: row.issuer),
        (_("Number and symbol"), lambda row: row.number_symbol),
        (_("Date"), lambda row: _day(row.document_date)),
        (_("Level"), lambda row: _said(levels.LEVELS[row.level])),
        (_("Type and abstract"), lambda row: f"{type_name(row.type)}: {row.title}"),
        (_("Unit or person in charge"), lambda row: row.passed_to),
        (_("Signature of the receiver"), lambda row: ""),
    ),
    "outgoing": (
        (_("Number and symbol"), lambda row: row.number_symbol),
        (_("Date"), lambda row: _day(row.issue_date)),
        (_("Level"), lambda row: _said(levels.LEVELS[row.level])),
        (_("Type and abstract"), lambda row: f"{type_name(row.type)}: {row.title}"),
        (_("Signer"), lambda row: row.signer),
        (_("Recipients"), lambda row: row.recipients),
        (_("Copies"), lambda row: str(row.copies or "")),
        (_("Signature of the receiver"), lambda row: ""),
    ),
}
_WIDTHS = {"incoming": (11, 8, 22, 16, 11, 8, 46, 20, 14), "outgoing": (16, 11, 8, 46, 20, 34, 8, 16)}


def units() -> dict[str, str]:
    """Names of the units whose registers the person who acts opens; raises :class:`Missing` for who opens none."""
    found = lists.secret_units()
    if not found:
        raise Missing(_("There is nothing here."))
    return lookup.unit_titles(found)


def check(unit: str) -> None:
    """Raise :class:`Missing` unless the person who acts opens the registers of ``unit``."""
    if unit not in units():
        raise Missing(_("There is nothing here."))


def whole(direction: str, unit: str, year: int) -> list[rows.Row]:
    """All rows of a year, oldest first, as they are printed."""
    return list(_pages(direction, unit, year))[::-1]


def exported(direction: str, unit: str, year: int) -> bytes:
    """The register of a year as XLSX, with the reader's name in the head and foot of each page; recorded before."""
    check(unit)
    found = whole(direction, unit, year)
    uids = [each.uid for each in found]
    audit.record("export", uids, what=f"secret-register-{direction}", unit=unit, year=year, count=len(uids))
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet(str(year))
        _lay_out(book, sheet, direction, unit, year)
        wrapped = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
        for at, row in enumerate(found, 3):
            for column, (_head, value) in enumerate(COLUMNS[direction]):
                # always a text, never a formula
                sheet.write_string(at, column, value(row), wrapped)
    return target.getvalue()


def filename(direction: str, year: int) -> str:
    """Name of the file."""
    return f"so-van-ban-mat-{'di' if direction == 'outgoing' else 'den'}-{year}.xlsx"


def _lay_out(book: Any, sheet: Any, direction: str, unit: str, year: int) -> None:
    strong = book.add_format({"bold": True, "text_wrap": True, "border": 1, "valign": "vcenter"})
    title = book.add_format({"bold": True, "font_size": 14})
    sheet.write_string(0, 0, lookup.unit(unit).title.upper())
    sheet.write_string(1, 0, f"{_said(DIRECTIONS[direction]).upper()} {year}", title)
    for column, ((head, _value), width) in enumerate(zip(COLUMNS[direction], _WIDTHS[direction], strict=True)):
        sheet.write_string(2, column, _said(head), strong)
        sheet.set_column(column, column, width)
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    sheet.repeat_rows(2)
    # in heads and feet an ampersand begins a command
    mark = " · ".join(copies.reader_lines()).replace("&", "&&")[:200]
    sheet.set_header(f"&C&8{mark}")
    sheet.set_footer(f"&L&8{mark}&R&P/&N")


def _pages(direction: str, unit: str, year: int) -> Iterator[rows.Row]:
    after: str | None = ""
    while after is not None:
        page = lists.secret_register(direction, unit, year, after)
        yield from page.rows
        after = page.following


def _day(value: Any) -> str:
    return format_date(value) if value else ""


def _said(message: str) -> str:
    return translate(message, target_language="vi")
