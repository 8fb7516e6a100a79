"""People and their accounts (cán bộ, tài khoản). User ids are opaque, logins separate, neither is used again."""

import re
import secrets
from typing import Any

import sqlalchemy as sa
from zope.component.hooks import getSite

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.ledger import journal
from party.operations.ledger import turn
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import NotAllowed
from party.operations.ledger.errors import require
from party.operations.ledger.operation import operation
from party.operations.organization import lookup
from party.operations.organization import rules
from party.operations.organization.tables import people
from party.operations.text.collation import name_sort_key
from party.operations.text.folding import fold
from party.operations.text.normalize import clean_line


_LOGIN = re.compile(r"^[a-z0-9][a-z0-9._-]{2,79}$")
#: shortest password a person may choose
MIN_PASSWORD = 10


@operation
def create_person(
    unit: str, login: str, full_name: str, password: str, *, email: str = "", phone: str = "", first_login: bool = True
) -> str:
    """Make the account of a person who will serve in ``unit`` and return the user id (lập tài khoản).

    With ``first_login`` the password given here must be changed before anything else is done.
    """
    login, full_name = login.strip().lower(), clean_line(full_name)
    if not _LOGIN.match(login):
        raise Invalid(
            _("A login has 3 to 80 characters: a–z, 0–9, dot, hyphen or underscore, and begins with a letter or digit."),
            "login",
        )
    if not full_name:
        raise Invalid(_("Give the person's full name."), "full_name")
    check_password(password)
    with turn.turn():
        require(rules.may_administer(unit))
        if lookup.person_by_login(login) is not None:
            raise Invalid(_("Login ${login} is taken. Logins are never used again.", mapping={"login": login}), "login")
        person = "p" + secrets.token_hex(8)
        acl_users = getSite().acl_users
        acl_users.source_users.addUser(person, login, password)
        acl_users.portal_role_manager.assignRoleToPrincipal("Member", person)
        turn.run(
            sa.insert(people).values(
                id=person,
                login=login,
                full_name=full_name,
                sort_key=name_sort_key(full_name),
                folded=fold(full_name),
                email=email.strip(),
                phone=phone.strip(),
                must_change_password=first_login,
                active=True,
            )
        )
        journal.record("create_person", person, actor.current(), unit=unit, login=login, full_name=full_name)
        return person


@operation
def deactivate_person(person: str, reason: str) -> None:
    """Close an account; what the person did stays under the name (khoá tài khoản)."""
    with turn.turn():
        _may_keep(person)
        acl_users = getSite().acl_users
        turn.run(sa.update(people).where(people.c.id == person).values(active=False))
        acl_users.source_users.updateUserPassword(person, secrets.token_urlsafe(32))
        acl_users.portal_role_manager.removeRoleFromPrincipal("Member", person)
        journal.record("deactivate_person", person, actor.current(), reason=reason)


@operation
def change_password(old: str, new: str) -> None:
    """The person who acts chooses a password (đổi mật khẩu)."""
    person = lookup.person(actor.current())
    users = getSite().acl_users.source_users
    if users.authenticateCredentials({"login": person.login, "password": old}) is None:
        raise Invalid(_("The present password is not right."), "old")
    check_password(new)
    if new == old:
        raise Invalid(_("Choose a password other than the present one."), "new")
    with turn.turn():
        users.updateUserPassword(person.id, new)
        turn.run(sa.update(people).where(people.c.id == person.id).values(must_change_password=False))
        journal.record("change_password", person.id, person.id)


@operation
def reset_password(person: str) -> str:
    """Give a person a random password, to be changed at the next login, and return it (cấp lại mật khẩu)."""
    password = secrets.token_urlsafe(9)
    with turn.turn():
        _may_keep(person)
        getSite().acl_users.source_users.updateUserPassword(person, password)
        turn.run(sa.update(people).where(people.c.id == person).values(must_change_password=True))
        journal.record("reset_password", person, actor.current())
    return password


def check_password(password: str) -> None:
    """Raise :class:`Invalid` unless a password is long enough and not of one kind of character only."""
    kinds = sum(bool(re.search(each, password)) for each in (r"[a-z]", r"[A-Z]", r"\d", r"[^a-zA-Z\d]"))
    if len(password) < MIN_PASSWORD or kinds < 2:
        raise Invalid(
            _(
                "A password has at least ${count} characters of at least two kinds: small letters, capitals, digits, signs.",
                mapping={"count": MIN_PASSWORD},
            ),
            "new",
        )


def _may_keep(person: str) -> Any:
    """The person's row, if who acts administers a unit the person serves in."""
    row = lookup.person(person)
    posts = lookup.posts_of(person)
    if any(rules.may_administer(each.unit) for each in posts) or (not posts and rules.may_set_up()):
        return row
    raise NotAllowed(_("Only the administrator of a unit this person serves in may do this."))
