"""What the reading of letters gets right: files with text and the same letters as scans, and the time for one letter.

The letters are those of the tests: twelve layouts of Party and State, three files in encodings from before Unicode. A scan
is the letter at 200 dpi, half a degree out of true, with noise, as JPEG, recognised as the worker does it; scans are left out
where the programs for it are not installed, and with ``--text``. Right is what is the same letter for letter; of assignments,
addressee and day; what was read and is not there counts as wrong.
"""

import io
import random
import sys
import time
from collections.abc import Iterator
from dataclasses import dataclass

import pypdfium2
from PIL import Image

from benchmarks.table import show
from party.operations.documents import ocr
from party.operations.reading.letter import read
from party.operations.reading.model import Page
from party.operations.reading.model import Reading
from party.operations.reading.pages import page_count
from party.operations.reading.pages import pdfium_lock
from party.operations.reading.pages import read_pages
from tests.unit.reading.known import Office
from tests.unit.reading.letters import draw
from tests.unit.reading.letters import Letter
from tests.unit.reading.samples import LAYOUTS
from tests.unit.reading.samples import OLD_ENCODINGS


DPI, SLANT, NOISE, QUALITY = 200, 0.5, 0.08, 60
#: what must hold: shares of the fields that are right, milliseconds for a letter with text
RIGHT_TEXT, RIGHT_SCAN, MILLISECONDS = 0.95, 0.85, 150
#: fields that a letter may be without, and that are wrong where they are read all the same
_OPTIONAL = ("urgency", "level", "document_date")


@dataclass
class Score:
    """Fields right, of all, and what was wrong though it was said to be certain."""

    right: int = 0
    fields: int = 0
    certain: int = 0
    wrong_certain: int = 0
    wrong: tuple[str, ...] = ()

    def add(self, field: str, certainty: str, *, right: bool) -> None:
        """Count one field."""
        self.fields += 1
        self.right += right
        self.certain += certainty == "certain"
        if not right:
            self.wrong += (field,)
            self.wrong_certain += certainty == "certain"


def main(arguments: list[str]) -> int:
    """Measure; the exit code says whether all that must hold did hold."""
    # what is done once, such as looking for the fonts of the system, belongs to no letter
    _timed(draw(LAYOUTS[0]))
    rows: list[tuple[object, ...]] = []
    text, slowest = Score(), 0.0
    for letter in (*LAYOUTS, *OLD_ENCODINGS):
        reading, milliseconds = _timed(draw(letter))
        slowest = max(slowest, milliseconds)
        rows.append(_row(letter, "text", reading, milliseconds, text))
    held = text.right >= RIGHT_TEXT * text.fields and not text.wrong_certain and slowest < MILLISECONDS
    scans = Score()
    if "--text" not in arguments and ocr.available():
        for letter in LAYOUTS:
            began = time.perf_counter()
            pages = recognised(scan(draw(letter)))
            milliseconds = (time.perf_counter() - began) * 1000
            rows.append(_row(letter, "scan", read(pages, Office()), milliseconds, scans))
        held = held and scans.right >= RIGHT_SCAN * scans.fields and not scans.wrong_certain
    show("letters read", ("letter", "as", "right", "of", "certain", "of them wrong", "ms", "wrong"), rows)
    for name, whole in (("text", text), ("scans", scans)):
        if whole.fields:
            share = whole.right / whole.fields
            print(
                f"{name}: {share:.1%} of {whole.fields} fields right; {whole.certain} certain, {whole.wrong_certain} wrong"
            )
    return 0 if held else 1


def _row(letter: Letter, kind: str, reading: Reading, milliseconds: float, total: Score) -> tuple[object, ...]:
    mine = score(letter, reading)
    total.right += mine.right
    total.fields += mine.fields
    total.certain += mine.certain
    total.wrong_certain += mine.wrong_certain
    return (
        letter.name,
        kind,
        mine.right,
        mine.fields,
        mine.certain,
        mine.wrong_certain,
        milliseconds,
        " ".join(mine.wrong),
    )


def score(letter: Letter, reading: Reading) -> Score:
    """Compare a reading with what is printed on the letter."""
    counted = Score()
    for field in dict.fromkeys([*letter.truth, *_OPTIONAL]):
        best, wanted = reading.best(field), letter.truth.get(field, "")
        if best or wanted:
            counted.add(field, best.certainty if best else "", right=(best.value if best else "") == wanted)
    left = list(letter.given)
    for each in reading.assignments:
        pair = (each.addressee, each.deadline)
        counted.add("assignment", each.certainty, right=pair in left)
        if pair in left:
            left.remove(pair)
    for _missing in left:
        counted.add("missed", "", right=False)
    return counted


def scan(pdf: bytes) -> bytes:
    """The pages as an office scanner makes them of paper."""
    images = [_worn(image) for image in _drawn(pdf)]
    made = io.BytesIO()
    images[0].save(made, "PDF", save_all=True, append_images=images[1:], resolution=DPI, quality=QUALITY)
    return made.getvalue()


def recognised(pdf: bytes) -> list[Page]:
    """The words of a scan, as the worker recognises them."""
    return [ocr.recognise(io.BytesIO(pdf), number + 1) for number in range(page_count(io.BytesIO(pdf)))]


def _drawn(pdf: bytes) -> Iterator[Image.Image]:
    with pdfium_lock:
        opened = pypdfium2.PdfDocument(pdf)
        try:
            for page in opened:
                yield page.render(scale=DPI / 72).to_pil()
        finally:
            opened.close()


def _worn(image: Image.Image) -> Image.Image:
    turned = image.convert("L").rotate(SLANT, resample=Image.Resampling.BICUBIC, fillcolor=255)
    # the same noise in every run
    noise = Image.frombytes("L", turned.size, random.Random(DPI).randbytes(turned.width * turned.height))
    return Image.blend(turned, noise, NOISE).convert("RGB")


def _timed(pdf: bytes) -> tuple[Reading, float]:
    """What is read, and the milliseconds it takes when nothing else is in the way: the best of three."""
    times = []
    for _turn in range(3):
        began = time.perf_counter()
        reading = read(read_pages(io.BytesIO(pdf)), Office())
        times.append((time.perf_counter() - began) * 1000)
    return reading, min(times)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
