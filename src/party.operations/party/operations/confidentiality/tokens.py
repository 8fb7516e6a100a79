"""Tokens that carry the level (thẻ quyền): the AND of level and relation stands inside the principal.

``lvl:normal:user:<person>`` names one person, ``lvl:normal:unit:<unit>:<side>`` the holders of one side of a unit. A
side is a function or one of the groups of functions in :data:`SIDES`. At the classified levels what follows the level is
a keyed digest of the same words: the database names nobody, and a process without keys cannot make such a token.
"""

from party.operations.confidentiality.blinding import blind
from party.operations.confidentiality.levels import NORMAL


PREFIX = "lvl:"

#: sides of a unit that a function gives beside its own name: ``registry`` receives and registers for the unit (văn thư
#: and who answers for it), ``desk`` takes what is passed to the unit as a whole, ``member`` is everybody who serves there
SIDES = {
    "leader": ("desk", "member"),
    "office_head": ("registry", "desk", "member"),
    "clerk": ("registry", "desk", "member"),
    "deputy_clerk": ("registry", "desk", "member"),
    "officer": ("member",),
    "room_head": ("desk", "member"),
    "archivist": ("member",),
    "unit_admin": (),
}


def user(person: str, level: str = NORMAL) -> str:
    """The token of one person."""
    return at(person_subject(person), level)


def unit(uid: str, side: str, level: str = NORMAL) -> str:
    """The token of one side of a unit."""
    return at(unit_subject(uid, side), level)


def person_subject(person: str) -> str:
    """Whom a grant to one person names, at whatever level."""
    return f"user:{person}"


def unit_subject(uid: str, side: str) -> str:
    """Whom a grant to one side of a unit names, at whatever level."""
    return f"unit:{uid}:{side}"


def at(subject: str, level: str) -> str:
    """The token of a subject at a level; raises ``keys.Withheld`` for a classified one where there are no keys."""
    return f"{PREFIX}{level}:{subject if level == NORMAL else blind(subject, level)}"


def is_classified(token: str) -> bool:
    """Is it a token of another level than normal?"""
    return not token.startswith(f"{PREFIX}{NORMAL}:")


def of_post(uid: str, function: str, level: str) -> list[str]:
    """All tokens that holding ``function`` in the unit gives at ``level``."""
    return [unit(uid, side, level) for side in (function, *SIDES.get(function, ()))]
