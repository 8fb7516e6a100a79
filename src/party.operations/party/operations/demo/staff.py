"""Who serves where in the demonstration (cán bộ): invented names, the same ones at every build."""

import random
import tomllib
from dataclasses import dataclass
from importlib.resources import files


DATA = files("party.operations.demo") / "data"

_SEED = 1930
#: functions that women hold in three of four cases, the others in one of three
_MOSTLY_WOMEN = ("clerk", "deputy_clerk", "archivist")


@dataclass(frozen=True)
class Position:
    """A function in every unit of a pattern; the login is ``prefix.unit``."""

    prefix: str
    function: str
    title: str


#: the committee of a province that is shown in full
PROVINCE = (
    Position("bithu", "leader", "Bí thư"),
    Position("lanhdao", "leader", "Phó Bí thư Thường trực"),
    Position("chanhvp", "office_head", "Chánh Văn phòng"),
    Position("vanthu", "clerk", "Văn thư"),
    Position("vanthu2", "deputy_clerk", "Văn thư"),
    Position("luutru", "archivist", "Lưu trữ viên"),
    Position("quantri", "unit_admin", "Quản trị mạng"),
)
CENTRAL_OFFICE = (
    Position("chanhvp", "leader", "Chánh Văn phòng"),
    Position("lanhdao", "leader", "Phó Chánh Văn phòng"),
    Position("hanhchinh", "office_head", "Phó Chánh Văn phòng"),
    Position("vanthu", "clerk", "Văn thư"),
    Position("vanthu2", "deputy_clerk", "Văn thư"),
    Position("luutru", "archivist", "Lưu trữ viên"),
    Position("quantri", "unit_admin", "Quản trị hệ thống"),
)
BOARD = (
    Position("truongban", "leader", "Trưởng ban"),
    Position("photruongban", "leader", "Phó Trưởng ban"),
    Position("vanthu", "clerk", "Văn thư"),
    Position("chuyenvien", "officer", "Chuyên viên"),
    Position("chuyenvien2", "officer", "Chuyên viên chính"),
)
CONTROL_COMMISSION = (
    Position("chunhiem", "leader", "Chủ nhiệm"),
    Position("phochunhiem", "leader", "Phó Chủ nhiệm"),
    *BOARD[2:],
)
COMMUNE = (
    Position("bithu", "leader", "Bí thư"),
    Position("vanthu", "clerk", "Văn thư"),
    Position("chuyenvien", "officer", "Cán bộ văn phòng"),
)
ROOM = (
    Position("truongphong", "room_head", "Trưởng phòng"),
    Position("chuyenvien", "officer", "Chuyên viên"),
    Position("chuyenvien2", "officer", "Chuyên viên"),
)
#: units that are shown by their registry alone
REGISTRY = (Position("chanhvp", "office_head", "Chánh Văn phòng"), Position("vanthu", "clerk", "Văn thư"))
CLERK_ALONE = REGISTRY[1:]
#: nobody serves as clerk here, so that a sender is warned
WITHOUT_CLERK = REGISTRY[:1]


class Names:
    """Gives out names, none of them twice."""

    def __init__(self) -> None:
        self._random = random.Random(_SEED)
        self._given: set[str] = set()
        parts = tomllib.loads((DATA / "names.toml").read_text(encoding="utf-8"))
        self._parts = {key: [each.replace("-", " ") for each in value.split()] for key, value in parts.items()}

    def next(self, function: str) -> str:
        """A name for somebody who holds ``function``."""
        while True:
            woman = self._random.random() < (0.75 if function in _MOSTLY_WOMEN else 0.33)
            kinds = ("families", "middles_of_women", "women") if woman else ("families", "middles_of_men", "men")
            name = " ".join(self._random.choice(self._parts[kind]) for kind in kinds)
            if name not in self._given and len(set(name.split())) == len(name.split()):
                self._given.add(name)
                return name
