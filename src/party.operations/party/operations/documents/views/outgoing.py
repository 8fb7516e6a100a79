"""The page of an outgoing document (văn bản đi), from draft to issue and after."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

import sqlalchemy as sa
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile

from party.operations import _
from party.operations.confidentiality import rows
from party.operations.documents import access
from party.operations.documents import history
from party.operations.documents.recipients import Addressee
from party.operations.documents.recipients import describe
from party.operations.documents.tables import outgoing
from party.operations.documents.views.document import Action
from party.operations.documents.views.document import DocumentPage
from party.operations.documents.views.document import Fact
from party.operations.documents.views.journal import Entry
from party.operations.documents.views.people import key_of
from party.operations.documents.views.people import names_of
from party.operations.documents.views.related import arrived
from party.operations.documents.views.related import issued
from party.operations.documents.views.related import Related
from party.operations.documents.views.related import replacements_of
from party.operations.documents.views.route import Leg
from party.operations.documents.views.route import route_of
from party.operations.documents.vocabularies import CHANNELS
from party.operations.documents.vocabularies import DELIVERY_STATES
from party.operations.documents.vocabularies import OUTGOING_STATES
from party.operations.documents.vocabularies import REVIEW_STATES
from party.operations.organization import lookup


#: the verb that usually comes next, by state
NEXT = {"draft": "submit", "in_review": "approve", "approved": "sign", "signed": "issue", "issued": "send"}
#: recipients on the page of the document; the page of deliveries has them all
FIRST = 20


class OutgoingPage(DocumentPage):
    """Văn bản đi. Who only received it sees the issued version and its facts, and nothing of how it came about."""

    states = OUTGOING_STATES
    next_verbs = NEXT
    withdrawal = None
    unread = ""

    reviews_part = ViewPageTemplateFile("templates/document_reviews.pt")
    versions_part = ViewPageTemplateFile("templates/document_versions.pt")
    sent_part = ViewPageTemplateFile("templates/document_sent.pt")

    @property
    def parts(self) -> list[Callable[[], str]]:
        """Trình duyệt, nơi nhận, các bản; diễn biến; liên quan, góp ý, lịch sử."""
        return [self.reviews_part, self.sent_part, self.versions_part, self.route_part, self.talk_part]

    def __call__(self) -> str:
        """Draw the page with the columns of the register at hand."""
        self.entered = rows.row(sa.select(outgoing).where(outgoing.c.uid == self.uid))
        self.inside = access.takes_part(self.document)
        return super().__call__()

    def url_of(self, verb: str) -> str:
        """A replacement begins as a draft."""
        if verb == "replace":
            return f"{self.home}/@@create-draft?replaces={self.uid}"
        return super().url_of(verb)

    @cached_property
    def actions(self) -> list[Action]:
        """Nothing for who only received it."""
        return super().actions if self.inside else []

    def may_comment(self) -> bool:
        """Comments belong to who takes part."""
        return self.inside and super().may_comment()

    def summary(self) -> str:
        """Số, ký hiệu · ngày · nơi soạn, under the title."""
        document = self.document
        unit = lookup.unit(document.unit).title
        return " · ".join(filter(None, (document.number_symbol, self.day(document.issue_date), unit)))

    def facts(self) -> list[Fact]:
        """The columns of the register and what else is known."""
        document, signature = self.document, self.document.signature or {}
        signer = ", ".join(filter(None, (signature.get("authority"), signature.get("title"), signature.get("name"))))
        facts = [
            Fact(_("Number and symbol"), document.number_symbol),
            Fact(_("Date of issue"), self.day(document.issue_date)),
            Fact(_("Document type"), self.type_name),
            Fact(_("Signer"), signer),
            Fact(_("Signed on"), self.day(signature.get("signed_on"))),
            Fact(_("Pages"), self.number(document.pages)),
        ]
        if self.inside:
            drafter = lookup.names([document.drafter]).get(document.drafter, "")
            unit = lookup.unit_titles([document.drafting_unit]).get(document.drafting_unit, "")
            facts[3:3] = [
                Fact(_("Drafter"), ", ".join(filter(None, (drafter, unit)))),
                Fact(_("Recipients"), describe(list(document.recipients))),
                self.deadline_fact(),
            ]
            facts += [
                Fact(_("Copies"), self.number(document.copies)),
                Fact(_("Series suffix"), document.suffix or ""),
                Fact(_("Note"), document.reveal("note") or ""),
            ]
        return self.listed(*facts)

    @cached_property
    def comments(self) -> list[dict[str, Any]]:
        """Comments belong to who takes part."""
        return super().comments if self.inside else []

    # --- how it came about, for who takes part -----------------------------------------------------------------------

    @cached_property
    def route(self) -> list[Entry | Leg]:
        """The timeline."""
        return route_of(self.uid, self.journal) if self.inside else []

    def versions(self) -> list[dict[str, Any]]:
        """Bản dự thảo, newest first, with what was noted beside each."""
        versions = list(reversed(self.document.versions)) if self.inside else []
        names = lookup.names([each.author for each in versions])
        return [{"version": each, "author": names.get(each.author, "")} for each in versions]

    def reviews(self) -> list[dict[str, Any]]:
        """The reviewers of the last round with what each said."""
        if not self.inside:
            return []
        steps = history.reviews_of(self.uid)
        last = [each for each in steps if each["round"] == steps[-1]["round"]]
        asked = {each["id"]: Addressee(each["to_person"], each["to_unit"], each["to_function"]) for each in last}
        names = names_of(asked.values())
        words = {state: self.say(label) for state, label in REVIEW_STATES.items()}
        return [{**each, "name": names[key_of(asked[each["id"]])], "words": words[each["state"]]} for each in last]

    # --- where it went -----------------------------------------------------------------------------------------------

    @cached_property
    def sent(self) -> list[dict[str, Any]]:
        """How many recipients there are in each state."""
        counts = history.delivery_counts(self.uid) if self.inside else {}
        words = {state: self.say(label) for state, label in DELIVERY_STATES.items()}
        return [{"state": state, "label": words[state], "count": counts[state]} for state in words if state in counts]

    def first_recipients(self) -> list[dict[str, Any]]:
        """The first recipients with what each did; the page of deliveries lists them all."""
        channels = {channel: self.say(label) for channel, label in CHANNELS.items()}
        words = {state: self.say(label) for state, label in DELIVERY_STATES.items()}
        return [
            {**each, "words": words[each["state"]], "way": channels[each["channel"]]}
            for each in history.deliveries_of(self.uid, limit=FIRST)
        ]

    def further_recipients(self) -> int:
        """How many there are beyond the first."""
        return max(0, sum(each["count"] for each in self.sent) - FIRST)

    def related(self) -> list[tuple[str, list[Related]]]:
        """Văn bản liên quan under what they are to this one."""
        found = [
            (_("In reply to"), arrived(self.document.replies_to)),
            (_("Replaces"), issued(self.document.replaces)),
            (_("Replaced by"), replacements_of(self.uid)),
        ]
        return [(label, documents) for label, documents in found if documents]
