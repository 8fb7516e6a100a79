"""The organisation of the demonstration (tổ chức bộ máy): units, settings, registers, people, routes.

Units come from ``data/units.csv``, a file as ``bin/party import-organization`` reads it. Names and order of the 12
central bodies and 63 provincial committees are those of a public document of 2025. Codes of Party bodies are not
public: those here are invented, in the form of their scheme; so are rooms, communes, people and telephone numbers.
"""

import csv
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field
from datetime import date
from typing import Any

from party.operations.demo import staff
from party.operations.demo.staff import DATA
from party.operations.documents.operations import create_register
from party.operations.organization import lookup
from party.operations.organization import operations
from party.operations.text.folding import fold


ROOT = "Ban Chấp hành Trung ương Đảng"
CENTRAL_OFFICE = "A01"
#: provinces that are shown in full; the first one is where a newcomer begins
DEEP = ("A76", "A37", "A69")
#: provincial committees without a serving clerk
WITHOUT_CLERK = ("A23", "A74")
#: since when posts, codes and symbols are in force: the day provinces and communes took up work in their new form
FOUNDED = date(2025, 7, 1)

#: terms begin the day after the congress closed; for the provinces one day stands for all, which is a simplification
CENTRAL_TERMS = (("Đại hội XIII", date(2021, 2, 2)), ("Đại hội XIV", date(2026, 1, 24)))
PROVINCIAL_TERM = ("Nhiệm kỳ 2025 - 2030", date(2025, 10, 1))

#: what the head of a room is called where the room is a department or a bureau
_HEADS = {"Vụ": "Vụ trưởng", "Cục": "Cục trưởng"}

ARRIVALS = "Sổ văn bản đến"
PETITIONS = "Sổ đơn thư"


@dataclass
class Demonstration:
    """What was made: units by code, people by login, registers by (code, name)."""

    password: str
    units: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    names: dict[str, str] = field(default_factory=dict)
    registers: dict[tuple[str, str], str] = field(default_factory=dict)


def build_units(demo: Demonstration) -> None:
    """All units with their terms, the office of the Central Committee, and the days off of two years."""
    with (DATA / "units.csv").open("rb") as stream:
        report = operations.import_organization(stream, "units.csv", dry_run=False)
    if not report.applied:
        raise RuntimeError(f"units.csv: {report.rows(('error',))}")
    (root,) = lookup.search_units(ROOT, kinds=("central_committee",))
    demo.units["root"] = root.uid
    for row in _rows("units.csv"):
        if row["Mã định danh"]:
            demo.units[row["Mã định danh"]] = _uid(row["Mã định danh"])
    operations.change_unit(root.uid, office=demo.units[CENTRAL_OFFICE])
    for label, first_day in CENTRAL_TERMS:
        operations.set_term(root.uid, label, first_day)
    for code in _codes(demo, "provincial_committee"):
        operations.set_term(demo.units[code], *PROVINCIAL_TERM)
    for row in _rows("holidays.csv"):
        operations.set_holiday(date.fromisoformat(row["day"]), row["label"])


def build_registers(demo: Demonstration) -> None:
    """One book of arrivals in every organ, and one more for petitions where it is shown."""
    for code, uid in demo.units.items():
        unit = lookup.unit(uid)
        if unit.organ == uid and code != "root":
            demo.registers[code, ARRIVALS] = create_register(uid, ARRIVALS).UID()
    demo.registers[DEEP[0], PETITIONS] = create_register(demo.units[DEEP[0]], PETITIONS).UID()


def build_people(demo: Demonstration) -> None:
    """Accounts and posts by the patterns of :mod:`.staff`."""
    names = staff.Names()
    for code, uid in demo.units.items():
        unit = lookup.unit(uid)
        suffix = _login_of(unit)
        for position in _pattern(code, unit):
            name = names.next(position.function)
            login = f"{position.prefix}.{suffix}"
            title = _HEADS.get(unit.title.split()[0]) if position.function == "room_head" else None
            appoint(demo, uid, login, name, position.function, title or position.title)


def appoint(
    demo: Demonstration, uid: str, login: str, name: str, function: str, title: str, *, first_login: bool = False
) -> None:
    """Make the account of one person with his post."""
    count = len(demo.people) + 1
    phone = f"0200 {count // 1000:03} {count % 1000:03}"
    person = operations.create_person(uid, login, name, demo.password, phone=phone, first_login=first_login)
    operations.appoint(person, uid, function, title=title, from_day=FOUNDED)
    demo.people[login], demo.names[login] = person, name


def build_routes(demo: Demonstration) -> None:
    """Prepared routes of every unit that is shown in full."""
    rooms = {code: demo.units[f"{code}.00.01"] for code in (CENTRAL_OFFICE, *DEEP)}
    for code, room in rooms.items():
        routes = [
            _route("Văn thư - Chánh Văn phòng - Lãnh đạo", "incoming", "clerk", "office_head", "leader"),
            _route("Văn thư - Chánh Văn phòng - Tổng hợp", "incoming", "clerk", "office_head", ("room_head", room)),
            _route("Trưởng phòng - Chánh Văn phòng", "review", ("room_head", room), "office_head"),
        ]
        if code in DEEP:
            board = demo.units[f"{code}.01"]
            steps = ("clerk", "office_head", "leader", ("leader", board), ("officer", board))
            routes.append(_route("Văn thư - Chánh Văn phòng - Lãnh đạo - Ban Tổ chức", "incoming", *steps))
        operations.set_routes(demo.units[code], routes)
    for code, uid in demo.units.items():
        if code[:3] in DEEP and lookup.unit(uid).kind in ("board", "commune"):
            incoming = _route("Văn thư - Lãnh đạo - Chuyên viên", "incoming", "clerk", "leader", "officer")
            review = _route("Văn thư kiểm tra thể thức - Lãnh đạo", "review", "clerk", "leader")
            operations.set_routes(uid, [incoming, review])


def _route(name: str, purpose: str, *steps: str | tuple[str, str]) -> dict[str, Any]:
    pairs = [(step, "") if isinstance(step, str) else step for step in steps]
    plain = [{"function": function, "unit": unit} for function, unit in pairs]
    return {"name": name, "purpose": purpose, "steps": plain}


def _pattern(code: str, unit: Any) -> tuple[staff.Position, ...]:
    """Who serves in a unit."""
    if unit.kind == "room":
        return staff.ROOM
    if unit.kind == "board":
        return staff.CONTROL_COMMISSION if code.endswith(".04") else staff.BOARD
    if unit.kind == "provincial_committee":
        if code in DEEP:
            return staff.PROVINCE
        return staff.WITHOUT_CLERK if code in WITHOUT_CLERK else staff.REGISTRY
    if unit.kind == "central_body":
        if code == CENTRAL_OFFICE:
            return staff.CENTRAL_OFFICE
        return staff.CLERK_ALONE if unit.clerk_level_only else staff.REGISTRY
    return staff.COMMUNE if unit.kind == "commune" else ()


def _login_of(unit: Any) -> str:
    """The last part of the logins of a unit: ``thainguyen``, ``btc.thainguyen``, ``tonghop.thainguyen``."""
    own = lookup.symbol_on(unit.uid, FOUNDED).removesuffix("TU") if unit.kind == "board" else unit.short_name
    name = "".join(each for each in fold(own) if each.isalnum())
    if unit.kind not in ("board", "room"):
        return name
    return f"{name}.{_login_of(lookup.unit(unit.parent))}"


def _codes(demo: Demonstration, kind: str) -> list[str]:
    return [code for code, uid in demo.units.items() if lookup.unit(uid).kind == kind]


def _uid(code: str) -> str:
    found = lookup.unit_by_code(code)
    assert found is not None
    return found.uid


def _rows(name: str) -> Iterator[dict[str, str]]:
    with (DATA / name).open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)
