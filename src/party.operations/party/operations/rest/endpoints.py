"""An endpoint (điểm truy cập): one path below a noun, with the shapes of its input and output and what it does."""

from collections.abc import Callable
from contextlib import AbstractContextManager
from contextlib import nullcontext
from dataclasses import dataclass
from dataclasses import field
from inspect import cleandoc
from typing import Any

from party.operations import _
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import Missing
from party.operations.rest import shapes
from party.operations.rest.shapes import Shape


#: the request's own identifier: the same request sent twice is done once
IDENTIFIER = shapes.text("Makes the request safe to repeat: the second answer is the first one again.", longest=200)
REVISION = shapes.whole("The revision you saw; 409 when it is no longer the present one.", least=1)


@dataclass
class Call:
    """One request as the function of an endpoint gets it."""

    request: Any
    #: parts of the path by the names in the endpoint's path
    path: dict[str, str]
    query: dict[str, Any] = field(default_factory=dict)
    body: dict[str, Any] = field(default_factory=dict)
    #: revision the other system saw
    seen: int | None = None

    def whole(self, name: str) -> int:
        """A part of the path that is the number of a row; raises :class:`Missing`."""
        value = self.path[name]
        if not value.isdecimal() or len(value) > 18:
            raise Missing(_("There is nothing here."))
        return int(value)


def _nothing(call: Call) -> AbstractContextManager[Any]:
    return nullcontext()


@dataclass(frozen=True)
class Endpoint:
    """What the table of a service says of one path. The first line of the function's docstring describes it."""

    #: below the noun: ``{uid}/files/{file}``
    path: str
    act: Callable[[Call], Any]
    answer: Shape
    body: Shape | None = None
    query: Shape = field(default_factory=shapes.record)
    #: answers 201 with the address of what was made
    makes: bool = False
    #: takes ``revision`` or If-Match
    revised: bool = False
    #: entered before the turn, left after it: slow work such as putting files aside
    within: Callable[[Call], AbstractContextManager[Any]] = _nothing
    #: not to be answered from memory, because the answer is a secret
    once_only: bool = False
    #: open to who must choose a password first
    always_open: bool = False
    #: media type of the answer, and of the body where it is not JSON
    media_type: str = "application/json"
    takes: str = "application/json"
    #: the description's line where the function serves several endpoints
    says: str = ""

    @property
    def summary(self) -> str:
        """One line for the description."""
        return self.says or cleandoc(self.act.__doc__ or "").split("\n")[0]

    def match(self, segments: list[str]) -> dict[str, str] | None:
        """The parts of a path that the template names, or ``None`` when it is another path."""
        template = self.path.split("/") if self.path else []
        if len(template) != len(segments):
            return None
        found: dict[str, str] = {}
        for wanted, given in zip(template, segments, strict=True):
            if wanted.startswith("{"):
                found[wanted[1:-1]] = given
            elif wanted != given:
                return None
        return found

    def body_shape(self, method: str) -> Shape | None:
        """The shape of the JSON body, with what every body of the method takes."""
        if self.takes != "application/json" or method in ("GET", "DELETE"):
            return None
        own = self.body or shapes.record()
        common: dict[str, Shape] = {}
        if self.revised:
            common["revision"] = REVISION
        if method == "POST" and not self.once_only:
            common["externalIdentifier"] = IDENTIFIER
        return {**own, "properties": {**own["properties"], **common}}


def seen_revision(body: dict[str, Any], if_match: str) -> int | None:
    """The revision of the body or of the header ``If-Match: "3"``."""
    stated = body.pop("revision", None)
    mark = if_match.strip().removeprefix("W/").strip('"')
    if not mark or mark == "*":
        return stated
    if not mark.isdigit() or (stated is not None and stated != int(mark)):
        raise Invalid(_("If-Match names no revision, or another one than the body."), "revision")
    return int(mark)
