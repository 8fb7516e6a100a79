"""What buttons of a plan do (nút của phương án): each a POST that calls one operation and goes back to the plan."""

from collections.abc import Callable
from typing import Any

import transaction
from Products.statusmessages.interfaces import IStatusMessage

from party.operations import _
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import Missing
from party.operations.ledger.errors import Refused
from party.operations.ledger.operation import assert_meant
from party.operations.organization import operations
from party.operations.organization.views.merging_pages import PlanPart


class MergerAction(PlanPart):
    """POST: ``do`` is the name of an action; a refusal is said on the page that one comes back to."""

    def __call__(self) -> str:
        """Do it and go back."""
        assert_meant()
        act = _ACTIONS.get(str(self.request.form.get("do", "")))
        if act is None:
            raise Missing(_("There is nothing here."))
        merger, back = self.plan.id, self.tab_url(str(self.request.form.get("tab", "")))
        try:
            said, gone = act(merger, self.request.form)
        except Refused as refused:
            transaction.abort()
            IStatusMessage(self.request).addStatusMessage(self.say(refused.message), type="error")
            return self.redirect(back)
        IStatusMessage(self.request).addStatusMessage(self.say(said), type="info")
        return self.redirect(f"{self.home}/@@mergers" if gone else back)


def _start(merger: str, form: Any) -> tuple[str, bool]:
    operations.start_merger(merger)
    return _("The plan was started. What has a date is written now, the rest on the day."), False


def _undo(merger: str, form: Any) -> tuple[str, bool]:
    operations.undo_merger(merger)
    return _("Everything that was prepared was taken back. The plan can be changed again."), False


def _continue(merger: str, form: Any) -> tuple[str, bool]:
    operations.continue_merger(merger)
    return _("The worker goes on now."), False


def _discard(merger: str, form: Any) -> tuple[str, bool]:
    operations.discard_merger(merger)
    return _("The plan was thrown away."), True


def _remove(merger: str, form: Any) -> tuple[str, bool]:
    entry = str(form.get("entry", ""))
    operations.remove_from_merger(merger, str(form.get("part", "")), int(entry) if entry.isdecimal() else 0)
    return _("The line was taken out of the plan."), False


def _import(merger: str, form: Any) -> tuple[str, bool]:
    upload = form.get("file")
    if not getattr(upload, "filename", ""):
        raise Invalid(_("Choose a file first."), "file")
    added = operations.import_merger(merger, upload, upload.filename)
    return _("Added: ${lines} lines of units, ${codes} codes and symbols, ${people} people.", mapping=added), False


_ACTIONS: dict[str, Callable[[str, Any], tuple[str, bool]]] = {
    "start": _start,
    "undo": _undo,
    "continue": _continue,
    "discard": _discard,
    "remove": _remove,
    "import": _import,
}
