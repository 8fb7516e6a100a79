"""Reconciling: of what a crash between the two commits left, nothing remains half; what is young or whole stays."""

from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
import transaction

from party.operations import reconcile
from party.operations.confidentiality import actor
from party.operations.confidentiality.tables import grants
from party.operations.confidentiality.tables import readers
from party.operations.documents import operations
from party.operations.documents.files import Upload
from party.operations.documents.recipients import Addressee
from party.operations.documents.tables import comments
from party.operations.documents.tables import deliveries
from party.operations.documents.tables import incoming
from party.operations.documents.tables import slips
from party.operations.finding import index
from party.operations.ledger import clock
from party.operations.ledger import items
from party.operations.ledger import journal
from party.operations.ledger import series
from party.operations.ledger import turn
from party.operations.ledger.tables import items as rows
from tests.office import Office
from tests.plone.documents.conftest import DRAFT
from tests.plone.documents.conftest import LETTER


class Place:
    """A committed office, and what a crash can do to it."""

    def __init__(self, office: Office, site: Any, pdf: Callable[..., Upload]) -> None:
        self.office, self.site, self.pdf = office, site, pdf

    def register(self) -> str:
        """A letter of the province, registered, commented on and passed on in one transaction."""
        with actor.acting_as(self.office.people["vanthu"]):
            uid = operations.register_incoming(self.office.units["tinh"], [self.pdf()], confirm=True, **LETTER).UID()
            operations.comment(uid, "Khẩn")
            operations.transfer(uid, [Addressee(person=self.office.people["lanhdao"])])
        transaction.commit()
        return str(uid)

    def receive(self) -> tuple[str, int]:
        """The commune receives a document of the board; gives its uid and the delivery."""
        people, units = self.office.people, self.office.units
        with actor.acting_as(people["lanhdao.tc"]):
            uid = operations.create_draft(
                units["tochuc"], [self.pdf()], recipients=[{"unit": units["xa"]}], **DRAFT
            ).UID()
            operations.submit_for_review(uid, [Addressee(person=people["lanhdao.tc"])])
            operations.approve(uid)
            operations.sign(uid, people["lanhdao.tc"])
        with actor.acting_as(people["vanthu.tc"]):
            operations.issue(uid)
        transaction.commit()
        delivery = turn.scalar(sa.select(deliveries.c.id))
        with actor.acting_as(people["vanthu.xa"]):
            received = operations.accept_delivery(delivery).UID()
        transaction.commit()
        return str(received), delivery

    def lose_object(self, uid: str) -> None:
        """As if the ZODB had not committed."""
        document = self.site.unrestrictedTraverse(items.get(uid).path)
        document.aq_parent._delObject(document.id)
        transaction.commit()

    def lose_row(self, uid: str) -> None:
        """As if the ledger had not committed."""
        with turn.turn():
            index.forget(uid)
            for table in (comments, slips):
                turn.run(sa.delete(table).where(table.c.document == uid))
            for table in (incoming, rows):
                turn.run(sa.delete(table).where(table.c.uid == uid))
        transaction.commit()

    def reconcile(self, *arguments: str) -> None:
        reconcile.main(self.site, list(arguments))
        transaction.commit()

    def orphans(self) -> dict[str, list[str]]:
        return {name: found for name, found in reconcile.orphans(self.site).items() if found}


@pytest.fixture
def place(committing_office: Office, functional_portal: Any, pdf: Callable[..., Upload]) -> Place:
    return Place(committing_office, functional_portal, pdf)


def count(table: sa.Table, column: str, value: str) -> int:
    return int(turn.scalar(sa.select(sa.func.count()).select_from(table).where(table.c[column] == value)))


def test_where_both_sides_agree_nothing_is_found(place: Place, time: clock.Frozen) -> None:
    place.register()
    time.advance(hours=1)
    assert place.orphans() == {}


def test_a_row_without_its_object_goes_and_its_number_stays_voided_with_a_reason(
    place: Place, time: clock.Frozen
) -> None:
    lost, kept = place.register(), place.register()
    place.lose_object(lost)
    time.advance(minutes=10)
    assert place.orphans() == {"rows without object": [lost]}
    place.reconcile()
    assert place.orphans() == {}
    assert items.find(lost) is None
    left = [(incoming, "uid"), (slips, "document"), (comments, "document"), (grants, "object"), (readers, "object")]
    assert {table.name: count(table, column, lost) for table, column in left} == {
        table.name: 0 for table, _column in left
    }
    (voided,) = series.of_object(lost)
    assert (voided["number"], voided["state"], bool(voided["reason"])) == (1, "voided", True)
    assert turn.rows(journal.history(lost))[-1].operation == "reconcile"
    assert items.get(kept).state == "in_progress"


def test_the_number_of_a_lost_letter_is_not_given_again(place: Place, time: clock.Frozen) -> None:
    place.lose_object(place.register())
    time.advance(minutes=10)
    place.reconcile()
    (held,) = series.of_object(place.register())
    assert held["number"] == 2


def test_what_is_younger_than_ten_minutes_may_still_be_committing_and_stays(place: Place, time: clock.Frozen) -> None:
    lost = place.register()
    place.lose_object(lost)
    time.advance(minutes=9, seconds=59)
    place.reconcile()
    assert items.get(lost)
    place.reconcile("--now")
    assert items.find(lost) is None


def test_a_report_only_looks(place: Place, time: clock.Frozen, capsys: pytest.CaptureFixture[str]) -> None:
    lost = place.register()
    place.lose_object(lost)
    time.advance(minutes=10)
    place.reconcile("--report")
    assert f"row without object: {lost}" in capsys.readouterr().out
    assert items.get(lost)


def test_an_object_without_its_row_is_reported_and_not_touched(
    place: Place, time: clock.Frozen, capsys: pytest.CaptureFixture[str]
) -> None:
    uid = place.register()
    path = items.get(uid).path
    place.lose_row(uid)
    time.advance(hours=1)
    place.reconcile()
    assert f"object without row: {path}" in capsys.readouterr().out
    assert place.site.unrestrictedTraverse(path, None) is not None


def test_a_delivery_whose_record_was_lost_waits_again_and_is_received_again(place: Place, time: clock.Frozen) -> None:
    received, delivery = place.receive()
    place.lose_object(received)
    time.advance(minutes=10)
    place.reconcile()
    row = turn.row(sa.select(deliveries).where(deliveries.c.id == delivery))
    assert (row.state, row.incoming, row.decided_by, row.decided_at) == ("waiting", "", "", None)
    with actor.acting_as(place.office.people["vanthu.xa"]):
        again = operations.accept_delivery(delivery)
    (held,) = series.of_object(again.UID())
    assert held["number"] == 2


def test_readers_that_only_the_ledger_took_away_lose_the_object_too(place: Place, time: clock.Frozen) -> None:
    uid = place.register()
    document = place.site.unrestrictedTraverse(items.get(uid).path)
    before = dict(document.__ac_local_roles__)
    with actor.acting_as(place.office.people["lanhdao"]):
        operations.return_slip(turn.scalar(sa.select(slips.c.id)), "Không thuộc phạm vi")
    after = dict(document.__ac_local_roles__)
    transaction.commit()
    document.__ac_local_roles__ = before
    transaction.commit()
    time.advance(minutes=10)
    assert place.orphans() == {"objects behind their row": [uid]}
    place.reconcile()
    assert document.__ac_local_roles__ == after != before
    assert place.orphans() == {}
