"""Lines put together to paragraphs, whose parts know where they stand on the pages (đoạn văn)."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from itertools import pairwise

from party.operations.reading.lines import around
from party.operations.reading.lines import Line
from party.operations.reading.matching import flat
from party.operations.reading.model import Box
from party.operations.reading.model import Place


#: signs at the beginning of a paragraph, highest first: Phần I. / Điều 1. / 1. / 1.1. / a) / -
_MARKERS = (
    re.compile(r"(?:phan (?:thu )?\w+|[ivx]{1,4})[.:)-]+\s+"),
    re.compile(r"(?:dieu \d+|\d{1,2})[.)/:-]+\s+"),
    re.compile(r"\d{1,2}\.\d{1,2}(?:\.\d{1,2})?[.)]?\s+"),
    re.compile(r"[a-z]{1,2}\)\s*|[a-z]\.\s+"),
    re.compile(r"[-–—+•*·]\s*"),
)
NO_MARKER = len(_MARKERS)
#: the first line of a paragraph stands this far to the right of the others, in points
_INDENT = 12.0
#: a line that ends this far before the margin is the last one
_SHORT = 25.0


@dataclass(frozen=True)
class Paragraph:
    """One paragraph: its text on one line, the rank of its sign (0 highest), and where each word of the text stands."""

    text: str
    rank: int
    #: where the text begins after its sign
    begin: int
    #: end of each word in the text, its page, its line and its box
    words: tuple[tuple[int, int, int, Box], ...]

    def places(self, begin: int, end: int) -> list[Place]:
        """Where a part of the text stands: a place for each page, with a box for each line."""
        ends = [word[0] for word in self.words]
        chosen = self.words[bisect_left(ends, begin + 1) : bisect_left(ends, end) + 1]
        found = []
        for page, on_page in groupby(chosen, key=lambda word: word[1]):
            lines = groupby(on_page, key=lambda word: word[2])
            found.append(Place(page, tuple(around(word[3] for word in words) for _line, words in lines)))
        return found


def paragraphs(lines: Sequence[Line]) -> Iterator[Paragraph]:
    """The paragraphs of the body; one that goes on on the next page stays one."""
    if not lines:
        return
    margins = {page: _margins(list(on_page)) for page, on_page in groupby(lines, key=lambda line: line.page)}
    current = [lines[0]]
    for before, line in pairwise(lines):
        if _begins(line, before, margins):
            yield _joined(current)
            current = []
        current.append(line)
    yield _joined(current)


def _margins(lines: list[Line]) -> tuple[float, float]:
    """The left and right edge of the text of a page: where most of its lines begin and end."""
    lefts = sorted(line.box[0] for line in lines)
    rights = sorted(line.box[2] for line in lines)
    return lefts[len(lefts) // 8], rights[-1 - len(rights) // 8]


def _begins(line: Line, before: Line, margins: dict[int, tuple[float, float]]) -> bool:
    """True if a line begins a paragraph, by its sign, by its indent, and by how the line before it ends."""
    marked = _marker(line.text)[0] < NO_MARKER
    indented = line.box[0] - margins[line.page][0] > _INDENT
    short = margins[before.page][1] - before.box[2] > _SHORT
    ended = _ends_clause(before.text)
    if marked:
        return ended or indented or short
    # below a heading
    headed = short and _marker(before.text)[0] < NO_MARKER and line.text[:1].isupper()
    return (short and ended) or headed or (indented and (short or ended))


def _ends_clause(text: str) -> bool:
    return text.rstrip("\"'”’)] ").endswith((".", ":", ";", "!", "?")) or text.rstrip().endswith("./.")


def _marker(text: str) -> tuple[int, int]:
    plain = flat(text)
    for rank, pattern in enumerate(_MARKERS):
        found = pattern.match(plain)
        if found:
            return rank, found.end()
    return NO_MARKER, 0


def _joined(lines: list[Line]) -> Paragraph:
    parts: list[str] = []
    words: list[tuple[int, int, int, Box]] = []
    length = 0
    for at, line in enumerate(lines):
        for word in line.words:
            length += len(word.text) + (1 if parts else 0)
            parts.append(word.text)
            words.append((length, line.page, at, word.box))
    text = " ".join(parts)
    rank, begin = _marker(text)
    return Paragraph(text, rank, begin, tuple(words))
