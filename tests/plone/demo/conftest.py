"""The demonstration, built in a ledger and with an audit journal of its own, for tests that only read it."""

import time
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import AbstractContextManager
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest
from AccessControl.SecurityManagement import newSecurityManager
from AccessControl.users import system
from zope.globalrequest import setRequest
from zope.interface import alsoProvides

from party.operations import demo
from party.operations.confidentiality import actor
from party.operations.confidentiality import audit
from party.operations.confidentiality import keys
from party.operations.confidentiality import principals
from party.operations.ledger import engine
from party.operations.ledger.operation import IInternalRequest
from party.operations.organization import lookup


PASSWORD = "Dung-thu-2026"


@contextmanager
def built(portal: Any, folder: Path) -> Iterator[list[dict[str, str]]]:
    """The accounts to try of a demonstration in ``folder``."""
    before = engine.database().writer.url
    engine.configure(f"sqlite:///{folder / 'ledger.sqlite'}")
    engine.create_tables()
    audit.configure(f"sqlite:///{folder / 'audit.sqlite'}")
    principals.forget()
    alsoProvides(portal.REQUEST, IInternalRequest)
    setRequest(portal.REQUEST)
    newSecurityManager(None, system)
    began = time.monotonic()
    made = demo.build(portal, PASSWORD)
    assert time.monotonic() - began < 60
    try:
        yield made
    finally:
        audit.configure(None)
        engine.configure(before)
        principals.forget()


@pytest.fixture(scope="class")
def accounts(portal_class: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[dict[str, str]]]:
    """The accounts to try, of a demonstration with its secrets."""
    with built(portal_class, tmp_path_factory.mktemp("demo")) as made:
        yield made


@pytest.fixture(scope="class")
def accounts_without_keys(
    portal_class: Any, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[list[dict[str, str]]]:
    """The accounts to try, of a demonstration where there are no keys."""
    keys.configure("none")
    try:
        with built(portal_class, tmp_path_factory.mktemp("demo")) as made:
            yield made
    finally:
        keys.configure(None)


@pytest.fixture
def be() -> Callable[[str], AbstractContextManager[None]]:
    """``with be("vanthu.thainguyen"):`` acts as the person of that login."""
    return lambda login: actor.acting_as(lookup.person_by_login(login).id)
