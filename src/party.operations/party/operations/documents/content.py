"""Registers and documents (sổ, văn bản đến, văn bản đi) as Dexterity types.

The trích yếu is the ``title``. Content is read through :meth:`Levelled.reveal` and :meth:`files`, never by attribute.
"""

from typing import Any

from persistent import Persistent
from persistent.list import PersistentList
from plone.dexterity.content import Item
from plone.supermodel import model
from zope import schema
from zope.interface import implementer

from party.operations import _
from party.operations.confidentiality.base import LevelledItem
from party.operations.confidentiality.levels import NORMAL
from party.operations.confidentiality.permissions import seen_by_everybody


class IRegister(model.Schema):
    """Sổ văn bản: the settings of one book; its list is in the ledger."""

    title = schema.TextLine(title=_("Name"), max_length=200)
    direction = schema.Choice(title=_("Direction"), values=("incoming", "outgoing"))
    closed = schema.Bool(title=_("Closed"), required=False, default=False)


@implementer(IRegister)
@seen_by_everybody
class Register(Item):
    """A book of a unit."""

    closed = False


class IDocument(model.Schema):
    """What both directions share."""

    title = schema.Text(title=_("Abstract"), max_length=1000)
    type = schema.Choice(title=_("Document type"), vocabulary="party.operations.document_types")
    urgency = schema.Choice(title=_("Urgency"), vocabulary="party.operations.urgencies", default="normal")
    deadline = schema.Date(title=_("Deadline"), required=False)
    pages = schema.Int(title=_("Pages"), required=False, min=1, max=9999)
    copies = schema.Int(title=_("Copies"), required=False, min=1, max=99999)
    note = schema.Text(title=_("Note"), required=False, default="", max_length=2000)


class IIncomingDocument(IDocument):
    """Văn bản đến."""

    issuer = schema.TextLine(title=_("Issuer"), max_length=300)
    number_symbol = schema.TextLine(title=_("Number and symbol"), required=False, default="", max_length=80)
    document_date = schema.Date(title=_("Date of document"), required=False)
    arrival_date = schema.Date(title=_("Date of arrival"))
    signer = schema.TextLine(title=_("Signer"), required=False, default="", max_length=200)
    paper_follows = schema.Bool(title=_("Paper original follows"), required=False, default=False)


class IOutgoingDocument(IDocument):
    """Văn bản đi."""

    suffix = schema.TextLine(
        title=_("Series suffix"),
        description=_("Only for a separate series, such as “nb”."),
        required=False,
        default="",
        max_length=20,
    )


class Document(LevelledItem):
    """What both directions share: files and the unit whose book they belong to."""

    unit = ""
    #: the revision of the ledger's row when this object was last written with it
    revision = 1
    deadline = None
    pages = None
    copies = None
    note = ""
    urgency = "normal"
    level = NORMAL

    def files(self) -> list[Any]:
        """The files to read now, as :class:`.files.DocumentFile` (tệp văn bản)."""
        raise NotImplementedError


@implementer(IIncomingDocument)
class IncomingDocument(Document):
    """A document that arrived."""

    register = ""
    issuer_unit = ""
    number_symbol = ""
    document_date = None
    signer = ""
    paper_follows = False
    #: typed, internal or exchange; what came from inside cannot be edited
    source = "typed"
    #: uid and version number of the sender's frozen version, whose files are read without a copy
    source_document = ""
    source_version = 0

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.own_files = PersistentList()

    def files(self) -> list[Any]:
        """Files uploaded here, or those of the frozen version this document was made from."""
        if self.source_document:
            from party.operations.documents.access import unrestricted

            return [*unrestricted(self.source_document).version(self.source_version).files, *self.own_files]
        return list(self.own_files)


class Version(Persistent):
    """One version of a draft (bản dự thảo). A frozen version never changes again."""

    def __init__(self, number: int, files: list[Any], author: str, at: Any, note: str) -> None:
        self.number = number
        self.files = PersistentList(files)
        self.author = author
        self.at = at
        self.note = note
        self.frozen = False


@implementer(IOutgoingDocument)
class OutgoingDocument(Document):
    """A document of this unit, from draft to issue."""

    suffix = ""
    drafter = ""
    drafting_unit = ""
    replies_to = ""
    replaces = ""
    number_symbol = ""
    issue_date = None
    signature = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.versions = PersistentList()
        #: whom it will be sent to, as :mod:`.recipients` reads it
        self.recipients = PersistentList()

    def version(self, number: int) -> Version:
        """The version of that number (1 is the first)."""
        return self.versions[number - 1]

    def latest(self) -> Version:
        """The newest version."""
        return self.versions[-1]

    def files(self) -> list[Any]:
        """The files of the newest version."""
        return list(self.latest().files) if self.versions else []
