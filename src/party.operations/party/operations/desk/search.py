"""Finding documents (tìm kiếm): the page of what was found, and the way there from Plone's own search.

The address holds the whole state of the page: what is looked for, what it is narrowed by, the order, the place in it.
"""

from dataclasses import dataclass
from dataclasses import replace
from datetime import date
from typing import Any
from urllib.parse import urlencode

from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile

from party.operations import _
from party.operations.desk.filters import count_words
from party.operations.desk.filters import Group
from party.operations.desk.filters import KINDS
from party.operations.desk.filters import Naming
from party.operations.documents import found
from party.operations.finding import search
from party.operations.finding.query import FACETS
from party.operations.finding.query import Hit
from party.operations.finding.query import Query
from party.operations.finding.query import Results
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import Refused
from party.operations.ui.dates import typed_day
from party.operations.ui.pages import Page
from party.operations.ui.suggest import Suggestions


PAGE = "@@find"
#: nobody types more into a box; what a program sends is cut here
LONGEST = 200
ORDERS = {"newest": _("Newest first"), "relevance": _("Best match first")}
NOTHING = Results(hits=(), following="", total=0, capped=False, facets={})


@dataclass(frozen=True)
class Asked:
    """What the address of the page asks for, as it was typed."""

    q: str = ""
    facts: tuple[tuple[str, str], ...] = ()
    since: str = ""
    until: str = ""
    order: str = "newest"
    after: str = ""

    @classmethod
    def of(cls, form: dict[str, Any]) -> "Asked":
        """Read from the fields of a request; whatever is no field of ours is left out."""
        typed = {
            name: str(form.get(name) or "").strip()[:LONGEST] for name in ("q", "since", "until", "order", "after")
        }
        chosen = ((name, str(form.get(name) or "").strip()[:LONGEST]) for name in FACETS)
        typed["order"] = typed["order"] if typed["order"] in ORDERS else "newest"
        return cls(facts=tuple(each for each in chosen if each[1]), **typed)

    @property
    def narrowed(self) -> bool:
        """Is it narrowed by anything but words?"""
        return bool(self.facts or self.since or self.until)

    def fields(self) -> list[tuple[str, str]]:
        """Names and values as an address or a form carries them; what says nothing is left out."""
        order = "" if self.order == "newest" else self.order
        named = [("since", self.since), ("until", self.until), ("order", order), ("after", self.after)]
        return [each for each in [("q", self.q), *self.facts, *named] if each[1]]

    def with_fact(self, name: str, value: str) -> "Asked":
        """Narrowed by one fact more, or by no value of it when ``value`` is ""; at the first page."""
        facts = {**dict(self.facts), name: value}
        return replace(self, facts=tuple(each for each in facts.items() if each[1]), after="")


class Find(Naming):
    """The search page (trang tìm kiếm)."""

    template = ViewPageTemplateFile("templates/find.pt")
    page_scripts = ("neighbours.js",)
    title = _("Search")

    def __call__(self) -> str:
        """Look for what the address says and draw what was found."""
        self.asked = Asked.of(self.request.form)
        self.errors: dict[str, str] = {}
        self.error = ""
        self.results = NOTHING
        since, until = self._day("since"), self._day("until")
        if since and until and since > until:
            self.errors["until"] = self.say(_("The last day is before the first one."))
        if self.has_question and not self.errors:
            try:
                self.results = search.search(self._query(since, until))
            except Refused as refused:
                self.error = self.say(refused.message)
                self.request.response.setStatus(refused.status)
        self.letters = found.letters([each.uid for each in self.results.hits])
        return self.template()

    @property
    def has_question(self) -> bool:
        """Was anything asked? The page begins with help instead of everything."""
        return bool(self.asked.q or self.asked.narrowed)

    # --- the search box of the frame ---------------------------------------------------------------------------------

    @property
    def searched(self) -> str:
        """What stands in the search box."""
        return self.asked.q

    @property
    def kept(self) -> list[tuple[str, str]]:
        """What other words are looked for with: the filters and the order, not the place."""
        return replace(self.asked, q="", after="").fields()

    @property
    def beside_days(self) -> list[tuple[str, str]]:
        """What the form of the days carries along."""
        return replace(self.asked, since="", until="", after="").fields()

    # --- addresses ---------------------------------------------------------------------------------------------------

    def address(self, asked: Asked) -> str:
        """The address of a state of the page."""
        return f"{self.home}/{PAGE}?{urlencode(asked.fields())}"

    def orders(self) -> list[dict[str, Any]]:
        """The orders to choose from; without words all match equally well."""
        if not self.asked.q:
            return []
        return [
            {
                "label": self.say(label),
                "url": self.address(replace(self.asked, order=name, after="")),
                "current": name == self.asked.order,
            }
            for name, label in ORDERS.items()
        ]

    def following(self) -> str:
        """The next page; "" on the last one."""
        return self.address(replace(self.asked, after=self.results.following)) if self.results.following else ""

    def first(self) -> str:
        """The first page; "" when it is this one."""
        return self.address(replace(self.asked, after="")) if self.asked.after else ""

    def without_filters(self) -> str:
        """The same words and nothing else."""
        return self.address(Asked(q=self.asked.q, order=self.asked.order))

    # --- what was found ----------------------------------------------------------------------------------------------

    def total(self) -> str:
        """1.204, 10.000+."""
        return count_words(self.results.total, self.results.capped)

    def groups(self) -> list[Group]:
        """The filters with their counts."""
        return self.groups_of(self.results, dict(self.asked.facts), self._narrowed_address)

    def filters_open(self) -> str:
        """How many filters are chosen, for the line that stands for them on a narrow screen."""
        chosen = len(self.asked.facts) + bool(self.asked.since) + bool(self.asked.until)
        return f" ({chosen})" if chosen else ""

    def rows(self) -> list[dict[str, Any]]:
        """The hits as the page shows them."""
        hits = self.results.hits
        names = {fact: self.names_of(fact, {each.facts[fact] for each in hits}) for fact in ("unit", "type", "state")}
        return [
            self._row(each, {fact: words.get(each.facts[fact], "") for fact, words in names.items()}) for each in hits
        ]

    def _row(self, hit: Hit, words: dict[str, str]) -> dict[str, Any]:
        of_title, of_number = (hit.where == name and _whole(hit) == text for name, text in _said_by(hit))
        place = f"{self.home}/d/{hit.uid}"
        phrase = _longest_place(hit) if hit.where == "text" else ""
        letter = self.letters.get(hit.uid)
        return {
            "url": f"{place}?{urlencode({'q': phrase})}" if phrase else place,
            "title": hit.snippet if of_title else ((hit.title, False),),
            "number": hit.snippet if of_number else ((hit.number, False),) if hit.number else (),
            "snippet": () if of_title or of_number else hit.snippet,
            "whole": hit.title,
            "day": self.day(letter.document_date if letter else hit.day),
            "arrived": self.day(hit.day) if letter else "",
            "from": letter.issuer if letter else words["unit"],
            "type": words["type"],
            "state": words["state"],
            "level": self.level(hit.level),
            "level_key": hit.level,
            "urgency": self.urgency(hit.facts["urgency"]),
        }

    def _narrowed_address(self, name: str, value: str) -> str:
        return self.address(self.asked.with_fact(name, value))

    def _query(self, since: date | None, until: date | None) -> Query:
        asked = self.asked
        return Query(asked.q, dict(asked.facts), since, until, asked.order, asked.after)

    def _day(self, name: str) -> date | None:
        try:
            return typed_day(getattr(self.asked, name), name)
        except Invalid as refused:
            self.errors[name] = self.say(refused.message)
            return None


def _whole(hit: Hit) -> str:
    return "".join(part for part, _asked in hit.snippet)


def _longest_place(hit: Hit) -> str:
    """Words side by side as the file has them, which the viewer then shows: it looks for a phrase."""
    return max((part for part, asked in hit.snippet if asked), key=len, default="")


def _said_by(hit: Hit) -> tuple[tuple[str, str], tuple[str, str]]:
    return ("title", hit.title), ("number", hit.number)


class Suggest(Suggestions):
    """What the search box proposes while one types (gợi ý): ``[{"label", "hint", "url"}]``."""

    def found(self, text: str) -> list[dict[str, str]]:
        """Documents that the person may see, and issuers of some of them."""
        try:
            suggested = search.suggest(text[:LONGEST])
        except Refused:
            # the page of results says why
            return []
        letters = found.letters([each.uid for each in suggested if each.uid])
        return [self._option(each, letters.get(each.uid)) for each in suggested]

    def _option(self, suggestion: search.Suggestion, letter: Any) -> dict[str, str]:
        if not suggestion.uid:
            query = urlencode({"q": f"“{suggestion.text}”"})
            return {
                "label": suggestion.text,
                "hint": self.say(_("Issuer")),
                "url": f"{self.home}/{PAGE}?{query}",
            }
        # sender and recipient each have a record of one paper
        hint = [self.say(KINDS["incoming" if letter else "outgoing"])]
        if suggestion.kind == "number":
            hint.append(suggestion.title)
        elif letter:
            hint.append(letter.issuer)
        return {"label": suggestion.text, "hint": " · ".join(hint), "url": f"{self.home}/d/{suggestion.uid}"}


class StockSearch(Page):
    """Plone's own search address leads to ours."""

    def __call__(self) -> str:
        """Keep the words."""
        words = str(self.request.form.get("SearchableText") or "").strip().rstrip("*")[:LONGEST]
        return self.redirect(f"{self.home}/{PAGE}?{urlencode({'q': words})}" if words else f"{self.home}/{PAGE}")
