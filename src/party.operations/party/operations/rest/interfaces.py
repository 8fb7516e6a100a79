"""Interfaces of the REST services."""

from plone.rest.interfaces import IAPIRequest
from zope.interface import Interface


class IPartyRequest(IAPIRequest):
    """A REST request to a site that has the add-on: its errors have our shape."""


class IDoor(Interface):
    """Named utility asked before an endpoint is entered; it raises what keeps the person out."""

    def __call__(endpoint: object) -> None:
        """Raise a ``Refused`` or return."""
