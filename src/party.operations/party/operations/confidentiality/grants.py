"""Grants (cấp quyền): the only place that decides who reads an object.

Rows of the ledger are the truth. :func:`apply` writes them and projects them on the object's local roles, the
catalogue's ``allowedRolesAndUsers`` and the readers' rows that lists join.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from zope.annotation.interfaces import IAnnotations
from zope.globalrequest import getRequest

from party.operations.confidentiality.permissions import READER
from party.operations.confidentiality.tables import grants
from party.operations.confidentiality.tables import readers
from party.operations.ledger import clock
from party.operations.ledger import turn


@dataclass(frozen=True)
class Grant:
    """One grant: ``token`` may read, because of ``cause`` (register, slip, delivery …) and its ``reference``."""

    token: str
    cause: str
    reference: str
    role: str = READER
    until: date | None = None


@dataclass(frozen=True)
class Withdrawal:
    """Takes back exactly what one cause gave, and nothing that another cause gave too."""

    cause: str
    reference: str


def apply(obj: Any, give: Iterable[Grant] = (), withdraw: Iterable[Withdrawal] = ()) -> None:
    """Give and withdraw on ``obj`` inside the open turn, and bring every projection up to date."""
    uid = obj.UID()
    taken_back: dict[str, list[str]] = {}
    for each in withdraw:
        taken_back.setdefault(each.cause, []).append(each.reference)
    for cause, references in taken_back.items():
        turn.run(
            sa.update(grants)
            .where(
                grants.c.object == uid,
                grants.c.cause == cause,
                grants.c.reference.in_(references),
                grants.c.withdrawn_at.is_(None),
            )
            .values(withdrawn_at=clock.now())
        )
    new = [
        {
            "object": uid,
            "role": each.role,
            "token": each.token,
            "cause": each.cause,
            "reference": each.reference,
            "from_day": clock.today(),
            "until_day": each.until,
            "given_at": clock.now(),
        }
        for each in give
    ]
    if new:
        turn.run(sa.insert(grants), new)
    project(obj)


def project(obj: Any) -> None:
    """Bring local roles, catalogue and readers' rows of ``obj`` in line with its grants."""
    uid = obj.UID()
    wanted = {each.token: each.role for each in in_force(uid)}
    _project_rows(uid, set(wanted))
    local = {token: [role] for token, role in wanted.items()}
    if getattr(obj, "__ac_local_roles__", None) != local:
        obj.__ac_local_roles__ = local
        obj.reindexObject(idxs=["allowedRolesAndUsers"])
        _forget_local_roles(obj)


def in_force(uid: str) -> "list[sa.Row[Any]]":
    """The grants of an object that hold now."""
    return turn.rows(sa.select(grants).where(grants.c.object == uid, *_now()))


def reads_by_other_cause(uid: str, held: Iterable[str], cause: str) -> bool:
    """Is there a grant in force to one of the tokens ``held`` that has another cause than ``cause``?"""
    wanted = sa.select(grants.c.id).where(
        grants.c.object == uid,
        grants.c.token.in_(sorted(held)),
        grants.c.cause != cause,
        *_now(),
    )
    return turn.row(wanted.limit(1)) is not None


def readable(column: "sa.ColumnElement[str]", held: Iterable[str]) -> "sa.ColumnElement[bool]":
    """A condition for lists: the object in ``column`` is read by one of the tokens ``held``."""
    return sa.exists(sa.select(sa.literal(1)).where(readers.c.object == column, readers.c.token.in_(sorted(held))))


def _now() -> "list[sa.ColumnElement[bool]]":
    return [
        grants.c.withdrawn_at.is_(None),
        sa.or_(grants.c.until_day.is_(None), grants.c.until_day > clock.today()),
    ]


def _project_rows(uid: str, wanted: set[str]) -> None:
    present = {each.token for each in turn.rows(sa.select(readers.c.token).where(readers.c.object == uid))}
    gone, new = present - wanted, wanted - present
    if gone:
        turn.run(sa.delete(readers).where(readers.c.object == uid, readers.c.token.in_(gone)))
    if new:
        turn.run(sa.insert(readers), [{"object": uid, "token": token} for token in sorted(new)])


def _forget_local_roles(obj: Any) -> None:
    # borg.localrole remembers its answers on the request for as long as it lasts
    annotations = IAnnotations(getRequest(), None) or {}
    for key in [each for each in annotations if "checkLocalRolesAllowed" in str(each)]:
        del annotations[key]
