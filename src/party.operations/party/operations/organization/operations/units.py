"""Making and changing units (lập, sửa, giải thể đơn vị), their codes and symbols."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from plone.dexterity.utils import createContent
from plone.i18n.normalizer.interfaces import IURLNormalizer
from plone.uuid.interfaces import IUUID
from zope.component import getUtility
from zope.component.hooks import getSite

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import principals
from party.operations.ledger import clock
from party.operations.ledger import journal
from party.operations.ledger import turn
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import require
from party.operations.ledger.operation import operation
from party.operations.organization import fields
from party.operations.organization import lookup
from party.operations.organization import rules
from party.operations.organization.content import IUnit
from party.operations.organization.tables import codes
from party.operations.organization.tables import successions
from party.operations.organization.tables import symbols
from party.operations.organization.tables import units
from party.operations.organization.vocabularies import KINDS
from party.operations.organization.vocabularies import KINDS_WITH_BOOKS
from party.operations.organization.vocabularies import REGIMES
from party.operations.text.codes import detect
from party.operations.text.codes import normalise
from party.operations.text.codes import Scheme
from party.operations.text.codes import validate
from party.operations.text.folding import fold
from party.operations.text.normalize import clean_line
from party.operations.text.symbols import match_key


#: settings that `create_unit` and `change_unit` take, all fields of IUnit but the title and kind
SETTINGS = (
    "short_name",
    "position",
    "regime",
    "has_books",
    "clerk_level_only",
    "office",
    "place",
    "deadline_days",
    "escalation_hours",
)

#: folder of a unit that holds its documents by month
SHELF = "van-ban"


@operation
def create_unit(title: str, kind: str, parent: str = "", **settings: Any) -> Any:
    """Make a unit below ``parent`` (uid, "" for the top) and return the object (lập đơn vị)."""
    title = clean_line(title)
    if not title:
        raise Invalid(_("Give the unit a name."), "title")
    _check({"title": title, "kind": kind, **settings})
    with turn.turn():
        if parent:
            require(rules.may_administer(parent))
            require(rules.stays_open(lookup.unit(parent)))
        else:
            require(rules.may_set_up())
        container = lookup.unit_object(parent) if parent else getSite()
        unit = _place(container, "Unit", _free_id(container, title))
        unit.title, unit.kind = title, kind
        unit.has_books = kind in KINDS_WITH_BOOKS
        unit.position = next_position(parent)
        _set(unit, settings)
        _write_row(unit, parent)
        _make_shelf(unit)
        unit.reindexObject()
        journal.record("create_unit", unit.UID(), actor.current(), unit=unit.UID(), title=title, kind=kind)
        return unit


@operation
def change_unit(uid: str, **changes: Any) -> None:
    """Change the name, kind or settings of one unit; no other unit is touched (sửa đơn vị)."""
    with turn.turn():
        require(rules.may_administer(uid))
        unit = lookup.unit_object(uid)
        _check(changes)
        before = {name: getattr(unit, name) for name in changes}
        if "title" in changes:
            unit.title = clean_line(changes["title"]) or unit.title
        unit.kind = changes.get("kind") or unit.kind
        _set(unit, changes)
        diff = journal.changes(before, {name: getattr(unit, name) for name in changes})
        if diff:
            row = lookup.unit(uid)
            _write_row(unit, row.parent)
            if {"position", "has_books"}.intersection(diff):
                _rewrite_below(uid)
            unit.reindexObject()
            journal.record("change_unit", uid, actor.current(), unit=uid, diff=diff)


@operation
def move_unit(uid: str, parent: str) -> None:
    """Put a unit below another one (chuyển đơn vị trực thuộc). Its address stays; a cycle is refused.

    It takes who keeps the unit it leaves and the one it comes to: no unit leaves its superior by itself.
    """
    with turn.turn():
        if parent:
            require(rules.stays_open(lookup.unit(parent)))
        put_below(uid, parent)


def put_below(uid: str, parent: str) -> None:
    """The same in an open turn, also below a unit that another plan will close: that plan moves it on."""
    before = lookup.unit(uid).parent
    for above in (before, parent):
        require(rules.may_administer(above) if above else rules.may_set_up())
    if parent:
        require(rules.is_open(lookup.unit(parent)))
        if uid in lookup.ancestors(parent):
            raise Invalid(_("A unit cannot be placed below itself or below a unit of its own."), "parent")
    _write_row(lookup.unit_object(uid), parent)
    _rewrite_below(uid)
    journal.record("move_unit", uid, actor.current(), unit=uid, diff={"parent": (before, parent)})


@operation
def close_unit(uid: str, on: date, successor: str = "", basis: str = "") -> None:
    """Close a unit on a date and name who takes over (giải thể, sáp nhập). The unit and its documents stay."""
    with turn.turn():
        require(rules.may_administer(uid))
        row = lookup.unit(uid)
        if row.closed_on is not None:
            raise Invalid(_("${unit} is closed already.", mapping={"unit": row.title}), "on")
        if successor:
            require(rules.is_open(lookup.unit(successor)))
            if successor == uid:
                raise Invalid(_("A unit cannot take over from itself."), "successor")
            turn.run(sa.insert(successions).values(predecessor=uid, successor=successor, from_day=on, basis=basis))
        lookup.unit_object(uid).closed_on = on
        turn.run(sa.update(units).where(units.c.uid == uid).values(closed_on=on))
        principals.forget()
        journal.record(
            "close_unit",
            uid,
            actor.current(),
            unit=uid,
            diff={"closed_on": (None, on)},
            successor=successor,
            basis=basis,
        )


@operation
def add_code(uid: str, value: str, scheme: str = "", from_day: date | None = None, primary: bool = False) -> None:
    """Give a unit a code (mã định danh). A code that any unit ever had is refused: codes are never used again."""
    value = normalise(value)
    scheme = scheme or str(detect(value))
    try:
        validate(Scheme(scheme), value)
    except ValueError as error:
        raise Invalid(_("“${code}” is not a code of this scheme.", mapping={"code": value}), "code") from error
    with turn.turn():
        require(rules.may_administer(uid))
        owner = lookup.unit_by_code(value)
        if owner is not None:
            raise Invalid(_("Code ${code} belongs to ${unit}.", mapping={"code": value, "unit": owner.title}), "code")
        turn.run(
            sa.insert(codes).values(
                unit=uid,
                scheme=scheme,
                value=value,
                key=value.upper(),
                primary_code=primary,
                from_day=from_day or clock.today(),
            )
        )
        journal.record("add_code", uid, actor.current(), unit=uid, code=value, scheme=scheme)


@operation
def end_code(uid: str, value: str, until: date) -> None:
    """End a code on a date; documents that carry it still find the unit (ngừng dùng mã)."""
    with turn.turn():
        require(rules.may_administer(uid))
        result = turn.run(
            sa.update(codes)
            .where(codes.c.unit == uid, codes.c.key == value.upper(), codes.c.until_day.is_(None))
            .values(until_day=until)
        )
        if result.rowcount != 1:
            raise Invalid(_("This unit has no code ${code} in use.", mapping={"code": value}), "code")
        journal.record("end_code", uid, actor.current(), unit=uid, code=value, until=until)


@operation
def add_symbol(uid: str, symbol: str, from_day: date) -> None:
    """Give a unit the issuer symbol that stands in its numbers from a date on (ký hiệu cơ quan ban hành)."""
    symbol = clean_line(symbol)
    if not symbol or len(symbol) > 30:
        raise Invalid(_("An issuer symbol has 1 to 30 characters."), "symbol")
    with turn.turn():
        require(rules.may_administer(uid))
        turn.run(
            sa.update(symbols)
            .where(symbols.c.unit == uid, symbols.c.until_day.is_(None), symbols.c.from_day < from_day)
            .values(until_day=from_day)
        )
        turn.run(sa.insert(symbols).values(unit=uid, symbol=symbol, key=match_key(symbol), from_day=from_day))
        journal.record("add_symbol", uid, actor.current(), unit=uid, symbol=symbol, from_day=from_day)


def shelf_of_month(unit: Any, day: date) -> Any:
    """The unordered folder for documents of ``day``'s month; made here only if nobody made it ahead of time."""
    shelf = unit[SHELF]
    month = f"{day:%Y%m}"
    return shelf[month] if month in shelf else _shelf(shelf, month)


def _check(settings: dict[str, Any]) -> None:
    for name, value in settings.items():
        field = fields.field_of(IUnit, name)
        if value is not None:
            fields.check(field, value)
    kind, regime, office = (settings.get(name) for name in ("kind", "regime", "office"))
    if kind is not None and kind not in KINDS:
        raise Invalid(_("“${value}” is not a kind of unit.", mapping={"value": kind}), "kind")
    if regime is not None and regime not in REGIMES:
        raise Invalid(_("“${value}” is not a clerical regime.", mapping={"value": regime}), "regime")
    if office and lookup.find_unit(office) is None:
        raise Invalid(_("There is no such unit."), "office")


def _set(unit: Any, settings: dict[str, Any]) -> None:
    for name in SETTINGS:
        if settings.get(name) is not None:
            setattr(unit, name, settings[name])


def _place(container: Any, portal_type: str, id_: str) -> Any:
    obj = createContent(portal_type, id=id_)
    container._setObject(id_, obj)
    return container._getOb(id_)


def _free_id(container: Any, title: str) -> str:
    base = getUtility(IURLNormalizer).normalize(fold(title), max_length=60) or "don-vi"
    taken = set(container.objectIds())
    return next(each for each in (base, *(f"{base}-{n}" for n in range(2, 10_000))) if each not in taken)


def next_position(parent: str) -> int:
    """The place after the last unit below ``parent``."""
    last = turn.scalar(sa.select(sa.func.max(units.c.position)).where(units.c.parent == parent))
    return (last or 0) + 10


def _make_shelf(unit: Any) -> None:
    today = clock.today()
    shelf = _shelf(unit, SHELF)
    _shelf(shelf, f"{today:%Y%m}")


def _shelf(container: Any, id_: str) -> Any:
    # made while somebody registers the first document of a month: without Plone's events, so that the unit is not written
    container._setObject(id_, createContent("Shelf", id=id_), set_owner=False, suppress_events=True)
    shelf = container._getOb(id_)
    shelf.setOrdering("unordered")
    shelf.indexObject()
    return shelf


def _write_row(unit: Any, parent: str) -> None:
    uid = IUUID(unit)
    above = lookup.unit(parent) if parent else None
    values = {
        "parent": parent,
        "organ": uid if unit.has_books or above is None else above.organ,
        "kind": unit.kind,
        "title": unit.title,
        "short_name": unit.short_name or "",
        "folded": fold(f"{unit.title} {unit.short_name or ''}"),
        "position": unit.position,
        "tree_order": f"{above.tree_order if above else ''}{unit.position:05d}{uid[:3]}/",
        "lineage": f"{above.lineage if above else '/'}{uid}/",
        "path": "/".join(unit.getPhysicalPath()),
        "clerk_level_only": bool(unit.clerk_level_only),
        "office": unit.office or "",
        "closed_on": unit.closed_on,
    }
    if turn.run(sa.update(units).where(units.c.uid == uid).values(values)).rowcount == 0:
        turn.run(sa.insert(units).values(uid=uid, **values))


def _rewrite_below(uid: str) -> None:
    for child in turn.rows(sa.select(units.c.uid).where(units.c.parent == uid)):
        _write_row(lookup.unit_object(child.uid), uid)
        _rewrite_below(child.uid)
