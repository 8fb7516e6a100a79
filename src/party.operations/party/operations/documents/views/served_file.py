"""The bytes of a document's file (xem, tải tệp): ``/d/<uid>/@@file/<id>``, readable as the document is."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from plone.namedfile.browser import Download
from zope.publisher.interfaces import NotFound

from party.operations.documents import access
from party.operations.documents.files import DocumentFile


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

    def _getFile(self) -> Any:
        found = _by_id(readable_files(self.context), self.fieldname)
        if found is None or self.filename is not None:
            raise NotFound(self.context, self.fieldname or "", self.request)
        self.file = found
        return found.blob

    def set_headers(self, file: Any) -> None:
        """Nothing a file holds may act in the name of who looks at it."""
        header = self.request.response.setHeader
        kind = SHOWN.get(self.file.content_type)
        shown = kind and not self.request.get("download")
        header("Content-Type", self.file.content_type)
        header("Content-Length", str(file.getSize()))
        header("Accept-Ranges", "bytes")
        header(
            "Content-Disposition",
            f"{'inline' if shown else 'attachment'}; filename*=UTF-8''{quote(self.file.filename, safe='')}",
        )
        header("X-Content-Type-Options", "nosniff")
        header("Cache-Control", "private, no-cache")
        # a sandbox would keep the browser from starting its own PDF viewer, which runs nothing of the page
        header("Content-Security-Policy", "frame-ancestors 'self'" if kind == "pdf" else "default-src 'none'; sandbox")


def _by_id(files: Iterable[DocumentFile], wanted: str | None) -> DocumentFile | None:
    return next((each for each in files if each.id == wanted), None)
