"""The browser layer of the add-on."""

from plone.app.z3cform.interfaces import IPloneFormLayer
from zope.publisher.interfaces.browser import IDefaultBrowserLayer


class IPartyLayer(IPloneFormLayer, IDefaultBrowserLayer):
    """On every request to a site which has the add-on installed; views and services register for it.

    It comes before Plone's layer of forms, whose date pickers ours take the place of.
    """
