"""What recipients and senders do with one routing slip (phiếu chuyển): ``/d/<uid>/@@slip?id=<slip>&do=<verb>``."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from AccessControl import getSecurityManager
from zope.interface import Interface
from zope.publisher.interfaces import NotFound

from party.operations import _
from party.operations.documents import operations
from party.operations.documents.operations.routing import slip_row
from party.operations.documents.views.base import DocumentForm
from party.operations.documents.views.verbs import IReason
from party.operations.documents.views.verbs import IResult
from party.operations.ledger.errors import Missing
from party.operations.ui.forms import INothing
from party.operations.ui.pages import Page


@dataclass(frozen=True)
class Verb:
    """One thing to do with a slip: the words of its form and the operation."""

    label: str
    hint: str
    submit_label: str
    done: str
    schema: type[Interface]
    act: Callable[[int, dict[str, Any]], None]


VERBS = {
    "start": Verb(
        _("Begin to deal with it"),
        _("Who passed it on sees that you have taken it up."),
        _("Begin"),
        _("You have taken it up."),
        INothing,
        lambda slip, data: operations.start_slip(slip),
    ),
    "complete": Verb(
        _("Finish my part"),
        "",
        _("Finish"),
        _("Your part is done."),
        IResult,
        lambda slip, data: operations.complete_slip(slip, data["result"] or ""),
    ),
    "return": Verb(
        _("Give back to who passed it on"),
        _("You will no longer see the document unless it is passed to you again."),
        _("Give back"),
        _("Given back."),
        IReason,
        lambda slip, data: operations.return_slip(slip, data["reason"]),
    ),
    "recall": Verb(
        _("Take back what was passed on"),
        _("This is possible while nobody has read it. The recipient no longer sees the document."),
        _("Take back"),
        _("Taken back."),
        INothing,
        lambda slip, data: operations.recall_slip(slip),
    ),
}


class SlipForm(DocumentForm):
    """The form of one verb for one slip of this document."""

    def update(self) -> None:
        """Find the slip and what to do with it."""
        self.slip = str(self.request.get("id", ""))
        found = VERBS.get(str(self.request.get("do", "")))
        if found is None or not self.slip.isdigit() or not self._belongs_here():
            raise NotFound(self.context, self.__name__, self.request)
        self.chosen = found
        self.schema = found.schema
        self.label, self.hint = found.label, found.hint
        self.submit_label, self.done = found.submit_label, found.done
        super().update()

    @property
    def action(self) -> str:
        """The slip and the verb stay in the address."""
        return f"{self.address}/@@slip?id={self.slip}&do={self.request.get('do')}"

    def perform(self, data: dict[str, Any]) -> str:
        """Do it; who gave the document back cannot return to it."""
        self.chosen.act(int(self.slip), data)
        still_mine = getSecurityManager().checkPermission("View", self.context)
        return self.address if still_mine else f"{self.home}/@@desk"

    def _belongs_here(self) -> bool:
        try:
            return slip_row(int(self.slip)).document == self.uid
        except Missing:
            return False


class MarkRead(Page):
    """What was shown is read: a POST from the page that was shown, ``slips`` being ids with commas between them."""

    def __call__(self) -> str:
        """Mark the slips of the person who asks; a GET is refused."""
        response = self.request.response
        if self.request.get("REQUEST_METHOD") != "POST":
            response.setStatus(405)
            response.setHeader("Allow", "POST")
            return ""
        ids = [int(each) for each in str(self.request.form.get("slips", "")).split(",") if each.isdigit()]
        operations.mark_read(ids)
        response.setStatus(204)
        return ""
