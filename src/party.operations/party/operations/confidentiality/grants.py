"""Grants (cấp quyền): the only place that decides who reads an object.

Rows of the ledger are the truth. :func:`apply` writes them and projects them on the object's local roles, the
catalogue's ``allowedRolesAndUsers``, the readers' rows that lists join and the index that documents are found by.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any

import sqlalchemy as sa
from zope.component import getUtilitiesFor
from zope.interface import Interface

from party.operations.confidentiality import principals
from party.operations.confidentiality import rows
from party.operations.confidentiality import tokens
from party.operations.confidentiality import valid_grants
from party.operations.confidentiality.blinding import blind
from party.operations.confidentiality.data_keys import DataKey
from party.operations.confidentiality.levels import NORMAL
from party.operations.confidentiality.permissions import READER
from party.operations.confidentiality.tables import grants
from party.operations.confidentiality.tables import readers
from party.operations.confidentiality.valid_grants import is_genuine
from party.operations.confidentiality.valid_grants import mac_of
from party.operations.ledger import clock
from party.operations.ledger import turn
from party.operations.ledger.tables import items


class IReadersProjection(Interface):
    """Named utility that keeps the tokens of an object's readers somewhere else as well."""

    def __call__(uid: str, tokens: set[str]) -> None:
        """The object is read by these tokens now."""


@dataclass(frozen=True)
class Grant:
    """One grant: ``subject`` (see :mod:`.tokens`) may read, because of ``cause`` (register, slip …) and its ``reference``."""

    subject: str
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
        taken_back.setdefault(each.cause, []).append(_reference(each.reference, obj.level))
    for cause, references in taken_back.items():
        _withdraw(uid, obj.level, grants.c.cause == cause, grants.c.reference.in_(references))
    new = [
        {
            "object": uid,
            "role": each.role,
            "token": tokens.at(each.subject, obj.level),
            "subject": each.subject,
            "cause": each.cause,
            "reference": each.reference,
            "from_day": clock.today(),
            "until_day": each.until,
            "given_at": clock.now(),
            "withdrawn_at": None,
        }
        for each in give
    ]
    if obj.level != NORMAL:
        new = [{**each, "mac": mac_of({**each, "reference": _reference(each["reference"], obj.level)})} for each in new]
    if new:
        rows.insert(grants, new)
    project(obj)


def reissue(obj: Any, key: DataKey | None) -> None:
    """After the level of ``obj`` was changed: the same grants at the new one, sealed with ``key``."""

    def at_new_level(row: dict[str, Any]) -> dict[str, Any]:
        again = {**row, "token": tokens.at(row["subject"], obj.level), "mac": ""}
        if obj.level != NORMAL:
            again["mac"] = mac_of({**again, "reference": _reference(row["reference"], obj.level)})
        return again

    rows.seal_anew(grants, obj.UID(), key, at_new_level)
    project(obj)


def _withdraw(uid: str, level: str, *which: "sa.ColumnElement[bool]") -> None:
    where = (grants.c.object == uid, grants.c.withdrawn_at.is_(None), *which)
    at = clock.now()
    if level == NORMAL:
        turn.run(sa.update(grants).where(*where).values(withdrawn_at=at))
        return
    for each in turn.rows(sa.select(grants).where(*where)):
        again = mac_of({**each._mapping, "withdrawn_at": at})
        turn.run(sa.update(grants).where(grants.c.id == each.id).values(withdrawn_at=at, mac=again))


def _reference(reference: str, level: str) -> str:
    """How the reference of a grant stands in its row."""
    return reference if level == NORMAL else blind(reference, level)


def project(obj: Any) -> None:
    """Bring local roles, catalogue and readers' rows of ``obj`` in line with its grants."""
    uid = obj.UID()
    hidden = turn.scalar(sa.select(items.c.hidden).where(items.c.uid == uid))
    wanted = {} if hidden else {each.token: each.role for each in in_force(uid)}
    _project_rows(uid, set(wanted))
    local = {token: [role] for token, role in wanted.items()}
    if getattr(obj, "__ac_local_roles__", None) != local:
        obj.__ac_local_roles__ = local
        obj.reindexObject(idxs=["allowedRolesAndUsers"])
        principals.forget_local_roles()


def in_force(uid: str) -> "list[sa.Row[Any]]":
    """The grants of an object that hold now."""
    found = turn.rows(sa.select(grants).where(grants.c.object == uid, *valid_grants.in_force()))
    return [each for each in found if is_genuine(each._mapping)]


def reads_by_other_cause(uid: str, held: Iterable[str], cause: str) -> bool:
    """Is there a grant in force to one of the tokens ``held`` that has another cause than ``cause``?"""
    wanted = sa.select(grants).where(
        grants.c.object == uid, grants.c.token.in_(sorted(held)), grants.c.cause != cause, *valid_grants.in_force()
    )
    return any(is_genuine(each._mapping) for each in turn.rows(wanted))


def readable(column: "sa.ColumnElement[str]", held: Iterable[str]) -> "sa.ColumnElement[bool]":
    """A condition for lists: the object in ``column`` is read by one of the tokens ``held``."""
    return sa.exists(sa.select(sa.literal(1)).where(readers.c.object == column, readers.c.token.in_(sorted(held))))


def _project_rows(uid: str, wanted: set[str]) -> None:
    present = {each.token for each in turn.rows(sa.select(readers.c.token).where(readers.c.object == uid))}
    gone, new = present - wanted, wanted - present
    if gone:
        turn.run(sa.delete(readers).where(readers.c.object == uid, readers.c.token.in_(gone)))
    if new:
        turn.run(sa.insert(readers), [{"object": uid, "token": token} for token in sorted(new)])
    if gone or new:
        for _name, projection in getUtilitiesFor(IReadersProjection):
            projection(uid, wanted)
