"""The stable address of a document: ``/d/<uid>`` (địa chỉ văn bản). It never changes, wherever the object lies."""

from typing import Any

from Products.Five import BrowserView
from zExceptions import Unauthorized
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse
from zope.publisher.interfaces import NotFound

from party.operations.confidentiality import gate
from party.operations.ledger import items


@implementer(IPublishTraverse)
class DocumentAddress(BrowserView):
    """Goes from the uid to the object, whose gate decides whether it is there for who asks.

    Who is not logged in is asked to, whatever stands behind the address: a link in a message must lead somewhere.
    """

    def publishTraverse(self, request: Any, name: str) -> Any:
        """The object of that uid."""
        if gate.person(request) is None:
            raise Unauthorized("d")
        row = items.find(name)
        found = None if row is None else self.context.unrestrictedTraverse(row.path, None)
        if found is None:
            raise NotFound(self.context, name, request)
        return found

    def __call__(self) -> str:
        """Without a uid there is nothing here."""
        raise NotFound(self.context, "d", self.request)
