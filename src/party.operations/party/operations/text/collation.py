"""Sort keys in Vietnamese order (CLDR, locale vi) that are plain strings, for Python and for SQL.

The alphabet is a ă â b c d đ e ê … o ô ơ … u ư …; among equal letters the tones follow as ngang,
huyền, hỏi, ngã, sắc, nặng; then lower case before upper case. Runs of digits count by their value:
9-CV comes before 10-CV.

Keys are compared code point by code point. So do Python and SQLite; in PostgreSQL the column is
declared with ``COLLATE "C"``. A key is a little over twice as long as its text: it is meant for
names, symbols and titles.

A key has the fields *letters*, *tones* and *text*, parted by a space, which is below all that
letters and tones hold.

letters
    b c d … as themselves; a letter that follows another in the alphabet has a mark that is above
    every letter: ă ``a|``, â ``a}``, đ ``d|``, ê ``e|``, ô ``o|``, ơ ``o}``, ư ``u|``. White space
    is ``!``; another sign is ``"`` and the sign. A run of digits is its length and then the digits,
    without leading zeros: 9 is ``19``, 10 is ``210`` (from nine digits on ``9``, the length in this
    same form, the digits). A letter of another script is ``{`` and the letter. This gives: space,
    signs, numbers, Latin letters, other scripts.
tones
    1 to 5 for each tone in the order above, 6 for a foreign mark, nothing for none, 0 for each
    space or sign. A tone belongs to its syllable and not to a letter: "Thuỷ" and "Thủy" differ in
    the last field only.
text
    the text as ``clean_line`` makes it with small and capital letters exchanged, as capitals have
    the lower code points. It makes the order total: two different lines never have one key.
"""

import re
import unicodedata
from collections.abc import Callable

from .normalize import clean_line


_LETTERS = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_AFTER = {
    "ă": "a|",
    "â": "a}",
    "đ": "d|",
    "ê": "e|",
    "ô": "o|",
    "ơ": "o}",
    "ư": "u|",
    "ð": "d|",
    "ɖ": "d|",
}
#: combining grave, hook above, tilde, acute, dot below
_TONES = {"\u0300": "1", "\u0309": "2", "\u0303": "3", "\u0301": "4", "\u0323": "5"}
_FOREIGN_MARK = "6"

_DIGITS = re.compile("[0-9]+")


class _Level(dict[int, str]):
    """A table for ``str.translate`` that works out a character when it is first met."""

    def __init__(self, of: Callable[[str], str]) -> None:
        super().__init__()
        self._of = of

    def __missing__(self, code_point: int) -> str:
        parts = unicodedata.normalize("NFD", chr(code_point))
        value = "".join(self[ord(ch)] if ord(ch) in self else self._of(ch) for ch in parts)
        self[code_point] = value
        return value


def _letter(character: str) -> str:
    if unicodedata.combining(character):
        return ""
    if _is_letter(character):
        return "{" + character
    return '"-' if unicodedata.category(character) == "Pd" else '"' + character


def _tone(character: str) -> str:
    if unicodedata.combining(character):
        return _TONES.get(character, _FOREIGN_MARK)
    return "" if _is_letter(character) else "0"


def _is_letter(character: str) -> bool:
    # vowel signs of Khmer or Thai are no letters for Python, but stand in words
    return character.isalnum() or unicodedata.category(character).startswith("M")


def _tables() -> tuple[_Level, _Level, dict[int, str]]:
    letters, tones = _Level(_letter), _Level(_tone)
    swapped: dict[int, str] = {}
    for letter in [*_LETTERS, "ð", "ɖ"]:
        for tone, rank in [("", ""), *_TONES.items()]:
            toned = unicodedata.normalize("NFC", letter + tone)
            if len(toned) == 1:
                letters[ord(toned)] = _AFTER.get(letter, letter)
                tones[ord(toned)] = rank
                swapped[ord(toned)] = toned.upper()
                swapped[ord(toned.upper())] = toned
    letters[ord(" ")] = "!"
    letters.update((ord(digit), digit) for digit in "0123456789")
    return letters, tones, swapped


_LETTER_LEVEL, _TONE_LEVEL, _SWAPPED_CASE = _tables()


def sort_key(text: str) -> str:
    """The key of ``text``; two texts have one key only when ``clean_line`` makes them the same."""
    line = clean_line(text)
    return f"{_levels(line)} {line.translate(_SWAPPED_CASE)}"


def name_sort_key(full_name: str) -> str:
    """The key of a person: given name (tên, the last word), then middle (đệm), then family (họ).

    "Trần Văn An" comes before "Nguyễn Thị Bình". Each of the three is compared with its tones
    before the next one. These keys are compared with each other only, not with ``sort_key``.
    """
    line = clean_line(full_name)
    rest, _, given = line.rpartition(" ")
    family, _, middle = rest.partition(" ")
    return f"{_levels(given)} {_levels(middle)} {_levels(family)} {line.translate(_SWAPPED_CASE)}"


def _levels(line: str) -> str:
    lower = line.lower()
    tones = lower.translate(_TONE_LEVEL)
    return f"{_DIGITS.sub(_by_value, lower).translate(_LETTER_LEVEL)} {tones}"


def _by_value(run: re.Match[str]) -> str:
    digits = run.group().lstrip("0") or "0"
    return _length(len(digits)) + digits


def _length(count: int) -> str:
    if count < 9:
        return str(count)
    digits = str(count)
    return "9" + _length(len(digits)) + digits
