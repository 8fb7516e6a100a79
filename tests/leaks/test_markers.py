"""The battery finds a mark in whatever disguise it comes out."""

import base64
import gzip
import html
import io
import json
import quopri
import tarfile
import unicodedata
import zlib
from collections.abc import Callable
from urllib.parse import quote

import pytest

from tests.leaks.markers import Markers
from tests.leaks.plants import a_docx
from tests.leaks.plants import a_pdf


MARKERS = Markers(7)
TEXT = MARKERS.text("draft.title")


def tar(content: bytes) -> bytes:
    whole = io.BytesIO()
    with tarfile.open(fileobj=whole, mode="w") as archive:
        header = tarfile.TarInfo("x")
        header.size = len(content)
        archive.addfile(header, io.BytesIO(content))
    return whole.getvalue()


DISGUISES: dict[str, Callable[[str], bytes]] = {
    "plain": str.encode,
    "utf-16": lambda text: text.encode("utf-16"),
    "utf-16 big": lambda text: text.encode("utf-16-be"),
    "decomposed": lambda text: unicodedata.normalize("NFD", text).encode(),
    "folded": lambda text: unicodedata.normalize("NFD", text).encode("ascii", "ignore"),
    "json": lambda text: json.dumps(text).encode(),
    "json in json": lambda text: json.dumps(json.dumps(text)).encode(),
    "url": lambda text: quote(text).encode(),
    "url in url": lambda text: quote(quote(text)).encode(),
    "entities": lambda text: html.escape(text).encode("ascii", "xmlcharrefreplace"),
    "quoted-printable": lambda text: quopri.encodestring(text.encode()),
    "hex": lambda text: text.encode().hex().encode(),
    "base64": lambda text: base64.b64encode(text.encode()),
    "base64, one byte later": lambda text: base64.b64encode(b"-" + text.encode()),
    "base64, two bytes later": lambda text: base64.b64encode(b"--" + text.encode()),
    "url-safe base64": lambda text: base64.urlsafe_b64encode(b"\xff\xfe" + text.encode()),
    "gzip": lambda text: gzip.compress(text.encode() * 3),
    "zlib inside something": lambda text: b"something" + zlib.compress(text.encode() * 3) + b"else",
    "tar": lambda text: tar(text.encode()),
    "gzipped tar": lambda text: gzip.compress(tar(text.encode())),
    "pdf": a_pdf,
    "docx": a_docx,
    "docx in base64 in json": lambda text: json.dumps({"data": base64.b64encode(a_docx(text)).decode()}).encode(),
    "cut docx": lambda text: a_docx(text)[:-60],
}


@pytest.mark.parametrize("accented", [False, True], ids=["plain mark", "accented mark"])
@pytest.mark.parametrize("disguise", DISGUISES.values(), ids=DISGUISES.keys())
def test_a_mark_is_found_in_a_disguise(disguise: Callable[[str], bytes], accented: bool) -> None:
    mark = MARKERS.accented("draft.title") if accented else MARKERS.word("draft.title")
    assert "draft.title" in {hit.field for hit in MARKERS.search(disguise(f"Về {mark}."))}


def test_what_holds_no_mark_is_left_alone() -> None:
    other = Markers(8)
    text = other.text("draft.title")
    assert not MARKERS.search(b"".join(disguise(text) for disguise in DISGUISES.values()))


def test_the_beginning_with_which_the_site_is_searched_is_no_find() -> None:
    assert not MARKERS.search(f"{MARKERS.begin} {MARKERS.begin_accented}".encode())
