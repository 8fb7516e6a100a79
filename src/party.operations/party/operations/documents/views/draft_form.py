"""What the forms of outgoing documents share: their page, with room for more than plain fields."""

from typing import Any

from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from Products.statusmessages.interfaces import IStatusMessage

from party.operations import _
from party.operations.documents import policy
from party.operations.documents.views.base import DocumentForm


#: warnings told after an act; the page of deliveries shows them all
TOLD = 3


class OutgoingForm(DocumentForm):
    """A form for one verb of the policy on an outgoing document; ``before`` stands before its fields."""

    template = ViewPageTemplateFile("templates/draft_form.pt")
    #: what stands before the fields: a page template or a text
    before: Any = ""
    #: what an operation said needs looking after
    warnings: tuple[str, ...] = ()

    @property
    def label(self) -> str:
        """The word of the policy."""
        return policy.OUTGOING[self.verb].label

    submit_label = label

    def warn(self, warnings: list[str]) -> None:
        """Keep what needs looking after, to be told after what was done."""
        self.warnings = tuple(self.say(each) for each in warnings)

    def redirect(self, address: str) -> str:
        """Go on, with the warnings in one message."""
        told, more = list(self.warnings[:TOLD]), len(self.warnings) - TOLD
        if more > 0:
            told.append(
                self.say(_("${count} more recipients need a call: see the deliveries.", mapping={"count": more}))
            )
        if told:
            IStatusMessage(self.request).addStatusMessage(" ".join(told), type="warning")
        return super().redirect(address)
