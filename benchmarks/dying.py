"""A web server that dies where it hurts most: after the ledger has committed and before the ZODB has.

``dying.py <wsgi.ini> <port> <threads> <number>``: at the ``number``-th transaction that writes both, by kill -9.
"""

import itertools
import os
import signal
import sys
import threading
from typing import Any

import waitress
from paste.deploy import loadapp
from sqlalchemy import event
from ZODB.Connection import Connection

from party.operations.ledger.engine import database


def main(ini: str, port: str, threads: str, number: str) -> None:
    """Serve until that transaction."""
    app = loadapp(f"config:{ini}", name="main")
    finish, count, this = Connection.tpc_finish, itertools.count(1), threading.local()

    def committing(connection: Any) -> None:
        this.has_committed = True

    def dying(self: Connection, transaction: Any) -> None:
        if getattr(this, "has_committed", False) and next(count) == int(number):
            os.kill(os.getpid(), signal.SIGKILL)
        this.has_committed = False
        finish(self, transaction)

    event.listen(database().writer, "commit", committing)
    Connection.tpc_finish = dying
    waitress.serve(app, host="localhost", port=int(port), threads=int(threads))


if __name__ == "__main__":
    main(*sys.argv[1:])
