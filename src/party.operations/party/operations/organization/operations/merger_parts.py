"""The parts of a plan (các phần của phương án): units that close, new units, codes, people; by hand or from a file."""

from collections.abc import Iterable
from datetime import date
from datetime import timedelta
from typing import Any
from typing import BinaryIO
from typing import Literal

import sqlalchemy as sa

from party.operations import _
from party.operations.ledger import turn
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import Missing
from party.operations.ledger.errors import require
from party.operations.ledger.operation import operation
from party.operations.organization import fields
from party.operations.organization import lookup
from party.operations.organization import rules
from party.operations.organization.importing.columns import FUNCTION_WORDS
from party.operations.organization.merging import names
from party.operations.organization.merging import plan as plans
from party.operations.organization.merging import sheet
from party.operations.organization.merging.plan import BELOW
from party.operations.organization.merging.plan import Plan
from party.operations.organization.merging.tables import lines
from party.operations.organization.merging.tables import movements
from party.operations.organization.merging.tables import new_codes
from party.operations.organization.merging.tables import new_units
from party.operations.organization.operations.mergers import draft
from party.operations.organization.vocabularies import FUNCTIONS
from party.operations.organization.vocabularies import KINDS
from party.operations.text.dates import DateError
from party.operations.text.dates import parse_date
from party.operations.text.folding import search_key
from party.operations.text.normalize import clean_line


#: parts of which single entries are taken out again
PARTS = {"lines": lines, "codes": new_codes, "people": movements}


@operation
def add_merger_line(merger: str, old: str, successor: str, below: str = "move") -> int:
    """A unit closes and another takes over; returns the line's id (đơn vị sáp nhập và đơn vị kế thừa).

    ``successor`` is a uid, or the reference of a unit that the plan makes. A line whose unit takes over from itself says
    that it goes on.
    """
    if below not in BELOW:
        raise Invalid(_("Say what becomes of the units below."), "below")
    with turn.turn():
        plan = draft(merger)
        if old not in plan.units:
            raise Invalid(_("There is no such unit."), "old")
        if not plan.title_of(successor):
            raise Invalid(_("There is no such unit."), "successor")
        for field, each in (("old", old), ("successor", successor)):
            if not plan.covers(each):
                words = {"unit": plan.title_of(each)}
                raise Invalid(_("${unit} lies outside of what this plan is about.", mapping=words), field)
        values = {"old": old, "successor": successor, "below": below}
        return _add(plan, lines, old_name=plan.title_of(old), new_name=plan.title_of(successor), **values)


@operation
def add_merger_unit(merger: str, title: str, kind: str, parent: str = "", position: int | None = None) -> str:
    """A unit that the plan is to make; returns its reference (đơn vị mới sẽ lập)."""
    title = clean_line(title)
    if not title:
        raise Invalid(_("Give the unit a name."), "title")
    fields.check_length(title, 200, "title")
    if kind not in KINDS:
        raise Invalid(_("“${value}” is not a kind of unit.", mapping={"value": kind}), "kind")
    with turn.turn():
        plan = draft(merger)
        if parent:
            lookup.unit(parent)
        return _add_unit(plan, title, kind, parent, position)


@operation
def change_merger_unit(
    merger: str, reference: str, title: str, kind: str, parent: str = "", position: int | None = None
) -> None:
    """Correct the name, kind or place of a unit that the plan is to make (sửa đơn vị mới)."""
    title = clean_line(title)
    if not title:
        raise Invalid(_("Give the unit a name."), "title")
    fields.check_length(title, 200, "title")
    with turn.turn():
        found = draft(merger).new_units.get(reference)
        if found is None:
            raise Missing(_("There is no such unit."))
        values = {"title": title, "kind": kind, "parent": parent, "position": position}
        turn.run(sa.update(new_units).where(new_units.c.id == found.id).values(**values))


@operation
def add_merger_code(merger: str, unit: str, kind: str, value: str, scheme: str = "", primary: bool = False) -> int:
    """A code or a symbol (``kind`` code, symbol) that a successor has from the day on; returns its id (mã, ký hiệu mới)."""
    value = clean_line(value)
    if kind not in ("code", "symbol") or not value:
        raise Invalid(_("Give a code or a symbol."), "value")
    fields.check_length(value, 100, "value")
    with turn.turn():
        plan = draft(merger)
        if not plan.title_of(unit):
            raise Invalid(_("There is no such unit."), "unit")
        return _add(plan, new_codes, unit=unit, kind=kind, value=value, scheme=scheme, primary_code=primary)


@operation
def move_person(
    merger: str,
    person: str,
    unit: str,
    function: str,
    *,
    title: str = "",
    kept_until: date | None = None,
    login: str = "",
    post: int | None = None,
) -> list[int]:
    """A person has a function in a successor from the day on; returns the ids of the lines (cán bộ chuyển sang).

    ``post`` is the post that ends, all the person's posts in units that close when none is named; they and the old login
    hold until ``kept_until``. ``login`` is the new one.
    """
    if function not in FUNCTIONS:
        raise Invalid(_("“${value}” is not a function.", mapping={"value": function}), "function")
    title = clean_line(title)
    fields.check_length(title, 200, "title")
    with turn.turn():
        plan = draft(merger)
        row = lookup.person(person)
        if login:
            require(rules.may_rename(row))
        if not plan.title_of(unit):
            raise Invalid(_("There is no such unit."), "unit")
        ending = [each.id for each in plan.posts if each.person == person and post in (None, each.id)]
        values = {"unit": unit, "function": function, "title": title, "kept_until": kept_until}
        logins = [login.strip().lower(), *[""] * len(ending)]
        return [
            _add(plan, movements, person=person, post=each, login=new, **values)
            for each, new in zip(ending or [None], logins, strict=False)
        ]


@operation
def move_everybody(merger: str, kept_until: date | None = None) -> int:
    """Everybody else with a post in a unit that closes gets the same one in the successor; returns how many.

    Whoever stands in the plan already is left out (chuyển tất cả cán bộ còn lại, giữ nguyên chức trách).
    """
    with turn.turn():
        plan = draft(merger)
        ending = {each.post for each in plan.movements}
        values = [
            {
                "person": each.person,
                "post": each.id,
                "unit": plan.closing[each.unit].successor,
                "function": each.function,
                "title": each.title,
                "kept_until": kept_until,
                "login": "",
            }
            for each in plan.posts
            if each.id not in ending
        ]
        _add_all(plan, movements, values)
        return len(values)


@operation
def remove_from_merger(merger: str, part: str, entry: int) -> None:
    """Take a line, a code or a person out of a plan (bỏ một dòng)."""
    table = PARTS.get(part)
    with turn.turn():
        plan = draft(merger)
        if table is None:
            raise Missing(_("There is nothing here."))
        # read before the line is gone: what it ends
        ending = {each.id for each in plan.posts}
        if turn.run(sa.delete(table).where(table.c.merger == merger, table.c.id == entry)).rowcount != 1:
            raise Missing(_("There is nothing here."))
        if part == "lines":
            left = Plan(plan.row)
            _forget_movements(plan, ending - {each.id for each in left.posts})
            _forget_unused(left)


@operation
def import_merger(merger: str, stream: BinaryIO, filename: str) -> dict[str, int]:
    """Add what a XLSX or CSV file says; returns how many lines, codes and people were added (nhập phương án từ tệp).

    A name that is not that of exactly one unit stays in its line; the check tells it. A new name that no unit has yet
    becomes a unit to be made beside the one that closes.
    """
    entries = sheet.read(stream, filename)
    with turn.turn():
        plan = draft(merger)
        known = names.Names(plan)
        added = {"lines": 0, "codes": 0, "people": 0}
        for entry in entries["lines"]:
            added["codes"] += _import_line(plan, known, entry)
            added["lines"] += 1
        _import_people(Plan(plan.row), known, entries["people"])
        added["people"] = len(entries["people"])
        return added


def _import_line(plan: Plan, known: names.Names, entry: sheet.Entry) -> int:
    """Add one line; returns how many codes and symbols came with it."""
    old_name, new_name = entry.text("old_name"), entry.text("new_name")
    found = known.find(old_name)
    old = found[0] if len(found) == 1 else ""
    successor = _successor(plan, known, new_name, old)
    below = "close" if search_key(entry.text("below")) in ("close", "giai the", "dong", "ket thuc") else "move"
    values = {"old_name": old_name, "new_name": new_name, "old": old, "successor": successor, "below": below}
    _add(plan, lines, **values)
    given = [(kind, entry.text(kind)) for kind in ("code", "symbol") if entry.text(kind) and successor]
    for kind, value in given:
        _add(plan, new_codes, unit=successor, kind=kind, value=value, scheme="", primary_code=True)
    return len(given)


def _successor(plan: Plan, known: names.Names, name: str, old: str) -> str:
    """The unit that a new name means; one to be made when there is none and the old unit shows of what kind."""
    found = known.find(name) if name else []
    if len(found) == 1:
        return found[0]
    wanted = search_key(name)
    planned = [reference for reference, each in plan.new_units.items() if search_key(each.title) == wanted]
    if found or not name or planned or not old:
        return planned[0] if planned else ""
    row = plan.units[old]
    reference = _add_unit(plan, name, row.kind, row.parent, None)
    plan.__dict__.pop("new_units")
    return reference


def _import_people(plan: Plan, known: names.Names, entries: Iterable[sheet.Entry]) -> None:
    words = {search_key(each): key for key, texts in FUNCTION_WORDS.items() for each in (key, *texts)}
    ending: dict[str, list[int]] = {}
    for each in plan.posts:
        ending.setdefault(each.person, []).append(each.id)
    values, unknown = [], []
    for entry in entries:
        person, found = lookup.person_by_login(entry.text("login")), known.find(entry.text("unit"))
        function, until = words.get(search_key(entry.text("function")), ""), _day_after(entry.text("kept_until"))
        wrong = [
            *([] if person is not None else [entry.text("login")]),
            *([] if len(found) == 1 else [entry.text("unit")]),
            *([] if function else [entry.text("function")]),
            *([] if until is not False else [entry.text("kept_until")]),
        ]
        if wrong or person is None:
            unknown.append((entry.number, wrong))
            continue
        login = entry.text("new_login").strip().lower()
        if login:
            require(rules.may_rename(person))
        # the new login stands in the first of the person's lines
        for at, post in enumerate(ending.pop(person.id, []) or [None]):
            post_values = {"person": person.id, "post": post, "login": "" if at else login, "kept_until": until}
            values.append({**post_values, "unit": found[0], "function": function, "title": entry.text("title")})
    if unknown:
        listed = "; ".join(f"{number}: {', '.join(f'“{each}”' for each in wrong)}" for number, wrong in unknown[:20])
        words_said = {"count": len(unknown), "lines": listed}
        raise Invalid(
            _("${count} lines say what is not known. Nothing was added. Line and word: ${lines}.", mapping=words_said),
            "file",
        )
    _add_all(plan, movements, values)


def _day_after(text: str) -> "date | Literal[False] | None":
    """The day after the one in a cell; ``None`` for an empty one, ``False`` for what is no date."""
    try:
        return parse_date(text) + timedelta(days=1) if text else None
    except DateError:
        return False


def _add_unit(plan: Plan, title: str, kind: str, parent: str, position: int | None) -> str:
    values = {"merger": plan.id, "title": title, "kind": kind, "parent": parent, "position": position}
    made = turn.run(sa.insert(new_units).values(**values).returning(new_units.c.id)).scalar_one()
    return plans.reference_to(made)


def _add(plan: Plan, table: "sa.Table", **values: Any) -> int:
    """Write one entry after the last one of its part; returns its id."""
    added = sa.insert(table).values(merger=plan.id, number=_next(plan, table), **values)
    return turn.run(added.returning(table.c.id)).scalar_one()


def _add_all(plan: Plan, table: "sa.Table", values: list[dict[str, Any]]) -> None:
    first = _next(plan, table)
    if values:
        turn.run(
            sa.insert(table), [{"merger": plan.id, "number": first + at, **each} for at, each in enumerate(values)]
        )


def _next(plan: Plan, table: "sa.Table") -> int:
    last = turn.scalar(sa.select(sa.func.max(table.c.number)).where(table.c.merger == plan.id))
    return (last or 0) + 1


def _forget_movements(plan: Plan, ended: set[int]) -> None:
    """Who was moved out of a unit that does not close any more stays there."""
    for some in plans.in_portions(sorted(ended)):
        turn.run(sa.delete(movements).where(movements.c.merger == plan.id, movements.c.post.in_(some)))


def _forget_unused(plan: Plan) -> None:
    """A unit to be made that no line names any more is not made."""
    used = {each.successor for each in plan.lines}
    for reference, each in plan.new_units.items():
        if reference not in used:
            turn.run(sa.delete(new_units).where(new_units.c.id == each.id))
