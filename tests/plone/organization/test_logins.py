"""A login through the form: counted once, in the ledger alone."""

from typing import Any

import sqlalchemy as sa

from party.operations.ledger import turn
from party.operations.ledger.tables import tallies
from tests.office import Office
from tests.plone.browsing import Browser


def counted(person: str) -> int:
    wanted = sa.select(sa.func.count()).where(tallies.c.person == person, tallies.c.measure == "login")
    return turn.scalar(wanted.select_from(tallies))


def test_each_login_is_counted_and_none_writes_into_the_object_database(
    functional_portal: Any, functional_office: Office, site: str
) -> None:
    person = functional_office.people["chuyenvien"]
    Browser(site, "vanthu")  # the first one of a site makes keys
    database = functional_portal._p_jar.db()
    before = database.lastTransaction()
    for count in (1, 2, 3):
        Browser(site, "chuyenvien")
        assert counted(person) == count
    assert database.lastTransaction() == before
