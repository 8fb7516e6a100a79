"""Logins that plans give (tên đăng nhập mới trong phương án): from the start of a plan on they are kept for its people."""

import sqlalchemy as sa
from zope.component.hooks import getSite

from party.operations.ledger import turn
from party.operations.organization import lookup
from party.operations.organization.merging.tables import mergers
from party.operations.organization.merging.tables import movements
from party.operations.organization.tables import former_logins
from party.operations.organization.tables import people


_PROMISED = (
    sa.select(movements.c.login)
    .join(mergers, mergers.c.id == movements.c.merger)
    .where(mergers.c.state == "started", movements.c.login != "")
)


def is_taken(login: str) -> bool:
    """Has anybody the login, a person or an account of the site itself, or had a person it before?"""
    return lookup.person_by_login(login) is not None or login in getSite().acl_users.source_users._login_to_userid


def is_promised(login: str) -> bool:
    """Will somebody have the login by a plan that was started?"""
    return turn.row(_PROMISED.where(movements.c.login == login).limit(1)) is not None


def not_free() -> set[str]:
    """All logins that are taken or promised."""
    accounts = getSite().acl_users.source_users._login_to_userid
    ledger = (_PROMISED, sa.select(people.c.login), sa.select(former_logins.c.login))
    return {*accounts.keys(), *(each.login for wanted in ledger for each in turn.rows(wanted))}
