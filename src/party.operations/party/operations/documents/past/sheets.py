"""From a CSV or XLSX file to headings and lines (đọc sổ cũ): every sheet of the file that has headings of a register."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import zip_longest
from typing import BinaryIO

from party.operations import _
from party.operations.documents.past import columns
from party.operations.ledger.errors import Invalid
from party.operations.organization.importing import sheets
from party.operations.organization.importing.sheets import MAX_LINES
from party.operations.organization.importing.values import Cell
from party.operations.text.normalize import clean_filename


#: the row of a printed register that numbers its columns: (1) (2) (3)
_NUMBERED = re.compile(r"\(?\d{1,2}\)?")

Rows = list[tuple[int, tuple[Cell, ...]]]


@dataclass(frozen=True)
class Entry:
    """One line: the sheet and the row it stands in, and its cells in the order of the headings."""

    sheet: str
    row: int
    cells: tuple[Cell, ...]


@dataclass(frozen=True)
class Register:
    """An old register as it was read."""

    headings: tuple[str, ...]
    entries: tuple[Entry, ...]


def read(stream: BinaryIO, filename: str, direction: str) -> Register:
    """The headings and lines of a file; raises :class:`Invalid` (field ``file``) with what is wrong with it."""
    name = clean_filename(filename)

    def plausible(rows: Rows) -> tuple[int, int]:
        return _best(rows, direction)[0], len(rows[0][1]) if rows else 0

    tables = {title: rows for title, rows in sheets.tables(stream, filename, plausible).items() if rows}
    found = {title: _best(rows, direction) for title, rows in tables.items()}
    # of a file none of whose headings is known somebody says what they mean
    wanted = [title for title, best in found.items() if best[0] > 1] or sorted(tables, key=lambda t: -len(tables[t]))[
        :1
    ]
    headings: list[str] = []
    entries: list[Entry] = []
    for title in wanted:
        _count, cells, start = found[title]
        own = _distinct(cells)
        headings += [each for each in own if each and each not in headings]
        entries += [Entry(title, number, _placed(own, row, headings)) for number, row in tables[title][start:]]
    entries = [each for each in entries if any(each.cells)]
    if not entries:
        raise Invalid(_("“${file}” has no line below its headings.", mapping={"file": name}), "file")
    if len(entries) > MAX_LINES:
        words = {"file": name, "count": len(entries), "limit": MAX_LINES}
        raise Invalid(_("“${file}” has ${count} lines; at most ${limit} are taken at once.", mapping=words), "file")
    width = len(headings)
    padded = (Entry(each.sheet, each.row, (*each.cells, *[""] * (width - len(each.cells)))) for each in entries)
    return Register(tuple(headings), tuple(padded))


def _best(rows: Rows, direction: str) -> tuple[int, tuple[str, ...], int]:
    """How many headings are known, the headings, and where the lines begin; one row of them goes before two."""
    best = max(_headers(rows), key=lambda each: (columns.known(direction, each[0]), each[1]), default=((), True, 0))
    return columns.known(direction, best[0]), best[0], best[2]


def _headers(rows: Rows) -> Iterator[tuple[tuple[str, ...], bool, int]]:
    """Each way to read the first rows as headings: the headings, whether they are of one row, where the lines begin."""
    for index, (_number, row) in enumerate(rows[: sheets.HEADER_WITHIN]):
        cells = tuple(map(str, row))
        yield cells, True, _begin(rows, index + 1)
        below = tuple(map(str, rows[index + 1][1])) if index + 1 < len(rows) else ()
        if below and not _is_numbering(below):
            # headings of two rows: “Văn bản” above “Số, ký hiệu” and “Ngày tháng”
            both = tuple(lower or upper for upper, lower in zip_longest(cells, below, fillvalue=""))
            yield both, False, _begin(rows, index + 2)


def _begin(rows: Rows, start: int) -> int:
    return start + 1 if start < len(rows) and _is_numbering(tuple(map(str, rows[start][1]))) else start


def _is_numbering(cells: tuple[str, ...]) -> bool:
    filled = [each for each in cells if each]
    numbers = [int(each.strip("()")) for each in filled if _NUMBERED.fullmatch(each)]
    return len(filled) > 2 and numbers == list(range(1, len(filled) + 1))


def _distinct(cells: tuple[str, ...]) -> tuple[str, ...]:
    """Headings of which a second one of the same words is told from the first."""
    found: list[str] = []
    for each in cells:
        number, name = 2, each
        while name and name in found:
            name, number = f"{each} ({number})", number + 1
        found.append(name)
    return tuple(found)


def _placed(own: tuple[str, ...], row: tuple[Cell, ...], headings: list[str]) -> tuple[Cell, ...]:
    by_heading = {heading: cell for heading, cell in zip(own, row, strict=False) if heading}
    return tuple(by_heading.get(each, "") for each in headings)
