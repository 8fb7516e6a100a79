"""Finding documents (tìm kiếm) for the person who acts: what he may not read is neither shown nor counted."""

from collections import Counter
from dataclasses import dataclass
from itertools import islice
from typing import Any

import sqlalchemy as sa

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import principals
from party.operations.confidentiality import rows
from party.operations.confidentiality.levels import NORMAL
from party.operations.ledger import turn
from party.operations.ledger.errors import Invalid
from party.operations.ledger.tables import items

from . import asking
from . import index
from . import snippets
from .expressions import every
from .expressions import Expression
from .query import Facet
from .query import FACETS
from .query import Hit
from .query import Query
from .query import Results
from .store import store
from .tables import found
from .tables import HIGHEST
from .words import parse
from .words import Term
from .words import words


#: hits that are counted; of more than these nobody wants to know how many, and each costs the reader time
MOST = 2_000
#: tokens that are asked for as they are
_FEW_TOKENS = 40
#: documents that are looked at for one suggestion
_LOOKED_AT = 3
#: hits from which on it is quicker to go through a list than through them
_MANY = 5_000
_NOTHING = Results((), "", 0, False, dict.fromkeys(FACETS, ()))


@dataclass(frozen=True)
class Suggestion:
    """What somebody who is typing may mean: a document (by its ``number`` or ``title``), or an ``issuer`` to look for."""

    kind: str
    text: str
    #: of a document
    uid: str = ""
    title: str = ""


def search(query: Query) -> Results:
    """One page of what is found, and counts over all of it. A question without words finds all that the facts leave."""
    terms = parse(query.text)
    within = _within(query)
    if within is None or (query.text.strip() and not terms):
        return _NOTHING
    levels = principals.levels_of(actor.current())
    wanted = asking.tiers(terms, levels, query.order == "relevance") if terms else [within]
    all_ids, facets = _counted(every([wanted[-1], within]), query)
    ids, following = _page(wanted, within, query, all_ids)
    total = len(all_ids)
    return Results(_hits(ids, snippets.Asked.of(terms)), following, min(total, MOST), total > MOST, facets)


def suggest(text: str, limit: int = 8) -> list[Suggestion]:
    """What the beginning of a question may mean, the newest first, exact before folded."""
    terms = parse(text)
    within = _within(Query())
    if within is None or not terms:
        return []
    beginning = asking.beginning(terms, principals.levels_of(actor.current()))
    wanted = store().matching(every([beginning, within]), heads=True).limit(_LOOKED_AT * limit)
    documents: dict[tuple[bool, str], Suggestion] = {}
    issuers: dict[str, Suggestion] = {}
    for row in _rows([each.id for each in turn.rows(wanted)]):
        if _has(row.about, terms) and row.kind == "incoming":
            issuers.setdefault(row.about, Suggestion("issuer", row.about))
        kind = "number" if _has(row.number, terms) else "title"
        said = row.number if kind == "number" else row.title
        if kind == "number" or _has(row.title, terms):
            documents[(not _has(said, terms, exact=True), row.uid)] = Suggestion(kind, said, row.uid, row.title)
    names = list(issuers.values())[: max(1, limit // 4)]
    # False, exact, sorts before True; newest first within each
    best = [documents[each] for each in sorted(documents, key=lambda each: each[0])]
    return [*best[: limit - len(names)], *names]


def having(column: "sa.ColumnElement[str]", text: str) -> "sa.ColumnElement[bool]":
    """A condition for lists: the head of the document in ``column`` has the words of ``text``, the last one perhaps begun.

    Of what the person may not read it is never true.
    """
    if not text.strip():
        return sa.true()
    terms, within = parse(text), _within(Query())
    if within is None or not terms:
        return sa.false()
    beginning = asking.beginning(terms, principals.levels_of(actor.current()))
    ids = store().matching(every([beginning, within]), heads=True)
    many = turn.scalar(sa.select(sa.func.count()).select_from(ids.limit(_MANY).subquery())) == _MANY
    if not many:
        return column.in_(sa.select(found.c.uid).where(found.c.id.in_(sa.select(ids.subquery().c.id))))
    # a list whose every second row is wanted is gone through in its order
    place = ids.order_by(None).subquery()
    return sa.exists().where(found.c.uid == column, place.c.id == found.c.id)


def _within(query: Query) -> Expression | None:
    """What the person may read that has the facts; ``None`` when he may read nothing."""
    held = sorted(actor.held())
    # of the hundreds of tokens that a leader of many units holds, few read anything at all
    reading = store().reading(held) if len(held) > _FEW_TOKENS else held
    if not reading or not query.facts.keys() <= set(FACETS):
        return None
    levels = principals.levels_of(actor.current())
    return every([*asking.narrowed(query.facts, levels), asking.readable_by(reading)])


def _counted(wanted: Expression, query: Query) -> tuple[list[int], dict[str, tuple[Facet, ...]]]:
    """The ids of what is found, at most one more than :data:`MOST`, and how many of those counted have which value."""
    ids = store().matching(wanted, *index.places(query.since, query.until)).limit(MOST + 1).subquery()
    columns = (found.c.id, found.c.level, *(found.c[name] for name in FACETS))
    lines = turn.rows(sa.select(*columns).join(ids, ids.c.id == found.c.id).order_by(found.c.id.desc()))
    by_column = list(zip(*lines[:MOST], strict=True)) or [()] * len(columns)
    hidden = [line for line, level in zip(lines, by_column[1], strict=False) if level != NORMAL]
    facets = {}
    for name, values in zip(FACETS, by_column[2:], strict=True):
        counts = Counter(values)
        if hidden and found.c[name].info.get("sealed") == "blind":
            counts = _opened(name, counts, hidden)
        by_count = sorted(counts.items(), key=lambda each: (-each[1], each[0]))
        facets[name] = tuple(Facet(value, count) for value, count in by_count if value)
    return [each.id for each in lines], facets


def _opened(name: str, counts: "Counter[str]", hidden: "list[sa.Row[Any]]") -> "Counter[str]":
    """Counts by the values themselves: of each value that stands there as a digest one row is opened."""
    examples = {value: each.id for each in hidden if (value := each._mapping[name])}
    wanted = sa.select(found.c.id, found.c[name]).where(found.c.id.in_(sorted(set(examples.values()))))
    said = {each.id: each._mapping[name] for each in rows.rows(wanted)}
    opened: Counter[str] = Counter()
    for value, count in counts.items():
        opened[said[examples[value]] if value in examples else value] += count
    return opened


def _page(wanted: list[Expression], within: Expression, query: Query, all_ids: list[int]) -> tuple[list[int], str]:
    """The ids of the hits of one page, and the key of the next; ``all_ids`` are those of all tiers."""
    lowest, above = index.places(query.since, query.until)
    tier, below = _key(query.after)
    page: list[tuple[int, int]] = []
    while tier < len(wanted) and len(page) <= query.size:
        missing, highest = query.size + 1 - len(page), min(above, below)
        if len(wanted) == 1 and len(all_ids) <= MOST:
            ids = list(islice((each for each in all_ids if each < highest), missing))
        else:
            asked = every([asking.without_earlier(wanted, tier), within])
            ids = [each.id for each in turn.rows(store().matching(asked, lowest, highest).limit(missing))]
        page += [(tier, each) for each in ids]
        tier, below = tier + 1, above
    shown = page[: query.size]
    following = "{}_{}".format(*shown[-1]) if len(page) > query.size else ""
    return [each for _of, each in shown], following


def _key(after: str) -> tuple[int, int]:
    """Tier and place of the last hit of the page before."""
    if not after:
        return 0, HIGHEST
    try:
        tier, place = map(int, after.split("_"))
    except ValueError as error:
        raise Invalid(_("This page of the list does not exist."), "after") from error
    return max(tier, 0), min(max(place, 0), HIGHEST)


def _rows(ids: list[int]) -> list[rows.Row]:
    """The rows of those ids in their order, opened."""
    wanted = sa.select(found, items.c.title).join(items, items.c.uid == found.c.uid).where(found.c.id.in_(ids))
    by_id = {each.id: each for each in rows.rows(wanted)} if ids else {}
    return [by_id[each] for each in ids if each in by_id]


def _hits(ids: list[int], asked: snippets.Asked) -> tuple[Hit, ...]:
    page = _rows(ids)
    by_head = {each.uid: _in_head(each, asked) for each in page}
    texts = index.texts_of([uid for uid, said in by_head.items() if said is None])
    hits = []
    for each in page:
        where, snippet = by_head[each.uid] or _in_text(each, asked, texts.get(each.uid, ""))
        facts = {name: each._mapping[name] for name in FACETS}
        hits.append(Hit(each.uid, each.level, each.title, each.number, each.day, facts, where, snippet))
    return tuple(hits)


def _in_head(row: rows.Row, asked: snippets.Asked) -> tuple[str, snippets.Snippet] | None:
    """The place in the number or the title where all of the words stand."""
    if not asked.folded:
        return "title", ()
    for where, text in (("number", row.number), ("title", row.title)):
        if asked.all_in(text):
            return where, snippets.marked(text, asked)
    return None


def _in_text(row: rows.Row, asked: snippets.Asked, text: str) -> tuple[str, snippets.Snippet]:
    """The place in the text; where it says nothing of them, what the head has."""
    if snippet := snippets.cut(text, asked):
        return "text", snippet
    for where, said in (("title", row.title), ("number", row.number)):
        if asked.any_in(said):
            return where, snippets.marked(said, asked)
    return "text", snippets.cut(row.about, asked)


def _has(text: str, terms: tuple[Term, ...], exact: bool = False) -> bool:
    """Do the words of a text begin with the last word that was typed, and have all the others?"""
    form = (lambda word: word.exact) if exact else (lambda word: word.folded)
    *before, last = [form(each) for term in terms for each in term.words]
    there = list(map(form, words(text)))
    return set(before) <= set(there) and any(each.startswith(last) for each in there)
