"""The policy of documents at all levels (bảng chính sách): verb × state × relation.

One table from which rules, workflow definitions, tests and the documentation come. A relation says how a person stands to
the document; see :mod:`.rules` for how each is found out.
"""

from dataclasses import dataclass

from party.operations import _


@dataclass(frozen=True)
class Verb:
    """Who may do something to a document, in which states, and what state follows ("" for the same)."""

    label: str
    states: tuple[str, ...]
    relations: tuple[str, ...]
    target: str = ""


#: quan hệ của một người với văn bản
RELATIONS = {
    "registry": _("the clerk or head of office of the unit"),
    "leader": _("a leader of the unit"),
    "addressed": _("who has it in hand"),
    "lead": _("who has it in hand as lead"),
    "drafter": _("the drafter"),
    "reviewer": _("the reviewer whose turn it is"),
    "reader": _("everybody who may read it"),
}

#: states in which there is something to protect
_ARRIVED = ("received", "registered", "in_progress", "done", "filed", "returned")
_WRITTEN = ("draft", "in_review", "approved", "signed", "issued", "recalled", "replaced", "cancelled")

INCOMING = {
    "register": Verb(_("Register"), ("received",), ("registry",), "registered"),
    "change": Verb(_("Correct"), ("received", "registered", "in_progress"), ("registry",)),
    "refuse": Verb(_("Refuse"), ("received",), ("registry",), "refused"),
    "return": Verb(_("Return to the sender"), ("registered", "in_progress"), ("registry",), "returned"),
    "transfer": Verb(_("Pass on"), ("registered", "in_progress"), ("registry", "leader", "addressed"), "in_progress"),
    "answer": Verb(_("Draft an answer"), ("registered", "in_progress"), ("registry", "leader", "addressed")),
    "finish": Verb(_("Done"), ("registered", "in_progress"), ("registry", "leader", "lead"), "done"),
    "reopen": Verb(_("Reopen"), ("done", "filed"), ("registry", "leader"), "in_progress"),
    "file": Verb(_("File"), ("registered", "done"), ("registry",), "filed"),
    "comment": Verb(_("Comment"), ("registered", "in_progress", "done"), ("reader",)),
    "decide_level": Verb(_("Decide the level"), _ARRIVED, ("leader",)),
    "raise_level": Verb(_("Raise the level"), _ARRIVED, ("registry", "leader")),
    "propose_lower": Verb(_("Propose a lower level"), _ARRIVED, ("registry", "leader")),
    "confirm_lower": Verb(_("Decide on the lower level"), _ARRIVED, ("leader",)),
    "acknowledge_level": Verb(_("Take note of the new level"), _ARRIVED, ("registry",)),
    "withdraw_found": Verb(_("Report a secret found here"), _ARRIVED, ("reader",)),
    "copy": Verb(_("Make a numbered copy"), _ARRIVED, ("reader",)),
    "settle_copies": Verb(_("Record copies returned or destroyed"), _ARRIVED, ("registry", "leader")),
}

OUTGOING = {
    "change": Verb(_("Edit"), ("draft",), ("drafter",)),
    "version": Verb(_("Add a version"), ("draft", "in_review"), ("drafter", "reviewer")),
    "comment": Verb(_("Comment"), ("draft", "in_review", "approved", "signed"), ("reader",)),
    "submit": Verb(_("Submit for review"), ("draft",), ("drafter",), "in_review"),
    "approve": Verb(_("Agree"), ("in_review",), ("reviewer",)),
    "send_back": Verb(_("Send back"), ("in_review", "approved", "signed"), ("reviewer", "leader", "registry"), "draft"),
    "withdraw": Verb(_("Take back to draft"), ("in_review",), ("drafter",), "draft"),
    "sign": Verb(_("Sign"), ("approved",), ("leader", "registry"), "signed"),
    "issue": Verb(_("Number and issue"), ("signed",), ("registry",), "issued"),
    "send": Verb(_("Send to more recipients"), ("issued",), ("registry",)),
    "recall": Verb(_("Recall"), ("issued",), ("registry", "leader"), "recalled"),
    "replace": Verb(_("Draft a replacement"), ("issued", "recalled"), ("drafter", "registry", "leader")),
    "cancel": Verb(_("Cancel the draft"), ("draft",), ("drafter",), "cancelled"),
    "decide_level": Verb(_("Decide the level"), _WRITTEN, ("leader",)),
    "raise_level": Verb(_("Raise the level"), _WRITTEN, ("drafter", "registry", "leader")),
    "propose_lower": Verb(_("Propose a lower level"), _WRITTEN, ("drafter", "registry", "leader")),
    "confirm_lower": Verb(_("Decide on the lower level"), _WRITTEN, ("leader",)),
    "withdraw_found": Verb(_("Report a secret found here"), _WRITTEN, ("reader",)),
    "copy": Verb(_("Make a numbered copy"), _WRITTEN, ("reader",)),
    "settle_copies": Verb(_("Record copies returned or destroyed"), _WRITTEN, ("registry", "leader")),
}

#: by portal type
VERBS = {"IncomingDocument": INCOMING, "OutgoingDocument": OUTGOING}
