"""The forms of an incoming document's verbs: correct, refuse, return, finish, reopen, file, comment."""

from typing import Any

from zope import schema
from zope.interface import Interface
from zope.schema import getFieldNames

from party.operations import _
from party.operations.documents import operations
from party.operations.documents.content import IIncomingDocument
from party.operations.documents.views.base import DocumentForm
from party.operations.documents.views.registering import LAYOUT
from party.operations.ui.forms import INothing
from party.operations.ui.suggest import suggest_widget


class IReason(Interface):
    """Why."""

    reason = schema.Text(title=_("Reason"), description=_("The other side reads it."), max_length=1000)


class IResult(Interface):
    """What came of it."""

    result = schema.Text(title=_("Result"), required=False, default="", max_length=1000)


class IComment(Interface):
    """What one has to say."""

    text = schema.Text(title=_("Comment"), max_length=4000)


class Change(DocumentForm):
    """Correct what was entered."""

    verb = "change"
    schema = IIncomingDocument
    ignoreContext = False
    layout = LAYOUT
    label = _("Correct the entry")
    hint = _("The arrival number stays. Every correction stands in the journal.")

    def updateFields(self) -> None:
        """The issuer is completed as when it was registered."""
        super().updateFields()
        self.fields["issuer"].widgetFactory = suggest_widget("@@issuers.json")

    def getContent(self) -> dict[str, Any]:
        """What stands there now."""
        return {name: self.document.reveal(name) for name in getFieldNames(IIncomingDocument)}

    def act(self, data: dict[str, Any]) -> None:
        """Correct the fields."""
        operations.change_incoming(
            self.uid, seen=self.seen, **{name: data[name] for name in getFieldNames(IIncomingDocument)}
        )


class Refuse(DocumentForm):
    """Refuse what was taken in."""

    verb = "refuse"
    schema = IReason
    label = _("Refuse the document")
    hint = _("It gets no arrival number. The reason stays in the journal.")
    submit_label = _("Refuse")
    done = _("Refused.")

    def act(self, data: dict[str, Any]) -> None:
        """Refuse it."""
        operations.refuse_incoming(self.uid, data["reason"], seen=self.seen)


class Return(DocumentForm):
    """Return a registered document to its sender."""

    verb = "return"
    schema = IReason
    label = _("Return to the sender")
    hint = _("The arrival number stays taken, and what is still in somebody's hands ends.")
    submit_label = _("Return")
    done = _("Returned to the sender.")

    def act(self, data: dict[str, Any]) -> None:
        """Return it."""
        operations.return_incoming(self.uid, data["reason"], seen=self.seen)


class Finish(DocumentForm):
    """The document needs nothing more."""

    verb = "finish"
    schema = IResult
    label = _("Close as done")
    hint = _("What is still in somebody's hands ends with it.")
    submit_label = _("Done")
    done = _("The document is done.")

    def act(self, data: dict[str, Any]) -> None:
        """Finish it."""
        operations.finish_incoming(self.uid, data["result"] or "", seen=self.seen)


class Reopen(DocumentForm):
    """Take up a finished document again."""

    verb = "reopen"
    schema = IReason
    label = _("Reopen")
    submit_label = _("Reopen")
    done = _("Reopened.")

    def act(self, data: dict[str, Any]) -> None:
        """Reopen it."""
        operations.reopen_incoming(self.uid, data["reason"], seen=self.seen)


class File(DocumentForm):
    """Put the document away."""

    verb = "file"
    schema = INothing
    label = _("File the document")
    hint = _("It needs nothing more and stays in the register. It can be reopened.")
    submit_label = _("File")
    done = _("Filed.")

    def act(self, data: dict[str, Any]) -> None:
        """File it."""
        operations.file_incoming(self.uid, seen=self.seen)


class Comment(DocumentForm):
    """Say something about a document, incoming or outgoing."""

    verb = "comment"
    schema = IComment
    label = _("Comment")
    submit_label = _("Send the comment")
    done = _("Your comment was added.")

    def perform(self, data: dict[str, Any]) -> str:
        """Comment, and go back to where the comments stand."""
        operations.comment(self.uid, data["text"])
        return f"{self.address}#comments"
