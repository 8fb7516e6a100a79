"""Static files: answered before Zope, compressed, kept for good; nothing else is touched."""

import gzip
from collections.abc import Iterable
from typing import Any

import pytest

from party.operations.desk import assets
from party.operations.static_files import StaticFiles


ROOT = "/VirtualHostBase/http/localhost:8080/party/VirtualHostRoot"
OWN = f"{ROOT}/++plone++party.operations/++unique++abc"
BUNDLE = f"{ROOT}/++webresource++c6263131-9fcb/++plone++static/bundle-plone/bundle.min.js"


class Zope:
    """Stands behind the filter."""

    status = "200 OK"
    kind = "text/html"
    asked = 0

    def __call__(self, environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
        """Answer something."""
        self.asked += 1
        start_response(self.status, [("Content-Type", self.kind), ("Content-Length", "10")])
        return [b"0123456789"]


def ask(zope: Zope, path: str, method: str = "GET", encoding: str = "gzip") -> tuple[str, dict[str, str], bytes]:
    """What the filter answers."""
    begun: list[Any] = []
    environ = {"PATH_INFO": path, "REQUEST_METHOD": method, "HTTP_ACCEPT_ENCODING": encoding}
    body = b"".join(StaticFiles(zope)(environ, lambda *answer: begun.extend(answer)))
    return begun[0], dict(begun[1]), body


def test_a_file_of_ours_comes_compressed_and_for_good_without_asking_zope() -> None:
    zope = Zope()
    status, headers, body = ask(zope, f"{OWN}/party.js")
    assert (status, zope.asked) == ("200 OK", 0)
    assert headers["Content-Type"].startswith("text/javascript")
    assert "immutable" in headers["Cache-Control"]
    assert headers["Vary"] == "Accept-Encoding"
    assert int(headers["Content-Length"]) == len(body)
    assert gzip.decompress(body) == (assets.STATIC / "party.js").read_bytes()


def test_who_cannot_unpack_gets_it_as_it_is() -> None:
    _status, headers, body = ask(Zope(), f"{OWN}/theme.css", encoding="")
    assert "Content-Encoding" not in headers
    assert body == (assets.STATIC / "theme.css").read_bytes()


def test_bootstrap_is_one_of_them() -> None:
    zope = Zope()
    ask(zope, f"{ROOT}/++theme++barceloneta/++unique++abc/css/{assets.BOOTSTRAP.name}")
    assert zope.asked == 0


@pytest.mark.parametrize(
    "path",
    [
        f"{OWN}/there-is-none.js",
        f"{OWN}/../frame.py",
        f"{OWN}/..%2fframe.py",
        f"{OWN}/party.js/@@desk",
        f"{ROOT}/++plone++party.operations/party.js",
        f"{ROOT}/++theme++barceloneta/++unique++abc/index.html",
        f"{ROOT}/@@desk",
        f"{ROOT}/++unique++abc/d/0123/@@file/a.css",
    ],
)
def test_everything_else_is_zopes_and_is_not_compressed(path: str) -> None:
    zope = Zope()
    _status, headers, body = ask(zope, path)
    assert zope.asked == 1
    assert "Content-Encoding" not in headers
    assert "Cache-Control" not in headers
    assert body == b"0123456789"


def test_a_bundle_of_plone_is_compressed_and_its_errors_are_not() -> None:
    zope = Zope()
    zope.kind = "application/javascript"
    _status, headers, body = ask(zope, BUNDLE)
    assert headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(body) == b"0123456789"
    zope.status = "404 Not Found"
    status, headers, body = ask(zope, BUNDLE)
    assert (status, body) == ("404 Not Found", b"0123456789")
    assert "Content-Encoding" not in headers
