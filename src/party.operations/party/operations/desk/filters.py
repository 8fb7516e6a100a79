"""Filters with counts beside a list (bộ lọc): the values of a fact in words, in the order people look for them."""

from collections.abc import Callable
from collections.abc import Iterable
from collections.abc import Mapping
from dataclasses import dataclass

from party.operations import _
from party.operations.desk.pages import Words
from party.operations.documents.vocabularies import document_types
from party.operations.documents.vocabularies import INCOMING_STATES
from party.operations.documents.vocabularies import OUTGOING_STATES
from party.operations.documents.vocabularies import URGENCIES
from party.operations.finding.query import Facet
from party.operations.finding.query import Results
from party.operations.organization import lookup
from party.operations.text.collation import name_sort_key
from party.operations.text.collation import sort_key


KINDS = {"incoming": _("Incoming documents"), "outgoing": _("Outgoing documents")}
STATES = {**INCOMING_STATES, **OUTGOING_STATES}

#: the facts to narrow by, in the order of the page
LABELS = {
    "kind": _("Direction"),
    "unit": _("Unit"),
    "type": _("Type"),
    "period": _("Period"),
    "state": _("State"),
    "urgency": _("Urgency"),
    "person": _("Person"),
}
#: facts whose values have an order of their own
_IN_ORDER: Mapping[str, list[str]] = {"kind": list(KINDS), "state": list(STATES), "urgency": list(URGENCIES)}

#: values of a fact that are shown at once, those with most documents; the others are folded away
SHOWN = 6


@dataclass(frozen=True)
class Choice:
    """One value to narrow by: where it leads, or, when it is chosen, where it is taken off again."""

    label: str
    count: str
    url: str
    chosen: bool


@dataclass(frozen=True)
class Group:
    """The values of one fact."""

    name: str
    label: str
    choices: tuple[Choice, ...]
    more: tuple[Choice, ...]


class Naming(Words):
    """A page that says the values of facts in words."""

    def names_of(self, fact: str, values: Iterable[str]) -> dict[str, str]:
        """Each value in words; a value that is known no more stands for itself."""
        wanted = [each for each in values if each]
        known: Mapping[str, str] = {}
        if fact == "unit":
            known = lookup.unit_titles(wanted)
        elif fact == "person":
            known = lookup.names(wanted)
        elif fact == "type":
            known = {key: each.name for key, each in document_types().items()}
        else:
            labels = {"kind": KINDS, "state": STATES, "urgency": URGENCIES}.get(fact, {})
            known = {each: self.say(labels[each]) for each in wanted if each in labels}
        return {each: known.get(each, each) for each in wanted}

    def groups_of(self, results: Results, chosen: Mapping[str, str], address: Callable[[str, str], str]) -> list[Group]:
        """The filters of what was found; ``address(fact, value)`` narrows, with the value "" it takes a filter off."""
        return [
            Group(name, self.say(label), *self._choices(name, results, chosen.get(name, ""), address))
            for name, label in LABELS.items()
            if self._parts(results.facets.get(name, ()), results.total) or chosen.get(name)
        ]

    def _parts(self, facets: tuple[Facet, ...], total: int) -> bool:
        """Would a value of the fact take anything out of the list?"""
        return len(facets) > 1 or any(each.count < total for each in facets)

    def _choices(
        self, name: str, results: Results, chosen: str, address: Callable[[str, str], str]
    ) -> tuple[tuple[Choice, ...], tuple[Choice, ...]]:
        counts = {each.value: each.count for each in results.facets.get(name, ()) if each.value}
        if chosen:
            counts = {chosen: counts.get(chosen, 0)}
        labels = self.names_of(name, counts)
        most = sorted(counts, key=lambda value: -counts[value])[:SHOWN]

        def choice(value: str) -> Choice:
            url = address(name, "" if value == chosen else value)
            return Choice(labels[value], count_words(counts[value], results.capped), url, value == chosen)

        ordered = in_order(name, labels)
        shown = tuple(choice(each) for each in ordered if each in most)
        return shown, tuple(choice(each) for each in ordered if each not in most)


def in_order(fact: str, labels: Mapping[str, str]) -> list[str]:
    """The values of a fact as people look for them: by their own order, years newest first, else as in a dictionary."""
    if fact in _IN_ORDER:
        known = _IN_ORDER[fact]
        return sorted(labels, key=lambda value: (known.index(value) if value in known else len(known), value))
    if fact == "period":
        return sorted(labels, key=lambda value: (-int(value) if value.isdecimal() else 0, sort_key(labels[value])))
    key = name_sort_key if fact == "person" else sort_key
    return sorted(labels, key=lambda value: key(labels[value]))


def count_words(count: int, capped: bool) -> str:
    """1.204; 10.000+ where counting stopped."""
    return f"{count:,}".replace(",", ".") + ("+" if capped else "")
