"""A KEK with 10,000 data keys is replaced, killed half way and gone on with: every data key opens at every moment.

The same with the keys in a file and in a token (SoftHSM), the ledger being the embedded one. Beside it what wrapping and
unwrapping take, and the same batches of rows written to the same ledger without any cipher.
"""

import os
import random
import secrets
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
import sqlalchemy as sa
import transaction

from benchmarks.table import show
from party.operations.confidentiality import data_keys as opening
from party.operations.confidentiality import keys
from party.operations.confidentiality.keys import rotation
from party.operations.confidentiality.tables import data_keys
from party.operations.ledger import clock
from party.operations.ledger import engine
from party.operations.ledger import turn
from tests import softhsm


COUNT = 10_000
SCOPE = ("top-secret", "organ", 2026)
#: wrappings timed by themselves
TIMED = 5_000

_ROTATING = """
import sys
from party.operations.confidentiality.keys import rotation
for step in rotation.rotate(sys.argv[1]):
    print(step.seen, flush=True)
"""


def main(arguments: list[str]) -> int:
    """Rotate with both kinds of keys; the exit code says whether everything opened."""
    rows, right = [], True
    for kind in ("file", "token"):
        with tempfile.TemporaryDirectory(prefix="party-bench-") as name, pytest.MonkeyPatch.context() as environment:
            folder = Path(name)
            url = f"file:{folder / 'keys'}" if kind == "file" else softhsm.token(folder, environment)
            environment.setenv("PARTY_KEYS", url)
            environment.setenv("PARTY_LEDGER", f"sqlite:///{folder / 'ledger.sqlite'}")
            keys.create(url)
            keys.configure(url)
            engine.configure(os.environ["PARTY_LEDGER"])
            engine.create_tables()
            measured = _rotation()
            rows.append((kind, *measured))
            right = right and not any(measured[-3:])
            engine.dispose()
            keys.configure(None)
    show(
        f"{COUNT:,} data keys of one KEK, the rotation killed half way and gone on with",
        (
            "keys in",
            "wrap/s",
            "unwrap/s",
            "rotated/s",
            "÷ plain updates",
            "moved at the kill",
            "unreadable then",
            "unreadable at the end",
            "left",
        ),
        rows,
    )
    return 0 if right else 1


def _rotation() -> tuple[float, float, float, float, int, int, int, int]:
    """What a row of the table holds after the kind of keys."""
    provider = keys.provider()
    old = provider.kek(*SCOPE)
    plain = _fill(old)
    wrapped = provider.wrap(old, bytes(32), b"label")
    wraps = _rate(lambda: provider.wrap(old, bytes(32), b"label"))
    unwraps = _rate(lambda: provider.unwrap(old, wrapped, b"label"))
    rotation.committed(lambda: _begin(old))
    with subprocess.Popen([sys.executable, "-c", _ROTATING, old], stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        for _step in range(COUNT // rotation.BATCH // 2):
            process.stdout.readline()
        time.sleep(random.uniform(0, 0.03))
        process.kill()
    remaining = rotation.count(old)
    torn = _unreadable(plain)
    began = time.perf_counter()
    for _batch in rotation.rotate(*rotation.unfinished()):
        pass
    rotated = remaining / (time.perf_counter() - began)
    return (
        *(wraps, unwraps, rotated, rotated / _plain_updates()),
        *(COUNT - remaining, torn, _unreadable(plain), rotation.count(old)),
    )


def _fill(kek: str) -> dict[str, bytes]:
    """Data keys in the ledger; returned in the clear by their ids."""
    provider, plain, rows = keys.provider(), {}, []
    for _number in range(COUNT):
        row = {"id": secrets.token_hex(8), "object": secrets.token_hex(16), "level": SCOPE[0], "unit": SCOPE[1]}
        plain[row["id"]] = secrets.token_bytes(32)
        wrapped = provider.wrap(kek, plain[row["id"]], opening.label_of(SimpleNamespace(_mapping=row)))
        rows.append({**row, "kek": kek, "wrapped": wrapped, "made_at": clock.now()})

    def write() -> None:
        with turn.turn():
            turn.run(sa.insert(data_keys), rows)

    rotation.committed(write)
    return plain


def _begin(kek: str) -> None:
    with turn.turn():
        rotation.begin([kek], "benchmark")


def _unreadable(plain: dict[str, bytes]) -> int:
    """How many data keys do not open to what they were."""
    opening.forget()
    names, wrong = sorted(plain), 0
    for at in range(0, COUNT, rotation.BATCH):
        found = opening.many(names[at : at + rotation.BATCH])
        wrong += sum(getattr(found.get(name), "key", None) != plain[name] for name in names[at : at + rotation.BATCH])
    return wrong


def _rate(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    for _number in range(TIMED):
        work()
    return TIMED / (time.perf_counter() - began)


def _plain_updates() -> float:
    """Rows per second written to the same ledger in the same batches, with nothing wrapped."""
    names = [row.id for row in turn.rows(sa.select(data_keys.c.id))]
    statement = sa.update(data_keys).where(data_keys.c.id == sa.bindparam("key")).values(unit=sa.bindparam("to"))
    began = time.perf_counter()
    for at in range(0, COUNT, rotation.BATCH):
        transaction.begin()
        with turn.turn():
            turn.run(statement, [{"key": name, "to": SCOPE[1]} for name in names[at : at + rotation.BATCH]])
        transaction.commit()
    return COUNT / (time.perf_counter() - began)
