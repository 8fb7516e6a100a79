"""The stable address of a unit: ``/u/<uid>`` (địa chỉ đơn vị). It stays the same when the unit is moved."""

from typing import Any

from Products.Five import BrowserView
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse
from zope.publisher.interfaces import NotFound

from party.operations.organization import lookup


@implementer(IPublishTraverse)
class UnitAddress(BrowserView):
    """Goes from the uid to the unit; the unit's own permissions decide what happens there."""

    def publishTraverse(self, request: Any, name: str) -> Any:
        """The unit of that uid."""
        row = lookup.find_unit(name)
        found = None if row is None else self.context.unrestrictedTraverse(row.path, None)
        if found is None:
            raise NotFound(self.context, name, request)
        return found

    def __call__(self) -> str:
        """Without a uid there is nothing here."""
        raise NotFound(self.context, "u", self.request)
