"""An envelope (phong bì): a text that one recipient can read, the holder of the private key of a certificate.

The content is sealed with AES-256-GCM. The key for it is wrapped with RSA-OAEP, or agreed on with a key made for this
envelope alone (ECDH), as the certificate has it.
"""

import base64
import hashlib
import secrets
from getpass import getpass
from pathlib import Path
from typing import Any

from cryptography import x509
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric import padding
from cryptography.hazmat.primitives.asymmetric import rsa
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from party.operations import _
from party.operations.ledger import clock
from party.operations.ledger.errors import Invalid


_PURPOSE = b"party.operations export 1"
_LEAST_RSA = 2048
_OAEP = padding.OAEP(padding.MGF1(hashes.SHA256()), hashes.SHA256(), _PURPOSE)

PublicKey = rsa.RSAPublicKey | ec.EllipticCurvePublicKey
PrivateKey = rsa.RSAPrivateKey | ec.EllipticCurvePrivateKey


def recipient(path: Path) -> PublicKey:
    """The key of the certificate in a PEM file; raises :class:`Invalid` where it is none, or not valid today."""
    try:
        certificate = x509.load_pem_x509_certificate(path.read_bytes())
        key = certificate.public_key()
    except (OSError, ValueError) as error:
        raise Invalid(_("${file} is not a certificate in PEM.", mapping={"file": path.name})) from error
    if not certificate.not_valid_before_utc <= clock.now() <= certificate.not_valid_after_utc:
        raise Invalid(_("The certificate in ${file} is not valid today.", mapping={"file": path.name}))
    if not isinstance(key, PublicKey) or (isinstance(key, rsa.RSAPublicKey) and key.key_size < _LEAST_RSA):
        raise Invalid(
            _(
                "The key of the certificate in ${file} is neither RSA of 2048 bits or more nor of an elliptic curve.",
                mapping={"file": path.name},
            )
        )
    return key


def private_key(path: Path) -> PrivateKey:
    """The private key in a PEM file; asks for its passphrase where it has one. Raises :class:`Invalid`."""
    problem = Invalid(_("${file} is not a private key, or its passphrase is another.", mapping={"file": path.name}))
    try:
        key = _loaded(path)
    except (OSError, ValueError) as error:
        raise problem from error
    if not isinstance(key, PrivateKey):
        raise problem
    return key


def fingerprint(key: PublicKey) -> str:
    """SHA-256 of the public key, by which certificate and private key find each other."""
    plain = key.public_bytes(serialization.Encoding.DER, serialization.PublicFormat.SubjectPublicKeyInfo)
    return hashlib.sha256(plain).hexdigest()


def seal(content: bytes, key: PublicKey) -> dict[str, str]:
    """``content`` for the recipient alone, as JSON."""
    if isinstance(key, rsa.RSAPublicKey):
        secret = secrets.token_bytes(32)
        handed = key.encrypt(secret, _OAEP)
    else:
        made = ec.generate_private_key(key.curve)
        handed = made.public_key().public_bytes(
            serialization.Encoding.X962, serialization.PublicFormat.UncompressedPoint
        )
        secret = _agreed(made.exchange(ec.ECDH(), key), handed)
    nonce = secrets.token_bytes(12)
    sealed = AESGCM(secret).encrypt(nonce, content, _PURPOSE + handed)
    parts = {"key": handed, "nonce": nonce, "content": sealed}
    return {"recipient": fingerprint(key), **{name: base64.b64encode(part).decode() for name, part in parts.items()}}


def unseal(envelope: dict[str, Any], key: PrivateKey) -> bytes:
    """The content again; raises :class:`Invalid` for another's envelope and for one that was changed."""
    if envelope.get("recipient") != fingerprint(key.public_key()):
        raise Invalid(_("This export is sealed to another certificate than the one this private key belongs to."))
    try:
        handed, nonce, content = (base64.b64decode(envelope[name]) for name in ("key", "nonce", "content"))
        if isinstance(key, rsa.RSAPrivateKey):
            secret = key.decrypt(handed, _OAEP)
        else:
            theirs = ec.EllipticCurvePublicKey.from_encoded_point(key.curve, handed)
            secret = _agreed(key.exchange(ec.ECDH(), theirs), handed)
        return AESGCM(secret).decrypt(nonce, content, _PURPOSE + handed)
    except (InvalidTag, ValueError, KeyError) as error:
        raise Invalid(_("The keys of this export were changed since it was written. Nothing was imported.")) from error


def _agreed(shared: bytes, handed: bytes) -> bytes:
    return HKDF(hashes.SHA256(), 32, None, _PURPOSE + handed).derive(shared)


def _loaded(path: Path) -> Any:
    content = path.read_bytes()
    try:
        return serialization.load_pem_private_key(content, None)
    except TypeError:  # it has a passphrase
        return serialization.load_pem_private_key(content, getpass(f"Passphrase of {path}: ").encode())
