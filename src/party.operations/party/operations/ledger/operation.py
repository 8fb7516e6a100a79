"""The door of every operation (cửa vào của thao tác).

A function marked with :func:`operation` is a verb: the only kind of place where something happens. Entered from the
web it insists that the request is not a GET and that it was meant: an authenticator token beside a cookie, or a Basic or
Bearer login. (plone.protect looks at ZODB writes only; most of what we write are rows.)
"""

from collections.abc import Callable
from functools import wraps
from typing import Any
from typing import ParamSpec
from typing import TypeVar

from plone.protect.authenticator import check as check_authenticator
from zExceptions import Forbidden
from zope.globalrequest import getRequest
from zope.interface import Interface


#: every operation by its name, for tests that enter each one the wrong way
OPERATIONS: dict[str, Callable[..., Any]] = {}

P = ParamSpec("P")
R = TypeVar("R")

_READING = {"GET", "HEAD", "OPTIONS"}


class IInternalRequest(Interface):
    """Marks the request a command-line verb or the worker makes for itself; nothing of it came over the web."""


def operation(function: Callable[P, R]) -> Callable[P, R]:
    """Mark ``function`` as an operation and guard its entrance."""

    @wraps(function)
    def entered(*args: P.args, **kwargs: P.kwargs) -> R:
        assert_meant()
        return function(*args, **kwargs)

    OPERATIONS[f"{function.__module__}.{function.__name__}"] = entered
    return entered


def assert_meant() -> None:
    """Raise ``Forbidden`` when the running web request may not change anything."""
    request = getRequest()
    if request is None or IInternalRequest.providedBy(request):
        return
    if request.get("REQUEST_METHOD", "GET") in _READING:
        raise Forbidden("Reading changes nothing here: this address wants a POST.")
    scheme = (request._auth or "").split(" ")[0].lower()
    if scheme not in ("basic", "bearer"):
        check_authenticator(request)
