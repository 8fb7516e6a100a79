"""A plan from a XLSX or CSV file (nhập phương án từ tệp): lines of units, or of people, told apart by their headings."""

from dataclasses import dataclass
from datetime import date
from typing import BinaryIO

from party.operations import _
from party.operations.ledger.errors import Invalid
from party.operations.organization.importing import sheets
from party.operations.organization.importing.values import Cell
from party.operations.text.folding import search_key


#: headings by column, as they are compared; the id of a column is understood too
LINES = {
    "old_name": ("Đơn vị cũ", "Tên cũ", "Đơn vị sáp nhập"),
    "new_name": ("Đơn vị mới", "Tên mới", "Đơn vị kế thừa"),
    "below": ("Đơn vị trực thuộc",),
    "code": ("Mã mới", "Mã định danh mới"),
    "symbol": ("Ký hiệu mới",),
}
PEOPLE = {
    "login": ("Tên đăng nhập", "Tài khoản"),
    "unit": ("Đơn vị mới", "Đơn vị"),
    "function": ("Chức trách", "Chức năng"),
    "title": ("Chức danh",),
    "kept_until": ("Giữ chức trách cũ đến hết ngày", "Giữ đến hết ngày"),
    "new_login": ("Tên đăng nhập mới", "Tài khoản mới"),
}
_REQUIRED = {"lines": {"old_name", "new_name"}, "people": {"login", "unit", "function"}}


@dataclass(frozen=True)
class Entry:
    """One line of the file: its row and its cells by column id, empty ones as ""."""

    number: int
    cells: dict[str, Cell]

    def text(self, column: str) -> str:
        """The text of a cell."""
        value = self.cells.get(column, "")
        return value.strftime("%d/%m/%Y") if isinstance(value, date) else value


def read(stream: BinaryIO, filename: str) -> dict[str, list[Entry]]:
    """``lines`` and ``people`` of a file; raises :class:`Invalid` (field ``file``) for one that is neither."""
    found: dict[str, list[Entry]] = {"lines": [], "people": []}
    for rows in sheets.tables(stream, filename).values():
        for index, (_number, cells) in enumerate(rows[: sheets.HEADER_WITHIN]):
            kind, columns = _headings([str(each) for each in cells])
            if kind:
                found[kind] += [_entry(number, columns, row) for number, row in rows[index + 1 :]]
                break
    found = {kind: [each for each in entries if any(each.cells.values())] for kind, entries in found.items()}
    if sum(map(len, found.values())) > sheets.MAX_LINES:
        words = {"file": filename, "count": sum(map(len, found.values())), "limit": sheets.MAX_LINES}
        raise Invalid(_("“${file}” has ${count} lines; at most ${limit} are taken at once.", mapping=words), "file")
    if not any(found.values()):
        raise Invalid(
            _(
                "“${file}” is no plan. A sheet of units has the columns “${old}” and “${new}”; a sheet of people has "
                "“${login}”, “${unit}” and “${function}”.",
                mapping={
                    "file": filename,
                    "old": LINES["old_name"][0],
                    "new": LINES["new_name"][0],
                    "login": PEOPLE["login"][0],
                    "unit": PEOPLE["unit"][0],
                    "function": PEOPLE["function"][0],
                },
            ),
            "file",
        )
    return found


def _headings(cells: list[str]) -> tuple[str, dict[int, str]]:
    """Kind of sheet and known columns by place, if the row is that of the headings."""
    for kind, columns in (("people", PEOPLE), ("lines", LINES)):
        by_name = {search_key(name): id_ for id_, names in columns.items() for name in (id_, *names)}
        found = {at: by_name[search_key(cell)] for at, cell in enumerate(cells) if search_key(cell) in by_name}
        if _REQUIRED[kind] <= set(found.values()):
            return kind, found
    return "", {}


def _entry(number: int, columns: dict[int, str], row: "sheets.Row") -> Entry:
    return Entry(number, {id_: row[at] for at, id_ in columns.items() if at < len(row)})
