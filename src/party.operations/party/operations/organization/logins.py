"""Sessions that were opened (lượt đăng nhập), for the reports of who uses the system."""

from typing import Any

from plone.rest.interfaces import IAPIRequest
from Products.PluggableAuthService.interfaces.events import IUserLoggedInEvent
from zope.component import adapter
from zope.globalrequest import getRequest

from party.operations.confidentiality.levels import NORMAL
from party.operations.ledger import clock
from party.operations.ledger import journal
from party.operations.ledger import tallies
from party.operations.ledger import turn
from party.operations.organization import lookup


@adapter(IUserLoggedInEvent)
def count_login(event: Any) -> None:
    """Count a credential check that opened a session, for the unit of the person's first post; tokens open none.

    Accounts of the site itself are nobody's staff: they are not counted.
    """
    person = event.principal.getId()
    if lookup.account(person) is None or IAPIRequest.providedBy(getRequest()):
        return
    held = lookup.posts_of(person, clock.today())
    unit = held[0].unit if held else ""
    with turn.turn():
        logged = journal.record("login", person, person, unit=unit)
        tallies.add(logged, tallies.LOGIN, unit, person=person, level=NORMAL)
