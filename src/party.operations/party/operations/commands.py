"""The command line: ``bin/party <verb> [arguments]``. Every verb is a client of the same database as the servers.

A verb is a function of ``(site, arguments)``; what it returns is the exit code, ``None`` meaning success. What it
changed is committed when it returns and given up when it raises. To add one, add a line to ``VERBS``.
"""

import logging
import os
import sys
from collections.abc import Sequence
from typing import NamedTuple
from urllib.parse import urlsplit

import transaction
from AccessControl.SecurityManagement import newSecurityManager
from AccessControl.users import system
from OFS.Application import Application
from Testing.makerequest import makerequest
from zope.component.hooks import setSite
from zope.dottedname.resolve import resolve
from zope.globalrequest import setRequest
from zope.interface import alsoProvides

from party.operations.ledger.operation import IInternalRequest
from party.operations.site import create_demonstration
from party.operations.site import create_site as make_site
from party.operations.site import SITE_ID


class Verb(NamedTuple):
    """A line of the verb table."""

    #: dotted name of the function, imported only when it is called
    function: str
    #: what the help says of it
    help: str
    #: whether the function takes the site; otherwise it takes the root of the database
    on_site: bool = True


VERBS = {
    "create-site": Verb("party.operations.commands.create_site", "make the site where it is missing", on_site=False),
    "export": Verb("party.operations.exportimport.exporting.main", "the whole site into a directory"),
    "import": Verb("party.operations.exportimport.importing.main", "an export into an empty site"),
    "import-organization": Verb(
        "party.operations.import_organization.main",
        "units and people from a sheet: check it; with --apply bring them in",
    ),
    "import-past": Verb(
        "party.operations.import_past.main",
        "an old register with its files: check it; with --apply bring it in, or go on with it",
    ),
    "reconcile": Verb("party.operations.reconcile.main", "find and mend what a crash between two commits left"),
    "recount": Verb(
        "party.operations.statistics.recount.main", "the figures against the journal; --mend: let them be what it says"
    ),
    "reindex": Verb("party.operations.reindex.main", "write what documents are found by anew; --all: all of it"),
    "rotate-keys": Verb("party.operations.rotate_keys.main", "wrap data keys by new keys; alone: go on with it"),
    "security-officers": Verb(
        "party.operations.security.commands.security_officers", "appoint the first security officers and the auditor"
    ),
    "verify-audit": Verb(
        "party.operations.confidentiality.audit.command.main",
        "check the journal of the confidential; 1 when tampered with",
    ),
    "worker": Verb("party.operations.worker.main", "do what waits in the outbox, until interrupted"),
}


def main(zope_conf: str, argv: Sequence[str] | None = None) -> int:
    """Run the verb that the first argument names, with the configuration ``zope_conf``; returns the exit code."""
    name, *arguments = list(sys.argv[1:] if argv is None else argv) or ["help"]
    if name not in VERBS:
        print(_usage())
        return 0 if name in ("help", "-h", "--help") else 2
    os.umask(0o077)  # as for the servers: what is written is for this user alone
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(levelname)s %(name)s: %(message)s")
    try:
        return _run(VERBS[name], open_root(zope_conf), arguments)
    except KeyboardInterrupt:
        return 130


def create_site(app: Application, arguments: list[str]) -> None:
    """Make the site if there is none; where ``PARTY_DEMO_PASSWORD`` is set, the demonstration as well."""
    site = make_site(app)
    password = os.environ.get("PARTY_DEMO_PASSWORD")
    if password:
        setSite(site)
        create_demonstration(site, password)


def _usage() -> str:
    width = max(map(len, VERBS))
    lines = (f"  {name:<{width}}  {verb.help}" for name, verb in sorted(VERBS.items()))
    return "\n".join(("usage: bin/party <verb> [arguments]", "", *lines))


def open_root(zope_conf: str) -> Application:
    """Start Zope without a server and return the root, with a request whose addresses are those of ``PARTY_URL``."""
    from Zope2.Startup.run import configure_wsgi

    configure_wsgi(zope_conf)
    import Zope2

    app = Zope2.app()
    address = urlsplit(os.environ["PARTY_URL"])
    app = makerequest(app, environ={"SERVER_NAME": address.hostname, "SERVER_PORT": str(address.port or 443)})
    app.REQUEST.setServerURL(address.scheme, address.hostname, str(address.port or ""))
    app.REQUEST.other["VirtualRootPhysicalPath"] = ("", SITE_ID)
    alsoProvides(app.REQUEST, IInternalRequest)
    setRequest(app.REQUEST)
    newSecurityManager(None, system)
    return app


def _run(verb: Verb, app: Application, arguments: list[str]) -> int:
    if verb.on_site and SITE_ID not in app:
        print("There is no site yet: run `bin/party create-site` first.", file=sys.stderr)
        return 1
    if SITE_ID in app:
        setSite(app[SITE_ID])
    subject = app[SITE_ID] if verb.on_site else app
    try:
        code = resolve(verb.function)(subject, arguments)
        # what was refused inside a turn is given up, although the verb has told it already
        (transaction.abort if transaction.isDoomed() else transaction.commit)()
    except BaseException:
        transaction.abort()
        raise
    return code or 0
