"""The turn's view of the ZODB: newer than the lock, unless the transaction has changed something already."""

from collections.abc import Iterator
from typing import Any

import pytest
import transaction
import ZODB
from zope.component import getGlobalSiteManager
from zope.component.hooks import setSite
from zope.interface.registry import Components

from party.operations.ledger import turn
from party.operations.ledger.engine import Database


class Site:
    """What the turn asks of a site: its connection."""

    def __init__(self, connection: Any) -> None:
        self._p_jar = connection

    def getSiteManager(self) -> Components:
        return getGlobalSiteManager()


@pytest.fixture
def root(ledger: Database) -> Iterator[Any]:
    """The root of a ZODB as this thread sees it, with the title "old"."""
    database = ZODB.DB(None)
    with database.transaction() as connection:
        connection.root()["title"] = "old"
        connection.root()["note"] = ""
    connection = database.open()
    setSite(Site(connection))
    yield connection.root()
    setSite(None)
    transaction.abort()
    connection.close()
    database.close()


def somebody_else_writes(root: Any) -> None:
    with root._p_jar.db().transaction() as connection:
        connection.root()["title"] = "new"


def test_what_others_committed_before_the_lock_is_seen_in_the_turn(root: Any) -> None:
    assert root["title"] == "old"
    somebody_else_writes(root)
    assert root["title"] == "old"
    with turn.turn():
        assert root["title"] == "new"


def test_the_view_stays_as_it_is_where_the_transaction_has_changed_something(root: Any) -> None:
    root["note"] = "begun"
    somebody_else_writes(root)
    with turn.turn():
        assert (root["title"], root["note"]) == ("old", "begun")


def test_a_turn_inside_a_turn_leaves_the_view_alone(root: Any) -> None:
    with turn.turn():
        somebody_else_writes(root)
        with turn.turn():
            assert root["title"] == "old"


def test_a_turn_without_a_site_has_no_view_to_refresh(ledger: Database) -> None:
    setSite(None)
    with turn.turn():
        assert transaction.get().isDoomed() is False
