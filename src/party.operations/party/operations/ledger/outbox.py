"""The outbox (hộp việc chờ): side effects leave after commit, done by the worker.

A job is written in the turn, under a key that makes it idempotent. The worker claims a due job, does it in a
transaction of its own and finishes it there; a failure is tried again with back-off, then put aside as dead.
"""

from datetime import datetime
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
from zope.interface import Interface

from . import clock
from . import turn
from .tables import outbox


#: tries before a job is put aside
MAX_ATTEMPTS = 8
#: a job that was claimed and not finished is due again after this time (its worker died)
LEASE = timedelta(minutes=10)


class IJob(Interface):
    """Named utility that does the jobs of one kind: ``job(site, payload)``, inside a transaction of its own."""

    def __call__(site: Any, payload: dict[str, Any]) -> str | None:
        """Do it; an exception means: later again. What it answers is kept with the job for who looks after the outbox."""


class ITimer(Interface):
    """Named utility that the worker asks every minute for what is due by the clock: ``timer(site)``."""

    def __call__(site: Any) -> None:
        """Put into the outbox what is due; each in a transaction of its own, which the worker commits."""


class Unfinished(Exception):
    """What a job raises to say in a sentence why it was not done; ``for_good``: not tried again unless somebody asks."""

    def __init__(self, sentence: str, for_good: bool = False) -> None:
        super().__init__(sentence)
        self.for_good = for_good


def enqueue(kind: str, key: str, payload: dict[str, Any], actor: str, due: datetime | None = None) -> bool:
    """Write a job in the open turn; false where there is one of the same key, whatever became of it."""
    at = clock.now()
    return turn.insert_new(
        outbox,
        kind=kind,
        key=key,
        actor=actor,
        payload=payload,
        state="waiting",
        due=due or at,
        created_at=at,
        attempts=0,
        error="",
    )


def claim() -> "sa.Row[Any] | None":
    """Take the next due job for this worker, or ``None``. Commit before doing it.

    The row shows the job as it was found: ``attempts`` does not count this one yet.
    """
    at = clock.now()
    wanted = (
        sa.select(outbox)
        .where(outbox.c.state.in_(("waiting", "running")), outbox.c.due <= at)
        .order_by(outbox.c.due, outbox.c.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    while (job := turn.row(wanted)) is not None and job.attempts >= MAX_ATTEMPTS:
        # it was begun often enough and never ended: what kills the worker is not tried for ever
        _set(job.id, state="dead", error=job.error or "The worker ended while it did this job.", finished_at=at)
    if job is not None:
        _set(job.id, state="running", due=at + LEASE, attempts=job.attempts + 1)
    return job


def finish(job_id: int, note: str = "") -> None:
    """The job is done; called in the transaction that did it. ``note`` says what was left undone, and why."""
    _set(job_id, state="done", error=note, finished_at=clock.now())


def fail(job_id: int, attempts: int, error: str) -> None:
    """The job failed: due again after 1, 2, 4 … minutes, or put aside after :data:`MAX_ATTEMPTS`."""
    if attempts >= MAX_ATTEMPTS:
        _set(job_id, state="dead", error=error, finished_at=clock.now())
    else:
        _set(job_id, state="waiting", error=error, due=clock.now() + timedelta(minutes=2 ** (attempts - 1)))


def retry(job_id: int) -> None:
    """Somebody asks for a dead job to be tried again, now."""
    turn.run(
        sa.update(outbox)
        .where(outbox.c.id == job_id, outbox.c.state == "dead")
        .values(state="waiting", attempts=0, due=clock.now(), finished_at=None)
    )


def listing(state: str, limit: int = 200) -> "list[sa.Row[Any]]":
    """Jobs in one state, newest first."""
    return turn.rows(sa.select(outbox).where(outbox.c.state == state).order_by(outbox.c.id.desc()).limit(limit))


def _set(job_id: int, **columns: Any) -> None:
    turn.run(sa.update(outbox).where(outbox.c.id == job_id).values(**columns))
