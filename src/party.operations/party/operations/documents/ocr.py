"""Recognising the letters of a scanned page (nhận dạng chữ): Debian's OCRmyPDF with Tesseract's Vietnamese model.

One page at a time, as a process of its own with the lowest claim on the machine and a limit of time. The files it works on
lie in the folder for temporary files, which a process that handles classified content keeps in memory, and are gone with it.
"""

import os
import shutil
import signal
import subprocess
from contextlib import suppress
from dataclasses import replace
from functools import cache
from pathlib import Path
from tempfile import gettempdir
from tempfile import TemporaryDirectory
from typing import BinaryIO

import pikepdf

from party.operations.reading.model import Page
from party.operations.reading.pages import read_pages


#: seconds that one page may take
SECONDS = 120

_OPTIONS = (
    *("--quiet", "--language", "vie", "--jobs", "1"),
    # only the words are wanted: the page is drawn anew for them and thrown away
    *("--force-ocr", "--output-type", "pdf", "--optimize", "0"),
    # letters of a fax or of a scan at 150 dpi are too small for the model
    *("--oversample", "300"),
)


class Unreadable(Exception):
    """A page that could not be recognised."""


@cache
def available() -> bool:
    """Are the programs here, with the Vietnamese model?"""
    tesseract = shutil.which("tesseract")
    if tesseract is None or shutil.which("ocrmypdf") is None:
        return False
    listed = subprocess.run([tesseract, "--list-langs"], capture_output=True, text=True, check=False)
    return "vie" in listed.stdout.split()


def recognise(source: BinaryIO, number: int) -> Page:
    """The words of page ``number`` (from 1) of a PDF; raises :class:`Unreadable`."""
    with TemporaryDirectory(prefix="party-ocr-") as folder:
        before, after = Path(folder, "page.pdf"), Path(folder, "read.pdf")
        _take_out(source, number, before)
        _run(["ocrmypdf", *_OPTIONS, str(before), str(after)], folder)
        with after.open("rb") as read:
            pages = read_pages(read)
    if not pages:
        raise Unreadable(number)
    return replace(pages[0], number=number, source="ocr")


def _take_out(source: BinaryIO, number: int, target: Path) -> None:
    try:
        with pikepdf.Pdf.open(source) as whole, pikepdf.Pdf.new() as single:
            single.pages.append(whole.pages[number - 1])
            single.save(target)
    except (pikepdf.PdfError, IndexError) as error:
        raise Unreadable(number) from error


def _run(command: list[str], folder: str) -> None:
    """Run a program to its end or to the limit of time; what it started ends with it."""
    environment = {
        "PATH": os.environ.get("PATH", os.defpath),
        "LANG": "C.UTF-8",
        # nothing is written elsewhere, and nothing of what this process knows goes along
        **dict.fromkeys(("HOME", "TMPDIR"), folder),
        "OMP_THREAD_LIMIT": "1",
    }
    program = subprocess.Popen(
        ["nice", "-n", "15", *command],  # noqa: S607 - where the operator has installed them
        cwd=gettempdir(),
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        code = program.wait(SECONDS)
    except subprocess.TimeoutExpired:
        code = None
    finally:
        with suppress(ProcessLookupError):
            os.killpg(program.pid, signal.SIGKILL)
        program.wait()
    if code != 0:
        raise Unreadable(code)
