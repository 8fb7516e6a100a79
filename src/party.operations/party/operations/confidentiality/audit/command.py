"""The verb ``bin/party verify-audit``: names what is wrong with journal and register of trust (kiểm tra nhật ký)."""

import sys
from typing import Any

from zope.i18n import translate

from party.operations import _
from party.operations.confidentiality import audit
from party.operations.confidentiality import clearances
from party.operations.ledger.errors import Refused


def main(site: Any, arguments: list[str]) -> int:
    """Print a sentence for each problem; the exit code is 1 when there are any, or when nothing could be checked."""
    try:
        problems = audit.verify()
    except Refused as refused:
        print(translate(refused.message, target_language="vi"), file=sys.stderr)
        return 1
    for problem in problems:
        print(translate(problem.message, target_language="vi"))
    trust = clearances.verify()
    for each in trust:
        words = _("In the register of trust, what stands of ${person} was changed.", mapping={"person": each.person})
        print(translate(words, target_language="vi"))
    if not problems and not trust:
        print(translate(_("The journal is whole: nothing was changed, removed or inserted."), target_language="vi"))
    return 1 if problems or trust else 0
