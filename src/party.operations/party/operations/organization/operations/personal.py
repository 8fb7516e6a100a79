"""Personal settings (tuỳ chọn cá nhân): what a person sets for himself and nobody else sees."""

from typing import Any

import sqlalchemy as sa

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.ledger import turn
from party.operations.ledger.errors import Missing
from party.operations.ledger.operation import operation
from party.operations.organization.tables import people
from party.operations.organization.tables import personal_settings


@operation
def remember(name: str, value: Any) -> None:
    """Keep ``value``, any JSON, under ``name`` for the person who acts; ``None`` forgets it (ghi nhớ tuỳ chọn).

    No content of documents belongs here: it lies in the clear. Nothing is written in the journal.
    """
    me = actor.current()
    mine = (personal_settings.c.person == me, personal_settings.c.name == name)
    with turn.turn():
        if turn.row(sa.select(people.c.id).where(people.c.id == me)) is None:
            raise Missing(_("There is nothing here."))
        turn.run(sa.delete(personal_settings).where(*mine))
        if value is not None:
            turn.run(sa.insert(personal_settings).values(person=me, name=name, value=value))
