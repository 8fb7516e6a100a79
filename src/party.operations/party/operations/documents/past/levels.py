"""What of a sheet is classified, and whether it may be here at all (độ mật trong sổ cũ)."""

import re
from collections.abc import Iterable

from party.operations import _
from party.operations.confidentiality.levels import cap
from party.operations.confidentiality.levels import Forbidden
from party.operations.confidentiality.levels import NORMAL
from party.operations.confidentiality.levels import parse
from party.operations.confidentiality.levels import rank
from party.operations.confidentiality.levels import SECRET
from party.operations.confidentiality.levels import TOP_SECRET
from party.operations.confidentiality.levels import zone
from party.operations.documents.operations import making
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import Refused
from party.operations.organization.importing.values import Cell
from party.operations.text.folding import fold


#: what is not taken at all
HIGHEST = "Tuyệt mật"

#: a level as a whole cell, or in brackets within one: “V/v công tác cán bộ (Mật)”
_MARK = re.compile(r"(?:do mat ?:? ?)?((?:tuyet |toi )?mat)")
#: what a cell of a column of levels holds that may mean a secret, whatever else it says: “Mật/Khẩn”, “dấu B”
_MAY_BE_SECRET = re.compile(r"mat|secret|\b[abc]\b")
_IN_BRACKETS = re.compile(r"[(\[]\s*((?:tuyet |toi )?mat)\s*[)\]]")


def named_in(cells: "tuple[Cell, ...]") -> str:
    """The highest level that any cell of a line names, wherever it stands; raises :class:`Invalid` for Tuyệt mật."""
    found = NORMAL
    for cell in cells:
        text = fold(str(cell))
        if "mat" not in text:
            continue
        whole = _MARK.fullmatch(text)
        for mark in [whole.group(1)] if whole else _IN_BRACKETS.findall(text):
            found = max(found, parse(mark), key=rank)
    return found


def said_by(cells: Iterable[Cell]) -> str:
    """The highest level that the columns of levels of a line say.

    Raises :class:`Forbidden` for Tuyệt mật and for what may mean a secret, of which nothing is kept, and :class:`Invalid`
    for what is no level and cannot be one.
    """
    found, unclear = NORMAL, None
    for cell in cells:
        try:
            found = max(found, parse(str(cell)), key=rank)
        except Forbidden:
            raise
        except Invalid as error:
            if cap(zone()) == NORMAL or _MAY_BE_SECRET.search(fold(str(cell))):
                raise _unclear() from error
            unclear = error
    if unclear is not None:
        raise unclear if found == NORMAL else _unclear()
    return found


def is_open(cell: Cell) -> bool:
    """Does the column of levels say that a line is not classified?"""
    try:
        return parse(str(cell)) == NORMAL
    except Invalid:
        return False


def said(level: str) -> str:
    """The word by which a sheet names a level."""
    return {SECRET: "Mật", TOP_SECRET: "Tối mật"}[level]


def refusal(level: str) -> Refused | None:
    """Why the person who acts may not have something of the level in this process; ``None`` when he may."""
    try:
        making.check_level(level)
    except Refused as refused:
        return refused
    return None


def _unclear() -> Forbidden:
    return Forbidden(
        _(
            "It is not clear whether this line is classified: its level is written in a way that is not known. Nothing of "
            "it was kept. Write Thường, Mật or Tối mật alone into the sheet and take it in again; what is classified in "
            "the internal network only."
        ),
        "level",
    )
