"""A record as an export holds it (bản ghi kết xuất): the envelope of collective.exportimport and all attributes."""

from typing import Any

from plone.restapi.interfaces import ISerializeToJson
from plone.uuid.interfaces import IUUID
from zope.component import adapter
from zope.component.hooks import getSite
from zope.interface import implementer

from party.operations.documents.content import IDocument
from party.operations.documents.content import IRegister
from party.operations.exportimport.interfaces import IExportRequest
from party.operations.exportimport.state import encode
from party.operations.organization.content import IShelf
from party.operations.organization.content import IUnit
from party.operations.organization.records import state_of


class _Record:
    def __init__(self, context: Any, request: Any) -> None:
        self.context = context
        self.request = request

    def __call__(self, **options: Any) -> dict[str, Any]:
        """Identity, place and state; :class:`.exporting.Exporter` adds the rows."""
        obj, container = self.context, self.context.__parent__
        below = container.getPhysicalPath()[len(getSite().getPhysicalPath()) :]
        return {
            "@id": obj.absolute_url(),
            "@type": obj.portal_type,
            "UID": IUUID(obj),
            "id": obj.id,
            "parent": {"@id": container.absolute_url(), "@type": container.portal_type},
            "container": "/".join(below),
            "state": encode(state_of(obj), self.request["party.export.folder"]),
        }


@implementer(ISerializeToJson)
@adapter(IUnit, IExportRequest)
class UnitRecord(_Record):
    """A unit."""


@implementer(ISerializeToJson)
@adapter(IShelf, IExportRequest)
class ShelfRecord(_Record):
    """A folder of documents."""


@implementer(ISerializeToJson)
@adapter(IRegister, IExportRequest)
class RegisterRecord(_Record):
    """A book."""


@implementer(ISerializeToJson)
@adapter(IDocument, IExportRequest)
class DocumentRecord(_Record):
    """A document."""
