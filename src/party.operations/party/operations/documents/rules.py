"""May this happen to the document now? ``True`` or a falsy ``No(reason)``; screens and REST show the reason."""

from collections.abc import Callable
from functools import reduce
from typing import Any

import sqlalchemy as sa

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import levels
from party.operations.confidentiality import rows
from party.operations.confidentiality import tokens
from party.operations.confidentiality.levels import NORMAL
from party.operations.confidentiality.levels import TOP_SECRET
from party.operations.documents import policy
from party.operations.documents.tables import incoming
from party.operations.documents.tables import level_changes
from party.operations.documents.tables import reviews
from party.operations.documents.tables import slips
from party.operations.documents.vocabularies import INCOMING_STATES
from party.operations.documents.vocabularies import OUTGOING_STATES
from party.operations.documents.watermark import MARKABLE
from party.operations.ledger import items
from party.operations.ledger import turn
from party.operations.ledger.errors import No
from party.operations.ledger.errors import require


#: states in which a slip is still in somebody's hands
OPEN_SLIPS = ("sent", "read", "in_progress")


def may(verb: str, document: Any) -> "bool | No":
    """May the person who acts do ``verb`` to ``document`` in its present state?"""
    row = policy.VERBS[document.portal_type].get(verb)
    if row is None:
        return No(_("This is not done with a document of this kind."))
    state = items.get(document.UID()).state
    if state not in row.states:
        labels = INCOMING_STATES if document.portal_type == "IncomingDocument" else OUTGOING_STATES
        return No(_("This is not possible while the document is “${state}”.", mapping={"state": labels[state]}))
    special = _SPECIAL.get((document.portal_type, verb))
    if special is not None:
        answer = special(document)
        if not answer:
            return answer
    if actor.current() == actor.SYSTEM or any(_RELATIONS[each](document) for each in row.relations):
        return True
    who = [policy.RELATIONS[each] for each in row.relations]
    return No(_("Only ${who} may do this.", mapping={"who": _either(who)}))


def check(verb: str, document: Any) -> None:
    """Raise ``NotAllowed`` with the reason when :func:`may` says no; the answer then holds until commit."""
    items.hold(document.UID())
    require(may(verb, document))


def answers(document: Any) -> "dict[str, bool | No]":
    """The answer for every verb of the document's type, in the order of the policy."""
    return {verb: may(verb, document) for verb in policy.VERBS[document.portal_type]}


def addressed_slips(document: Any, held: frozenset[str]) -> list[rows.Row]:
    """Open slips of the document in the hands of who holds the tokens."""
    return rows.rows(
        sa.select(slips)
        .where(slips.c.document == document.UID(), slips.c.state.in_(OPEN_SLIPS), slips.c.token.in_(sorted(held)))
        .order_by(slips.c.id)
    )


def pending_review(document: Any, held: frozenset[str]) -> "sa.Row[Any] | None":
    """The review step whose turn it is, when it is addressed to who holds the tokens."""
    return turn.row(
        sa.select(reviews).where(
            reviews.c.document == document.UID(), reviews.c.state == "pending", reviews.c.token.in_(sorted(held))
        )
    )


def leads(document: Any) -> bool:
    """Is the person who acts a leader of the document's unit, who may decide its level?"""
    return tokens.unit(document.unit, "leader", document.level) in actor.held()


def _registry(document: Any) -> bool:
    return tokens.unit(document.unit, "registry", document.level) in actor.held()


def _addressed(document: Any) -> bool:
    return bool(addressed_slips(document, actor.held()))


def _lead(document: Any) -> bool:
    return any(each.capacity == "lead" for each in addressed_slips(document, actor.held()))


def _drafter(document: Any) -> bool:
    return tokens.user(document.drafter, document.level) in actor.held()


def _reviewer(document: Any) -> bool:
    return pending_review(document, actor.held()) is not None


def _reader(document: Any) -> bool:
    return True


_RELATIONS: dict[str, Callable[[Any], bool]] = {
    "registry": _registry,
    "leader": leads,
    "addressed": _addressed,
    "lead": _lead,
    "drafter": _drafter,
    "reviewer": _reviewer,
    "reader": _reader,
}


def _typed(document: Any) -> "bool | No":
    if document.source == "typed":
        return True
    return No(
        _("The content came from the sender and is not corrected here. Return it or ask the sender for a replacement.")
    )


def _is_classified(document: Any) -> "bool | No":
    return document.level != NORMAL or No(_("The document is not classified."))


def _is_classified_here(document: Any) -> "bool | No":
    """Is it classified, and not by a sender inside the system whose decisions it follows?"""
    if document.level != NORMAL and document.source != "typed":
        return No(_("The sender decides the level of this document. What is decided there takes effect here at once."))
    return _is_classified(document)


def _lowering_asked(document: Any) -> "bool | No":
    """Is a lower level proposed, by somebody else than the person who acts?"""
    asked = rows.row(
        sa.select(level_changes).where(level_changes.c.document == document.UID(), level_changes.c.state == "proposed")
    )
    if asked is None:
        return No(_("Nobody has proposed a lower level."))
    if asked.proposed_by == actor.current():
        return No(_("You proposed it yourself; another person decides."))
    return True


def _is_open(document: Any) -> "bool | No":
    return document.level == NORMAL or No(_("The document is handled as classified already."))


def _level_changed(document: Any) -> "bool | No":
    notice = turn.scalar(sa.select(incoming.c.level_notice).where(incoming.c.uid == document.UID()))
    return bool(notice) or No(_("The sender has not changed the level."))


def _can_be_raised(document: Any) -> "bool | No":
    if levels.cap(levels.zone()) == NORMAL:
        return No(
            _("Levels are set in the internal network. If a secret stands here, report it: it is hidden at once.")
        )
    return document.level != TOP_SECRET or No(_("There is no higher level here."))


def _level_decided(document: Any) -> "bool | No":
    """The level of a classified draft is decided before it is signed (Luật Bảo vệ bí mật nhà nước, Điều 10)."""
    if document.level == NORMAL or document.classification.decided_by:
        return True
    return No(_("The level is only proposed. A leader of the unit decides it before the document is signed."))


def _numbers_copies(document: Any) -> "bool | No":
    return document.level != NORMAL or No(_("Copies are numbered only of classified documents."))


def _may_be_copied(document: Any) -> "bool | No":
    """Who decided the level decided also if copies are made; beyond that a leader orders one (Luật BVBMNN, Điều 11)."""
    if document.level == NORMAL or document.classification.copying or leads(document):
        return _numbers_copies(document)
    return No(_("Copies of this document are not allowed. A leader of the unit may order one, with a reason."))


def _ready_to_issue(document: Any) -> "bool | No":
    """A classified document goes out complete (NĐ 63/2026): level, signer, pages, and a file that its readers can open."""
    if document.level == NORMAL:
        return True
    version = document.version(document.signature["version"]) if document.signature else None
    readable = [each for each in version.files if each.content_type in MARKABLE] if version else []
    missing = [
        *([] if document.classification.decided_by else [_("the decision on its level")]),
        *([] if document.signature else [_("its signer")]),
        *([] if readable else [_("a file as PDF, since others cannot be given to recipients")]),
        *([] if document.pages or readable else [_("the number of its pages")]),
    ]
    if not missing:
        return True
    what = reduce(lambda one, other: _("${one}; ${other}", mapping={"one": one, "other": other}), missing)
    return No(_("A classified document is issued complete. Missing: ${what}.", mapping={"what": what}))


def _has_files(document: Any) -> "bool | No":
    return True if document.versions else No(_("Add a first version with a file before it is submitted."))


_SPECIAL: dict[tuple[str, str], "Callable[[Any], bool | No]"] = {
    ("IncomingDocument", "change"): _typed,
    ("OutgoingDocument", "submit"): _has_files,
    ("OutgoingDocument", "sign"): _level_decided,
    ("OutgoingDocument", "issue"): _ready_to_issue,
    ("OutgoingDocument", "decide_level"): _is_classified,
    ("OutgoingDocument", "raise_level"): _can_be_raised,
    ("IncomingDocument", "decide_level"): _is_classified_here,
    ("IncomingDocument", "raise_level"): _can_be_raised,
    ("OutgoingDocument", "propose_lower"): _is_classified,
    ("IncomingDocument", "propose_lower"): _is_classified_here,
    ("IncomingDocument", "acknowledge_level"): _level_changed,
    ("OutgoingDocument", "confirm_lower"): _lowering_asked,
    ("IncomingDocument", "confirm_lower"): _lowering_asked,
    ("OutgoingDocument", "withdraw_found"): _is_open,
    ("IncomingDocument", "withdraw_found"): _is_open,
    ("OutgoingDocument", "copy"): _may_be_copied,
    ("IncomingDocument", "copy"): _may_be_copied,
    ("OutgoingDocument", "settle_copies"): _numbers_copies,
    ("IncomingDocument", "settle_copies"): _numbers_copies,
}


def _either(words: list[str]) -> str:
    """One to three words joined, to be translated by who shows them."""
    named = dict(zip("abc", words, strict=False))
    if len(words) == 1:
        return words[0]
    return _("${a} or ${b}", mapping=named) if len(words) == 2 else _("${a}, ${b} or ${c}", mapping=named)
