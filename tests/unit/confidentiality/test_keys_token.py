"""Keys in a token: they never leave it, and what is wrong with it is told or withheld."""

from types import SimpleNamespace
from typing import Any

import pkcs11
import pytest
from pkcs11 import Attribute
from pkcs11 import KeyType

from party.operations.confidentiality import keys
from tests import softhsm


pytestmark = pytest.mark.usefixtures("no_keys")


@pytest.fixture
def url(tmp_path, monkeypatch):
    url = softhsm.token(tmp_path, monkeypatch)
    keys.create(url)
    return url


@pytest.fixture
def provider(url):
    keys.configure(url)
    return keys.provider()


@pytest.fixture
def session(provider):
    """What somebody else who has the PIN can do."""
    with pkcs11.lib(str(softhsm.module())).get_token(token_label=softhsm.LABEL).open(rw=True) as session:
        yield session


def test_no_key_ever_leaves_the_token(provider, session):
    provider.kek("secret", "organ", 2026)
    found = list(session.get_objects({Attribute.CLASS: pkcs11.ObjectClass.SECRET_KEY}))
    assert {each.label for each in found} == {"party/root", "party/secret/organ/2026/1"}
    for each in found:
        assert each[Attribute.SENSITIVE]
        assert each[Attribute.NEVER_EXTRACTABLE]
        with pytest.raises(pkcs11.AttributeSensitive):
            each[Attribute.VALUE]
        with pytest.raises(pkcs11.AttributeReadOnly):
            each[Attribute.EXTRACTABLE] = True


def test_the_token_itself_refuses_a_withheld_key(provider, session):
    kek = provider.kek("secret", "organ", 2026)
    key, how = session.get_key(key_type=KeyType.AES), {"mechanism": pkcs11.Mechanism.AES_GCM}
    sealed = key.encrypt(bytes(32), mechanism_param=pkcs11.GCMParams(bytes(12)), **how)
    provider.withhold(kek)
    for call in (key.encrypt, key.decrypt):
        with pytest.raises(pkcs11.PKCS11Error):
            call(sealed, mechanism_param=pkcs11.GCMParams(bytes(12)), **how)


def test_a_key_that_was_destroyed_is_withheld(provider, session):
    kek = provider.kek("secret", "organ", 2026)
    wrapped = provider.wrap(kek, bytes(32), b"")
    session.get_key(key_type=KeyType.AES).destroy()
    for _time in range(2):
        with pytest.raises(keys.Withheld):
            provider.unwrap(kek, wrapped, b"")


def test_a_session_that_was_lost_is_opened_again(provider):
    kek = provider.kek("secret", "organ", 2026)
    wrapped = provider.wrap(kek, bytes(32), b"")
    pkcs11.lib(str(softhsm.module())).reinitialize()
    with pytest.raises(keys.Withheld):
        provider.unwrap(kek, wrapped, b"")
    assert provider.unwrap(kek, wrapped, b"") == bytes(32)


def test_a_key_of_the_same_generation_from_another_host_is_used_by_both(provider, session):
    first = provider.kek("secret", "organ", 2026)
    session.generate_key(
        KeyType.AES, 256, label="party/secret/organ/2026/1", id=bytes(8), store=True, template={Attribute.PRIVATE: True}
    )
    assert provider.kek("secret", "organ", 2026) == bytes(8).hex()
    assert provider.unwrap(first, provider.wrap(first, bytes(32), b""), b"") == bytes(32)


def test_a_token_without_our_root_is_not_taken_for_ours(tmp_path, monkeypatch):
    url = softhsm.token(tmp_path, monkeypatch)
    with pytest.raises(keys.Unusable, match="not prepared"):
        keys.configure(url)


def test_a_wrong_pin_is_tried_once_and_does_not_lock_the_token(url, tmp_path, monkeypatch):
    wrong = tmp_path / "wrong"
    wrong.write_text("9999")
    wrong.chmod(0o400)
    monkeypatch.setenv("PARTY_KEYS_PIN", str(wrong))
    token = pkcs11.lib(str(softhsm.module())).get_token(token_label=softhsm.LABEL)
    tries = []
    monkeypatch.setattr(pkcs11, "lib", lambda module: SimpleNamespace(get_token=lambda token_label: Counting()))

    class Counting:
        def open(self, **options: Any) -> Any:
            tries.append(options)
            return token.open(**options)

    for _time in range(20):
        with pytest.raises(keys.Unusable, match="does not take the PIN"):
            keys.configure(url)
    assert len(tries) == 1


def test_what_is_wrong_with_the_token_is_said(url, tmp_path, monkeypatch):
    module = softhsm.module()
    with pytest.raises(keys.Unusable, match="no token “other”"):
        keys.configure(f"pkcs11:{module}?token=other")
    with pytest.raises(keys.Unusable, match="cannot be used"):
        keys.configure(f"pkcs11:{tmp_path / 'nothing.so'}?token=party")
    wrong = tmp_path / "wrong"
    wrong.write_text("0815")
    wrong.chmod(0o400)
    monkeypatch.setenv("PARTY_KEYS_PIN", str(wrong))
    with pytest.raises(keys.Unusable, match="does not take the PIN"):
        keys.configure(url)
    wrong.chmod(0o444)
    with pytest.raises(keys.Unusable, match="chmod 0400"):
        keys.configure(url)
    monkeypatch.delenv("PARTY_KEYS_PIN")
    with pytest.raises(keys.Unusable, match="PARTY_KEYS_PIN"):
        keys.configure(url)
