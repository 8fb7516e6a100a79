"""Trình, duyệt: the forms of who submits a draft and of who reviews it."""

from typing import Any

from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from zope import schema
from zope.interface import Interface

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.documents import addressees
from party.operations.documents import history
from party.operations.documents import operations
from party.operations.documents.operations.reviewing import reviewers_along
from party.operations.documents.recipients import Addressee
from party.operations.documents.views.base import DocumentPart
from party.operations.documents.views.draft_form import OutgoingForm
from party.operations.documents.views.people import key_of
from party.operations.documents.views.people import names_of
from party.operations.documents.views.people import parse_key
from party.operations.documents.views.verbs import IReason
from party.operations.documents.vocabularies import REVIEW_STATES
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import Refused
from party.operations.organization import lookup
from party.operations.organization import routes
from party.operations.organization.vocabularies import FUNCTIONS
from party.operations.ui.suggest import Suggestions


class IComment(Interface):
    """Something said along with an act."""

    comment = schema.Text(title=_("Comment"), required=False, default="", max_length=4000)


class Submit(OutgoingForm):
    """Submit a draft along a prepared route, or to reviewers named one by one."""

    verb = "submit"
    schema = IComment
    before = ViewPageTemplateFile("templates/review_submit.pt")
    done = _("Submitted for review.")
    #: what is wrong with the reviewers, or ""
    reviewers_problem = ""

    def known_routes(self) -> list[dict[str, Any]]:
        """The unit's routes for drafts, each with who is on it today and what is passed over."""
        chosen = self.chosen_route()
        return [
            {
                "id": each.id,
                "name": each.name,
                "chosen": each.id == chosen,
                "steps": [self._step(step) for step in each.steps],
                "empty": not reviewers_along(self.document, each),
            }
            for each in routes.of_unit(self.document.unit, "review")
        ]

    def chosen_route(self) -> str:
        """The id of the route that is marked: the one sent, else the first somebody serves on."""
        if self.request.get("REQUEST_METHOD") == "POST":
            return str(self.request.form.get("route") or "")
        known = routes.of_unit(self.document.unit, "review")
        return next((each.id for each in known if reviewers_along(self.document, each)), "")

    def picked(self) -> list[dict[str, str]]:
        """Rows of the picker: ``{id, label}``."""
        named = names_of(self._reviewers())
        return [{"id": key, "label": str(name)} for key, name in named.items()]

    def act(self, data: dict[str, Any]) -> None:
        """Submit it along the route that is marked, else to who was picked."""
        route = self.chosen_route()
        operations.submit_for_review(
            self.uid,
            [] if route else self._reviewers(),
            route=route,
            comment=data["comment"] or "",
            seen=self.seen,
        )

    def show(self, refused: Refused) -> None:
        """A refusal of a reviewer is shown at the picker too."""
        super().show(refused)
        if isinstance(refused, Invalid) and refused.field in ("reviewers", "recipients"):
            self.reviewers_problem = self.error

    def _reviewers(self) -> list[Addressee]:
        sent = self.request.form.get("reviewers") or []
        keys = [str(each) for each in (sent if isinstance(sent, list) else [sent])]
        return [parse_key(each) for each in dict.fromkeys(keys) if each.startswith(("person:", "unit:"))]

    def _step(self, step: routes.Step) -> dict[str, Any]:
        unit = self.document.unit
        holders = routes.held(unit, step)
        note = "" if holders else _("nobody holds it today, passed over")
        if holders and all(each.person == self.document.drafter for each in holders):
            note = _("the drafter, passed over")
        where = lookup.unit(step.unit).title if step.unit and step.unit != unit else ""
        return {
            "function": self.say(FUNCTIONS[step.function]),
            "where": where,
            "who": ", ".join(each.full_name for each in holders),
            "note": self.say(note) if note else "",
        }


class Approve(OutgoingForm):
    """Agree to the newest version."""

    verb = "approve"
    schema = IComment
    before = ViewPageTemplateFile("templates/review_round.pt")
    done = _("You agreed to the draft.")

    def steps(self) -> list[dict[str, Any]]:
        """The steps of the running round: who was asked, what he said."""
        known = history.reviews_of(self.uid)
        last = max((each["round"] for each in known), default=0)
        asked = {each["id"]: Addressee(each["to_person"], each["to_unit"], each["to_function"]) for each in known}
        names = names_of(asked.values())
        return [
            {
                "who": str(names[key_of(asked[each["id"]])]),
                "state": self.say(REVIEW_STATES[each["state"]]),
                "by": each["decided_by_name"] if each["decided_by_name"] != each["to_person_name"] else "",
                "at": self.moment(each["decided_at"]),
                "comment": each["comment"],
                "open": each["state"] == "pending",
            }
            for each in known
            if each["round"] == last and each["state"] != "dropped"
        ]

    def act(self, data: dict[str, Any]) -> None:
        """Agree."""
        operations.approve(self.uid, data["comment"] or "", seen=self.seen)


class SendBack(OutgoingForm):
    """Send a draft back to its drafter."""

    verb = "send_back"
    schema = IReason
    before = ViewPageTemplateFile("templates/review_round.pt")
    hint = _("The drafter gets it back with your reason; after the change it is submitted again.")
    done = _("The draft was sent back.")
    steps = Approve.steps

    def act(self, data: dict[str, Any]) -> None:
        """Send it back."""
        operations.send_back(self.uid, data["reason"], seen=self.seen)


class Withdraw(OutgoingForm):
    """Take a draft back from review."""

    verb = "withdraw"
    before = ViewPageTemplateFile("templates/review_round.pt")
    hint = _("Who was asked no longer is; the draft can be changed and submitted again.")
    done = _("You took the draft back.")
    steps = Approve.steps

    def act(self, data: dict[str, Any]) -> None:
        """Take it back."""
        operations.withdraw_from_review(self.uid, seen=self.seen)


class SuggestedReviewers(DocumentPart, Suggestions):
    """Suggestions for the picker of reviewers of one draft."""

    def found(self, text: str) -> list[dict[str, str]]:
        """People and functions of the unit and those below it; before anything is typed those who head it."""
        asked = addressees.suggest(self.document.unit, text) if text else self._heads()
        listed = [each for each in asked if each.person or each.function]
        names = names_of(listed)
        return [{"id": key_of(each), **vars(names[key_of(each)])} for each in listed]

    def _heads(self) -> list[Addressee]:
        """The head of the drafter's room, the head of office, the leaders."""
        unit, room = self.document.unit, self.document.drafting_unit
        heads = [
            *lookup.holders(room, "room_head"),
            *lookup.holders(unit, "office_head"),
            *lookup.holders(unit, "leader"),
        ]
        return [
            Addressee(person=each) for each in dict.fromkeys(head.person for head in heads) if each != actor.current()
        ]
