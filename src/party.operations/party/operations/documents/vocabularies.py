"""Words of documents: types, urgency, capacities, channels, states."""

from plone.registry.interfaces import IRegistry
from zope.component import getUtility
from zope.interface import provider
from zope.schema.interfaces import IVocabularyFactory
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary

from party.operations import _
from party.operations.organization.vocabularies import vocabulary
from party.operations.text.folding import fold


#: độ khẩn (NĐ 30/2020, Điều 8)
URGENCIES = {
    "normal": _("Normal urgency"),
    "urgent": _("Urgent"),
    "very_urgent": _("Very urgent"),
    "flash": _("Flash"),
}

#: vai trò của người nhận chuyển xử lý
CAPACITIES = {"lead": _("Lead"), "support": _("Support"), "informed": _("For information")}

#: hình thức gửi
CHANNELS = {"electronic": _("Electronic"), "paper": _("Paper"), "both": _("Electronic and paper")}

#: nguồn văn bản đến
SOURCES = {
    "typed": _("Entered by the clerk"),
    "internal": _("Received inside the system"),
    "exchange": _("Exchange axis"),
}

#: trạng thái văn bản
INCOMING_STATES = {
    "received": _("Waiting to be registered"),
    "registered": _("Registered"),
    "in_progress": _("In progress"),
    "done": _("Done"),
    "filed": _("Filed"),
    "refused": _("Refused"),
    "returned": _("Returned to the sender"),
}
OUTGOING_STATES = {
    "draft": _("Draft"),
    "in_review": _("In review"),
    "approved": _("Approved, to be signed"),
    "signed": _("Signed, to be numbered"),
    "issued": _("Issued"),
    "recalled": _("Recalled"),
    "replaced": _("Replaced"),
    "cancelled": _("Cancelled"),
}
SLIP_STATES = {
    "sent": _("Sent"),
    "read": _("Read"),
    "in_progress": _("In progress"),
    "done": _("Done"),
    "returned": _("Returned"),
    "recalled": _("Recalled"),
}
REVIEW_STATES = {
    "waiting": _("Not yet asked"),
    "pending": _("Asked"),
    "approved": _("Agreed"),
    "sent_back": _("Sent back"),
    "dropped": _("No longer asked"),
}
DELIVERY_STATES = {
    "waiting": _("Waiting to be received"),
    "accepted": _("Received"),
    "refused": _("Refused"),
    "recalled": _("Recalled"),
    "replaced": _("Replaced"),
    "paper": _("Sent on paper"),
}

#: registry record with the editable list of types, lines of "regime|name|symbol"
TYPES_RECORD = "party.operations.document_types"


class DocumentType(str):
    """The key of a type with its name and symbol: ``party.cong-van`` · Công văn · CV."""

    regime: str
    name: str
    symbol: str


def document_types() -> dict[str, DocumentType]:
    """All document types by key, in the order of the editable list (loại văn bản)."""
    found = {}
    for line in getUtility(IRegistry).get(TYPES_RECORD) or ():
        regime, name, symbol = ([part.strip() for part in line.split("|")] + ["", ""])[:3]
        each = DocumentType(f"{regime}.{fold(name).replace(' ', '-')}")
        each.regime, each.name, each.symbol = regime, name, symbol
        found[str(each)] = each
    return found


def type_name(key: str) -> str:
    """The Vietnamese name of a document type, or the key when it was taken off the list."""
    known = document_types().get(key)
    return known.name if known else key


@provider(IVocabularyFactory)
def types(context: object) -> SimpleVocabulary:
    """Document types of both regimes."""
    regimes = {"party": "", "state": " (NN)"}
    return SimpleVocabulary(
        [SimpleTerm(key, key, each.name + regimes.get(each.regime, "")) for key, each in document_types().items()]
    )


@provider(IVocabularyFactory)
def urgencies(context: object) -> SimpleVocabulary:
    """Urgency."""
    return vocabulary(URGENCIES)


@provider(IVocabularyFactory)
def capacities(context: object) -> SimpleVocabulary:
    """Capacities of a routing slip."""
    return vocabulary(CAPACITIES)


@provider(IVocabularyFactory)
def channels(context: object) -> SimpleVocabulary:
    """Channels of a delivery."""
    return vocabulary(CHANNELS)
