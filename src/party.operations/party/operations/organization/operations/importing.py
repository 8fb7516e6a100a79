"""Bringing units and people in from a file (nhập đơn vị, cán bộ từ tệp)."""

from collections.abc import Callable
from datetime import date
from typing import Any
from typing import BinaryIO

import transaction

from party.operations.confidentiality import actor
from party.operations.ledger import clock
from party.operations.ledger import journal
from party.operations.ledger import turn
from party.operations.ledger.operation import operation
from party.operations.organization import lookup
from party.operations.organization.importing import people
from party.operations.organization.importing import units
from party.operations.organization.importing.directory import Directory
from party.operations.organization.importing.directory import parents_first
from party.operations.organization.importing.directory import UnitPlan
from party.operations.organization.importing.people import PersonPlan
from party.operations.organization.importing.report import Report
from party.operations.organization.importing.sheets import read
from party.operations.organization.importing.sheets import Sheet
from party.operations.organization.operations.people import change_person
from party.operations.organization.operations.people import create_person
from party.operations.organization.operations.posts import appoint
from party.operations.organization.operations.posts import end_post
from party.operations.organization.operations.units import add_code
from party.operations.organization.operations.units import add_symbol
from party.operations.organization.operations.units import change_unit
from party.operations.organization.operations.units import create_unit
from party.operations.organization.operations.units import move_unit


#: a file of up to so many lines is taken in one turn, all or nothing
ONE_TURN = 500
#: a longer one in turns of so many lines, each committed, so that others can write between them
BATCH = 200


@operation
def import_organization(
    stream: BinaryIO,
    filename: str,
    dry_run: bool = True,
    progress: Callable[[Report, int], None] | None = None,
) -> Report:
    """Check a CSV or XLSX file of units or people line by line, and, unless ``dry_run``, do what it says.

    A file with an error in any line changes nothing. A long file is committed in batches: when it is interrupted, what
    was done is "unchanged" the next time. ``progress`` is told the report and how many lines are done. Raises
    ``Invalid`` for a file that cannot be read as a whole.
    """
    sheets = read(stream, filename)
    if dry_run:
        return _check(sheets, filename)[0]
    if sum(len(each.entries) for each in sheets) <= ONE_TURN:
        with turn.turn():
            return _import(sheets, filename, progress)
    return _import(sheets, filename, progress, commit=transaction.commit)


def _import(
    sheets: list[Sheet],
    filename: str,
    progress: Callable[[Report, int], None] | None,
    commit: Callable[[], None] | None = None,
) -> Report:
    report, plans = _check(sheets, filename)
    if not report.sound:
        return report
    for start in range(0, len(plans), BATCH):
        with turn.turn():
            done = plans[start : start + BATCH]
            for plan in done:
                _apply(plan)
            counts = report.counts if start + BATCH >= len(plans) else {}
            journal.record("import_organization", "", actor.current(), filename=filename, lines=len(done), **counts)
        if commit is not None:
            commit()
        if progress is not None:
            progress(report, start + len(done))
    report.applied = True
    return report


def _check(sheets: list[Sheet], filename: str) -> tuple[Report, list[UnitPlan | PersonPlan]]:
    """The report in the order of the file, and the plans in the order in which they can be done."""
    directory = Directory()
    report, plans = Report(filename, []), []
    for sheet in sheets:
        found: Any = (units if sheet.kind == "units" else people).check(sheet, directory)
        report.lines.extend(each.line for each in found)
        plans.extend(parents_first(found) if sheet.kind == "units" else found)
    return report, plans


def _apply(plan: UnitPlan | PersonPlan) -> None:
    if plan.line.outcome == "unchanged":
        return
    if isinstance(plan, PersonPlan):
        _apply_person(plan)
    elif plan.uid:
        _change_unit(plan)
    else:
        _create_unit(plan)


def _create_unit(plan: UnitPlan) -> None:
    settings = {name: value for name, value in plan.settings.items() if value is not None}
    plan.uid = create_unit(plan.title, settings.pop("kind"), plan.parent_uid, **settings).UID()
    if plan.code:
        add_code(plan.uid, plan.code, plan.scheme, primary=True)
    if plan.symbol:
        add_symbol(plan.uid, plan.symbol, clock.today())


def _change_unit(plan: UnitPlan) -> None:
    if plan.changes:
        change_unit(plan.uid, **plan.changes)
    if plan.new_code:
        add_code(plan.uid, plan.code, plan.scheme, primary=not lookup.codes_of(plan.uid))
    if plan.new_symbol:
        add_symbol(plan.uid, plan.symbol, clock.today())
    if plan.moved:
        move_unit(plan.uid, plan.parent_uid)


def _apply_person(plan: PersonPlan) -> None:
    person = plan.person or _account(plan)
    if plan.changes:
        change_person(person, **plan.changes)
    if plan.post is None:
        _appoint(plan, person, plan.from_day, plan.until)
    elif plan.new_title:
        # posts are closed but never changed: the one with the other title ends, and a new one follows
        follows = max(plan.post.from_day, clock.today())
        end_post(plan.post.id, follows)
        _appoint(plan, person, follows, plan.until or plan.post.until_day)
    elif plan.ends_post:
        end_post(plan.post.id, plan.until)


def _account(plan: PersonPlan) -> str:
    """The account of a new person, made by the first line of the login."""
    if not plan.new_account:
        row = lookup.person_by_login(plan.login)
        assert row is not None
        return row.id
    return create_person(plan.unit_uid, plan.login, plan.full_name, plan.password, email=plan.email, phone=plan.phone)


def _appoint(plan: PersonPlan, person: str, from_day: date | None, until: date | None) -> None:
    appoint(person, plan.unit_uid, plan.function, title=plan.title, from_day=from_day, until=until)
