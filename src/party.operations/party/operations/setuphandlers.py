"""What the GenericSetup profile cannot say in XML."""

from plone.portlets.interfaces import IPortletAssignmentMapping
from plone.portlets.interfaces import IPortletManager
from Products.CMFPlone.Portal import PloneSite
from Products.GenericSetup.tool import SetupTool
from zope.component import getMultiAdapter
from zope.component import getUtility

from party.operations.confidentiality import users
from party.operations.documents import workflow
from party.operations.ledger import engine
from party.operations.organization import former_logins


_COLUMNS = ("plone.leftcolumn", "plone.rightcolumn")


def post_install(tool: SetupTool) -> None:
    """Make the site of the setup tool ours; run after the profile's steps and safe to repeat."""
    site = tool.aq_parent
    remove_portlets(site)
    name_a_creator(site)
    remove_error_log(site)
    keep_no_login_times(site)
    users.install(site.acl_users)
    former_logins.install(site.acl_users)
    engine.create_tables()
    workflow.install()
    site.setLayout("desk")


def remove_portlets(site: PloneSite) -> None:
    """Empty both columns: navigation renders the tree on every page, which takes hundreds of ms in a large site."""
    for column in _COLUMNS:
        manager = getUtility(IPortletManager, name=column, context=site)
        assignments = getMultiAdapter((site, manager), IPortletAssignmentMapping)
        for name in list(assignments):
            del assignments[name]


def remove_error_log(site: PloneSite) -> None:
    """Errors go to the log of the process alone: the site's own list of them shows sessions and what people typed."""
    if "error_log" in site.objectIds():
        site._delObject("error_log")


def keep_no_login_times(site: PloneSite) -> None:
    """The journal says who logged in when. Plone's own times would make each login a write into what many people share.

    They are taken out of the list itself, as the tool lets nobody delete them.
    """
    kept = (each for each in site.portal_memberdata._properties if each["id"] not in ("login_time", "last_login_time"))
    site.portal_memberdata._properties = tuple(kept)


def name_a_creator(site: PloneSite) -> None:
    """Give the site a creator: an object without one takes the first person who reads it, which is a write by GET."""
    if not site.creators:
        site.creators = ("party.operations",)
