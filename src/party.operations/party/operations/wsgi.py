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
from typing import Any

from zExceptions import NotFound
from zope.i18n import translate
from zope.i18nmessageid import Message
from Zope2.Startup.run import make_wsgi_app
from ZPublisher.HTTPRequest import WSGIRequest
from ZPublisher.WSGIPublisher import publish_module

from party.operations import _
from party.operations.site import SITE_ID


Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]

#: largest file that a user may send, in bytes
MAX_FILE = 200 * 1024**2
#: largest body of a request: such a file and the form around it
MAX_BODY = MAX_FILE + 1024**2

_HOST = re.compile(r"(?:[A-Za-z0-9.-]+|\[[0-9A-Fa-f:.]+\])(?::\d{1,5})?")
#: names that Zope reads as instructions to itself, and its own management pages: not for the outside
_FORBIDDEN = re.compile(r"VirtualHost(?:Base|Root)|_vh_.*|(?:@@|\+\+view\+\+)?manage(?:_.*)?")

_TOO_LARGE = _(
    "The file is too large: at most ${limit} MB can be sent at a time. Nothing was saved. "
    "Please make the file smaller or split it, and send it again.",
    mapping={"limit": MAX_FILE // 1024**2},
)
_NOT_FOUND = _("There is no such page.")
_BAD_ADDRESS = _("The address could not be read. Please check it.")


class SiteRequest(WSGIRequest):
    """A request to an object of the site, repeated soon after a conflict."""

    def delay_retry(self) -> None:
        """Wait 5 to 100 ms, not up to 2**n seconds as Zope does; random, so that the two do not meet again."""
        time.sleep(random.uniform(0.005, 0.1))

    def traverse(self, *args: Any, **kwargs: Any) -> Any:
        """Find the published object; raises ``NotFound`` for what stands beside the site and is only acquired."""
        published = super().traverse(*args, **kwargs)
        for found in (published, *self["PARENTS"][:-1]):
            path = getattr(found, "getPhysicalPath", None)
            if path is not None and path()[:2] != ("", SITE_ID):
                raise NotFound(self["PATH_INFO"])
        return published


def main(global_config: dict[str, str], zope_conf: str) -> Application:
    """Paste app factory: Zope with ``zope_conf``, publishing our request class."""
    make_wsgi_app(global_config, zope_conf)
    return partial(publish_module, _request_factory=SiteRequest)


def front(global_config: dict[str, str]) -> Callable[[Application], Application]:
    """Paste filter factory of ``Front``."""
    return Front


class Front:
    """Serves the site as the root of its host, and answers for Zope what Zope shall not see.

    That is: a body larger than ``MAX_BODY`` (413; it waits in a temporary file of the web server and is dropped), an
    address or host name that is none (400), Zope's management pages and its names for virtual hosting (404).
    """

    def __init__(self, app: Application) -> None:
        self.app = app

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer the request, or hand it on with the path of the site."""
        path = environ.get("PATH_INFO", "")
        host = environ.get("HTTP_HOST") or f"{environ['SERVER_NAME']}:{environ['SERVER_PORT']}"
        if int(environ.get("CONTENT_LENGTH") or 0) > MAX_BODY:
            return _answer(environ, start_response, "413 Request Entity Too Large", _TOO_LARGE)
        if not (_HOST.fullmatch(host) and _is_text(path)):
            return _answer(environ, start_response, "400 Bad Request", _BAD_ADDRESS)
        if any(_FORBIDDEN.fullmatch(name) for name in path.split("/")):
            return _answer(environ, start_response, "404 Not Found", _NOT_FOUND)
        environ["PATH_INFO"] = f"/VirtualHostBase/{environ['wsgi.url_scheme']}/{host}/{SITE_ID}/VirtualHostRoot{path}"
        return self.app(environ, start_response)


def _is_text(path: str) -> bool:
    """Whether ``path``, bytes in the disguise of Latin-1 as WSGI has it, is UTF-8."""
    try:
        path.encode("latin-1").decode("utf-8")
    except UnicodeError:
        return False
    return True


def _answer(environ: Environ, start_response: StartResponse, status: str, message: Message) -> list[bytes]:
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
