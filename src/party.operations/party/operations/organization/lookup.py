"""Finding units and people (tra cứu đơn vị, cán bộ): queries on the organisation's tables."""

from datetime import date
from typing import Any

import sqlalchemy as sa
from zope.component.hooks import getSite

from party.operations import _
from party.operations.ledger import clock
from party.operations.ledger import turn
from party.operations.ledger.errors import Missing
from party.operations.organization.tables import codes
from party.operations.organization.tables import former_logins
from party.operations.organization.tables import people
from party.operations.organization.tables import posts
from party.operations.organization.tables import successions
from party.operations.organization.tables import symbols
from party.operations.organization.tables import units
from party.operations.organization.vocabularies import REGISTRY_FUNCTIONS
from party.operations.text.folding import fold
from party.operations.text.symbols import match_key


def unit(uid: str) -> "sa.Row[Any]":
    """The row of a unit; raises :class:`Missing`."""
    found = find_unit(uid)
    if found is None:
        raise Missing(_("There is no such unit."), unit=uid)
    return found


def find_unit(uid: str) -> "sa.Row[Any] | None":
    """The row of a unit or ``None``."""
    return turn.row(sa.select(units).where(units.c.uid == uid))


def unit_object(uid: str) -> Any:
    """The Unit object of ``uid``."""
    return getSite().unrestrictedTraverse(unit(uid).path)


def unit_titles(uids: "set[str] | list[str]") -> dict[str, str]:
    """Names of many units at once."""
    found = turn.rows(sa.select(units.c.uid, units.c.title).where(units.c.uid.in_(set(uids))))
    return {each.uid: each.title for each in found}


def unit_by_code(value: str) -> "sa.Row[Any] | None":
    """The unit that has or ever had the code ``value``, in any scheme."""
    key = value.strip().upper()
    return turn.row(sa.select(units).join(codes, codes.c.unit == units.c.uid).where(codes.c.key == key))


def present(uid: str, day: date | None = None) -> str:
    """The uid of the unit that answers for ``uid`` on ``day``: itself, or who took over once it was closed."""
    when, passed = day or clock.today(), [uid]
    while (successor := turn.scalar(_SUCCESSOR, {"unit": passed[-1], "day": when})) and successor not in passed:
        passed.append(successor)
    return passed[-1]


def answering(uid: str) -> list[str]:
    """The unit and, once it was closed, the one that took over: whose people go on with its open work."""
    return list(dict.fromkeys((uid, present(uid))))


def unit_for_code(value: str, day: date | None = None) -> "sa.Row[Any] | None":
    """The unit that answers for the code ``value`` on ``day``: of a closed unit the one that took over."""
    owner = unit_by_code(value)
    return owner and unit(present(owner.uid, day))


def units_by_symbol(symbol: str) -> "list[sa.Row[Any]]":
    """Units that have or had the issuer symbol; several units may share one (TU of every province)."""
    wanted = sa.select(units).join(symbols, symbols.c.unit == units.c.uid).where(symbols.c.key == match_key(symbol))
    return turn.rows(wanted.order_by(units.c.tree_order).distinct())


def search_units(
    text: str = "",
    *,
    kinds: tuple[str, ...] = (),
    within: str = "",
    open_only: bool = True,
    after: str = "",
    limit: int = 20,
) -> "list[sa.Row[Any]]":
    """Units whose name or short name contains ``text`` (folded) or that have it as a code, in tree order.

    ``after`` is the uid of the last unit of the page before.
    """
    wanted = sa.select(units)
    if text:
        # an old code finds the unit it belonged to and the one that took over
        by_code = {each.uid for each in (unit_by_code(text), unit_for_code(text)) if each is not None}
        wanted = wanted.where(sa.or_(units.c.folded.contains(fold(text), autoescape=True), units.c.uid.in_(by_code)))
    if kinds:
        wanted = wanted.where(units.c.kind.in_(kinds))
    if within:
        wanted = wanted.where(units.c.lineage.contains(f"/{within}/", autoescape=True))
    if open_only:
        wanted = wanted.where(sa.or_(units.c.closed_on.is_(None), units.c.closed_on > clock.today()))
    if after:
        place = sa.select(units.c.tree_order).where(units.c.uid == after).scalar_subquery()
        same_place = sa.and_(units.c.tree_order == place, units.c.uid > after)
        wanted = wanted.where(sa.or_(units.c.tree_order > place, same_place))
    return turn.rows(wanted.order_by(units.c.tree_order, units.c.uid).limit(limit))


def ancestors(uid: str) -> list[str]:
    """uids of the unit and all above it, nearest first."""
    return [each for each in reversed(unit(uid).lineage.split("/")) if each]


def symbol_on(uid: str, day: date) -> str:
    """The issuer symbol of a unit on ``day``, or ""."""
    wanted = sa.select(symbols.c.symbol).where(symbols.c.unit == uid, *_valid(symbols, day))
    # of two entered for one day the later corrects the earlier
    return turn.scalar(wanted.order_by(symbols.c.from_day.desc(), symbols.c.id.desc())) or ""


def codes_of(uid: str) -> "list[sa.Row[Any]]":
    """All codes a unit has or had, primary and newest first."""
    wanted = sa.select(codes).where(codes.c.unit == uid)
    return turn.rows(wanted.order_by(codes.c.primary_code.desc(), codes.c.from_day.desc(), codes.c.id.desc()))


def person(person_id: str) -> "sa.Row[Any]":
    """The row of a person; raises :class:`Missing`."""
    found = turn.row(sa.select(people).where(people.c.id == person_id))
    if found is None:
        raise Missing(_("There is no such person."), person=person_id)
    return found


def account(person_id: str) -> "sa.Row[Any] | None":
    """``active`` and ``must_change_password`` of a person; ``None`` for accounts of the site itself."""
    return turn.row(sa.select(people.c.active, people.c.must_change_password).where(people.c.id == person_id))


def names(person_ids: "set[str] | list[str]") -> dict[str, str]:
    """Full names of many people at once."""
    found = turn.rows(sa.select(people.c.id, people.c.full_name).where(people.c.id.in_(set(person_ids))))
    return {each.id: each.full_name for each in found}


def logins(person_ids: "set[str] | list[str]") -> dict[str, str]:
    """Logins of many people at once."""
    found = turn.rows(sa.select(people.c.id, people.c.login).where(people.c.id.in_(set(person_ids))))
    return {each.id: each.login for each in found}


def person_by_login(login: str) -> "sa.Row[Any] | None":
    """The person who logs in as ``login``, or did so before he got another one."""
    wanted = login.strip().lower()
    before = sa.select(former_logins.c.person).where(former_logins.c.login == wanted)
    return turn.row(sa.select(people).where(sa.or_(people.c.login == wanted, people.c.id.in_(before))))


def holders(uid: str, *functions: str, day: date | None = None) -> "list[sa.Row[Any]]":
    """Posts held in a unit on ``day`` with the names of their people: for all functions when none is named."""
    when = day or clock.today()
    wanted = (
        sa.select(posts, people.c.full_name, people.c.sort_key, people.c.login)
        .join(people, people.c.id == posts.c.person)
        .where(posts.c.unit == uid, people.c.active.is_(True), *_valid(posts, when))
    )
    if functions:
        wanted = wanted.where(posts.c.function.in_(functions))
    return turn.rows(wanted.order_by(people.c.sort_key, posts.c.id))


def serving_registry(uid: str) -> "list[sa.Row[Any]]":
    """Who receives documents for a unit today: its clerks, else who stands in for them."""
    for function in REGISTRY_FUNCTIONS:
        found = holders(uid, function)
        if found:
            return found
    return []


def posts_of(person_id: str, day: date | None = None) -> "list[sa.Row[Any]]":
    """The posts a person holds on ``day``."""
    return turn.rows(_POSTS_OF, {"person": person_id, "day": day or clock.today()})


def search_people(text: str = "", *, organs: tuple[str, ...] = (), limit: int = 20) -> "list[sa.Row[Any]]":
    """People with a post today whose name contains ``text`` (folded), by given name; one row for each post."""
    wanted = (
        sa.select(
            people.c.id,
            people.c.full_name,
            posts.c.unit,
            posts.c.function,
            posts.c.title,
            units.c.title.label("unit_title"),
        )
        .join(posts, posts.c.person == people.c.id)
        .join(units, units.c.uid == posts.c.unit)
        .where(people.c.active.is_(True), *_valid(posts, clock.today()))
    )
    if text:
        wanted = wanted.where(people.c.folded.contains(fold(text), autoescape=True))
    if organs:
        wanted = wanted.where(units.c.organ.in_(organs))
    return turn.rows(wanted.order_by(people.c.sort_key, posts.c.id).limit(limit))


def superior_office(uid: str) -> str | None:
    """The unit that answers for ``uid`` from above: the office of the nearest unit above that has a serving clerk."""
    for above in ancestors(uid)[1:]:
        candidate = present(unit(above).office or above)
        if candidate != uid and serving_registry(candidate):
            return candidate
    return None


def _valid(table: "sa.Table", day: date) -> "list[sa.ColumnElement[bool]]":
    return [table.c.from_day <= day, sa.or_(table.c.until_day.is_(None), table.c.until_day > day)]


_DAY = sa.bindparam("day", type_=sa.Date())
#: put together once, as each request asks: this costs more than the query
_POSTS_OF = (
    sa.select(posts)
    .where(
        posts.c.person == sa.bindparam("person"),
        posts.c.from_day <= _DAY,
        sa.or_(posts.c.until_day.is_(None), posts.c.until_day > _DAY),
    )
    .order_by(posts.c.id)
)
_SUCCESSOR = sa.select(successions.c.successor).where(
    successions.c.predecessor == sa.bindparam("unit"), successions.c.from_day <= _DAY
)
