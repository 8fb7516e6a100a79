"""Access explained (giải thích quyền truy cập): who may ask, about whom, and the answer in words."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from AccessControl import getSecurityManager

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import audit
from party.operations.confidentiality import explain
from party.operations.confidentiality import keys
from party.operations.confidentiality import levels
from party.operations.confidentiality import tokens
from party.operations.documents import access
from party.operations.ledger import clock
from party.operations.ledger import items
from party.operations.ledger import turn
from party.operations.ledger.errors import Missing
from party.operations.organization import lookup
from party.operations.organization.tables import delegations
from party.operations.organization.tables import people
from party.operations.organization.tables import posts
from party.operations.organization.tables import successions
from party.operations.organization.vocabularies import FUNCTIONS
from party.operations.security import rules


CAUSES = {
    "register": _("Registered by the unit"),
    "slip": _("Passed on by a routing slip"),
    "review": _("Asked to review the draft"),
    "delivery": _("Delivered to the unit"),
    "draft": _("Takes part in the draft"),
}
CLOSED = "closed"
FAILING = {
    CLOSED: _("The account is closed."),
    explain.RELATION: _("Nothing relates the person, a post or a delegation of his to this document."),
    explain.CLEARANCE: _("The clearance is below the level of the document."),
    explain.ZONE: _("This part of the network shows no document of this level."),
    explain.HIDDEN: _("The document was withdrawn because it should not have been here."),
    explain.KEY: _("The key of the document is withheld."),
}


@dataclass(frozen=True)
class Explained:
    """The answer: the row of the object, its title for who may read it, and what was found of each person."""

    item: Any
    #: "" for security officers and auditors who do not read it themselves
    title: str
    day: date
    answers: tuple[dict[str, Any], ...]


def explained(uid: str, person: str = "", day: date | None = None) -> Explained:
    """Who could see the object on ``day`` and why; with a ``person`` why he could or not.

    Raises :class:`Missing` for who may not ask. A question about a classified object is written into the journal.
    """
    when = day or clock.today()
    item, reads = _asked_about(uid, person)
    if item.level != levels.NORMAL:
        audit.record("explain", uid, person=person, day=when.isoformat())
    if person:
        lookup.person(person)
        found = [explain.one(item, person, when, levels.zone())]
    else:
        found = explain.people(item, _candidates(item, when), when, levels.zone())
    title = access.readable(uid, "explain").title if reads else ""
    return Explained(item, title, when, tuple(_in_words(found)))


def may_ask_of_others(uid: str) -> bool:
    """May the person who acts ask about everybody: the registry and the leaders of the unit, officers and auditors?"""
    who = actor.current()
    if rules.is_officer(who) or rules.is_auditor(who):
        return True
    unit = items.get(uid).unit
    return bool({tokens.unit(unit, "registry"), tokens.unit(unit, "leader")} & actor.held())


def _asked_about(uid: str, person: str) -> tuple[Any, bool]:
    """The row of the object, and whether who asks reads it; raises :class:`Missing` for who may not ask."""
    item, who = items.find(uid), actor.current()
    nothing = Missing(_("There is nothing here."))
    if item is None or not who or (item.level != levels.NORMAL and not keys.available()):
        raise nothing
    reads = bool(getSecurityManager().checkPermission("View", access.unrestricted(uid)))
    watches = rules.is_officer(who) or rules.is_auditor(who)
    if not watches and (not reads or (person != who and not may_ask_of_others(uid))):
        raise nothing
    return item, reads


def _candidates(item: Any, day: date) -> list[str]:
    """People who may be related to the object on ``day``, by given name; each is looked at closely afterwards.

    Tokens on a classified object cannot be read, so those of all people and of all posts held on the day are computed.
    """
    given = explain.tokens_on(item.uid, day)
    everybody = [each.id for each in turn.rows(sa.select(people.c.id).order_by(people.c.sort_key, people.c.id))]
    related = {person for person in everybody if tokens.user(person, item.level) in given}
    held = turn.rows(sa.select(posts.c.person, posts.c.unit, posts.c.function).where(*_valid(posts, day)))
    reading = {
        unit
        for unit, function in {(each.unit, each.function) for each in _all_posts()}
        if given.intersection(tokens.of_post(unit, function, item.level))
    }
    units = _with_successors(reading)
    related |= {each.person for each in held if each.unit in units}
    related |= {
        each.delegate
        for each in turn.rows(sa.select(delegations).where(*_valid(delegations, day)))
        if each.delegator in related or each.unit in units
    }
    return [person for person in everybody if person in related]


def _all_posts() -> "list[sa.Row[Any]]":
    return turn.rows(sa.select(posts.c.unit, posts.c.function).distinct())


def _with_successors(units: set[str]) -> set[str]:
    found, rows = set(units), turn.rows(sa.select(successions.c.predecessor, successions.c.successor))
    while True:
        more = {each.successor for each in rows if each.predecessor in found} - found
        if not more:
            return found
        found |= more


def _valid(table: sa.Table, day: date) -> "list[sa.ColumnElement[bool]]":
    return [table.c.from_day <= day, sa.or_(table.c.until_day.is_(None), table.c.until_day > day)]


def _in_words(found: Iterable[explain.Answer]) -> list[dict[str, Any]]:
    answers = list(found)
    standings = [ground.standing for each in answers for ground in each.grounds if ground.standing is not None]
    names = lookup.names({each.person for each in answers} | {each.holder for each in standings})
    titles = lookup.unit_titles({each.unit for each in standings})
    said = []
    for each in answers:
        account = lookup.account(each.person)
        closed = account is None or not account.active
        failing = CLOSED if closed and each.failing != explain.RELATION else each.failing
        said.append(
            {
                "person": each.person,
                "full_name": names.get(each.person, ""),
                "can": not failing,
                "failing": failing,
                "reason": FAILING[failing] if failing else "",
                "clearance": each.clearance,
                "grounds": [
                    {
                        "cause": ground.cause,
                        "says": CAUSES.get(ground.cause, ground.cause),
                        "by": _capacity(ground.standing, names, titles),
                        "from_day": ground.from_day,
                        "until_day": ground.until,
                    }
                    for ground in each.grounds
                ],
            }
        )
    return said


def _capacity(standing: Any, names: dict[str, str], titles: dict[str, str]) -> Any:
    if standing is None:
        return _("named in person")
    words = {
        "function": FUNCTIONS[standing.function],
        "unit": titles.get(standing.unit, ""),
        "holder": names.get(standing.holder, ""),
    }
    if standing.via == "delegation":
        return _("standing in for ${holder}: ${function}, ${unit}", mapping=words)
    if standing.via == "succession":
        return _("${function} of the unit that took over from ${unit}", mapping=words)
    return _("${function}, ${unit}", mapping=words)
