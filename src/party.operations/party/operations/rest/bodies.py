"""A file as the body of a request (tệp trong yêu cầu): its bytes alone, or the field ``file`` of a form."""

from typing import Any
from urllib.parse import unquote

from party.operations import _
from party.operations.ledger.errors import Invalid


def file_of(request: Any) -> tuple[Any, str]:
    """The stream and the name of the file; raises :class:`Invalid` when it has no name."""
    upload = request.form.get("file")
    if getattr(upload, "filename", ""):
        return upload, upload.filename
    name, stream = _filename(request.getHeader("Content-Disposition", "")), request.get("BODYFILE")
    if not name or stream is None:
        raise Invalid(_("Name the file in the header Content-Disposition, or send it as “file” of a form."), "filename")
    stream.seek(0)
    return stream, name


def _filename(header: str) -> str:
    """The name in ``attachment; filename*=UTF-8''C%C3%B4ng.pdf`` (RFC 6266)."""
    found = ""
    for part in header.split(";")[1:]:
        key, _equals, value = part.strip().partition("=")
        if key.lower() == "filename*":
            charset, _quotes, encoded = value.partition("''")
            return unquote(encoded) if charset.lower() == "utf-8" else ""
        if key.lower() == "filename":
            found = value.strip('"')
    return found
