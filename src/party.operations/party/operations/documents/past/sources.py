"""Where the files of an old register come from (nguồn tệp): ZIP files and single files that were put aside, or a folder.

A name out of an archive is only ever compared; nothing is unpacked to where it says.
"""

import zipfile
from collections.abc import Iterator
from collections.abc import Sequence
from contextlib import contextmanager
from pathlib import Path
from pathlib import PurePosixPath
from typing import BinaryIO
from typing import cast
from typing import Protocol

from party.operations import _
from party.operations.documents import files
from party.operations.ledger.errors import Invalid
from party.operations.text.normalize import clean_line


#: kinds of files that a document takes here; an archive within an archive is none
KINDS = frozenset(files.CONTENT_TYPES) - {"zip", "csv", "xml"}
#: most files in one archive or folder, and what an archive may hold when unpacked
MOST = 20_000
MOST_BYTES = 8 * 1024**3
#: how much larger than its packed form a file may be; PDFs and pictures are packed already
MOST_TIMES = 200
_SMALL = 1024 * 1024
#: what systems put beside files
_CLUTTER = ("__MACOSX/", ".DS_Store", "Thumbs.db", "desktop.ini")
_UTF8 = 0x800
_ENCRYPTED = 0x1


class Source(Protocol):
    """Files by their names."""

    def names(self) -> list[str]:
        """The files that may be taken."""

    def problems(self) -> list[tuple[str, str]]:
        """Files that may not, each with a sentence."""

    def open(self, name: str) -> BinaryIO:
        """The bytes of a file; raises :class:`Invalid` when it is damaged or gone."""


class Archive:
    """A ZIP file; raises :class:`Invalid` for one that is none, or that holds far more than it seems to."""

    def __init__(self, stream: BinaryIO, filename: str) -> None:
        try:
            self._zip = zipfile.ZipFile(stream)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise Invalid(
                _("“${file}” is damaged or no ZIP file. Pack the files again.", mapping={"file": filename}), "files"
            ) from error
        found = [each for each in self._zip.infolist() if not each.is_dir()]
        if len(found) > MOST or sum(each.file_size for each in found) > MOST_BYTES:
            raise Invalid(
                _(
                    "“${file}” holds more than ${count} files or ${size} GB and was not opened. Divide it.",
                    mapping={"file": filename, "count": MOST, "size": MOST_BYTES // 1024**3},
                ),
                "files",
            )
        self._members: dict[str, zipfile.ZipInfo] = {}
        self._problems: list[tuple[str, str]] = []
        for each in found:
            self._take(each)

    def names(self) -> list[str]:
        """The files that may be taken."""
        return list(self._members)

    def problems(self) -> list[tuple[str, str]]:
        """Files that may not, each with a sentence."""
        return self._problems

    def open(self, name: str) -> BinaryIO:
        """The bytes of a file."""
        try:
            return cast(BinaryIO, self._zip.open(self._members[name]))
        except (KeyError, zipfile.BadZipFile, NotImplementedError, RuntimeError, OSError) as error:
            raise _damaged(name) from error

    def _take(self, info: zipfile.ZipInfo) -> None:
        name = _readable(info)
        if any(each in name for each in _CLUTTER):
            return
        if name in self._members:
            problem = _("There are two files of this name and place; the first was taken.")
        elif info.filename.startswith(("/", "\\")) or ".." in PurePosixPath(name).parts or ":" in name:
            problem = _("Its path leads out of the archive. It was not taken.")
        elif info.flag_bits & _ENCRYPTED:
            problem = _("It is locked with a password. Pack it without one.")
        elif info.file_size > _SMALL and info.file_size > MOST_TIMES * info.compress_size:
            problem = _("It is far larger than it seems to be. It was not taken.")
        else:
            problem = unfit(name, info.file_size)
        if problem:
            self._problems.append((name, problem))
        else:
            self._members[name] = info


class Single:
    """A file that was chosen by itself."""

    def __init__(self, upload: files.Upload) -> None:
        self._upload = upload

    def names(self) -> list[str]:
        """The file, if it may be taken."""
        return [] if self.problems() else [self._upload.filename]

    def problems(self) -> list[tuple[str, str]]:
        """The file with a sentence, if it may not."""
        problem = unfit(self._upload.filename, self._upload.size)
        return [(self._upload.filename, problem)] if problem else []

    def open(self, name: str) -> BinaryIO:
        """Its bytes."""
        return self._upload.open()


class Folder:
    """A folder on the disk of the machine; links are not followed."""

    def __init__(self, path: Path) -> None:
        self._path = path
        inside = (each for each in path.rglob("*") if each.is_file() and not each.is_symlink())
        found = {each.relative_to(path).as_posix(): each for each in sorted(inside)}
        self._files = {clean_line(name): each for name, each in found.items() if not any(c in name for c in _CLUTTER)}

    def names(self) -> list[str]:
        """The files that may be taken."""
        return [name for name, path in self._files.items() if not unfit(name, path.stat().st_size)]

    def problems(self) -> list[tuple[str, str]]:
        """Files that may not, each with a sentence."""
        told = ((name, unfit(name, path.stat().st_size)) for name, path in self._files.items())
        return [(name, problem) for name, problem in told if problem]

    def open(self, name: str) -> BinaryIO:
        """The bytes of a file."""
        try:
            return self._files[name].open("rb")
        except (KeyError, OSError) as error:
            raise _damaged(name) from error


@contextmanager
def opened(tokens: Sequence[str], beside: Path | None = None) -> Iterator[list[Source]]:
    """The sources of an import in their order; raises :class:`Invalid` when a file is gone.

    ``beside`` is a folder or an archive on the disk of this machine, which comes last.
    """
    streams: list[BinaryIO] = []
    found: list[Source] = []
    try:
        for token in tokens:
            upload = files.staged(token)
            if upload.filename.lower().endswith(".zip"):
                streams.append(upload.open())
                found.append(Archive(streams[-1], upload.filename))
            else:
                found.append(Single(upload))
        if beside is not None and beside.is_dir():
            found.append(Folder(beside))
        elif beside is not None:
            streams.append(beside.open("rb"))
            found.append(Archive(streams[-1], beside.name))
        yield found
    finally:
        for each in streams:
            each.close()


def unfit(name: str, size: int) -> str:
    """Why a document cannot take a file of that name and size, or ""."""
    ending = name.rpartition(".")[2].lower()
    if ending not in KINDS:
        return _("It is of a kind that is not taken. Accepted: ${kinds}.", mapping={"kinds": ", ".join(sorted(KINDS))})
    if not size:
        return _("It is empty (0 bytes).")
    if size > files.MAX_SIZE:
        return _("It is larger than ${limit} MB.", mapping={"limit": files.MAX_SIZE // 1024 // 1024})
    return ""


def _readable(info: zipfile.ZipInfo) -> str:
    """The name with Vietnamese letters: programs on Windows write it in a code page and do not say so."""
    name = info.filename
    if not info.flag_bits & _UTF8:
        raw = name.encode("cp437", "replace")
        for encoding in ("utf-8", "cp1258"):
            try:
                name = raw.decode(encoding)
                break
            except UnicodeDecodeError:
                continue
    return clean_line(name.replace("\\", "/"))


def _damaged(name: str) -> Invalid:
    return Invalid(_("“${file}” cannot be read: it is damaged or gone.", mapping={"file": name}), "files")
