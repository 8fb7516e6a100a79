"""Empty sheets to fill in (tệp mẫu), made from the columns, with one line as an example."""

import io

import xlsxwriter
from zope.i18n import translate

from party.operations.organization.importing.columns import COLUMNS
from party.operations.organization.importing.columns import SHEET_NAMES


#: rows for which the lists of words are offered
_ROWS = 5000
_FILENAMES = {"units": "mau-nhap-don-vi.xlsx", "people": "mau-nhap-can-bo.xlsx"}


def filename(kind: str) -> str:
    """The name under which a template is given out."""
    return _FILENAMES[kind]


def template(kind: str) -> bytes:
    """An XLSX for ``units`` or ``people``: headings (required ones in bold), hints, lists of words, one example."""
    target = io.BytesIO()
    with xlsxwriter.Workbook(target, {"in_memory": True}) as book:
        sheet = book.add_worksheet(SHEET_NAMES[kind])
        plain = book.add_format({"bg_color": "#eeeeee", "border": 1})
        bold = book.add_format({"bg_color": "#eeeeee", "border": 1, "bold": True})
        text = book.add_format({"num_format": "@"})
        for at, column in enumerate(COLUMNS[kind]):
            # as text, so that a spreadsheet program keeps leading zeros and does not guess at dates
            sheet.set_column(at, at, max(len(column.header), len(column.example)) + 4, text)
            sheet.write_string(0, at, column.header, bold if column.required else plain)
            sheet.write_string(1, at, column.example)
            if column.hint:
                sheet.write_comment(0, at, translate(column.hint, target_language="vi"))
            if column.words:
                words = [names[0] for names in column.words.values()]
                sheet.data_validation(1, at, _ROWS, at, {"validate": "list", "source": words, "error_type": "warning"})
        sheet.freeze_panes(1, 0)
    return target.getvalue()
