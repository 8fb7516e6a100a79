"""Files of documents (tệp văn bản): checked and staged on arrival, kept as uploaded.

An upload is staged on disk under a token before anything else happens, so that a form with a mistake does not lose it.
Nothing is staged in the clear: what lies there opens only with the token, which the form that was sent back carries. The
bytes of a classified document stay sealed for good; those of others are laid out as they came.
"""

import hashlib
import io
import os
import secrets
import time
from collections.abc import Iterable
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from datetime import datetime
from functools import partial
from pathlib import Path
from shutil import copyfileobj
from typing import Any
from typing import BinaryIO
from typing import cast

import transaction
from ZODB.blob import Blob

from party.operations import _
from party.operations.confidentiality import keys
from party.operations.confidentiality import monitor
from party.operations.confidentiality import sealing
from party.operations.confidentiality import streams
from party.operations.confidentiality.data_keys import DataKey
from party.operations.confidentiality.levels import NORMAL
from party.operations.ledger import clock
from party.operations.ledger.errors import Invalid
from party.operations.text.normalize import clean_filename


#: largest file taken, in bytes
MAX_SIZE = 200 * 1024 * 1024
#: a staged file nobody used is removed after a day
STAGED_SECONDS = 24 * 3600

#: every signature dictionary of a PDF has this key and is never compressed (ISO 32000-1, 12.8.1, 7.5.7)
_SIGNATURE = b"/ByteRange"

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


@dataclass(frozen=True)
class Upload:
    """A staged file: what is known of it, and the key its staged bytes are sealed with."""

    token: str
    filename: str
    content_type: str
    size: int
    sha256: str
    key: bytes = field(repr=False)
    #: see :attr:`DocumentFile.signed`
    signed: bool | None = None

    @property
    def path(self) -> Path:
        """The staged bytes."""
        return _place(self.token)

    def open(self) -> BinaryIO:
        """The plain bytes."""
        return _buffered(streams.Reader(self.path.open("rb"), self.key, self.size))


@dataclass(frozen=True)
class DocumentFile:
    """One file as it was uploaded; its bytes are in ``blobs`` of the document ``home``."""

    id: str
    home: str
    filename: str
    content_type: str
    size: int
    sha256: str
    author: str
    at: datetime
    #: key of the sealed bytes, ``None`` when they are laid out as they came
    key: bytes | None = field(default=None, repr=False)
    #: does it carry a digital signature (chữ ký số), valid or not? ``None`` for files kept before this was looked at
    signed: bool | None = None

    def facts(self) -> dict[str, Any]:
        """What lists and REST show of the file."""
        names = ("id", "filename", "content_type", "size", "sha256")
        return {name: getattr(self, name) for name in names}


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
    token, key = secrets.token_hex(16), secrets.token_bytes(32)
    path = _place(token)
    checked = _Checked(stream, name, extension)
    try:
        with path.open("xb") as target:
            size, digest = streams.write(checked, target, key)
        if not size:
            raise Invalid(_("“${file}” is empty (0 bytes). Choose the file again.", mapping={"file": name}), "files")
    except BaseException:
        path.unlink(missing_ok=True)
        raise
    upload = Upload(token, name, CONTENT_TYPES[extension], size, digest, key, checked.signed)
    facts = (upload.filename, upload.content_type, upload.size, upload.sha256, upload.key, upload.signed)
    path.with_suffix(".facts").write_bytes(sealing.seal(_key_of(token), "facts", facts))
    return upload


def staged(token: str) -> Upload:
    """The staged file of ``token``; raises :class:`Invalid` when it is gone."""
    try:
        sealed = _place(token).with_suffix(".facts").read_bytes()
        return Upload(token, *sealing.unseal(_key_of(token), "facts", sealed))
    except (OSError, keys.Broken) as error:
        raise Invalid(_("An uploaded file is no longer here. Choose it again."), "files") from error


def keep_for(token: str, seconds: float) -> None:
    """Let a staged file wait for somebody for so many seconds."""
    day = time.time() + seconds - STAGED_SECONDS
    for path in _parts(token):
        os.utime(path, (day, day))


def note_words(token: str, words: bytes) -> None:
    """Keep what was recognised of a staged file beside it, sealed as its facts are and for as long."""
    path = _place(token)
    kept = path.with_suffix(".reading")
    before = path.stat().st_mtime
    fresh = path.with_suffix(".reading-new")
    fresh.write_bytes(sealing.seal(_key_of(token), "reading", words))
    os.utime(fresh, (before, before))
    fresh.replace(kept)


def words_of(token: str) -> bytes:
    """What was recognised of a staged file so far, b"" for nothing."""
    try:
        sealed = _place(token).with_suffix(".reading").read_bytes()
    except OSError:
        return b""
    return bytes(sealing.unseal(_key_of(token), "reading", sealed))


def keep(document: Any, uploads: list[Upload], author: str) -> list[DocumentFile]:
    """Make files of ``document`` of staged uploads; what was staged goes when the transaction is committed."""
    transaction.get().addAfterCommitHook(_discard_committed, ([each.token for each in uploads],))
    return [_kept(document, each, author) for each in uploads]


def opened(file: DocumentFile, home: Any) -> BinaryIO:
    """The plain bytes of a file, to be read from any place; ``home`` is the object that holds them."""
    blob = home.blobs[file.id].open()
    if file.key is None:
        return blob
    return _buffered(streams.Reader(blob, file.key, file.size, partial(_broken, home.UID())))


def _buffered(reader: streams.Reader) -> BinaryIO:
    """A reader that gives as many bytes as it is asked for: PDF libraries take a short answer for the end of the file."""
    return cast(BinaryIO, io.BufferedReader(reader, streams.CHUNK))


def _broken(uid: str) -> None:
    monitor.record_broken(uid, "file")


def relaid(file: DocumentFile, home: Any, sealed: bool) -> DocumentFile:
    """Lay the bytes of a file out anew, sealed under a new key or in the clear; the old ones go with the next packing."""
    key = secrets.token_bytes(32) if sealed else None
    blob = Blob()
    with opened(file, home) as source, blob.open("w") as target:
        if key is None:
            copyfileobj(source, target, streams.CHUNK)
        else:
            streams.write(source, target, key)
    home.blobs[file.id] = blob
    return replace(file, key=key)


def _kept(document: Any, upload: Upload, author: str) -> DocumentFile:
    file = DocumentFile(
        secrets.token_hex(8),
        document.UID(),
        upload.filename,
        upload.content_type,
        upload.size,
        upload.sha256,
        author,
        clock.now(),
        None if document.level == NORMAL else upload.key,
        upload.signed,
    )
    blob = Blob()
    if file.key is None:
        with upload.open() as source, blob.open("w") as target:
            copyfileobj(source, target, streams.CHUNK)
    else:
        # a link is consumed, so that the staged file is still there when the transaction is repeated
        link = upload.path.with_suffix(f".{secrets.token_hex(4)}")
        os.link(upload.path, link)
        blob.consumeFile(str(link))
    document.blobs[file.id] = blob
    return file


def discard(token: str) -> None:
    """Remove a staged file that is not wanted."""
    for path in _parts(token):
        path.unlink(missing_ok=True)


def discard_old() -> int:
    """Remove staged files that nobody used for a day; returns how many."""
    limit = time.time() - STAGED_SECONDS
    old = [path for path in _staging().iterdir() if path.stat().st_mtime < limit]
    for path in old:
        path.unlink(missing_ok=True)
    return len(old)


def _discard_committed(committed: bool, tokens: Iterable[str]) -> None:
    if committed:
        for token in tokens:
            discard(token)


def _staging() -> Path:
    folder = Path(os.environ.get("PARTY_VAR", "var")) / "staging"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder


def _place(token: str) -> Path:
    """Where the bytes of a token lie; its name on disk does not tell it."""
    return _staging() / hashlib.blake2b(token.encode(), person=b"party.name", digest_size=16).hexdigest()


def _parts(token: str) -> list[Path]:
    """The files of a token that are there: the bytes, the facts, what was recognised."""
    path = _place(token)
    parts = (path, *(path.with_suffix(each) for each in (".facts", ".reading", ".reading-new")))
    return [each for each in parts if each.exists()]


def _key_of(token: str) -> DataKey:
    """What the facts of a staged file are sealed with."""
    secret = hashlib.blake2b(token.encode(), person=b"party.facts", digest_size=32).digest()
    return DataKey("", "staged", "", "", secret)


class _Checked:
    """A stream whose beginning and length are looked at while it is read, and whether a signature stands in it."""

    def __init__(self, stream: BinaryIO, name: str, extension: str) -> None:
        self._stream, self._name, self._extension, self._size = stream, name, extension, 0
        self._tail = b""
        #: was the mark of a PDF's signature seen so far?
        self.signed = False

    def read(self, size: int) -> bytes:
        """The next bytes; raises :class:`Invalid` with what is wrong with them."""
        part = self._stream.read(size)
        if part and not self._size:
            _check_start(self._name, self._extension, part)
        self._size += len(part)
        if self._extension == "pdf" and not self.signed:
            # it may begin in one part and end in the next
            self.signed = _SIGNATURE in (window := self._tail + part)
            self._tail = window[-len(_SIGNATURE) :]
        if self._size > MAX_SIZE:
            limit = {"file": self._name, "limit": MAX_SIZE // 1024 // 1024}
            raise Invalid(_("“${file}” is larger than ${limit} MB.", mapping=limit), "files")
        return part


def _check_start(name: str, extension: str, chunk: bytes) -> None:
    if extension == "pdf" and b"%PDF-" not in chunk[:1024]:
        raise Invalid(
            _(
                "“${file}” is not a PDF, although its name says so. Save it as PDF and choose it again.",
                mapping={"file": name},
            ),
            "files",
        )
