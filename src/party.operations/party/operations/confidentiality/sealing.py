"""Sealing of values (niêm phong): AES-256-GCM under the data key of an object.

What a value belongs to (object, field, key, level, unit) is associated data: moved to another field, object or record, or
under another label, it does not open. Values are kept as the database keeps its own, but only of the kinds named here.
"""

import io
import pickle
import secrets
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from party.operations.confidentiality import keys
from party.operations.confidentiality.data_keys import DataKey


#: the name of the cipher suite, first byte of everything sealed; another suite gets another
AES_256_GCM = b"\x01"
_NONCE = 12

#: what a sealed value may be made of beside text, numbers, lists and mappings
_KINDS = {("datetime", "date"), ("datetime", "datetime"), ("datetime", "timezone"), ("datetime", "timedelta")}


def seal(key: DataKey, field: str, value: Any) -> bytes:
    """Seal ``value`` as ``field`` of the key's object."""
    nonce = secrets.token_bytes(_NONCE)
    plain = pickle.dumps(value, protocol=5)
    return AES_256_GCM + nonce + AESGCM(key.key).encrypt(nonce, plain, _bound_to(key, field))


def unseal(key: DataKey, field: str, sealed: bytes) -> Any:
    """The value; raises ``keys.Broken`` when it was changed or belongs elsewhere."""
    if sealed[:1] != AES_256_GCM:
        raise keys.Broken()
    try:
        plain = AESGCM(key.key).decrypt(sealed[1 : 1 + _NONCE], sealed[1 + _NONCE :], _bound_to(key, field))
    except InvalidTag as error:
        raise keys.Broken() from error
    return _Values(io.BytesIO(plain)).load()


class _Values(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _KINDS or module.startswith("party.operations."):
            return super().find_class(module, name)
        raise keys.Broken()


def _bound_to(key: DataKey, field: str) -> bytes:
    return "\0".join((key.object, field, key.id, key.level, key.unit)).encode()
