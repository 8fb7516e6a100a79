"""Every problem of a plan (kiểm tra phương án): a sentence each, with the line that it stands in."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import sqlalchemy as sa

from party.operations import _
from party.operations.ledger import clock
from party.operations.ledger import turn
from party.operations.ledger.errors import Invalid
from party.operations.organization import rules
from party.operations.organization.accounts import clean_login
from party.operations.organization.merging import logins
from party.operations.organization.merging.plan import in_portions
from party.operations.organization.merging.plan import Plan
from party.operations.organization.tables import codes
from party.operations.organization.tables import people
from party.operations.organization.tables import posts
from party.operations.organization.vocabularies import FUNCTIONS
from party.operations.organization.vocabularies import KINDS
from party.operations.text.codes import detect
from party.operations.text.codes import normalise
from party.operations.text.codes import Scheme
from party.operations.text.codes import validate


#: the parts of a plan in which something may be wrong
PARTS = {"plan": _("Plan"), "lines": _("Units"), "codes": _("Codes and symbols"), "people": _("People")}


@dataclass(frozen=True)
class Problem:
    """What is wrong: in which part, in which line of it (0 for the whole), as a sentence."""

    part: str
    line: int
    message: str


def problems(plan: Plan) -> list[Problem]:
    """All of them; a plan without any can be started."""
    return [*_whole(plan), *_lines(plan), *_new_units(plan), *_codes(plan), *_people(plan)]


def _whole(plan: Plan) -> Iterator[Problem]:
    if plan.row.on_day < clock.today():
        words = {"day": plan.row.on_day.strftime("%d/%m/%Y")}
        yield Problem("plan", 0, _("${day} is past. Choose today or a day to come.", mapping=words))
    if not plan.effective:
        yield Problem(
            "plan", 0, _("No unit closes by this plan. Add a line for each unit that another one takes over.")
        )


def _lines(plan: Plan) -> Iterator[Problem]:
    first: dict[str, int] = {}
    for each in plan.lines:
        for message in _of_line(plan, each, first):
            yield Problem("lines", each.number, message)
    yield from _circles(plan)


def _of_line(plan: Plan, line: "sa.Row[Any]", first: dict[str, int]) -> Iterator[str]:
    if line.old not in plan.units:
        yield _(
            "There is no single unit “${name}” here. Choose the one that is meant.", mapping={"name": line.old_name}
        )
        return
    old = plan.units[line.old]
    earlier = first.setdefault(line.old, line.number)
    if earlier != line.number:
        words = {"unit": old.title, "line": earlier}
        yield _("${unit} stands in line ${line} already: a unit has one successor.", mapping=words)
    if not plan.covers(old.uid):
        yield _("${unit} lies outside of what this plan is about.", mapping={"unit": old.title})
    if old.closed_on is not None:
        yield _("${unit} is closed already.", mapping={"unit": old.title})
    if not line.successor or not plan.title_of(line.successor):
        words = {"name": line.new_name}
        yield _("There is no single unit “${name}” that could take over. Choose it, or make a new one.", mapping=words)
        return
    if line.successor != line.old and line.successor in plan.units:
        yield from _of_successor(plan, line)


def _of_successor(plan: Plan, line: "sa.Row[Any]") -> Iterator[str]:
    """What keeps a unit that is there from taking over."""
    old, new = plan.units[line.old], plan.units[line.successor]
    if not plan.covers(new.uid):
        yield _("${unit} lies outside of what this plan is about.", mapping={"unit": new.title})
    if new.closed_on is not None:
        yield _("${unit} is closed, or will be: it cannot take over.", mapping={"unit": new.title})
    if f"/{line.old}/" in new.lineage:
        words = {"successor": new.title, "unit": old.title}
        yield _("${successor} stands below ${unit}, which it takes over from. Move it first.", mapping=words)
    if new.uid in plan.closing and not _leads_back(plan, line.old):
        words = {"unit": new.title, "line": plan.closing[new.uid].line}
        yield _("${unit} closes itself by line ${line}. Name the unit that takes over in the end.", mapping=words)


def _leads_back(plan: Plan, start: str) -> list[str]:
    """The circle in which a unit stands, or an empty list."""
    path, at = [start], plan.closing[start].successor if start in plan.closing else ""
    while at in plan.closing and at not in path:
        path.append(at)
        at = plan.closing[at].successor
    return path if at == start else []


def _circles(plan: Plan) -> Iterator[Problem]:
    told: set[str] = set()
    for line in plan.effective:
        circle = _leads_back(plan, line.old)
        if circle and not told.intersection(circle):
            told.update(circle)
            chain = " → ".join(plan.title_of(each) for each in [*circle, line.old])
            yield Problem(
                "lines", line.number, _("The units take over in a circle: ${chain}.", mapping={"chain": chain})
            )


def _new_units(plan: Plan) -> Iterator[Problem]:
    names = Counter((each.parent, each.title) for each in plan.new_units.values())
    there = {(each.parent, each.title) for each in plan.units.values() if each.uid not in plan.closing}
    for reference, each in plan.new_units.items():
        line = next((line.number for line in plan.lines if line.successor == reference), 0)
        words = {"unit": each.title}
        if each.kind not in KINDS:
            yield Problem("lines", line, _("“${value}” is not a kind of unit.", mapping={"value": each.kind}))
        if each.parent and (each.parent not in plan.units or not rules.stays_open(plan.units[each.parent])):
            yield Problem("lines", line, _("The unit above the new ${unit} is closed or not there.", mapping=words))
        elif each.parent in plan.closing:
            yield Problem("lines", line, _("The unit above the new ${unit} closes by this plan.", mapping=words))
        elif plan.row.unit and (not each.parent or not plan.covers(each.parent)):
            yield Problem(
                "lines", line, _("The new ${unit} would lie outside of what this plan is about.", mapping=words)
            )
        if names[each.parent, each.title] > 1 or (not each.made and (each.parent, each.title) in there):
            yield Problem("lines", line, _("A unit named ${unit} is there already. Choose it.", mapping=words))


def _codes(plan: Plan) -> Iterator[Problem]:
    taken = {each.key: each.unit for each in turn.rows(sa.select(codes.c.key, codes.c.unit))}
    for each in plan.codes:
        for message in _of_code(plan, each, taken):
            yield Problem("codes", each.number, message)


def _of_code(plan: Plan, code: "sa.Row[Any]", taken: dict[str, str]) -> Iterator[str]:
    if not plan.title_of(code.unit) or code.unit in plan.closing:
        yield _("Codes and symbols are given to a unit that takes over or goes on. Choose it.")
    if not plan.covers(code.unit):
        yield _("${unit} lies outside of what this plan is about.", mapping={"unit": plan.title_of(code.unit)})
    if code.kind == "symbol":
        if not 1 <= len(code.value) <= 30:
            yield _("An issuer symbol has 1 to 30 characters.")
        return
    value = normalise(code.value)
    try:
        validate(Scheme(code.scheme or str(detect(value))), value)
    except ValueError:
        yield _("“${code}” is not a code of this scheme.", mapping={"code": value})
    if value.upper() in taken:
        owner = plan.title_of(taken[value.upper()])
        yield _("Code ${code} belongs to ${unit}.", mapping={"code": value, "unit": owner})
    # whoever comes later in the plan is told
    taken[value.upper()] = code.unit


def _people(plan: Plan) -> Iterator[Problem]:
    wanted = {each.person for each in plan.movements} | {each.person for each in plan.posts}
    known = {each.id: each for each in _rows_of(people, people.c.id, wanted)}
    not_free = logins.not_free()
    serving, may_keep = _serving(wanted), cache(rules.may_keep_who_serves)
    ending = {each.id: each.person for each in plan.posts}
    renamed: dict[str, str] = {}
    for each in plan.movements:
        units_of = serving.get(each.person, frozenset())
        for message in (
            *_of_movement(plan, each, known),
            *_of_old_post(plan, each, ending, units_of),
            *_of_login(each, not_free, renamed),
        ):
            yield Problem("people", each.number, message)
        if each.login and each.person in known and not may_keep(units_of):
            yield Problem("people", each.number, rules.not_renamed(known[each.person]).reason)
    yield from _left_behind(plan, known)


def _serving(persons: set[str]) -> dict[str, frozenset[str]]:
    """The units in which people serve today, by person."""
    today = clock.today()
    found: dict[str, set[str]] = {}
    held = sa.or_(posts.c.until_day.is_(None), posts.c.until_day > today)
    for each in _rows_of(posts, posts.c.person, persons, posts.c.from_day <= today, held):
        found.setdefault(each.person, set()).add(each.unit)
    return {person: frozenset(units) for person, units in found.items()}


def _of_old_post(plan: Plan, movement: "sa.Row[Any]", ending: dict[int, str], serving: frozenset[str]) -> Iterator[str]:
    """A plan ends posts in the units that it closes, and takes nobody out of units that it is not about."""
    if movement.post is not None and ending.get(movement.post) != movement.person:
        yield _(
            "The post that ends by this line is in no unit that closes by this plan, or is over by then. Take the line "
            "out and add the person again."
        )
    if serving and not any(map(plan.covers, serving)):
        yield _("This person serves outside of what this plan is about only. Who keeps him there moves him.")


def _of_movement(plan: Plan, movement: "sa.Row[Any]", known: "dict[str, sa.Row[Any]]") -> Iterator[str]:
    person = known.get(movement.person)
    if person is None or not person.active:
        name = person.full_name if person is not None else movement.person
        yield _("The account of ${person} is closed.", mapping={"person": name})
    if movement.function not in FUNCTIONS:
        yield _("“${value}” is not a function.", mapping={"value": movement.function})
    row = plan.units.get(movement.unit)
    if not plan.title_of(movement.unit):
        yield _("Choose the unit this person goes to.")
    elif movement.unit in plan.closing or (row is not None and not rules.stays_open(row, plan.row.on_day)):
        yield _("${unit} closes: nobody is moved there.", mapping={"unit": plan.title_of(movement.unit)})
    elif row is not None and not plan.covers(row.uid):
        yield _("${unit} lies outside of what this plan is about.", mapping={"unit": row.title})
    if movement.kept_until is not None and movement.kept_until < plan.row.on_day:
        yield _("The old post would end before the day of the merger.")


def _of_login(movement: "sa.Row[Any]", not_free: set[str], renamed: dict[str, str]) -> Iterator[str]:
    if not movement.login:
        return
    try:
        wanted = clean_login(movement.login)
    except Invalid as refused:
        yield refused.message
        return
    if wanted in not_free:
        yield _("Login ${login} is taken. Logins are never used again.", mapping={"login": wanted})
    if renamed.setdefault(wanted, movement.person) != movement.person:
        yield _("Login ${login} stands in this plan for somebody else already.", mapping={"login": wanted})
    if renamed.setdefault(f"person:{movement.person}", wanted) != wanted:
        yield _("This person gets another login in another line. A person has one.")


def _left_behind(plan: Plan, known: "dict[str, sa.Row[Any]]") -> Iterator[Problem]:
    """People whose only posts are in units that close, and who get none."""
    moved = {each.person for each in plan.movements}
    staying = {each.person for each in plan.posts} - moved
    day = plan.row.on_day
    held = sa.or_(posts.c.until_day.is_(None), posts.c.until_day > day)
    elsewhere = {
        each.person
        for each in _rows_of(posts, posts.c.person, staying, posts.c.from_day <= day, held)
        if each.unit not in plan.closing
    }
    for each in plan.posts:
        if each.person in staying - elsewhere and known[each.person].active:
            staying.discard(each.person)
            words = {"person": known[each.person].full_name, "unit": plan.title_of(each.unit)}
            message = _("${person} (${unit}) would have no post after the merger.", mapping=words)
            yield Problem("people", 0, message)


def _rows_of(
    table: "sa.Table", column: "sa.ColumnElement[Any]", values: set[str], *also: "sa.ColumnElement[bool]"
) -> "list[sa.Row[Any]]":
    return [
        each
        for some in in_portions(sorted(values))
        for each in turn.rows(sa.select(table).where(column.in_(some), *also))
    ]
