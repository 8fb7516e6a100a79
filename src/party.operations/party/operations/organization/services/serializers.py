"""The stock JSON of a unit's address (địa chỉ đơn vị): our facts when it is read, and nothing when it is written."""

from typing import Any

from plone.restapi.interfaces import IDeserializeFromJson
from plone.restapi.interfaces import ISerializeToJson
from zope.component import adapter
from zope.interface import implementer

from party.operations.interfaces import IPartyLayer
from party.operations.organization.content import IUnit
from party.operations.organization.services import facts
from party.operations.rest.writing import only_operations
from party.operations.rest.writing import plain


@implementer(ISerializeToJson)
@adapter(IUnit, IPartyLayer)
class UnitToJson:
    """GET on the address of a unit."""

    def __init__(self, context: Any, request: Any) -> None:
        self.context = context

    def __call__(self, **options: Any) -> dict[str, Any]:
        """The same facts as ``/@units/<uid>``."""
        return plain(facts.unit(self.context.UID()))


@implementer(IDeserializeFromJson)
@adapter(IUnit, IPartyLayer)
class NotFromJson:
    """Stock PATCH and import of a unit."""

    def __init__(self, context: Any, request: Any) -> None:
        self.context = context

    def __call__(self, **options: Any) -> None:
        """Refuse."""
        only_operations()
