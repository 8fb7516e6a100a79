"""What lies on disk when everything has been asked: every file of the installation, byte by byte, and what is packed in it.

Every revision of every object of the database is looked into, whatever has been packed since.
"""

import mmap
import os
from collections.abc import Iterable
from collections.abc import Iterator
from pathlib import Path

from ZODB.FileStorage.FileStorage import FileIterator

from tests.leaks.markers import Hit
from tests.leaks.markers import Markers
from tests.leaks.unwrap import packed


#: larger files are searched as they are, without looking for packed parts at every place
_UNPACKED = 32 * 1024**2


def traces(markers: Markers, folders: Iterable[Path], since: float = 0) -> dict[str, set[Hit]]:
    """Marks in the files below ``folders`` that changed after ``since``, by file; for the database by file and object."""
    found: dict[str, set[Hit]] = {}
    for path in _files(folders, since):
        hits = _in_file(markers, path)
        if path.name == "Data.fs":
            for name, more in _in_database(markers, path):
                found.setdefault(f"{path.name} {name}", set()).update(more)
        if hits:
            found.setdefault(str(path), set()).update(hits)
    return found


def _files(folders: Iterable[Path], since: float) -> Iterator[Path]:
    for folder in folders:
        for parent, _folders, names in os.walk(folder):
            for path in (Path(parent, name) for name in names):
                try:
                    if path.is_file() and not path.is_symlink() and path.stat().st_mtime >= since:
                        yield path
                except OSError:  # gone meanwhile
                    continue


def _in_file(markers: Markers, path: Path) -> set[Hit]:
    hits = markers.plain_hits(os.fsencode(path.name))
    try:
        size = path.stat().st_size
        if not size:
            return hits
        with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
            whole = content[:]
    except OSError:  # gone meanwhile, or another's
        return hits
    hits |= markers.plain_hits(whole)
    if size <= _UNPACKED and path.name != "Data.fs":
        for kind, inside in packed(whole):
            hits |= {Hit(each.field, f"{kind} {each.form}") for each in markers.search(inside)}
    return hits


def _in_database(markers: Markers, path: Path) -> Iterator[tuple[str, set[Hit]]]:
    for transaction in FileIterator(str(path)):
        hits = markers.search(
            transaction.description + b"\n" + transaction.user + b"\n" + repr(transaction.extension).encode()
        )
        if hits:
            yield "transactions", hits
        for record in transaction:
            if record.data and (hits := markers.search(record.data)):
                yield f"object {int.from_bytes(record.oid):#x}", hits
