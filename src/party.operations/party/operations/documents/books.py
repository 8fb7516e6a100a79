"""Books of a unit that a merger makes (sổ văn bản của đơn vị mới): named as those of the unit it takes over from."""

from zope.interface import provider

from party.operations.documents.operations.registers import create_register
from party.operations.documents.operations.registers import DIRECTIONS
from party.operations.documents.operations.registers import registers
from party.operations.organization.merging.apply import IBooks


@provider(IBooks)
def open_books(unit: str, like: str) -> None:
    """Open in ``unit`` books named as the open ones of ``like``; their numbers begin anew."""
    for direction in DIRECTIONS:
        for book in registers(like, direction):
            create_register(unit, book.title, direction)
