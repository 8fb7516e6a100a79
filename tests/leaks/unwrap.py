"""What is packed in an answer or a file: zip, gzip, zlib, tar and base64, one in another."""

import base64
import gzip
import io
import re
import struct
import tarfile
import zlib
from collections.abc import Iterator
from contextlib import suppress


#: how deep one thing may stand in another
_DEPTH = 4
#: bytes that one packed part may grow to
_MOST = 64 * 1024**2
_LOCAL_FILE = b"PK\x03\x04"
_ZLIB = re.compile(rb"\x78[\x01\x5e\x9c\xda]")
_BASE64 = re.compile(rb"[A-Za-z0-9+/_-]{64,}={0,2}")
_HEX = re.compile(rb"(?:[0-9a-fA-F]{2}){48,}")


def layers(content: bytes, name: str = "", depth: int = 0) -> Iterator[tuple[str, bytes]]:
    """(names of the wrappings, content) of ``content`` itself and of everything packed in it."""
    yield name, content
    if depth == _DEPTH:
        return
    for kind, inside in _opened(content):
        yield from layers(inside, f"{name}{kind} ", depth + 1)


def packed(content: bytes) -> Iterator[tuple[str, bytes]]:
    """(kind, content) of compressed parts only, wherever they begin."""
    yield from (("zip", each) for each in _members(content))
    with suppress(OSError, EOFError, zlib.error):
        if content[:2] == b"\x1f\x8b":
            yield "gzip", gzip.decompress(content)
    with suppress(tarfile.TarError, ValueError):
        if content[257:262] == b"ustar":
            with tarfile.open(fileobj=io.BytesIO(content)) as archive:
                files = (archive.extractfile(each) for each in archive.getmembers() if each.isfile())
                yield from (("tar", each.read()) for each in files if each)
    for found in _ZLIB.finditer(content):
        inside = _inflated(memoryview(content)[found.start() :], zlib.MAX_WBITS)
        if len(inside) > 16:
            yield "zlib", inside


def _opened(content: bytes) -> Iterator[tuple[str, bytes]]:
    yield from packed(content)
    if b"=\n" in content or b"=\r\n" in content:
        yield "unfolded", content.replace(b"=\r\n", b"").replace(b"=\n", b"")
    for found in _BASE64.finditer(content):
        text = found[0].rstrip(b"=").translate(bytes.maketrans(b"-_", b"+/"))
        with suppress(ValueError):
            yield "base64", base64.b64decode(text[: len(text) // 4 * 4])
    for found in _HEX.finditer(content):
        yield "hex", bytes.fromhex(found[0][: len(found[0]) // 2 * 2].decode())


def _members(content: bytes) -> Iterator[bytes]:
    """Files of every zip archive in ``content``, read from their own headers: a broken or cut archive gives them too."""
    at = content.find(_LOCAL_FILE)
    while at >= 0:
        header = content[at : at + 30]
        if len(header) == 30:
            method, names, extra = header[8], *struct.unpack("<HH", header[26:30])
            start = at + 30 + names + extra
            if method == 8:
                yield _inflated(memoryview(content)[start:], -zlib.MAX_WBITS)
        at = content.find(_LOCAL_FILE, at + 4)


def _inflated(content: memoryview, window: int) -> bytes:
    machine = zlib.decompressobj(window)
    with suppress(zlib.error):
        return machine.decompress(content, _MOST)
    return b""
