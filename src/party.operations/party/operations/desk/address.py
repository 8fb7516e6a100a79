"""The stable address of a document: ``/d/<uid>`` (địa chỉ văn bản). It never changes, wherever the object lies."""

from typing import Any

from Products.Five import BrowserView
from zExceptions import Unauthorized
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse
from zope.publisher.interfaces import NotFound

from party.operations.confidentiality import audit
from party.operations.confidentiality import gate
from party.operations.confidentiality import monitor
from party.operations.confidentiality import principals
from party.operations.confidentiality import valid_grants
from party.operations.ledger import items


@implementer(IPublishTraverse)
class DocumentAddress(BrowserView):
    """Goes from the uid to the object, whose gate decides whether it is there for who asks.

    Who is not logged in is asked to, whatever stands behind the address: a link in a message must lead somewhere.
    """

    def publishTraverse(self, request: Any, name: str) -> Any:
        """The object of that uid."""
        person = gate.person(request)
        if person is None:
            raise Unauthorized("d")
        # asked before anything is looked up, so that what is hidden takes no longer than what is not there
        known = valid_grants.among([name], principals.of(person.getId()))
        if not known and monitor.is_classified(name):
            audit.turned_away("reveal", name, person.getId())
        found = self.context.unrestrictedTraverse(items.get(name).path, None) if known else None
        if found is None:
            raise NotFound(self.context, name, request)
        return found

    def __call__(self) -> str:
        """Without a uid there is nothing here."""
        raise NotFound(self.context, "d", self.request)
