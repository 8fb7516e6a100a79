"""Logins by which people were known before a merger (tài khoản cũ): until a day they still let in who has a new one.

Both logins are one person with one password; nothing but the login differs. Afterwards whoever gives the right password
with the old login is told the new one, and nobody else learns anything.
"""

from typing import Any

import sqlalchemy as sa
from AccessControl import ClassSecurityInfo
from AccessControl.class_init import InitializeClass
from Products.PluggableAuthService.interfaces.plugins import IAuthenticationPlugin
from Products.PluggableAuthService.interfaces.plugins import IUserEnumerationPlugin
from Products.PluggableAuthService.plugins.BasePlugin import BasePlugin
from Products.statusmessages.interfaces import IStatusMessage
from zope.globalrequest import getRequest
from zope.i18n import translate
from zope.interface import implementer

from party.operations import _
from party.operations.ledger import clock
from party.operations.ledger import turn
from party.operations.organization.tables import former_logins
from party.operations.organization.tables import people


PLUGIN_ID = "party_former_logins"


def find(login: str) -> "sa.Row[Any] | None":
    """``person``, ``until_day`` and the present ``login`` of who was known by ``login`` before."""
    wanted = sa.select(former_logins.c.person, former_logins.c.until_day, people.c.login, people.c.active).join(
        people, people.c.id == former_logins.c.person
    )
    return turn.row(wanted.where(former_logins.c.login == login.strip().lower(), people.c.active.is_(True)))


def of_person(person: str) -> "list[sa.Row[Any]]":
    """The former logins of a person, the last one first."""
    wanted = sa.select(former_logins).where(former_logins.c.person == person)
    return turn.rows(wanted.order_by(former_logins.c.until_day.desc()))


@implementer(IAuthenticationPlugin, IUserEnumerationPlugin)
class FormerLogins(BasePlugin):
    """Lets in by a former login; the password is that of the account."""

    meta_type = "Party Former Logins"
    security = ClassSecurityInfo()

    def __init__(self, id: str, title: str = "") -> None:  # noqa: A002 - the name Zope gives it
        self.id = id
        self.title = title

    @security.private
    def authenticateCredentials(self, credentials: dict[str, Any]) -> tuple[str, str] | None:
        """Id and present login of the person, or ``None``."""
        login, password = credentials.get("login"), credentials.get("password")
        found = find(login) if login and password else None
        if found is None:
            return None
        known = self._getPAS().source_users.authenticateCredentials({"login": found.login, "password": password})
        if known is None:
            return None
        if found.until_day <= clock.today():
            _tell(found)
            return None
        return found.person, found.login

    @security.private
    def enumerateUsers(
        self,
        id: str | None = None,  # noqa: A002 - the name PAS gives it
        login: str | None = None,
        exact_match: bool = False,
        sort_by: str | None = None,
        max_results: int | None = None,
        **kw: Any,
    ) -> tuple[dict[str, str], ...]:
        """The person of a whole former login that still lets in; searches find nobody here."""
        found = find(login) if exact_match and id is None and isinstance(login, str) else None
        if found is None or found.until_day <= clock.today():
            return ()
        return ({"id": found.person, "login": found.login, "pluginid": self.getId()},)


InitializeClass(FormerLogins)


def install(acl_users: Any) -> None:
    """Put the plugin into ``acl_users`` (GenericSetup)."""
    if PLUGIN_ID not in acl_users.objectIds():
        acl_users._setObject(PLUGIN_ID, FormerLogins(PLUGIN_ID, "Former logins"))
    for interface in (IAuthenticationPlugin, IUserEnumerationPlugin):
        if PLUGIN_ID not in acl_users.plugins.listPluginIds(interface):
            acl_users.plugins.activatePlugin(interface, PLUGIN_ID)


def _tell(found: "sa.Row[Any]") -> None:
    """On the login form, say by which login to come in; who got here has given the right password."""
    request = getRequest()
    if request is None or "__ac_name" not in request.form:
        return
    words = {"login": found.login, "day": found.until_day.strftime("%d/%m/%Y")}
    message = _("Your former login ended on ${day}. Log in as ${login}, with the same password.", mapping=words)
    IStatusMessage(request).addStatusMessage(translate(message, context=request), type="warning")
