"""The tables (số liệu): what each unit did from 13 to 19 June 2025, in the order of the circular.

``data/central.csv`` and ``data/provinces.csv`` hold the rows of appendix 2 and appendix 1 of the circular, without their
printed totals: those are added up by hand there, and in appendix 2 one person and one login short. ``data/merger.csv``
says which provincial committee took over from which on 1 July 2025 (Resolution 202/2025/QH15).
"""

import csv
import math
from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from pathlib import Path


DATA = Path(__file__).parent / "data"

FIRST_DAY = date(2025, 6, 13)
LAST_DAY = date(2025, 6, 19)
#: from when the 34 new provinces work
MERGED = date(2025, 7, 1)

#: what is counted, in the order of the tables: number of people who logged in, lượt đăng nhập, văn bản đến nhập lên, văn bản
#: đi ban hành, lượt chuyển văn bản
MEASURES = ("people", "logins", "incoming", "outgoing", "slips")

#: units that use the system at clerk level only
CLERK_LEVEL_ONLY = ("Đảng uỷ Công an Trung ương", "Quân uỷ Trung ương")


@dataclass(frozen=True)
class Row:
    """One line of a table."""

    unit: str
    #: the table it stands in, which is the kind of the unit
    kind: str
    #: invented, as the codes of Party bodies are not public
    code: str
    people: int
    logins: int
    incoming: int
    outgoing: int
    slips: int

    @property
    def figures(self) -> tuple[int, ...]:
        """The five figures in their order."""
        return tuple(getattr(self, name) for name in MEASURES)


def rows(share: float = 1.0) -> list[Row]:
    """The lines of both tables, central bodies first; with ``share`` below 1 that part of each figure."""
    found = [*_read("central.csv", "central_body", 1), *_read("provinces.csv", "provincial_committee", 21)]
    return found if share == 1 else [_part(row, share) for row in found]


def of_kind(kind: str, among: Iterable[Row]) -> list[Row]:
    """The lines of one table."""
    return [row for row in among if row.kind == kind]


def total(among: Iterable[Row]) -> tuple[int, ...]:
    """The sum of each column."""
    return tuple(map(sum, zip(*(row.figures for row in among), strict=True)))


def successors() -> dict[str, str]:
    """Which unit took over from which."""
    with (DATA / "merger.csv").open(encoding="utf-8", newline="") as stream:
        return {line["unit"]: line["successor"] for line in csv.DictReader(stream)}


def merged(among: Iterable[Row]) -> list[tuple[str, tuple[int, ...]]]:
    """The provincial committees after the merger with the sums of their figures, in the order of the table."""
    found: dict[str, list[tuple[int, ...]]] = {}
    after = successors()
    provinces = of_kind("provincial_committee", among)
    for row in provinces:
        found.setdefault(after.get(row.unit, row.unit), []).append(row.figures)
    sums = {unit: tuple(map(sum, zip(*figures, strict=True))) for unit, figures in found.items()}
    return [(row.unit, sums[row.unit]) for row in provinces if row.unit in sums]


def _read(name: str, kind: str, first_code: int) -> list[Row]:
    with (DATA / name).open(encoding="utf-8", newline="") as stream:
        return [
            Row(line["unit"], kind, f"A{number:02}", *(int(line[each]) for each in MEASURES))
            for number, line in enumerate(csv.DictReader(stream), first_code)
        ]


def _part(row: Row, share: float) -> Row:
    """A share of a line, with as many people and logins as it takes to do what is left."""
    part = {name: math.floor(getattr(row, name) * share + 0.5) for name in MEASURES}
    if any(part.values()):
        part["people"] = max(part["people"], 1)
    if part["outgoing"]:
        part["people"] = max(part["people"], 3)
    part["logins"] = max(part["logins"], part["people"])
    return replace(row, **part)
