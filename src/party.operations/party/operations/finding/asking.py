"""From a question to expressions (từ câu hỏi đến biểu thức): what must be there, for whom, and what is better than the rest.

Results stand in *tiers*: all of a tier before all of the next, newest first within each. Exact words come before folded
ones; by relevance, words in the head come before words in the text, and all in a row before all somewhere. No score is
worked out, so a page of a million hits costs what a page of a hundred does.
"""

from collections.abc import Callable
from collections.abc import Iterable

from party.operations.confidentiality import blinding
from party.operations.confidentiality.levels import NORMAL

from . import marks
from .expressions import every
from .expressions import Expression
from .expressions import Phrase
from .expressions import some
from .expressions import Without
from .tables import found
from .words import Term
from .words import Word


def readable_by(tokens: Iterable[str]) -> Expression:
    """What one of the tokens reads; there is one at least."""
    return some(Phrase((marks.reader(each),)) for each in sorted(tokens))


def narrowed(facts: dict[str, str], levels: Iterable[str]) -> list[Expression]:
    """The facts that results must have, as rows of the levels hold them."""
    parts = []
    for name, value in sorted(facts.items()):
        is_blind = found.c[name].info.get("sealed") == "blind"
        stored = blinding.either([value], levels) if is_blind else [value]
        parts.append(some(Phrase((marks.fact(name, each),)) for each in stored))
    return parts


def tiers(terms: tuple[Term, ...], levels: tuple[str, ...], by_relevance: bool) -> list[Expression]:
    """What meets all terms, the best first; the last of the tiers is all of it."""
    marked = any(each.is_marked for term in terms for each in term.words)
    exact, folded = _exact, _folded
    wanted: list[Expression] = []
    if by_relevance:
        whole = Term(tuple(each for term in terms for each in term.words))
        best = exact if marked else folded
        wanted.append(_at_all_levels((whole,), levels, best, head=True))
        wanted.append(_at_all_levels(terms, levels, best, head=True))
        if marked:
            wanted.append(_at_all_levels(terms, levels, folded, head=True))
    if marked:
        wanted.append(_at_all_levels(terms, levels, exact))
    wanted.append(_at_all_levels(terms, levels, folded))
    return wanted


def beginning(terms: tuple[Term, ...], levels: tuple[str, ...]) -> Expression:
    """All terms in a head, the last word of them being typed still."""
    *first, last = terms
    parts: list[Expression] = [Phrase(_forms(each, _folded)) for each in first]
    parts.append(Phrase(_forms(last, _folded), prefix=True))
    return some([every(parts), *_hidden(terms, levels, _folded)])


def without_earlier(wanted: list[Expression], tier: int) -> Expression:
    """A tier without what stands in those before it."""
    return Without(wanted[tier], some(wanted[:tier])) if tier else wanted[0]


def _at_all_levels(
    terms: tuple[Term, ...], levels: tuple[str, ...], form: Callable[[Word], str], head: bool = False
) -> Expression:
    plain = every(Phrase(_forms(each, form), head=head) for each in terms)
    return some([plain, *_hidden(terms, levels, form)])


def _hidden(terms: tuple[Term, ...], levels: tuple[str, ...], form: Callable[[Word], str]) -> list[Expression]:
    """The same words in the head of a document of each classified level; their order is not known there."""
    asked = dict.fromkeys(each for term in terms for each in _forms(term, form))
    return [
        every(Phrase((marks.blinded(blinding.blind(each, level)),)) for each in asked)
        for level in levels
        if level != NORMAL
    ]


def _forms(term: Term, form: Callable[[Word], str]) -> tuple[str, ...]:
    return tuple(map(form, term.words))


def _exact(word: Word) -> str:
    return f"_{word.exact}"


def _folded(word: Word) -> str:
    return word.folded
