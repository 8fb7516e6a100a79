"""The browser layer of the add-on."""

from zope.publisher.interfaces.browser import IDefaultBrowserLayer


class IPartyLayer(IDefaultBrowserLayer):
    """On every request to a site which has the add-on installed; views and services register for it."""
