"""Who still has the password somebody else gave him does nothing but choose his own (đổi mật khẩu lần đầu)."""

from typing import Any

import sqlalchemy as sa
from zope.interface import provider

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.ledger import turn
from party.operations.ledger.errors import NotAllowed
from party.operations.organization.tables import people
from party.operations.rest.interfaces import IDoor


@provider(IDoor)
def first_password(endpoint: Any) -> None:
    """Raise ``NotAllowed`` until a password was chosen."""
    chosen = sa.select(people.c.must_change_password).where(people.c.id == actor.current())
    if turn.scalar(chosen) and not endpoint.always_open:
        raise NotAllowed(_("Choose a password of your own first: POST /@people/me/password with “old” and “new”."))
