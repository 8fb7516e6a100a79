"""GET /@find: documents by words and facts (tìm kiếm); GET /@suggest: what somebody who types may mean (gợi ý)."""

from typing import Any

from party.operations.confidentiality.levels import LEVELS
from party.operations.documents.vocabularies import URGENCIES
from party.operations.finding import search
from party.operations.finding.query import FACETS
from party.operations.finding.query import Hit
from party.operations.finding.query import Query
from party.operations.organization.services.references import UNIT
from party.operations.organization.services.references import unit_uid
from party.operations.rest import shapes
from party.operations.rest.endpoints import Call
from party.operations.rest.endpoints import Endpoint
from party.operations.rest.service import Service
from party.operations.rest.writing import address
from party.operations.rest.writing import plain


MOST = 100
_FACTS = {
    "kind": shapes.text(among=("incoming", "outgoing")),
    "unit": UNIT,
    "type": shapes.text("Key of a document type."),
    "period": shapes.text("Year or term of the register."),
    "state": shapes.text(),
    "person": shapes.text("Id of the person who drafted it or leads the work on it."),
    "urgency": shapes.text(among=tuple(URGENCIES)),
}
_ASKED = shapes.record(
    q=shapes.text("Words, numbers, symbols, “phrases”; with or without diacritics.", longest=1_000),
    **_FACTS,
    since=shapes.day("Of this day or later: the day of arrival or issue."),
    until=shapes.day("Of this day or before."),
    order=shapes.text("The newest first unless relevance is asked for.", among=("newest", "relevance")),
    after=shapes.text(),
    size=shapes.whole(f"Documents on a page, 20 unless it is said, {MOST} at most.", least=1),
)
_PART = shapes.record("SnippetPart", required=("text", "asked"), text=shapes.text(), asked=shapes.flag())
_HIT = shapes.record(
    "Hit",
    "A document that was found. Beside these it has the facts it can be narrowed by.",
    required=("@id", "uid", "title", "number_symbol", "level", "day", "where", "snippet"),
    **{
        "@id": shapes.text(),
        "uid": shapes.text(),
        "title": shapes.text(),
        "number_symbol": shapes.text(),
        "level": shapes.text(among=tuple(LEVELS)),
        "day": shapes.day("Of arrival or issue; of a draft, of its beginning."),
        "where": shapes.text("Where the words stand.", among=("title", "number", "text")),
        "snippet": shapes.many(_PART, "The place, in parts; those that were asked for are marked."),
        **{name: shapes.text() for name in FACETS},
    },
)
FOUND = shapes.record(
    "Found",
    required=("items", "after", "total", "capped", "facets"),
    items=shapes.many(_HIT),
    after=shapes.or_null(shapes.text()),
    total=shapes.whole(),
    capped=shapes.flag("Are there more than the total says? The counts of facets stop there, too."),
    facets=shapes.mapping(
        shapes.many(shapes.record("Facet", value=shapes.text(), count=shapes.whole())),
        "How many of what was found have which value, by the name of the fact.",
    ),
)
SUGGESTIONS = shapes.record(
    "Suggestions",
    required=("items",),
    items=shapes.many(
        shapes.record(
            "Suggestion",
            "A document, by its number or title, or the name of an issuer.",
            required=("kind", "text"),
            **{
                "@id": shapes.text("Of a document."),
                "kind": shapes.text(among=("number", "title", "issuer")),
                "text": shapes.text(),
                "title": shapes.text("Of a document."),
            },
        )
    ),
)


def find(call: Call) -> dict[str, Any]:
    """Documents with these words and facts that the person who asks may see, and how many there are."""
    asked = dict(call.query)
    facts = {name: asked.pop(name) for name in FACETS if name in asked}
    if "unit" in facts:
        facts["unit"] = unit_uid(facts["unit"])
    size = min(asked.pop("size", 20), MOST)
    results = search.search(Query(asked.pop("q", ""), facts, size=size, **asked))
    return {
        "items": [_hit(each) for each in results.hits],
        "after": results.following or None,
        "total": results.total,
        "capped": results.capped,
        "facets": {name: [vars(each) for each in values] for name, values in results.facets.items()},
    }


def suggest(call: Call) -> dict[str, Any]:
    """What the beginning of a question may mean."""
    return {"items": [_suggestion(each) for each in search.suggest(call.query["q"])]}


def _hit(hit: Hit) -> dict[str, Any]:
    return {
        "@id": address("@documents", hit.uid),
        "uid": hit.uid,
        "title": hit.title,
        "number_symbol": hit.number,
        "level": hit.level,
        "day": plain(hit.day),
        "where": hit.where,
        "snippet": [{"text": text, "asked": asked} for text, asked in hit.snippet],
        **hit.facts,
    }


def _suggestion(suggestion: search.Suggestion) -> dict[str, Any]:
    said = {"kind": suggestion.kind, "text": suggestion.text}
    if suggestion.uid:
        said |= {"@id": address("@documents", suggestion.uid), "title": suggestion.title}
    return said


class Find(Service):
    """Finds documents."""

    endpoints = (Endpoint("", find, FOUND, query=_ASKED),)


class Suggest(Service):
    """Completes what is typed."""

    endpoints = (
        Endpoint("", suggest, SUGGESTIONS, query=shapes.record(required=("q",), q=shapes.text(longest=1_000))),
    )
