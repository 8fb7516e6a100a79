"""Snippets (trích đoạn): where in a text the words stand that were asked for, as it was written."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice

from .words import Term
from .words import WORD
from .words import word


Snippet = tuple[tuple[str, bool], ...]

#: words of a snippet from a text, and how many of them before the first that was asked for
LENGTH, BEFORE = 34, 8
#: words that are looked through at a time, and at most
_STRETCH, _MOST = 200, 60_000


@dataclass(frozen=True, slots=True)
class Asked:
    """The words of a question in both forms."""

    exact: frozenset[str]
    folded: frozenset[str]

    @classmethod
    def of(cls, terms: tuple[Term, ...]) -> "Asked":
        """The words of all terms."""
        every = [each for term in terms for each in term.words]
        return cls(frozenset(each.exact for each in every), frozenset(each.folded for each in every))

    def all_in(self, *texts: str) -> bool:
        """Does each word stand in one of the texts, in some form?"""
        return self.folded <= {each.folded for text in texts for each in map(word, WORD.findall(text))}

    def any_in(self, text: str) -> bool:
        """Does one of the words stand in the text?"""
        return any(word(each).folded in self.folded for each in WORD.findall(text))


@dataclass(frozen=True, slots=True)
class _Place:
    start: int
    end: int
    #: 2 for an exact word, 1 for a folded one, 0 for another
    worth: int
    folded: str


def marked(text: str, asked: Asked) -> Snippet:
    """The whole of a short text."""
    return _parts(text, list(_places(text, asked)), 0, len(text))


def cut(text: str, asked: Asked) -> Snippet:
    """The part of a long text that has most of the words, the first one of its kind; empty when it has none."""
    places, best, reached = _places(text, asked), (0, 0), []
    looked = 0
    while looked < _MOST and (stretch := list(islice(places, _STRETCH))):
        looked += len(stretch)
        worth, start = _best(stretch)
        if (worth[0], worth[1]) > best:
            best, reached = (worth[0], worth[1]), stretch[max(0, start - BEFORE) : start - BEFORE + LENGTH]
            if worth[0] == len(asked.folded) and worth[1] >= len(asked.exact) * 2:
                break
    if not reached:
        return ()
    before = bool(WORD.search(text, 0, reached[0].start))
    after = bool(WORD.search(text, reached[-1].end))
    parts = _parts(text, reached, reached[0].start if before else 0, reached[-1].end if after else len(text))
    return (*((("… ", False),) if before else ()), *parts, *(((" …", False),) if after else ()))


def _best(stretch: list[_Place]) -> tuple[tuple[int, int], int]:
    """How many different words the best place of a stretch has and what they are worth, and where it begins."""
    best, start = (0, 0), 0
    for number, place in enumerate(stretch):
        if place.worth:
            near = [each for each in stretch[number : number + LENGTH - BEFORE] if each.worth]
            worth = (len({each.folded for each in near}), sum(each.worth for each in near))
            if worth > best:
                best, start = worth, number
    return best, start


def _places(text: str, asked: Asked) -> Iterator[_Place]:
    for found in WORD.finditer(text):
        forms = word(found.group())
        worth = 0 if forms.folded not in asked.folded else 2 if forms.exact in asked.exact else 1
        yield _Place(found.start(), found.end(), worth, forms.folded)


def _parts(text: str, places: list[_Place], start: int, end: int) -> Snippet:
    """The text in parts; words side by side, as in a symbol, are one part. What is exact somewhere is marked only there."""
    exact = {each.folded for each in places if each.worth == 2}
    parts: list[tuple[str, bool]] = []
    at = start
    for each in places:
        if each.worth == 2 or (each.worth and each.folded not in exact):
            between = text[at : each.start]
            if parts and parts[-1][1] and (between.isspace() or len(between) == 1):
                parts[-1] = (parts[-1][0] + between + text[each.start : each.end], True)
            else:
                parts += [(between, False)] if between else []
                parts.append((text[each.start : each.end], True))
            at = each.end
    parts += [(text[at:end], False)] if text[at:end] else []
    return tuple((" ".join(part.split("\n")), is_asked) for part, is_asked in parts)
