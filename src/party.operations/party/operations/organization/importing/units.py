"""What each line of a sheet of units would do (kiểm tra danh sách đơn vị). Nothing is written here."""

from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field
from typing import Any

import sqlalchemy as sa

from party.operations import _
from party.operations.ledger import clock
from party.operations.ledger import turn
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import No
from party.operations.organization import lookup
from party.operations.organization import rules
from party.operations.organization.importing import values
from party.operations.organization.importing.columns import column
from party.operations.organization.importing.report import Line
from party.operations.organization.importing.sheets import Entry
from party.operations.organization.importing.sheets import Sheet
from party.operations.organization.tables import codes
from party.operations.organization.tables import units
from party.operations.text import codes as agency_codes


#: settings a line may change, by the column that holds them
SETTINGS = ("short_name", "kind", "position", "regime", "clerk_level_only", "place")


@dataclass(eq=False)
class UnitPlan:
    """One unit of the file: a new one, or one that is there already (``uid``)."""

    line: Line
    uid: str = ""
    title: str = ""
    code: str = ""
    scheme: str = ""
    symbol: str = ""
    settings: dict[str, Any] = field(default_factory=dict)
    #: the unit above: of this file, or by uid; ``None`` for the top or, where the unit exists, for where it is
    parent: "UnitPlan | str | None" = None
    #: what must be written of ``title`` and ``settings`` where the unit exists
    changes: dict[str, Any] = field(default_factory=dict)
    new_code: bool = False
    new_symbol: bool = False
    moved: bool = False


class Directory:
    """The units of the system and of the file, found by code or exact name."""

    def __init__(self) -> None:
        self.rows = {row.uid: row for row in turn.rows(sa.select(units))}
        self.plans: list[UnitPlan] = []
        self._by_code: dict[str, UnitPlan | str] = {
            row.key: row.unit for row in turn.rows(sa.select(codes.c.key, codes.c.unit))
        }
        self._by_name: dict[tuple[str, ...], list[UnitPlan | str]] = {}
        self._allowed: dict[str, bool | No] = {}
        for row in self.rows.values():
            self._by_name.setdefault(values.name_key(row.title), []).append(row.uid)

    def add(self, plan: UnitPlan) -> None:
        """Make a unit of the file known to the lines that refer to it."""
        self.plans.append(plan)
        if plan.code:
            self._by_code.setdefault(plan.code.upper(), plan)
        if not plan.uid:
            self._by_name.setdefault(values.name_key(plan.title), []).append(plan)

    def with_code(self, code: str) -> "UnitPlan | str | None":
        """The unit that has or ever had the code, or gets it by the file."""
        return self._by_code.get(agency_codes.normalise(code).upper())

    def named(self, name: str) -> "list[UnitPlan | str]":
        """All units of that name."""
        return self._by_name.get(values.name_key(name), [])

    def find(self, reference: str) -> "UnitPlan | str":
        """The unit that a cell names by code or exact name; raises ``Invalid`` when there is none, or several."""
        found = self.with_code(reference)
        if found is not None:
            return found
        same = self.named(reference)
        if len(same) > 1:
            raise Invalid(
                _(
                    "${count} units are named “${value}”. Give the code of the one that is meant.",
                    mapping={"count": len(same), "value": reference},
                )
            )
        if not same:
            raise Invalid(
                _(
                    "There is no unit “${value}”, neither in the system nor in this file. Give its code or exact name.",
                    mapping={"value": reference},
                )
            )
        return same[0]

    def may_administer(self, uid: str) -> "bool | No":
        """The rule of that name, asked once for each unit."""
        if uid not in self._allowed:
            self._allowed[uid] = rules.may_administer(uid)
        return self._allowed[uid]


def check(sheet: Sheet, directory: Directory) -> list[UnitPlan]:
    """A plan for every line of a sheet of units, its problems and outcome noted on its line."""
    plans = [_read(sheet, entry, directory) for entry in sheet.entries]
    for plan, entry in zip(plans, sheet.entries, strict=True):
        _find_parent(plan, str(entry["parent"]), directory)
    _check_cycles(plans, directory)
    for plan in plans:
        _check_same_place(plan, directory)
        _check_rights(plan, directory)
        if plan.uid:
            _compare(plan, directory)
        elif not plan.line.problems:
            plan.line.outcome = "created"
    return plans


def _read(sheet: Sheet, entry: Entry, directory: Directory) -> UnitPlan:
    plan = UnitPlan(Line(sheet.name, entry.number, "units", str(entry["name"] or entry["code"])))
    for read in (_read_name, _read_code, _read_settings):
        read(plan, entry)
    _match(plan, directory)
    directory.add(plan)
    return plan


def _read_name(plan: UnitPlan, entry: Entry) -> None:
    with noting(plan.line):
        plan.title = values.text(entry["name"], column("units", "name"), 200)
        if not plan.title:
            raise Invalid(_("Give the unit a name."))


def _read_code(plan: UnitPlan, entry: Entry) -> None:
    with noting(plan.line):
        plan.scheme = values.word(entry["scheme"], column("units", "scheme"))
        code = agency_codes.normalise(str(entry["code"]))
        if code:
            scheme = agency_codes.Scheme(plan.scheme) if plan.scheme else agency_codes.detect(code)
            try:
                plan.code, plan.scheme = agency_codes.validate(scheme, code), str(scheme)
            except agency_codes.AgencyCodeError as error:
                raise Invalid(_("“${code}” is not a code of this scheme.", mapping={"code": code})) from error


def _read_settings(plan: UnitPlan, entry: Entry) -> None:
    readers = {
        "short_name": lambda cell, about: values.text(cell, about, 100) or None,
        "kind": lambda cell, about: values.word(cell, about) or None,
        "position": lambda cell, about: values.whole_number(cell, about, 99_999),
        "regime": lambda cell, about: values.word(cell, about) or None,
        "clerk_level_only": lambda cell, about: {"yes": True, "no": False}.get(values.word(cell, about)),
        "place": lambda cell, about: values.text(cell, about, 100) or None,
    }
    for name, reader in readers.items():
        with noting(plan.line):
            plan.settings[name] = reader(entry[name], column("units", name))
    with noting(plan.line):
        plan.symbol = values.text(entry["symbol"], column("units", "symbol"), 30)


def _match(plan: UnitPlan, directory: Directory) -> None:
    """Is the unit there already? A code tells; its name must then agree."""
    same = directory.with_code(plan.code) if plan.code else None
    if isinstance(same, UnitPlan):
        plan.line.fail(_("Code ${code} stands in line ${line} already.", mapping=_where(same, code=plan.code)))
    elif same is not None:
        row = directory.rows[same]
        if values.name_key(row.title) == values.name_key(plan.title):
            plan.uid = same
            _check_once(plan, directory)
        else:
            plan.line.fail(_("Code ${code} belongs to ${unit}.", mapping={"code": plan.code, "unit": row.title}))


def _check_once(plan: UnitPlan, directory: Directory) -> None:
    earlier = next((each for each in directory.plans if each.uid == plan.uid), None)
    if earlier is not None:
        plan.line.fail(_("${unit} stands in line ${line} already.", mapping=_where(earlier, unit=plan.title)))


def _find_parent(plan: UnitPlan, reference: str, directory: Directory) -> None:
    if not reference:
        return
    with noting(plan.line):
        found = directory.find(reference)
        plan.parent = found.uid if isinstance(found, UnitPlan) and found.uid else found
        if isinstance(plan.parent, str):
            answer = rules.is_open(directory.rows[plan.parent])
            if isinstance(answer, No):
                raise Invalid(answer.reason)


def _check_cycles(plans: list[UnitPlan], directory: Directory) -> None:
    """Going up from any unit must end at the top, with the parents that the file gives in force."""
    of_uid = {plan.uid: plan for plan in plans if plan.uid}
    for plan in plans:
        seen: list[UnitPlan | str] = []
        at: UnitPlan | str | None = plan
        while at is not None and at not in seen:
            seen.append(at)
            at = _above(at, of_uid, directory)
        if at is plan:
            chain = " → ".join(_title(each, directory) for each in [*seen, plan])
            plan.line.fail(_("The units go in a circle: ${chain}.", mapping={"chain": chain}))


def _above(at: "UnitPlan | str", of_uid: dict[str, UnitPlan], directory: Directory) -> "UnitPlan | str | None":
    if isinstance(at, UnitPlan):
        uid = at.parent or (directory.rows[at.uid].parent if at.uid else None)
    else:
        uid = directory.rows[at].parent
    return of_uid.get(uid, uid) or None if not isinstance(uid, UnitPlan) else uid


def _check_same_place(plan: UnitPlan, directory: Directory) -> None:
    """Without a code the name tells whether the unit is there, among those of one parent."""
    if plan.uid or not plan.title or plan.line.problems:
        return
    for same in directory.named(plan.title):
        if isinstance(same, UnitPlan):
            if same is not plan and same.parent == plan.parent and same.line.number < plan.line.number:
                words = _where(same, unit=plan.title)
                plan.line.fail(_("${unit} stands in line ${line} already.", mapping=words))
        elif directory.rows[same].parent == (plan.parent or ""):
            plan.uid = same
            others = [each for each in directory.plans if each.uid == same and each is not plan]
            if others:
                plan.line.fail(_("${unit} stands in line ${line} already.", mapping=_where(others[0], unit=plan.title)))


def _check_rights(plan: UnitPlan, directory: Directory) -> None:
    if plan.uid:
        answers = [directory.may_administer(plan.uid)]
    elif plan.parent is None:
        answers = [rules.may_set_up()]
    else:
        answers = []
    if isinstance(plan.parent, str):
        answers.append(directory.may_administer(plan.parent))
    for answer in answers:
        if isinstance(answer, No):
            plan.line.fail(answer.reason)


def _compare(plan: UnitPlan, directory: Directory) -> None:
    """Note what differs between the line and the unit that is there; an empty cell leaves things as they are."""
    row, line = directory.rows[plan.uid], plan.line
    if row.closed_on is not None:
        line.fail(rules_reason(row))
    obj = lookup.unit_object(plan.uid)
    wanted = {name: value for name, value in plan.settings.items() if value is not None}
    for name, value in {"title": plan.title, **wanted}.items():
        before = getattr(obj, name)
        if value and value != before or value in (False, 0) and value != (before or 0):
            plan.changes[name] = value
            header = column("units", "name" if name == "title" else name).header
            line.change(changed(header, _shown(name, before), _shown(name, value)))
    if plan.code and directory.with_code(plan.code) is plan:
        plan.new_code = True
        line.change(changed(column("units", "code").header, "", plan.code))
    symbol = lookup.symbol_on(plan.uid, clock.today())
    if plan.symbol and plan.symbol != symbol:
        plan.new_symbol = True
        line.change(changed(column("units", "symbol").header, symbol, plan.symbol))
    if plan.parent is not None and plan.parent != row.parent:
        plan.moved = True
        above = directory.rows[row.parent].title if row.parent else ""
        line.change(changed(column("units", "parent").header, above, _title(plan.parent, directory)))
