"""The verbs of documents. Each checks its rule, changes what it names, writes rows, grants and its event, and returns."""

from party.operations.documents.operations.copying import make_copy
from party.operations.documents.operations.copying import settle_copies
from party.operations.documents.operations.deliveries import accept_delivery
from party.operations.documents.operations.deliveries import escalate_delivery
from party.operations.documents.operations.deliveries import recall_document
from party.operations.documents.operations.deliveries import refuse_delivery
from party.operations.documents.operations.deliveries import send_on_paper
from party.operations.documents.operations.deliveries import send_to_more
from party.operations.documents.operations.drafting import add_version
from party.operations.documents.operations.drafting import cancel_draft
from party.operations.documents.operations.drafting import change_draft
from party.operations.documents.operations.drafting import comment
from party.operations.documents.operations.drafting import create_draft
from party.operations.documents.operations.incoming import change_incoming
from party.operations.documents.operations.incoming import file_incoming
from party.operations.documents.operations.incoming import finish_incoming
from party.operations.documents.operations.incoming import receive_incoming
from party.operations.documents.operations.incoming import refuse_incoming
from party.operations.documents.operations.incoming import register_incoming
from party.operations.documents.operations.incoming import reopen_incoming
from party.operations.documents.operations.incoming import return_incoming
from party.operations.documents.operations.issuing import issue
from party.operations.documents.operations.issuing import sign
from party.operations.documents.operations.levels import acknowledge_level
from party.operations.documents.operations.levels import confirm_lower
from party.operations.documents.operations.levels import decide_level
from party.operations.documents.operations.levels import propose_lower
from party.operations.documents.operations.levels import raise_level
from party.operations.documents.operations.levels import seal_found
from party.operations.documents.operations.levels import withdraw_found
from party.operations.documents.operations.registers import change_register
from party.operations.documents.operations.registers import create_register
from party.operations.documents.operations.restoring import restore_document
from party.operations.documents.operations.restoring import restore_register
from party.operations.documents.operations.reviewing import approve
from party.operations.documents.operations.reviewing import send_back
from party.operations.documents.operations.reviewing import submit_for_review
from party.operations.documents.operations.reviewing import withdraw_from_review
from party.operations.documents.operations.routing import complete_slip
from party.operations.documents.operations.routing import mark_read
from party.operations.documents.operations.routing import pass_along
from party.operations.documents.operations.routing import recall_slip
from party.operations.documents.operations.routing import return_slip
from party.operations.documents.operations.routing import start_slip
from party.operations.documents.operations.routing import transfer
from party.operations.documents.operations.undoing import undo


__all__ = [
    "accept_delivery",
    "acknowledge_level",
    "add_version",
    "approve",
    "cancel_draft",
    "change_draft",
    "change_incoming",
    "change_register",
    "comment",
    "complete_slip",
    "confirm_lower",
    "create_draft",
    "create_register",
    "decide_level",
    "escalate_delivery",
    "file_incoming",
    "finish_incoming",
    "issue",
    "make_copy",
    "mark_read",
    "pass_along",
    "propose_lower",
    "raise_level",
    "recall_document",
    "recall_slip",
    "receive_incoming",
    "refuse_delivery",
    "refuse_incoming",
    "register_incoming",
    "reopen_incoming",
    "restore_document",
    "restore_register",
    "return_incoming",
    "return_slip",
    "seal_found",
    "send_back",
    "send_on_paper",
    "send_to_more",
    "settle_copies",
    "sign",
    "start_slip",
    "submit_for_review",
    "transfer",
    "undo",
    "withdraw_found",
    "withdraw_from_review",
]
