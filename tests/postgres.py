"""A PostgreSQL of the test run's own: Debian's server in a temporary folder, reached by a UNIX socket.

The tests need the real thing. Where the server is not installed they fail and say so; they are never skipped.
"""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest


#: PostgreSQL refuses to run as root; Debian's package makes this account
_ACCOUNT = "postgres"
_START_SECONDS = 60


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The SQLAlchemy URL of a PostgreSQL that runs as long as the tests do."""
    with server() as url:
        yield url


@contextmanager
def server() -> Iterator[str]:
    """Run a server; gives the SQLAlchemy URL of an empty database, encoded in UTF-8."""
    # in the system's folder, not in that of the run: another account must get there, and the path must be short, for the
    # name of a UNIX socket has at most 107 bytes
    home = Path(tempfile.mkdtemp(prefix="party-pg-", dir=os.environ.get("PYTEST_DEBUG_TEMPROOT")))
    try:
        data, log = home / "data", home / "log"
        with log.open("wb") as output:
            options: dict[str, Any] = {"stdout": output, "stderr": subprocess.STDOUT, "cwd": home}
            if os.getuid() == 0:
                shutil.chown(home, _ACCOUNT)
                options |= {"user": _ACCOUNT, "group": _ACCOUNT, "extra_groups": []}
            _run(
                [_binary("initdb"), "-D", data, "-U", _ACCOUNT, "-A", "trust", "-E", "UTF8", "--locale=C.UTF-8", "-N"],
                options,
            )
            # without a network address; what a power cut would do is not asked here
            settings = ("listen_addresses=", f"unix_socket_directories={home}", "fsync=off", "max_connections=120")
            command = [_binary("postgres"), "-D", data, *(part for each in settings for part in ("-c", each))]
            process = subprocess.Popen(command, **options)
            try:
                _wait(home, process, log)
                yield f"postgresql+psycopg2://{_ACCOUNT}@/postgres?host={home}"
            finally:
                process.terminate()
                process.wait(_START_SECONDS)
    finally:
        shutil.rmtree(home, ignore_errors=True)


def _binary(name: str) -> Path:
    """Debian keeps the server's programs beside its version, not on the path."""
    on_path = shutil.which(name)
    found = ([Path(on_path)] if on_path else []) + sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    if not found:
        pytest.fail(
            f"PostgreSQL is not installed: no program “{name}” below /usr/lib/postgresql or on the path. "
            "`make test` installs Debian's package postgresql; by hand: apt-get install postgresql."
        )
    return found[-1]


def _run(command: list[Any], options: dict[str, Any]) -> None:
    code = subprocess.run(command, check=False, **options).returncode
    if code:
        pytest.fail(f"{command[0]} ended with {code}:\n{Path(options['stdout'].name).read_text(encoding='utf-8')}")


def _wait(home: Path, process: "subprocess.Popen[bytes]", log: Path) -> None:
    ready = [_binary("pg_isready"), "-q", "-h", home, "-U", _ACCOUNT]
    limit = time.monotonic() + _START_SECONDS
    while subprocess.run(ready, check=False).returncode:
        if process.poll() is not None or time.monotonic() > limit:
            pytest.fail(f"PostgreSQL did not start:\n{log.read_text(encoding='utf-8')}")
        time.sleep(0.05)
