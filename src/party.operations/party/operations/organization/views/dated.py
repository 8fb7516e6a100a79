"""Codes, issuer symbols and terms of a unit (mã định danh, ký hiệu, nhiệm kỳ): rows with a first and a last day."""

from datetime import date
from datetime import timedelta
from typing import Any

from zope import schema
from zope.interface import Interface

from party.operations import _
from party.operations.ledger import clock
from party.operations.organization import operations
from party.operations.organization.views.base import UnitForm


class ICode(Interface):
    """A new code."""

    code = schema.TextLine(title=_("Code"), max_length=100)
    scheme = schema.Choice(
        title=_("Scheme"),
        description=_("Empty: as the code is written."),
        vocabulary="party.operations.schemes",
        required=False,
    )
    from_day = schema.Date(title=_("From day"), defaultFactory=clock.today)
    primary = schema.Bool(
        title=_("Main code"), description=_("Written on what the unit sends."), required=False, default=False
    )


class AddCode(UnitForm):
    """Gives the unit a code."""

    schema = ICode
    part = "codes"
    label = _("Add a code")
    hint = _("Codes are never used again: a code that any unit ever had is refused.")
    done = _("The code was added.")

    def act(self, data: dict[str, Any]) -> None:
        """Add it."""
        operations.add_code(self.uid, data["code"], data["scheme"] or "", data["from_day"], data["primary"])


class ICodeEnd(Interface):
    """The end of a code."""

    until = schema.Date(
        title=_("No longer used from"),
        description=_("Documents that carry the code still find the unit."),
        defaultFactory=clock.today,
    )


class EndCode(UnitForm):
    """Ends the code that the address names."""

    schema = ICodeEnd
    part = "codes"
    submit_label = _("End the code")
    done = _("The code ends on that day.")

    @property
    def code(self) -> str:
        """The code."""
        return str(self.request.get("code", ""))

    @property
    def label(self) -> str:
        """The code stands in the title."""
        return self.say(_("End code ${code}", mapping={"code": self.code}))

    @property
    def action(self) -> str:
        """The code goes along."""
        return self.with_query(code=self.code)

    def act(self, data: dict[str, Any]) -> None:
        """End it."""
        operations.end_code(self.uid, self.code, data["until"])


class ISymbol(Interface):
    """A new issuer symbol."""

    symbol = schema.TextLine(
        title=_("Issuer symbol"), description=_("As it stands in numbers, such as TU in 05-CV/TU."), max_length=30
    )
    from_day = schema.Date(title=_("From day"), defaultFactory=clock.today)


class AddSymbol(UnitForm):
    """Gives the unit the symbol of its numbers."""

    schema = ISymbol
    part = "symbols"
    label = _("Add an issuer symbol")
    hint = _("The symbol before it ends on that day. Numbers that were taken keep theirs.")
    done = _("The issuer symbol was added.")

    def act(self, data: dict[str, Any]) -> None:
        """Add it."""
        operations.add_symbol(self.uid, data["symbol"], data["from_day"])


class ITerm(Interface):
    """A congress term."""

    label = schema.TextLine(title=_("Name of the term"), description=_("Such as 2025–2030."), max_length=40)
    from_day = schema.Date(title=_("First day"), description=_("The day after the congress that began it closed."))
    last_day = schema.Date(title=_("Last day"), description=_("Empty while it is not known."), required=False)


class SetTerm(UnitForm):
    """Begins a congress term."""

    schema = ITerm
    part = "terms"
    label = _("Record a congress term")
    hint = _(
        "Party documents are numbered from 01 for each type in each term. Units below without a term use this one."
    )
    done = _("The term was recorded.")

    def act(self, data: dict[str, Any]) -> None:
        """Record it."""
        operations.set_term(self.uid, data["label"], data["from_day"], day_after(data["last_day"]))


def day_after(last: date | None) -> date | None:
    """The end of an interval that has ``last`` as its last day."""
    return last + timedelta(days=1) if last else None
