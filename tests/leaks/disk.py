"""What lies on disk when everything has been asked: every file of the installation, byte by byte, and what is packed in it.

Every revision of every object of the database is looked into, whatever has been packed since.
"""

import os
from collections.abc import Iterable
from collections.abc import Iterator
from collections.abc import Sequence
from pathlib import Path

from ZODB.FileStorage.FileStorage import FileIterator

from tests.leaks.markers import Markers
from tests.leaks.unwrap import layers
from tests.leaks.unwrap import packed


#: larger files are searched as they are, without looking for packed parts at every place
_UNPACKED = 32 * 1024**2


def traces(sought: Sequence[Markers], folders: Iterable[Path]) -> list[dict[str, set[str]]]:
    """Marks in all files below ``folders``: for each of ``sought`` the fields by file, in the database by file and object."""
    found: list[dict[str, set[str]]] = [{} for _each in sought]

    def note(name: str, contents: Iterable[tuple[str, bytes]]) -> None:
        for layer, content in contents:
            for number, markers in enumerate(sought):
                for hit in markers.plain_hits(content):
                    found[number].setdefault(name, set()).add(f"{hit.field} ({layer}{hit.form})")

    for path in _files(folders):
        note(str(path), _contents(path))
        if path.name == "Data.fs":
            for name, content in _records(path):
                note(f"{path.name} {name}", layers(content))
    return found


def _files(folders: Iterable[Path]) -> Iterator[Path]:
    for folder in folders:
        for parent, _folders, names in os.walk(folder):
            for path in (Path(parent, name) for name in names):
                if path.is_file() and not path.is_symlink():
                    yield path


def _contents(path: Path) -> Iterator[tuple[str, bytes]]:
    yield "name ", os.fsencode(path.name)
    try:
        whole = path.read_bytes()
    except OSError:  # gone meanwhile, or another's
        return
    yield "", whole
    if len(whole) <= _UNPACKED and path.name != "Data.fs":
        for kind, inside in packed(whole):
            yield from ((f"{kind} {names}", each) for names, each in layers(inside))


def _records(path: Path) -> Iterator[tuple[str, bytes]]:
    """Every transaction's own words and every revision of every object."""
    for transaction in FileIterator(str(path)):
        words = (transaction.description, transaction.user, repr(transaction.extension).encode())
        yield "transactions", b"\n".join(words)
        for record in transaction:
            if record.data:
                yield f"object {int.from_bytes(record.oid):#x}", record.data
