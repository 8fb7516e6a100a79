"""The monitor (người gác): may the person who acts open this record, and writing down that he did.

It does not rely on Zope's roles: it compares the person's tokens with grants whose MAC it checks. What it lets through is
written into the audit store first; when that cannot be written, nothing is released.
"""

from collections.abc import Iterable
from typing import Any

import sqlalchemy as sa
from zope.annotation.interfaces import IAnnotations
from zope.globalrequest import getRequest

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import audit
from party.operations.confidentiality import gate
from party.operations.confidentiality import keys
from party.operations.confidentiality import principals
from party.operations.confidentiality import valid_grants
from party.operations.confidentiality.levels import cap
from party.operations.confidentiality.levels import NORMAL
from party.operations.confidentiality.levels import zone
from party.operations.ledger import turn
from party.operations.ledger.errors import Missing
from party.operations.ledger.tables import items


_SEEN = "party.operations.monitor.seen"


def may_see(obj: Any, person: str) -> bool:
    """Does ``person`` hold a token that a valid grant on ``obj`` names? For the gate, at every level."""
    return bool(valid_grants.among([obj.UID()], principals.of(person)))


def check(obj: Any, purpose: str, recorded: bool = False, admitted: str = "") -> None:
    """Raise :class:`Missing` unless the person who acts may open ``obj``; otherwise write down that he does.

    ``purpose`` is a word of the audit, such as ``reveal`` or ``download``; ``recorded`` says that this is the rest of a look
    that was written down before; ``admitted`` is the uid that :func:`readable_among` has just answered for.
    """
    uid = obj.UID()
    if uid != admitted and uid not in readable_among({uid}):
        if obj.level != NORMAL and actor.current():
            audit.refused(purpose, uid)
        raise Missing(_("There is no such record here."))
    if obj.level != NORMAL:
        gate.keep_from_caches()
        if not recorded:
            _record(purpose, {uid})


def readable_among(uids: "set[str]") -> "set[str]":
    """Those of ``uids`` that the person who acts may open; the system itself may open all where there are keys."""
    if not keys.available() or cap(zone()) == NORMAL:
        classified = sa.select(items.c.uid).where(items.c.uid.in_(sorted(uids)), items.c.level != NORMAL)
        uids = uids - {each.uid for each in turn.rows(classified)}
    if actor.current() == actor.SYSTEM:
        return uids
    return valid_grants.among(uids, actor.held())


def may_know(uid: str) -> bool:
    """May the person who acts know that the object is there? Of what is normal everybody may."""
    return not is_classified(uid) or bool(readable_among({uid}))


def is_classified(uid: str) -> bool:
    """Is there an object of that uid, of another level than normal?"""
    return turn.scalar(sa.select(items.c.level).where(items.c.uid == uid)) not in (None, NORMAL)


def record_listed(uids: Iterable[str]) -> None:
    """Write down that lines of these objects were opened, once in a request."""
    gate.keep_from_caches()
    _record("list", set(uids))


def record_broken(uid: str, what: str) -> None:
    """Write down that something sealed did not open."""
    audit.record("broken_seal", uid, outcome="refused", what=what)


def _record(action: str, uids: "set[str]") -> None:
    """One look at an object is one line of the audit, however many of its rows a page reads."""
    annotations = IAnnotations(getRequest(), None)
    seen = set() if annotations is None else annotations.setdefault(_SEEN, set())
    new = {uid for uid in uids if (action, uid) not in seen and ("reveal", uid) not in seen}
    if new:
        audit.record(action, sorted(new))
        seen.update((action, uid) for uid in new)
