"""What is looked for, as a tree that each database writes in its own way (biểu thức tìm kiếm).

Only words that :mod:`.words` made and marks of :mod:`.marks` stand in the leaves: nothing that a person typed is ever read
as syntax.
"""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Phrase:
    """Words that stand side by side, in the ``head`` or anywhere; of a ``prefix`` the last is the beginning of a word."""

    words: tuple[str, ...]
    prefix: bool = False
    head: bool = False


@dataclass(frozen=True, slots=True)
class All:
    """Every one of the parts."""

    parts: "tuple[Expression, ...]"


@dataclass(frozen=True, slots=True)
class AnyOf:
    """One of the parts at least."""

    parts: "tuple[Expression, ...]"


@dataclass(frozen=True, slots=True)
class Without:
    """What the first has and the second has not."""

    wanted: "Expression"
    unwanted: "Expression"


Expression = Phrase | All | AnyOf | Without


def every(parts: "Iterable[Expression]") -> "Expression":
    """All of the parts, of which there is one at least."""
    found = tuple(parts)
    return found[0] if len(found) == 1 else All(found)


def some(parts: "Iterable[Expression]") -> "Expression":
    """One of the parts, of which there is one at least."""
    found = tuple(parts)
    return found[0] if len(found) == 1 else AnyOf(found)
