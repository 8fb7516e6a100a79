"""The names of whom something is passed or sent to (người nhận), many at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from zope.globalrequest import getRequest
from zope.i18n import translate

from party.operations.documents.recipients import Addressee
from party.operations.organization import lookup
from party.operations.organization.vocabularies import FUNCTIONS


@dataclass(frozen=True)
class Name:
    """How an addressee is written: the name, and beside it what tells namesakes apart."""

    label: str
    hint: str = ""

    def __str__(self) -> str:
        return f"{self.label}, {self.hint}" if self.hint else self.label


def key_of(addressee: Addressee) -> str:
    """``person:<id>``, ``unit:<uid>`` or ``unit:<uid>:<function>``, as pickers carry it."""
    if addressee.person:
        return f"person:{addressee.person}"
    return ":".join(filter(None, ("unit", addressee.unit, addressee.function)))


def parse_key(key: str, capacity: str = "lead") -> Addressee:
    """The addressee of a picker's key; raises ``Invalid`` for what is none."""
    kind, _colon, rest = key.partition(":")
    unit, _colon, function = rest.partition(":")
    if kind == "person":
        return Addressee.parse({"person": rest, "capacity": capacity})
    return Addressee.parse({"unit": unit if kind == "unit" else "", "function": function, "capacity": capacity})


def names_of(addressees: Iterable[Addressee]) -> dict[str, Name]:
    """The names of many addressees by their keys."""
    listed = list(addressees)
    people = [each.person for each in listed if each.person]
    names = lookup.names(people)
    posts = {person: lookup.posts_of(person) for person in set(people)}
    units = {each.unit for each in listed if each.unit} | {row.unit for rows in posts.values() for row in rows}
    titles = lookup.unit_titles(units)
    return {key_of(each): _name(each, names, posts, titles) for each in listed}


def function_name(function: str) -> str:
    """Văn thư, Lãnh đạo … in the language of the reader."""
    return translate(FUNCTIONS[function], context=getRequest()) if function in FUNCTIONS else function


def _name(each: Addressee, names: dict[str, str], posts: dict[str, list[Any]], titles: dict[str, str]) -> Name:
    if each.person:
        held = posts.get(each.person) or []
        hint = f"{held[0].title or function_name(held[0].function)}, {titles.get(held[0].unit, '')}" if held else ""
        return Name(names.get(each.person, each.person), hint)
    if each.function:
        return Name(function_name(each.function), titles.get(each.unit, ""))
    return Name(titles.get(each.unit, each.unit))
