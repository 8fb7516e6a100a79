"""Comparing printed and recognised text with what is expected (so khớp gần đúng)."""

import re
import unicodedata
from collections.abc import Sequence
from difflib import SequenceMatcher
from functools import lru_cache

from party.operations.reading.lines import Line
from party.operations.reading.model import Page
from party.operations.reading.model import Place
from party.operations.reading.syllables import is_syllable
from party.operations.text.folding import fold


#: letters that recognition puts in the place of digits
_AS_DIGITS = str.maketrans("OoQDlI|!iSsBZz", "00001111155822")

#: share of the words in small letters that are Vietnamese in a file whose letters can be trusted
_SPELT = 0.93
_AROUND = " .,;:()[]{}\"'“”‘’?!-–/"
_ONLY_SIGNS = re.compile(r"[\W_]*")


@lru_cache(maxsize=4096)
def _bare(character: str) -> str:
    base = unicodedata.normalize("NFD", character)[0].lower()[:1] or character
    return {"đ": "d", "ð": "d"}.get(base, base)


def flat(text: str) -> str:
    """``text`` without marks and in lower case like ``fold``, but letter for letter: places in it are places in ``text``."""
    return "".join(map(_bare, text))


def likeness(one: str, other: str) -> float:
    """How alike two texts are without marks, signs and case, 0 to 1."""
    return _likeness(letters(one), letters(other))


def letters(text: str) -> str:
    """The letters and digits of ``text``, folded, without anything between them."""
    return "".join(each for each in fold(text) if each.isalnum())


@lru_cache(maxsize=4096)
def _likeness(one: str, other: str) -> float:
    if one == other:
        return 1.0
    # no answer can be better than what the lengths allow
    if not one or not other or 2 * min(len(one), len(other)) < 0.7 * (len(one) + len(other)):
        return 0.0
    return SequenceMatcher(None, one, other, autojunk=False).ratio()


def closest(text: str, choices: Sequence[str], at_least: float) -> tuple[str, float]:
    """The choice most like ``text`` and how alike it is; ("", 0.0) when none is as alike as asked."""
    best = max(((each, likeness(text, each)) for each in choices), key=lambda pair: pair[1], default=("", 0.0))
    return best if best[1] >= at_least else ("", 0.0)


def begins_like(text: str, label: str) -> bool:
    """True if the first letters of ``text`` are ``label`` or nearly so: "Nơi nhận:", "Noi nhân :", "Nơi nhậm"."""
    size = len(letters(label))
    return _likeness(letters(text)[:size], letters(label)) >= 0.8


def as_number(text: str) -> int | None:
    """The number that a recognised text means: "1O5" is 105; ``None`` when it means none."""
    digits = text.translate(_AS_DIGITS)
    return int(digits) if digits.isascii() and digits.isdigit() else None


def is_rule(text: str) -> bool:
    """True of what draws a line: dashes, underscores, asterisks."""
    return bool(_ONLY_SIGNS.fullmatch(text))


def place(lines: Sequence[Line]) -> Place | None:
    """Where lines stand, those of the first line's page."""
    if not lines:
        return None
    page = lines[0].page
    return Place(page, tuple(line.box for line in lines if line.page == page))


def said(lines: Sequence[Line]) -> str:
    """What lines say, as one."""
    return " ".join(line.text for line in lines)


def is_recognised(pages: Sequence[Page]) -> bool:
    """True if no letter is sure: seen in a picture, turned from an old encoding, or given by fonts with letters missing."""
    if any(page.source != "text" for page in pages):
        return True
    small = [word.text.strip(_AROUND) for page in pages for word in page.words]
    small = [word for word in small if len(word) > 1 and word.isalpha() and word.islower()]
    return sum(is_syllable(word) for word in small) < _SPELT * len(small)
