"""MACs and seals of the register fit what comes back out of each of the databases."""

from datetime import date

import transaction

from party.operations.confidentiality import clearances
from party.operations.ledger import clock
from party.operations.ledger import engine
from party.operations.ledger import turn
from tests.unit.ledger.conftest import ledger
from tests.unit.ledger.conftest import postgresql


__all__ = ["ledger", "postgresql"]


def test_a_row_counts_through_its_whole_life(ledger: engine.Database) -> None:
    with turn.turn():
        clearances.hold("p1")
        id_ = clearances.insert(
            person="p1",
            kind="secret",
            from_day=clock.today(),
            until_day=date(2099, 1, 1),
            basis="QĐ 1-QĐ/TU “về việc”",
            state="proposed",
            proposed_by="o1",
            proposed_at=clock.now(),
        )
    transaction.commit()
    assert clearances.level_of("p1") == "normal"
    for state, who, when in (("confirmed", "confirmed_by", "confirmed_at"), ("revoked", "revoked_by", "revoked_at")):
        with turn.turn():
            clearances.hold("p1")
            row = clearances.find(id_)
            assert row is not None
            clearances.change(row, state=state, **{who: "o2", when: clock.now()})
        transaction.commit()
        assert clearances.level_of("p1") == ("secret" if state == "confirmed" else "normal")
    assert [row.state for row in clearances.register()] == ["revoked"]
    assert clearances.changes_of("p1") == 3
