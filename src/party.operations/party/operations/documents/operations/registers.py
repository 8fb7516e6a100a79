"""Registers (sổ văn bản): the books of a unit and the series of their numbers."""

from datetime import date
from typing import Any

from plone.dexterity.utils import createContent
from plone.i18n.normalizer.interfaces import IURLNormalizer
from zope.component import getUtility

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.ledger import journal
from party.operations.ledger import turn
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import require
from party.operations.ledger.operation import operation
from party.operations.ledger.series import Series
from party.operations.organization import lookup
from party.operations.organization import periods
from party.operations.organization import rules as organization_rules
from party.operations.text.folding import fold
from party.operations.text.normalize import clean_line


DIRECTIONS = ("incoming", "outgoing")


@operation
def create_register(unit: str, title: str, direction: str = "incoming") -> Any:
    """Open a book in a unit and return it (mở sổ)."""
    title = clean_line(title)
    if not title:
        raise Invalid(_("Give the register a name."), "title")
    if direction not in DIRECTIONS:
        raise Invalid(_("“${value}” is not a direction.", mapping={"value": direction}), "direction")
    with turn.turn():
        require(organization_rules.may_administer(unit))
        container = lookup.unit_object(unit)
        base = getUtility(IURLNormalizer).normalize(fold(title), max_length=60)
        taken = set(container.objectIds())
        id_ = next(each for each in (base, *(f"{base}-{n}" for n in range(2, 1000))) if each not in taken)
        container._setObject(id_, createContent("Register", id=id_, title=title, direction=direction))
        register = container._getOb(id_)
        journal.record("create_register", register.UID(), actor.current(), unit=unit, title=title, direction=direction)
        return register


@operation
def change_register(unit: str, register: str, *, title: str = "", closed: bool | None = None) -> None:
    """Rename or close a book; its documents and numbers stay (sửa, khoá sổ)."""
    with turn.turn():
        require(organization_rules.may_administer(unit))
        book = register_of(unit, register, open_only=False)
        before = {"title": book.title, "closed": book.closed}
        book.title = clean_line(title) or book.title
        if closed is not None:
            book.closed = closed
        book.reindexObject()
        diff = journal.changes(before, {"title": book.title, "closed": book.closed})
        journal.record("change_register", register, actor.current(), unit=unit, diff=diff)


def registers(unit: str, direction: str, open_only: bool = True) -> list[Any]:
    """The books of a unit for one direction, by name."""
    children = lookup.unit_object(unit).objectValues()
    found = [each for each in children if each.portal_type == "Register" and each.direction == direction]
    return sorted((each for each in found if not (open_only and each.closed)), key=lambda each: each.title)


def register_of(unit: str, register: str, open_only: bool = True) -> Any:
    """The arrival book of that uid in the unit, or the unit's only one when ``register`` is empty."""
    books = registers(unit, "incoming", open_only)
    for book in books:
        if book.UID() == register or (not register and len(books) == 1):
            return book
    if not books:
        raise Invalid(
            _(
                "${unit} has no open register of incoming documents. The unit's administrator opens one, then the number "
                "can be taken.",
                mapping={"unit": lookup.unit(unit).title},
            ),
            "register",
        )
    if not register:
        raise Invalid(_("Choose the register the document goes into."), "register")
    raise Invalid(_("This register is closed or belongs to another unit."), "register")


def arrival_series(unit: str, register: str, day: date) -> Series:
    """Arrival books are numbered by calendar year in both regimes (NĐ 30/2020, Điều 22)."""
    return Series(unit, f"arrival:{register}", periods.year(day))
