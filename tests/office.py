"""The office that the tests share: a province, its boards and rooms, a commune, and people in every function."""

from dataclasses import dataclass
from dataclasses import field
from datetime import date

from party.operations.documents import operations as documents
from party.operations.organization import operations as organization


PASSWORD = "Mat-khau-thu-1"


@dataclass
class Office:
    """uids of units and ids of people by short names."""

    units: dict[str, str] = field(default_factory=dict)
    people: dict[str, str] = field(default_factory=dict)
    registers: dict[str, str] = field(default_factory=dict)


_UNITS = (
    # name, title, kind, parent, symbol, code
    ("tw", "Ban Chấp hành Trung ương Đảng", "central_committee", "", "TW", "A01"),
    ("vptw", "Văn phòng Trung ương Đảng", "central_body", "tw", "VPTW", "A02"),
    ("tinh", "Tỉnh uỷ Lâm Sơn", "provincial_committee", "tw", "TU", "A40"),
    ("tochuc", "Ban Tổ chức Tỉnh uỷ", "board", "tinh", "BTCTU", "A40.01"),
    ("tuyengiao", "Ban Tuyên giáo và Dân vận Tỉnh uỷ", "board", "tinh", "BTGDVTU", "A40.02"),
    ("tonghop", "Phòng Tổng hợp", "room", "tinh", "", ""),
    ("xa", "Đảng uỷ xã Hoà Bình", "commune", "tinh", "ĐU", "A40.30"),
    ("xa2", "Đảng uỷ xã Kỳ Sơn", "commune", "tinh", "ĐU", "A40.31"),
    ("quan", "Quân uỷ Trung ương", "central_body", "tw", "QUTW", "A09"),
)

_PEOPLE = (
    # login, name, unit, function, title
    ("vanthu.tw", "Đỗ Thị Hạnh", "vptw", "clerk", ""),
    ("lanhdao.tw", "Phạm Quốc Cường", "vptw", "leader", "Phó Chánh Văn phòng"),
    ("vanthu", "Nguyễn Thị Mai", "tinh", "clerk", ""),
    ("chanhvp", "Trần Văn Hùng", "tinh", "office_head", "Chánh Văn phòng"),
    ("lanhdao", "Lê Minh Đức", "tinh", "leader", "Phó Bí thư Thường trực"),
    ("truongphong", "Hoàng Thị Lan", "tonghop", "room_head", "Trưởng phòng"),
    ("chuyenvien", "Vũ Đình Phúc", "tonghop", "officer", ""),
    ("vanthu.tc", "Bùi Thị Thảo", "tochuc", "clerk", ""),
    ("lanhdao.tc", "Đặng Quang Vinh", "tochuc", "leader", "Trưởng ban"),
    ("chuyenvien.tc", "Ngô Thanh Bình", "tochuc", "officer", ""),
    ("vanthu.tg", "Lý Thu Hà", "tuyengiao", "clerk", ""),
    ("lanhdao.tg", "Võ Hồng Sơn", "tuyengiao", "leader", "Trưởng ban"),
    ("vanthu.xa", "Phan Thị Ngọc", "xa", "clerk", ""),
    ("lanhdao.xa", "Hồ Văn Tâm", "xa", "leader", "Bí thư"),
    ("vanthu.quan", "Trịnh Văn Khoa", "quan", "clerk", ""),
    ("quantri", "Cao Thị Yến", "tinh", "unit_admin", ""),
)


def build() -> Office:
    """Make the office; called as the system, inside a transaction."""
    office = Office()
    for name, title, kind, parent, symbol, code in _UNITS:
        above = office.units.get(parent, "")
        uid = organization.create_unit(title, kind, above, clerk_level_only=name == "quan").UID()
        office.units[name] = uid
        if symbol:
            organization.add_symbol(uid, symbol, date(2020, 1, 1))
            organization.add_code(uid, code, "other" if "." in code else "party", date(2020, 1, 1), primary=True)
        if kind != "room":
            office.registers[name] = documents.create_register(uid, "Sổ văn bản đến").UID()
    organization.change_unit(office.units["tw"], office=office.units["vptw"])
    organization.set_term(office.units["tw"], "Khoá XIV", date(2020, 1, 1))
    for login, name, unit, function, title in _PEOPLE:
        person = organization.create_person(
            office.units[unit], login, name, PASSWORD, phone="0200 000 000", first_login=False
        )
        organization.appoint(person, office.units[unit], function, title=title, from_day=date(2020, 1, 1))
        office.people[login] = person
    organization.set_routes(
        office.units["tinh"],
        [
            {
                "name": "Văn thư – Chánh Văn phòng – Lãnh đạo",
                "purpose": "incoming",
                "steps": [{"function": "clerk"}, {"function": "office_head"}, {"function": "leader"}],
            },
            {
                "name": "Trưởng phòng – Chánh Văn phòng",
                "purpose": "review",
                "steps": [
                    {"function": "room_head", "unit": office.units["tonghop"]},
                    {"function": "office_head"},
                ],
            },
        ],
    )
    return office
