"""Finding words on the pages of a file (tìm trong tệp), as the viewer in the browser finds them.

What is typed without marks finds every spelling; a syllable typed with marks finds that spelling alone, in either style of
placing the tone (uỷ, ủy). static/paper.js follows the same rules for files whose words it is given.
"""

import re
import unicodedata
from collections.abc import Iterator
from collections.abc import Sequence
from dataclasses import dataclass

from party.operations.reading.model import Box
from party.operations.reading.model import Page
from party.operations.reading.model import Word


#: huyền, sắc, ngã, hỏi, nặng; the other marks belong to their letter
_TONES = frozenset("\u0300\u0301\u0303\u0309\u0323")
_D = str.maketrans({"đ": "d", "ð": "d", "ɖ": "d"})
#: lý and lí, quý and quí are one word
_Y_AS_I = re.compile(r"(?<=[bcdghklmnprstvx])y|(?<=qu)y")
_QUOTES = re.compile('["“”„«»]+')
#: a search that finds more is no search
MOST = 500


@dataclass(frozen=True)
class Hit:
    """One place where the words stand: the page, and a box for each line of it."""

    page: int
    boxes: tuple[Box, ...]


@dataclass(frozen=True)
class _Letter:
    """A letter without its marks, those that make it another letter, and the tone of its syllable."""

    bare: str
    marks: str
    tone: str


def find(pages: Sequence[Page], text: str) -> list[Hit]:
    """Where ``text`` stands, at most :data:`MOST` places, in the order of the pages."""
    wanted = [_letters(each) for each in _QUOTES.sub(" ", text).split()]
    if not any(wanted):
        return []
    found: list[Hit] = []
    for page in pages:
        for words in _on_page(page, wanted):
            found.append(Hit(page.number, tuple(_by_line(words))))
            if len(found) == MOST:
                return found
    return found


def _on_page(page: Page, wanted: list[list[_Letter]]) -> Iterator[Sequence[Word]]:
    letters: list[_Letter] = []
    owners: list[int] = []
    for index, word in enumerate(page.words):
        written = [*_letters(word.text), _Letter(" ", "", "")]
        letters += written
        owners += [index] * len(written)
    line = _bare(letters)
    sought = " ".join(_bare(each) for each in wanted)
    at = line.find(sought)
    while at >= 0:
        if _is_spelt(letters[at : at + len(sought)], wanted):
            yield page.words[owners[at] : owners[at + len(sought) - 1] + 1]
        at = line.find(sought, at + len(sought))


def _letters(text: str) -> list[_Letter]:
    """The letters of a word; each knows the tone of its syllable, wherever that was placed."""
    found: list[_Letter] = []
    for run in re.findall(r"[^\W\d_]+|[\W\d_]+", unicodedata.normalize("NFC", text.lower().translate(_D_KEPT))):
        parts = [unicodedata.normalize("NFD", each) for each in run]
        tone = "".join(mark for each in parts for mark in each[1:] if mark in _TONES)
        for each in parts:
            stroke = "đ" if each[0] == "đ" else ""
            marks = stroke + "".join(mark for mark in each[1:] if mark not in _TONES)
            found.append(_Letter(each[0].translate(_D), marks, tone))
    return found


#: signs that stand in the place of đ in old documents
_D_KEPT = str.maketrans({"ð": "đ", "ɖ": "đ"})


def _bare(letters: Sequence[_Letter]) -> str:
    return _Y_AS_I.sub("i", "".join(each.bare for each in letters))


def _is_spelt(letters: Sequence[_Letter], wanted: list[list[_Letter]]) -> bool:
    """Do the syllables that were typed with marks stand there as they were typed?"""
    at = 0
    for syllable in wanted:
        strict = any(each.marks or each.tone for each in syllable)
        there = letters[at : at + len(syllable)]
        if strict and [(each.marks, each.tone) for each in there] != [(each.marks, each.tone) for each in syllable]:
            return False
        at += len(syllable) + 1
    return True


def _by_line(words: Sequence[Word]) -> Iterator[Box]:
    """One box for the words of each line."""
    left, top, right, bottom = words[0].box
    for word in words[1:]:
        middle = (word.box[1] + word.box[3]) / 2
        if top <= middle <= bottom and word.box[0] >= left:
            left, top, right, bottom = left, min(top, word.box[1]), max(right, word.box[2]), max(bottom, word.box[3])
        else:
            yield left, top, right, bottom
            left, top, right, bottom = word.box
    yield left, top, right, bottom
