"""The level of a document as a decision (xác định độ mật): proposed, decided, with its basis and its end."""

from dataclasses import replace
from datetime import date

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality.levels import PROTECTED_YEARS
from party.operations.documents.content import Classification
from party.operations.ledger import clock
from party.operations.ledger.errors import Invalid
from party.operations.text.dates import format_date


def proposed(level: str, basis: str) -> Classification:
    """What the person who acts proposes (đề xuất độ mật)."""
    return Classification(basis, end_of_protection(level, clock.today()), actor.current())


def decided(
    before: Classification, level: str, basis: str, copying: bool, protected_until: date | None = None
) -> Classification:
    """What the person who acts decides of it (quyết định độ mật); the period may be shorter than the law's longest."""
    day = clock.today()
    longest = end_of_protection(level, day)
    if protected_until is not None and not day < protected_until <= longest:
        raise Invalid(
            _("The period of protection ends after today and by ${day}.", mapping={"day": format_date(longest)}),
            "protected_until",
        )
    return replace(
        before,
        basis=basis or before.basis,
        protected_until=protected_until or longest,
        decided_by=actor.current(),
        decided_on=day,
        copying=copying,
    )


def end_of_protection(level: str, day: date) -> date:
    """The day the period of protection would be over: Mật 10, Tối mật 20 years."""
    year = day.year + PROTECTED_YEARS[level]
    return date(year, 3, 1) if (day.month, day.day) == (2, 29) else day.replace(year=year)
