"""Our site of :mod:`benchmarks.stock`: the office of the tests, 300 units, and the letters as rows and in the index.

There are no objects behind these rows, only lists and search look at them; a document page is one that was registered.
"""

from datetime import date
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from io import BytesIO
from typing import Any

import sqlalchemy as sa
import transaction

from benchmarks import fill
from benchmarks import letters
from party.operations.confidentiality import actor
from party.operations.confidentiality import tokens
from party.operations.confidentiality.tables import readers
from party.operations.documents import files
from party.operations.documents import operations
from party.operations.documents.projection import order_key
from party.operations.documents.recipients import Addressee
from party.operations.documents.tables import incoming
from party.operations.documents.tables import slips
from party.operations.finding import index
from party.operations.ledger import turn
from party.operations.ledger.tables import items
from party.operations.organization import operations as organization
from party.operations.text.symbols import match_key
from tests.office import PASSWORD


#: the logins of those who ask, by their names in the stock site
LOGINS = {"clerk": "vanthu", "officer": "chuyenvien", "leader": "lanhdao.300"}
BATCH = 2_500

Rows = dict[sa.Table, list[dict[str, Any]]]


def make(site: Any) -> dict[str, Any]:
    """The office with its further units and the leader of all of them; uids and ids by short names."""
    office: dict[str, Any] = fill.make_office(site)
    tinh, since = office["units"]["tinh"], date(2020, 1, 1)
    leader = organization.create_person(
        tinh, LOGINS["leader"], "Nguyễn Văn Toàn", PASSWORD, phone="0200 000 000", first_login=False
    )
    office["many"] = []
    for number in range(letters.UNITS):
        uid = organization.create_unit(f"Phòng số {number}", "room", tinh).UID()
        organization.appoint(leader, uid, "leader", from_day=since)
        office["many"].append(uid)
    organization.appoint(office["people"]["chuyenvien"], office["many"][letters.OWN], "officer", from_day=since)
    transaction.commit()
    return office


def write(site: Any, office: dict[str, Any], count: int) -> int:
    """Write the first ``count`` letters; returns how many rows the register has then."""
    for start in range(0, count, BATCH):
        transaction.begin()
        with turn.turn():
            written = [letters.letter(number) for number in range(start, min(start + BATCH, count))]
            rows: Rows = {items: [], incoming: [], slips: [], readers: []}
            for each in written:
                _add(rows, office, each)
            for table, values in rows.items():
                turn.run(sa.insert(table), values)
            for each in written:
                _index(office, each)
        transaction.commit()
        print(f"ours: {min(start + BATCH, count):,}", flush=True)
    with turn.turn():
        turn.run(sa.text("ANALYZE"))
    transaction.commit()
    return int(turn.scalar(sa.select(sa.func.count()).select_from(incoming)))


def register_one(site: Any, office: dict[str, Any]) -> str:
    """A letter that was registered and passed on; returns its uid."""
    with actor.acting_as(office["people"]["vanthu"]):
        made = operations.register_incoming(
            office["units"]["tinh"],
            [files.stage(BytesIO(fill.pdf()), "Công văn.pdf")],
            title="V/v báo cáo tình hình thực hiện nhiệm vụ",
            type="party.cong-van",
            issuer="Văn phòng Trung ương Đảng",
            number_symbol="15671-CV/VPTW",
            document_date=date(2026, 11, 20),
        )
        operations.transfer(made.UID(), [Addressee(person=office["people"]["lanhdao"])], directive="Xin ý kiến")
    transaction.commit()
    return str(made.UID())


def _add(rows: Rows, office: dict[str, Any], each: letters.Letter) -> None:
    units, people, uid = office["units"], office["people"], _uid(each)
    at, state = datetime(each.day.year, each.day.month, each.day.day, 8, tzinfo=UTC), _state(each)
    item = {"uid": uid, "kind": "incoming", "unit": units["tinh"], "level": "normal", "state": state}
    item |= {"path": f"/party/{uid}", "title": each.title, "created_by": people["vanthu"]}
    rows[items].append({**item, "created_at": at, "changed_at": at})
    line = {
        "uid": uid,
        "unit": units["tinh"],
        "register": office["registers"]["tinh"],
        "period": f"{each.day.year}",
        "arrival_number": each.number + 1,
        "arrival_date": each.day,
        "issuer": each.issuer,
        "issuer_key": each.issuer,
        "number_symbol": each.number_symbol,
        "number_key": match_key(each.number_symbol),
        "document_date": each.day,
        "type": "party.bao-cao",
        "urgency": "normal",
        "source": "typed",
        "deadline": each.day + timedelta(days=14),
        "issuer_order": order_key(each.issuer),
        "number_order": order_key(each.number_symbol),
        "title_order": order_key(each.title),
    }
    rows[incoming].append(line)
    given = [tokens.unit(units["tinh"], "registry"), *(tokens.unit(office["many"][n], "member") for n in each.units)]
    if each.passed:
        given.append(tokens.user(people["chuyenvien"]))
        slip = {"document": uid, "batch": uid, "from_person": people["vanthu"], "from_unit": units["tinh"]}
        slip |= {"to_person": people["chuyenvien"], "token": given[-1], "capacity": "lead", "state": "read"}
        rows[slips].append({**slip, "deadline": each.day + timedelta(days=14), "sent_at": at})
    rows[readers] += [{"object": uid, "token": token} for token in given]


def _index(office: dict[str, Any], each: letters.Letter) -> None:
    units, people, uid = office["units"], office["people"], _uid(each)
    index.write(
        uid,
        kind="incoming",
        level="normal",
        unit=units["tinh"],
        type_="party.bao-cao",
        period=f"{each.day.year}",
        state=_state(each),
        person=people["chuyenvien"] if each.passed else "",
        urgency="normal",
        day=each.day,
        number=each.number_symbol,
        title=each.title,
        about=each.issuer,
    )
    index.set_text(uid, each.text)


def _uid(each: letters.Letter) -> str:
    return f"letter{each.number:026d}"


def _state(each: letters.Letter) -> str:
    return "in_progress" if each.passed else "done"
