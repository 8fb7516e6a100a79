"""The report against the tables, cell by cell (đối chiếu)."""

from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from dataclasses import field
from typing import Any

from replay import facts
from replay.reports import Figures


HEADINGS = ("người", "đăng nhập", "văn bản đến", "văn bản đi", "lượt chuyển")
_WIDTH = 52


@dataclass
class Comparison:
    """Lines for the terminal, and how many cells are equal and different."""

    lines: list[str] = field(default_factory=list)
    equal: int = 0
    different: int = 0

    def compare(self, name: str, wanted: Sequence[int], found: Sequence[int]) -> None:
        """One line: each cell as it is, with what the table says where it differs."""
        cells = []
        for want, have in zip(wanted, found, strict=True):
            cells.append(f"{have:,}" if want == have else f"{have:,} ≠ {want:,}")
            self.equal += want == have
            self.different += want != have
        self.lines.append(f"{name:<{_WIDTH}}" + "".join(f"{cell:>14}" for cell in cells))

    def heading(self, text: str) -> None:
        """The name of a table above its columns."""
        self.lines += ["", f"{text:<{_WIDTH}}" + "".join(f"{each:>14}" for each in HEADINGS)]


def compare(rows: list[facts.Row], reports: dict[str, Figures]) -> Comparison:
    """``reports``: ``then`` by the structure of the week, ``today`` by that after the merger; each title → figures."""
    result, then = Comparison(), reports["then"]
    for kind, title in (("central_body", "Phụ lục 2"), ("provincial_committee", "Phụ lục 1")):
        result.heading(title)
        table = facts.of_kind(kind, rows)
        for row in table:
            result.compare(row.unit, row.figures, then.get(row.unit, _NOTHING))
        result.compare("Tổng số", facts.total(table), _sum(then.get(row.unit, _NOTHING) for row in table))
    result.heading("34 tỉnh, thành phố")
    for unit, figures in facts.merged(rows):
        result.compare(unit, figures, reports["today"].get(unit, _NOTHING))
    return result


_NOTHING = (0, 0, 0, 0, 0)


def _sum(figures: Iterable[Sequence[Any]]) -> tuple[int, ...]:
    return tuple(map(sum, zip(*figures, strict=True)))
