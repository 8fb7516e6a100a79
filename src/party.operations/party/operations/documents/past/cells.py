"""From a cell of an old register to a value (đọc ô của sổ cũ): numbers with letters, dates, “như trên”, urgency, types."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from datetime import timedelta

from party.operations import _
from party.operations.documents.vocabularies import DocumentType
from party.operations.ledger import clock
from party.operations.ledger.errors import Invalid
from party.operations.ledger.series import MAX_NUMBER
from party.operations.organization.importing.values import Cell
from party.operations.text.dates import DateError
from party.operations.text.dates import DateProblem
from party.operations.text.dates import parse_date
from party.operations.text.folding import fold
from party.operations.text.folding import search_key


#: what a clerk writes for “as above”
_DITTO = {"nt", "nhu tren", "như trên", "〃", '"', "''", "″", "”", "-nt-", "-//-", "//"}
_ARRIVAL = re.compile(r"(?:số|so)? ?:? ?0*(\d{1,9}) ?-?(bis|[a-zđ]{1,2})?(?: ?[/-] ?((?:19|20)\d\d))?", re.IGNORECASE)
_DAY_MONTH = re.compile(r"(\d{1,2}) ?[/.-] ?(\d{1,2})")
_SHORT_YEAR = re.compile(r"(.*[^\d])(\d\d)")
_SERIAL = re.compile(r"\d{5}")
#: the day from which Excel counts
_EXCEL = date(1899, 12, 30)
_URGENCIES = {
    "": "normal",
    "thuong": "normal",
    "khong": "normal",
    "khan": "urgent",
    "thuong khan": "very_urgent",
    "hoa toc": "flash",
    "hoa toc hen gio": "flash",
}


@dataclass(frozen=True)
class Arrival:
    """Số đến as a register writes it: 15, 15a, 15bis."""

    number: int
    letters: str = ""
    #: of “15/2019”
    year: int | None = None

    def __str__(self) -> str:
        return f"{self.number}{self.letters}"


def is_ditto(cell: Cell) -> bool:
    """Does the cell say what the one above it says?"""
    text = str(cell).strip().lower()
    return bool(text) and (text in _DITTO or fold(text).strip("-. ") in ("nt", "nhu tren"))


def arrival(cell: Cell) -> Arrival | None:
    """The arrival number in a cell, ``None`` for an empty one; raises :class:`Invalid`."""
    if not str(cell):
        return None
    found = _ARRIVAL.fullmatch(str(cell))
    if found is None or not 1 <= int(found.group(1)) <= MAX_NUMBER:
        raise Invalid(
            _(
                "“${value}” is no arrival number. Write a number, with letters where it was put in later: 15, 15a.",
                mapping={"value": str(cell)},
            )
        )
    digits, letters, year = found.groups()
    return Arrival(int(digits), (letters or "").lower(), int(year) if year else None)


def day(cell: Cell, year: int | None = None) -> date | None:
    """The date in a cell, ``None`` for an empty one; raises :class:`Invalid`.

    Beside the usual forms: a day and month in the ``year`` of the register, a year of two digits, and the number by which
    Excel keeps a date.
    """
    if isinstance(cell, date) or not cell:
        return cell or None
    text = cell.split(" ")[0] if re.fullmatch(r"\S+ \d{1,2}:\d\d(:\d\d)?", cell) else cell
    short = _DAY_MONTH.fullmatch(text)
    if short and year:
        text = f"{text}/{year}" if "/" in text else f"{short.group(1)}/{short.group(2)}/{year}"
    elif _SERIAL.fullmatch(text) and _EXCEL + timedelta(days=int(text)) <= clock.today():
        return _EXCEL + timedelta(days=int(text))
    try:
        return parse_date(text)
    except DateError as error:
        if error.reason is DateProblem.SHORT_YEAR and (parts := _SHORT_YEAR.fullmatch(text)):
            return day(f"{parts.group(1)}{_century(int(parts.group(2)))}")
        raise Invalid(
            _("“${value}” is no date. Write day/month/year, for example 25/06/2019.", mapping={"value": text})
        ) from error


def whole(cell: Cell) -> int | None:
    """The number that a cell begins with (“3 tờ”), ``None`` where there is none."""
    found = re.match(r"0*([1-9]\d{0,3})(?!\d)", str(cell))
    return int(found.group(1)) if found else None


def urgency(cell: Cell) -> str | None:
    """The key of an urgency, ``None`` for a word that is none."""
    return _URGENCIES.get(search_key(str(cell)))


def type_of(text: str, types: Mapping[str, DocumentType], regime: str) -> str:
    """The key of the type that ``text`` names or abbreviates, of ``regime`` before the other; "" for none."""
    wanted, exact = fold(text), text.strip()
    ordered = sorted(types.items(), key=lambda each: each[1].regime != regime)
    for same in (
        lambda each: fold(each.name) == wanted,
        lambda each: each.symbol and each.symbol == exact,
        lambda each: each.symbol and each.symbol.lower() == exact.lower(),
        lambda each: each.symbol and fold(each.symbol) == wanted,
    ):
        for key, each in ordered:
            if wanted and same(each):
                return key
    return ""


def leading_type(text: str, types: Mapping[str, DocumentType], regime: str) -> tuple[str, str]:
    """The type whose name an abstract begins with, and the abstract without it: “Công văn v/v …”; "" for none."""
    folded = fold(text)
    ordered = sorted(types.items(), key=lambda each: (each[1].regime != regime, -len(each[1].name)))
    for key, each in ordered:
        name = fold(each.name)
        if folded == name or re.match(rf"{re.escape(name)}(?=[\s:;,.\-–])", folded):
            return key, _after(text, len(each.name)).strip(" :;,.-–") or text
    return "", text


def _after(text: str, length: int) -> str:
    return " ".join(text.split())[length:]


def _century(short: int) -> int:
    this = clock.today().year % 100
    return 2000 + short if short <= this else 1900 + short
