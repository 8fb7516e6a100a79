"""Taking back what was just done (hoàn tác): the offer on the page, and the form behind it."""

from dataclasses import dataclass
from typing import Any

from party.operations import _
from party.operations.documents import operations
from party.operations.documents.operations import undoing
from party.operations.documents.views.base import DocumentForm
from party.operations.ledger import clock
from party.operations.ui.forms import INothing


#: what was done, as the offer says it
DONE = {
    "transfer": _("Passed on."),
    "submit_for_review": _("Submitted for review."),
    "complete_slip": _("Your part is done."),
    "finish_incoming": _("The document is done."),
    "file_incoming": _("Filed."),
}


@dataclass(frozen=True)
class Offer:
    """What may be taken back, and for how many seconds more the page says so."""

    event: int
    said: str
    seconds: int


def offer(uid: str) -> Offer | None:
    """What the person who looks has just done to a document, if it can be undone."""
    last = undoing.undoable(uid)
    if not last:
        return None
    left = (last.at + undoing.OFFERED - clock.now()).total_seconds()
    return Offer(last.id, DONE[last.operation], max(1, round(left))) if left > 0 else None


class Undo(DocumentForm):
    """Take back the act that the page named."""

    schema = INothing
    label = _("Undo")
    hint = _("It is as it was before. Both steps stand in the journal.")
    submit_label = _("Undo")
    done = _("Undone.")

    def update(self) -> None:
        """Say why not before the form is drawn."""
        if self.request.get("REQUEST_METHOD") != "POST":
            answer = undoing.undoable(self.uid)
            self.refusal = "" if answer else self.say(answer.reason)
        super().update()

    def act(self, data: dict[str, Any]) -> None:
        """Take it back."""
        event = str(self.request.form.get("event", ""))
        operations.undo(self.uid, int(event) if event.isdecimal() else None)
