"""Words put into lines, and lines into the order in which a page is read (dòng và thứ tự đọc)."""

from collections.abc import Iterable
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise

from party.operations.reading.model import Box
from party.operations.reading.model import Word


#: words further apart than this, measured in heights of their letters, stand in different columns
_COLUMN_GAP = 1.25
#: what is left of the gap between two columns, in points, over all of their lines
_COMMON_GAP = 5.0


@dataclass(frozen=True)
class Line:
    """Words that stand beside each other in one column of a page."""

    page: int
    words: tuple[Word, ...]

    @cached_property
    def text(self) -> str:
        """The words with a space between two."""
        return " ".join(word.text for word in self.words)

    @cached_property
    def box(self) -> Box:
        """What encloses all of the words."""
        return around(word.box for word in self.words)

    @property
    def center(self) -> float:
        """The middle between its ends, from the left of the page."""
        return (self.box[0] + self.box[2]) / 2

    @property
    def height(self) -> float:
        """Of its letters, in points."""
        return self.box[3] - self.box[1]

    @cached_property
    def is_bold(self) -> bool | None:
        """Whether most of it is drawn heavy; ``None`` where that is not known."""
        known = [word.weight for word in self.words if word.weight]
        return None if not known else sum(weight >= 600 for weight in known) * 2 > len(known)

    @cached_property
    def is_capitals(self) -> bool:
        """True if nearly all of its letters are capitals."""
        letters = [each for each in self.text if each.isalpha()]
        return len(letters) > 1 and sum(each.isupper() for each in letters) >= 0.85 * len(letters)


def around(boxes: Iterable[Box]) -> Box:
    """The box that encloses all of ``boxes``."""
    lefts, tops, rights, bottoms = zip(*boxes, strict=True)
    return min(lefts), min(tops), max(rights), max(bottoms)


def rows(words: Iterable[Word]) -> list[list[Word]]:
    """Words that stand at one height, from the top down, each row from the left; a slight slant is allowed."""
    found: list[list[Word]] = []
    for word in sorted(words, key=_middle):
        row = next((row for row in reversed(found[-4:]) if _on_one_line(row, word)), None)
        if row is None:
            found.append([word])
        else:
            row.append(word)
    for row in found:
        row.sort(key=lambda word: word.box[0])
    return found


def split(row: Sequence[Word], gap: float = _COLUMN_GAP) -> list[list[Word]]:
    """The parts of a row between gaps of ``gap`` heights of a letter."""
    parts = [[row[0]]]
    for before, word in pairwise(row):
        wide = gap * min(_height(before), _height(word))
        if word.box[0] - before.box[2] > wide:
            parts.append([word])
        else:
            parts[-1].append(word)
    return parts


def in_reading_order(words: Sequence[Word]) -> list[Word]:
    """Words line by line; where lines stand in two columns, the left column before the right one."""
    ordered: list[Word] = []
    region: list[list[Word]] = []
    gap: tuple[float, float] | None = None
    for row in rows(words):
        narrowed = _narrowed(gap, row) if gap else None
        if narrowed is None:
            ordered += _by_column(region, gap)
            region, narrowed = [], _widest_gap(row)
        gap = narrowed
        region.append(row)
    return ordered + _by_column(region, gap)


def _by_column(region: list[list[Word]], gap: tuple[float, float] | None) -> list[Word]:
    everything = [word for row in region for word in row]
    if gap is None:
        return everything
    left = [word for word in everything if word.box[2] <= gap[0] + 1]
    return left + [word for word in everything if word.box[2] > gap[0] + 1]


def _widest_gap(row: list[Word]) -> tuple[float, float] | None:
    parts = split(row)
    gaps = [(before[-1].box[2], after[0].box[0]) for before, after in pairwise(parts)]
    return max(gaps, key=lambda gap: gap[1] - gap[0], default=None)


def _narrowed(gap: tuple[float, float], row: list[Word]) -> tuple[float, float] | None:
    """What is left of ``gap`` when ``row`` stands around it; ``None`` when the row runs through it."""
    left = max((word.box[2] for word in row if _center(word) < sum(gap) / 2), default=gap[0])
    right = min((word.box[0] for word in row if _center(word) >= sum(gap) / 2), default=gap[1])
    begin, end = max(gap[0], left), min(gap[1], right)
    return (begin, end) if end - begin >= _COMMON_GAP else None


def _on_one_line(row: list[Word], word: Word) -> bool:
    near = min(row, key=lambda other: abs(_center(other) - _center(word)))
    overlap = min(near.box[3], word.box[3]) - max(near.box[1], word.box[1])
    return overlap > 0.5 * min(_height(near), _height(word))


def _middle(word: Word) -> float:
    return (word.box[1] + word.box[3]) / 2


def _center(word: Word) -> float:
    return (word.box[0] + word.box[2]) / 2


def _height(word: Word) -> float:
    return max(word.box[3] - word.box[1], 1.0)
