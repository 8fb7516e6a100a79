"""What every test shares: the environment of one run, set before anything of Plone is imported."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


# as for a process that serves classified content: nothing for others, temporary files in memory where there is such a place
os.umask(0o077)
os.environ.setdefault("PYTEST_DEBUG_TEMPROOT", tempfile.gettempdir())
_memory = tempfile.TemporaryDirectory(prefix="party-tests-", dir="/dev/shm")
os.environ["TMPDIR"] = tempfile.tempdir = _memory.name
_run = tempfile.TemporaryDirectory(prefix="run-")

os.environ["PARTY_VAR"] = _run.name
os.environ["PARTY_LEDGER"] = f"sqlite:///{Path(_run.name) / 'ledger.sqlite'}"
os.environ["PARTY_ZONE"] = "wan"
os.environ["PARTY_KEYS"] = f"file:{Path(_run.name) / 'keys'}"
os.environ["PARTY_AUDIT"] = f"sqlite:///{Path(_run.name) / 'audit.sqlite'}"
os.environ["zope_i18n_compile_mo_files"] = "true"
os.environ["zope_i18n_allowed_languages"] = "vi,en"


@pytest.fixture(scope="session", autouse=True)
def _keys() -> None:
    """A keyring of this run."""
    from party.operations.confidentiality import keys

    keys.create(os.environ["PARTY_KEYS"])


@pytest.fixture(scope="session", autouse=True)
def _remove_the_files_of_the_run() -> Iterator[None]:
    """Take away the temporary ledger and files when the last test is done."""
    yield
    _run.cleanup()
    _memory.cleanup()
