"""The level of a document (độ mật): the forms of its verbs, and the list of what is soon no longer protected."""

from datetime import date
from typing import Any

from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from zope import schema
from zope.schema.vocabulary import SimpleTerm
from zope.schema.vocabulary import SimpleVocabulary

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import levels
from party.operations.confidentiality import principals
from party.operations.documents import classification
from party.operations.documents import expiry
from party.operations.documents import operations
from party.operations.documents import policy
from party.operations.documents.operations.levels import proposal_of
from party.operations.documents.views.base import DocumentForm
from party.operations.documents.views.level_parts import basis_field
from party.operations.documents.views.level_parts import level_field
from party.operations.documents.views.level_parts import proposal
from party.operations.documents.views.level_parts import stamp
from party.operations.documents.views.level_parts import TakesLevel
from party.operations.ledger import clock
from party.operations.organization import lookup
from party.operations.text.dates import format_date
from party.operations.ui.forms import INothing
from party.operations.ui.pages import Page


_REASON = schema.Text(__name__="reason", title=_("Reason"), max_length=1000)


class LevelForm(TakesLevel, DocumentForm):
    """Base of the forms about the level; :attr:`choices` are the levels that may be meant, beside ``more`` fields."""

    schema = INothing
    template = ViewPageTemplateFile("templates/draft_form.pt")
    before: Any = ""
    #: what is typed here is about a secret, whatever level the document has now
    classified = True
    more: tuple[Any, ...] = ()

    @property
    def label(self) -> str:
        """The word of the policy."""
        return policy.VERBS[self.document.portal_type][self.verb].label

    submit_label = label

    @property
    def choices(self) -> list[str]:
        """The levels to choose from; none for a verb without a level."""
        return []

    def updateFields(self) -> None:
        """The levels that may be meant, then the other fields."""
        super(TakesLevel, self).updateFields()
        own = [level_field(self.choices)] if self.choices else []
        self.fields = type(self.fields)(*own, *self.more)

    def check_level(self, level: str) -> None:
        """The operation alone decides."""


class DecideLevel(LevelForm):
    """A leader decides what was proposed, or extends the protection."""

    verb = "decide_level"
    ignoreContext = False
    more = (
        basis_field(required=True),
        schema.Date(__name__="protected_until", title=_("Protected until"), required=False),
        schema.Bool(__name__="copying", title=_("Copies may be made"), required=False, default=False),
    )
    hint = _("Who drafts proposes; the level holds for signing once a leader has decided it.")
    done = _("The level was decided.")

    @property
    def choices(self) -> list[str]:
        """The present level and those above it that the person may read."""
        held = principals.levels_of(actor.current())
        return [each for each in held if levels.rank(each) >= levels.rank(self.document.level)]

    def update(self) -> None:
        """Say how long the law allows."""
        ends = {each: classification.end_of_protection(each, clock.today()) for each in levels.CLASSIFIED}
        says = _(
            "Empty for the longest that the law allows from today: ${secret} for Secret, ${top} for Top secret.",
            mapping={
                "secret": format_date(ends[levels.SECRET]),
                "top": format_date(ends[levels.TOP_SECRET]),
            },
        )
        self.helps = {"protected_until": self.say(says)}
        super().update()

    def getContent(self) -> dict[str, Any]:
        """What was proposed."""
        found = self.document.classification
        return {
            "level": self.document.level,
            "basis": found.basis if found else "",
            "protected_until": None,
            "copying": bool(found and found.copying),
        }

    def act(self, data: dict[str, Any]) -> None:
        """Decide it."""
        operations.decide_level(
            self.uid,
            data["level"],
            basis=data["basis"],
            copying=bool(data["copying"]),
            protected_until=data["protected_until"],
            seen=self.seen,
        )


class RaiseLevel(LevelForm):
    """Raise the level at once."""

    verb = "raise_level"
    more = (_REASON, basis_field(required=False))
    hint = _(
        "It takes effect at once, at every recipient too: who is not cleared for the new level no longer sees the "
        "document, you yourself included. A leader of the unit decides the level afterwards."
    )
    done = _("The level was raised.")

    @property
    def choices(self) -> list[str]:
        """All levels above the present one, also above the person's own clearance."""
        return [each for each in levels.LEVELS if levels.rank(each) > levels.rank(self.document.level)]

    def perform(self, data: dict[str, Any]) -> str:
        """Raise it; who no longer sees it goes to the desk."""
        operations.raise_level(
            self.uid, data["level"], reason=data["reason"], basis=data["basis"] or "", seen=self.seen
        )
        return self.address if data["level"] in principals.levels_of(actor.current()) else self.home


class ProposeLower(LevelForm):
    """Propose a lower level or none."""

    verb = "propose_lower"
    more = (_REASON, basis_field(required=True))
    hint = _("Another person, a leader of the unit, decides. Until then nothing changes.")
    done = _("Proposed. A leader of the unit decides.")

    @property
    def choices(self) -> list[str]:
        """All levels below the present one."""
        return [each for each in levels.LEVELS if levels.rank(each) < levels.rank(self.document.level)]

    def act(self, data: dict[str, Any]) -> None:
        """Propose it."""
        operations.propose_lower(self.uid, data["level"], reason=data["reason"], basis=data["basis"], seen=self.seen)


class ConfirmLower(LevelForm):
    """Another person than who proposed it agrees to the lower level, or does not."""

    verb = "confirm_lower"
    before = ViewPageTemplateFile("templates/level_proposal.pt")
    more = (
        schema.Choice(
            __name__="decision",
            title=_("Decision"),
            vocabulary=SimpleVocabulary(
                [
                    SimpleTerm("agree", "agree", _("Agree to the lower level")),
                    SimpleTerm("refuse", "refuse", _("Keep the present level")),
                ]
            ),
        ),
        schema.Text(
            __name__="reason",
            title=_("Reason"),
            description=_("Needed when the present level is kept."),
            required=False,
            default="",
            missing_value="",
            max_length=1000,
        ),
    )
    hint = _("Once it is lowered, everybody who may read documents of the lower level and is named on it sees it.")
    done = _("Decided.")

    def asked(self) -> dict[str, Any] | None:
        """What was proposed."""
        found = proposal_of(self.uid)
        return None if found is None else proposal(self, found)

    def act(self, data: dict[str, Any]) -> None:
        """Decide."""
        operations.confirm_lower(
            self.uid, agree=data["decision"] == "agree", reason=data["reason"] or "", seen=self.seen
        )


class WithdrawFound(LevelForm):
    """Report a secret that stands here in the clear."""

    verb = "withdraw_found"
    more = (
        schema.Text(
            __name__="reason",
            title=_("Reason"),
            description=_("Do not repeat the secret itself."),
            max_length=1000,
        ),
    )
    hint = _(
        "The document is hidden from everybody at once, here and at every recipient, you yourself included. It is sealed "
        "in the internal network, where its level is decided."
    )
    done = _("The document was hidden. Tell a leader of the unit by word of mouth.")

    def perform(self, data: dict[str, Any]) -> str:
        """Hide it; there is no document to go back to."""
        operations.withdraw_found(self.uid, data["reason"])
        return self.home


class AcknowledgeLevel(LevelForm):
    """The receiving clerk takes note that the sender changed the level."""

    verb = "acknowledge_level"
    hint = _("Mark all paper copies with the new level before you take note.")
    done = _("Noted.")

    def act(self, data: dict[str, Any]) -> None:
        """Take note."""
        operations.acknowledge_level(self.uid)


class Expiring(Page):
    """Danh mục sắp hết thời hạn bảo vệ: what ends within a year or is over, and what can be done."""

    template = ViewPageTemplateFile("templates/level_expiring.pt")
    title = _("Protection that ends")

    def __call__(self) -> str:
        """Draw the page."""
        self.page = expiry.expiring(str(self.request.get("after", "")))
        self.units = lookup.unit_titles({each.unit for each in self.page.rows})
        return self.template()

    @property
    def classified(self) -> bool:
        """Does it show anything that is?"""
        return bool(self.page.rows)

    def stamp(self, level: str) -> str:
        """Mật, Tối mật."""
        return stamp(self, level)

    def is_over(self, until: date) -> bool:
        """Has the protection ended?"""
        return until < clock.today()
