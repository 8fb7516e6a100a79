"""How much awaits the person (số lượng đang chờ): on the desk, in the rail, and for pages that stay open."""

import hashlib
import json
from typing import Any

from zope.annotation.interfaces import IAnnotations
from zope.globalrequest import getRequest

from party.operations.confidentiality import actor
from party.operations.confidentiality import gate
from party.operations.confidentiality import principals
from party.operations.documents import trays
from party.operations.ui.pages import Page


_KEPT = "party.operations.desk.counts"
#: trays that repeat what lies in others, or hold one's own work in hand
_NOT_AWAITING = ("overdue", "my_drafts")
#: what the entries of the rail count
_INCOMING = ("to_receive", "to_register", "to_pass_on")
_OUTGOING = ("to_review", "to_sign", "to_issue")


def counts() -> dict[str, int]:
    """Rows of each tray for who acts, and three sums: ``awaiting``, ``incoming``, ``outgoing``; one query a request."""
    kept = IAnnotations(getRequest(), {})
    if kept.get(_KEPT, ("", {}))[0] != actor.current():
        waiting = trays.counts()
        sums = {
            "awaiting": sum(count for name, count in waiting.items() if name not in _NOT_AWAITING),
            "incoming": sum(waiting[name] for name in _INCOMING),
            "outgoing": sum(waiting[name] for name in _OUTGOING),
        }
        kept[_KEPT] = (actor.current(), waiting | sums)
    found: dict[str, int] = kept[_KEPT][1]
    return found


class Counts(Page):
    """The same numbers as JSON, with a tag by which they are not sent twice.

    Who may see anything classified gets them without a tag, so that no cache learns from them.
    """

    def __call__(self) -> Any:
        """``{"counts": {name: number}}``, or 304."""
        response = self.request.response
        body = json.dumps({"counts": counts()})
        response.setHeader("Content-Type", "application/json")
        if len(principals.levels_of(actor.current())) > 1:
            gate.keep_from_caches(self.request)
            return body
        tag = f'"{hashlib.sha256(f"{actor.current()} {body}".encode()).hexdigest()[:20]}"'
        response.setHeader("Cache-Control", "private, no-cache")
        response.setHeader("ETag", tag)
        if self.request.get("HTTP_IF_NONE_MATCH", "") == tag:
            response.setStatus(304)
            return ""
        return body
