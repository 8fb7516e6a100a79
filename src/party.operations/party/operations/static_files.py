"""Scripts and styles are answered before Zope is asked (tệp tĩnh): compressed, and for the browser to keep.

Nothing but files of the program is compressed: a page mixes secrets with what was asked for, and how well it is compressed
would tell what the secret is (BREACH).
"""

import gzip
import re
from collections.abc import Callable
from collections.abc import Iterable
from functools import lru_cache
from pathlib import Path
from typing import Any

from party.operations.desk import assets


Environ = dict[str, Any]
StartResponse = Callable[..., Any]
Application = Callable[[Environ, StartResponse], Iterable[bytes]]
Headers = list[tuple[str, str]]

#: our files and Bootstrap, under the addresses that :mod:`.desk.assets` makes
_OWN = re.compile(r"/VirtualHostRoot/\+\+plone\+\+party\.operations/\+\+unique\+\+\w+/([\w-]+\.(?:css|js|svg))$")
_BOOTSTRAP = re.compile(
    rf"/VirtualHostRoot/\+\+theme\+\+barceloneta/\+\+unique\+\+\w+/css/{re.escape(assets.BOOTSTRAP.name)}$"
)
#: Plone's bundles, which Zope answers and lets the browser keep
_BUNDLE = re.compile(r"/VirtualHostRoot/\+\+webresource\+\+[\w-]+/.+\.(?:css|js)$")
_KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
_FOR_GOOD = ("Cache-Control", "public, max-age=31536000, immutable")


def static_files(global_config: dict[str, str]) -> Callable[[Application], Application]:
    """Paste filter factory of ``StaticFiles``."""
    return StaticFiles


class StaticFiles:
    """Answers requests for such files; every other request passes to Zope, and its answer is left as it is."""

    def __init__(self, app: Application) -> None:
        self.app = app

    def __call__(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        """Answer the request."""
        address = environ["PATH_INFO"]
        path = _path(address) if environ["REQUEST_METHOD"] == "GET" else None
        if path is not None:
            headers = [("Content-Type", f"{_KINDS[path.suffix]}; charset=utf-8"), _FOR_GOOD]
            return _answer(environ, start_response, "200 OK", headers, _bytes_of(path, path.stat().st_mtime_ns))
        if _BUNDLE.search(address):
            return self._bundle(environ, start_response)
        return self.app(environ, start_response)

    def _bundle(self, environ: Environ, start_response: StartResponse) -> Iterable[bytes]:
        begun: list[tuple[str, Headers]] = []
        written: list[bytes] = []

        def begin(status: str, headers: Headers, *_exc_info: Any) -> Callable[[bytes], None]:
            begun.append((status, headers))
            return written.append

        answer = self.app(environ, begin)
        try:
            body = b"".join([*written, *answer])
        finally:
            if hasattr(answer, "close"):
                answer.close()
        status, headers = begun[-1]
        if not status.startswith("200"):
            start_response(status, headers)
            return [body]
        return _answer(environ, start_response, status, headers, body)


def _path(address: str) -> Path | None:
    own = _OWN.search(address)
    if own:
        path = assets.STATIC / own[1]
        return path if path.is_file() else None
    return assets.BOOTSTRAP if _BOOTSTRAP.search(address) else None


def _answer(environ: Environ, start_response: StartResponse, status: str, headers: Headers, body: bytes) -> list[bytes]:
    headers = [each for each in headers if each[0].lower() != "content-length"]
    headers.append(("Vary", "Accept-Encoding"))
    if "gzip" in environ.get("HTTP_ACCEPT_ENCODING", ""):
        body = _compressed(body)
        headers.append(("Content-Encoding", "gzip"))
    start_response(status, [*headers, ("Content-Length", str(len(body)))])
    return [body]


@lru_cache(maxsize=128)
def _bytes_of(path: Path, _changed: int) -> bytes:
    return path.read_bytes()


@lru_cache(maxsize=128)
def _compressed(body: bytes) -> bytes:
    return gzip.compress(body, mtime=0)
