"""Keys in a token (thiết bị lưu khoá PKCS#11): a hardware security module, or SoftHSM in tests.

KEKs are AES keys that the token makes and never gives out: it wraps and unwraps with AES-256-GCM itself, the label as
associated data. A withheld KEK has lost its ENCRYPT and DECRYPT attributes, so that the token refuses it to everybody.
The secrets come out of an HMAC key in the token.

The PKCS#11 label of a KEK says its scope, ``party/<level>/<organ>/<year>/<generation>``; its id begins
with the day it was made and is random otherwise. The PIN
stands in the file that ``PARTY_KEYS_PIN`` names; the lock of that file lets one process at a time add keys.
"""

import os
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pkcs11
from pkcs11 import Attribute
from pkcs11 import GCMParams
from pkcs11 import KeyType
from pkcs11 import Mechanism
from pkcs11 import ObjectClass
from pkcs11 import PKCS11Error

from party.operations.confidentiality.keys import private
from party.operations.confidentiality.keys.base import Broken
from party.operations.confidentiality.keys.base import KeyFacts
from party.operations.confidentiality.keys.base import Unusable
from party.operations.confidentiality.keys.base import Withheld
from party.operations.ledger import clock


_PREFIX = "party"
#: label of the HMAC key that the secrets come from
_ROOT = f"{_PREFIX}/root"
#: what every key of ours is: it stays in the token, and only who has the PIN can use it
_INSIDE = {Attribute.PRIVATE: True, Attribute.SENSITIVE: True, Attribute.EXTRACTABLE: False}
_NONCE = 12
_TAG = 16
#: how often a wrapping must fail to open with a key that works before it is called broken
_TRIES = 3

#: tokens with the PINs they did not take: trying one again and again would lock the token
_refused: set[tuple[str, str]] = set()

#: python-pkcs11 initialises a module without asking it for locks; SoftHSM dies when two threads are inside at once
_lock = threading.RLock()


def create(module: Path, token: str) -> None:
    """Make the key of the secrets in an initialised token; raises :class:`Unusable` where it is there already."""
    pin = _pin()
    with _lock, _open(module, token, pin) as session, private.alone(pin):
        if _find(session, {Attribute.LABEL: _ROOT}):
            raise Unusable(f"The token “{token}” was prepared already; nothing was changed.")
        session.generate_key(
            KeyType.GENERIC_SECRET,
            256,
            label=_ROOT,
            id=secrets.token_bytes(8),
            store=True,
            template={**_INSIDE, Attribute.SIGN: True},
        )


class TokenKeys:
    """The key provider ``pkcs11:<module>?token=<label>``."""

    def __init__(self, module: Path, token: str) -> None:
        self._module, self._token, self._pin = module, token, _pin()
        with _lock:
            self._session: Any = _open(module, token, self._pin)
            if not _find(self._session, {Attribute.LABEL: _ROOT}):
                raise Unusable(f"The token “{token}” was not prepared for this system; docs/keys.md says how.")
        #: key objects of this session by the id of the KEK
        self._keys: dict[str, Any] = {}

    def kek(self, level: str, organ: str, year: int) -> str:
        """The id of the current KEK of that scope, made when it is missing."""
        scope = f"{_PREFIX}/{level}/{organ}/{year}"
        with self._inside() as session:
            generation, key = _newest(session, scope)
            if key is None:
                with private.alone(self._pin):
                    # another process may have been first
                    generation, key = _newest(session, scope)
                    key = key or _generate(session, scope, generation + 1)
            return _id(key)

    def wrap(self, kek: str, dek: bytes, label: bytes) -> bytes:
        """Nonce and ciphertext of ``dek``, with ``label`` as associated data."""
        nonce = secrets.token_bytes(_NONCE)
        with self._inside():
            key = self._serving(kek)
            try:
                return nonce + key.encrypt(dek, mechanism=Mechanism.AES_GCM, mechanism_param=GCMParams(nonce, label))
            except PKCS11Error:
                _require_service(key, kek)
                raise

    def unwrap(self, kek: str, wrapped: bytes, label: bytes) -> bytes:
        """The data key again, or :class:`Broken`."""
        sealed, how = wrapped[_NONCE:], GCMParams(wrapped[:_NONCE], label)
        if len(sealed) <= _TAG:
            raise Broken(kek=kek)
        with self._inside():
            key = self._serving(kek)
            for _time in range(_TRIES):
                with suppress(PKCS11Error):
                    return key.decrypt(sealed, mechanism=Mechanism.AES_GCM, mechanism_param=how)
                # tokens have several words for a wrong tag, and some of them also say that the token is ill
                _require_service(key, kek)
                _try(key)
            raise Broken(kek=kek)

    def secret(self, purpose: str) -> bytes:
        """32 bytes: what the token's HMAC key makes of the purpose."""
        with self._inside() as session:
            for root in _find(session, {Attribute.LABEL: _ROOT}):
                return root.sign(purpose.encode(), mechanism=Mechanism.SHA256_HMAC)
            raise Withheld

    def facts(self) -> list[KeyFacts]:
        """All KEKs by scope and generation."""
        with self._inside() as session:
            keys = _find(session, {Attribute.CLASS: ObjectClass.SECRET_KEY, Attribute.KEY_TYPE: KeyType.AES})
            ours = [each for each in keys if each.label.startswith(f"{_PREFIX}/")]
            newest: dict[str, int] = {}
            for each in ours:
                scope, generation = _split(each)
                newest[scope] = max(generation, newest.get(scope, 0))
            found = [_facts(each, newest) for each in ours]
        return sorted(found, key=lambda each: (each.level, each.organ, each.year, each.generation))

    def renew(self, kek: str) -> str:
        """A new generation of its scope, or the current one if there is a newer one already."""
        with self._inside() as session, private.alone(self._pin):
            old = self._key(kek)
            _require_service(old, kek)
            scope, generation = _split(old)
            latest, newest = _newest(session, scope)
            if newest is None or latest == generation:
                newest = _generate(session, scope, generation + 1)
            return _id(newest)

    def withhold(self, kek: str) -> None:
        """Take a KEK out of service: the token itself refuses it from now on."""
        self._permit(kek, False)

    def restore(self, kek: str) -> None:
        """Bring it back."""
        self._permit(kek, True)

    def _permit(self, kek: str, allowed: bool) -> None:
        with self._inside():
            key = self._key(kek)
            key[Attribute.DECRYPT] = allowed
            key[Attribute.ENCRYPT] = allowed

    def _key(self, kek: str) -> Any:
        """The key object of an id, in service or not."""
        with suppress(ValueError):
            for found in _find(self._session, {Attribute.ID: bytes.fromhex(kek), Attribute.KEY_TYPE: KeyType.AES}):
                return found
        raise Withheld(kek=kek)

    def _serving(self, kek: str) -> Any:
        """The key object of a KEK in service; of one out of service python-pkcs11 makes an object without verbs."""
        if kek not in self._keys:
            key = self._key(kek)
            if not (isinstance(key, pkcs11.EncryptMixin) and isinstance(key, pkcs11.DecryptMixin)):
                raise Withheld(kek=kek)
            self._keys[kek] = key
        return self._keys[kek]

    @contextmanager
    def _inside(self) -> Iterator[Any]:
        """The session, alone in the module. Whatever the token fails at is withheld; the next call tries it anew."""
        with _lock:
            try:
                if self._session is None:
                    self._session = _open(self._module, self._token, self._pin)
                yield self._session
            except (PKCS11Error, OSError, Unusable) as error:
                self._session, self._keys = None, {}
                raise Withheld from error


def _pin() -> Path:
    configured = os.environ.get("PARTY_KEYS_PIN")
    if not configured:
        raise Unusable("PARTY_KEYS names a token, but PARTY_KEYS_PIN does not say which file holds its PIN.")
    return Path(configured)


def _open(module: Path, token: str, pin: Path) -> Any:
    """A session of the token; raises :class:`Unusable` with what is wrong."""
    word = private.word(pin).decode()
    try:
        if (token, word) in _refused:
            raise pkcs11.PinIncorrect
        # a login writes to SoftHSM's token, and who begins at that moment finds the token half written
        with private.alone(pin):
            found = pkcs11.lib(str(module)).get_token(token_label=token)
            try:
                return found.open(rw=True, user_pin=word)
            except pkcs11.UserAlreadyLoggedIn:
                # another session of this process: the login is the whole process's
                return found.open(rw=True)
    except pkcs11.NoSuchToken as error:
        raise Unusable(f"The module {module} has no token “{token}”. Is the device plugged in?") from error
    except (pkcs11.PinIncorrect, pkcs11.PinLocked) as error:
        _refused.add((token, word))
        raise Unusable(f"The token “{token}” does not take the PIN in {pin}, or has locked it.") from error
    except PKCS11Error as error:
        raise Unusable(f"The token “{token}” of the module {module} cannot be used: {error!r}.") from error


def _find(session: Any, template: dict[Attribute, Any]) -> list[Any]:
    return list(session.get_objects(template))


def _generate(session: Any, scope: str, generation: int) -> Any:
    return session.generate_key(
        KeyType.AES,
        256,
        label=f"{scope}/{generation}",
        # SoftHSM does not give the date of a private key out again, so the id begins with it
        id=bytes.fromhex(f"{clock.today():%Y%m%d}") + secrets.token_bytes(6),
        store=True,
        template={
            **_INSIDE,
            Attribute.ENCRYPT: True,
            Attribute.DECRYPT: True,
            Attribute.WRAP: False,
            Attribute.UNWRAP: False,
            Attribute.MODIFIABLE: True,
        },
    )


def _newest(session: Any, scope: str) -> tuple[int, Any]:
    """Number and key of the newest generation of a scope, or 0 and ``None``; there are few of them."""
    generation, newest = 0, None
    while found := _find(session, {Attribute.LABEL: f"{scope}/{generation + 1}"}):
        # two hosts that share a token may have made the same generation: both take the same one of the two
        generation, newest = generation + 1, min(found, key=_id)
    return generation, newest


def _id(key: Any) -> str:
    return key[Attribute.ID].hex()


def _split(key: Any) -> tuple[str, int]:
    """Scope and generation that a key's label names."""
    scope, _slash, generation = key.label.rpartition("/")
    return scope, int(generation)


def _facts(key: Any, newest: dict[str, int]) -> KeyFacts:
    scope, generation = _split(key)
    _prefix, level, organ, year = scope.split("/")
    made_on = date.fromisoformat(_id(key)[:8])
    withheld, current = not key[Attribute.DECRYPT], newest[scope] == generation
    return KeyFacts(_id(key), level, organ, int(year), generation, made_on, current, withheld)


def _require_service(key: Any, kek: str) -> None:
    """Raise :class:`Withheld` for a key that was taken out of service."""
    if not key[Attribute.DECRYPT]:
        raise Withheld(kek=kek)


def _try(key: Any) -> None:
    """Let the token wrap and unwrap something: an error of it says that the token is at fault."""
    nonce = GCMParams(secrets.token_bytes(_NONCE), b"")
    sealed = key.encrypt(bytes(32), mechanism=Mechanism.AES_GCM, mechanism_param=nonce)
    key.decrypt(sealed, mechanism=Mechanism.AES_GCM, mechanism_param=nonce)
