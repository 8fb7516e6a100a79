"""63 provinces become 34: how long it takes, and what is written – with 50,000 documents and 8,000 people in them.

The documents and the people are rows made straight in the ledger; units are made by operations. The plan comes from a
table of names, as the resolution has them, and is done by the worker. ``--small`` takes a tenth of the documents and of
the people.

Shown are seconds, objects of the ZODB by their class, and statements, before the day and on it; and of a sample of
people, whether each sees all that he saw, and how many documents his post in the successor adds.
"""

import random
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date
from datetime import datetime
from datetime import timedelta
from datetime import UTC
from io import BytesIO
from typing import Any

import sqlalchemy as sa
import transaction
from sqlalchemy import event
from ZODB.utils import get_pickle_metadata

from benchmarks.stack import stack
from benchmarks.table import show
from party.operations import worker
from party.operations.confidentiality import principals
from party.operations.confidentiality import tokens
from party.operations.confidentiality.tables import readers
from party.operations.documents import operations as documents
from party.operations.documents.tables import incoming
from party.operations.ledger import clock
from party.operations.ledger import engine
from party.operations.ledger import turn
from party.operations.ledger.tables import items
from party.operations.organization import operations
from party.operations.organization.merging import check
from party.operations.organization.merging import plan as plans
from party.operations.organization.merging import steps
from party.operations.organization.tables import people
from party.operations.organization.tables import posts
from party.operations.text.collation import name_sort_key


DOCUMENTS, PEOPLE, ROOMS = 50_000, 8_000, 3
#: days until the merger: what is prepared before and what is done on the day are measured apart
AHEAD = 7
SAMPLE = 200
BATCH = 2_500
FUNCTIONS = ("leader", "office_head", "clerk", "officer", "officer", "officer", "officer", "room_head")

#: tỉnh mới: các tỉnh cũ (Nghị quyết 202/2025/QH15)
MERGED = {
    "Tuyên Quang": ("Hà Giang", "Tuyên Quang"),
    "Lào Cai": ("Yên Bái", "Lào Cai"),
    "Thái Nguyên": ("Bắc Kạn", "Thái Nguyên"),
    "Phú Thọ": ("Vĩnh Phúc", "Hòa Bình", "Phú Thọ"),
    "Bắc Ninh": ("Bắc Giang", "Bắc Ninh"),
    "Hưng Yên": ("Thái Bình", "Hưng Yên"),
    "Hải Phòng": ("Hải Dương", "Hải Phòng"),
    "Ninh Bình": ("Hà Nam", "Nam Định", "Ninh Bình"),
    "Quảng Trị": ("Quảng Bình", "Quảng Trị"),
    "Đà Nẵng": ("Quảng Nam", "Đà Nẵng"),
    "Quảng Ngãi": ("Kon Tum", "Quảng Ngãi"),
    "Gia Lai": ("Bình Định", "Gia Lai"),
    "Khánh Hòa": ("Ninh Thuận", "Khánh Hòa"),
    "Lâm Đồng": ("Đắk Nông", "Bình Thuận", "Lâm Đồng"),
    "Đắk Lắk": ("Phú Yên", "Đắk Lắk"),
    "Thành phố Hồ Chí Minh": ("Bà Rịa - Vũng Tàu", "Bình Dương", "Thành phố Hồ Chí Minh"),
    "Đồng Nai": ("Bình Phước", "Đồng Nai"),
    "Tây Ninh": ("Long An", "Tây Ninh"),
    "Cần Thơ": ("Sóc Trăng", "Hậu Giang", "Cần Thơ"),
    "Vĩnh Long": ("Bến Tre", "Trà Vinh", "Vĩnh Long"),
    "Đồng Tháp": ("Tiền Giang", "Đồng Tháp"),
    "Cà Mau": ("Bạc Liêu", "Cà Mau"),
    "An Giang": ("Kiên Giang", "An Giang"),
    "Huế": ("Thừa Thiên Huế",),
}
UNCHANGED = (
    *("Hà Nội", "Cao Bằng", "Điện Biên", "Hà Tĩnh", "Lai Châu"),
    *("Lạng Sơn", "Nghệ An", "Quảng Ninh", "Thanh Hóa", "Sơn La"),
)


def main(arguments: list[str]) -> int:
    """Merge; the exit code says whether nothing but units was written and nobody lost what he saw."""
    share = 10 if "--small" in arguments else 1
    with stack() as site:
        office = site.call("benchmarks.fill.make_office")
        filled = site.call(
            "benchmarks.merger.make", tw=office["units"]["tw"], documents=DOCUMENTS // share, persons=PEOPLE // share
        )
        figures = site.call("benchmarks.merger.merge")
    title = "{before} provinces into {after}; {documents:,} documents, {people:,} people, {moved:,} of whom move"
    show(
        title.format(**filled, **figures["counts"]),
        ("", "seconds", "steps", "statements", "objects in the ZODB", "of them units and books"),
        [
            [name, each["seconds"], each["steps"], each["statements"], sum(each["objects"].values()), each["ours"]]
            for name, each in figures["phases"].items()
        ],
    )
    for name, each in figures["phases"].items():
        print(f"  {name}: " + ", ".join(f"{kind} {count}" for kind, count in sorted(each["objects"].items())))
    seen = figures["seen"]
    print(
        f"  of {seen['people']} people {seen['lost']} lost sight of a document, {seen['gained']} see more than before"
    )
    return 1 if seen["lost"] or figures["documents_written"] else 0


def make(site: Any, tw: str, documents: int, persons: int) -> dict[str, int]:
    """Provinces with rooms, people and documents; returns how many there are."""
    names = [*(old for olds in MERGED.values() for old in olds), *UNCHANGED]
    provinces = [_province(tw, name) for name in names]
    units = [(province, [province, *rooms]) for province, rooms in provinces]
    _people(units, persons)
    _documents(units, documents)
    return {"before": len(names), "after": len(MERGED) + len(UNCHANGED), "documents": documents, "people": persons}


def merge(site: Any) -> dict[str, Any]:
    """Plan it from the table of names and let the worker do it; returns what it took."""
    today = clock.today()
    table = ["old_name,new_name", *(f"{old},{new}" for new, olds in MERGED.items() for old in olds)]
    began = time.perf_counter()
    merger = operations.plan_merger("Sáp nhập tỉnh", today + timedelta(days=AHEAD), basis="Nghị quyết 202/2025/QH15")
    operations.import_merger(merger, BytesIO("\n".join(table).encode()), "sap-nhap.csv")
    moved = operations.move_everybody(merger, today + timedelta(days=AHEAD + 92))
    transaction.commit()
    planned = time.perf_counter() - began
    began = time.perf_counter()
    found = check.problems(plans.find(merger))
    assert not found, found[:3]
    checked = time.perf_counter() - began
    sample = [each.id for each in turn.rows(sa.select(people.c.id).where(people.c.id.startswith("bench")))]
    sample = random.Random(1).sample(sample, SAMPLE)
    before = {each: _seen(each) for each in sample}
    phases = {"planned": {**_nothing(), "seconds": planned}, "checked": {**_nothing(), "seconds": checked}}
    operations.start_merger(merger)
    transaction.commit()
    phases["prepared"] = _work(site, merger)
    with clock.frozen(clock.now() + timedelta(days=AHEAD)):
        phases["on the day"] = _work(site, merger)
        principals.forget()
        after = {each: _seen(each) for each in sample}
    assert plans.find(merger).row.state == "done"
    return {
        "counts": {"moved": moved},
        "phases": phases,
        "documents_written": sum(each["objects"].get("IncomingDocument", 0) for each in phases.values()),
        "seen": {
            "people": len(sample),
            "lost": sum(bool(before[each] - after[each]) for each in sample),
            "gained": sum(bool(after[each] - before[each]) for each in sample),
        },
    }


def _work(site: Any, merger: str) -> dict[str, Any]:
    """Let the worker do what is due."""
    done = _done(merger)
    with _counting(site._p_jar) as (objects, statements):
        began = time.perf_counter()
        worker.work(site)
        seconds = time.perf_counter() - began
    ours = sum(objects[each] for each in ("Unit", "Shelf", "Register"))
    return {
        "seconds": seconds,
        "steps": _done(merger) - done,
        "statements": statements[0],
        "objects": dict(objects),
        "ours": ours,
    }


def _nothing() -> dict[str, Any]:
    return {"steps": 0, "statements": 0, "objects": {}, "ours": 0}


def _done(merger: str) -> int:
    return sum(each.done_at is not None for each in steps.of_merger(merger))


@contextmanager
def _counting(connection: Any) -> Iterator[tuple[Counter[str], list[int]]]:
    """Objects that are stored, by class, and the number of statements of the write sessions."""
    objects: Counter[str] = Counter()
    statements = [0]
    store, writer = connection._storage.store, engine.database().writer

    def counting(oid: bytes, serial: bytes, data: bytes, *rest: Any) -> Any:
        objects[get_pickle_metadata(data)[1]] += 1
        return store(oid, serial, data, *rest)

    def executing(*given: Any) -> None:
        statements[0] += 1

    connection._storage.store = counting
    event.listen(writer, "before_cursor_execute", executing)
    try:
        yield objects, statements
    finally:
        connection._storage.store = store
        event.remove(writer, "before_cursor_execute", executing)


def _seen(person: str) -> set[str]:
    wanted = sa.select(readers.c.object).where(readers.c.token.in_(sorted(principals.of(person))))
    return {each.object for each in turn.rows(wanted)}


def _province(tw: str, name: str) -> tuple[str, list[str]]:
    with turn.turn():
        uid = operations.create_unit(f"Tỉnh uỷ {name}", "provincial_committee", tw).UID()
        documents.create_register(uid, "Sổ văn bản đến")
        rooms = [operations.create_unit(f"Phòng {each + 1}", "room", uid).UID() for each in range(ROOMS)]
    transaction.commit()
    return uid, rooms


def _people(units: list[tuple[str, list[str]]], count: int) -> None:
    """People as rows without accounts, spread over the provinces and their rooms."""
    # as many in the province itself as in its rooms, which go along with their people
    each_unit = [unit for _organ, own in units for unit in (*[own[0]] * (ROOMS - 1), *own)]
    places = [(unit, function) for function in FUNCTIONS for unit in each_unit]
    rows, held = [], []
    for number in range(count):
        name, person = f"Nguyễn Văn Số {number}", f"bench{number}"
        unit, function = places[number % len(places)]
        values = {"id": person, "login": person, "full_name": name, "sort_key": name_sort_key(name), "folded": person}
        rows.append({**values, "email": "", "phone": "", "must_change_password": False, "active": True})
        held.append({"person": person, "unit": unit, "function": function, "title": "", "from_day": date(2020, 1, 1)})
    _insert(people, rows)
    _insert(posts, held)


def _documents(units: list[tuple[str, list[str]]], count: int) -> None:
    """Incoming documents as rows: read by the registry and the leaders of a province and by the people of one room."""
    at = datetime(2025, 6, 1, 8, tzinfo=UTC)
    rows: dict[sa.Table, list[dict[str, Any]]] = {items: [], incoming: [], readers: []}
    for number in range(count):
        organ, own = units[number % len(units)]
        uid, day = f"merged{number:026d}", date(2025, 1, 1) + timedelta(days=number % 150)
        item = {"uid": uid, "kind": "incoming", "unit": organ, "level": "normal", "state": "in_progress"}
        rows[items].append(
            {
                **item,
                "path": f"/party/{uid}",
                "title": "V/v báo cáo",
                "created_by": "",
                "created_at": at,
                "changed_at": at,
            }
        )
        line = {"uid": uid, "unit": organ, "register": "", "period": "2025", "arrival_number": number // len(units) + 1}
        line |= {"arrival_date": day, "issuer": "Ai đó", "issuer_key": "ai do", "number_symbol": "", "number_key": ""}
        line |= {"document_date": day, "type": "party.bao-cao", "urgency": "normal", "source": "typed"}
        rows[incoming].append({**line, "issuer_order": "", "number_order": "", "title_order": ""})
        given = (
            tokens.unit(organ, "registry"),
            tokens.unit(organ, "leader"),
            tokens.unit(own[number % len(own)], "member"),
        )
        rows[readers] += [{"object": uid, "token": each} for each in given]
    for table, values in rows.items():
        _insert(table, values)


def _insert(table: "sa.Table", values: list[dict[str, Any]]) -> None:
    for start in range(0, len(values), BATCH):
        with turn.turn():
            turn.run(sa.insert(table), values[start : start + BATCH])
        transaction.commit()
