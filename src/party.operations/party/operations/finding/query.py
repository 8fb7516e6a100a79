"""What is asked of the index and what it answers (câu hỏi tìm kiếm và kết quả)."""

from dataclasses import dataclass
from dataclasses import field
from datetime import date


#: the facts that results are narrowed by and counted by
FACETS = ("kind", "unit", "type", "period", "state", "person", "urgency")


@dataclass(frozen=True)
class Query:
    """What a person looks for: words, numbers and “phrases”, narrowed by facts; ``order`` is ``newest`` or ``relevance``."""

    text: str = ""
    #: ``{facet: value}`` with names of :data:`FACETS`
    facts: dict[str, str] = field(default_factory=dict)
    since: date | None = None
    until: date | None = None
    order: str = "newest"
    #: the ``following`` of the page before
    after: str = ""
    size: int = 20


@dataclass(frozen=True)
class Hit:
    """One document that was found, as the person who asks may see it."""

    uid: str
    level: str
    title: str
    number: str
    day: date | None
    facts: dict[str, str]
    #: ``title``, ``number`` or ``text``: where the words stand
    where: str
    #: the place they stand in, in parts; ``True`` for words that were asked for
    snippet: tuple[tuple[str, bool], ...] = ()


@dataclass(frozen=True)
class Facet:
    """How many of what was found have a value."""

    value: str
    count: int


@dataclass(frozen=True)
class Results:
    """One page of what was found, and counts over all of it."""

    hits: tuple[Hit, ...]
    following: str
    total: int
    #: the total and the counts stop here: there are more
    capped: bool
    facets: dict[str, tuple[Facet, ...]]
