"""Registers and documents (sổ, văn bản đến, văn bản đi) as Dexterity types.

The trích yếu is the ``title``. A document is opened by :func:`.access.readable` before anything of it is read.
"""

from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from datetime import datetime
from typing import Any

from persistent.mapping import PersistentMapping
from plone.dexterity.content import Item
from plone.supermodel import model
from zope import schema
from zope.interface import implementer

from party.operations import _
from party.operations.confidentiality.base import LevelledItem
from party.operations.confidentiality.permissions import seen_by_everybody
from party.operations.documents.files import DocumentFile


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
    """What both directions share: files and the unit whose book they belong to.

    What stands in :attr:`SEALED` is sealed at a classified level; the rest is known of every object.
    """

    SEALED = LevelledItem.SEALED | {"type", "urgency", "deadline", "pages", "copies", "note", "classification"}

    unit = ""
    #: the revision of the ledger's row when this object was last written with it
    revision = 1
    type = ""
    deadline = None
    pages = None
    copies = None
    note = ""
    urgency = "normal"
    #: :class:`Classification` of a classified document
    classification = None

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        #: the bytes of its files by their ids
        self.blobs = PersistentMapping()

    def files(self) -> list[DocumentFile]:
        """The files to read now (tệp văn bản)."""
        raise NotImplementedError


@dataclass(frozen=True)
class Classification:
    """Why and until when a document is classified (xác định độ mật), and what may be done with it."""

    #: căn cứ: the point of the list of secrets
    basis: str
    #: thời hạn bảo vệ: the day it would end, which ends nothing by itself
    protected_until: date
    #: who proposed the level, and who decided it ("" while nobody has)
    proposed_by: str
    decided_by: str = ""
    decided_on: date | None = None
    #: may copies be made (được sao, chụp)?
    copying: bool = False


@implementer(IIncomingDocument)
class IncomingDocument(Document):
    """A document that arrived."""

    SEALED = Document.SEALED | {
        *("register", "issuer", "issuer_unit", "number_symbol", "document_date", "arrival_date", "signer"),
        *("paper_follows", "source", "source_document", "source_version", "own_files"),
    }

    register = ""
    issuer = ""
    issuer_unit = ""
    number_symbol = ""
    document_date = None
    arrival_date = None
    signer = ""
    paper_follows = False
    #: typed, internal or exchange; what came from inside cannot be edited
    source = "typed"
    #: uid and version number of the sender's frozen version, whose files are read without a copy
    source_document = ""
    source_version = 0
    own_files = ()

    def files(self) -> list[DocumentFile]:
        """Files uploaded here, or those of the frozen version this document was made from."""
        return list(self.own_files)


@dataclass(frozen=True)
class Version:
    """One version of a draft (bản dự thảo). A frozen version never changes again."""

    number: int
    files: tuple[DocumentFile, ...]
    author: str
    at: datetime
    note: str
    frozen: bool = False


@implementer(IOutgoingDocument)
class OutgoingDocument(Document):
    """A document of this unit, from draft to issue."""

    SEALED = Document.SEALED | {
        *("suffix", "drafter", "drafting_unit", "replies_to", "replaces", "number_symbol", "issue_date"),
        *("signature", "versions", "recipients"),
    }

    suffix = ""
    drafter = ""
    drafting_unit = ""
    replies_to = ""
    replaces = ""
    number_symbol = ""
    issue_date = None
    signature = None
    versions = ()
    #: whom it will be sent to, as :mod:`.recipients` reads it
    recipients = ()

    def version(self, number: int) -> Version:
        """The version of that number (1 is the first)."""
        return self.versions[number - 1]

    def latest(self) -> Version:
        """The newest version."""
        return self.versions[-1]

    def freeze(self) -> Version:
        """Let the newest version never change again, and return it."""
        self.versions = (*self.versions[:-1], replace(self.latest(), frozen=True))
        return self.latest()

    def files(self) -> list[DocumentFile]:
        """The files of the newest version."""
        return list(self.latest().files) if self.versions else []
