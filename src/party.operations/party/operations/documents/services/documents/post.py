"""POST /@documents/<uid>/<verb>: everything that is done to a document, each verb of the policy one endpoint."""

from collections.abc import Callable
from typing import Any

from party.operations.documents import access
from party.operations.documents import operations
from party.operations.documents.services import addressed
from party.operations.documents.services import facts
from party.operations.documents.services.documents import copying
from party.operations.documents.services.documents import levels
from party.operations.documents.services.shapes import ADDRESSEE
from party.operations.documents.services.shapes import brief_with
from party.operations.documents.services.shapes import FILES
from party.operations.documents.services.shapes import INCOMING_FIELDS
from party.operations.documents.services.shapes import OUTGOING_FIELDS
from party.operations.documents.services.shapes import RECIPIENT
from party.operations.documents.services.uploaded import staged
from party.operations.ledger import items
from party.operations.ledger import turn
from party.operations.rest import shapes
from party.operations.rest.endpoints import Call
from party.operations.rest.endpoints import Endpoint
from party.operations.rest.service import Service
from party.operations.rest.shapes import Shape


Act = Callable[[Call, str, dict[str, Any]], dict[str, Any]]

_REASON = shapes.record(required=("reason",), reason=shapes.text("For the people concerned."))
_DIRECTIVE = {"directive": shapes.text("Bút phê."), "deadline": shapes.day()}
_SLIPS = {"slips": shapes.many(shapes.whole(), "Ids of the new slips.")}
_WARNINGS = {"warnings": shapes.many(shapes.text(), "Sentences about recipients whom nobody serves today.")}


def _plainly(operation: Callable[..., Any]) -> Act:
    """Call an operation whose parameters are the fields of the body, and answer nothing of its own."""

    def act(call: Call, uid: str, body: dict[str, Any]) -> dict[str, Any]:
        operation(uid, seen=call.seen, **body)
        return {}

    return act


def _register(call: Call, uid: str, body: dict[str, Any]) -> dict[str, Any]:
    operations.register_incoming(document=uid, seen=call.seen, **body)
    return {}


def _change(call: Call, uid: str, body: dict[str, Any]) -> dict[str, Any]:
    if access.readable(uid).portal_type == "IncomingDocument":
        operations.change_incoming(uid, seen=call.seen, **body)
        return {}
    to = body.pop("recipients", None)
    operations.change_draft(uid, recipients=None if to is None else addressed.recipients(to), seen=call.seen, **body)
    return {}


def _comment(call: Call, uid: str, body: dict[str, Any]) -> dict[str, Any]:
    return {"comment": operations.comment(uid, body["text"])}


def _transfer(call: Call, uid: str, body: dict[str, Any]) -> dict[str, Any]:
    to = addressed.addressees(body.pop("recipients"))
    return {"slips": operations.transfer(uid, to, seen=call.seen, **body)}


def _pass_along(call: Call, uid: str, body: dict[str, Any]) -> dict[str, Any]:
    return {"slips": operations.pass_along(uid, seen=call.seen, **body)}


def _version(call: Call, uid: str, body: dict[str, Any]) -> dict[str, Any]:
    return {"version": operations.add_version(uid, body.pop("files"), seen=call.seen, **body)}


def _submit(call: Call, uid: str, body: dict[str, Any]) -> dict[str, Any]:
    asked = addressed.addressees(body.pop("reviewers", []))
    operations.submit_for_review(uid, asked, seen=call.seen, **body)
    return {}


def _issue(call: Call, uid: str, body: dict[str, Any]) -> dict[str, Any]:
    return {"warnings": operations.issue(uid, seen=call.seen, **body)}


def _send(call: Call, uid: str, body: dict[str, Any]) -> dict[str, Any]:
    return {"warnings": operations.send_to_more(uid, addressed.recipients(body["recipients"]))}


def _recall(call: Call, uid: str, body: dict[str, Any]) -> dict[str, Any]:
    operations.recall_document(uid, **body)
    return {}


def _undo(call: Call, uid: str, body: dict[str, Any]) -> dict[str, Any]:
    return {"undone": operations.undo(uid, seen=call.seen)}


#: verb: (in words, what it does, its body, what it answers beside where the document stands)
VERBS: dict[str, tuple[str, Act, Shape, dict[str, Shape]]] = {
    "register": (
        "Register a document that was taken in (vào sổ).",
        _register,
        shapes.record(register=shapes.text("uid of the register."), number=shapes.whole(least=1)),
        {},
    ),
    "change": (
        "Correct what was entered of an incoming document, or edit a draft (sửa).",
        _change,
        shapes.record(**{**INCOMING_FIELDS, **OUTGOING_FIELDS}, recipients=shapes.many(RECIPIENT)),
        {},
    ),
    "refuse": (
        "Refuse what was received but not registered (từ chối).",
        _plainly(operations.refuse_incoming),
        _REASON,
        {},
    ),
    "return": (
        "Return a registered document to its sender (trả lại).",
        _plainly(operations.return_incoming),
        _REASON,
        {},
    ),
    "finish": (
        "The document needs nothing more (hoàn thành).",
        _plainly(operations.finish_incoming),
        shapes.record(result=shapes.text()),
        {},
    ),
    "file": ("Put the document away (lưu).", _plainly(operations.file_incoming), shapes.record(), {}),
    "reopen": ("Take up a finished document again (mở lại).", _plainly(operations.reopen_incoming), _REASON, {}),
    "comment": (
        "Say something about the document (góp ý).",
        _comment,
        shapes.record(required=("text",), text=shapes.text(longest=4000)),
        {"comment": shapes.whole("Id of the comment.")},
    ),
    "transfer": (
        "Pass the document on to many at once (chuyển xử lý).",
        _transfer,
        shapes.record(required=("recipients",), recipients=shapes.many(ADDRESSEE, least=1), **_DIRECTIVE),
        _SLIPS,
    ),
    "pass-along": (
        "Pass the document on to the next step of a prepared route (chuyển theo luồng).",
        _pass_along,
        shapes.record(required=("route",), route=shapes.text("Id of the route."), **_DIRECTIVE),
        _SLIPS,
    ),
    "version": (
        "Put a new version of the files beside those before it (thêm bản dự thảo).",
        _version,
        shapes.record(required=("files",), files=FILES, note=shapes.text()),
        {"version": shapes.whole("Number of the version.")},
    ),
    "submit": (
        "Submit a draft to reviewers in their order, or along a prepared route (trình duyệt).",
        _submit,
        shapes.record(reviewers=shapes.many(ADDRESSEE), route=shapes.text("Id of the route."), comment=shapes.text()),
        {},
    ),
    "approve": (
        "Agree to the newest version (duyệt).",
        _plainly(operations.approve),
        shapes.record(comment=shapes.text()),
        {},
    ),
    "send-back": ("Send a draft back to its drafter (trả lại dự thảo).", _plainly(operations.send_back), _REASON, {}),
    "withdraw": (
        "Take a draft back from review (rút lại).",
        _plainly(operations.withdraw_from_review),
        shapes.record(),
        {},
    ),
    "sign": (
        "Record who signed the newest version on paper (ký).",
        _plainly(operations.sign),
        shapes.record(
            required=("signer",),
            signer=shapes.text("Id of a leader or head of office."),
            title=shapes.text("Chức danh."),
            authority=shapes.text("T/M, K/T, T/L …"),
            signed_on=shapes.day(),
        ),
        {},
    ),
    "issue": (
        "Take the number, freeze the signed version and send it (cấp số, ban hành).",
        _issue,
        shapes.record(issue_date=shapes.day(), number=shapes.whole("Only to follow a paper register.", least=1)),
        _WARNINGS,
    ),
    "send": (
        "Send an issued document to further recipients (gửi thêm).",
        _send,
        shapes.record(required=("recipients",), recipients=shapes.many(RECIPIENT, least=1)),
        _WARNINGS,
    ),
    "recall": ("Take an issued document back from everybody (thu hồi).", _recall, _REASON, {}),
    "cancel": ("Give up a draft (huỷ dự thảo).", _plainly(operations.cancel_draft), _REASON, {}),
    "undo": (
        "Take back what you did last, within a minute and while nothing was built on it (hoàn tác).",
        _undo,
        shapes.record(),
        {"undone": shapes.text("Name of the operation that was undone.")},
    ),
    **levels.VERBS,
}


def _endpoint(verb: str) -> Endpoint:
    says, act, body, more = VERBS[verb]

    def do(call: Call) -> dict[str, Any]:
        uid = call.path["uid"]
        with turn.turn():
            # asked before anything else: who saw an older revision is told so, not that the verb is no longer possible
            access.readable(uid)
            items.hold(uid)
            items.expect(uid, call.seen)
            return facts.brief(uid, **act(call, uid, call.body))

    within = {"within": staged} if "files" in body["properties"] else {}
    return Endpoint(f"{{uid}}/{verb}", do, brief_with(**more), body, revised=True, says=says, **within)


class Post(Service):
    """Does what is asked."""

    endpoints = (*(_endpoint(verb) for verb in VERBS), *copying.WRITING)
