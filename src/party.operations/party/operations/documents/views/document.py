"""The page of a document (trang văn bản): its file, its facts, its route, and what the person may do with it."""

from collections.abc import Callable
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile

from party.operations import _
from party.operations.confidentiality.levels import NORMAL
from party.operations.documents import history
from party.operations.documents import policy
from party.operations.documents import rules
from party.operations.documents.files import DocumentFile
from party.operations.documents.serving import readable_files
from party.operations.documents.views.base import DocumentPart
from party.operations.documents.views.journal import entries
from party.operations.documents.views.journal import Entry
from party.operations.documents.views.level_parts import ShowsLevel
from party.operations.documents.views.paper import Viewer
from party.operations.documents.views.paper import viewer
from party.operations.documents.views.related import Related
from party.operations.documents.views.route import Leg
from party.operations.documents.views.route import Stop
from party.operations.documents.views.served_file import SHOWN
from party.operations.documents.views.undo import Offer
from party.operations.documents.views.undo import offer
from party.operations.documents.vocabularies import INCOMING_STATES
from party.operations.documents.vocabularies import OUTGOING_STATES
from party.operations.documents.vocabularies import type_name
from party.operations.documents.vocabularies import URGENCIES
from party.operations.documents.watermark import MARKABLE
from party.operations.ledger import items


@dataclass(frozen=True)
class Fact:
    """One line of the facts: a label and what is written beside it."""

    label: str
    value: str
    late: bool = False
    title: str = ""


#: states in which a deadline runs
_OPEN = ("received", "registered", "in_progress", "draft", "in_review")

#: verbs that are not for every day: they stand behind one more press
RARE = ("raise_level", "propose_lower", "withdraw_found", "settle_copies")
#: keys that press a button
KEYS = {"transfer": "c", "directive": "b", "finish": "e"}
#: verbs that are off for what is not classified, which nobody looks for there
_OF_SECRETS = ("decide_level", "propose_lower", "confirm_lower", "acknowledge_level", "copy", "settle_copies")


@dataclass(frozen=True)
class Action:
    """One verb of the policy as a button: where it leads, or why not."""

    verb: str
    label: str
    url: str
    reason: str = ""
    primary: bool = False

    @property
    def key(self) -> str | None:
        """The key that presses it."""
        return KEYS.get(self.verb)

    @property
    def rare(self) -> bool:
        """Does it stand behind one more press?"""
        return self.verb in RARE


class DocumentPage(ShowsLevel, DocumentPart):
    """What both directions show."""

    template = ViewPageTemplateFile("templates/document.pt")
    page_scripts = ("paper.js", "undo.js", "neighbours.js")
    page_styles = ("paper.css", "document.css")
    route_part = ViewPageTemplateFile("templates/document_route.pt")
    talk_part = ViewPageTemplateFile("templates/document_talk.pt")
    viewer_template = ViewPageTemplateFile("templates/viewer.pt")
    undo_template = ViewPageTemplateFile("templates/undo.pt")

    #: does the person see how the document came about?
    inside = True
    #: slips of the person who looks, with what may be done with them
    in_hand: Sequence[Stop] = ()
    #: labels of the states
    states: dict[str, str]
    #: the verb that usually comes next, by state
    next_verbs: dict[str, str]

    def __call__(self) -> str:
        """Draw the page."""
        self.row = items.get(self.uid)
        return self.template()

    @property
    def title(self) -> str:
        """Trích yếu."""
        return self.document.reveal("title")

    @property
    def state(self) -> str:
        """The state in words."""
        return self.say(self.states[self.row.state])

    @property
    def urgency(self) -> str:
        """The urgency as a stamp; "" for what is not urgent."""
        value = self.document.urgency
        return self.say(URGENCIES[value]) if value in URGENCIES and value != "normal" else ""

    @property
    def type_name(self) -> str:
        """Công văn."""
        return type_name(self.document.type)

    @property
    def parts(self) -> list[Callable[[], str]]:
        """The panels under the facts, in their order."""
        raise NotImplementedError

    # --- files -------------------------------------------------------------------------------------------------------

    @cached_property
    def files(self) -> list[DocumentFile]:
        """The files to read now."""
        return self.document.files()

    @cached_property
    def shown(self) -> DocumentFile | None:
        """The file beside the facts: the one that was asked for, else the first."""
        wanted = self.request.get("file", "")
        asked = [each for each in readable_files(self.document) if each.id == wanted] if wanted else []
        return next(iter([*asked, *self.files]), None)

    @cached_property
    def paper(self) -> Viewer | None:
        """The viewer of that file; ``None`` for what has no pages."""
        file = self.shown
        return viewer(self.address, self.document, file) if file and file.content_type in MARKABLE else None

    def kind_of(self, file: DocumentFile) -> str:
        """How the page shows a file: ``pdf``, ``image``, or "" for what is only offered to be saved."""
        # a picture of a classified document goes out as a page of a PDF, with the reader's name on it
        marked = self.document.level != NORMAL and file.content_type in MARKABLE
        return "pdf" if marked else SHOWN.get(file.content_type, "")

    def file_url(self, file: DocumentFile) -> str:
        """Where the bytes are."""
        return f"{self.address}/@@file/{file.id}"

    # --- what may be done --------------------------------------------------------------------------------------------

    @cached_property
    def actions(self) -> list[Action]:
        """All verbs of the policy but commenting, which has its form on the page; a leader writes directives (bút phê)."""
        usual = self.next_verbs.get(self.row.state, "")
        found = []
        for verb, answer in rules.answers(self.document).items():
            if verb != "comment":
                label = self.say(policy.VERBS[self.document.portal_type][verb].label)
                reason = "" if answer else self.say(answer.reason)
                found.append(Action(verb, label, self.url_of(verb), reason, verb == usual))
                if verb == "transfer" and answer and rules.leads(self.document):
                    found.append(Action("directive", self.say(_("Write a directive")), self.url_of("directive")))
        return found

    def allowed(self) -> list[Action]:
        """The buttons that may be pressed."""
        return [each for each in self.actions if not each.reason]

    def not_allowed(self) -> list[Action]:
        """The buttons that may not, each with its reason."""
        left_out = () if self.classified else _OF_SECRETS
        return [each for each in self.actions if each.reason and each.verb not in left_out]

    def url_of(self, verb: str) -> str:
        """Where the form of a verb is; a directive goes along with passing on."""
        if verb == "directive":
            return f"{self.address}/@@transfer#form-widgets-directive"
        return f"{self.address}/@@{verb}"

    def may_comment(self) -> bool:
        """Is the comment form shown?"""
        return bool(rules.may("comment", self.document))

    # --- what happened -----------------------------------------------------------------------------------------------

    @cached_property
    def journal(self) -> list[Entry]:
        """All events in sentences, oldest first."""
        return entries(history.events(self.uid))

    @cached_property
    def comments(self) -> list[dict[str, Any]]:
        """Góp ý, oldest first."""
        return history.comments_of(self.uid)

    def is_leg(self, step: Entry | Leg) -> bool:
        """Is this step of the route a passing on?"""
        return isinstance(step, Leg)

    def state_of(self, related: Related) -> str:
        """The state of a related document in words."""
        return self.say((INCOMING_STATES if related.kind == "incoming" else OUTGOING_STATES)[related.state])

    @cached_property
    def undo(self) -> Offer | None:
        """What the person has just done and may take back."""
        return offer(self.uid)

    # --- facts -------------------------------------------------------------------------------------------------------

    @property
    def due(self) -> Fact | None:
        """What remains until the deadline, beside the title, with the day in the tooltip; ``None`` when nothing is due."""
        deadline = self.document.deadline
        if deadline is None or self.row.state not in _OPEN:
            return None
        day = f"{self.say(_('Deadline'))}: {self.day(deadline)}"
        return Fact("", self.remaining(deadline), late=self.is_overdue(deadline), title=day)

    def listed(self, *facts: Fact) -> list[Fact]:
        """The facts that say something."""
        return [each for each in facts if each.value]

    def deadline_fact(self) -> Fact:
        """The deadline with what remains of it, while the document is not done."""
        deadline = self.document.deadline
        if deadline is None or self.row.state not in _OPEN:
            return Fact(_("Deadline"), self.day(deadline))
        words = f"{self.day(deadline)} ({self.remaining(deadline)})"
        return Fact(_("Deadline"), words, late=self.is_overdue(deadline))

    def number(self, value: int | None) -> str:
        """A count, "" for none."""
        return "" if value is None else str(value)
