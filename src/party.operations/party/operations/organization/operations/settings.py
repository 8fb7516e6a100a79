"""Terms, holidays and routes (nhiệm kỳ, ngày nghỉ, luồng xử lý): what an administrator sets without code."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.ledger import journal
from party.operations.ledger import turn
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import require
from party.operations.ledger.operation import operation
from party.operations.organization import fields
from party.operations.organization import lookup
from party.operations.organization import routes
from party.operations.organization import rules
from party.operations.organization.tables import holidays
from party.operations.organization.tables import terms
from party.operations.text.folding import fold
from party.operations.text.normalize import clean_line


@operation
def set_term(unit: str, label: str, from_day: date, until: date | None = None) -> None:
    """Begin a congress term; the one before ends on that day (nhiệm kỳ cấp uỷ).

    The label names the number series of the term, so no two terms of a unit share one. An earlier term may be recorded
    later on when its end is given.
    """
    label = clean_line(label)
    if not label:
        raise Invalid(_("Give the term a name."), "label")
    fields.check_length(label, 40, "label")
    if until is not None and until <= from_day:
        raise Invalid(_("The last day lies before the first."), "until")
    with turn.turn():
        require(rules.may_administer(unit))
        recorded = turn.rows(sa.select(terms).where(terms.c.unit == unit))
        if any(fold(each.label) == fold(label) for each in recorded):
            raise Invalid(_("A term of this name is recorded already; its numbers would go on."), "label")
        overlapping = sa.or_(terms.c.until_day.is_(None), terms.c.until_day > from_day)
        if any(from_day <= each.from_day and (until is None or each.from_day < until) for each in recorded):
            raise Invalid(_("A term that begins on or after this day is recorded already."), "from_day")
        earlier = (terms.c.unit == unit, terms.c.from_day < from_day, overlapping)
        turn.run(sa.update(terms).where(*earlier).values(until_day=from_day))
        turn.run(sa.insert(terms).values(unit=unit, label=label, from_day=from_day, until_day=until))
        journal.record("set_term", unit, actor.current(), unit=unit, label=label, from_day=from_day, until=until)


@operation
def set_holiday(day: date, label: str, working: bool = False) -> None:
    """Record a day off, or a weekend day that is worked instead (ngày nghỉ, ngày làm bù)."""
    with turn.turn():
        require(rules.may_set_up())
        turn.run(sa.delete(holidays).where(holidays.c.day == day))
        turn.run(sa.insert(holidays).values(day=day, label=label, working=working))
        journal.record("set_holiday", "", actor.current(), day=day, label=label, working=working)


@operation
def remove_holiday(day: date) -> None:
    """Take back a day that was recorded by mistake (xoá ngày nghỉ ghi nhầm); deadlines that were counted stay."""
    with turn.turn():
        require(rules.may_set_up())
        if turn.run(sa.delete(holidays).where(holidays.c.day == day)).rowcount != 1:
            raise Invalid(_("This day is not recorded."), "day")
        journal.record("remove_holiday", "", actor.current(), day=day)


@operation
def set_routes(unit: str, wanted: list[dict[str, Any]]) -> list[str]:
    """Replace the prepared routes of a unit; returns warnings (luồng xử lý).

    A route that leads nowhere is refused; nothing is saved then.
    """
    with turn.turn():
        require(rules.may_administer(unit))
        parsed = [routes.Route.parse(each) for each in wanted]
        problems = [(route, problem) for route in parsed for problem in routes.dead_ends(unit, route)]
        if problems:
            route, problem = problems[0]
            raise Invalid(
                _("Route “${route}”: ${problem}", mapping={"route": route.name, "problem": problem}), "routes"
            )
        obj = lookup.unit_object(unit)
        before = dict(obj.routes)
        obj.routes = {route.id: route.plain() for route in parsed}
        journal.record("set_routes", unit, actor.current(), unit=unit, diff={"routes": (before, obj.routes)})
        return [skipped for route in parsed for skipped in routes.skipped(unit, route)]
