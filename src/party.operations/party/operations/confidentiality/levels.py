"""Confidentiality levels (độ mật) and the zone of this process (vùng mạng)."""

import os
import re

from party.operations import _
from party.operations.confidentiality import assertions
from party.operations.confidentiality import keys
from party.operations.ledger.errors import Invalid
from party.operations.text.folding import fold


#: thường
NORMAL = "normal"
#: Mật
SECRET = "secret"  # noqa: S105 - a level, not a password
#: Tối mật
TOP_SECRET = "top-secret"  # noqa: S105 - as above

#: levels this system accepts, lowest first, with their labels; Tuyệt mật is none of them (QĐ về sản phẩm mật mã)
LEVELS = {NORMAL: _("Normal"), SECRET: _("Secret"), TOP_SECRET: _("Top secret")}
#: levels whose content is sealed
CLASSIFIED = (SECRET, TOP_SECRET)
#: thời hạn bảo vệ bí mật in years (Luật Bảo vệ bí mật nhà nước 2018, Điều 19)
PROTECTED_YEARS = {SECRET: 10, TOP_SECRET: 20}

#: what a process may be: on the Party's wide-area network, or reachable from the Internet
ZONES = ("internet", "wan")

_ORDER = tuple(LEVELS)
#: how a level is written on papers, in sheets and by other systems, without marks and signs
_WORDS = {
    "": NORMAL,
    "normal": NORMAL,
    "thuong": NORMAL,
    "khongmat": NORMAL,
    "secret": SECRET,
    "mat": SECRET,
    "c": SECRET,
    "topsecret": TOP_SECRET,
    "toimat": TOP_SECRET,
    "b": TOP_SECRET,
}
#: what names Tuyệt mật, as a whole or as part of what was written
_REFUSED = ("tuyetmat", "ultrasecret")
#: words that may stand before a level, as on a form: “Độ mật: Mật”
_HEADING = re.compile("^(domat|dau)")
_NO_LETTER = re.compile(r"[\W_]+")


class Forbidden(Invalid):
    """Tuyệt mật, which no entrance takes: what names it is not kept either."""


def zone() -> str:
    """The zone of this process, from ``PARTY_ZONE``; ``internet`` when unset or unknown."""
    configured = os.environ.get("PARTY_ZONE", "internet")
    return configured if configured in ZONES else "internet"


def rank(level: str) -> int:
    """0 for normal, growing with the level."""
    return _ORDER.index(level)


def cap(zone: str) -> str:
    """The highest level that this process serves in ``zone``: normal outside of the WAN, without keys, or unsafe."""
    if zone != "wan" or not keys.available() or assertions.failures():
        return NORMAL
    return _ORDER[-1]


def up_to(level: str) -> tuple[str, ...]:
    """All levels up to ``level``, lowest first."""
    return _ORDER[: rank(level) + 1]


def parse(text: str) -> str:
    """The level that a form, a sheet or another system names, in any spelling; raises :class:`Invalid`.

    The stamps A, B and C mean Tuyệt mật, Tối mật and Mật (TT 24/2020/TT-BCA). Tuyệt mật is refused and never taken for a
    lower one: the ciphers of this network stop at Tối mật.
    """
    word = _HEADING.sub("", _NO_LETTER.sub("", fold(text)))
    if word == "a" or any(each in word for each in _REFUSED):
        raise Forbidden(
            _(
                "Documents of the level Tuyệt mật are not handled in this system. Nothing was saved: take the document "
                "away from this computer and hand it to the security officer on paper."
            ),
            "level",
        )
    if word in _WORDS and (word or not text.strip()):
        return _WORDS[word]
    raise Invalid(_("“${value}” is not a confidentiality level.", mapping={"value": text}), "level")
