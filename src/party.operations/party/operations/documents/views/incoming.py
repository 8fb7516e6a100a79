"""The page of an incoming document (văn bản đến)."""

from collections.abc import Callable
from functools import cached_property
from typing import Any

import sqlalchemy as sa

from party.operations import _
from party.operations.confidentiality import rows
from party.operations.documents import numbers
from party.operations.documents.tables import incoming
from party.operations.documents.views.document import DocumentPage
from party.operations.documents.views.document import Fact
from party.operations.documents.views.journal import Entry
from party.operations.documents.views.related import answers_to
from party.operations.documents.views.related import Related
from party.operations.documents.views.related import Withdrawal
from party.operations.documents.views.related import withdrawal_of
from party.operations.documents.views.route import Leg
from party.operations.documents.views.route import route_of
from party.operations.documents.views.route import Stop
from party.operations.documents.views.route import unread
from party.operations.documents.views.slips import VERBS as SLIP_VERBS
from party.operations.documents.vocabularies import CAPACITIES
from party.operations.documents.vocabularies import INCOMING_STATES
from party.operations.documents.vocabularies import SLIP_STATES
from party.operations.documents.vocabularies import SOURCES


#: the verb that usually comes next, by state
NEXT = {"received": "register", "registered": "transfer", "in_progress": "transfer", "done": "file"}


class IncomingPage(DocumentPage):
    """Văn bản đến."""

    states = INCOMING_STATES
    next_verbs = NEXT

    @property
    def parts(self) -> list[Callable[[], str]]:
        """Diễn biến; liên quan, ý kiến, lịch sử."""
        return [self.route_part, self.talk_part]

    def __call__(self) -> str:
        """Draw the page with the columns of the register at hand."""
        self.entered = rows.row(sa.select(incoming).where(incoming.c.uid == self.uid))
        return super().__call__()

    def url_of(self, verb: str) -> str:
        """An answer begins as a draft."""
        if verb == "answer":
            return f"{self.home}/@@create-draft?replies_to={self.uid}"
        # "@@file" serves the files
        return super().url_of("put-away" if verb == "file" else verb)

    def summary(self) -> str:
        """Số, ký hiệu · ngày · nơi gửi, under the title."""
        document = self.document
        return " · ".join(filter(None, (document.number_symbol, self.day(document.document_date), document.issuer)))

    def facts(self) -> list[Fact]:
        """The columns of the register and what else was entered."""
        document, entered = self.document, self.entered
        return self.listed(
            Fact(_("Arrival no."), str(numbers.arrival(entered) or "")),
            Fact(_("Date of arrival"), self.day(document.arrival_date)),
            Fact(_("Issuer"), document.issuer),
            Fact(_("Number and symbol"), document.number_symbol or "–"),
            Fact(_("Date of document"), self.day(document.document_date)),
            Fact(_("Document type"), self.type_name),
            self.deadline_fact(),
            Fact(_("Signer"), document.signer or ""),
            Fact(_("Pages"), self.number(document.pages)),
            Fact(_("Copies"), self.number(document.copies)),
            Fact(_("Paper original follows"), self.say(_("yes")) if document.paper_follows else ""),
            Fact(_("Source"), "" if document.source == "typed" else self.say(SOURCES[document.source])),
            Fact(_("Answered by"), entered.answered_by),
            Fact(_("Note"), document.reveal("note") or ""),
        )

    @cached_property
    def withdrawal(self) -> Withdrawal | None:
        """Why the document is no longer valid."""
        return withdrawal_of(self.uid) if self.entered.withdrawn else None

    @cached_property
    def route(self) -> list[Entry | Leg]:
        """The timeline."""
        return route_of(self.uid, self.journal)

    @cached_property
    def in_hand(self) -> list[Stop]:
        """The slips of the person who looks that are still open, the newest alone when there are several."""
        stops = [stop for leg in self.route if isinstance(leg, Leg) for stop in leg.stops if "complete" in stop.may]
        return stops[-1:]

    def slip_verb(self, verb: str) -> str:
        """The button of what may be done with a slip."""
        return self.say(SLIP_VERBS[verb].label)

    def times_of(self, slip: dict[str, Any]) -> str:
        """When and by whom it was read, begun and ended."""
        end = {"done": _("done"), "returned": _("given back"), "recalled": _("taken back")}.get(slip["state"], "")
        steps = (
            (_("read"), slip["read_at"], slip["read_by_name"]),
            (_("begun"), slip["begun_at"], ""),
            (end, slip["ended_at"], slip["ended_by_name"]),
        )
        said = [" ".join(filter(None, (self.say(word), self.moment(at), who))) for word, at, who in steps if at]
        return " · ".join(said)

    @property
    def unread(self) -> str:
        """Ids of slips that are read by looking, for the script of the page."""
        return ",".join(map(str, unread(self.route)))

    @property
    def capacities(self) -> dict[str, str]:
        """Chủ trì, phối hợp, để biết."""
        return CAPACITIES

    @property
    def slip_states(self) -> dict[str, str]:
        """The states of a slip in words."""
        return SLIP_STATES

    def related(self) -> list[tuple[str, list[Related]]]:
        """Văn bản liên quan under what they are to this one."""
        answers = answers_to(self.uid)
        return [(_("Answers"), answers)] if answers else []
