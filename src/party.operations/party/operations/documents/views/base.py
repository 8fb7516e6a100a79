"""What pages and forms of a document share (trang, biểu mẫu của một văn bản): its address, its revision, its rule."""

from functools import cached_property
from typing import Any

from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile

from party.operations.confidentiality.levels import NORMAL
from party.operations.documents import access
from party.operations.documents import rules
from party.operations.ledger import items
from party.operations.ledger.errors import Changed
from party.operations.ledger.errors import Refused
from party.operations.ui.forms import OperationForm
from party.operations.ui.pages import Page


class DocumentPart(Page):
    """Mixin: the document a page or form is about."""

    @cached_property
    def document(self) -> Any:
        """The document, opened for the person who looks."""
        return access.readable(self.uid)

    @property
    def classified(self) -> bool:
        """Is the document classified?"""
        return self.document.level != NORMAL

    @property
    def uid(self) -> str:
        """uid of the document."""
        return self.context.UID()

    @property
    def address(self) -> str:
        """The stable address of the document."""
        return f"{self.home}/d/{self.uid}"


class DocumentForm(DocumentPart, OperationForm):
    """A form for one verb of the policy on one document; subclasses name ``verb`` as well.

    Who may not do it sees the reason in place of the form. The revision the person saw goes along as ``revision``;
    ``perform`` hands it on as ``self.seen``. When somebody else was faster the form is shown again with what was typed,
    and saving it a second time is then a decision.
    """

    template = ViewPageTemplateFile("templates/form.pt")
    #: key of the verb in the policy; "" when another rule than the policy's decides
    verb = ""

    #: why the person may not do it, or ""
    refusal = ""
    changed = False

    def update(self) -> None:
        """Ask the rule before the form is drawn."""
        if self.verb and self.request.get("REQUEST_METHOD") != "POST":
            answer = rules.may(self.verb, self.document)
            self.refusal = "" if answer else self.say(answer.reason)
        super().update()

    @property
    def back(self) -> str:
        """Cancel leads to the document."""
        return self.address

    @property
    def about(self) -> str:
        """The abstract, under the title of the form."""
        return self.document.reveal("title")

    @property
    def revision(self) -> int:
        """What the form sends back as seen: the state when it was first drawn, the present one after a notice."""
        present: int = items.get(self.uid).revision
        return present if self.seen is None or self.changed else self.seen

    def show(self, refused: Refused) -> None:
        """After the notice that somebody was faster the person has seen the present state."""
        self.changed = isinstance(refused, Changed)
        super().show(refused)

    def perform(self, data: dict[str, Any]) -> str:
        """Call the operation; the way back is the document."""
        self.act(data)
        return self.address

    def act(self, data: dict[str, Any]) -> None:
        """Call the operation of the verb."""
        raise NotImplementedError
