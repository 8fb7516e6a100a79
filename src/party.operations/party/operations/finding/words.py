"""Words as the index holds them (từ trong chỉ mục), of what is stored and of what is looked for.

Each word has two forms. *Exact* is in lower case with its marks, the tone in one place: ``uỷ`` and ``ủy`` are one word. In
the index it begins with ``_``. *Folded* is without marks, and i stands for y after a consonant: what was typed without
diacritics finds all that it may mean. Letters and digits part: ``15671CV`` is ``15671`` and ``CV``; zeros before a number
do not count. So every spelling of a symbol gives the same words, and a part of it some of them, in the same order.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from party.operations.text.folding import search_key


#: what is longer than this is no question but a text that was dropped into the box
LONGEST_QUESTION = 1_000
MOST_WORDS = 24
#: letters of a word that count
_LONGEST_WORD = 40

WORD = re.compile(r"[0-9]+|[^\W0-9_]+")
_ASKED = re.compile(r'["“”„«](?P<phrase>[^"“”„«»]*)["“”»]|(?P<plain>[^\s"“”„«»]+)')

#: the tone as most write it: on the first vowel of an open oa, oe, uy, but on the y of quy
_TONES = "\u0300\u0309\u0303\u0301\u0323"
_SECOND_VOWEL = re.compile(rf"(?<!q)(o)([ae])([{_TONES}])$|(?<!q)(u)(y)([{_TONES}])$")
_OF_QUY = re.compile(rf"(?<=q)u([{_TONES}])y$")

#: between two texts in one column, so that no phrase reaches from one into the other
GAP = "__"


@dataclass(frozen=True, slots=True)
class Word:
    """One word in both of its forms."""

    exact: str
    folded: str

    @property
    def is_marked(self) -> bool:
        """Was it written with diacritics?"""
        return not self.exact.isascii()


@dataclass(frozen=True, slots=True)
class Term:
    """Words that were typed together and stand side by side: one word, a “phrase”, or a symbol."""

    words: tuple[Word, ...]


def words(text: str) -> list[Word]:
    """The words of ``text`` in their order."""
    return [_word(each) for each in WORD.findall(unicodedata.normalize("NFC", text).lower())]


def word(text: str) -> Word:
    """The forms of one piece that :data:`WORD` found."""
    return _word(unicodedata.normalize("NFC", text).lower())


def parse(text: str) -> tuple[Term, ...]:
    """What a person typed, as terms that must all be there; of a very long question only the beginning."""
    terms, left = [], MOST_WORDS
    for found in _ASKED.finditer(text[:LONGEST_QUESTION]):
        asked = tuple(words(found["phrase"] if found["phrase"] is not None else found["plain"])[:left])
        if asked:
            terms.append(Term(asked))
            left -= len(asked)
    return tuple(terms)


def column(*texts: str) -> str:
    """What a column of the index holds for ``texts``: the exact words of each, then the folded ones, a gap between."""
    parts = []
    for each in filter(None, map(words, texts)):
        parts.append(" ".join(f"_{one.exact}" for one in each))
        parts.append(" ".join(one.folded for one in each))
    return f" {GAP} ".join(parts)


def folded(*texts: str) -> str:
    """The folded words of ``texts`` alone."""
    return f" {GAP} ".join(" ".join(one.folded for one in each) for each in filter(None, map(words, texts)))


@lru_cache(maxsize=50_000)
def _word(lower: str) -> Word:
    if lower[0] in "0123456789":
        digits = lower.lstrip("0")[:_LONGEST_WORD] or "0"
        return Word(digits, digits)
    parts = unicodedata.normalize("NFD", lower)
    parts = _OF_QUY.sub(r"uy\1", _SECOND_VOWEL.sub(_on_the_first, parts))
    exact = unicodedata.normalize("NFC", parts)[:_LONGEST_WORD]
    # letters of other scripts may fold to several words
    return Word(exact, search_key(exact).replace(" ", "") or exact)


def _on_the_first(found: "re.Match[str]") -> str:
    first, second, tone = (each for each in found.groups() if each)
    return f"{first}{tone}{second}"
