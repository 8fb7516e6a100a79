"""The verb ``bin/party security-officers LOGIN LOGIN [--auditor LOGIN] [--basis TEXT] [--add REASON]`` (cử cơ yếu)."""

import argparse
import sys
from typing import Any

from zope.i18n import translate

from party.operations import _
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import Refused
from party.operations.organization import lookup
from party.operations.security import operations


_BASIS = _("Appointed from the command line when the system was set up")


def security_officers(site: Any, arguments: list[str]) -> int:
    """Appoint the first two security officers, and an auditor; later only with ``--add`` and a reason."""
    parser = argparse.ArgumentParser(prog="bin/party security-officers")
    parser.add_argument("officers", metavar="LOGIN", nargs="+", help="who becomes a security officer")
    parser.add_argument("--auditor", metavar="LOGIN", default="", help="who becomes the auditor")
    parser.add_argument("--basis", default="", help="the decision that it rests on")
    parser.add_argument("--add", metavar="REASON", default="", help="why officers are added from the command line")
    asked = parser.parse_args(arguments)
    try:
        operations.appoint_first_officers(
            [_person(login) for login in asked.officers],
            auditor=_person(asked.auditor) if asked.auditor else "",
            basis=asked.basis or asked.add or translate(_BASIS, target_language="vi"),
            add=bool(asked.add),
        )
    except Refused as refused:
        print(translate(refused.message, target_language="vi"), file=sys.stderr)
        return 1
    print(", ".join(sorted(lookup.logins(operations.officers_in_service()).values())))
    return 0


def _person(login: str) -> str:
    row = lookup.person_by_login(login)
    if row is None:
        raise Invalid(_("Nobody logs in as ${login}.", mapping={"login": login}))
    return row.id
