"""The units, their people and what they have in hand (tổ chức bộ máy), made by the operations before the week begins.

Runs inside of the site, as a client of its database. Each unit is made in one transaction: who begins again after an
interruption goes on with the next one.
"""

import io
import random
import sys
import time
import tomllib
from datetime import date
from typing import Any

import transaction
from zope.component.hooks import setSite

from party.operations.confidentiality import actor
from party.operations.demo.staff import DATA
from party.operations.documents import files
from party.operations.documents import operations as documents
from party.operations.ledger import turn
from party.operations.organization import lookup
from party.operations.organization import operations
from party.operations.site import create_site as make_site
from replay import facts
from replay import letters
from replay.plan import plan
from replay.plan import UnitPlan


ROOT = "Ban Chấp hành Trung ương Đảng"
ROOT_CODE = "A00"
#: since when everything is in force
FOUNDED = date(2021, 2, 2)
CENTRAL_TERM = "Đại hội XIII"
#: a congress term of the provinces; one day stands for all
PROVINCIAL_TERM = ("Nhiệm kỳ 2020 - 2025", date(2020, 11, 1))
BOOK = "Sổ văn bản đến"


def build(app: Any, share: float, password: str) -> dict[str, float]:
    """Make what is missing of the site and its units, everybody with ``password``; returns counts and seconds."""
    setSite(make_site(app))
    began = time.monotonic()
    root = _root()
    names = _Names()
    plans = plan(facts.rows(share))
    for number, each in enumerate(plans, 1):
        if lookup.unit_by_code(each.row.code) is None:
            with turn.turn():
                _make(each, number, root, names, password)
            transaction.commit()
        print(f"\r{number} of {len(plans)} units", end="", file=sys.stderr, flush=True)
    print(file=sys.stderr)
    people = [person for each in plans for person in each.people]
    rooms = {(each.unit, each.room) for each in people}
    return {"people": len(people), "units": len(rooms), "seconds": time.monotonic() - began}


def room_code(code: str, room: int) -> str:
    """The code of a room of the unit with ``code``; 0 is the unit itself."""
    return f"{code}.{room:02}" if room else code


def _root() -> str:
    found = lookup.unit_by_code(ROOT_CODE)
    if found is not None:
        return found.uid
    uid = operations.create_unit(ROOT, "central_committee", short_name="Trung ương").UID()
    operations.add_code(uid, ROOT_CODE, "other", FOUNDED, primary=True)
    operations.add_symbol(uid, "TW", FOUNDED)
    operations.set_term(uid, CENTRAL_TERM, FOUNDED)
    transaction.commit()
    return uid


def _make(each: UnitPlan, number: int, root: str, names: "_Names", password: str) -> None:
    row = each.row
    alone = row.unit in facts.CLERK_LEVEL_ONLY
    uid = operations.create_unit(row.unit, row.kind, root, position=number * 10, clerk_level_only=alone).UID()
    operations.add_code(uid, row.code, "party", FOUNDED, primary=True)
    operations.add_symbol(uid, "TU" if row.kind == "provincial_committee" else letters.initials(row.unit), FOUNDED)
    if row.kind == "provincial_committee":
        operations.set_term(uid, *PROVINCIAL_TERM)
    else:
        operations.set_term(uid, CENTRAL_TERM, FOUNDED)
    documents.create_register(uid, BOOK)
    units = {0: uid}
    for room in sorted({person.room for person in each.people} - {0}):
        units[room] = operations.create_unit(f"Phòng số {room}", "room", uid).UID()
        operations.add_code(units[room], room_code(row.code, room), "party", FOUNDED, primary=True)
    people = {}
    for person in each.people:
        where = units[person.room]
        name = names.next()
        people[person.login] = operations.create_person(where, person.login, name, password, first_login=False)
        operations.appoint(people[person.login], where, person.function, from_day=FOUNDED)
    if each.carried:
        with actor.acting_as(people[each.people[0].login]):
            for symbol in each.carried:
                _carry(uid, symbol)


def _carry(unit: str, symbol: str) -> None:
    """Register a document that is in hand when the week begins."""
    letter = letters.arriving(symbol)
    upload = files.stage(io.BytesIO(letters.pdf(letter["title"])), "Báo cáo.pdf")
    documents.register_incoming(unit, [upload], number_symbol=symbol, document_date=date(2025, 6, 10), **letter)


class _Names:
    """Invented names, the same ones at every run; some people are namesakes, as in life."""

    def __init__(self) -> None:
        self._random = random.Random(2025)
        parts = tomllib.loads((DATA / "names.toml").read_text(encoding="utf-8"))
        self._parts = {key: [each.replace("-", " ") for each in value.split()] for key, value in parts.items()}

    def next(self) -> str:
        """The next name."""
        kinds = self._random.choice((("middles_of_women", "women"), ("middles_of_men", "men")))
        return " ".join(self._random.choice(self._parts[kind]) for kind in ("families", *kinds))
