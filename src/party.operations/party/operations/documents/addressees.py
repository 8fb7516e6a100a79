"""Whom a document can be passed to (gợi ý người nhận): people, functions and units of the organ, found by any part."""

from typing import Any

import sqlalchemy as sa
from zope.globalrequest import getRequest
from zope.i18n import translate

from party.operations.confidentiality import actor
from party.operations.documents.recipients import Addressee
from party.operations.documents.recipients import check_addressee
from party.operations.documents.tables import slips
from party.operations.ledger import clock
from party.operations.ledger import turn
from party.operations.ledger.errors import Refused
from party.operations.organization import lookup
from party.operations.organization.tables import people
from party.operations.organization.tables import posts
from party.operations.organization.tables import units
from party.operations.organization.vocabularies import FUNCTIONS
from party.operations.text.folding import fold


#: how many are offered
LIMIT = 20
#: how far back the last recipients are looked for, and how many are kept
_LAST_SLIPS, _LAST = 200, 8


def suggest(organ: str, text: str) -> list[Addressee]:
    """Who in ``organ`` or below it ``text`` may mean: the person's own last recipients before all others.

    Every word of ``text`` must be found, in any part and without accents; nothing typed finds the last recipients.
    """
    words = fold(text).split()
    found = [each for each in last_recipients(organ) if _matches(each, words)]
    if words:
        found += [*_people(organ, words), *_functions(organ, words), *_units(organ, words)]
    me = actor.current()
    return [each for each in dict.fromkeys(found) if each.person != me][:LIMIT]


def last_recipients(organ: str) -> list[Addressee]:
    """To whom the person who acts last passed something that may be passed to in ``organ`` today, newest first."""
    rows = turn.rows(
        sa.select(slips.c.to_person, slips.c.to_unit, slips.c.to_function)
        .where(slips.c.from_person == actor.current())
        .order_by(slips.c.id.desc())
        .limit(_LAST_SLIPS)
    )
    found = []
    for each in dict.fromkeys(Addressee(row.to_person, row.to_unit, row.to_function) for row in rows):
        if len(found) < _LAST and _can_be_addressed(each, organ):
            found.append(each)
    return found


def _can_be_addressed(addressee: Addressee, organ: str) -> bool:
    try:
        check_addressee(addressee, organ)
    except Refused:
        return False
    return True


def _matches(addressee: Addressee, words: list[str]) -> bool:
    if addressee.person:
        name = lookup.person(addressee.person).full_name
    else:
        name = f"{_function_name(addressee.function)} {lookup.unit(addressee.unit).title}"
    folded = fold(name)
    return all(word in folded for word in words)


def _people(organ: str, words: list[str]) -> list[Addressee]:
    wanted = _held(organ, sa.select(people.c.id)).order_by(people.c.sort_key).limit(LIMIT)
    for word in words:
        named = people.c.folded.contains(word, autoescape=True)
        wanted = wanted.where(sa.or_(named, units.c.folded.contains(word, autoescape=True)))
    # a unit's name alone means the unit, not everybody in it
    wanted = wanted.where(sa.or_(*(people.c.folded.contains(word, autoescape=True) for word in words)))
    return [Addressee(person=each.id) for each in turn.rows(wanted)]


def _functions(organ: str, words: list[str]) -> list[Addressee]:
    folded = {function: fold(_function_name(function)) for function in FUNCTIONS}
    asked = [function for function, name in folded.items() if any(word in name for word in words)]
    wanted = (
        _held(organ, sa.select(posts.c.unit, posts.c.function, units.c.folded, units.c.tree_order).distinct())
        .where(posts.c.function.in_(asked))
        .order_by(units.c.tree_order, posts.c.function)
    )
    return [
        Addressee(unit=each.unit, function=each.function)
        for each in turn.rows(wanted)
        if all(word in f"{folded[each.function]} {each.folded}" for word in words)
    ][:LIMIT]


def _units(organ: str, words: list[str]) -> list[Addressee]:
    wanted = sa.select(units.c.uid).where(
        _in(organ),
        sa.or_(units.c.closed_on.is_(None), units.c.closed_on > clock.today()),
    )
    for word in words:
        wanted = wanted.where(units.c.folded.contains(word, autoescape=True))
    return [Addressee(unit=each.uid) for each in turn.rows(wanted.order_by(units.c.tree_order).limit(LIMIT))]


def _held(organ: str, wanted: "sa.Select[Any]") -> "sa.Select[Any]":
    """Restrict a query on people to posts held today in the organ or below it."""
    return (
        wanted.select_from(posts)
        .join(people, people.c.id == posts.c.person)
        .join(units, units.c.uid == posts.c.unit)
        .where(
            people.c.active.is_(True),
            _in(organ),
            posts.c.from_day <= clock.today(),
            sa.or_(posts.c.until_day.is_(None), posts.c.until_day > clock.today()),
        )
    )


def _in(organ: str) -> "sa.ColumnElement[bool]":
    """Units of an organ or below it, or of the one that took over from it."""
    return sa.or_(*(units.c.lineage.contains(f"/{each}/", autoescape=True) for each in lookup.answering(organ)))


def _function_name(function: str) -> str:
    return translate(FUNCTIONS[function], context=getRequest()) if function else ""
