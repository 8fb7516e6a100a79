"""Pages of a file as pictures (ảnh trang văn bản): what the viewer shows of PDF files and of scans.

Whoever looks at pages gets pictures of them and never the file, so that a page that carries the reader's name cannot be had
without it. A picture needs at most some 60 MB while it is made, whatever the size of the page, and one is made at a time.
"""

import io
import math
import struct
from collections.abc import Iterator
from collections.abc import Sequence
from contextlib import contextmanager
from functools import lru_cache
from typing import Any
from typing import BinaryIO
from typing import cast

import pypdfium2
from PIL import ExifTags
from PIL import Image
from PIL import ImageChops
from PIL import ImageOps

from party.operations import _
from party.operations.documents import watermark
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import Missing
from party.operations.reading.pages import pdfium_lock


#: width of a picture in pixels; the height follows from the page
LEAST_WIDTH, MOST_WIDTH = 100, 2400
#: pixels of a picture: a page as long as a roll of paper is drawn smaller than it was asked for
_MOST_PIXELS = 9_000_000
#: pixels of a scan that is taken up: A3 at 600 dots an inch
_MOST_SCANNED = 72_000_000
#: bytes in which a file of any size is read
_CHUNK = 1024 * 1024
#: how much red, green and blue may differ on a page that is taken for one without colours
_GREY = 12
#: shades of a page without pictures and colours: as many as the edges of letters need
_SHADES = 16
_JPEG_QUALITY = 82

#: what Pillow answers to what is no picture, or to half of one
_BROKEN = (
    OSError,
    EOFError,
    LookupError,
    SyntaxError,
    TypeError,
    ValueError,
    struct.error,
    Image.DecompressionBombError,
)


class Unreadable(Invalid):
    """A file of whose pages no picture can be made."""

    def __init__(self, message: str) -> None:
        super().__init__(message, "files")


def image(source: BinaryIO, page: int, width: int, mark: Sequence[str] | None = None) -> tuple[str, bytes]:
    """Content type and bytes of ``page`` (from 1), ``width`` pixels wide; closes ``source``.

    ``source`` is a PDF, JPEG, PNG or TIFF; ``mark`` the lines across the page. A width beyond the limits is brought within
    them. Raises :class:`Unreadable` for what is damaged, locked or no picture, :class:`Missing` for a page it does not have.
    """
    width = min(max(width, LEAST_WIDTH), MOST_WIDTH)
    with _readable(source) as file, pdfium_lock:
        drawn, is_picture = _drawn_page(file, page, width) if _is_pdf(file) else _scanned_page(file, page, width)
    if mark:
        drawn = _with_mark(drawn, tuple(mark))
    return _written(drawn, is_picture)


def sizes(source: BinaryIO) -> list[tuple[float, float]]:
    """Width and height of each page as it is shown, in points for a PDF, in pixels for a scan; closes ``source``.

    Raises :class:`Unreadable` like :func:`image`.
    """
    with _readable(source) as file, pdfium_lock:
        if not _is_pdf(file):
            with _picture(file) as picture:
                return [_size_of(picture, frame) for frame in range(getattr(picture, "n_frames", 1))]
        with _pdf(file) as pdf:
            return [pdf.get_page_size(number) for number in range(len(pdf))]


@contextmanager
def _readable(source: BinaryIO) -> Iterator[BinaryIO]:
    """PDFium takes a short answer for the end of the file; a buffered file gives short answers at its end alone."""
    with source, io.BufferedReader(cast(io.RawIOBase, source), _CHUNK) as buffered:
        yield cast(BinaryIO, buffered)


def _is_pdf(file: BinaryIO) -> bool:
    start = file.read(1024)
    file.seek(0)
    return b"%PDF-" in start


@contextmanager
def _pdf(file: BinaryIO) -> Iterator[Any]:
    try:
        with pypdfium2.PdfDocument(file) as pdf:
            yield pdf
    except (pypdfium2.PdfiumError, ZeroDivisionError) as error:
        if getattr(error, "err_code", None) == pypdfium2.raw.FPDF_ERR_PASSWORD:
            raise Unreadable(
                _("The file is locked with a password, so its pages cannot be shown. Ask for it without one.")
            ) from error
        raise _damaged() from error


def _drawn_page(file: BinaryIO, number: int, width: int) -> tuple[Image.Image, bool]:
    """A page of a PDF, and whether there are pictures on it."""
    with _pdf(file) as pdf:
        _check_page(number, len(pdf))
        page = pdf[number - 1]
        across, down = page.get_size()
        bitmap = page.render(scale=_fitting(across, down, width) / across, may_draw_forms=False)
        # the pixels belong to the bitmap, which goes with the page
        drawn = bitmap.to_pil().convert("RGB")
        pictures = any(True for _each in page.get_objects(filter=[pypdfium2.raw.FPDF_PAGEOBJ_IMAGE], max_depth=2))
    return drawn, pictures


@contextmanager
def _picture(file: BinaryIO) -> Iterator[Image.Image]:
    try:
        with Image.open(file, formats=("JPEG", "PNG", "TIFF")) as picture:
            yield picture
    except _BROKEN as error:
        raise _damaged() from error


def _scanned_page(file: BinaryIO, number: int, width: int) -> tuple[Image.Image, bool]:
    """A picture as it is looked at, or one of a scan of many pages."""
    with _picture(file) as picture:
        _check_page(number, getattr(picture, "n_frames", 1))
        across, _down = _size_of(picture, number - 1)
        picture.draft("RGB", (width, width))
        upright = ImageOps.exif_transpose(picture) if _says_its_orientation(picture) else picture
        upright = upright if upright.mode in ("L", "RGB") else upright.convert("RGB")
        wide = round(_fitting(*upright.size, min(width, round(across))))
        tall = max(1, round(upright.height * wide / upright.width))
        return upright.resize((wide, tall), Image.Resampling.LANCZOS, reducing_gap=2.0), True


def _size_of(picture: Image.Image, frame: int) -> tuple[float, float]:
    """Width and height of a frame of a scan as it is looked at; the picture stands at that frame then."""
    picture.seek(frame)
    if picture.width * picture.height > _MOST_SCANNED:
        raise Unreadable(
            _(
                "The scan has too many dots to be shown here. Save it and open it with its own program, or scan it coarser."
            )
        )
    # orientations from 5 on are turned by a right angle
    turned = _says_its_orientation(picture) and picture.getexif().get(ExifTags.Base.Orientation, 1) >= 5
    return (picture.height, picture.width) if turned else (picture.width, picture.height)


def _says_its_orientation(picture: Image.Image) -> bool:
    """Cameras write JPEG; a PNG would have to be unpacked as a whole to be asked."""
    return picture.format != "PNG"


def _fitting(across: float, down: float, width: float) -> float:
    """The width at which a page has no more pixels than are drawn."""
    return max(1.0, min(width, math.sqrt(_MOST_PIXELS * across / down)))


def _check_page(number: int, count: int) -> None:
    if not 1 <= number <= count:
        raise Missing(_("The file has no such page."))


def _with_mark(drawn: Image.Image, lines: tuple[str, ...]) -> Image.Image:
    marked = drawn.convert("RGBA")
    marked.alpha_composite(_mark(drawn.size, lines))
    return marked.convert("RGB")


@lru_cache(maxsize=2)
def _mark(size: tuple[int, int], lines: tuple[str, ...]) -> Image.Image:
    """What is laid over each page of a size; pages that are looked at together share it."""
    with pdfium_lock, _pdf(io.BytesIO(watermark.drawn(*size, list(lines)))) as pdf:
        return pdf[0].render(scale=1, fill_color=(0, 0, 0, 0)).to_pil().convert("RGBA")


def _written(drawn: Image.Image, is_picture: bool) -> tuple[str, bytes]:
    target = io.BytesIO()
    grey = drawn.mode == "L" or _is_grey(drawn)
    if is_picture:
        drawn.convert("L" if grey else "RGB").save(target, "JPEG", quality=_JPEG_QUALITY)
        return "image/jpeg", target.getvalue()
    if grey:
        shades = drawn.convert("L").point([round(each * (_SHADES - 1) / 255) for each in range(256)])
        shades.putpalette([each * 255 // (_SHADES - 1) for each in range(_SHADES) for _channel in "rgb"])
        shades.save(target, "PNG", bits=4, compress_level=6)
    else:
        # letters and lines in few colours, such as a red stamp: the palette keeps their edges, which JPEG would blur
        drawn.quantize(64, Image.Quantize.FASTOCTREE).save(target, "PNG", compress_level=6)
    return "image/png", target.getvalue()


def _is_grey(drawn: Image.Image) -> bool:
    red, green, blue = drawn.split()
    return all(ImageChops.difference(red, other).getextrema()[1] <= _GREY for other in (green, blue))


def _damaged() -> Unreadable:
    return Unreadable(_("The file is damaged: its pages cannot be shown. Ask for it once more."))
