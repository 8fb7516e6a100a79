"""The gate (cửa): a record that a person may not see is not there, whatever stands behind its name in the address.

Zope authorises the last thing of an address alone, and after it has gone the whole way. So each record stops the way
itself, before a view, service, widget or attribute of it is looked up, and the answer is that of a missing page.
"""

from typing import Any
from typing import NoReturn

from AccessControl.users import UnrestrictedUser
from Acquisition import aq_base
from zExceptions import NotFound
from zope.component.hooks import getSite
from zope.globalrequest import getRequest


#: in the WSGI environ: a list that is filled when the answer says something classified
CLASSIFIED = "party.operations.classified"


def gated(cls: type[Any]) -> type[Any]:
    """Class decorator (no base class: one before ``Item`` would hide Dexterity's ``__providedBy__``)."""

    def before_traverse(self: Any, first: Any, second: Any = None) -> None:
        super(cls, self).__before_publishing_traverse__(first, second)
        # Zope's hooks are called with the object and the request, or with the request alone
        enter(self, second or first)

    cls.__before_publishing_traverse__ = before_traverse
    cls._has_gate = True
    return cls


def enter(obj: Any, request: Any) -> None:
    """Let the request go on below ``obj``, or raise ``NotFound`` as if nothing were there."""
    who = person(request)
    if _may_see(obj, who):
        if getattr(aq_base(obj), "level", "normal") != "normal":
            keep_from_caches(request)
        return
    if not _leads_on(obj, request):
        if who is not None and getattr(aq_base(obj), "level", "normal") != "normal":
            from party.operations.confidentiality import audit

            audit.turned_away("reveal", obj.UID(), who.getId())
        vanish(request)


def vanish(request: Any) -> NoReturn:
    """Raise ``NotFound`` from inside of the traversal, with nothing left in the request of what was found."""
    # the parents are in the order of the address as long as it is walked
    request["PARENTS"].pop()
    if request.steps:
        request.steps.pop()
    raise NotFound(request["URL"])


def person(request: Any) -> Any:
    """Who asks, before the publisher has asked itself: a user of this site, or ``None``."""
    acl_users = getSite().acl_users
    for user_id, login in acl_users._extractUserIds(request, acl_users.plugins):
        user = acl_users._findUser(acl_users.plugins, user_id, login, request)
        # accounts above the site are unknown here, and the emergency user, who bypasses every check, is nobody
        if not isinstance(aq_base(user), UnrestrictedUser):
            return user
    return None


def keep_from_caches(request: Any = None) -> None:
    """Let the front forbid every cache to keep this answer: called wherever something classified is opened."""
    request = getRequest() if request is None else request
    environ = getattr(request, "environ", None)
    if environ is not None:
        environ.setdefault(CLASSIFIED, []).append(True)


def _may_see(obj: Any, user: Any) -> bool:
    if user is None or not user.has_permission("View", obj):
        return False
    # the monitor stands above this module: it reads grants, which know permissions
    from party.operations.confidentiality import monitor

    return monitor.may_see(obj, user.getId())


def _leads_on(obj: Any, request: Any) -> bool:
    """Is the next step of the address something inside of ``obj`` that has a gate of its own (a shelf's record)?"""
    ahead = request["TraversalRequestNameStack"]
    if not ahead or not hasattr(aq_base(obj), "_getOb"):
        return False
    inside = obj._getOb(ahead[-1], None) if ahead[-1] in obj else None
    return getattr(aq_base(inside), "_has_gate", False)
