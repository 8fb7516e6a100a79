"""Proposing, confirming, refusing, revoking (đề nghị, duyệt, không duyệt, thu hồi): forms of security officers."""

from datetime import timedelta
from typing import Any

from z3c.form.browser.radio import RadioFieldWidget
from zExceptions import NotFound
from zope import schema
from zope.interface import Interface
from zope.interface import provider
from zope.schema.interfaces import IContextSourceBinder
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary

from party.operations import _
from party.operations.confidentiality import clearances
from party.operations.ledger import clock
from party.operations.organization import lookup
from party.operations.organization.views.dated import day_after
from party.operations.organization.views.pickers import person_picker
from party.operations.security import operations
from party.operations.security.views.base import OfficerForm


@provider(IContextSourceBinder)
def kinds(context: Any) -> SimpleVocabulary:
    """What a person can be trusted with."""
    return SimpleVocabulary([SimpleTerm(kind, kind, label) for kind, label in clearances.LABELS.items()])


class IProposal(Interface):
    """What is proposed."""

    person = schema.TextLine(title=_("Person"), description=_("Name or login."))
    kind = schema.Choice(
        title=_("Trusted with"),
        description=_("A level, or an office: security officers keep this register, auditors read the journal."),
        source=kinds,
    )
    from_day = schema.Date(title=_("From day"), defaultFactory=clock.today)
    last_day = schema.Date(
        title=_("Last day"),
        description=_("A level is given for at most five years. An office may be open."),
        required=False,
    )
    basis = schema.TextLine(
        title=_("Legal basis"), description=_("Number and date of the decision."), max_length=operations.LONGEST_TEXT
    )


class Propose(OfficerForm):
    """Proposes a clearance or an office."""

    schema = IProposal
    pickers = (("person", person_picker), ("kind", RadioFieldWidget))
    label = _("Propose a clearance")
    hint = _("It holds nothing until another security officer confirms it. Nobody proposes or confirms for himself.")
    submit_label = _("Propose")
    done = _("It was proposed and waits for another security officer.")
    layout = ((_("Person"), ("person",)), (_("Clearance"), ("kind", "from_day", "last_day", "basis")))

    @property
    def back(self) -> str:
        """The proposals that wait."""
        return f"{self.home}/@@clearances?list=proposed"

    def updateWidgets(self, prefix: str | None = None) -> None:
        """The person whose page one comes from stands in the form."""
        super().updateWidgets(prefix)
        person = str(self.request.get("person", ""))
        if person and self.request.get("REQUEST_METHOD") != "POST":
            self.widgets["person"].value = person

    def act(self, data: dict[str, Any]) -> None:
        """Propose."""
        operations.propose_clearance(
            data["person"],
            data["kind"],
            from_day=data["from_day"],
            until=day_after(data["last_day"]),
            basis=data["basis"],
        )


class Decision(OfficerForm):
    """A form about one row of the register, named by the address."""

    def prepare(self) -> None:
        """Find the row."""
        self.row = clearances.find(str(self.request.get("id", "")))
        if self.row is None:
            raise NotFound(self.request.getURL())

    @property
    def about(self) -> str:
        """Who is to be trusted with what, from when to when, on what basis."""
        row = self.row
        name = lookup.person(row.person).full_name
        last = row.until_day and row.until_day - timedelta(days=1)
        days = f"{self.day(row.from_day)} – {self.day(last)}".strip(" –")
        return f"{name}: {self.say(clearances.LABELS[row.kind])}, {days} ({row.basis})"

    @property
    def action(self) -> str:
        """The row goes along."""
        return self.with_query(id=self.row.id)


class Confirm(Decision):
    """The second officer says yes."""

    label = _("Confirm a proposal")
    hint = _("From now on the person may be shown documents of this level that name him, or holds this office.")
    submit_label = _("Confirm")
    done = _("It was confirmed and holds.")
    danger = True

    def act(self, data: dict[str, Any]) -> None:
        """Confirm."""
        operations.confirm_clearance(self.row.id)


class IWhy(Interface):
    """Why something is refused or taken away."""

    reason = schema.TextLine(title=_("Reason"), max_length=operations.LONGEST_TEXT)


class Refuse(Decision):
    """An officer says no, or takes back what he proposed."""

    schema = IWhy
    label = _("Refuse a proposal")
    hint = _("The proposal stays in the register with the reason.")
    submit_label = _("Refuse")
    done = _("The proposal was refused.")

    def act(self, data: dict[str, Any]) -> None:
        """Refuse."""
        operations.refuse_proposal(self.row.id, data["reason"])


class Revoke(Decision):
    """Takes away at once."""

    schema = IWhy
    label = _("Revoke a clearance")
    hint = _(
        "It ends at once, with the next page the person opens. One officer is enough to take it away; to give it anew "
        "takes two."
    )
    submit_label = _("Revoke")
    done = _("It was revoked and no longer holds.")
    danger = True

    def act(self, data: dict[str, Any]) -> None:
        """Revoke."""
        operations.revoke_clearance(self.row.id, data["reason"])
