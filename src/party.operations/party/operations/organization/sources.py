"""Where standings come from: posts, delegations and successions by date (nguồn tư cách)."""

from collections.abc import Iterable
from datetime import date
from typing import Any

import sqlalchemy as sa
from zope.interface import provider

from party.operations.confidentiality.principals import IPrincipalSource
from party.operations.confidentiality.principals import Standing
from party.operations.ledger import turn
from party.operations.organization import lookup
from party.operations.organization.tables import delegations
from party.operations.organization.tables import posts
from party.operations.organization.tables import successions


# put together once, as each request asks: this costs more than the query
_DAY = sa.bindparam("day", type_=sa.Date())
_DELEGATED = (
    sa.select(delegations)
    .join(
        posts,
        sa.and_(
            posts.c.person == delegations.c.delegator,
            posts.c.unit == delegations.c.unit,
            posts.c.function == delegations.c.function,
            posts.c.from_day <= _DAY,
            sa.or_(posts.c.until_day.is_(None), posts.c.until_day > _DAY),
        ),
    )
    .where(
        delegations.c.delegate == sa.bindparam("person"),
        delegations.c.from_day <= _DAY,
        delegations.c.until_day > _DAY,
    )
)
_SUCCESSIONS = sa.select(successions).where(successions.c.from_day <= _DAY)


@provider(IPrincipalSource)
def organization(person: str, day: date) -> Iterable[Standing]:
    """Own posts, posts delegated to ``person``, and the same posts in units his units took over from."""
    own = [Standing(each.unit, each.function, person) for each in lookup.posts_of(person, day)]
    own += [Standing(each.unit, each.function, each.delegator, "delegation") for each in _delegated(person, day)]
    if not own:
        return []
    inherited = []
    predecessors = _predecessors(day)
    for standing in own:
        for before in _closure(standing.unit, predecessors):
            inherited.append(Standing(before, standing.function, standing.holder, "succession"))
    return [*own, *inherited]


def _delegated(person: str, day: date) -> "list[sa.Row[Any]]":
    """Delegations of the day whose delegator still holds the post on that day."""
    return turn.rows(_DELEGATED, {"person": person, "day": day})


def _predecessors(day: date) -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for each in turn.rows(_SUCCESSIONS, {"day": day}):
        found.setdefault(each.successor, []).append(each.predecessor)
    return found


def _closure(unit: str, predecessors: dict[str, list[str]]) -> list[str]:
    """All units ``unit`` took over from, directly and through others."""
    found: list[str] = []
    waiting = list(predecessors.get(unit, ()))
    while waiting:
        each = waiting.pop()
        if each not in found:
            found.append(each)
            waiting.extend(predecessors.get(each, ()))
    return found
