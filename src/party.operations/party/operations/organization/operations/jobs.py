"""Jobs of the outbox that were put aside (việc chạy nền bị lỗi)."""

import sqlalchemy as sa

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.ledger import journal
from party.operations.ledger import outbox
from party.operations.ledger import turn
from party.operations.ledger.errors import Missing
from party.operations.ledger.errors import require
from party.operations.ledger.operation import operation
from party.operations.ledger.tables import outbox as jobs
from party.operations.organization import rules


@operation
def retry_job(job: int) -> None:
    """Let the worker try a dead job again, as the person named in it (thực hiện lại việc bị lỗi)."""
    with turn.turn():
        require(rules.may_set_up())
        row = turn.row(sa.select(jobs).where(jobs.c.id == job, jobs.c.state == "dead"))
        if row is None:
            raise Missing(_("There is no dead job of this number. It may have been tried again already."))
        outbox.retry(job)
        journal.record("retry_job", "", actor.current(), job=job, kind=row.kind, key=row.key)
