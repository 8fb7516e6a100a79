"""Sealed files (tệp niêm phong): AES-256-GCM in chunks, written and read as a stream, readable from any place.

The number of a chunk and whether it is the last one stand in its nonce, so that none can be left out, repeated or moved.
The length is padded, at most by an eighth, so that the size of a file on disk does not tell which file it is.
"""

import hashlib
import io
from collections.abc import Callable
from typing import Any
from typing import BinaryIO

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from party.operations.confidentiality import keys


#: bytes of plain text in one chunk
CHUNK = 1024 * 1024
_TAG = 16
#: the smallest padded file
_LEAST = 4096


def padded(size: int) -> int:
    """The length that a file of ``size`` bytes is padded to (Padmé: at most 12% more, few distinct lengths)."""
    if size <= _LEAST:
        return _LEAST
    exponent = size.bit_length() - 1
    low = exponent - exponent.bit_length()
    mask = (1 << low) - 1
    return (size + mask) & ~mask


def write(source: BinaryIO, target: BinaryIO, key: bytes) -> tuple[int, str]:
    """Seal ``source`` into ``target`` under a key that seals nothing else; returns size and SHA-256 of the plain bytes."""
    cipher, digest, size = AESGCM(key), hashlib.sha256(), 0
    number, waiting = 0, _full(source)
    while True:
        digest.update(waiting)
        size += len(waiting)
        following = _full(source) if len(waiting) == CHUNK else b""
        if not following:
            break
        target.write(cipher.encrypt(_nonce(number, last=False), waiting, None))
        number, waiting = number + 1, following
    _write_end(target, cipher, number, waiting, padded(size) - size)
    return size, digest.hexdigest()


class Reader(io.RawIOBase):
    """The plain bytes of a sealed file of ``size`` bytes; raises ``keys.Broken`` where it was changed.

    ``report`` is called before.
    """

    def __init__(self, source: BinaryIO, key: bytes, size: int, report: Callable[[], None] | None = None) -> None:
        self._report = report
        self._source = source
        self._cipher = AESGCM(key)
        self._size = size
        self._last = (padded(size) - 1) // CHUNK
        self._place = 0
        self._number = -1
        self._chunk = b""

    def readable(self) -> bool:
        """It is."""
        return True

    def seekable(self) -> bool:
        """It is."""
        return True

    def tell(self) -> int:
        """The place in the plain bytes."""
        return self._place

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place in the plain bytes."""
        start = {io.SEEK_SET: 0, io.SEEK_CUR: self._place, io.SEEK_END: self._size}[whence]
        self._place = max(0, start + offset)
        return self._place

    def readinto(self, buffer: Any) -> int:
        """Fill ``buffer`` from the chunk at this place, as far as that reaches."""
        left = self._size - self._place
        if left <= 0:
            return 0
        number, offset = divmod(self._place, CHUNK)
        self._load(number)
        part = self._chunk[offset : offset + min(len(buffer), left)]
        buffer[: len(part)] = part
        self._place += len(part)
        return len(part)

    def close(self) -> None:
        """Close the sealed file as well."""
        self._chunk = b""
        self._source.close()
        super().close()

    def _load(self, number: int) -> None:
        if number == self._number:
            return
        self._source.seek(number * (CHUNK + _TAG))
        sealed = self._source.read(CHUNK + _TAG)
        try:
            self._chunk = self._cipher.decrypt(_nonce(number, last=number == self._last), sealed, None)
        except InvalidTag as error:
            if self._report is not None:
                self._report()
            raise keys.Broken() from error
        self._number = number


def _write_end(target: BinaryIO, cipher: AESGCM, number: int, rest: bytes, padding: int) -> None:
    """The last chunk or two: what is left and the padding."""
    while len(rest) + padding > CHUNK:
        fill = CHUNK - len(rest)
        target.write(cipher.encrypt(_nonce(number, last=False), rest + bytes(fill), None))
        number, rest, padding = number + 1, b"", padding - fill
    target.write(cipher.encrypt(_nonce(number, last=True), rest + bytes(padding), None))


def _nonce(number: int, last: bool) -> bytes:
    # unique, as each key seals one file
    return number.to_bytes(11, "big") + (b"\x01" if last else b"\x00")


def _full(source: BinaryIO) -> bytes:
    """A whole chunk, unless the source ends."""
    parts, missing = [], CHUNK
    while missing and (part := source.read(missing)):
        parts.append(part)
        missing -= len(part)
    return b"".join(parts)
