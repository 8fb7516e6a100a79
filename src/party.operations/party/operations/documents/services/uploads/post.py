"""POST /@uploads: put a file aside for a later request (tải tệp lên trước)."""

from typing import Any

from party.operations.documents import files
from party.operations.rest import shapes
from party.operations.rest.bodies import file_of
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
    staged = files.stage(*file_of(call.request))
    return {name: getattr(staged, name) for name in ANSWER["properties"]}


class Post(Service):
    """Puts files aside."""

    endpoints = (Endpoint("", put_aside, ANSWER, makes=True, takes="application/octet-stream"),)
