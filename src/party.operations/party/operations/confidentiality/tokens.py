"""Tokens that carry the level (thẻ quyền): the AND of level and relation stands inside the principal.

``lvl:<level>:user:<person>`` names one person, ``lvl:<level>:unit:<unit>:<side>`` the holders of one side of a unit. A
side is a function or one of the groups of functions in :data:`SIDES`.
"""

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
    return f"{PREFIX}{level}:user:{person}"


def unit(uid: str, side: str, level: str = NORMAL) -> str:
    """The token of one side of a unit."""
    return f"{PREFIX}{level}:unit:{uid}:{side}"


def of_post(uid: str, function: str, level: str) -> list[str]:
    """All tokens that holding ``function`` in the unit gives at ``level``."""
    return [unit(uid, side, level) for side in (function, *SIDES.get(function, ()))]
