"""The bytes of a file on their way out (luồng tệp): as they were uploaded, or with the reader's name on every page."""

from dataclasses import dataclass
from pathlib import PurePath
from typing import Any
from typing import BinaryIO
from urllib.parse import quote

from zope.interface import implementer
from ZPublisher.Iterators import IStreamIterator

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import audit
from party.operations.confidentiality import tokens
from party.operations.documents import access
from party.operations.documents import copies
from party.operations.documents import rules
from party.operations.documents import watermark
from party.operations.documents.files import DocumentFile
from party.operations.ledger.errors import NotAllowed


#: bytes handed to the web server at a time
_PIECE = 256 * 1024


def readable_versions(document: Any) -> list[Any]:
    """The versions of an outgoing document the person who asks may read, newest first.

    Who only received it reads the one that was issued.
    """
    if access.takes_part(document):
        return list(reversed(document.versions))
    return [document.version(document.signature["version"])] if document.signature else []


def readable_files(document: Any) -> list[DocumentFile]:
    """The files the person who asks may read now, the newest version's first."""
    if document.portal_type == "OutgoingDocument":
        return [file for version in readable_versions(document) for file in version.files]
    return list(document.files())


def stream(file: DocumentFile, start: int = 0, end: int | None = None) -> "FileStream":
    """The bytes from ``start`` to before ``end`` of a file of a document that was opened."""
    return FileStream(access.bytes_of(file), start, file.size if end is None else end)


@dataclass(frozen=True)
class Served:
    """What of a file of a classified document goes out."""

    body: "FileStream"
    filename: str
    content_type: str
    #: bản số, ``None`` for what is only looked at
    number: int | None = None

    def write_headers(self, response: Any, inline: bool) -> None:
        """Say what it is; nothing of it is kept on the way, and no part of it is given alone."""
        kind = "inline" if inline else "attachment"
        response.setHeader("Content-Type", self.content_type)
        response.setHeader("Content-Length", str(len(self.body)))
        response.setHeader("Content-Disposition", f"{kind}; filename*=UTF-8''{quote(self.filename, safe='')}")
        response.setHeader("Accept-Ranges", "none")
        response.setHeader("Cache-Control", "private, no-store")
        response.setHeader("X-Content-Type-Options", "nosniff")
        # a sandbox would keep the browser from starting its own PDF viewer, which runs nothing of the page
        policy = "frame-ancestors 'self'" if self.content_type == watermark.PDF else "default-src 'none'; sandbox"
        response.setHeader("Content-Security-Policy", policy)


def looked_at(document: Any, file: DocumentFile) -> Served:
    """A file of a classified document as the person who asks may look at it; written down before.

    What cannot carry his name is handed out as it is to who takes part in drafting, and to nobody else.
    """
    if file.content_type in watermark.MARKABLE:
        audit.record("view", document.UID(), file=file.id)
        return _marked(document, file, None)
    if not takes_part_in_drafting(document):
        audit.refused("download", document.UID(), file=file.id)
        raise NotAllowed(
            _(
                "“${file}” cannot carry the name of its reader, so only those who are drafting the document get it. Ask "
                "the drafter for a PDF.",
                mapping={"file": file.filename},
            )
        )
    audit.record("download", document.UID(), file=file.id)
    return Served(stream(file), file.filename, file.content_type)


def copied(document: Any, file: DocumentFile, number: int) -> Served:
    """A file of a classified document as the copy of that number; what may be copied was decided before."""
    return _marked(document, file, number)


def takes_part_in_drafting(document: Any) -> bool:
    """Is the person the drafter, the reviewer whose turn it is, or of the registry that entered what came on paper?"""
    held = actor.held()
    if document.portal_type != "OutgoingDocument":
        return document.source == "typed" and tokens.unit(document.unit, "registry", document.level) in held
    return tokens.user(document.drafter, document.level) in held or rules.pending_review(document, held) is not None


def _marked(document: Any, file: DocumentFile, number: int | None) -> Served:
    lines = copies.lines(document, number)
    body, size = watermark.marked(access.bytes_of(file), file.content_type, lines)
    stem = PurePath(file.filename).stem
    name = f"{stem}.pdf" if number is None else f"{stem} - bản số {number}.pdf"
    return Served(FileStream(body, 0, size), name, watermark.PDF, number)


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
