"""Failed logins (đăng nhập không thành công) go into the journal, with a digest of the login and nothing else.

Plone has no event for them, so they are told from how a request ends: it brought a name and a password, and nobody was
logged in by them.
"""

from collections.abc import Iterator
from contextlib import suppress
from json import loads
from typing import Any

from AccessControl import getSecurityManager
from zExceptions import Unauthorized
from zope.component.hooks import getSite
from ZPublisher.utils import basic_auth_decode

from party.operations.confidentiality import audit
from party.operations.interfaces import IPartyLayer


def before_commit(event: Any) -> None:
    """A page was answered: there was a name, and still nobody (subscriber)."""
    request = event.request
    if not _is_ours(request):
        return
    if getSecurityManager().getUser().getId() is None:
        _record(*_typed(request), *_sent(request))
    # the login service answers with a status, not with an error
    if request.response.getStatus() == 401 and request["URL"].endswith("/@login"):
        with suppress(ValueError, AttributeError):
            _record(str(loads(request.get("BODY", b"{}")).get("login", "")))


def after_failure(event: Any) -> None:
    """The page was refused: who sent a name and is known by it may only not see the page (subscriber)."""
    request = event.request
    if not (_is_ours(request) and isinstance(event.exc_info[1], Unauthorized)):
        return
    users = getSite().acl_users
    if not users._extractUserIds(request, users.plugins):
        _record(*_typed(request), *_sent(request))


def _is_ours(request: Any) -> bool:
    return IPartyLayer.providedBy(request) and getSite() is not None


def _typed(request: Any) -> Iterator[str]:
    """The name in the login form."""
    if request.get("REQUEST_METHOD") == "POST" and "__ac_name" in request.form:
        yield str(request.form["__ac_name"])


def _sent(request: Any) -> Iterator[str]:
    """The name in the header of a Basic login."""
    header = request._auth or ""
    if header.lower().startswith("basic "):
        with suppress(ValueError):
            yield basic_auth_decode(header)[0]


def _record(*logins: str) -> None:
    for login in filter(None, logins):
        # the login has failed either way
        with suppress(audit.AuditUnavailable):
            audit.record("login_failed", outcome="refused", actor="", login=audit.hidden(login.strip().lower()))
