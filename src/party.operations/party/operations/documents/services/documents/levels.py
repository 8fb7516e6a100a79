"""The verbs of ``/@documents/<uid>/…`` about the level (độ mật), and the list of what is soon no longer protected."""

from collections.abc import Callable
from typing import Any

from party.operations.documents import expiry
from party.operations.documents import operations
from party.operations.documents.services import facts
from party.operations.rest import shapes
from party.operations.rest.endpoints import Call
from party.operations.rest.shapes import Shape


Act = Callable[[Call, str, dict[str, Any]], dict[str, Any]]

_LEVEL = shapes.text("normal, secret or top-secret, in any spelling; Tuyệt mật is refused.")
_REASON = shapes.text("For the people concerned.")
_BASIS = shapes.text("The list of secrets and its point.", longest=500)


def _decide(call: Call, uid: str, body: dict[str, Any]) -> dict[str, Any]:
    operations.decide_level(uid, seen=call.seen, **body)
    return {}


def _raise(call: Call, uid: str, body: dict[str, Any]) -> dict[str, Any]:
    operations.raise_level(uid, seen=call.seen, **body)
    return {}


def _propose(call: Call, uid: str, body: dict[str, Any]) -> dict[str, Any]:
    return {"proposal": operations.propose_lower(uid, seen=call.seen, **body)}


def _confirm(call: Call, uid: str, body: dict[str, Any]) -> dict[str, Any]:
    operations.confirm_lower(uid, seen=call.seen, **body)
    return {}


def _withdraw(call: Call, uid: str, body: dict[str, Any]) -> dict[str, Any]:
    operations.withdraw_found(uid, body["reason"])
    return {}


def _acknowledge(call: Call, uid: str, body: dict[str, Any]) -> dict[str, Any]:
    operations.acknowledge_level(uid)
    return {}


#: verb: (in words, what it does, its body, what it answers beside where the document stands)
VERBS: dict[str, tuple[str, Act, Shape, dict[str, Shape]]] = {
    "decide-level": (
        "Decide the level that was proposed, a higher one, or a longer protection (quyết định độ mật).",
        _decide,
        shapes.record(
            required=("level", "basis"),
            level=_LEVEL,
            basis=_BASIS,
            copying=shapes.flag("May copies be made?"),
            protected_until=shapes.day("The longest that the law allows from today, when left out."),
        ),
        {},
    ),
    "raise-level": (
        "Raise the level at once, at every recipient too (nâng độ mật).",
        _raise,
        shapes.record(required=("level", "reason"), level=_LEVEL, reason=_REASON, basis=_BASIS),
        {},
    ),
    "propose-lower": (
        "Propose a lower level or none; another person decides (đề nghị hạ, giải mật).",
        _propose,
        shapes.record(required=("level", "reason", "basis"), level=_LEVEL, reason=_REASON, basis=_BASIS),
        {"proposal": shapes.whole("Id of the proposal.")},
    ),
    "confirm-lower": (
        "Agree to the lower level that somebody else proposed, or keep the present one (hạ độ mật, giải mật).",
        _confirm,
        shapes.record(agree=shapes.flag("Left out: yes."), reason=shapes.text("Needed when the level is kept.")),
        {},
    ),
    "withdraw-found": (
        "Report a secret that stands here in the clear: it is hidden from everybody at once (báo phát hiện bí mật).",
        _withdraw,
        shapes.record(required=("reason",), reason=shapes.text("Without the secret itself.")),
        {},
    ),
    "acknowledge-level": (
        "Take note that the sender changed the level (đã biết thay đổi độ mật).",
        _acknowledge,
        shapes.record(),
        {},
    ),
}


def expiring(call: Call) -> dict[str, Any]:
    """Documents you may read whose protection ends within a year or is over, what ends first before the others."""
    page = expiry.expiring(call.query.get("after", ""))
    return {"items": facts.listed(page.rows), "after": page.following}
