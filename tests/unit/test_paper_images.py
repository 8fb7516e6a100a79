"""Pictures of pages: of PDF files as they are shown, of scans, with the reader's name, and of what is damaged or huge."""

import io
from collections.abc import Callable

import pikepdf
import pytest
from fpdf import FPDF
from PIL import Image

from party.operations.documents import paper_images
from party.operations.ledger.errors import Missing
from party.operations.reading.pages import read_pages


LINES = ["Nguyễn Thị Mai (vanthu)", "14:05 24/11/2026 · Mạng nội bộ", "MẬT"]


def letter(pages: int = 2, size: tuple[float, float] = (210, 297), colour: tuple[int, int, int] = (0, 0, 0)) -> bytes:
    pdf = FPDF(format=size)
    for number in range(pages):
        pdf.add_page()
        pdf.set_font("Helvetica", size=20)
        pdf.set_text_color(*colour)
        pdf.text(size[0] / 5, size[1] / 5, f"page {number + 1}")
    return bytes(pdf.output())


def changed(change: Callable[[pikepdf.Pdf], None], **how: object) -> bytes:
    target = io.BytesIO()
    with pikepdf.open(io.BytesIO(letter())) as pdf:
        change(pdf)
        pdf.save(target, **how)
    return target.getvalue()


def turned(pdf: pikepdf.Pdf) -> None:
    pdf.pages[0].Rotate = 90


def scan(kind: str, pages: int = 1, mode: str = "L", **how: object) -> bytes:
    target = io.BytesIO()
    first, *others = (Image.new(mode, (600, 800), 255 - each) for each in range(pages))
    more = {"save_all": True, "append_images": others} if others else {}
    first.save(target, kind, **more, **how)
    return target.getvalue()


class Pieces(io.BytesIO):
    """Gives fewer bytes than it is asked for, as a sealed file does at the end of each chunk."""

    def readinto(self, buffer: "bytearray | memoryview") -> int:  # type: ignore[override]
        """At most a thousand."""
        part = self.read(min(len(buffer), 1000))
        buffer[: len(part)] = part
        return len(part)


def shown(content: bytes, page: int = 1, width: int = 900, mark: list[str] | None = None) -> Image.Image:
    source = Pieces(content)
    kind, drawn = paper_images.image(source, page, width, mark)
    assert source.closed
    picture = Image.open(io.BytesIO(drawn))
    assert picture.get_format_mimetype() == kind
    return picture


def test_a_page_of_letters_is_drawn_in_the_width_that_was_asked_for_in_few_bytes() -> None:
    kind, drawn = paper_images.image(io.BytesIO(letter()), 2, 1200)
    assert kind == "image/png"
    assert len(drawn) < 20_000
    assert Image.open(io.BytesIO(drawn)).size == (1200, 1698)


@pytest.mark.parametrize(("asked", "drawn"), [(1, 100), (900, 900), (99_999, 2400)])
def test_a_width_beyond_the_limits_is_brought_within_them(asked: int, drawn: int) -> None:
    assert shown(letter(), width=asked).width == drawn


def test_words_are_read_from_a_file_that_comes_in_pieces() -> None:
    source = Pieces(letter(3))
    assert [each.number for each in read_pages(source)] == [1, 2, 3]
    # who opened it closes it
    assert not source.closed


def test_a_red_stamp_stays_red_and_a_black_page_has_no_colours() -> None:
    red, black = shown(letter(colour=(200, 20, 20))).convert("RGB"), shown(letter()).convert("RGB")
    assert any(count and r > g + 100 for count, (r, g, _b) in red.getcolors(100_000))
    assert all(r == g == b for _count, (r, g, b) in black.getcolors(100_000))


def test_a_turned_page_is_shown_turned() -> None:
    assert paper_images.sizes(io.BytesIO(changed(turned)))[0] == pytest.approx((842, 595), abs=1)
    assert shown(changed(turned)).size == (900, 637)


@pytest.mark.parametrize("size", [(5000, 5000), (5000, 10), (10, 5000)])
def test_a_page_of_any_size_and_shape_needs_no_more_dots_than_others(size: tuple[float, float]) -> None:
    picture = shown(letter(1, size), width=2400)
    assert picture.width * picture.height <= 9_100_000
    assert picture.width <= 2400


@pytest.mark.parametrize(("kind", "mode"), [("JPEG", "RGB"), ("PNG", "RGBA"), ("TIFF", "1"), ("PNG", "I;16")])
def test_a_scan_is_a_paper_of_one_page(kind: str, mode: str) -> None:
    assert paper_images.sizes(Pieces(scan(kind, mode=mode))) == [(600, 800)]
    # not larger than it is
    assert shown(scan(kind, mode=mode), width=1200).size == (600, 800)


def test_a_scan_of_many_pages_has_them_all() -> None:
    content = scan("TIFF", pages=3)
    assert len(paper_images.sizes(io.BytesIO(content))) == 3
    assert shown(content, page=3, width=300).getpixel((5, 5)) == 253


def test_a_photograph_is_shown_upright() -> None:
    content = scan("JPEG", exif=_exif(orientation=6))
    assert paper_images.sizes(io.BytesIO(content)) == [(800, 600)]
    assert shown(content, width=400).size == (400, 300)


def _exif(orientation: int) -> Image.Exif:
    exif = Image.Exif()
    exif[0x0112] = orientation
    return exif


@pytest.mark.parametrize("content", [letter(), scan("PNG")], ids=["pdf", "scan"])
def test_the_readers_name_lies_over_the_page(content: bytes) -> None:
    plain, marked = (shown(content, width=600, mark=mark).convert("L") for mark in (None, LINES))
    white = [sum(each.point(lambda value: value > 250 and 255).histogram()[255:]) for each in (plain, marked)]
    assert white[1] < white[0] * 0.98


@pytest.mark.parametrize("page", [0, 3])
def test_a_page_that_is_not_there_is_missing(page: int) -> None:
    with pytest.raises(Missing):
        paper_images.image(io.BytesIO(letter()), page, 900)


@pytest.mark.parametrize(
    ("content", "sentence"),
    [
        (b"", "damaged"),
        (b"nothing of a picture", "damaged"),
        (b"%PDF-1.7\n nothing of a page", "damaged"),
        (scan("PNG")[:20], "damaged"),
        (scan("TIFF", pages=2)[:6], "damaged"),
        (changed(lambda pdf: None, encryption=pikepdf.Encryption(user="abc", owner="abc")), "password"),
    ],
    ids=["empty", "text", "pdf", "png", "tiff", "locked"],
)
def test_what_cannot_be_shown_says_why(content: bytes, sentence: str) -> None:
    source = io.BytesIO(content)
    with pytest.raises(paper_images.Unreadable, match=sentence):
        paper_images.image(source, 1, 900)
    assert source.closed


def test_a_scan_that_would_take_the_memory_of_the_server_is_refused_before_it_is_unpacked() -> None:
    target = io.BytesIO()
    Image.new("1", (20_000, 10_000)).save(target, "PNG")
    with pytest.raises(paper_images.Unreadable, match=r"too many dots|damaged"):
        paper_images.image(io.BytesIO(target.getvalue()), 1, 900)
