"""The base of everything that can be confidential (văn bản, hồ sơ, nhiệm vụ, phiên họp): one class for all levels."""

from typing import Any

from plone.dexterity.content import Container
from plone.dexterity.content import Item
from zope.interface import implementer
from zope.interface import Interface

from party.operations.confidentiality.levels import NORMAL
from party.operations.confidentiality.permissions import records_only


class ILevelled(Interface):
    """Has a confidentiality level and is read only through grants."""


@implementer(ILevelled)
class Levelled:
    """The level and the one seam through which the content of a record is read."""

    #: độ mật
    level = NORMAL

    def reveal(self, field: str) -> Any:
        """The value of ``field`` for who may see this object; at ``normal`` the stock attribute holds it."""
        return getattr(self, field)


@records_only
class LevelledItem(Levelled, Item):
    """A record without children."""


@records_only
class LevelledContainer(Levelled, Container):
    """A record with children."""
