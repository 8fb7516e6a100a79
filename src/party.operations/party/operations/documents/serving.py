"""The bytes of a file on their way out (luồng tệp): as they were uploaded, piece by piece, opened on the way."""

from typing import BinaryIO

from zope.interface import implementer
from ZPublisher.Iterators import IStreamIterator

from party.operations.documents import access
from party.operations.documents.files import DocumentFile


#: bytes handed to the web server at a time
_PIECE = 256 * 1024


def stream(file: DocumentFile, start: int = 0, end: int | None = None) -> "FileStream":
    """The bytes from ``start`` to before ``end`` of a file of a document that was opened."""
    return FileStream(access.bytes_of(file), start, file.size if end is None else end)


@implementer(IStreamIterator)
class FileStream:
    """Reads on after the request has ended; it needs the file alone, not the database."""

    def __init__(self, source: BinaryIO, start: int, end: int) -> None:
        self._source = source
        self._length = self._left = max(0, end - start)
        source.seek(start)

    def __iter__(self) -> "FileStream":
        return self

    def __next__(self) -> bytes:
        part = self._source.read(min(_PIECE, self._left)) if self._left else b""
        if not part:
            self.close()
            raise StopIteration
        self._left -= len(part)
        return part

    def __len__(self) -> int:
        return self._length

    def close(self) -> None:
        """Called by the web server when it has sent all, or when the reader went away."""
        self._source.close()
