"""The reader's name on every page (hình mờ, dấu nhận biết người đọc): across PDF files and pictures, over their text.

What is worked on lies in memory, and from :data:`IN_MEMORY` bytes on in a nameless temporary file, which a process that
handles classified content keeps in memory as well (see ``confidentiality.assertions``). Nothing is left behind.
"""

import io
from collections.abc import Sequence
from functools import cache
from shutil import copyfileobj
from tempfile import SpooledTemporaryFile
from typing import BinaryIO
from typing import cast

import pikepdf
from fpdf import FPDF
from PIL import Image
from PIL import ImageOps
from PIL import ImageSequence

from party.operations import _
from party.operations.documents.fonts import BOLD
from party.operations.ledger.errors import Invalid
from party.operations.text.normalize import nfc


#: kinds of files that can carry a name
PDF = "application/pdf"
IMAGES = ("image/jpeg", "image/png", "image/tiff")
MARKABLE = (PDF, *IMAGES)

#: bytes of one file that are held in the process itself
IN_MEMORY = 32 * 1024 * 1024
_CHUNK = 1024 * 1024

#: grey that is seen on white paper and on dark pictures alike, and lets the text below be read
_GREY, _OPACITY = 110, 0.24
#: degrees
_ANGLE = 30
#: height of the letters as a part of the shorter side of a page, and blocks of lines on a square
_SIZE, _BLOCKS = 1 / 24, 2.2
_LEADING = 1.25
#: dots in an inch of a picture that does not say so itself
_RESOLUTION = 150


def marked(source: BinaryIO, content_type: str, lines: Sequence[str]) -> tuple[BinaryIO, int]:
    """The file as a PDF with ``lines`` across every page, and its size; closes ``source``.

    ``content_type`` is one of :data:`MARKABLE`. Raises :class:`Invalid` for what is damaged or locked with a password.
    """
    target = _spool()
    try:
        with source, _spool() as laid_out:
            if content_type == PDF:
                copyfileobj(source, laid_out, _CHUNK)
            else:
                _as_pdf(source, laid_out)
            laid_out.seek(0)
            with _opened(laid_out) as pdf:
                _mark_pages(pdf, [nfc(each) for each in lines])
                pdf.save(target)
    except BaseException:
        target.close()
        raise
    size = target.seek(0, io.SEEK_END)
    target.seek(0)
    return target, size


def page_count(source: BinaryIO, content_type: str) -> int | None:
    """How many pages a file has, ``None`` for kinds without pages; closes ``source``.

    Raises :class:`Invalid` for what is damaged or locked with a password.
    """
    with source:
        if content_type in IMAGES:
            with _picture(source) as picture:
                return int(getattr(picture, "n_frames", 1))
        if content_type != PDF:
            return None
        # the reader of PDF takes a short answer for the end of the file; a buffered one gives short answers at the end alone
        with _opened(cast(BinaryIO, io.BufferedReader(cast(io.RawIOBase, source), _CHUNK))) as pdf:
            return len(pdf.pages)


def _mark_pages(pdf: pikepdf.Pdf, lines: list[str]) -> None:
    """Lay the lines over every page; pages of one size share what is laid over them."""

    @cache
    def overlay(width: float, height: float) -> pikepdf.Object:
        with pikepdf.open(io.BytesIO(drawn(width, height, lines))) as laid_over:
            return pdf.copy_foreign(laid_over.pages[0].as_form_xobject())

    for page in pdf.pages:
        left, bottom, right, top = (float(each) for each in page.cropbox.as_list())
        width, height = round(abs(right - left), 1), round(abs(top - bottom), 1)
        if int(page.get("/Rotate", 0)) % 180:
            width, height = height, width
        if width and height:
            page.add_overlay(overlay(width, height), pikepdf.Rectangle(left, bottom, right, top))


def drawn(width: float, height: float, lines: list[str]) -> bytes:
    """A transparent page as a PDF with blocks of the lines aslant; the measures are points."""
    page = FPDF(unit="pt", format=(width, height))
    page.set_auto_page_break(False)
    page.set_margin(0)
    page.add_font("Name", "", BOLD)
    page.add_page()
    short = min(width, height)
    page.set_font("Name", size=short * _SIZE)
    longest = max(page.get_string_width(each) for each in lines)
    # a long name is written smaller, so that all of it is on the page
    size = short * _SIZE * min(1, short * 0.8 / longest)
    page.set_font("Name", size=size)
    page.set_text_color(_GREY)
    count = max(1, round(height / short * _BLOCKS))
    with page.local_context(fill_opacity=_OPACITY):
        for block in range(count):
            middle = height * (block + 0.5) / count
            with page.rotation(_ANGLE, width / 2, middle):
                for number, line in enumerate(lines):
                    left = (width - page.get_string_width(line)) / 2
                    page.text(left, middle + (number - (len(lines) - 1) / 2) * size * _LEADING, line)
    return bytes(page.output())


def _as_pdf(source: BinaryIO, target: BinaryIO) -> None:
    """A picture, or each of a scan of many pages, as pages of a PDF."""
    with _picture(source) as picture:
        try:
            first, *others = (_upright(each) for each in ImageSequence.Iterator(picture))
            dots = picture.info.get("dpi", (_RESOLUTION,))[0] or _RESOLUTION
            first.save(target, "PDF", save_all=True, append_images=others, resolution=float(dots))
        except (OSError, ValueError, Image.DecompressionBombError) as error:
            raise _unreadable() from error


def _upright(picture: Image.Image) -> Image.Image:
    """A picture as it is looked at, in colours that a PDF has."""
    turned = ImageOps.exif_transpose(picture)
    return turned.copy() if turned.mode in ("1", "L", "RGB") else turned.convert("RGB")


def _picture(source: BinaryIO) -> Image.Image:
    try:
        return Image.open(io.BufferedReader(cast(io.RawIOBase, source), _CHUNK))
    except (OSError, ValueError, Image.DecompressionBombError) as error:
        raise _unreadable() from error


def _opened(source: BinaryIO) -> pikepdf.Pdf:
    try:
        return pikepdf.open(source)
    except pikepdf.PasswordError as error:
        raise Invalid(
            _("The file is locked with a password, so nobody's name can be put on it. Ask for it without one."), "files"
        ) from error
    except pikepdf.PdfError as error:
        raise _unreadable() from error


def _unreadable() -> Invalid:
    return Invalid(_("The file is damaged: its pages cannot be read. Ask for it once more."), "files")


def _spool() -> BinaryIO:
    return cast(BinaryIO, SpooledTemporaryFile(max_size=IN_MEMORY))
