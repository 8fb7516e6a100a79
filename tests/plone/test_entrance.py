"""The door of every operation: not by GET, and from a browser only when it was meant."""

import importlib
import pkgutil
from collections.abc import Iterator
from typing import Any

import pytest
import transaction
from AccessControl import getSecurityManager
from AccessControl.SecurityManagement import setSecurityManager
from plone.protect.authenticator import createToken
from zExceptions import Forbidden
from zope.globalrequest import setRequest
from ZPublisher.HTTPRequest import HTTPRequest

import party.operations
from party.operations.ledger.errors import Refused
from party.operations.ledger.operation import IInternalRequest
from party.operations.ledger.operation import OPERATIONS


def _verbs() -> dict[str, list[str]]:
    """The public names of every package of operations, by its module; importing them fills OPERATIONS."""
    found = {}
    for module in pkgutil.walk_packages(party.operations.__path__, "party.operations."):
        if ".operations" in module.name.removeprefix("party.operations"):
            names = getattr(importlib.import_module(module.name), "__all__", ())
            found[module.name] = list(names)
    return found


VERBS = _verbs()
NAMES = sorted(OPERATIONS)


@pytest.fixture
def request_of_a_browser(portal: Any, http_request: HTTPRequest) -> Iterator[HTTPRequest]:
    """A request from the web by somebody who is logged in with a cookie."""
    assert not IInternalRequest.providedBy(http_request)
    before = getSecurityManager()
    setRequest(http_request)
    http_request._auth = None
    yield http_request
    setSecurityManager(before)


def enter(name: str) -> None:
    """Call an operation without anything: who passes the door is told that something is missing."""
    OPERATIONS[name]()


def test_every_verb_that_a_package_of_operations_offers_has_the_door() -> None:
    known = {name.rpartition(".")[2] for name in OPERATIONS}
    assert sum(map(len, VERBS.values())) > 40
    for module, names in VERBS.items():
        assert set(names) <= known, module


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS"])
@pytest.mark.parametrize("name", NAMES)
def test_an_operation_is_not_entered_by_reading(name: str, method: str, request_of_a_browser: HTTPRequest) -> None:
    request_of_a_browser.environ["REQUEST_METHOD"] = method
    request_of_a_browser.form["_authenticator"] = createToken()
    with pytest.raises(Forbidden):
        enter(name)
    assert transaction.get()._resources == []


@pytest.mark.parametrize("name", NAMES)
def test_an_operation_is_not_entered_by_a_post_that_nobody_meant(name: str, request_of_a_browser: HTTPRequest) -> None:
    request_of_a_browser.environ["REQUEST_METHOD"] = "POST"
    with pytest.raises(Forbidden):
        enter(name)


@pytest.mark.parametrize("token", ["", "0" * 40, "x"])
def test_a_token_that_was_made_up_opens_nothing(token: str, request_of_a_browser: HTTPRequest) -> None:
    request_of_a_browser.environ["REQUEST_METHOD"] = "POST"
    request_of_a_browser.form["_authenticator"] = token
    with pytest.raises(Forbidden):
        enter(NAMES[0])


def test_a_get_that_calls_itself_a_post_is_a_get(request_of_a_browser: HTTPRequest) -> None:
    request_of_a_browser.environ["REQUEST_METHOD"] = "GET"
    request_of_a_browser.form |= {"REQUEST_METHOD": "POST", "method": "POST", "_authenticator": createToken()}
    with pytest.raises(Forbidden):
        enter(NAMES[0])


@pytest.mark.parametrize("name", NAMES)
def test_a_post_that_was_meant_passes_the_door(name: str, request_of_a_browser: HTTPRequest) -> None:
    request_of_a_browser.environ["REQUEST_METHOD"] = "POST"
    request_of_a_browser.form["_authenticator"] = createToken()
    with pytest.raises((TypeError, Refused)):
        enter(name)


@pytest.mark.parametrize("scheme", ["Basic", "Bearer", "bearer"])
def test_a_login_in_the_header_needs_no_token(scheme: str, request_of_a_browser: HTTPRequest) -> None:
    request_of_a_browser.environ["REQUEST_METHOD"] = "POST"
    request_of_a_browser._auth = f"{scheme} abc"
    with pytest.raises(TypeError):
        enter(NAMES[0])
