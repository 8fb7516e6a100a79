"""The front hands on what is Zope's to answer, and nothing else."""

import time
from collections.abc import Callable
from io import BytesIO
from typing import Any
from wsgiref.util import setup_testing_defaults

import pytest

from party.operations import wsgi
from party.operations.confidentiality.gate import CLASSIFIED
from party.operations.wsgi import AccessLog
from party.operations.wsgi import Front
from party.operations.wsgi import MAX_BODY
from party.operations.wsgi import SiteRequest
from party.operations.wsgi import STROKE


ROOT = "/VirtualHostBase/http/localhost:8080/party/VirtualHostRoot"


class Zope:
    """Stands behind the front and keeps what reaches it."""

    def __init__(
        self,
        headers: tuple[tuple[str, str], ...] = (),
        classified: bool = False,
        status: str = "200 OK",
        work: Callable[[], None] = lambda: None,
    ) -> None:
        self.headers = headers
        self.status = status
        self.work = work
        self.classified = classified
        self.environ: dict[str, Any] = {}
        self.closed = False

    def __call__(self, environ: dict[str, Any], start_response: Any) -> "Zope":
        self.environ = dict(environ)
        if self.classified:
            environ[CLASSIFIED].append(True)
        self.work()
        start_response(self.status, list(self.headers))
        return self

    def __iter__(self) -> Any:
        return iter([b"body"])

    def close(self) -> None:
        self.closed = True


class Asked:
    """What became of one request."""

    def __init__(self, path: str = "/", zope: Zope | None = None, **environ: Any) -> None:
        self.zope = zope or Zope()
        self.status = ""
        self.headers: dict[str, str] = {}
        request = {
            "PATH_INFO": path,
            "REQUEST_METHOD": "GET",
            "HTTP_HOST": "localhost:8080",
            "wsgi.url_scheme": "http",
            "wsgi.input": BytesIO(b"sent"),
            **environ,
        }
        self.body = b"".join(Front(self.zope)(request, self._begin))

    def _begin(self, status: str, headers: list[tuple[str, str]]) -> None:
        self.status, self.headers = status[:3], dict(headers)

    @property
    def path(self) -> str:
        """The address that reached Zope, or ""."""
        return self.zope.environ.get("PATH_INFO", "").removeprefix(ROOT)


def test_the_site_is_the_root_of_its_host() -> None:
    assert Asked("/van-ban/1").zope.environ["PATH_INFO"] == f"{ROOT}/van-ban/1"


@pytest.mark.parametrize("host", ["congvan.vn", "congvan.vn:443", "[::1]:8080"])
def test_addresses_are_made_for_the_host_that_was_asked(host: str) -> None:
    asked = Asked("/", HTTP_HOST=host, **{"wsgi.url_scheme": "https"})
    assert asked.zope.environ["PATH_INFO"] == f"/VirtualHostBase/https/{host}/party/VirtualHostRoot/"


@pytest.mark.parametrize("host", ["a/b", "a b", "a:b", ""])
def test_a_host_that_is_none_is_refused(host: str) -> None:
    assert Asked("/", HTTP_HOST=host, SERVER_NAME="a b", SERVER_PORT="80").status == "400"


@pytest.mark.parametrize(("length", "status"), [(MAX_BODY, "200"), (MAX_BODY + 1, "413")])
def test_a_body_may_be_as_large_as_said_and_not_larger(length: int, status: str) -> None:
    assert Asked("/", CONTENT_LENGTH=str(length)).status == status


def test_what_is_closed_reaches_zope_as_a_look_at_a_page_that_is_missing() -> None:
    asked = Asked("/a/manage_main", REQUEST_METHOD="POST", QUERY_STRING="x=1", CONTENT_LENGTH="4")
    assert asked.path == "/404"
    seen = asked.zope.environ
    assert (seen["REQUEST_METHOD"], seen["QUERY_STRING"], seen["CONTENT_LENGTH"]) == ("GET", "", "0")
    assert seen["wsgi.input"].read() == b""


def test_a_head_is_a_get_whose_body_stays_here() -> None:
    asked = Asked("/a", zope=Zope((("Content-Length", "4"),)), REQUEST_METHOD="HEAD")
    assert asked.zope.environ["REQUEST_METHOD"] == "GET"
    assert asked.body == b""
    assert asked.headers["Content-Length"] == "4"
    assert asked.zope.closed


@pytest.mark.parametrize(
    "header",
    [
        "HTTP_X_FORWARDED_FOR",
        "HTTP_X_FORWARDED_HOST",
        "HTTP_X_FORWARDED_PROTO",
        "HTTP_FORWARDED",
        "HTTP_X_REAL_IP",
        "HTTP_X_ZONE",
        "HTTP_X_HTTP_METHOD_OVERRIDE",
        "HTTP_X_ORIGINAL_URL",
        "HTTP_DEPTH",
    ],
)
def test_what_a_client_says_of_where_it_is_is_not_believed(header: str) -> None:
    assert header not in Asked(**{header: "wan"}).zope.environ


def test_every_answer_carries_the_headers_of_security_unless_it_says_otherwise_itself() -> None:
    plain = Asked().headers
    assert "script-src 'self';" in plain["Content-Security-Policy"]
    assert plain["X-Content-Type-Options"] == "nosniff"
    assert plain["Referrer-Policy"] == "same-origin"
    own = Asked(zope=Zope((("content-security-policy", "sandbox"),))).headers
    assert own["content-security-policy"] == "sandbox"
    assert "Content-Security-Policy" not in own
    assert "X-Frame-Options" in Asked(HTTP_HOST="a b").headers


def test_what_says_something_classified_is_kept_by_no_cache() -> None:
    headers = (("Cache-Control", "public"), ("ETag", '"1"'), ("Last-Modified", "now"), ("X-Other", "1"))
    kept = Asked(zope=Zope(headers, classified=True)).headers
    assert kept["Cache-Control"] == "private, no-store"
    assert {"ETag", "Last-Modified"} & set(kept) == set()
    assert kept["X-Other"] == "1"
    assert Asked(zope=Zope(headers)).headers["Cache-Control"] == "public"


def test_a_request_in_conflict_waits_a_moment_only(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    request = SiteRequest.__new__(SiteRequest)
    for request.retry_count in range(10):
        request.delay_retry()
    assert min(waited) >= 0.005
    assert max(waited) <= 0.1


def test_the_access_log_keeps_what_was_looked_for_to_itself(caplog: pytest.LogCaptureFixture) -> None:
    def app(environ: dict[str, Any], start_response: Any) -> list[bytes]:
        start_response("200 OK", [("Content-Length", "2")])
        return [b"ok"]

    environ: dict[str, Any] = {}
    setup_testing_defaults(environ)
    environ |= {"PATH_INFO": "/@@registers", "QUERY_STRING": "q=zqxmật", "HTTP_REFERER": "http://x/?q=zqxmật"}
    with caplog.at_level("INFO", "wsgi"):
        list(AccessLog(app)(environ, lambda *answer: None))
    assert "registers" in caplog.text
    assert "zqx" not in caplog.text


class Clock:
    """Time that moves when somebody works or sleeps."""

    def __init__(self) -> None:
        self.now = 100.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.mark.parametrize(("status", "left"), [("404 Not Found", 2 * STROKE), ("200 OK", None)])
def test_not_there_is_said_at_the_same_moment_however_long_it_took(
    status: str, left: float | None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for worked in (1.1 * STROKE, 1.9 * STROKE):
        clock = Clock()
        monkeypatch.setattr(wsgi, "time", clock)
        Asked("/d/khong-co", Zope(status=status, work=lambda clock=clock, worked=worked: clock.sleep(worked)))
        assert clock.now - 100 == pytest.approx(left or worked)
