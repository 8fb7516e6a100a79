"""The chain of one stream (chuỗi bản ghi): a key that moves on with each record, sealed where it began.

``K(n+1) = SHA-256(K(n))`` and ``mac(n) = HMAC(K(n), mac(n-1) + record)``. A process keeps only the key of its next
record, so what it wrote before cannot be written again, neither by it nor by who takes it over. The first key is
sealed (HPKE, RFC 9180: X25519, HKDF-SHA256, AES-256-GCM) to a public key; whoever holds the private one can
recompute the chain. A process without keys can therefore write and not read.
"""

import hashlib
import hmac
import json
from collections.abc import Iterator
from datetime import datetime
from datetime import UTC
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from cryptography.hazmat.primitives.hpke import AEAD
from cryptography.hazmat.primitives.hpke import KDF
from cryptography.hazmat.primitives.hpke import KEM
from cryptography.hazmat.primitives.hpke import Suite

from party.operations.confidentiality import keys


_SUITE = Suite(KEM.X25519, KDF.HKDF_SHA256, AEAD.AES_256_GCM)

#: the columns of a record that its MAC covers, in this order
COVERED = ("stream", "seq", "at", "zone", "actor", "action", "outcome", "objects", "facts")
_STREAM = ("id", "host", "pid", "started", "zone")


def instant(at: datetime) -> str:
    """An instant as the journal keeps it: UTC, microseconds, without a zone."""
    return at.astimezone(UTC).replace(tzinfo=None).isoformat(timespec="microseconds")


def text(value: Any) -> str:
    """The one JSON text of ``value``."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True)


def digest(value: str) -> str:
    """SHA-256 of a text."""
    return hashlib.sha256(value.encode()).hexdigest()


def beginning(stream: dict[str, Any]) -> bytes:
    """What stands for the MAC before the first record: the stream's own row."""
    return hashlib.sha256(_label(stream)).digest()


def mac(key: bytes, previous: bytes, covered: tuple[Any, ...]) -> bytes:
    """The MAC of a record whose :data:`COVERED` values are ``covered``."""
    return hmac.digest(key, previous + text(covered).encode(), "sha256")


def following(key: bytes) -> bytes:
    """The key after ``key``."""
    return hashlib.sha256(key).digest()


def keys_from(first: bytes) -> Iterator[bytes]:
    """The keys of the records 1, 2, 3 … of the stream that begins with ``first``."""
    key = following(first)
    while True:
        yield key
        key = following(key)


def hiding_key(first: bytes) -> bytes:
    """The key with which a process hides what must not stand in the journal but may be compared (login names)."""
    return hmac.digest(first, b"party.operations audit hiding", "sha256")


def has_keys() -> bool:
    """Has this process the keys of the installation?"""
    return keys.available()


def public_key() -> bytes:
    """The public key that belongs to this installation's private one; raises ``keys.Withheld`` without keys."""
    return _private().public_key().public_bytes_raw()


def seal(first: bytes, public: bytes, stream: dict[str, Any]) -> bytes:
    """Seal the first key of ``stream``."""
    return _SUITE.encrypt(first, X25519PublicKey.from_public_bytes(public), info=_label(stream))


def unseal(stream: dict[str, Any]) -> bytes:
    """The first key of ``stream``; raises ``InvalidTag`` or ``ValueError`` when the row is not as it was written."""
    return _SUITE.decrypt(stream["sealed"], _private(), info=_label(stream))


def proof(stream: dict[str, Any]) -> bytes:
    """Shows that a stream was begun by a process that had keys: anybody can seal to a public key."""
    return hmac.digest(_secret("audit"), b"stream" + _label(stream) + stream["sealed"], "sha256")


def signing_key() -> Ed25519PrivateKey:
    """The key that signs the heads of a day."""
    return Ed25519PrivateKey.from_private_bytes(_secret("audit-signing"))


def _private() -> X25519PrivateKey:
    return X25519PrivateKey.from_private_bytes(_secret("audit"))


def _secret(purpose: str) -> bytes:
    return keys.provider().secret(purpose)


def _label(stream: dict[str, Any]) -> bytes:
    return text([stream[name] for name in _STREAM]).encode()
