"""Letters of sheets from before Unicode (bảng mã cũ): Windows-1258, TCVN3 (ABC) and VNI, in text files and in workbooks."""

import re
from collections.abc import Callable
from collections.abc import Iterable

from party.operations.reading import encodings
from party.operations.reading.syllables import is_syllable
from party.operations.text.normalize import nfc


#: share of the words with marks that must be Vietnamese syllables, for a guess to be believed
_READABLE = 0.7
_WORD = re.compile(r"[^\W\d_]+")


def decoded(content: bytes) -> str | None:
    """The text of a file in UTF-8, Windows-1258 or a font encoding; ``None`` when it is none of them.

    What was written with fonts of TCVN3 or VNI comes back in the Western letters it is kept in, for :func:`reviver`.
    """
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError:
        western = content.decode("latin-1")
        if encodings.by_statistics(western.split()):
            return western
        text = nfc(content.decode("cp1258", "replace"))
        return text if _is_vietnamese(text) else None


def reviver(texts: Iterable[str]) -> Callable[[str], str]:
    """What turns the cells of a sheet into Unicode: nothing, unless their letters show that a font drew them."""
    encoding = encodings.by_statistics(word for text in texts for word in text.split())
    if not encoding:
        return str
    # a cell that was typed anew in Unicode stands beside old ones; of their letters none is beyond the Western ones
    return lambda text: (
        text if any(each.isalpha() and each > "ÿ" for each in text) else encodings.convert(text, encoding)
    )


def _is_vietnamese(text: str) -> bool:
    marked = [each for each in _WORD.findall(text) if not each.isascii()]
    return bool(marked) and sum(map(is_syllable, marked)) >= _READABLE * len(marked)
