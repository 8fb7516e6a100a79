"""Keys that seal the data keys (khoá mã hoá khoá), from where ``PARTY_KEYS`` says.

``none`` (also when unset), ``file:<directory>`` or ``pkcs11:<module>?token=<label>``; docs/keys.md tells operators more.
"""

import os
import threading
from pathlib import Path
from urllib.parse import parse_qs

from party.operations.confidentiality.keys.base import Broken
from party.operations.confidentiality.keys.base import KeyFacts
from party.operations.confidentiality.keys.base import KeyProvider
from party.operations.confidentiality.keys.base import Unusable
from party.operations.confidentiality.keys.base import Withheld
from party.operations.confidentiality.keys.none import NoKeys


__all__ = [
    "Broken",
    "KeyFacts",
    "KeyProvider",
    "Unusable",
    "Withheld",
    "available",
    "configure",
    "create",
    "provider",
]

_provider: KeyProvider | None = None
_lock = threading.Lock()


def provider() -> KeyProvider:
    """The key provider of this process, opened at first use; raises :class:`Unusable` where that cannot be done."""
    global _provider
    if _provider is None:
        with _lock:
            if _provider is None:
                _provider = _open(os.environ.get("PARTY_KEYS", ""))
    return _provider


def configure(url: str | None) -> None:
    """Take the keys from ``url`` from now on (tests and benchmarks); ``None``: from ``PARTY_KEYS`` again."""
    global _provider
    with _lock:
        _provider = None if url is None else _open(url)


def available() -> bool:
    """Has this process any keys?"""
    return not isinstance(provider(), NoKeys)


def create(url: str) -> None:
    """Make an empty keyring, or prepare a token, before its first use; raises :class:`Unusable` if it was done."""
    kind, place = _parsed(url)
    if kind == "file":
        from party.operations.confidentiality.keys import file

        file.create(Path(place))
    elif kind == "pkcs11":
        from party.operations.confidentiality.keys import pkcs11

        pkcs11.create(*_token(place))
    else:
        raise Unusable("PARTY_KEYS is none: there is no place to make keys in.")


def _open(url: str) -> KeyProvider:
    # each provider brings its own libraries, which a process without keys has no use for
    kind, place = _parsed(url)
    if kind == "file":
        from party.operations.confidentiality.keys.file import FileKeys

        return FileKeys(Path(place))
    if kind == "pkcs11":
        from party.operations.confidentiality.keys.pkcs11 import TokenKeys

        return TokenKeys(*_token(place))
    return NoKeys()


def _parsed(url: str) -> tuple[str, str]:
    """Kind and place of the keys."""
    if url.strip() in ("", "none"):
        return "none", ""
    kind, _colon, place = url.strip().partition(":")
    if kind in ("file", "pkcs11") and place.startswith("/"):
        return kind, place
    raise Unusable(
        f"PARTY_KEYS is “{url}”, which is not understood. It must be none, file:<directory> or "
        "pkcs11:<module>?token=<label>, with a path that begins with a slash."
    )


def _token(place: str) -> tuple[Path, str]:
    """Module and label of a token."""
    module, _mark, query = place.partition("?")
    labels = parse_qs(query).get("token", [])
    if len(labels) != 1:
        raise Unusable(f"PARTY_KEYS is “pkcs11:{place}” and names no token. Add ?token=<label>.")
    return Path(module), labels[0]
