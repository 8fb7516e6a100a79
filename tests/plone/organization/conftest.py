"""Fixtures of the organisation's screens: a browser for each login, and a second province beside the office's own."""

from collections.abc import Callable
from collections.abc import Iterator
from contextlib import ExitStack
from typing import Any

import pytest
import transaction
from plone.testing.layer import Layer

from party.operations.ledger import clock
from party.operations.organization import operations
from tests.office import Office
from tests.office import PASSWORD
from tests.plone.browsing import Browser


Browse = Callable[[str], Browser]


@pytest.fixture
def site(functional: Layer) -> str:
    """The address of the site on the test's own server."""
    return functional["portal"].absolute_url().replace("nohost", f"localhost:{functional['port']}")


@pytest.fixture
def browse(site: str, functional_office: Office, time: clock.Frozen) -> Iterator[Browse]:
    """A browser for each login."""
    with ExitStack() as windows:
        yield lambda login: windows.enter_context(Browser(site, login))


@pytest.fixture
def neighbour(committing_office: Office) -> str:
    """Another province with an administrator ``quantri.khac``; its uid."""
    uid = operations.create_unit("Tỉnh uỷ Hải Sơn", "provincial_committee", committing_office.units["tw"]).UID()
    person = operations.create_person(uid, "quantri.khac", "Tạ Văn Lương", PASSWORD, first_login=False)
    operations.appoint(person, uid, "unit_admin")
    committing_office.people["quantri.khac"] = person
    transaction.commit()
    yield uid
    del committing_office.people["quantri.khac"]


@pytest.fixture
def site_admin(functional_portal: Any, functional_office: Office) -> str:
    """The login of an account of the site itself, which sets up the organisation."""
    functional_portal.acl_users.source_users.addUser("siteadmin", "siteadmin", PASSWORD)
    functional_portal.acl_users.portal_role_manager.assignRoleToPrincipal("Site Administrator", "siteadmin")
    transaction.commit()
    return "siteadmin"
