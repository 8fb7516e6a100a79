"""Errors of one shape (báo lỗi): ``{"error": {"type", "message", …facts}}``, whoever raised them.

``Refused`` carries its own status and facts. Who is not logged in is told nothing but to log in, and who is logged in
learns nothing of what he may not read: it answers as what does not exist.
"""

import json
import logging
from dataclasses import dataclass
from dataclasses import field
from typing import Any

from AccessControl import getSecurityManager
from AccessControl.SecurityManagement import newSecurityManager
from plone.rest.interfaces import IAPIRequest
from plone.rest.traverse import RESTWrapper
from plone.restapi.exceptions import DeserializationError
from Products.CMFCore.interfaces import IContentish
from Products.Five import BrowserView
from transaction.interfaces import TransientError
from zExceptions import Forbidden
from zExceptions import HTTPException
from zExceptions import NotFound
from zExceptions import Unauthorized
from zope.component.hooks import getSite
from zope.interface import alsoProvides

from party.operations import _
from party.operations.interfaces import IPartyLayer
from party.operations.ledger.errors import Refused
from party.operations.rest.interfaces import IPartyRequest
from party.operations.rest.writing import plain


logger = logging.getLogger("party.operations.rest")


@dataclass(frozen=True)
class Problem:
    """What an error says."""

    status: int
    type: str
    message: str
    facts: dict[str, Any] = field(default_factory=dict)


_LOG_IN = Problem(401, "Unauthorized", _("Log in first: send the header Authorization with Basic or Bearer."))
_NOTHING = Problem(404, "Missing", _("There is nothing here."))
_NOT_ALLOWED = Problem(403, "NotAllowed", _("You may not do this here."))
_NOT_MEANT = Problem(
    403,
    "Forbidden",
    _("A change needs another verb than GET, and a Basic or Bearer login or the authenticator of the page."),
)
_UNREADABLE = Problem(400, "Invalid", _("The request could not be read. Check its address and its body."))
_BUSY = Problem(503, "Busy", _("Too many changes at once. Nothing was saved: please send the request again."))
_FAILED = Problem(
    500, "InternalError", _("Something went wrong here. Nothing was saved, and the error was written to the log.")
)


def mark_request(site: Any, event: Any) -> None:
    """Mark a REST request that enters a site of ours (subscriber)."""
    if IAPIRequest.providedBy(event.request) and IPartyLayer.providedBy(event.request):
        alsoProvides(event.request, IPartyRequest)


class ErrorView(BrowserView):
    """Shows an exception as JSON."""

    def __call__(self) -> None:
        """Write and lock the answer, so that nothing turns it into a login page."""
        response = self.request.response
        response.setBody(body(_problem(self.context, self.request), response), lock=1)
        # PAS takes it that it has asked for the login already
        response._has_challenged = True


def refused(error: Refused) -> Problem:
    """What a refusal says."""
    return Problem(error.status, type(error).__name__, error.message, error.facts)


def body(problem: Problem, response: Any) -> str:
    """The body of an error; its status and headers are set."""
    error = {"type": problem.type, "message": problem.message, **problem.facts}
    response.setHeader("Content-Type", "application/json")
    response.setHeader("Cache-Control", "private, no-cache")
    if problem.status == 401:
        response.setHeader("WWW-Authenticate", 'Bearer realm="party"')
    response.setStatus(problem.status, lock=1)
    return json.dumps({"error": plain(error)}, ensure_ascii=False, indent=2)


def _problem(error: Exception, request: Any) -> Problem:
    if isinstance(error, Refused):
        return refused(error)
    if isinstance(error, (Unauthorized, NotFound)):
        return _closed_door(error, request)
    if isinstance(error, Forbidden):
        return _NOT_MEANT
    if isinstance(error, DeserializationError):
        return _UNREADABLE
    if isinstance(error, HTTPException):
        status = error.getStatus()
        return _UNREADABLE if status == 400 else Problem(status, type(error).__name__, str(error))
    if isinstance(error, TransientError):
        return _BUSY
    logger.error("REST request failed: %s", request.get("URL"), exc_info=error)
    return _FAILED


def _closed_door(error: Exception, request: Any) -> Problem:
    if not _authenticate(request):
        return _LOG_IN
    here = _content(request)
    visible = here is not None and getSecurityManager().checkPermission("View", here)
    return _NOT_ALLOWED if visible and isinstance(error, Unauthorized) else _NOTHING


def _authenticate(request: Any) -> bool:
    """Is the person logged in? Where the publisher gave up before it had asked, it is asked here."""
    if getSecurityManager().getUser().getId() is not None:
        return True
    acl_users = getSite().acl_users
    for person, _login in acl_users._extractUserIds(request, acl_users.plugins):
        user = acl_users.getUserById(person)
        if user is not None:
            newSecurityManager(request, user.__of__(acl_users))
            return True
    return False


def _content(request: Any) -> Any:
    """The nearest content object of the path."""
    for parent in request.get("PARENTS", ()):
        found = parent.context if isinstance(parent, RESTWrapper) else parent
        if IContentish.providedBy(found):
            return found
    return None
