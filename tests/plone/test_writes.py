"""Reading writes nothing: neither an object of the ZODB nor a row of the ledger."""

import threading
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import pytest
import transaction

from party.operations.confidentiality import actor
from party.operations.documents import access
from party.operations.documents import history
from party.operations.documents import lists
from party.operations.documents import operations
from party.operations.documents import rules
from party.operations.documents import trays
from party.operations.documents.files import Upload
from party.operations.documents.operations.registers import registers
from party.operations.documents.recipients import Addressee
from party.operations.ledger import turn
from party.operations.ledger.errors import Missing
from party.operations.organization import lookup
from party.operations.organization import periods
from party.operations.organization import routes
from tests.office import Office
from tests.plone.documents.conftest import LETTER
from tests.writes import writes


@pytest.fixture
def document(committing_office: Office, pdf: Callable[..., Upload]) -> Any:
    people = committing_office.people
    with actor.acting_as(people["vanthu"]):
        made = operations.register_incoming(committing_office.units["tinh"], [pdf()], **LETTER)
        operations.transfer(made.UID(), [Addressee(person=people["lanhdao"])])
    transaction.commit()
    return made


def test_a_changed_object_is_seen_with_its_name_and_place(portal: Any) -> None:
    with writes() as written:
        portal.title = "Khác"
    (line,) = written.objects
    assert "PloneSite 'plone'" in line
    assert "test_writes.py" in line
    assert written
    assert line in written.report()


def test_an_object_that_is_only_read_is_not_seen(portal: Any) -> None:
    with writes() as written:
        portal.Title()
        list(portal.portal_catalog.searchResults(portal_type="Unit"))
    assert not written, written.report()


def test_a_turn_of_the_ledger_is_seen_even_if_it_writes_nothing(office: Office) -> None:
    transaction.abort()
    with writes() as written, turn.turn():
        pass
    assert written.statements
    assert written.objects == []
    transaction.abort()


def test_what_another_thread_writes_is_seen(functional_portal: Any) -> None:
    database = functional_portal._p_jar.db()

    def visit() -> None:
        connection = database.open()
        connection.root()["mark"] = 1
        transaction.abort()
        connection.close()

    with writes() as written:
        thread = threading.Thread(target=visit)
        thread.start()
        thread.join()
    assert len(written.objects) == 1


def test_after_the_block_nothing_is_recorded_any_more(portal: Any) -> None:
    with writes() as written:
        pass
    portal.title = "Khác"
    assert not written


@pytest.mark.parametrize("login", ["vanthu", "lanhdao", "chuyenvien", "vanthu.xa", "quantri"])
def test_looking_at_lists_documents_and_units_writes_nothing(
    login: str, committing_office: Office, document: Any
) -> None:
    unit = committing_office.units["tinh"]
    with actor.acting_as(committing_office.people[login]), writes() as written:
        trays.counts()
        for name in trays.TRAYS:
            trays.tray(name)
        lists.incoming_register(unit, text="bao cao")
        lists.outgoing_register(unit)
        lists.periods_of(unit)
        rules.answers(document)
        for read in (history.events, history.slips_of, history.deliveries_of, history.comments_of):
            read(document.UID())
        registers(unit, "incoming")
        routes.of_unit(unit, "incoming")
        lookup.search_units("hoa")
        periods.is_working(document.arrival_date)
        assert access.content_of(document.files()[0])
        with suppress(Missing):
            access.readable(document.UID())
    assert not written, written.report()
