"""The shapes of documents (khuôn dạng văn bản) in what is sent and what is answered."""

from party.operations.confidentiality.levels import LEVELS
from party.operations.documents.content import IIncomingDocument
from party.operations.documents.content import IOutgoingDocument
from party.operations.documents.vocabularies import CAPACITIES
from party.operations.documents.vocabularies import CHANNELS
from party.operations.documents.vocabularies import DELIVERY_STATES
from party.operations.documents.vocabularies import INCOMING_STATES
from party.operations.documents.vocabularies import OUTGOING_STATES
from party.operations.documents.vocabularies import REVIEW_STATES
from party.operations.documents.vocabularies import SLIP_STATES
from party.operations.organization.services.references import UNIT
from party.operations.organization.vocabularies import FUNCTIONS
from party.operations.organization.vocabularies import KINDS
from party.operations.rest import shapes
from party.operations.rest.shapes import Shape


ADDRESSEE = shapes.record(
    "Addressee",
    "A person, a unit as a whole, or a function of a unit.",
    person=shapes.text(),
    unit=UNIT,
    function=shapes.text(among=tuple(FUNCTIONS)),
    capacity=shapes.text(among=tuple(CAPACITIES)),
)
RECIPIENT = shapes.record(
    "Recipient",
    "A unit of the system, all open units of a kind (within another unit), or a name outside the system.",
    unit=UNIT,
    group=shapes.text(among=tuple(KINDS)),
    within=UNIT,
    name=shapes.text(longest=300),
    channel=shapes.text(among=tuple(CHANNELS)),
)
UPLOAD = shapes.record(
    "Upload",
    "A file: the token of `POST /@uploads`, or its name and its bytes in base64.",
    token=shapes.text(),
    filename=shapes.text(longest=300),
    data=shapes.text(),
)
FILES = shapes.many(UPLOAD)

INCOMING_FIELDS = shapes.fields(IIncomingDocument)
OUTGOING_FIELDS = shapes.fields(IOutgoingDocument)

#: what a document is classified as when it is made
LEVEL_FIELDS = {
    "level": shapes.text(
        "normal, secret (Mật) or top-secret (Tối mật), in any spelling. Tuyệt mật is refused. You need a clearance."
    ),
    "basis": shapes.text("Căn cứ: the list of secrets and its point, for what is classified.", longest=500),
}
CLASSIFICATION = shapes.record(
    "Classification",
    "Why and until when a document is classified. The end of the protection changes nothing by itself.",
    basis=shapes.text(),
    protected_until=shapes.day(),
    proposed_by=shapes.text("Id of a person."),
    decided_by=shapes.text("Id of a person, empty while nobody has decided."),
    decided_on=shapes.or_null(shapes.day()),
    copying=shapes.flag("May copies be made?"),
    lowering=shapes.or_null(
        shapes.record(
            "Lowering",
            "A lower level that waits for the decision of another person.",
            level=shapes.text(),
            reason=shapes.text(),
            basis=shapes.text(),
            proposed_by=shapes.text(),
            proposed_at=shapes.instant(),
        )
    ),
)

NAMED_FILE = shapes.record(
    "File",
    required=("@id", "id", "filename", "content_type", "size", "sha256"),
    **{
        "@id": shapes.text(),
        "id": shapes.text(),
        "filename": shapes.text(),
        "content_type": shapes.text(),
        "size": shapes.whole("Bytes."),
        "sha256": shapes.text(),
    },
)
SLIP = shapes.record(
    "Slip",
    "A routing slip: who passed the document to whom.",
    id=shapes.whole(),
    parent=shapes.or_null(shapes.whole("The slip it follows from.")),
    from_person=shapes.text(),
    from_person_name=shapes.text(),
    from_unit=shapes.text(),
    from_unit_title=shapes.text(),
    to_person=shapes.text(),
    to_person_name=shapes.text(),
    to_unit=shapes.text(),
    to_unit_title=shapes.text(),
    to_function=shapes.text(),
    capacity=shapes.text(among=tuple(CAPACITIES)),
    directive=shapes.text("Bút phê."),
    deadline=shapes.or_null(shapes.day()),
    state=shapes.text(among=tuple(SLIP_STATES)),
    sent_at=shapes.instant(),
    read_at=shapes.or_null(shapes.instant()),
    read_by=shapes.text(),
    begun_at=shapes.or_null(shapes.instant()),
    ended_at=shapes.or_null(shapes.instant()),
    ended_by=shapes.text(),
    outcome=shapes.text("Result, or the reason of a return or recall."),
)
REVIEW = shapes.record(
    "Review",
    "One reviewer of one round.",
    id=shapes.whole(),
    round=shapes.whole(),
    position=shapes.whole(),
    to_person=shapes.text(),
    to_person_name=shapes.text(),
    to_unit=shapes.text(),
    to_unit_title=shapes.text(),
    to_function=shapes.text(),
    state=shapes.text(among=tuple(REVIEW_STATES)),
    version=shapes.or_null(shapes.whole()),
    comment=shapes.text(),
    decided_by=shapes.text(),
    decided_by_name=shapes.text(),
    asked_at=shapes.or_null(shapes.instant()),
    decided_at=shapes.or_null(shapes.instant()),
)
COMMENT = shapes.record(
    "Comment",
    id=shapes.whole(),
    version=shapes.or_null(shapes.whole()),
    author=shapes.text(),
    author_name=shapes.text(),
    at=shapes.instant(),
    text=shapes.text(),
)
DELIVERY = shapes.record(
    "Delivery",
    "The sending of an issued document to one recipient.",
    **{
        "@id": shapes.text(),
        "id": shapes.whole(),
        "document": shapes.text("uid of what was sent."),
        "sender": shapes.text("uid of the sending unit."),
        "recipient": shapes.text("uid of the receiving unit, empty outside the system."),
        "recipient_name": shapes.text(),
        "channel": shapes.text(among=tuple(CHANNELS)),
        "state": shapes.text(among=tuple(DELIVERY_STATES)),
        "stage": shapes.whole("How far it has gone up because nobody accepted it."),
        "sent_at": shapes.instant(),
        "decided_at": shapes.or_null(shapes.instant()),
        "decided_by_name": shapes.text(),
        "reason": shapes.text(),
    },
)
_VERSION = shapes.record(
    "Version",
    number=shapes.whole(),
    author=shapes.text(),
    at=shapes.instant(),
    note=shapes.text(),
    frozen=shapes.flag("Issued: it never changes again."),
    files=shapes.many(NAMED_FILE),
)
_ACTION = shapes.record(
    "Action",
    required=("@id", "verb", "label", "allowed", "reason"),
    **{
        "@id": shapes.text("Where to POST it."),
        "verb": shapes.text(),
        "label": shapes.text(),
        "allowed": shapes.flag(),
        "reason": shapes.or_null(shapes.text("Why it is not allowed now.")),
    },
)

_BRIEF: dict[str, Shape] = {
    "@id": shapes.text(),
    "uid": shapes.text(),
    "direction": shapes.text(among=("incoming", "outgoing")),
    "state": shapes.text(among=tuple(dict.fromkeys([*INCOMING_STATES, *OUTGOING_STATES]))),
    "revision": shapes.whole("Send it back with a change."),
    "arrival_number": shapes.or_null(shapes.whole("Số đến; 0 for a document of a past register that had none.")),
    "arrival_letters": shapes.text("What follows the number in a past register: “a” of 15a."),
    "number_symbol": shapes.text("Số, ký hiệu."),
}
_REQUIRED = ("@id", "uid", "direction", "state", "revision")
#: where a document stands, after an operation
BRIEF = shapes.record("DocumentBrief", required=_REQUIRED, **_BRIEF)
DOCUMENT = shapes.record(
    "Document",
    "What the person who asks may see. Who only received an issued document sees nothing of how it came about.",
    required=(*_REQUIRED, "title", "unit", "files", "actions"),
    **{
        **INCOMING_FIELDS,
        **OUTGOING_FIELDS,
        **_BRIEF,
        "level": shapes.text(among=tuple(LEVELS)),
        "classification": shapes.or_null(CLASSIFICATION),
        "unit": shapes.record("UnitName", uid=shapes.text(), title=shapes.text()),
        "type_name": shapes.text(),
        "issuer_unit": shapes.text("uid, when the issuer is a unit of the system."),
        "register": shapes.text("uid of the register."),
        "period": shapes.text(),
        "source": shapes.text(),
        "passed_on": shapes.or_null(shapes.day()),
        "passed_to": shapes.text(),
        "answered_by": shapes.text(),
        "withdrawn": shapes.text("Why the sender took it back."),
        "level_notice": shapes.text(
            "The level the sender gave it since it was received, until that was taken note of."
        ),
        "drafting_unit": shapes.text(),
        "drafter": shapes.record("PersonName", id=shapes.text(), full_name=shapes.text()),
        "number": shapes.or_null(shapes.whole()),
        "issue_date": shapes.or_null(shapes.day()),
        "signature": {"type": ["object", "null"], "description": "Who signed which version, how and when."},
        "recipients": shapes.text("Nơi nhận."),
        "recipient_list": shapes.many(RECIPIENT),
        "replies_to": shapes.text(),
        "replaces": shapes.text(),
        "files": shapes.many(NAMED_FILE),
        "versions": shapes.many(_VERSION),
        "slips": shapes.many(SLIP, "In the order in which they were sent."),
        "reviews": shapes.many(REVIEW),
        "comments": shapes.many(COMMENT),
        "deliveries": shapes.mapping(shapes.whole(), "How many are in which state; the list is at …/deliveries."),
        "actions": shapes.many(_ACTION),
    },
)
#: lines of registers and trays; which columns stand there depends on the list
LINES = shapes.record(
    "Lines",
    required=("items", "after"),
    items=shapes.many({"type": "object", "required": ["@id", "uid"]}),
    after=shapes.or_null(shapes.text("`after` of the next page, null at the end.")),
    before=shapes.or_null(shapes.text("`before` of the page before, null at the start; not everywhere.")),
)
EVENT = shapes.record(
    "Event",
    required=("at", "actor", "operation"),
    at=shapes.instant(),
    actor=shapes.text(),
    actor_name=shapes.text(),
    acting_for=shapes.text(),
    operation=shapes.text(),
    unit=shapes.text(),
    diff=shapes.mapping({"type": "array"}, "Field → [before, after]."),
    details={"type": "object"},
)


def brief_with(**more: Shape) -> Shape:
    """Where a document stands, and what else an operation answers."""
    return shapes.both(BRIEF, **more)
