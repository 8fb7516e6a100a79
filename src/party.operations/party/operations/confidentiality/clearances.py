"""The register of trust (sổ đăng ký người được tiếp cận bí mật): who may be shown what, and who watches over it.

A row gives one person a classified level, or an office: security officer (cơ yếu) or auditor (kiểm toán). Each row
carries a MAC under a key that only a process with keys has, so a row written past our operations counts for nothing. A
seal for each person is a MAC over the MACs of all his rows: putting back an old row with its old MAC, or taking a row
away, breaks the seal, and then nothing of his counts. Whoever puts back the seal as well is found by :func:`verify`,
which compares the number of changes with the audit store.
"""

import hmac
import json
import secrets
from collections.abc import Iterable
from datetime import date
from functools import lru_cache
from itertools import groupby
from typing import Any
from typing import NamedTuple

import sqlalchemy as sa

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import audit
from party.operations.confidentiality import keys
from party.operations.confidentiality import levels
from party.operations.confidentiality.audit.tables import records
from party.operations.confidentiality.tables import clearance_seals as seals
from party.operations.confidentiality.tables import clearances
from party.operations.ledger import clock
from party.operations.ledger import turn


#: cơ yếu
OFFICER = "security_officer"
#: kiểm toán
AUDITOR = "auditor"

#: classified levels a person is cleared for
LEVELS = (levels.SECRET, levels.TOP_SECRET)
#: offices of trust
OFFICES = (OFFICER, AUDITOR)

LABELS = {
    **{level: levels.LEVELS[level] for level in LEVELS},
    OFFICER: _("Security officer"),
    AUDITOR: _("Auditor"),
}

#: states of a row
PROPOSED, CONFIRMED, REFUSED, REVOKED = "proposed", "confirmed", "refused", "revoked"

#: names under which changes of the register stand in the audit store
ACTIONS = (
    "clearance_propose",
    "clearance_grant",
    "clearance_reject",
    "clearance_revoke",
    "officer_appoint",
    "officer_dismiss",
)

#: what the MAC of a row covers: every column but itself, in a fixed order
_COVERED = sorted(column.name for column in clearances.columns if column.name != "mac")


class Problem(NamedTuple):
    """Something wrong with the rows of a person: a ``row`` or the ``seal`` does not fit, or all is ``older`` than known."""

    person: str
    clearance: str
    kind: str


def level_of(person: str, day: date | None = None) -> str:
    """The highest level ``person`` is cleared for on ``day`` (today when not given); ``normal`` without a clearance."""
    held = [row.kind for row in of_person(person) if row.kind in LEVELS and in_force(row, day or clock.today())]
    return max(held, key=levels.rank, default=levels.NORMAL)


def is_officer(person: str, kind: str = OFFICER, day: date | None = None) -> bool:
    """Does ``person`` hold the office ``kind`` on ``day`` (today when not given)?"""
    return any(row.kind == kind and in_force(row, day or clock.today()) for row in of_person(person))


def in_force(row: "sa.Row[Any]", day: date) -> bool:
    """Does what a row gives hold on ``day``?

    Of today the present instant counts: what was revoked an hour ago is over. Of a day that is past any part of it
    counts, because "who could on that day" asks who had the occasion.
    """
    if row.confirmed_at is None or day < clock.local(row.confirmed_at).date():
        return False
    if not row.from_day <= day or (row.until_day is not None and row.until_day <= day):
        return False
    return row.revoked_at is None or (day < clock.today() and day <= clock.local(row.revoked_at).date())


def of_person(person: str) -> "list[sa.Row[Any]]":
    """The rows of one person that count, in every state, oldest first; none in a process without keys."""
    return _sound(_OF_PERSON, {"person": person}) if person else []


def register() -> "list[sa.Row[Any]]":
    """The rows of everybody that count, in every state, by person and then oldest first."""
    return _sound(_select())


def on(day: date) -> "list[sa.Row[Any]]":
    """The rows that held on ``day``."""
    return [row for row in register() if in_force(row, day)]


def find(id_: str) -> "sa.Row[Any] | None":
    """The row of this id, if it counts."""
    owner = sa.select(clearances.c.person).where(clearances.c.id == id_).scalar_subquery()
    return next((row for row in _sound(_select().where(clearances.c.person == owner)) if row.id == id_), None)


def hold(person: str) -> None:
    """Let nobody else change the rows of ``person`` until commit; first in every turn that changes them."""
    turn.insert_new(seals, person=person, changes=0, mac="")
    turn.rows(sa.select(seals.c.person).where(seals.c.person == person).with_for_update())


def insert(**values: Any) -> str:
    """Write a new row of a person who is held, and return its id; who may is the operations' affair."""
    columns = {**dict.fromkeys(_COVERED), "reason": "", **values, "id": secrets.token_hex(16)}
    turn.run(sa.insert(clearances).values(**columns, mac=_mac_of(columns)))
    _seal(columns["person"])
    return str(columns["id"])


def change(row: "sa.Row[Any]", **values: Any) -> None:
    """Write new values into a row that counts, of a person who is held."""
    columns = {name: getattr(row, name) for name in _COVERED} | values
    turn.run(sa.update(clearances).where(clearances.c.id == row.id).values(**values, mac=_mac_of(columns)))
    _seal(row.person)


def end_of_account(person: str, reason: str) -> None:
    """The account of ``person`` is closed inside the open turn: what he holds, or would hold, ends with it.

    A process without keys cannot write here; there an officer finds the row marked and revokes it.
    """
    if not keys.available():
        return
    hold(person)
    for row in of_person(person):
        if row.state in (PROPOSED, CONFIRMED):
            state = REFUSED if row.state == PROPOSED else REVOKED
            change(row, state=state, revoked_by=actor.current(), revoked_at=clock.now(), reason=reason)
            action = "clearance_reject" if row.state == PROPOSED else "clearance_revoke"
            audit.record(action, person, clearance=row.id, kind=row.kind, changes=changes_of(person))


def changes_of(person: str) -> int:
    """How often the rows of ``person`` were changed; stands in the audit record of each change."""
    return turn.scalar(sa.select(seals.c.changes).where(seals.c.person == person)) or 0


def verify() -> "list[Problem]":
    """What is wrong with the register: rows and seals that do not fit, and changes that the audit store knows of alone.

    An operation writes its number of changes into the audit store before it commits, so one that was broken off in
    between is named as well; the next change of that person takes its number.
    """
    statement = sa.select(clearances, seals.c.changes, seals.c.mac.label("seal")).join_from(
        clearances, seals, seals.c.person == clearances.c.person, isouter=True
    )
    problems: list[Problem] = []
    found: dict[str, list[sa.Row[Any]]] = {}
    for row in turn.rows(statement):
        found.setdefault(row.person, []).append(row)
    for person, entries in sorted(found.items()):
        if not _same(entries[0].seal, _mac_of_seal(person, entries[0].changes, entries)):
            problems.append(Problem(person, "", "seal"))
        problems += [Problem(person, row.id, "row") for row in entries if not _same(row.mac, _mac_of(row._mapping))]
    present = {row.person: row.changes for row in turn.rows(sa.select(seals))}
    for person, changes in sorted(_changes_written_down().items()):
        if changes > present.get(person, 0):
            problems.append(Problem(person, "", "older"))
    return problems


def _changes_written_down() -> dict[str, int]:
    """The highest number of changes of each person in the audit store."""
    wanted = sa.select(records.c.objects, records.c.facts).where(
        records.c.action.in_(ACTIONS), records.c.outcome == "done"
    )
    highest: dict[str, int] = {}
    with audit.database().reader.connect() as connection:
        for objects, facts in connection.execute(wanted):
            (person,) = json.loads(objects)
            highest[person] = max(highest.get(person, 0), json.loads(facts).get("changes", 0))
    return highest


def _select() -> "sa.Select[Any]":
    return (
        sa.select(clearances, seals.c.changes, seals.c.mac.label("seal"))
        .join_from(clearances, seals, seals.c.person == clearances.c.person, isouter=True)
        .order_by(clearances.c.person, clearances.c.proposed_at, clearances.c.id)
    )


#: put together once, as each request asks: this costs more than the query
_OF_PERSON = _select().where(clearances.c.person == sa.bindparam("person"))


def _sound(statement: "sa.Select[Any]", parameters: Any = None) -> "list[sa.Row[Any]]":
    """The rows whose MACs and whose person's seal fit; the others are told to the audit store."""
    if not keys.available():
        return []
    sound: list[sa.Row[Any]] = []
    for person, group in groupby(turn.rows(statement, parameters), key=lambda row: row.person):
        entries = list(group)
        if not _same(entries[0].seal, _mac_of_seal(person, entries[0].changes, entries)):
            _report(person, "", str(entries[0].seal))
            continue
        for row in entries:
            if _same(row.mac, _mac_of(row._mapping)):
                sound.append(row)
            else:
                _report(person, row.id, row.mac)
    return sound


def _seal(person: str) -> None:
    """Renew the seal of one person after a change of his rows."""
    entries = turn.rows(sa.select(clearances.c.id, clearances.c.mac).where(clearances.c.person == person))
    changes = changes_of(person) + 1
    values = {"changes": changes, "mac": _mac_of_seal(person, changes, entries)}
    turn.run(sa.update(seals).where(seals.c.person == person).values(values))


def _mac_of(columns: Any) -> str:
    return _mac("row", [columns[name] for name in _COVERED])


def _mac_of_seal(person: str, changes: int | None, entries: "Iterable[sa.Row[Any]]") -> str:
    return _mac("seal", [person, changes, sorted([each.id, each.mac] for each in entries)])


def _mac(what: str, values: list[Any]) -> str:
    text = json.dumps([what, values], ensure_ascii=False, default=lambda value: value.isoformat())
    return hmac.digest(keys.provider().secret("clearances"), text.encode(), "sha256").hex()


def _same(stored: str | None, computed: str) -> bool:
    return stored is not None and hmac.compare_digest(stored.encode(), computed.encode())


@lru_cache(maxsize=1024)
def _report(person: str, row: str, mac: str) -> None:
    """Tell the audit store of a row (or, with none named, of a person's seal) that does not fit; once a process."""
    audit.refused("tampered", person, what="clearance", clearance=row)
