"""People and their accounts (cán bộ, tài khoản). User ids are opaque, logins separate, neither is used again."""

import secrets
from typing import Any

import sqlalchemy as sa
from zope.component.hooks import getSite

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import clearances
from party.operations.confidentiality import principals
from party.operations.ledger import clock
from party.operations.ledger import journal
from party.operations.ledger import turn
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import require
from party.operations.ledger.operation import operation
from party.operations.organization import lookup
from party.operations.organization import rules
from party.operations.organization.accounts import check_details
from party.operations.organization.accounts import check_password
from party.operations.organization.accounts import clean_login
from party.operations.organization.accounts import random_password
from party.operations.organization.merging import logins as merging_logins
from party.operations.organization.tables import people
from party.operations.organization.tables import posts
from party.operations.text.collation import name_sort_key
from party.operations.text.folding import fold
from party.operations.text.normalize import clean_line


@operation
def create_person(
    unit: str, login: str, full_name: str, password: str, *, email: str = "", phone: str = "", first_login: bool = True
) -> str:
    """Make the account of a person who will serve in ``unit`` and return the user id (lập tài khoản).

    With ``first_login`` the password given here must be changed before anything else is done.
    """
    login, full_name = clean_login(login), clean_line(full_name)
    email, phone = clean_line(email), clean_line(phone)
    check_details(full_name=full_name, email=email, phone=phone)
    check_password(password, "password")
    with turn.turn():
        require(rules.may_administer(unit))
        if merging_logins.is_taken(login):
            raise Invalid(_("Login ${login} is taken. Logins are never used again.", mapping={"login": login}), "login")
        if merging_logins.is_promised(login):
            words = {"login": login}
            raise Invalid(
                _("Login ${login} is kept for somebody else by a merger under way. Choose another one.", mapping=words),
                "login",
            )
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
                email=email,
                phone=phone,
                must_change_password=first_login,
                active=True,
            )
        )
        journal.record("create_person", person, actor.current(), unit=unit, login=login, full_name=full_name)
        return person


@operation
def change_person(person: str, **details: str) -> None:
    """Correct ``full_name``, ``email`` or ``phone`` of a person (sửa thông tin cán bộ); the login stays for ever."""
    with turn.turn():
        row = _may_keep(person)
        values = {name: clean_line(details[name]) for name in ("full_name", "email", "phone") if name in details}
        check_details(**values)
        diff = journal.changes(dict(row._mapping), values)
        if diff:
            if "full_name" in diff:
                values |= {"sort_key": name_sort_key(values["full_name"]), "folded": fold(values["full_name"])}
            turn.run(sa.update(people).where(people.c.id == person).values(values))
            journal.record("change_person", person, actor.current(), diff=diff)


@operation
def deactivate_person(person: str, reason: str) -> None:
    """Close an account; what the person did stays under the name (khoá tài khoản).

    Posts end today and the login goes from ``acl_users``, so a session that is still open ends with its next request.
    """
    today = clock.today()
    with turn.turn():
        row = _may_keep(person)
        if not row.active:
            raise Invalid(_("The account of ${person} is closed.", mapping={"person": row.full_name}), "person")
        acl_users = getSite().acl_users
        turn.run(sa.update(people).where(people.c.id == person).values(active=False))
        current = (posts.c.person == person, sa.or_(posts.c.until_day.is_(None), posts.c.until_day > today))
        turn.run(sa.update(posts).where(*current, posts.c.from_day > today).values(until_day=posts.c.from_day))
        turn.run(sa.update(posts).where(*current, posts.c.from_day <= today).values(until_day=today))
        acl_users.source_users.removeUser(person)
        acl_users.portal_role_manager.removeRoleFromPrincipal("Member", person)
        clearances.end_of_account(person, reason)
        principals.forget()
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
    password = random_password()
    with turn.turn():
        _may_keep(person)
        getSite().acl_users.source_users.updateUserPassword(person, password)
        turn.run(sa.update(people).where(people.c.id == person).values(must_change_password=True))
        journal.record("reset_password", person, actor.current())
    return password


def _may_keep(person: str) -> Any:
    """The person's row, if who acts may keep the account."""
    row = lookup.person(person)
    require(rules.may_keep_person(person))
    return row
