"""What each line of a sheet of units would do (kiểm tra danh sách đơn vị). Nothing is written here."""

from collections.abc import Callable
from typing import Any

from party.operations import _
from party.operations.ledger import clock
from party.operations.ledger.errors import Invalid
from party.operations.organization import lookup
from party.operations.organization import rules
from party.operations.organization.importing import values
from party.operations.organization.importing.columns import Column
from party.operations.organization.importing.columns import column
from party.operations.organization.importing.directory import Directory
from party.operations.organization.importing.directory import node
from party.operations.organization.importing.directory import parents_first
from party.operations.organization.importing.directory import Unit
from party.operations.organization.importing.directory import UnitPlan
from party.operations.organization.importing.report import Line
from party.operations.organization.importing.sheets import Entry
from party.operations.organization.importing.sheets import Sheet
from party.operations.organization.importing.values import Cell
from party.operations.text import codes


#: how the settings are read; an empty cell is ``None`` and leaves a unit that exists as it is
_SETTINGS: dict[str, Callable[[Cell, Column], Any]] = {
    "short_name": lambda cell, about: values.text(cell, about, 100) or None,
    "kind": lambda cell, about: values.word(cell, about) or None,
    "position": lambda cell, about: values.whole_number(cell, about, 99_999),
    "regime": lambda cell, about: values.word(cell, about) or None,
    "clerk_level_only": lambda cell, about: {"yes": True, "no": False}.get(values.word(cell, about)),
    "place": lambda cell, about: values.text(cell, about, 100) or None,
}


def check(sheet: Sheet, directory: Directory) -> list[UnitPlan]:
    """A plan for every line of a sheet of units, in the order of the file, with problems and outcome on its line."""
    plans = [_read(sheet, entry, directory) for entry in sheet.entries]
    for plan, entry in zip(plans, sheet.entries, strict=True):
        _find_parent(plan, str(entry["parent"]), directory)
    seen: dict[object, UnitPlan] = {}
    for plan in parents_first(plans):
        _find_by_name(plan, directory)
        _check_once(plan, seen)
    _check_circles(plans, directory)
    for plan in plans:
        if plan.uid:
            _compare(plan, directory)
        elif not plan.line.problems:
            plan.line.outcome = "created"
        _check_rights(plan, directory)
    return plans


def _read(sheet: Sheet, entry: Entry, directory: Directory) -> UnitPlan:
    line = Line(sheet.name, entry.number, "units", str(entry["name"] or entry["code"]))
    plan = UnitPlan(line)
    with line.noting():
        plan.title = values.text(entry["name"], column("units", "name"), 200)
        if not plan.title:
            raise Invalid(_("Give the unit a name."))
    with line.noting():
        plan.code, plan.scheme = _code(entry)
    for name, reader in _SETTINGS.items():
        with line.noting():
            plan.settings[name] = reader(entry[name], column("units", name))
    if not entry["kind"]:
        line.fail(_("“${field}” is missing.", mapping={"field": column("units", "kind").header}))
    with line.noting():
        plan.symbol = values.text(entry["symbol"], column("units", "symbol"), 30)
    if plan.code:
        _find_by_code(plan, directory)
    directory.add(plan)
    return plan


def _code(entry: Entry) -> tuple[str, str]:
    """The code and its scheme, both "" for an empty cell."""
    given = values.word(entry["scheme"], column("units", "scheme"))
    code = codes.normalise(str(entry["code"]))
    if not code:
        return "", ""
    scheme = codes.Scheme(given) if given else codes.detect(code)
    try:
        return codes.validate(scheme, code), str(scheme)
    except codes.AgencyCodeError as error:
        raise Invalid(_("“${code}” is not a code of this scheme.", mapping={"code": code})) from error


def _find_by_code(plan: UnitPlan, directory: Directory) -> None:
    """Is the unit there already? Its name must then agree: a code is never given to another unit."""
    owner = directory.with_code(plan.code)
    if isinstance(owner, UnitPlan):
        words = {"code": plan.code, "line": owner.line.number}
        plan.line.fail(_("Code ${code} stands in line ${line} already.", mapping=words))
    elif owner is not None:
        title = directory.rows[owner].title
        if values.name_key(title) == values.name_key(plan.title):
            plan.uid = owner
        else:
            plan.line.fail(_("Code ${code} belongs to ${unit}.", mapping={"code": plan.code, "unit": title}))


def _find_by_name(plan: UnitPlan, directory: Directory) -> None:
    """A unit of this name below the same parent is this unit, also where the file gives it its first code."""
    above_is_new = isinstance(plan.parent, UnitPlan) and not plan.parent.uid
    if not (plan.uid or above_is_new or plan.line.problems):
        same = directory.named(plan.title, plan.parent_uid)
        if same:
            plan.uid = same[0]


def _check_once(plan: UnitPlan, seen: dict[object, UnitPlan]) -> None:
    above = node(plan.parent) if plan.parent else ""
    earlier = seen.setdefault(plan.uid or (values.name_key(plan.title), above), plan)
    if earlier is not plan and not plan.line.problems:
        words = {"unit": plan.title, "line": earlier.line.number}
        plan.line.fail(_("${unit} stands in line ${line} already.", mapping=words))


def _find_parent(plan: UnitPlan, reference: str, directory: Directory) -> None:
    if reference:
        with plan.line.noting():
            plan.parent = directory.find(reference)
            plan.line.require(directory.is_open(plan.parent))


def _check_circles(plans: list[UnitPlan], directory: Directory) -> None:
    """Going up from any unit must end at the top, once the file's parents are in force."""
    by_uid = {plan.uid: plan for plan in plans if plan.uid}

    def above(unit: Unit) -> Unit | None:
        plan = unit if isinstance(unit, UnitPlan) else by_uid.get(unit)
        if plan is not None and plan.parent is not None:
            return node(plan.parent)
        return directory.rows[unit].parent or None if isinstance(unit, str) else None

    known: set[Unit] = set()
    for plan in plans:
        path: dict[Unit, None] = {}
        at: Unit | None = node(plan)
        while at is not None and at not in known and at not in path:
            path[at] = None
            at = above(at)
        if at is not None and at in path:
            circle = list(path)[list(path).index(at) :]
            chain = " → ".join(directory.title(each) for each in [*circle, at])
            for each in circle:
                member = each if isinstance(each, UnitPlan) else by_uid.get(each)
                if member is not None:
                    member.line.fail(_("The units go in a circle: ${chain}.", mapping={"chain": chain}))
        known.update(path)


def _compare(plan: UnitPlan, directory: Directory) -> None:
    """Note what differs between the line and the unit that is there."""
    row, line = directory.rows[plan.uid], plan.line
    line.require(rules.is_open(row))
    obj = lookup.unit_object(plan.uid)
    for name, value in {"title": plan.title or None, **plan.settings}.items():
        before = getattr(obj, name)
        if value is not None and value != before:
            plan.changes[name] = value
            about = column("units", "name" if name == "title" else name)
            line.change(about.header, _shown(about, before), _shown(about, value))
    if plan.code and directory.with_code(plan.code) is plan:
        plan.new_code = True
        line.change(column("units", "code").header, "", plan.code)
    symbol = lookup.symbol_on(plan.uid, clock.today()) if plan.symbol else ""
    if plan.symbol != symbol:
        plan.new_symbol = True
        line.change(column("units", "symbol").header, symbol, plan.symbol)
    if plan.parent is not None and node(plan.parent) != row.parent:
        plan.moved = True
        before = directory.title(row.parent) if row.parent else ""
        line.change(column("units", "parent").header, before, directory.title(plan.parent))


def _check_rights(plan: UnitPlan, directory: Directory) -> None:
    line = plan.line
    if plan.parent_uid and (plan.moved or not plan.uid) and not line.problems:
        line.require(rules.stays_open(directory.rows[plan.parent_uid]))
    if plan.uid:
        if line.outcome == "changed":
            line.require(directory.may_administer(plan.uid))
        if plan.moved:
            above = directory.rows[plan.uid].parent
            line.require(directory.may_administer(above) if above else rules.may_set_up())
            if plan.parent_uid:
                line.require(directory.may_administer(plan.parent_uid))
    elif plan.parent_uid:
        line.require(directory.may_administer(plan.parent_uid))
    elif plan.parent is None:
        line.require(rules.may_set_up())


def _shown(about: Column, value: Any) -> str:
    if isinstance(value, bool):
        return values.first_word(column("units", "clerk_level_only"), "yes" if value else "no")
    return values.first_word(about, value) if about.words else str(value or "")
