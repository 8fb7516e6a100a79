"""Files that wait to be registered (tệp chờ vào sổ): a person's own list, kept for a week and over any login.

A token opens a staged file, so none stands in the ledger in the clear. Whether a paper is classified is known only when
somebody has looked at it; so everything put aside is sealed as if it were, under a key of the highest level that the
process may hold. Where nothing classified may be, that is a key of the site itself, which keeps a copy of the ledger from
opening anything.
"""

import hashlib
import secrets
from collections.abc import Collection
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import sqlalchemy as sa
import transaction
from plone.keyring.interfaces import IKeyManager
from zope.component import getUtility

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import keys
from party.operations.confidentiality import levels
from party.operations.confidentiality import sealing
from party.operations.confidentiality.data_keys import DataKey
from party.operations.documents import files
from party.operations.documents import paper
from party.operations.documents.files import Upload
from party.operations.documents.tables import staged_files
from party.operations.ledger import clock
from party.operations.ledger import ids
from party.operations.ledger import outbox
from party.operations.ledger import turn
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import Missing
from party.operations.ledger.operation import operation


#: how long a file waits for somebody
KEPT = timedelta(days=7)
#: how many one person may have waiting
MOST = 200


@dataclass(frozen=True)
class Staged:
    """One file of the list."""

    id: str
    upload: Upload
    level: str
    #: one of ``paper.STATES``
    state: str
    page_count: int
    #: pages recognised so far
    done: int
    added_at: Any

    @property
    def is_settled(self) -> bool:
        """Will nothing more be read of it?"""
        return self.state not in ("waiting", "running")


@operation
def put_aside(upload: Upload) -> str:
    """Put a staged file on the list of the person who acts and return its id; a scan is recognised by the worker.

    Raises :class:`Invalid` when the list is full; the file is discarded then.
    """
    files.keep_for(upload.token, KEPT.total_seconds())
    found = paper.kind(upload)
    person, level, name = actor.current(), levels.cap(levels.zone()), f"{ids.new():016x}{secrets.token_hex(8)}"
    with turn.turn():
        _forget_old()
        if turn.scalar(sa.select(sa.func.count()).where(staged_files.c.person == person)) >= MOST:
            files.discard(upload.token)
            raise Invalid(_("${count} files wait already. Register or remove some first.", mapping={"count": MOST}))
        sealed = sealing.seal(_key(name, person, level, secrets_at(level)[0]), "token", upload.token)
        values = {"state": found.state, "page_count": found.page_count, "sealed": sealed}
        turn.run(
            sa.insert(staged_files).values(id=name, person=person, level=level, added_at=clock.now(), done=0, **values)
        )
        if found.state == "waiting":
            recognise_later(name, 1)
    return name


@operation
def remove(ids: Collection[str]) -> None:
    """Take files off the list of the person who acts and discard them; others' are left alone."""
    with turn.turn():
        for each in _opened([row for row in _rows() if row.id in ids]):
            transaction.get().addAfterCommitHook(_discard, (each.upload.token,))
        turn.run(sa.delete(staged_files).where(staged_files.c.person == actor.current(), staged_files.c.id.in_(ids)))


@operation
def registered(ids: Collection[str]) -> None:
    """Take files off the list of the person who acts that a document has taken."""
    with turn.turn():
        turn.run(sa.delete(staged_files).where(staged_files.c.person == actor.current(), staged_files.c.id.in_(ids)))


def waiting() -> list[Staged]:
    """The list of the person who acts, in the order in which it was put together."""
    return list(_opened(_rows()))


def get(name: str) -> Staged:
    """One file of the list of the person who acts; raises :class:`Missing`."""
    found = next(_opened([row for row in _rows() if row.id == name]), None)
    if found is None:
        raise Missing(_("This file waits no longer: it was registered or removed, or its seven days are over."))
    return found


def for_worker(name: str) -> Staged | None:
    """One file of anybody's list, for the worker; ``None`` when it waits no longer."""
    return next(_opened(turn.rows(sa.select(staged_files).where(staged_files.c.id == name))), None)


def note(name: str, state: str, done: int) -> None:
    """Write down, in the open turn, how far the worker has come."""
    turn.run(sa.update(staged_files).where(staged_files.c.id == name).values(state=state, done=done))


def recognise_later(name: str, page: int) -> None:
    """Have the worker recognise a page of a file, in the open turn: each page is a job, so that nothing waits for all."""
    outbox.enqueue("recognise_staged", f"staged:{name}:{page}", {"staged": name, "page": page}, actor.SYSTEM)


def _rows() -> "list[sa.Row[Any]]":
    mine = staged_files.c.person == actor.current()
    fresh = staged_files.c.added_at > clock.now() - KEPT
    served = staged_files.c.level.in_(levels.up_to(levels.cap(levels.zone())))
    return turn.rows(sa.select(staged_files).where(mine, fresh, served).order_by(staged_files.c.id))


def _opened(found: "list[sa.Row[Any]]") -> Iterator[Staged]:
    """The rows that open, each with its file; a file that is gone was used or discarded elsewhere."""
    for row in found:
        token = _token(row)
        if token:
            try:
                upload = files.staged(token)
            except Invalid:
                continue
            yield Staged(row.id, upload, row.level, row.state, row.page_count, row.done, row.added_at)


def _token(row: "sa.Row[Any]") -> str:
    for secret in secrets_at(row.level):
        try:
            return str(sealing.unseal(_key(row.id, row.person, row.level, secret), "token", row.sealed))
        except keys.Broken:
            continue
    return ""


def _key(name: str, person: str, level: str, secret: bytes) -> DataKey:
    return DataKey(name, "staged", level, person, secret)


def secrets_at(level: str) -> list[bytes]:
    """What tokens are sealed with at a level, the present one first."""
    if level != levels.NORMAL:
        return [keys.provider().secret(f"staged:{level}")]
    ring = getUtility(IKeyManager)["_system"]
    return [hashlib.blake2b(each.encode(), person=b"party.staged", digest_size=32).digest() for each in ring if each]


def _forget_old() -> None:
    """Nobody's list is longer than a week: the files are gone already, see ``files.discard_old``."""
    turn.run(sa.delete(staged_files).where(staged_files.c.added_at <= clock.now() - KEPT))


def _discard(committed: bool, token: str) -> None:
    if committed:
        files.discard(token)
