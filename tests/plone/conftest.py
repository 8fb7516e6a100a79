"""Fixtures of the tests that need a Plone site: `portal`, `http_request`, `functional_portal`, ..., and `office`."""

import sqlite3
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import AbstractContextManager
from contextlib import closing
from datetime import datetime
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import transaction
from AccessControl.SecurityManagement import newSecurityManager
from AccessControl.users import system
from pytest_plone import fixtures_factory
from zope.globalrequest import setRequest
from zope.interface import alsoProvides

from party.operations.confidentiality import actor
from party.operations.documents import files
from party.operations.ledger import clock
from party.operations.ledger import engine
from party.operations.ledger.operation import IInternalRequest
from tests.layer import FUNCTIONAL
from tests.layer import INTEGRATION
from tests.layer import PARTY_FIXTURE
from tests.office import Office


globals().update(fixtures_factory(((INTEGRATION, "integration"), (FUNCTIONAL, "functional"))))

#: Tuesday morning in Hanoi
NOW = datetime(2026, 11, 24, 9, 0, tzinfo=clock.VIETNAM)

A_PDF = (
    b"%PDF-1.4\n1 0 obj\n<</Type/Catalog/Pages 2 0 R>>\nendobj\n2 0 obj\n<</Type/Pages/Kids[3 0 R]/Count 1>>\nendobj\n"
    b"3 0 obj\n<</Type/Page/Parent 2 0 R/MediaBox[0 0 595 842]>>\nendobj\ntrailer\n<</Root 1 0 R>>\n%%EOF\n"
)


@pytest.fixture
def time() -> Iterator[clock.Frozen]:
    """The clock, held on a Tuesday morning."""
    with clock.frozen(NOW) as frozen:
        yield frozen


@pytest.fixture
def office(portal: Any, http_request: Any, time: clock.Frozen) -> Office:
    """The office of the layer; operations may be called directly, as a command-line verb would."""
    alsoProvides(http_request, IInternalRequest)
    setRequest(http_request)
    return PARTY_FIXTURE["office"]


@pytest.fixture
def be(office: Office) -> Callable[[str], AbstractContextManager[None]]:
    """``with be("vanthu"):`` acts as the person of that login."""
    return lambda login: actor.acting_as(office.people[login])


@pytest.fixture
def pdf() -> Callable[..., files.Upload]:
    """Stages a small PDF."""
    return lambda name="Công văn.pdf": files.stage(BytesIO(A_PDF), name)


@pytest.fixture
def functional_office(functional_portal: Any, tmp_path: Path) -> Iterator[Office]:
    """The office where tests commit; the ledger is put back as it was afterwards."""
    path = Path(engine.database().writer.url.database)
    kept = tmp_path / "ledger.sqlite"
    with closing(sqlite3.connect(path)) as source, closing(sqlite3.connect(kept)) as target:
        source.backup(target)
    yield PARTY_FIXTURE["office"]
    # what a failed test left open would hold the file that is replaced
    transaction.abort()
    engine.dispose()
    # the server's threads may hold the file open, so it is written over from inside
    with closing(sqlite3.connect(kept)) as source, closing(sqlite3.connect(path)) as target:
        source.backup(target)


@pytest.fixture
def committing_office(functional_office: Office, functional_http_request: Any, time: clock.Frozen) -> Office:
    """The office where tests commit, entered as a command-line verb or the worker does."""
    alsoProvides(functional_http_request, IInternalRequest)
    setRequest(functional_http_request)
    newSecurityManager(None, system)
    return functional_office
