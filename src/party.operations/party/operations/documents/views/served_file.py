"""The bytes of a document's file (xem, tải tệp): ``/d/<uid>/@@file/<id>``, readable as the document is."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from plone.namedfile.browser import Download
from zope.publisher.interfaces import NotFound

from party.operations.confidentiality.levels import NORMAL
from party.operations.documents import access
from party.operations.documents.files import DocumentFile
from party.operations.documents.serving import stream


#: what browsers show by themselves and cannot run scripts of ours from
SHOWN = {"application/pdf": "pdf", "image/jpeg": "image", "image/png": "image"}


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
    return document.files()


class ServedFile(Download):
    """Streams one file, whole or in ranges; ``?download=1`` saves what the browser would show."""

    def __call__(self) -> Any:
        """Say what it is and stream it."""
        file = self._getFile()
        self.set_headers(file)
        wanted = self.handle_request_range(_Sized(file.size))
        return stream(file, **wanted)

    def _getFile(self) -> DocumentFile:
        document = access.readable(self.context.UID(), "download")
        found = _by_id(readable_files(document), self.fieldname)
        if found is None or self.filename is not None:
            raise NotFound(self.context, self.fieldname or "", self.request)
        return found

    def set_headers(self, file: DocumentFile) -> None:
        """Nothing a file holds may act in the name of who looks at it."""
        header = self.request.response.setHeader
        kind = SHOWN.get(file.content_type)
        shown = kind and not self.request.get("download")
        header("Content-Type", file.content_type)
        header("Content-Length", str(file.size))
        header("Accept-Ranges", "bytes")
        header(
            "Content-Disposition",
            f"{'inline' if shown else 'attachment'}; filename*=UTF-8''{quote(file.filename, safe='')}",
        )
        header("X-Content-Type-Options", "nosniff")
        header("Cache-Control", "private, no-cache" if self.context.level == NORMAL else "private, no-store")
        # a sandbox would keep the browser from starting its own PDF viewer, which runs nothing of the page
        header("Content-Security-Policy", "frame-ancestors 'self'" if kind == "pdf" else "default-src 'none'; sandbox")


class _Sized:
    """What the stock reading of a Range asks a file."""

    def __init__(self, size: int) -> None:
        self._size = size

    def getSize(self) -> int:
        return self._size


def _by_id(files: Iterable[DocumentFile], wanted: str | None) -> DocumentFile | None:
    return next((each for each in files if each.id == wanted), None)
