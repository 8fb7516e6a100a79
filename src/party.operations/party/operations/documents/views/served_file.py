"""The bytes of a document's file (xem, tải tệp): ``/d/<uid>/@@file/<id>``, readable as the document is."""

from collections.abc import Iterable
from typing import Any
from urllib.parse import quote

from plone.namedfile.browser import Download
from zope.component.hooks import getSite
from zope.publisher.interfaces import NotFound

from party.operations.confidentiality.levels import NORMAL
from party.operations.documents import access
from party.operations.documents.files import DocumentFile
from party.operations.documents.serving import looked_at
from party.operations.documents.serving import readable_files
from party.operations.documents.serving import stream
from party.operations.documents.watermark import MARKABLE


#: what browsers show by themselves and cannot run scripts of ours from
SHOWN = {"application/pdf": "pdf", "image/jpeg": "image", "image/png": "image"}


class ServedFile(Download):
    """Streams one file, whole or in ranges; ``?download=1`` saves what the browser would show.

    Of a classified document it shows the file with the reader's name on every page, whole; to save it is to make a copy.
    """

    def __call__(self) -> Any:
        """Say what it is and stream it."""
        file = self._getFile()
        if self.context.level != NORMAL:
            return self._classified(file)
        self.set_headers(file)
        wanted = self.handle_request_range(_Sized(file.size))
        return stream(file, **wanted)

    def _classified(self, file: DocumentFile) -> Any:
        if self.request.get("download") and file.content_type in MARKABLE:
            address = f"{getSite().absolute_url()}/d/{self.context.UID()}/@@copy?file={file.id}"
            self.request.response.redirect(address)
            return ""
        served = looked_at(self.document, file)
        served.write_headers(self.request.response, inline=served.content_type in SHOWN)
        return served.body

    def _getFile(self) -> DocumentFile:
        self.document = access.readable(self.context.UID())
        found = _by_id(readable_files(self.document), self.fieldname)
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
        header("Cache-Control", "private, no-cache")
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
