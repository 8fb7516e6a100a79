"""What is asked of every request of a person (mỗi yêu cầu): is the account open, was a password chosen."""

from typing import Any

from AccessControl.SecurityManagement import noSecurityManager
from plone.rest.interfaces import IAPIRequest
from plone.restapi.services.auth.login import Login
from plone.restapi.services.auth.logout import Logout
from zExceptions import Redirect
from zExceptions import Unauthorized
from zope.component import adapter
from zope.component.hooks import getSite
from ZPublisher.interfaces import IPubAfterTraversal

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.interfaces import IPartyLayer
from party.operations.ledger.errors import NotAllowed
from party.operations.organization import lookup
from party.operations.rest.service import Service


#: pages that who must choose a password may see: the form itself, what its frame asks for, the way in and out
_OPEN_PAGES = {"password", "whoami", "login", "logout", "logged-out"}
#: where the stylesheets and scripts of the frame lie; below them there is nothing else
_RESOURCES = ("/++plone++party.operations/", "/++theme++barceloneta/", "/++resource++protect.js")


@adapter(IPubAfterTraversal)
def check_account(event: Any) -> None:
    """Let nobody in whose account is closed, and nobody further than ``@@password`` who has not chosen a password.

    A session ends with its account by itself, but a token of ``@login`` is valid for hours. One query by primary key.
    """
    request = event.request
    person = actor.current() if IPartyLayer.providedBy(request) else ""
    account = lookup.account(person) if person else None
    if account is None:
        return
    if not account.active:
        noSecurityManager()
        raise Unauthorized("This account is closed.")
    if account.must_change_password and not _is_open(request):
        _lead_to_the_password(request)


def _is_open(request: Any) -> bool:
    """Is the address one that needs no password chosen? Our REST services look for themselves."""
    published = request["PUBLISHED"]
    view = getattr(published, "__self__", published)
    if isinstance(view, (Service, Login, Logout)) or getattr(view, "__name__", "") in _OPEN_PAGES:
        return True
    site = getSite().absolute_url()
    return any(request["URL"].startswith(f"{site}{each}") for each in _RESOURCES)


def _lead_to_the_password(request: Any) -> None:
    wants_page = request.get("REQUEST_METHOD") in ("GET", "HEAD") and "json" not in request.get("HTTP_ACCEPT", "")
    if wants_page and not IAPIRequest.providedBy(request):
        raise Redirect(f"{getSite().absolute_url()}/@@password")
    raise NotAllowed(_("Nothing was done: choose a password of your own first (Change password), then do it again."))
