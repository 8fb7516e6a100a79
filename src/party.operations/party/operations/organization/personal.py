"""What a person has set for himself (tuỳ chọn cá nhân), see ``operations.remember``."""

from typing import Any

import sqlalchemy as sa

from party.operations.confidentiality import actor
from party.operations.ledger import turn
from party.operations.organization.tables import personal_settings


def setting(name: str, otherwise: Any = None) -> Any:
    """What the person who acts keeps under ``name``."""
    mine = (personal_settings.c.person == actor.current(), personal_settings.c.name == name)
    found = turn.row(sa.select(personal_settings.c.value).where(*mine))
    return otherwise if found is None else found.value
