"""The directory of an export (thư mục kết xuất): JSON files and blobs, for the one who runs it alone."""

import hashlib
import json
import os
import re
import secrets
from collections.abc import Iterable
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any
from typing import BinaryIO


_MANIFEST = "manifest.json"
_PIECE = 1024 * 1024
#: a file as :mod:`.state` names it
_BLOB = re.compile(rb'"@blob": "([0-9a-f]{64})"')


def digest(path: Path) -> str:
    """SHA-256 of a file."""
    with path.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


class Folder:
    """Files are written beside their place and then moved, so that an interruption leaves none in half."""

    def __init__(self, path: Path) -> None:
        self.path = path

    @property
    def manifest(self) -> dict[str, Any] | None:
        """What the export says of itself, or ``None`` when it was never finished."""
        with suppress(FileNotFoundError):
            return self.read(_MANIFEST)
        return None

    @manifest.setter
    def manifest(self, content: dict[str, Any]) -> None:
        self.write(_MANIFEST, content)

    def forget_manifest(self) -> None:
        """The export is being renewed."""
        (self.path / _MANIFEST).unlink(missing_ok=True)

    def write(self, name: str, content: Any) -> None:
        """Write a JSON file."""
        text = json.dumps(content, ensure_ascii=False, indent=1, sort_keys=False)
        self._put(self.path / name, [text.encode()])

    def read(self, name: str) -> Any:
        """Read a JSON file."""
        return json.loads((self.path / name).read_text(encoding="utf-8"))

    def write_object(self, uid: str, content: dict[str, Any]) -> None:
        """Write the file of one object."""
        self.write(self._object(uid), content)

    def read_object(self, uid: str) -> dict[str, Any]:
        """Read the file of one object."""
        return self.read(self._object(uid))

    def stamps(self) -> Iterator[tuple[str, str]]:
        """uid and stamp of each object that is here; the stamp is its first line."""
        for path in self.path.glob("objects/*/*.json"):
            yield path.stem, self.read_object(path.stem)["stamp"]

    def keep_only(self, uids: Iterable[str], names: Iterable[str]) -> None:
        """Remove objects, files and beginnings of the directory that an earlier export left: secrets since, for one."""
        here, wanted = set(uids), set(names)
        for path in self.path.glob("*.json"):
            if path.name not in wanted:
                path.unlink()
        named: set[str] = set()
        for path in [*self.path.glob("objects/*/*.json"), *self.path.glob("*.json")]:
            if path.parent == self.path or path.stem in here:
                named.update(each.decode() for each in _BLOB.findall(path.read_bytes()))
            else:
                path.unlink()
        for path in self.path.glob("blobs/*/*"):
            if path.name not in named:
                path.unlink()

    def digests(self) -> dict[str, str]:
        """Path → SHA-256 of each file that says what is restored; blobs are checked by their names."""
        found = [*self.path.glob("objects/*/*.json"), self.path / "site.json", self.path / "order.json"]
        return {str(each.relative_to(self.path)): digest(each) for each in sorted(found)}

    def keep(self, stream: BinaryIO) -> str:
        """Keep the bytes of a stream once and return their SHA-256."""
        digest = hashlib.sha256()
        while piece := stream.read(_PIECE):
            digest.update(piece)
        target = self.blob(digest.hexdigest())
        if not target.exists():
            stream.seek(0)
            self._put(target, iter(lambda: stream.read(_PIECE), b""))
        return digest.hexdigest()

    def blob(self, sha256: str) -> Path:
        """Where the bytes of that SHA-256 are."""
        return self.path / "blobs" / sha256[:2] / sha256

    def _object(self, uid: str) -> str:
        return f"objects/{uid[:2]}/{uid}.json"

    def _put(self, path: Path, pieces: Any) -> None:
        self.path.mkdir(mode=0o700, parents=True, exist_ok=True)
        for folder in reversed(path.relative_to(self.path).parents):
            (self.path / folder).mkdir(mode=0o700, exist_ok=True)
        beside = path.with_name(f".{path.name}.{secrets.token_hex(4)}")
        # it holds everything, hashes of passwords too
        with os.fdopen(os.open(beside, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as target:
            for piece in pieces:
                target.write(piece)
        beside.replace(path)
