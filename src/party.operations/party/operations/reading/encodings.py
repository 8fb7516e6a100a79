"""Vietnamese from before Unicode (bảng mã cũ): TCVN3 (ABC, fonts .VnTime) and VNI (fonts VNI-Times) turned into Unicode.

Both put Vietnamese letters in the places of Western ones, so that a file written with them reads "Uû ban nh©n d©n" or
"UÛY BAN NHAÂN DAÂN". TCVN3 has one byte for each letter and no capitals with marks (the font .VnTimeH draws capitals);
VNI writes the mark as a letter of its own after the vowel.

Sources: TCVN 5712:1993 (VN3); the table of the VNI fonts for Windows.
"""

import re
import unicodedata
from collections.abc import Iterable
from typing import Literal

from party.operations.reading.syllables import is_syllable


Encoding = Literal["", "tcvn3", "vni"]

#: places 0xA1 to 0xFE of TCVN 5712 VN3; "·" stands for a place without a letter
_TCVN3_LETTERS = "ĂÂÊÔƠƯĐăâêôơưđ······àảãáạ·ằẳẵắ·······ặầẩẫấậè·ẻẽéẹềểễếệìỉ···ĩíịò·ỏõóọồổỗốộờởỡớợù·ủũúụừửữứựỳỷỹýỵ"
_TCVN3 = {0xA1 + at: letter for at, letter in enumerate(_TCVN3_LETTERS) if letter != "·"}

_VNI_TONES = {"ù": "\u0301", "ø": "\u0300", "û": "\u0309", "õ": "\u0303", "ï": "\u0323"}
#: marks that stand after a, e, o: a circumflex or a breve, with a tone or without
_VNI_HATS = {"â": "", "á": "\u0301", "à": "\u0300", "å": "\u0309", "ã": "\u0303", "ä": "\u0323"}
_VNI_BREVES = {"ê": "", "é": "\u0301", "è": "\u0300", "ú": "\u0309", "ü": "\u0303", "ë": "\u0323"}
#: letters that have their mark in themselves
_VNI_SINGLE = {"ñ": "đ", "æ": "ỉ", "ó": "ĩ", "ò": "ị", "î": "ỵ", "ô": "ơ", "ö": "ư", "í": "í", "ì": "ì"}

_VNI_LETTER = re.compile(
    r"[aA][âáàåãäêéèúüë]|[eEoO][âáàåãä]|[aAeEuUoOyYôöÔÖ][ùøûõï]|[ñæóòîôö]",
    re.IGNORECASE,
)
_TCVN3_FONT = re.compile(
    r"(?:^|\+)\.?vn(?:time|arial|courier|aristote|avant|book|present|souther|helv|tek|univer)", re.I
)
_TCVN3_CAPITALS_FONT = re.compile(r"(?:^|\+)\.?vn\w+?h(?:$|[ ,-])", re.I)
_VNI_FONT = re.compile(r"(?:^|\+)vni[- ]", re.I)
_VNI_MARKED = re.compile(r"[aeouy][âáàåãäùøûõï]|[ñöæ]", re.IGNORECASE)
_HYPHENATED = re.compile(r"[^\W\d_]+-[^\W\d_]*|-(?=[^\W\d_])(?=[a-zà-ỹ])[^\W\d_]+")

#: share of the words of a text that an encoding must turn into Vietnamese syllables
_READABLE = 0.7
#: fewer words with marks than this say nothing
_ENOUGH = 3


def by_font(name: str) -> Encoding:
    """The encoding that a font of the name has, ``.VnTime`` or ``VNI-Times``; "" for all others."""
    if _VNI_FONT.search(name):
        return "vni"
    return "tcvn3" if _TCVN3_FONT.search(name) else ""


def draws_capitals(font: str) -> bool:
    """True of the fonts of TCVN3 that show small letters as capitals, ``.VnTimeH``."""
    return bool(_TCVN3_FONT.search(font) and _TCVN3_CAPITALS_FONT.search(font))


def by_statistics(words: Iterable[str]) -> Encoding:
    """The encoding a text is in, by what would become of its words.

    Only the words with letters beyond ASCII are asked: an encoding is right when it turns nearly all of them into
    Vietnamese syllables and most of them are none as they stand.
    """
    marked = [word for text in words for word in _marked_words(text)]
    if len(marked) < _ENOUGH:
        return ""
    as_it_is = _share(marked)
    best: Encoding = ""
    best_share = max(as_it_is + 0.2, _READABLE)
    for encoding in ("tcvn3", "vni"):
        share = _share([convert(word, encoding) for word in marked])
        if share > best_share:
            best, best_share = encoding, share
    return best


def convert(text: str, encoding: Encoding, *, capitals: bool = False) -> str:
    """``text`` of an old encoding in Unicode, NFC; ``capitals`` for a font that draws capitals alone."""
    if encoding == "tcvn3":
        text = _HYPHENATED.sub(_with_lost_u, text.translate(_TCVN3))
        text = text.upper() if capitals or _shouts(text) else text
    elif encoding == "vni":
        text = _VNI_LETTER.sub(_vni, text)
    return unicodedata.normalize("NFC", text)


def _with_lost_u(found: re.Match[str]) -> str:
    """ư where a hyphen was read for it: its place in TCVN3 is that of the soft hyphen, and PDF makes one sign of the two."""
    syllable = found.group().replace("-", "ư", 1)
    return syllable if is_syllable(syllable) else found.group()


def _marked_words(text: str) -> list[str]:
    # µ, ©, ­ and their like are letters of TCVN3 but not of Unicode
    cut = re.split(r"[\s.,;:!?()\"'“”/-]+", text)
    return [each for each in cut if len(each) > 1 and not each.isascii()]


def _share(words: list[str]) -> float:
    return sum(is_syllable(word) for word in words) / len(words)


def _shouts(text: str) -> bool:
    """Capitals with a small letter among them, as TCVN3 leaves them: "UBND TØNH" → "UBND TỉNH"."""
    plain = [each for each in text if each.isalpha() and each.isascii()]
    return len(plain) > 1 and all(each.isupper() for each in plain)


def _vni(found: re.Match[str]) -> str:
    letters = found.group()
    first, mark = letters[0], letters[1:].lower()
    base = _VNI_SINGLE.get(first.lower(), first.lower())
    if mark in _VNI_TONES and base not in ("ĩ", "ị", "ỉ"):
        base += _VNI_TONES[mark]
    elif mark in _VNI_HATS:
        base += "\u0302" + _VNI_HATS[mark]
    elif mark in _VNI_BREVES:
        base += "\u0306" + _VNI_BREVES[mark]
    letter = unicodedata.normalize("NFC", base)
    return letter.upper() if first.isupper() else letter
