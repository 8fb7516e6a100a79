"""A channel: one request through which something could come out. The tables of channels are parsed here.

A line of a table is ``VERB path ; Header: value << body``. ``JSON path`` is a GET that asks for JSON, ``POSTJ`` sends and
asks for JSON, ``FORM`` sends a form. Names with a dollar sign are filled in for each planted document::

    $P its path    $Q its parent's path    $I its id    $U its uid    $F a file of it    $S a slip    $D a delivery
    $N its unit's uid    $O the path of another unit    $B how marks begin    $A how accented marks begin    $H the host

A request whose line names the document (one of the first seven) must be answered as if there were no such document.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field
from functools import cached_property


_NAME = re.compile(r"\$([A-Z])")
#: names that stand for the document itself
OWN = frozenset("PIUFSD")

_VERBS = {
    "JSON": ("GET", {"Accept": "application/json"}),
    "POSTJ": ("POST", {"Accept": "application/json", "Content-Type": "application/json"}),
    "FORM": ("POST", {"Content-Type": "application/x-www-form-urlencoded"}),
}


@dataclass(frozen=True)
class Channel:
    """One request, in a group of its kind."""

    group: str
    verb: str
    path: str
    headers: dict[str, str] = field(default_factory=dict, hash=False)
    body: str = ""

    @property
    def name(self) -> str:
        """The request in short, as the report names it."""
        more = "; ".join(f"{key}: {value}" for key, value in self.headers.items() if key != "Content-Type")
        return " ".join(filter(None, (f"{self.group}: {self.verb} {self.path}", more, self.body[:60])))

    @cached_property
    def names(self) -> frozenset[str]:
        """The letters that are filled in."""
        return frozenset(_NAME.findall(" ".join((self.path, self.body, *self.headers.values()))))

    @property
    def is_about_the_document(self) -> bool:
        """Does it name the document, so that one that is not there can be asked for in the same way?"""
        return bool(self.names & OWN)

    def filled(self, values: dict[str, str]) -> "Channel":
        """The request for one document; ``values`` by letters."""

        def fill(text: str) -> str:
            return _NAME.sub(lambda found: values[found[1]], text)

        headers = {key: fill(value) for key, value in self.headers.items()}
        return Channel(self.group, self.verb, fill(self.path), headers, fill(self.body))


def table(group: str, text: str) -> Iterator[Channel]:
    """The channels of a table."""
    for line in filter(None, map(str.strip, text.splitlines())):
        request, _mark, body = line.partition(" << ")
        request, *more = (each.strip() for each in request.split(" ; "))
        verb, _space, path = request.partition(" ")
        verb, headers = _VERBS.get(verb, (verb, {}))
        pairs = (each.partition(": ") for each in more)
        yield Channel(group, verb, path.strip(), {**headers, **{key: value for key, _colon, value in pairs}}, body)
