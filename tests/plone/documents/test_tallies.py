"""What is counted: each act once, where it was done, and of a secret nobody's name."""

from typing import Any

import pytest
import sqlalchemy as sa

from party.operations.documents import operations
from party.operations.documents.recipients import Addressee
from party.operations.ledger import turn
from party.operations.ledger.errors import Refused
from party.operations.ledger.tables import events
from party.operations.ledger.tables import tallies


def _counted() -> list[tuple[Any, ...]]:
    wanted = sa.select(tallies.c.measure, tallies.c.unit, tallies.c.person, tallies.c.level, tallies.c.amount)
    return [tuple(each) for each in turn.rows(wanted.order_by(tallies.c.event))]


def test_an_arrival_counts_once_and_a_passing_on_once_for_each_addressee(office, be, pdf):
    units, people = office.units, office.people
    with be("vanthu"):
        letter = operations.register_incoming(units["tinh"], [pdf()], title="V/v A", issuer="B", type="party.cong-van")
        operations.transfer(letter.UID(), [Addressee(person=people["lanhdao"])])
    with be("lanhdao"):
        operations.transfer(
            letter.UID(), [Addressee(unit=units["tochuc"]), Addressee(unit=units["tuyengiao"], capacity="support")]
        )
    assert _counted() == [
        ("incoming", units["tinh"], people["vanthu"], "normal", 1),
        ("transfer", units["tinh"], people["vanthu"], "normal", 1),
        ("transfer", units["tinh"], people["lanhdao"], "normal", 2),
    ]


def test_every_tally_is_an_event_of_the_journal_with_the_same_object(office, be, pdf):
    with be("vanthu"):
        letter = operations.register_incoming(
            office.units["tinh"], [pdf()], title="V/v A", issuer="B", type="party.cong-van"
        )
    wanted = sa.select(events.c.operation, events.c.object).join(tallies, tallies.c.event == events.c.id)
    assert [tuple(each) for each in turn.rows(wanted)] == [("register_incoming", letter.UID())]


def test_what_is_refused_is_not_counted(office, be, pdf):
    with be("vanthu"):
        letter = operations.register_incoming(
            office.units["tinh"], [pdf()], title="V/v A", issuer="B", type="party.cong-van"
        )
        before = _counted()
        with pytest.raises(Refused):
            operations.transfer(letter.UID(), [])
    assert _counted() == before
