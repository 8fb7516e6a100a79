"""Marks (dấu nhận): what stands in a row of the index beside its words, as words that no text has.

A mark is a digest, of the same length for a reader's token and for a fact, so that a thousand of them make a short query.
"""

import base64
import hashlib
from collections.abc import Iterable
from functools import lru_cache


#: bytes of a digest: nobody finds two tokens with the same one
_SIZE = 15


def reader(token: str) -> str:
    """The mark of a token that may read the row."""
    return _mark("r", token)


def fact(name: str, value: str) -> str:
    """The mark of a fact, such as the state."""
    return _mark("f", f"{name}={value}")


def blinded(digest: str) -> str:
    """A word of a classified document, see ``confidentiality.blinding``: a mark, so that no word is ever taken for it."""
    return f"__x{digest}"


def column(marks: Iterable[str]) -> str:
    """What the column of marks holds."""
    return " ".join(sorted(marks))


@lru_cache(maxsize=100_000)
def _mark(kind: str, text: str) -> str:
    digest = hashlib.blake2b(text.encode(), digest_size=_SIZE, person=kind.encode()).digest()
    return f"__{kind}{base64.b32encode(digest).decode().lower()}"
