"""Marks: words that exist nowhere else, one for each planted field, and every disguise in which one could come out.

All marks of a run share a stem, so that a text is searched for the stem alone; what follows it names the field.
"""

import base64
import json
import quopri
import random
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from dataclasses import field
from functools import cached_property
from urllib.parse import quote

from tests.leaks.unwrap import layers


_CONSONANTS = "bcdghklmnprstvx"
_VOWELS = "ạảấầẩẫậắằẳẵặẹẻẽếềểễệỉịọỏốồổỗộớờởỡợụủứừửữựỳỵỷỹ"
_LETTERS = "abcdefghijklmnopqrstuvwxyz"
#: letters that tell the fields apart, the same for the plain and the accented mark
_TAIL = 6


@dataclass(frozen=True)
class Hit:
    """A mark that was found: whose field it is, and in which disguise it stood."""

    field: str
    form: str


@dataclass
class Markers:
    """The marks of one run: ``word("draft.title")`` mints, ``search(content)`` finds."""

    seed: int
    #: stem in ASCII, and one in Vietnamese with a diacritic on every vowel
    stems: tuple[str, str] = ("", "")
    #: tail → field
    fields: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self._random = random.Random(self.seed)
        plain = "zqx" + "".join(self._random.choice(_LETTERS) for _each in range(9))
        syllables = (self._random.choice(_CONSONANTS) + self._random.choice(_VOWELS) for _each in range(6))
        self.stems = (plain, "".join(syllables))

    def word(self, name: str) -> str:
        """The mark of a field."""
        return self.stems[0] + self._tail(name)

    def accented(self, name: str) -> str:
        """The mark of a field in Vietnamese letters."""
        return self.stems[1] + self._tail(name)

    def text(self, name: str) -> str:
        """Both marks of a field, as a text that a person could have written."""
        return f"Về {self.word(name)} và {self.accented(name)}"

    @property
    def begin(self) -> str:
        """The beginning of every plain mark, to search the site with: too short to be taken for a find itself."""
        return self.stems[0][:8]

    @property
    def begin_accented(self) -> str:
        """The beginning of every accented mark."""
        return self.stems[1][:8]

    def search(self, content: bytes) -> set[Hit]:
        """All marks in ``content`` and in whatever is packed in it."""
        return {hit for layer, inside in layers(content) for hit in self._search(inside, layer)}

    def plain_hits(self, content: bytes) -> set[Hit]:
        """All marks in ``content`` as it is: for large files, whose packed parts are looked at elsewhere."""
        return set(self._search(content, ""))

    def _tail(self, name: str) -> str:
        for tail, known in self.fields.items():
            if known == name:
                return tail
        tail = "".join(self._random.choice(_LETTERS) for _each in range(_TAIL))
        self.fields[tail] = name
        return tail

    def _search(self, content: bytes, layer: str) -> Iterator[Hit]:
        lower = content.lower()
        for form, needle, exact in self._needles:
            where = content if exact else lower
            at = where.find(needle)
            while at >= 0:
                yield Hit(self._named(where[at : at + len(needle) + 400]), f"{layer}{form}")
                at = where.find(needle, at + len(needle))

    def _named(self, found: bytes) -> str:
        """The field of the mark that ``found`` begins with, as far as it can be read."""
        found = found.replace(b"=\n", b"")
        for tail, name in self.fields.items():
            raw = tail.encode()
            if any(
                each in found for each in (raw, raw.hex().encode(), tail.encode("utf-16-le"), tail.encode("utf-16-be"))
            ):
                return name
        decoded = b"".join(_decoded(found[start:]) for start in range(4))
        return next((name for tail, name in self.fields.items() if tail.encode() in decoded), "?")

    @cached_property
    def _needles(self) -> list[tuple[str, bytes, bool]]:
        """(name, bytes, whether capitals count) of each disguise of the stems."""
        found: dict[bytes, tuple[str, bytes, bool]] = {}
        for stem in self.stems:
            for name, needle, exact in _disguises(stem):
                found.setdefault(needle, (name, needle, exact))
        return list(found.values())


def _decoded(found: bytes) -> bytes:
    run = found[: len(found) // 4 * 4]
    try:
        return base64.b64decode(run, altchars=b"-_" if b"-" in run or b"_" in run else None)
    except ValueError:
        return b""


def _disguises(stem: str) -> Iterator[tuple[str, bytes, bool]]:
    folded = unicodedata.normalize("NFD", stem).encode("ascii", "ignore").decode()
    for name, text in (("", stem), ("decomposed ", unicodedata.normalize("NFD", stem)), ("folded ", folded)):
        raw = text.encode()
        yield f"{name}utf-8", raw.lower(), False
        yield f"{name}utf-16-le", text.encode("utf-16-le"), False
        yield f"{name}utf-16-be", text.encode("utf-16-be"), False
        yield f"{name}hex", raw.hex().encode(), False
        yield f"{name}json", json.dumps(text)[1:-1].encode(), False
        yield f"{name}json twice", json.dumps(json.dumps(text))[3:-3].encode(), False
        yield f"{name}url", quote(text).lower().encode(), False
        yield f"{name}url twice", quote(quote(text)).lower().encode(), False
        yield f"{name}quoted-printable", quopri.encodestring(raw).lower().rstrip(b"=\n"), False
        yield f"{name}entities", "".join(c if c.isascii() else f"&#{ord(c)};" for c in text).encode(), False
        yield f"{name}hex entities", "".join(c if c.isascii() else f"&#x{ord(c):x};" for c in text).encode(), False
        yield f"{name}python", text.encode("unicode_escape").lower(), False
        yield f"{name}reversed", text[::-1].encode().lower(), False
        for offset in range(3):
            yield f"{name}base64+{offset}", _in_base64(raw, offset), True
            yield f"{name}url-safe base64+{offset}", _in_base64(raw, offset).translate(_URL_SAFE), True
            yield f"{name}utf-16 base64+{offset}", _in_base64(text.encode("utf-16-le"), offset), True


_URL_SAFE = bytes.maketrans(b"+/", b"-_")


def _in_base64(raw: bytes, offset: int) -> bytes:
    """The characters of base64 that stand for ``raw`` alone, ``offset`` bytes after a boundary of three."""
    whole = base64.b64encode(bytes(offset) + raw + b"\0\0")
    first, last = -(-offset * 8 // 6), (offset + len(raw)) * 8 // 6
    return whole[first:last]
