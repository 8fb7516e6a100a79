"""Posts and delegations (chức trách, uỷ quyền): dated rows, closed but never changed."""

from datetime import date
from typing import Any

import sqlalchemy as sa

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import principals
from party.operations.ledger import clock
from party.operations.ledger import journal
from party.operations.ledger import turn
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import Missing
from party.operations.ledger.errors import require
from party.operations.ledger.operation import operation
from party.operations.organization import fields
from party.operations.organization import lookup
from party.operations.organization import rules
from party.operations.organization.tables import delegations
from party.operations.organization.tables import posts
from party.operations.organization.vocabularies import FUNCTIONS
from party.operations.text.normalize import clean_line


@operation
def appoint(
    person: str, unit: str, function: str, *, title: str = "", from_day: date | None = None, until: date | None = None
) -> int:
    """Give a person a function in a unit from a day (today) on and return the post's id (bổ nhiệm, phân công)."""
    start = from_day or clock.today()
    if function not in FUNCTIONS:
        raise Invalid(_("“${value}” is not a function.", mapping={"value": function}), "function")
    if until is not None and until <= start:
        raise Invalid(_("The last day lies before the first."), "until")
    title = clean_line(title)
    fields.check_length(title, 200, "title")
    with turn.turn():
        require(rules.may_administer(unit))
        require(rules.stays_open(lookup.unit(unit), start))
        _in_service(person, "person")
        if any(each.function == function and each.unit == unit for each in lookup.posts_of(person, start)):
            raise Invalid(_("This person holds this function here already."), "function")
        post = turn.run(
            sa.insert(posts)
            .values(person=person, unit=unit, function=function, title=title, from_day=start, until_day=until)
            .returning(posts.c.id)
        ).scalar_one()
        principals.forget()
        journal.record("appoint", person, actor.current(), unit=unit, function=function, from_day=start, until=until)
        return post


@operation
def end_post(post: int, until: date | None = None) -> None:
    """End a post: ``until`` (today) is the first day on which it is no longer held (thôi giữ chức trách)."""
    last = until or clock.today()
    with turn.turn():
        row = _post(post)
        require(rules.may_administer(row.unit))
        if row.until_day is not None and row.until_day <= clock.today():
            raise Invalid(_("This post has ended already. Appoint the person again instead."), "post")
        if last < row.from_day:
            raise Invalid(_("The last day lies before the first."), "until")
        turn.run(sa.update(posts).where(posts.c.id == post).values(until_day=last))
        principals.forget()
        journal.record("end_post", row.person, actor.current(), unit=row.unit, function=row.function, until=last)


@operation
def delegate(delegate: str, unit: str, function: str, from_day: date, until: date, reason: str) -> None:
    """The person who acts lets another do, for a time, all that the function allows (uỷ quyền)."""
    if until <= from_day:
        raise Invalid(_("The last day lies before the first."), "until")
    with turn.turn():
        delegator = actor.current()
        if not any(each.unit == unit and each.function == function for each in lookup.posts_of(delegator)):
            raise Invalid(_("You do not hold this function yourself."), "function")
        if delegate == delegator:
            raise Invalid(_("Choose somebody else."), "delegate")
        _in_service(delegate, "delegate")
        turn.run(
            sa.insert(delegations).values(
                delegator=delegator,
                delegate=delegate,
                unit=unit,
                function=function,
                reason=reason,
                from_day=from_day,
                until_day=until,
            )
        )
        principals.forget()
        journal.record("delegate", delegate, delegator, unit=unit, function=function, from_day=from_day, until=until)


def _in_service(person: str, field: str) -> None:
    row = lookup.person(person)
    if not row.active:
        raise Invalid(_("The account of ${person} is closed.", mapping={"person": row.full_name}), field)


def _post(post: int) -> "sa.Row[Any]":
    row = turn.row(sa.select(posts).where(posts.c.id == post))
    if row is None:
        raise Missing(_("There is no such post."))
    return row
