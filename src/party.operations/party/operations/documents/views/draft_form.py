"""What the forms of outgoing documents share: their page, with room for more than plain fields."""

from typing import Any

from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from Products.statusmessages.interfaces import IStatusMessage

from party.operations import _
from party.operations.documents import policy
from party.operations.documents.views.base import DocumentForm


#: warnings told one by one after an act; the page of deliveries shows them all
TOLD = 3


class OutgoingForm(DocumentForm):
    """A form for one verb of the policy on an outgoing document; ``before`` and ``after`` stand around its fields."""

    template = ViewPageTemplateFile("templates/draft_form.pt")
    #: markup before and after the fields: a page template or a text
    before: Any = ""
    after: Any = ""

    @property
    def label(self) -> str:
        """The word of the policy."""
        return policy.OUTGOING[self.verb].label

    submit_label = label

    def warn(self, warnings: list[str]) -> None:
        """Tell what was done but needs looking after."""
        messages = IStatusMessage(self.request)
        for each in warnings[:TOLD]:
            messages.addStatusMessage(self.say(each), type="warning")
        if len(warnings) > TOLD:
            more = _(
                "${count} more recipients need a call: see the deliveries.", mapping={"count": len(warnings) - TOLD}
            )
            messages.addStatusMessage(self.say(more), type="warning")
