"""A PKCS#11 token of a test's own: Debian's SoftHSM with its tokens in a temporary folder.

The tests need the real thing. Where it is not installed they fail and say so; they are never skipped.
"""

import os
import shutil
import subprocess
from pathlib import Path

import pkcs11
import pytest


LABEL = "party"
_PLACES = ("softhsm/libsofthsm2.so", "*/softhsm/libsofthsm2.so", "*/libsofthsm2.so")


def module() -> Path:
    """The PKCS#11 module of Debian's package."""
    found = [path for place in _PLACES for path in Path("/usr/lib").glob(place)]
    if not found or shutil.which("softhsm2-util") is None:
        pytest.fail(
            "SoftHSM is not installed: no libsofthsm2.so below /usr/lib. "
            "`make test` installs Debian's package softhsm2; by hand: apt-get install softhsm2."
        )
    return found[0]


def token(folder: Path, environment: pytest.MonkeyPatch, label: str = LABEL) -> str:
    """An empty token in ``folder`` and the address of its keys, with the environment that leads to them."""
    tokens, settings, pin = folder / "tokens", folder / "softhsm2.conf", folder / "pin"
    tokens.mkdir(exist_ok=True)
    settings.write_text(f"directories.tokendir = {tokens}\nobjectstore.backend = file\nlog.level = ERROR\n")
    if not pin.exists():
        pin.write_text("4711\n")
        pin.chmod(0o400)
    environment.setenv("SOFTHSM2_CONF", str(settings))
    environment.setenv("PARTY_KEYS_PIN", str(pin))
    command = ["softhsm2-util", "--init-token", "--free", "--label", label, "--so-pin", "12345678", "--pin", "4711"]
    subprocess.run(command, check=True, capture_output=True, env=dict(os.environ))
    # the module looks for tokens when it begins; another test may have begun it elsewhere
    pkcs11.lib(str(module())).reinitialize()
    return f"pkcs11:{module()}?token={label}"
