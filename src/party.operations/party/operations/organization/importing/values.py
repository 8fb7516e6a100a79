"""From a cell to a value (đọc ô): each reader answers the value or raises ``Invalid`` with a sentence."""

import re
from datetime import date

from zope.i18n import translate

from party.operations import _
from party.operations.ledger.errors import Invalid
from party.operations.organization.importing.columns import Column
from party.operations.text.collation import sort_key
from party.operations.text.dates import DateError
from party.operations.text.dates import parse_date
from party.operations.text.folding import search_key


#: a cell as it was read: text, or a date where the sheet has one
Cell = str | date

_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def text(cell: Cell, column: Column, limit: int) -> str:
    """The text of a cell of at most ``limit`` characters."""
    value = str(cell)
    if len(value) > limit:
        raise Invalid(
            _("“${field}” has at most ${limit} characters.", mapping={"field": column.header, "limit": limit})
        )
    return value


def word(cell: Cell, column: Column) -> str:
    """The key of the word in the cell; "" for an empty one."""
    if not cell:
        return ""
    assert column.words is not None
    wanted = search_key(str(cell))
    for key, names in column.words.items():
        label = translate(column.labels[key], target_language="vi") if column.labels else key
        if wanted in {search_key(each) for each in (key, *names, label)}:
            return key
    known = ", ".join(f"“{names[0]}”" for names in column.words.values())
    raise Invalid(
        _(
            "“${value}” is no value of “${field}”. Possible are ${known}.",
            mapping={"value": str(cell), "field": column.header, "known": known},
        )
    )


def first_word(column: Column, key: str) -> str:
    """The word by which files say ``key``."""
    assert column.words is not None
    return column.words[key][0] if key in column.words else str(key)


def day(cell: Cell, column: Column) -> date | None:
    """The date in the cell; ``None`` for an empty one."""
    if isinstance(cell, date) or not cell:
        return cell or None
    try:
        return parse_date(cell)
    except DateError as error:
        raise Invalid(
            _(
                "“${value}” in “${field}” is no date. Write day/month/year, for example 25/06/2026.",
                mapping={"value": cell, "field": column.header},
            )
        ) from error


def whole_number(cell: Cell, column: Column, highest: int) -> int | None:
    """A whole number from 0 to ``highest``; ``None`` for an empty cell."""
    if not cell:
        return None
    value = str(cell)
    if not value.isdecimal() or int(value) > highest:
        raise Invalid(
            _(
                "“${value}” in “${field}” is no whole number from 0 to ${highest}.",
                mapping={"value": value, "field": column.header, "highest": highest},
            )
        )
    return int(value)


def email(cell: Cell) -> str:
    """An address, or "" for an empty cell."""
    if cell and not _EMAIL.fullmatch(str(cell)):
        raise Invalid(_("“${value}” is no e-mail address.", mapping={"value": str(cell)}))
    return str(cell)


def name_key(name: str) -> tuple[str, ...]:
    """Equal for names that differ in nothing but capitals and the place of a tone: “Uỷ ban”, “Ủy ban”."""
    return tuple(sort_key(name).split(" ", 2)[:2])
