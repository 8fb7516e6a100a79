"""The front hands on what is Zope's to answer, and nothing else."""

import time
from typing import Any

import pytest

from party.operations.wsgi import Front
from party.operations.wsgi import MAX_BODY
from party.operations.wsgi import SiteRequest


def ask(path: str, **environ: Any) -> tuple[str | None, str | None]:
    """The path that reached Zope and the status that the front gave, of which one is None."""
    seen: dict[str, str] = {}

    def zope(environ: dict[str, Any], start_response: object) -> list[bytes]:
        seen["path"] = environ["PATH_INFO"]
        return []

    request = {"PATH_INFO": path, "HTTP_HOST": "localhost:8080", "wsgi.url_scheme": "http", **environ}
    list(Front(zope)(request, lambda status, headers: seen.update(status=status[:3])))
    return seen.get("path"), seen.get("status")


def test_the_site_is_the_root_of_its_host() -> None:
    assert ask("/van-ban/1") == ("/VirtualHostBase/http/localhost:8080/party/VirtualHostRoot/van-ban/1", None)


@pytest.mark.parametrize("host", ["congvan.vn", "congvan.vn:443", "[::1]:8080"])
def test_addresses_are_made_for_the_host_that_was_asked(host: str) -> None:
    assert ask("/", HTTP_HOST=host, **{"wsgi.url_scheme": "https"}) == (
        f"/VirtualHostBase/https/{host}/party/VirtualHostRoot/",
        None,
    )


@pytest.mark.parametrize(
    "path",
    ["/manage", "/manage_main", "/a/@@manage_main", "/++view++manage_main/b", "/VirtualHostRoot/a", "/_vh_a/b"],
)
def test_management_and_virtual_hosting_are_not_for_the_outside(path: str) -> None:
    assert ask(path) == (None, "404")


@pytest.mark.parametrize("path", ["/@@manage-portlets", "/managers", "/a/quan-ly"])
def test_what_only_looks_like_it_is_handed_on(path: str) -> None:
    assert ask(path)[1] is None


@pytest.mark.parametrize("host", ["a/b", "a b", "a:b", ""])
def test_a_host_that_is_none_is_refused(host: str) -> None:
    assert ask("/", HTTP_HOST=host, SERVER_NAME="a b", SERVER_PORT="80") == (None, "400")


@pytest.mark.parametrize(("length", "status"), [(MAX_BODY, None), (MAX_BODY + 1, "413")])
def test_a_body_may_be_as_large_as_said_and_not_larger(length: int, status: str | None) -> None:
    assert ask("/", CONTENT_LENGTH=str(length))[1] == status


def test_a_request_in_conflict_waits_a_moment_only(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []
    monkeypatch.setattr(time, "sleep", waited.append)
    request = SiteRequest.__new__(SiteRequest)
    for request.retry_count in range(10):
        request.delay_retry()
    assert min(waited) >= 0.005
    assert max(waited) <= 0.1
