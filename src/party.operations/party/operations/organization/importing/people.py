"""What each line of a sheet of people would do (kiểm tra danh sách cán bộ). Nothing is written here.

A line is one post. A person with several posts has several lines, with the same login and name.
"""

import secrets
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from datetime import timedelta
from typing import Any

import sqlalchemy as sa

from party.operations import _
from party.operations.ledger import clock
from party.operations.ledger import turn
from party.operations.ledger.errors import Invalid
from party.operations.organization import rules
from party.operations.organization.accounts import check_password
from party.operations.organization.accounts import clean_login
from party.operations.organization.importing import values
from party.operations.organization.importing.columns import column
from party.operations.organization.importing.directory import Directory
from party.operations.organization.importing.directory import node
from party.operations.organization.importing.directory import Unit
from party.operations.organization.importing.directory import UnitPlan
from party.operations.organization.importing.report import Line
from party.operations.organization.importing.sheets import Entry
from party.operations.organization.importing.sheets import Sheet
from party.operations.organization.merging import logins
from party.operations.organization.tables import former_logins
from party.operations.organization.tables import people
from party.operations.organization.tables import posts
from party.operations.text.dates import format_date


@dataclass(eq=False)
class PersonPlan:
    """One post of the file; the first line of a new login makes the account as well."""

    line: Line
    #: the person who is there already
    person: str = ""
    login: str = ""
    full_name: str = ""
    unit: Unit | None = None
    function: str = ""
    title: str = ""
    from_day: date | None = None
    #: first day on which the post is no longer held
    until: date | None = None
    email: str = ""
    phone: str = ""
    password: str = ""
    new_account: bool = False
    #: ``email`` and ``phone`` that must be written where the person exists
    changes: dict[str, Any] = field(default_factory=dict)
    #: the post that is there already, and whether this line ends it or gives it another title
    post: "sa.Row[Any] | None" = None
    ends_post: bool = False
    new_title: bool = False

    @property
    def unit_uid(self) -> str:
        """The uid of the unit; it has one at the latest when the units of the file are made."""
        return self.unit.uid if isinstance(self.unit, UnitPlan) else self.unit or ""


class Register:
    """The people of the system with all their posts, and the people of the file."""

    def __init__(self) -> None:
        self.by_login = {row.login: row for row in turn.rows(sa.select(people))}
        by_id = {row.id: row for row in self.by_login.values()}
        self.by_login |= {row.login: by_id[row.person] for row in turn.rows(sa.select(former_logins))}
        self.not_free = logins.not_free()
        self._posts: dict[tuple[str, str, str], list[sa.Row[Any]]] = {}
        for row in turn.rows(sa.select(posts).order_by(posts.c.from_day.desc())):
            self._posts.setdefault((row.person, row.unit, row.function), []).append(row)
        self.planned: dict[str, PersonPlan] = {}
        self.planned_posts: dict[tuple[str, Unit | None, str], PersonPlan] = {}

    def post(self, plan: PersonPlan) -> "sa.Row[Any] | None":
        """The post a line is about: one that is not over, or that was over on the same day."""
        for each in self._posts.get((plan.person, plan.unit_uid, plan.function), ()):
            if each.until_day is None or each.until_day > clock.today() or each.until_day == plan.until:
                return each
        return None


def check(sheet: Sheet, directory: Directory) -> list[PersonPlan]:
    """A plan for every line of a sheet of people, with problems and outcome on its line."""
    register = Register()
    return [_check(sheet, entry, directory, register) for entry in sheet.entries]


def _check(sheet: Sheet, entry: Entry, directory: Directory, register: Register) -> PersonPlan:
    line = Line(
        sheet.name, entry.number, "people", " – ".join(filter(None, map(str, (entry["full_name"], entry["unit"]))))
    )
    plan = PersonPlan(line)
    _read_person(plan, entry)
    _read_post(plan, entry, directory)
    if plan.login:
        _find_person(plan, register)
        _find_post(plan, register)
    if not line.problems:
        _decide(plan, register)
        if plan.post is None and plan.unit_uid:
            line.require(rules.stays_open(directory.rows[plan.unit_uid], plan.from_day or clock.today()))
    if line.outcome != "unchanged" and plan.unit_uid:
        line.require(directory.may_administer(plan.unit_uid))
    return plan


def _read_person(plan: PersonPlan, entry: Entry) -> None:
    line = plan.line
    with line.noting():
        plan.login = line.login = clean_login(str(entry["login"]))
    with line.noting():
        plan.full_name = values.text(entry["full_name"], column("people", "full_name"), 200)
        if not plan.full_name:
            raise Invalid(_("Give the person's full name."))
    with line.noting():
        plan.phone = values.text(entry["phone"], column("people", "phone"), 40)
    with line.noting():
        plan.email = values.email(values.text(entry["email"], column("people", "email"), 200))
    with line.noting():
        plan.password = str(entry["password"])
        if plan.password:
            check_password(plan.password)


def _read_post(plan: PersonPlan, entry: Entry, directory: Directory) -> None:
    line = plan.line
    for name in ("unit", "function"):
        if not entry[name]:
            line.fail(_("“${field}” is missing.", mapping={"field": column("people", name).header}))
    if entry["unit"]:
        with line.noting():
            plan.unit = directory.find(str(entry["unit"]))
            line.require(directory.is_open(plan.unit))
    with line.noting():
        plan.function = values.word(entry["function"], column("people", "function"))
    with line.noting():
        plan.title = values.text(entry["title"], column("people", "title"), 200)
    with line.noting():
        plan.from_day = values.day(entry["from_day"], column("people", "from_day"))
        last = values.day(entry["last_day"], column("people", "last_day"))
        if last is not None:
            plan.until = last + timedelta(days=1)


def _find_person(plan: PersonPlan, register: Register) -> None:
    """The same login with another name is a mistake, in the file and in the system."""
    words = {"login": plan.login}
    known = register.by_login.get(plan.login)
    if known is not None:
        plan.person = known.id
        if values.name_key(known.full_name) != values.name_key(plan.full_name):
            plan.line.fail(
                _(
                    "Login ${login} belongs to ${person}. Logins are never used again.",
                    mapping={**words, "person": known.full_name},
                )
            )
        elif not known.active:
            plan.line.fail(_("The account ${login} is closed. Logins are never used again.", mapping=words))
        return
    if plan.login in register.not_free:
        plan.line.fail(_("Login ${login} is taken. Logins are never used again.", mapping=words))
    earlier = register.planned.setdefault(plan.login, plan)
    if earlier is plan:
        plan.new_account = True
    elif values.name_key(earlier.full_name) != values.name_key(plan.full_name):
        words |= {"line": str(earlier.line.number), "person": earlier.full_name}
        plan.line.fail(_("Login ${login} stands in line ${line} already, for ${person}.", mapping=words))


def _find_post(plan: PersonPlan, register: Register) -> None:
    if plan.unit is None or not plan.function or plan.line.problems:
        return
    unit = node(plan.unit)
    earlier = register.planned_posts.setdefault((plan.login, unit, plan.function), plan)
    if earlier is not plan:
        words = {"login": plan.login, "line": earlier.line.number}
        plan.line.fail(_("${login} has this function in this unit by line ${line} already.", mapping=words))


def _decide(plan: PersonPlan, register: Register) -> None:
    """What is to be written; an empty cell leaves things as they are."""
    line = plan.line
    if plan.person:
        known = register.by_login[plan.login]
        for name in ("phone", "email"):
            value = getattr(plan, name)
            if value and value != getattr(known, name):
                plan.changes[name] = value
                line.change(column("people", name).header, getattr(known, name), value)
    plan.post = register.post(plan)
    if plan.post is None:
        line.outcome = "created"
    else:
        _compare_post(plan, plan.post)
    first = plan.post.from_day if plan.post is not None else plan.from_day or clock.today()
    if plan.until is not None and plan.until <= first:
        line.fail(_("The last day lies before the first."))
    if plan.new_account:
        plan.password = line.password = plan.password or secrets.token_urlsafe(9)


def _compare_post(plan: PersonPlan, held: "sa.Row[Any]") -> None:
    if plan.until is not None and plan.until != held.until_day:
        plan.ends_post = True
        before = format_date(held.until_day - timedelta(days=1)) if held.until_day else ""
        header = column("people", "last_day").header
        plan.line.change(header, before, format_date(plan.until - timedelta(days=1)))
    if plan.title and plan.title != held.title:
        plan.new_title = True
        plan.line.change(column("people", "title").header, held.title, plan.title)
