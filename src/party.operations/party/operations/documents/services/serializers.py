"""The stock JSON of a document's address (địa chỉ văn bản): our facts when it is read, nothing when it is written."""

from typing import Any

from plone.restapi.interfaces import IDeserializeFromJson
from plone.restapi.interfaces import ISerializeToJson
from zope.component import adapter
from zope.interface import implementer

from party.operations.documents import access
from party.operations.documents.content import IDocument
from party.operations.documents.content import IRegister
from party.operations.documents.services import facts
from party.operations.documents.services.registers import get
from party.operations.interfaces import IPartyLayer
from party.operations.rest.writing import only_operations
from party.operations.rest.writing import plain


class _Adapter:
    def __init__(self, context: Any, request: Any) -> None:
        self.context = context


@implementer(ISerializeToJson)
@adapter(IDocument, IPartyLayer)
class DocumentToJson(_Adapter):
    """GET on the address of a document."""

    def __call__(self, **options: Any) -> dict[str, Any]:
        """The same facts as ``/@documents/<uid>``, for who may read it."""
        return plain(facts.of(access.readable(self.context.UID())))


@implementer(ISerializeToJson)
@adapter(IRegister, IPartyLayer)
class RegisterToJson(_Adapter):
    """GET on the address of a register."""

    def __call__(self, **options: Any) -> dict[str, Any]:
        """The same facts as in ``/@registers``."""
        return get.plain(self.context)


@implementer(IDeserializeFromJson)
@adapter(IDocument, IPartyLayer)
class DocumentNotFromJson(_Adapter):
    """Stock PATCH and import of a document."""

    def __call__(self, **options: Any) -> None:
        """Refuse."""
        only_operations()


@implementer(IDeserializeFromJson)
@adapter(IRegister, IPartyLayer)
class RegisterNotFromJson(DocumentNotFromJson):
    """Stock PATCH and import of a register."""
