"""Files that only the account of the service may read (tệp riêng): keyring, passphrase, PIN."""

import fcntl
import os
from collections.abc import Iterator
from contextlib import contextmanager
from contextlib import suppress
from pathlib import Path

from party.operations.confidentiality.keys.base import Unusable


def directory(path: Path) -> None:
    """Make a directory for the service alone, or check one that is there."""
    with suppress(FileExistsError):
        path.mkdir(mode=0o700, parents=True)
    check(path)


def check(path: Path) -> None:
    """Raise :class:`Unusable` where ``path`` is missing, another account's, or open to group or others."""
    try:
        found = path.stat()
    except OSError as error:
        raise Unusable(f"The keys cannot be used: {path}: {error.strerror}.") from error
    if found.st_mode & 0o077:
        mode = "0700" if path.is_dir() else "0400"
        raise Unusable(f"The keys are not used: {path} is open to other accounts. Run: chmod {mode} {path}")
    if found.st_uid not in (0, os.geteuid()):
        raise Unusable(f"The keys are not used: {path} belongs to another account than that of the service.")


def read(path: Path) -> bytes:
    """The content of such a file."""
    check(path)
    try:
        return path.read_bytes()
    except OSError as error:
        raise Unusable(f"The keys cannot be used: {path}: {error.strerror}.") from error


def word(path: Path) -> bytes:
    """The passphrase or PIN that such a file holds, without the end of its line."""
    found = read(path).rstrip(b"\r\n")
    if not found:
        raise Unusable(f"The keys cannot be used: {path} is empty.")
    return found


def write(path: Path, content: bytes) -> None:
    """Write a file 0400, whole or not at all; only under :func:`alone`, or where nobody else writes yet."""
    fresh = path.with_name(f"{path.name}.new")
    fresh.unlink(missing_ok=True)
    descriptor = os.open(fresh, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o400)
    with os.fdopen(descriptor, "wb") as target:
        target.write(content)
        target.flush()
        os.fsync(target.fileno())
    fresh.rename(path)
    holder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(holder)
    finally:
        os.close(holder)


@contextmanager
def alone(path: Path) -> Iterator[None]:
    """Hold the lock of an existing file or directory: of all processes and threads only one is in the block."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield
    finally:
        os.close(descriptor)
