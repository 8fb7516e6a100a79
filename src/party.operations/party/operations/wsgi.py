"""What stands between the web server and Zope: the front of the site, and the publisher with our own patience.

Both are named in profiles/wsgi.ini.in, the pipeline of every server process.
"""

import html
import json
import random
import re
import time
from collections.abc import Callable
from collections.abc import Iterable
from functools import partial
from io import BytesIO
from typing import Any

from paste.translogger import TransLogger
from zExceptions import NotFound
from zope.i18n import translate
from zope.i18nmessageid import Message
from Zope2.Startup.run import make_wsgi_app
from ZPublisher.HTTPRequest import WSGIRequest
from ZPublisher.WSGIPublisher import publish_module

from party.operations import _
from party.operations import addresses
from party.operations import sessions
from party.operations.confidentiality.gate import CLASSIFIED
from party.operations.site import SITE_ID


Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

#: largest file that a user may send, in bytes
MAX_FILE = 200 * 1024**2
#: largest body of a request: such a file and the form around it
MAX_BODY = MAX_FILE + 1024**2

_HOST = re.compile(r"(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?")
#: headers by which a client would say where it comes from or what it wants instead; the process alone knows its zone
_NOT_BELIEVED = re.compile(
    r"HTTP_(?:X_FORWARDED(?:_\w+)?|FORWARDED|X_REAL_IP|X_ZONE|X_HTTP_METHOD(?:_OVERRIDE)?|X_METHOD_OVERRIDE|X_ORIGINAL_URL"
    r"|X_REWRITE_URL|PROXY|DEPTH|DESTINATION|TRANSLATE)"
)
#: where there is nothing: every closed address is answered as this one
_NOWHERE = "/404"
#: the part of PATH_INFO that the front has put before the address
_ROOT = "VirtualHostRoot"

#: what browsers are told with every answer that does not say otherwise itself. Styles may stand in the page: Plone's own
#: pages have them, and ours use a style for the width of a bar
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
        "font-src 'self' data:; object-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
    ),
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
}
#: seconds between the moments at which “not there” is answered: more than such an answer takes, and few threads are held
STROKE = 0.05
#: what would let a cache keep an answer that says something classified
_CACHED = frozenset({"cache-control", "etag", "expires", "last-modified", "pragma"})

_TOO_LARGE = _(
    "The file is too large: at most ${limit} MB can be sent at a time. Nothing was saved. "
    "Please make the file smaller or split it, and send it again.",
    mapping={"limit": MAX_FILE // 1024**2},
)
_BAD_ADDRESS = _("The address could not be read. Please check it.")


class SiteRequest(WSGIRequest):
    """A request to an object of the site, repeated soon after a conflict."""

    #: what is not there is not taken for a resource to be made
    maybe_webdav_client = 0

    def delay_retry(self) -> None:
        """Wait 5 to 100 ms, not up to 2**n seconds as Zope does; random, so that the two do not meet again."""
        time.sleep(random.uniform(0.005, 0.1))

    def traverse(self, path: str, *args: Any, **kwargs: Any) -> Any:
        """Find the published object; raises ``NotFound`` for a closed address, and for what is only acquired.

        The address is asked once more, because a field of a form can add a step to it.
        """
        here, root, address = path.partition(_ROOT)
        if not addresses.names_are_open(address):
            path = f"{here}{root}{_NOWHERE}"
        published = super().traverse(path, *args, **kwargs)
        for found in (published, *self["PARENTS"][:-1]):
            place = getattr(found, "getPhysicalPath", None)
            if place is not None and place()[:2] != ("", SITE_ID):
                raise NotFound(self["PATH_INFO"])
        return published


def main(global_config: dict[str, str], zope_conf: str) -> Application:
    """Paste app factory: Zope with ``zope_conf``, publishing our request class."""
    make_wsgi_app(global_config, zope_conf)
    return partial(publish_module, _request_factory=SiteRequest)


def front(global_config: dict[str, str]) -> Callable[[Application], Application]:
    """Paste filter factory of ``Front``."""
    return Front


def access_log(global_config: dict[str, str]) -> Callable[[Application], Application]:
    """Paste filter factory of ``AccessLog``."""
    return AccessLog


class AccessLog(TransLogger):
    """The usual access log, but for what people searched for and where they came from."""

    format = (
        '%(REMOTE_ADDR)s - %(REMOTE_USER)s [%(time)s] "%(REQUEST_METHOD)s %(REQUEST_URI)s %(HTTP_VERSION)s" '
        '%(status)s %(bytes)s "-" "%(HTTP_USER_AGENT)s"'
    )

    def __init__(self, app: Application) -> None:
        super().__init__(app, setup_console_handler=False)

    def write_log(self, environ: Environ, method: str, req_uri: str, *answer: Any) -> None:
        """Write the line without the query, which says what somebody looked for, and with the true address."""
        environ = {name: value for name, value in environ.items() if name != "HTTP_X_FORWARDED_FOR"}
        super().write_log(environ, method, req_uri.partition("?")[0], *answer)


class Front:
    """Serves the site as the root of its host, and lets through what is for the outside.

    A body larger than ``MAX_BODY`` is refused (413; it waits in a temporary file of the web server and is dropped), and an
    address or host name that is none (400). Verbs and addresses that are closed (see :mod:`.addresses`) are answered by
    the site as a page that does not exist. HEAD is a GET whose body is dropped here: Zope would send it. A session counts
    at the door where it was begun. “Not there” is said at strokes of a clock, as what somebody may not see is to be like
    what is not there in time as well.
    """

    def __init__(self, app: Application) -> None:
        self.app = app

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer the request, or hand it on with the path of the site."""
        path = environ.get("PATH_INFO", "")
        host = environ.get("HTTP_HOST") or f"{environ['SERVER_NAME']}:{environ['SERVER_PORT']}"
        method = environ["REQUEST_METHOD"].upper()
        answer = _Answer(environ, start_response)
        if int(environ.get("CONTENT_LENGTH") or 0) > MAX_BODY:
            return _refuse(environ, answer, "413 Request Entity Too Large", _TOO_LARGE)
        if not (_HOST.fullmatch(host) and _is_text(path)):
            return _refuse(environ, answer, "400 Bad Request", _BAD_ADDRESS)
        for name in [each for each in environ if _NOT_BELIEVED.fullmatch(each)]:
            del environ[name]
        if "HTTP_COOKIE" in environ:
            environ["HTTP_COOKIE"] = sessions.brought(environ["HTTP_COOKIE"])
        if not addresses.is_open(method, path, environ.get("HTTP_ACCEPT", "")):
            path = _NOWHERE
            environ.update(REQUEST_METHOD="GET", QUERY_STRING="", CONTENT_LENGTH="0", CONTENT_TYPE="")
            environ["wsgi.input"] = BytesIO()
        elif method == "HEAD":
            environ["REQUEST_METHOD"] = "GET"
        environ["PATH_INFO"] = f"/VirtualHostBase/{environ['wsgi.url_scheme']}/{host}/{SITE_ID}/{_ROOT}{path}"
        began = time.monotonic()
        body = self.app(environ, answer)
        if answer.status.startswith("404"):
            # what is kept from somebody takes longer to look at than what is not there: both leave at the next stroke
            time.sleep(-(time.monotonic() - began) % STROKE)
        if method != "HEAD":
            return body
        if hasattr(body, "close"):
            body.close()
        return []


class _Answer:
    """``start_response`` of one request, which adds the headers of every answer."""

    def __init__(self, environ: Environ, start_response: StartResponse) -> None:
        #: the publisher works on a copy of the environ when it tries again
        self.classified: list[bool] = environ.setdefault(CLASSIFIED, [])
        self.start_response = start_response
        self.status = ""

    def __call__(self, status: str, headers: list[tuple[str, str]], *exc_info: Any) -> Any:
        """Begin the answer."""
        self.status = status
        headers = [(name, sessions.given(value) if name.lower() == "set-cookie" else value) for name, value in headers]
        if self.classified:
            headers = [each for each in headers if each[0].lower() not in _CACHED]
            headers.append(("Cache-Control", "private, no-store"))
        present = {name.lower() for name, _value in headers}
        headers += [each for each in _HEADERS.items() if each[0].lower() not in present]
        return self.start_response(status, headers, *exc_info)


def _is_text(path: str) -> bool:
    """Whether ``path``, bytes in the disguise of Latin-1 as WSGI has it, is UTF-8."""
    try:
        path.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return False
    return True


def _refuse(environ: Environ, start_response: StartResponse, status: str, message: Message) -> list[bytes]:
    """Answer with the message in Vietnamese: as JSON to a client that asks for JSON, otherwise as a small page."""
    text = translate(message, target_language="vi")
    if "application/json" in environ.get("HTTP_ACCEPT", ""):
        kind = "application/json"
        body = json.dumps({"error": {"type": status[4:].replace(" ", ""), "message": text}}, ensure_ascii=False)
    else:
        kind = "text/html"
        body = (
            f'<!DOCTYPE html><html lang="vi"><meta charset="utf-8"><title>{status[:3]}</title>'
            f'<body style="font-family: sans-serif; max-width: 40em; margin: 4em auto"><p>{html.escape(text)}</p>'
        )
    content = body.encode()
    start_response(status, [("Content-Type", f"{kind}; charset=utf-8"), ("Content-Length", str(len(content)))])
    return [content]
