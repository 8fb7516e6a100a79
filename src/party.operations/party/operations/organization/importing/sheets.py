"""From a CSV or XLSX file to lines (đọc tệp bảng tính); what is wrong with a file as a whole is one sentence."""

import csv
import io
import zipfile
from collections.abc import Callable
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from datetime import datetime
from itertools import islice
from typing import Any
from typing import BinaryIO

from openpyxl import load_workbook

from party.operations import _
from party.operations.ledger.errors import Invalid
from party.operations.organization.importing import letters
from party.operations.organization.importing.columns import Column
from party.operations.organization.importing.columns import COLUMNS
from party.operations.organization.importing.columns import IGNORED
from party.operations.organization.importing.columns import recognised
from party.operations.organization.importing.values import Cell
from party.operations.text.folding import search_key
from party.operations.text.normalize import clean_filename
from party.operations.text.normalize import clean_line


#: largest file, in bytes; and what an XLSX may hold when unpacked
MAX_BYTES = 10 * 1024 * 1024
MAX_UNPACKED = 50 * 1024 * 1024
#: most lines in one file
MAX_LINES = 10_000
#: the header stands in one of the first rows; titles may stand above it
HEADER_WITHIN = 10
#: columns looked at
MAX_COLUMNS = 100
#: rows by which the encoding of the letters is told
_LOOKED_AT = 300

_XLSX = b"PK\x03\x04"
_OLD_OFFICE = b"\xd0\xcf\x11\xe0"

Row = tuple[Cell, ...]


@dataclass(frozen=True)
class Entry:
    """One line below the header: its row in the sheet and its cells by column id, empty ones as ""."""

    number: int
    cells: dict[str, Cell]

    def __getitem__(self, column: str) -> Cell:
        return self.cells.get(column, "")


@dataclass(frozen=True)
class Sheet:
    """One sheet of units or of people."""

    name: str
    kind: str
    entries: tuple[Entry, ...]


def read(stream: BinaryIO, filename: str) -> list[Sheet]:
    """The sheets of a file, units before people; raises :class:`Invalid` (field ``file``) with what is wrong."""
    name = clean_filename(filename)
    sheets = [_sheet(title, rows) for title, rows in tables(stream, filename).items() if rows]
    count = sum(len(each.entries) for each in sheets)
    if not count:
        raise _invalid(_("“${file}” has no line below its headings.", mapping={"file": name}))
    if count > MAX_LINES:
        words = {"file": name, "count": count, "limit": MAX_LINES}
        raise _invalid(_("“${file}” has ${count} lines; at most ${limit} are taken at once.", mapping=words))
    return sorted(sheets, key=lambda each: list(COLUMNS).index(each.kind))


def tables(
    stream: BinaryIO, filename: str, plausible: "Callable[[list[tuple[int, Row]]], Any] | None" = None
) -> dict[str, list[tuple[int, Row]]]:
    """The filled rows of each sheet of a file with their numbers; raises :class:`Invalid` (field ``file``).

    ``plausible`` weighs the ways to part the lines of a text file; without it the one with the most headings known here
    is taken.
    """
    name = clean_filename(filename)
    content = stream.read(MAX_BYTES + 1)
    if not content.strip():
        raise _invalid(_("“${file}” is empty. Choose the file again.", mapping={"file": name}))
    if len(content) > MAX_BYTES:
        megabytes = MAX_BYTES // 1024 // 1024
        raise _invalid(_("“${file}” is larger than ${limit} MB.", mapping={"file": name, "limit": megabytes}))
    return (
        _workbook(content, name)
        if content.startswith(_XLSX)
        else {"": _text_file(content, name, plausible or _plausible)}
    )


def _workbook(content: bytes, name: str) -> dict[str, list[tuple[int, Row]]]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(each.file_size for each in archive.infolist()) > MAX_UNPACKED:
                raise _invalid(
                    _("“${file}” holds far more than it seems to and was not opened.", mapping={"file": name})
                )
        book = load_workbook(io.BytesIO(content), read_only=True, data_only=True)
        found = {}
        for sheet in book.worksheets:
            # some programs write a wrong extent, of which openpyxl would make one cell
            sheet.reset_dimensions()
            found[sheet.title] = _rows(sheet.iter_rows(values_only=True, max_col=MAX_COLUMNS))
        book.close()
    except Invalid:
        raise
    except Exception as error:  # a damaged workbook fails in as many ways as it has parts
        raise _not_a_sheet(name) from error
    return found


def _text_file(content: bytes, name: str, plausible: Callable[[list[tuple[int, Row]]], Any]) -> list[tuple[int, Row]]:
    if content.startswith(_OLD_OFFICE):
        raise _invalid(
            _("“${file}” is of the old Excel kind (XLS). Save it as XLSX and choose it again.", mapping={"file": name})
        )
    text = letters.decoded(content)
    if text is None and not content.startswith(b"%PDF") and b"\x00" not in content:
        raise _invalid(
            _(
                "The letters of “${file}” are not in UTF-8. In Excel, save it as “CSV UTF-8” or as XLSX.",
                mapping={"file": name},
            )
        )
    if text is None or text.startswith("%PDF") or "\x00" in text:
        raise _not_a_sheet(name)
    try:
        return max((_delimited(text, each) for each in ",;\t"), key=plausible)
    except csv.Error as error:
        raise _not_a_sheet(name) from error


def _delimited(text: str, delimiter: str) -> list[tuple[int, Row]]:
    return _rows(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))


def _rows(rows: Any) -> list[tuple[int, Row]]:
    """The rows that hold something, with their numbers; a little more than are taken, so that the excess is seen."""
    filled = ((number, cells) for number, cells in enumerate(rows, 1) if any(map(_holds_something, cells)))
    taken = list(islice(filled, MAX_LINES + HEADER_WITHIN + 1))
    # a soft hyphen is a letter of an old encoding: what is to be revived is not cleaned before
    revived = letters.reviver(value for _number, cells in taken[:_LOOKED_AT] for value in cells if type(value) is str)
    return [(number, tuple(_cell(value, revived) for value in cells)) for number, cells in taken]


def _holds_something(value: Any) -> bool:
    return bool(value.strip()) if isinstance(value, str) else value is not None


def _cell(value: Any, revived: Callable[[str], str]) -> Cell:
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    if isinstance(value, bool):
        return str(int(value))
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else clean_line(revived(str(value)))


def _sheet(title: str, rows: list[tuple[int, Row]]) -> Sheet:
    found = max(_headers(rows), key=lambda each: len(each[2]))
    kind, index, columns = found
    headers = rows[index][1] if columns else rows[0][1]
    _check_headers(title, kind, headers, columns)
    entries = [
        Entry(number, {column.id: cells[at] for at, column in columns.items() if at < len(cells)})
        for number, cells in rows[index + 1 :]
    ]
    return Sheet(title, kind, tuple(each for each in entries if any(each.cells.values())))


def _headers(rows: list[tuple[int, Row]]) -> Iterator[tuple[str, int, dict[int, Column]]]:
    """Each way to read one of the first rows as headings: kind of sheet, index of the row, known columns by place."""
    for kind in COLUMNS:
        for index, (_number, cells) in enumerate(rows[:HEADER_WITHIN]):
            known = ((at, recognised(kind, str(cell))) for at, cell in enumerate(cells))
            yield kind, index, {at: column for at, column in known if column is not None}


def _plausible(rows: list[tuple[int, Row]]) -> tuple[int, int]:
    """How many headings are known, then how many cells there are: what was parted rightly has the most."""
    known = max((len(columns) for _kind, _index, columns in _headers(rows)), default=0)
    return known, max((len(cells) for _number, cells in rows[:HEADER_WITHIN]), default=0)


def _check_headers(title: str, kind: str, headers: Row, columns: dict[int, Column]) -> None:
    words = {"sheet": title or "CSV", "found": _listed([str(each) for each in headers if each])}
    if len(columns) < 2:
        known = {each: _listed([column.header for column in COLUMNS[each] if column.required]) for each in COLUMNS}
        raise _invalid(
            _(
                "${sheet}: the columns are not known. Found: ${found}. A sheet of units needs ${units}; a sheet of "
                "people needs ${people}.",
                mapping={**words, **known},
            )
        )
    present = [column.id for column in columns.values()]
    missing = [each.header for each in COLUMNS[kind] if each.required and each.id not in present]
    if missing:
        raise _invalid(
            _("${sheet}: missing columns: ${missing}. Found: ${found}.", mapping={**words, "missing": _listed(missing)})
        )
    twice = [str(headers[at]) for at, column in columns.items() if present.count(column.id) > 1]
    if twice:
        raise _invalid(_("${sheet}: columns that mean the same: ${twice}.", mapping={**words, "twice": _listed(twice)}))
    unknown = [
        str(cell)
        for at, cell in enumerate(headers)
        if cell and at not in columns and search_key(str(cell)) not in IGNORED
    ]
    if unknown:
        known = _listed([each.header for each in COLUMNS[kind]])
        raise _invalid(
            _(
                "${sheet}: columns that are not known: ${unknown}. Known are: ${known}. Rename or remove them.",
                mapping={**words, "unknown": _listed(unknown), "known": known},
            )
        )


def _listed(names: Sequence[str]) -> str:
    return ", ".join(f"“{each}”" for each in names)


def _not_a_sheet(name: str) -> Invalid:
    return _invalid(_("“${file}” could not be read as a sheet. Choose an XLSX or CSV file.", mapping={"file": name}))


def _invalid(message: str) -> Invalid:
    return Invalid(message, "file")
