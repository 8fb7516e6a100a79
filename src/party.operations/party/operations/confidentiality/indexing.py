"""What the catalogue may know of a record (chỉ mục): where it is, its state, and who reads it. Nothing that it says.

Lists and search are the ledger's. An index that holds no record leaks none and costs nothing: every index is several
objects more in each transaction.
"""

from typing import Any

from plone.indexer.wrapper import IndexableObjectWrapper
from Products.ZCatalog.interfaces import IZCatalog
from zope.component import adapter

from party.operations.confidentiality.base import ILevelled


#: names of the indexes and columns that are filled, and of what they ask the object for
KNOWN = frozenset({"UID", "allowedRolesAndUsers", "getId", "getPhysicalPath", "path", "portal_type", "review_state"})


@adapter(ILevelled, IZCatalog)
class IndexedRecord(IndexableObjectWrapper):
    """A record as the catalogue sees it."""

    def __getattr__(self, name: str) -> Any:
        if name not in KNOWN:
            raise AttributeError(name)
        return super().__getattr__(name)
