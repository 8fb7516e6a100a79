"""Confidentiality levels (độ mật) and the zone of this process (vùng mạng)."""

import os

from party.operations import _


#: thường
NORMAL = "normal"

#: levels this system accepts, lowest first, with their labels
LEVELS = {NORMAL: _("Normal")}

#: what a process may be: on the Party's wide-area network, or reachable from the Internet
ZONES = ("internet", "wan")


def zone() -> str:
    """The zone of this process, from ``PARTY_ZONE``; ``internet`` when unset or unknown."""
    configured = os.environ.get("PARTY_ZONE", "internet")
    return configured if configured in ZONES else "internet"


def up_to(zone: str) -> tuple[str, ...]:
    """The levels a person may hold tokens for in ``zone``."""
    return tuple(LEVELS)
