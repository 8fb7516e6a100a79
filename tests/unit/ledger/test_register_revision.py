"""Whoever computed something from a register computes it anew once anybody wrote into one."""

import secrets

import sqlalchemy as sa
import transaction

from party.operations.confidentiality import tables as trust
from party.operations.ledger import turn
from party.operations.ledger.engine import Database
from party.operations.ledger.tables import metadata
from party.operations.ledger.tables import REGISTER
from party.operations.organization.tables import delegations
from party.operations.organization.tables import posts


def appoint(person: str) -> None:
    with turn.turn():
        turn.run(sa.insert(posts).values(person=person, unit="u", function="clerk", from_day=sa.func.current_date()))


def test_each_transaction_that_writes_a_register_makes_a_revision_that_never_was(ledger: Database) -> None:
    seen = {turn.register_revision()}
    for _number in range(5):
        appoint(secrets.token_hex(4))
        transaction.commit()
        assert turn.register_revision() not in seen
        seen.add(turn.register_revision())
    with turn.turn():
        turn.run(sa.delete(posts))
    transaction.commit()
    assert turn.register_revision() not in seen


def test_inside_of_the_turn_that_writes_there_is_no_revision_to_keep_anything_by(ledger: Database) -> None:
    appoint("a")
    assert turn.register_revision() == ""
    transaction.abort()
    assert turn.register_revision() == ""
    appoint("a")
    transaction.commit()
    before = turn.register_revision()
    appoint("b")
    transaction.abort()
    assert turn.register_revision() == before


def test_other_tables_leave_it_alone(ledger: Database) -> None:
    appoint("a")
    transaction.commit()
    before = turn.register_revision()
    with turn.turn():
        turn.run(sa.update(metadata.tables["items"]).values(title="x"))
    transaction.commit()
    assert turn.register_revision() == before


def test_every_table_that_says_who_acts_for_whom_or_is_trusted_is_a_register() -> None:
    assert delegations.metadata is trust.clearances.metadata is metadata
    assert {name for name, table in metadata.tables.items() if table.info.get(REGISTER)} == {
        *("posts", "delegations", "successions", "clearances", "clearance_seals")
    }
