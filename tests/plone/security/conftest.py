"""The office with security officers and an auditor."""

from collections.abc import Callable
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
import transaction
from AccessControl.SecurityManagement import getSecurityManager
from AccessControl.SecurityManagement import newSecurityManager
from AccessControl.SecurityManagement import setSecurityManager
from AccessControl.users import system
from plone.testing.layer import Layer

from party.operations.confidentiality import audit
from tests import clearances
from tests.office import Office
from tests.plone.browsing import Browser


Browse = Callable[[str], Browser]


@pytest.fixture
def journal(tmp_path: Path) -> Iterator[None]:
    """A journal of this test alone: other tests wrote into the common one what they gave up afterwards."""
    audit.configure(f"sqlite:///{tmp_path / 'audit.sqlite'}")
    yield
    audit.configure(None)


@pytest.fixture
def as_system(office: Office) -> Iterator[None]:
    """The system itself acts, as for a command-line verb."""
    manager = getSecurityManager()
    newSecurityManager(None, system)
    yield
    setSecurityManager(manager)


@pytest.fixture
def trusted(office: Office, journal: None, as_system: None) -> Iterator[Office]:
    """The office as the system sees it; the officers are made where the layer has none."""
    people = dict(office.people)
    clearances.appoint(office)
    yield office
    office.people.clear()
    office.people.update(people)


@pytest.fixture
def committed(committing_office: Office, journal: None) -> Iterator[Office]:
    """The office with the officers where tests commit, for browsers and other systems."""
    people = dict(committing_office.people)
    clearances.appoint(committing_office)
    transaction.commit()
    yield committing_office
    committing_office.people.clear()
    committing_office.people.update(people)


@pytest.fixture
def site(functional: Layer) -> str:
    """The address of the site on the test's own server."""
    return functional["portal"].absolute_url().replace("nohost", f"localhost:{functional['port']}")


@pytest.fixture
def browse(site: str, committed: Office) -> Iterator[Browse]:
    """A browser for each login."""
    with ExitStack() as windows:
        yield lambda login: windows.enter_context(Browser(site, login))
