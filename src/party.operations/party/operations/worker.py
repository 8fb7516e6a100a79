"""The worker process (tiến trình nền): does what waits in the outbox, each job as the person named in it."""

import logging
import time
from typing import Any

import transaction
from zope.component import getUtilitiesFor
from zope.component import getUtility

from party.operations.confidentiality import actor
from party.operations.confidentiality import audit
from party.operations.confidentiality import principals
from party.operations.documents import files as document_files
from party.operations.ledger import outbox
from party.operations.ledger import turn
from party.operations.ledger.engine import create_tables
from party.operations.ledger.outbox import IJob
from party.operations.ledger.outbox import ITimer
from party.operations.ledger.outbox import Unfinished


logger = logging.getLogger("party.operations.worker")

#: seconds between two looks at an empty outbox
PAUSE = 1.0
#: seconds between two rounds of housekeeping
HOUSEKEEPING = 3600
#: seconds between two looks at the clock for what is due by it
TICK = 60


def main(site: Any, arguments: list[str]) -> None:
    """``bin/party worker``: until interrupted; with ``--once`` until nothing is due."""
    create_tables()
    swept = ticked = 0.0
    while True:
        if time.monotonic() - swept > HOUSEKEEPING or not swept:
            document_files.discard_old()
            swept = time.monotonic()
        audit.housekeeping()
        if time.monotonic() - ticked > TICK or not ticked:
            tick(site)
            ticked = time.monotonic()
        if not work(site):
            if "--once" in arguments:
                return
            time.sleep(PAUSE)


def tick(site: Any) -> None:
    """Ask every timer once; one that fails holds up no other and is asked again."""
    for name, timer in sorted(getUtilitiesFor(ITimer)):
        transaction.begin()
        principals.forget()
        try:
            timer(site)
            transaction.commit()
        except Exception:
            transaction.abort()
            logger.warning("timer %s failed", name, exc_info=True)


def work(site: Any) -> int:
    """Do all jobs that are due; returns how many were tried."""
    tried = 0
    while (job := _claim()) is not None:
        _do(site, job)
        tried += 1
    return tried


def _claim() -> Any:
    transaction.begin()
    with turn.turn():
        job = outbox.claim()
    transaction.commit()
    return job


def _do(site: Any, job: Any) -> None:
    transaction.begin()
    # this process has one request for all of its life; what it remembers of a person may be over
    principals.forget()
    try:
        handler = getUtility(IJob, name=job.kind)
        if job.actor == actor.SYSTEM:
            note = handler(site, job.payload)
        else:
            with actor.acting_as(job.actor):
                note = handler(site, job.payload)
        with turn.turn():
            outbox.finish(job.id, note or "")
        transaction.commit()
    except Exception as error:
        transaction.abort()
        logger.warning("job %s (%s) failed", job.id, job.kind, exc_info=True)
        transaction.begin()
        with turn.turn():
            if isinstance(error, Unfinished):
                outbox.fail(job.id, outbox.MAX_ATTEMPTS if error.for_good else job.attempts + 1, str(error))
            else:
                outbox.fail(job.id, job.attempts + 1, f"{type(error).__name__}: {error}")
        transaction.commit()
