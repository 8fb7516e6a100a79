"""The reader's name on every page: over turned and cut pages, over pictures, and over large files without much memory."""

import io
import secrets
import tempfile
import zlib
from pathlib import Path

import pikepdf
import pypdfium2
import pytest
from fpdf import FPDF
from PIL import Image

from party.operations.documents import watermark
from party.operations.ledger.errors import Invalid


LINES = ["Nguyễn Thị Mai (vanthu)", "14:05 24/11/2026 · Mạng nội bộ", "Bản số 3 · MẬT"]


class Pieces(io.BytesIO):
    """A stream that gives fewer bytes than it is asked for, as a sealed one does at the end of each chunk."""

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        """At most a thousand."""
        part = self.read(min(len(buffer), 1000))
        buffer[: len(part)] = part
        return len(part)


def pages(count: int = 2) -> bytes:
    pdf = FPDF()
    for number in range(count):
        pdf.add_page()
        pdf.set_font("Helvetica", size=14)
        pdf.text(30, 40, f"page {number + 1} of the letter")
    return bytes(pdf.output())


def changed(**attributes: object) -> bytes:
    """Pages whose first one has other attributes."""
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(pages())) as pdf:
        for name, value in attributes.items():
            setattr(pdf.pages[0], name, value)
        pdf.save(target)
    return target.getvalue()


def texts(content: bytes, kind: str = watermark.PDF) -> list[str]:
    marked, size = watermark.marked(Pieces(content), kind, LINES)
    with marked:
        written = marked.read()
    assert len(written) == size
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(written)]


@pytest.mark.parametrize(
    "content",
    [
        pages(),
        changed(Rotate=90),
        changed(Rotate=180),
        changed(MediaBox=[0, 0, 1190, 842]),
        changed(CropBox=[50, 400, 500, 800]),
        changed(MediaBox=[-100, -100, 495, 742]),
    ],
    ids=["upright", "turned", "upside down", "wide", "cut", "moved"],
)
def test_each_page_carries_every_line_and_keeps_its_text(content: bytes) -> None:
    found = texts(content)
    assert len(found) == 2
    for number, text in enumerate(found, 1):
        assert all(line in text for line in LINES)
        assert f"page {number} of" in text


def test_a_page_turned_in_the_file_carries_the_name_as_it_is_read() -> None:
    marked, _size = watermark.marked(io.BytesIO(changed(Rotate=90)), watermark.PDF, LINES)
    with marked:
        drawn = pypdfium2.PdfDocument(marked.read())[0].render(scale=0.5).to_pil().convert("L")
    assert drawn.width > drawn.height
    # the name goes across the middle of the page as it is looked at
    middle = drawn.crop((drawn.width // 3, drawn.height // 3, 2 * drawn.width // 3, 2 * drawn.height // 3))
    assert middle.getextrema()[0] < 240


def test_a_name_that_is_long_stays_on_the_page() -> None:
    long = ["Công Tằng Tôn Nữ Thị Hoàng Phương Anh (chuyenvien.vanphong.uybankiemtra.thainguyen)"]
    marked, _size = watermark.marked(io.BytesIO(pages(1)), watermark.PDF, long)
    with marked:
        assert long[0] in pypdfium2.PdfDocument(marked.read())[0].get_textpage().get_text_bounded()


@pytest.mark.parametrize(
    ("mode", "kind"), [("RGB", "JPEG"), ("RGBA", "PNG"), ("P", "PNG"), ("1", "TIFF"), ("L", "PNG")]
)
def test_a_picture_becomes_a_page(mode: str, kind: str) -> None:
    target = io.BytesIO()
    Image.new(mode, (800, 600), 1).save(target, kind)
    (text,) = texts(target.getvalue(), f"image/{kind.lower()}")
    assert all(line in text for line in LINES)


def test_pages_are_counted() -> None:
    assert watermark.page_count(Pieces(pages(3)), watermark.PDF) == 3
    scan = io.BytesIO()
    Image.new("1", (80, 60)).save(scan, "TIFF", save_all=True, append_images=[Image.new("1", (80, 60))])
    assert watermark.page_count(Pieces(scan.getvalue()), "image/tiff") == 2
    assert watermark.page_count(Pieces(b"PK"), "application/zip") is None


def test_what_is_locked_or_damaged_is_refused_with_a_sentence() -> None:
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(pages())) as pdf:
        pdf.save(locked, encryption=pikepdf.Encryption(owner="a", user="b"))
    with pytest.raises(Invalid, match="password"):
        watermark.marked(Pieces(locked.getvalue()), watermark.PDF, LINES)
    for kind in watermark.MARKABLE:
        with pytest.raises(Invalid, match="damaged"):
            watermark.marked(Pieces(b"%PDF-1.7 and nothing more"), kind, LINES)
        with pytest.raises(Invalid, match="damaged"):
            watermark.page_count(Pieces(b"%PDF-1.7 and nothing more"), kind)


def test_a_large_file_lies_in_a_nameless_file_and_nothing_is_left(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(tempfile, "tempdir", str(tmp_path))
    monkeypatch.setattr(watermark, "IN_MEMORY", 1024)
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(pages())) as pdf:
        pdf.pages[0].Heavy = pdf.make_stream(secrets.token_bytes(200_000))
        pdf.save(target)
    marked, size = watermark.marked(Pieces(target.getvalue()), watermark.PDF, LINES)
    assert list(tmp_path.iterdir()) == []
    assert size > 200_000
    with marked:
        assert zlib.crc32(marked.read())
    assert list(tmp_path.iterdir()) == []
