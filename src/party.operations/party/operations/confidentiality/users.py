"""The user factory of the site's ``acl_users``: a person's tokens are computed, never stored.

Anything with our prefix that another plugin gives is dropped, and the roles that open records count only where a grant
put them, so an administrator cannot forge a token by making a group of its name.
"""

from AccessControl import ClassSecurityInfo
from AccessControl.class_init import InitializeClass
from Products.PlonePAS.plugins.ufactory import PloneUser
from Products.PluggableAuthService.interfaces.plugins import IGroupsPlugin
from Products.PluggableAuthService.interfaces.plugins import IUserFactoryPlugin
from Products.PluggableAuthService.plugins.BasePlugin import BasePlugin
from zope.interface import implementer

from party.operations.confidentiality import principals
from party.operations.confidentiality.permissions import RECORD_ROLES
from party.operations.confidentiality.tokens import PREFIX


PLUGIN_ID = "party_users"
#: Plone's plugin for groups that are members of groups
RECURSIVE = "recursive_groups"


class PartyUser(PloneUser):
    """A Plone user whose groups include the tokens he holds at this moment."""

    def getGroups(self) -> list[str]:
        """Ordinary groups of other plugins and our own tokens."""
        stored = [group for group in super().getGroups() if not group.startswith(PREFIX)]
        return [*stored, *principals.of(self.getId())]

    getGroupNames = getGroups
    getGroupIds = getGroups

    def getRoles(self) -> list[str]:
        """Roles of the whole site; never one that opens a record."""
        return [role for role in super().getRoles() if role not in RECORD_ROLES]


@implementer(IUserFactoryPlugin)
class PartyUserFactory(BasePlugin):
    """Makes :class:`PartyUser` for everybody; it must be the first factory."""

    meta_type = "Party User Factory"
    security = ClassSecurityInfo()

    def __init__(self, id: str, title: str = "") -> None:  # noqa: A002 - the name Zope gives it
        self.id = id
        self.title = title

    @security.private
    def createUser(self, user_id: str, name: str) -> PartyUser:
        """A user for the id and login that another plugin authenticated.

        Local roles count for the user's own id too: an account made under the name of a token gets an id that opens nothing.
        """
        return PartyUser(f"x-{user_id}" if user_id.startswith(PREFIX) else user_id, name)


InitializeClass(PartyUserFactory)


def install(acl_users: object) -> None:
    """Put our factory first in ``acl_users`` and take groups of groups away from it (GenericSetup).

    Tokens are in no further groups, and Plone would ask for those of each: 300 units cost a leader half of every page.
    """
    if PLUGIN_ID not in acl_users.objectIds():
        acl_users._setObject(PLUGIN_ID, PartyUserFactory(PLUGIN_ID, "Party users"))
    plugins = acl_users.plugins
    if PLUGIN_ID not in plugins.listPluginIds(IUserFactoryPlugin):
        plugins.activatePlugin(IUserFactoryPlugin, PLUGIN_ID)
    while plugins.listPluginIds(IUserFactoryPlugin)[0] != PLUGIN_ID:
        plugins.movePluginsUp(IUserFactoryPlugin, [PLUGIN_ID])
    if RECURSIVE in plugins.listPluginIds(IGroupsPlugin):
        plugins.deactivatePlugin(IGroupsPlugin, RECURSIVE)
