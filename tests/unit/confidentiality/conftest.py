"""Key providers of a test: a keyring in a folder, and a token of SoftHSM."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from party.operations.confidentiality import keys
from tests import softhsm


@pytest.fixture
def no_keys(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """No keys before and after the test, whatever the run has."""
    for name in ("PARTY_KEYS", "PARTY_KEYS_PASSPHRASE", "PARTY_KEYS_PIN"):
        monkeypatch.delenv(name, raising=False)
    keys.configure(None)
    yield
    keys.configure(None)


@pytest.fixture
def directory(tmp_path: Path, no_keys: None) -> Path:
    """A directory with a new keyring."""
    keys.create(f"file:{tmp_path / 'keys'}")
    return tmp_path / "keys"


@pytest.fixture(params=["file", "pkcs11"])
def url(request: pytest.FixtureRequest, tmp_path: Path, no_keys: None, monkeypatch: pytest.MonkeyPatch) -> str:
    """Where new keys are, in each kind of place; a subprocess finds them too."""
    url = f"file:{tmp_path / 'keys'}" if request.param == "file" else softhsm.token(tmp_path, monkeypatch)
    keys.create(url)
    monkeypatch.setenv("PARTY_KEYS", url)
    return url


@pytest.fixture
def provider(url: str) -> keys.KeyProvider:
    """The provider of this process."""
    keys.configure(url)
    return keys.provider()
