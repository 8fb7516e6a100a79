"""What every test shares: the environment of one run, set before anything of Plone is imported."""

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest


_run = tempfile.TemporaryDirectory(prefix="party-tests-")

os.environ["PARTY_VAR"] = _run.name
os.environ["PARTY_LEDGER"] = f"sqlite:///{Path(_run.name) / 'ledger.sqlite'}"
os.environ["PARTY_ZONE"] = "wan"
os.environ["zope_i18n_compile_mo_files"] = "true"
os.environ["zope_i18n_allowed_languages"] = "vi,en"


@pytest.fixture(scope="session", autouse=True)
def _remove_the_files_of_the_run() -> Iterator[None]:
    """Take away the temporary ledger and files when the last test is done."""
    yield
    _run.cleanup()
