"""POST /@uploads: put a file aside for a later request (tải tệp lên trước)."""

from typing import Any
from urllib.parse import unquote

from party.operations import _
from party.operations.documents import files
from party.operations.ledger.errors import Invalid
from party.operations.rest import shapes
from party.operations.rest.endpoints import Call
from party.operations.rest.endpoints import Endpoint
from party.operations.rest.service import Service


ANSWER = shapes.record(
    "Staged",
    required=("token", "filename", "content_type", "size", "sha256"),
    token=shapes.text("Name it in `files` of a request within a day."),
    filename=shapes.text(),
    content_type=shapes.text(),
    size=shapes.whole("Bytes."),
    sha256=shapes.text(),
)


def put_aside(call: Call) -> dict[str, Any]:
    """Put a file aside: its bytes with its name in `Content-Disposition: attachment; filename*=UTF-8''…`, or a form."""
    stream, name = _multipart(call.request) or _raw(call.request)
    staged = files.stage(stream, name)
    return {name: getattr(staged, name) for name in ANSWER["properties"]}


def _multipart(request: Any) -> tuple[Any, str] | None:
    upload = request.form.get("file")
    return (upload, upload.filename) if getattr(upload, "filename", "") else None


def _raw(request: Any) -> tuple[Any, str]:
    name = _filename(request.getHeader("Content-Disposition", ""))
    stream = request.get("BODYFILE")
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
            charset, _quote, encoded = value.partition("''")
            return unquote(encoded) if charset.lower() == "utf-8" else ""
        if key.lower() == "filename":
            found = value.strip('"')
    return found


class Post(Service):
    """Puts files aside."""

    endpoints = (Endpoint("", put_aside, ANSWER, makes=True, takes="application/octet-stream"),)
