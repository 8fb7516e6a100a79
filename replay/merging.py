"""63 provinces become 34 (sáp nhập): committees are closed and name who takes over."""

import sqlalchemy as sa

from party.operations.ledger import turn
from party.operations.organization import operations
from party.operations.organization.tables import units
from replay import facts


BASIS = "Nghị quyết số 202/2025/QH15"


def merge() -> None:
    """Close every committee that another took over from on 1 July 2025, unless it is."""
    with turn.turn():
        found = {each.title: each for each in turn.rows(sa.select(units))}
        for unit, successor in facts.successors().items():
            if found[unit].closed_on is None:
                operations.close_unit(found[unit].uid, facts.MERGED, found[successor].uid, BASIS)
