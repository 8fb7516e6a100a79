"""Việc được giao trong văn bản, offered to who passes a document on: a sentence as directive, its addressee, its deadline."""

from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from party.operations.documents import assigned
from party.operations.documents import operations
from party.operations.documents.recipients import Addressee
from party.operations.documents.recipients import check_addressee
from party.operations.documents.views.uploads import listed
from party.operations.ledger import clock
from party.operations.ledger.errors import Refused
from party.operations.ui.pages import Page


@dataclass(frozen=True)
class Offer:
    """One sentence that may be ticked."""

    id: str
    sentence: str
    #: whom the document names
    addressee: str
    deadline: date | None
    #: has the deadline passed already? It goes along no more
    is_over: bool
    #: whom it is passed to by itself; ``None`` for a directive to the recipients of the form
    to: Addressee | None
    is_ticked: bool


class OffersAssignments(Page):
    """Mixin for the form that passes a document on."""

    document: Any
    uid: str

    @cached_property
    def offers(self) -> list[Offer]:
        """The sentences that were kept with the document."""
        ticked = {str(each) for each in listed(self.request.form.get("assigned"))}
        return [self._offer(each, str(each.id) in ticked) for each in assigned.of_document(self.uid)]

    def ticked(self) -> list[Offer]:
        """Those that were chosen."""
        return [each for each in self.offers if each.is_ticked]

    def directive_with(self, typed: str) -> str:
        """What was typed, and below it the sentences for the recipients of the form."""
        joined = [each.sentence for each in self.ticked() if each.to is None]
        return "\n".join(filter(None, (typed, *joined)))

    def deadline_with(self, typed: date | None) -> date | None:
        """What was typed; otherwise the earliest of the sentences for the recipients of the form."""
        days = [each.deadline for each in self.ticked() if each.to is None and each.deadline and not each.is_over]
        return typed or min(days, default=None)

    def pass_on_ticked(self, seen: int | None) -> None:
        """Pass the document on to each addressee of his own, with his sentence and deadline."""
        for each in self.ticked():
            if each.to is not None:
                deadline = None if each.is_over else each.deadline
                operations.transfer(self.uid, [each.to], directive=each.sentence, deadline=deadline, seen=seen)
                seen = None

    def _offer(self, row: Any, is_ticked: bool) -> Offer:
        over = row.deadline is not None and row.deadline < clock.today()
        to = Addressee(unit=row.unit) if row.unit and row.unit != self.document.unit else None
        if to is not None:
            try:
                check_addressee(to, self.document.unit)
            except Refused:
                to = None
        return Offer(str(row.id), row.sentence, row.addressee, row.deadline, over, to, is_ticked)
