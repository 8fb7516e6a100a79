"""Keys in a file (vòng khoá trong tệp): a keyring under a passphrase, outside of database and var.

The directory (0700) holds ``keyring.json`` (0400) and, unless ``PARTY_KEYS_PASSPHRASE`` names another place, the file
``passphrase``. The passphrase goes through scrypt; the key that comes out seals the JSON of all KEKs with AES-256-GCM.
Every process looks at each use whether the file was replaced, and reads it again: a KEK that another process has made
or withheld is known at once.
"""

import base64
import json
import os
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextlib import ExitStack
from dataclasses import asdict
from dataclasses import dataclass
from dataclasses import field
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from cryptography.hazmat.primitives.kdf.scrypt import Scrypt

from party.operations.confidentiality.keys import private
from party.operations.confidentiality.keys.base import Broken
from party.operations.confidentiality.keys.base import KeyFacts
from party.operations.confidentiality.keys.base import Unusable
from party.operations.confidentiality.keys.base import Withheld
from party.operations.ledger import clock


KEYRING = "keyring.json"
PASSPHRASE = "passphrase"  # noqa: S105 - the name of the file

_FORMAT = "party keyring 1"
#: as much work as OWASP's password storage sheet asks of scrypt, in 32 MiB of memory
_SCRYPT = {"n": 2**15, "r": 8, "p": 3}
_NONCE = 12


@dataclass(frozen=True)
class _Kek:
    """A KEK with its key."""

    id: str
    level: str
    organ: str
    year: int
    generation: int
    made_on: date
    withheld: bool
    key: bytes = field(repr=False)

    @property
    def scope(self) -> tuple[str, str, int]:
        return self.level, self.organ, self.year


@dataclass(frozen=True)
class _Keyring:
    """All KEKs by id, the newest of each scope, and the root of the secrets."""

    keks: dict[str, _Kek]
    root: bytes = field(repr=False)

    @cached_property
    def newest(self) -> dict[tuple[str, str, int], _Kek]:
        """The KEK that each scope wraps with."""
        return {each.scope: each for each in sorted(self.keks.values(), key=lambda each: each.generation)}


def create(directory: Path) -> None:
    """Make a keyring without KEKs and a random passphrase; raises :class:`Unusable` where a keyring is already.

    The passphrase goes where ``PARTY_KEYS_PASSPHRASE`` says; one that is there is used.
    """
    directory, words = Path(directory).absolute(), _passphrase(Path(directory).absolute())
    private.directory(directory)
    with private.alone(directory):
        if (directory / KEYRING).exists():
            raise Unusable(f"There is a keyring in {directory} already; nothing was changed.")
        if not words.exists():
            private.write(words, f"{secrets.token_urlsafe(32)}\n".encode())
        _Safe(directory, words).write(_Keyring({}, secrets.token_bytes(32)))


class FileKeys:
    """The key provider ``file:<directory>``."""

    def __init__(self, directory: Path) -> None:
        directory = Path(directory).absolute()
        private.check(directory)
        if not (directory / KEYRING).exists():
            raise Unusable(f"There is no keyring in {directory}; docs/keys.md says how to make or restore one.")
        self._directory = directory
        self._safe = _Safe(directory, _passphrase(directory))
        self._lock = threading.RLock()
        self._stamp = self._safe.stamp()
        self._keyring = self._safe.read()

    def kek(self, level: str, organ: str, year: int) -> str:
        """The id of the current KEK of that scope, made when it is missing."""
        scope = (level, organ, year)
        found = self._now().newest.get(scope)
        if found is None:
            with self._changing() as keyring:
                # another process may have been first
                found = keyring.newest.get(scope) or self._add(keyring, scope, 1)
        return found.id

    def wrap(self, kek: str, dek: bytes, label: bytes) -> bytes:
        """Nonce and ciphertext of ``dek``, with ``label`` as associated data."""
        nonce = secrets.token_bytes(_NONCE)
        return nonce + AESGCM(self._serving(kek).key).encrypt(nonce, dek, label)

    def unwrap(self, kek: str, wrapped: bytes, label: bytes) -> bytes:
        """The data key again, or :class:`Broken`."""
        cipher = AESGCM(self._serving(kek).key)
        try:
            return cipher.decrypt(wrapped[:_NONCE], wrapped[_NONCE:], label)
        except (InvalidTag, ValueError) as error:
            raise Broken(kek=kek) from error

    def secret(self, purpose: str) -> bytes:
        """32 bytes derived from the root of the keyring."""
        return HKDF(SHA256(), 32, salt=None, info=purpose.encode()).derive(self._now().root)

    def facts(self) -> list[KeyFacts]:
        """All KEKs by scope and generation."""
        keyring = self._now()
        ordered = sorted(keyring.keks.values(), key=lambda each: (*each.scope, each.generation))
        return [_facts(each, keyring.newest[each.scope] is each) for each in ordered]

    def renew(self, kek: str) -> str:
        """A new generation of its scope, or the current one if there is a newer one already."""
        with self._changing() as keyring:
            old = self._serving_of(keyring, kek)
            newest = keyring.newest[old.scope]
            return (newest if newest is not old else self._add(keyring, old.scope, old.generation + 1)).id

    def withhold(self, kek: str) -> None:
        """Take a KEK out of service: the keyring says so, and every process reads it."""
        self._set_withheld(kek, True)

    def restore(self, kek: str) -> None:
        """Bring it back."""
        self._set_withheld(kek, False)

    def _set_withheld(self, kek: str, withheld: bool) -> None:
        with self._changing() as keyring:
            if kek not in keyring.keks:
                raise Withheld(kek=kek)
            self._write(keyring, replace(keyring.keks[kek], withheld=withheld))

    def _serving(self, kek: str) -> _Kek:
        return self._serving_of(self._now(), kek)

    def _serving_of(self, keyring: _Keyring, kek: str) -> _Kek:
        found = keyring.keks.get(kek)
        if found is None or found.withheld:
            raise Withheld(kek=kek)
        return found

    def _add(self, keyring: _Keyring, scope: tuple[str, str, int], generation: int) -> _Kek:
        made = _Kek(
            secrets.token_hex(8),
            *scope,
            generation,
            made_on=clock.today(),
            withheld=False,
            key=AESGCM.generate_key(256),
        )
        self._write(keyring, made)
        return made

    def _write(self, keyring: _Keyring, kek: _Kek) -> None:
        self._safe.write(replace(keyring, keks={**keyring.keks, kek.id: kek}))

    @contextmanager
    def _changing(self) -> Iterator[_Keyring]:
        """The keyring as it is, while no other process can change it."""
        with ExitStack() as stack:
            try:
                stack.enter_context(private.alone(self._directory))
            except OSError as error:
                raise Withheld from error
            yield self._now()

    def _now(self) -> _Keyring:
        """The keyring as it stands on disk; withheld where it cannot be read any more."""
        try:
            with self._lock:
                stamp = self._safe.stamp()
                if stamp != self._stamp:
                    self._keyring, self._stamp = self._safe.read(), stamp
                return self._keyring
        except (OSError, Unusable) as error:
            raise Withheld from error


class _Safe:
    """The file of a keyring, opened by a passphrase."""

    def __init__(self, directory: Path, passphrase: Path) -> None:
        self._path, self._passphrase = directory / KEYRING, passphrase
        #: the derived key and the head it was derived for: scrypt is slow on purpose
        self._derived: tuple[dict[str, Any], bytes] | None = None

    def stamp(self) -> tuple[int, int, int]:
        """Changes when the file is replaced."""
        found = self._path.stat()
        return found.st_ino, found.st_mtime_ns, found.st_size

    def read(self) -> _Keyring:
        """Open it; raises :class:`Unusable` with a wrong passphrase and where the file was changed."""
        try:
            stored = json.loads(private.read(self._path))
            head, nonce, sealed = stored["head"], _bytes(stored["nonce"]), _bytes(stored["sealed"])
            plain = json.loads(AESGCM(self._key(head)).decrypt(nonce, sealed, _canonical(head)))
        except InvalidTag as error:
            raise Unusable(
                f"The passphrase in {self._passphrase} does not open {self._path}, or that file was changed."
            ) from error
        except (ValueError, KeyError, TypeError) as error:
            raise Unusable(f"{self._path} is not a keyring of this system. Restore it from its backup.") from error
        keks = [_kek(each) for each in plain["keks"]]
        return _Keyring({each.id: each for each in keks}, _bytes(plain["root"]))

    def write(self, keyring: _Keyring) -> None:
        """Replace it, whole or not at all, under the lock of the directory."""
        head = self._derived[0] if self._derived else {"format": _FORMAT, **_SCRYPT, "salt": _text(os.urandom(16))}
        nonce = secrets.token_bytes(_NONCE)
        plain = _canonical({"root": _text(keyring.root), "keks": [_stored(each) for each in keyring.keks.values()]})
        sealed = AESGCM(self._key(head)).encrypt(nonce, plain, _canonical(head))
        content = {"head": head, "nonce": _text(nonce), "sealed": _text(sealed)}
        private.write(self._path, json.dumps(content, indent=1).encode())

    def _key(self, head: dict[str, Any]) -> bytes:
        if self._derived is None or self._derived[0] != head:
            cost = {name: head[name] for name in _SCRYPT}
            scrypt = Scrypt(_bytes(head["salt"]), 32, **cost)
            self._derived = (head, scrypt.derive(private.word(self._passphrase)))
        return self._derived[1]


def _passphrase(directory: Path) -> Path:
    return Path(os.environ.get("PARTY_KEYS_PASSPHRASE") or directory / PASSPHRASE)


def _facts(kek: _Kek, current: bool) -> KeyFacts:
    return KeyFacts(kek.id, *kek.scope, kek.generation, kek.made_on, current, kek.withheld)


def _stored(kek: _Kek) -> dict[str, Any]:
    return {**asdict(kek), "made_on": kek.made_on.isoformat(), "key": _text(kek.key)}


def _kek(stored: dict[str, Any]) -> _Kek:
    return _Kek(**{**stored, "made_on": date.fromisoformat(stored["made_on"]), "key": _bytes(stored["key"])})


def _canonical(value: dict[str, Any]) -> bytes:
    return json.dumps(value, sort_keys=True, separators=(",", ":")).encode()


def _text(value: bytes) -> str:
    return base64.b64encode(value).decode()


def _bytes(value: str) -> bytes:
    return base64.b64decode(value, validate=True)
