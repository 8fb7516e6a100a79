"""Files of documents (tệp văn bản): checked and staged on arrival, kept as uploaded.

An upload is staged on disk under a token before anything else happens, so that a form with a mistake does not lose it;
the operation then moves it into a blob without copying it again.
"""

import hashlib
import json
import os
import re
import secrets
import time
from dataclasses import asdict
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from typing import BinaryIO

import transaction
from persistent import Persistent
from plone.namedfile.file import NamedBlobFile

from party.operations import _
from party.operations.ledger import clock
from party.operations.ledger.errors import Invalid
from party.operations.text.normalize import clean_filename


#: largest file taken, in bytes
MAX_SIZE = 200 * 1024 * 1024
#: a staged file nobody used is removed after a day
STAGED_SECONDS = 24 * 3600

#: what offices send, by extension
CONTENT_TYPES = {
    "pdf": "application/pdf",
    "doc": "application/msword",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "xls": "application/vnd.ms-excel",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    "ppt": "application/vnd.ms-powerpoint",
    "pptx": "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    "odt": "application/vnd.oasis.opendocument.text",
    "ods": "application/vnd.oasis.opendocument.spreadsheet",
    "rtf": "application/rtf",
    "txt": "text/plain",
    "csv": "text/csv",
    "xml": "application/xml",
    "jpg": "image/jpeg",
    "jpeg": "image/jpeg",
    "png": "image/png",
    "tif": "image/tiff",
    "tiff": "image/tiff",
    "zip": "application/zip",
}
_TOKEN = re.compile(r"[0-9a-f]{32}")


@dataclass(frozen=True)
class Upload:
    """A staged file: where it lies and what is known of it."""

    token: str
    filename: str
    content_type: str
    size: int
    sha256: str

    @property
    def path(self) -> Path:
        """The staged bytes."""
        return _staging() / self.token


class DocumentFile(Persistent):
    """One file as it was uploaded."""

    def __init__(self, upload: Upload, author: str) -> None:
        self.id = secrets.token_hex(8)
        self.filename = upload.filename
        self.content_type = upload.content_type
        self.size = upload.size
        self.sha256 = upload.sha256
        self.author = author
        self.at = clock.now()
        self.blob = NamedBlobFile(filename=upload.filename, contentType=upload.content_type)
        # a link is consumed, so that the staged file is still there when the transaction is repeated
        link = upload.path.with_suffix(f".{secrets.token_hex(4)}")
        os.link(upload.path, link)
        self.blob._blob.consumeFile(str(link))

    def facts(self) -> dict[str, Any]:
        """What lists and REST show of the file."""
        return {
            "id": self.id,
            "filename": self.filename,
            "content_type": self.content_type,
            "size": self.size,
            "sha256": self.sha256,
        }


def stage(stream: BinaryIO, filename: str) -> Upload:
    """Check a file and put it aside under a token; raises :class:`Invalid` with what is wrong with it."""
    name = clean_filename(filename)
    stem, _dot, extension = name.lower().rpartition(".")
    if not stem or extension not in CONTENT_TYPES:
        raise Invalid(
            _(
                "“${file}” is of a kind that is not taken. Accepted: ${kinds}.",
                mapping={"file": name, "kinds": ", ".join(sorted(CONTENT_TYPES))},
            ),
            "files",
        )
    token = secrets.token_hex(16)
    path = _staging() / token
    try:
        size, digest = _copy(stream, path, name, extension)
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    upload = Upload(token, name, CONTENT_TYPES[extension], size, digest)
    path.with_suffix(".json").write_text(json.dumps(asdict(upload)))
    return upload


def staged(token: str) -> Upload:
    """The staged file of ``token``; raises :class:`Invalid` when it is gone."""
    record = _staging() / f"{token}.json"
    if not _TOKEN.fullmatch(token) or not record.exists():
        raise Invalid(_("An uploaded file is no longer here. Choose it again."), "files")
    return Upload(**json.loads(record.read_text()))


def keep(uploads: list[Upload], author: str) -> list[DocumentFile]:
    """Make document files of staged uploads; what was staged goes when the transaction is committed."""
    transaction.get().addAfterCommitHook(_discard_committed, ([each.token for each in uploads],))
    return [DocumentFile(each, author) for each in uploads]


def discard(token: str) -> None:
    """Remove a staged file that is not wanted."""
    if _TOKEN.fullmatch(token):
        for path in (_staging() / token, _staging() / f"{token}.json"):
            path.unlink(missing_ok=True)


def discard_old() -> int:
    """Remove staged files that nobody used for a day; returns how many."""
    limit = time.time() - STAGED_SECONDS
    old = [path for path in _staging().iterdir() if path.stat().st_mtime < limit]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _discard_committed(committed: bool, tokens: list[str]) -> None:
    if committed:
        for token in tokens:
            discard(token)


def _staging() -> Path:
    folder = Path(os.environ.get("PARTY_VAR", "var")) / "staging"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _copy(stream: BinaryIO, path: Path, name: str, extension: str) -> tuple[int, str]:
    """Write the stream to ``path``; returns its size and SHA-256."""
    digest, size = hashlib.sha256(), 0
    with path.open("wb") as target:
        while chunk := stream.read(1024 * 1024):
            if not size:
                _check_start(name, extension, chunk)
            digest.update(chunk)
            size += len(chunk)
            if size > MAX_SIZE:
                limit = {"file": name, "limit": MAX_SIZE // 1024 // 1024}
                raise Invalid(_("“${file}” is larger than ${limit} MB.", mapping=limit), "files")
            target.write(chunk)
    if not size:
        raise Invalid(_("“${file}” is empty (0 bytes). Choose the file again.", mapping={"file": name}), "files")
    return size, digest.hexdigest()


def _check_start(name: str, extension: str, chunk: bytes) -> None:
    if extension == "pdf" and b"%PDF-" not in chunk[:1024]:
        raise Invalid(
            _(
                "“${file}” is not a PDF, although its name says so. Save it as PDF and choose it again.",
                mapping={"file": name},
            ),
            "files",
        )
