"""Three years of a busy province as rows of the ledger alone: incoming documents with slips, issued ones with deliveries.

There are no objects behind these rows; only lists look at them.
"""

import random
from datetime import date
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from typing import Any

import sqlalchemy as sa
import transaction

from benchmarks import indexed
from party.operations.confidentiality import tokens
from party.operations.confidentiality.tables import readers
from party.operations.documents.tables import deliveries
from party.operations.documents.tables import incoming
from party.operations.documents.tables import outgoing
from party.operations.documents.tables import reviews
from party.operations.documents.tables import slips
from party.operations.ledger import turn
from party.operations.ledger.tables import items
from party.operations.text.folding import fold


INCOMING, OUTGOING = 100_000, 20_000
BATCH = 5_000
FIRST_DAY = date(2024, 1, 1)
DAYS = 1050
#: the newest documents of each direction that are not yet done
OPEN = 600
ISSUERS = [f"Đảng uỷ xã số {number}" for number in range(1, 200)]
SUBJECTS = ("báo cáo kết quả thực hiện nghị quyết", "triệu tập hội nghị", "xin ý kiến về nhân sự", "giao nhiệm vụ")

Rows = dict[sa.Table, list[dict[str, Any]]]


def fill(site: Any, office: dict[str, dict[str, str]]) -> dict[str, int]:
    """Write the rows; returns how many there are of each kind."""
    chance = random.Random(2026)
    for make, count in ((_incoming, INCOMING), (_outgoing, OUTGOING)):
        for start in range(0, count, BATCH):
            transaction.begin()
            rows: Rows = {table: [] for table in (items, incoming, outgoing, slips, reviews, deliveries, readers)}
            for number in range(start, start + BATCH):
                make(rows, office, chance, number)
            with turn.turn():
                for table, values in rows.items():
                    if values:
                        turn.run(sa.insert(table), values)
                issuers = [each["issuer"] for each in rows[incoming]] or [""] * len(rows[outgoing])
                indexed.insert(indexed.of_items(rows[items], issuers), rows[readers])
            transaction.commit()
    counted = (incoming, outgoing, slips, deliveries)
    return {table.name: turn.scalar(sa.select(sa.func.count()).select_from(table)) for table in counted}


def _incoming(rows: Rows, office: dict[str, dict[str, str]], chance: random.Random, number: int) -> None:
    units, people = office["units"], office["people"]
    uid, unit, day = f"incoming{number:024d}", units["tinh"], _day(number, INCOMING)
    waits = INCOMING - number <= OPEN
    state = chance.choice(("received", "registered", "in_progress", "in_progress")) if waits else "done"
    subject = "việc độc nhất" if number == 77 else chance.choice(SUBJECTS)
    issuer = chance.choice(ISSUERS)
    rows[items].append(_item(uid, "incoming", unit, state, f"V/v {subject} số {number}", issuer, day))
    rows[incoming].append(
        {
            "uid": uid,
            "unit": unit,
            "register": office["registers"]["tinh"],
            "period": f"{day.year}",
            "arrival_number": None if state == "received" else number + 1,
            "arrival_date": day,
            "issuer": issuer,
            "issuer_key": fold(issuer),
            "number_symbol": f"{number}-BC/ĐU",
            "number_key": f"{number}bcdu",
            "document_date": day,
            "type": "party.bao-cao",
            "urgency": "normal",
            "source": "typed",
            "deadline": day + timedelta(days=14),
        }
    )
    given = [tokens.unit(unit, "registry"), tokens.unit(unit, "leader")]
    if state in ("in_progress", "done"):
        for token in (tokens.user(people["lanhdao"]), tokens.unit(units[chance.choice(("tochuc", "tonghop"))], "desk")):
            given.append(token)
            rows[slips].append(_slip(office, chance, uid, token, day, waits))
    rows[readers] += [{"object": uid, "token": token} for token in given]


def _outgoing(rows: Rows, office: dict[str, dict[str, str]], chance: random.Random, number: int) -> None:
    units, people = office["units"], office["people"]
    uid, unit, day = f"outgoing{number:024d}", units["tinh"], _day(number, OUTGOING)
    waits = OUTGOING - number <= OPEN
    state = chance.choice(("draft", "in_review", "approved", "signed")) if waits else "issued"
    rows[items].append(_item(uid, "outgoing", unit, state, f"V/v {chance.choice(SUBJECTS)} số {number}", "", day))
    rows[outgoing].append(
        {
            "uid": uid,
            "unit": unit,
            "drafting_unit": units["tonghop"],
            "drafter": people[chance.choice(("chuyenvien", "truongphong"))],
            "type": "party.cong-van",
            "urgency": "normal",
            "period": "Khoá XIV",
            "number": None if waits else number + 1,
            "number_symbol": "" if waits else f"{number + 1}-CV/TU",
            "issue_date": None if waits else day,
        }
    )
    leader = tokens.user(people["lanhdao"])
    review = "pending" if state == "in_review" else "approved"
    rows[reviews].append({"document": uid, "round": 1, "position": 0, "token": leader, "state": review})
    rows[readers] += [{"object": uid, "token": token} for token in (leader, tokens.unit(unit, "registry"))]
    for name in () if waits else ("xa", "xa2", "vptw"):
        rows[deliveries].append(
            {
                "document": uid,
                "sender": unit,
                "recipient": units[name],
                "recipient_name": name,
                "channel": "electronic",
                "state": "waiting" if OUTGOING - number <= 2 * OPEN else "accepted",
                "sent_at": _instant(day),
                "sent_by": people["vanthu"],
            }
        )


def _item(uid: str, kind: str, unit: str, state: str, title: str, issuer: str, day: date) -> dict[str, Any]:
    return {
        "uid": uid,
        "kind": kind,
        "unit": unit,
        "level": "normal",
        "state": state,
        "path": f"/party/{uid}",
        "title": title,
        "created_by": "somebody",
        "created_at": _instant(day),
        "changed_at": _instant(day),
    }


def _slip(
    office: dict[str, dict[str, str]], chance: random.Random, uid: str, token: str, day: date, waits: bool
) -> dict[str, Any]:
    return {
        "document": uid,
        "batch": uid,
        "from_person": office["people"]["vanthu"],
        "from_unit": office["units"]["tinh"],
        "token": token,
        "capacity": chance.choice(("lead", "support", "informed")),
        "deadline": day + timedelta(days=14),
        "state": chance.choice(("sent", "read", "in_progress"))
        if waits
        else chance.choice(("done",) * 99 + ("returned",)),
        "sent_at": _instant(day),
    }


def _day(number: int, count: int) -> date:
    return FIRST_DAY + timedelta(days=number * DAYS // count)


def _instant(day: date) -> datetime:
    return datetime(day.year, day.month, day.day, 8, tzinfo=UTC)
