"""The form in which text is kept: NFC, no invisible characters, safe file names.

macOS and some PDF tools deliver decomposed text (NFD); everything that comes in, file names
included, passes here. Normalising does not touch spelling: "uỷ" and "ủy" stay as typed
(``folding`` makes them equal).
"""

import re
import unicodedata


#: bytes of a file name in UTF-8; file systems end at 255, which leaves room for a number before it
MAX_FILENAME_BYTES = 200

#: below this an extension and one letter may not fit
_MIN_FILENAME_BYTES = 16

_PATH_SEPARATORS = re.compile(r"[/\\]")
_EXTENSION = re.compile(r"(?<=.)\.[A-Za-z0-9]{1,10}$")
_FORBIDDEN_ON_WINDOWS = str.maketrans(dict.fromkeys('<>:"|?*', "_"))
_DEVICE_ON_WINDOWS = re.compile(r"(?:CON|PRN|AUX|NUL|COM[0-9]|LPT[0-9])\s*(?:\.|$)", re.IGNORECASE)


def nfc(text: str) -> str:
    """``text`` in Unicode form C, one code point for each Vietnamese letter."""
    return unicodedata.normalize("NFC", text)


def clean_line(text: str) -> str:
    """``text`` as one line in NFC: every run of white space is one space, none at the ends.

    Characters of the Unicode category "Other" go: controls, zero-width and direction marks, halves
    of surrogate pairs, private and unassigned code points. They are invisible, and XML, PostgreSQL
    or UTF-8 refuse some of them.
    """
    if not text.isprintable():
        text = "".join(ch for ch in text if ch.isprintable() or ch.isspace())
    return nfc(" ".join(text.split()))


def clean_text(text: str) -> str:
    """``text`` of several lines in NFC: each as :func:`clean_line` makes it, no empty ones at the ends."""
    return "\n".join(clean_line(line) for line in text.splitlines()).strip()


def clean_filename(name: str, max_bytes: int = MAX_FILENAME_BYTES, fallback: str = "tep") -> str:
    """A file name that is safe to store, zip and send, with its Vietnamese letters.

    Of a path only the last part stays. Characters that Windows refuses become "_", its device names
    get one before them; dots and spaces at the ends go. A name longer than ``max_bytes`` of UTF-8
    (at least 16, or ``ValueError``) is cut before its extension. ``fallback`` is the answer when
    nothing is left.
    """
    if max_bytes < _MIN_FILENAME_BYTES:
        raise ValueError(f"A file name needs room for {_MIN_FILENAME_BYTES} bytes, not {max_bytes}.")
    parts = [part.strip(" .") for part in _PATH_SEPARATORS.split(clean_line(name))]
    last = next((part for part in reversed(parts) if part), fallback)
    last = last.translate(_FORBIDDEN_ON_WINDOWS)
    if _DEVICE_ON_WINDOWS.match(last):
        last = f"_{last}"
    return _cut(last, max_bytes)


def _cut(name: str, max_bytes: int) -> str:
    if len(name.encode()) <= max_bytes:
        return name
    found = _EXTENSION.search(name)
    extension = found.group() if found else ""
    stem = name.removesuffix(extension).encode()[: max_bytes - len(extension)]
    # "ignore" drops the bytes of a letter that was cut in two
    return stem.decode(errors="ignore").rstrip(" .") + extension
