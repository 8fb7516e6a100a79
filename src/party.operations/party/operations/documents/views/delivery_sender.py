"""Where an issued document stands with each recipient (tình hình nhận), and what the sender does about it."""

from typing import Any
from urllib.parse import urlencode

import sqlalchemy as sa
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile

from party.operations import _
from party.operations.confidentiality import rows
from party.operations.documents import access
from party.operations.documents import history
from party.operations.documents import operations
from party.operations.documents import rules
from party.operations.documents.operations.deliveries import STAGES
from party.operations.documents.operations.sending import contacts
from party.operations.documents.tables import deliveries
from party.operations.documents.views.base import DocumentPart
from party.operations.documents.views.draft_form import OutgoingForm
from party.operations.documents.views.draft_recipients import TakesRecipients
from party.operations.documents.views.verbs import IReason
from party.operations.documents.vocabularies import CHANNELS
from party.operations.documents.vocabularies import DELIVERY_STATES
from party.operations.ledger import turn
from party.operations.organization import lookup
from party.operations.organization.tables import units
from party.operations.organization.vocabularies import FUNCTIONS
from party.operations.text.folding import fold


#: rows on one page
PAGE = 100
#: states in which the document may still go on paper
OPEN = ("waiting", "refused")
#: who was called upon last, by stage
CALLED = {**FUNCTIONS, "sender": _("the sender"), "superior": _("the superior office")}


class Deliveries(DocumentPart):
    """The table of deliveries of one document, for who sent it."""

    template = ViewPageTemplateFile("templates/deliveries.pt")
    title = _("Deliveries")

    def __call__(self) -> str:
        """Draw one page of the table, or say who may see it."""
        self.allowed = access.takes_part(self.document)
        if self.allowed:
            get = self.request.form.get
            self.counts = history.delivery_counts(self.uid)
            self.state = get("state") if get("state") in DELIVERY_STATES else ""
            self.q = str(get("q") or "").strip()
            after = str(get("after") or "")
            found = _page(self.uid, self.state, self.q, int(after) if after.isdigit() else 0)
            self.rows, self.following = found[:PAGE], found[PAGE - 1].id if len(found) > PAGE else None
            waiting = [each.recipient for each in self.rows if each.state in OPEN and each.recipient]
            self.contacts = contacts(waiting) if waiting else {}
            self.names = lookup.names({each.decided_by for each in self.rows if each.decided_by})
            self.may_send = bool(rules.may("send", self.document))
        return self.template()

    @property
    def next_address(self) -> str:
        """The page after this one."""
        query = urlencode({"state": self.state, "q": self.q, "after": self.following})
        return f"{self.address}/@@deliveries?{query}"

    def states(self) -> list[dict[str, Any]]:
        """The filter: all, then each state that occurs, with its count."""
        shown = [{"key": "", "label": self.say(_("All")), "count": sum(self.counts.values())}]
        shown += [
            {"key": key, "label": self.say(label), "count": self.counts[key]}
            for key, label in DELIVERY_STATES.items()
            if key in self.counts
        ]
        return [{**each, "current": each["key"] == self.state, "late": each["key"] == "refused"} for each in shown]

    def label_of(self, row: Any) -> str:
        """The state in words."""
        return self.say(DELIVERY_STATES[row.state])

    def channel_of(self, row: Any) -> str:
        """The way of sending in words."""
        return self.say(CHANNELS[row.channel])

    def called(self, row: Any) -> str:
        """Who was called upon because nobody accepted it, or ""."""
        if row.state != "waiting" or not row.stage:
            return ""
        return self.say(_("gone up to: ${who}", mapping={"who": self.say(CALLED[STAGES[row.stage]])}))

    def decided(self, row: Any) -> str:
        """When and by whom it was accepted, refused or changed to paper."""
        return " · ".join(filter(None, (self.moment(row.decided_at), self.names.get(row.decided_by, ""))))

    def call(self, row: Any) -> str:
        """Whom to call about what nobody accepted."""
        if row.state not in OPEN or not row.recipient:
            return ""
        return self.contacts.get(row.recipient) or self.say(_("nobody there can be called"))

    def open(self, row: Any) -> bool:
        """May it still go on paper?"""
        return self.may_send and row.state in OPEN


class SendOnPaper(OutgoingForm):
    """After a fault, send on paper to the recipients named in the address (``delivery``, many)."""

    verb = "send"
    schema = IReason
    label = _("Send on paper instead")
    submit_label = _("Send on paper")
    hint = _("They are then not sent it electronically again.")
    before = ViewPageTemplateFile("templates/deliveries_chosen.pt")

    def update(self) -> None:
        """Look up what was chosen."""
        sent = self.request.form.get("delivery") or []
        numbers = [int(each) for each in (sent if isinstance(sent, list) else [sent]) if str(each).isdigit()]
        self.chosen = rows.rows(
            sa.select(deliveries)
            .where(deliveries.c.document == self.uid, deliveries.c.id.in_(numbers))
            .order_by(deliveries.c.id)
        )
        super().update()
        if not self.refusal and not self.chosen:
            self.refusal = self.say(_("Choose the recipients in the table first."))

    @property
    def back(self) -> str:
        """Back to the table."""
        return f"{self.address}/@@deliveries"

    def perform(self, data: dict[str, Any]) -> str:
        """All that were chosen, or none."""
        with turn.turn():
            for each in self.chosen:
                operations.send_on_paper(each.id, data["reason"])
        self.done = _("${count} recipients get it on paper.", mapping={"count": len(self.chosen)})
        return self.back


class SendMore(TakesRecipients, OutgoingForm):
    """Send an issued document to further recipients."""

    verb = "send"
    submit_label = _("Send")
    hint = _("Whoever has it already is not sent it a second time.")
    recipients_label = _("Further recipients")

    def act(self, data: dict[str, Any]) -> None:
        """Send it."""
        self.warn(operations.send_to_more(self.uid, self.recipients))
        self.done = _("Sent to the further recipients.")


class Recall(OutgoingForm):
    """Take an issued document back from everybody."""

    verb = "recall"
    schema = IReason
    hint = _(
        "Every recipient is told with your reason: who has not received it no longer can, who has it sees that it was "
        "recalled. The number stays taken."
    )
    done = _("The document was recalled.")
    before = ViewPageTemplateFile("templates/deliveries_counts.pt")

    def counts(self) -> list[dict[str, Any]]:
        """How many recipients are in which state."""
        found = history.delivery_counts(self.uid)
        return [
            {"label": self.say(label), "count": found[key]} for key, label in DELIVERY_STATES.items() if key in found
        ]

    def act(self, data: dict[str, Any]) -> None:
        """Recall it."""
        operations.recall_document(self.uid, data["reason"])


def _page(uid: str, state: str, text: str, after: int) -> list[rows.Row]:
    """One page of deliveries and one row more, in the order in which they were sent."""
    wanted = sa.select(deliveries).where(deliveries.c.document == uid, deliveries.c.id > after)
    if state:
        wanted = wanted.where(deliveries.c.state == state)
    if text:
        named = sa.select(units.c.uid).where(units.c.folded.contains(fold(text), autoescape=True))
        by_name = deliveries.c.recipient_name.contains(text, autoescape=True)
        wanted = wanted.where(sa.or_(deliveries.c.recipient.in_(named), by_name))
    return rows.rows(wanted.order_by(deliveries.c.id).limit(PAGE + 1))
