"""Rotation: data keys go to the new KEK, and are readable whenever it is cut short."""

import os
import random
import secrets
import signal
import subprocess
import sys
import time
from types import SimpleNamespace
from typing import Any

import pytest
import sqlalchemy as sa
import transaction

from party.operations import rotate_keys
from party.operations.confidentiality import data_keys as making
from party.operations.confidentiality import keys
from party.operations.confidentiality.keys import rotation
from party.operations.confidentiality.tables import data_keys
from party.operations.ledger import clock
from party.operations.ledger import engine
from party.operations.ledger import outbox
from party.operations.ledger import turn
from tests.postgres import postgresql
from tests.unit.ledger.conftest import ledger


__all__ = ["ledger", "postgresql"]

pytestmark = pytest.mark.usefixtures("ledger", "provider")

SCOPE = ("secret", "organ", 2026)
#: a process that rotates in small batches and says each, to be killed at one
ROTATING = """
import sys
from party.operations.confidentiality.keys import rotation
rotation.BATCH = 50
for step in rotation.rotate(sys.argv[1]):
    print(step.seen, flush=True)
"""


def fill(count: int, scope: tuple[str, str, int] = SCOPE) -> dict[str, bytes]:
    """So many data keys of one scope in the ledger; returns them in the clear by their ids."""
    provider, plain, rows = keys.provider(), {}, []
    kek = provider.kek(*scope)
    for _number in range(count):
        row = {"id": secrets.token_hex(8), "object": secrets.token_hex(16), "level": scope[0], "unit": scope[1]}
        label = making.label_of(SimpleNamespace(_mapping=row))
        plain[row["id"]] = secrets.token_bytes(32)
        rows.append(row | {"kek": kek, "wrapped": provider.wrap(kek, plain[row["id"]], label), "made_at": clock.now()})
    with turn.turn():
        turn.run(sa.insert(data_keys), rows)
    transaction.commit()
    return plain


def readable() -> dict[str, Any]:
    """All data keys, as the system opens them."""
    making.forget()
    names = [row.id for row in turn.rows(sa.select(data_keys.c.id))]
    opened = {}
    for at in range(0, len(names), 500):
        opened |= making.many(names[at : at + 500])
    return {name: found.key if isinstance(found, making.DataKey) else found for name, found in opened.items()}


def by_kek() -> dict[str, int]:
    """How many data keys hang on each KEK."""
    counted = sa.select(data_keys.c.kek, sa.func.count()).group_by(data_keys.c.kek)
    return dict(map(tuple, turn.rows(counted)))


def begin(*keks: str) -> list[str]:
    with turn.turn():
        wanted = rotation.begin(keks or None, "officer")
    transaction.commit()
    return wanted


def rotating(kek: str) -> "subprocess.Popen[str]":
    """A process that rotates."""
    environment = os.environ | {"PARTY_LEDGER": engine.database().writer.url.render_as_string(hide_password=False)}
    command = [sys.executable, "-c", ROTATING, kek]
    return subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment)


def test_all_data_keys_go_to_the_new_kek_and_open(provider) -> None:
    plain, old = fill(1200), provider.kek(*SCOPE)
    begin(old)
    steps = list(rotation.rotate(old))
    assert [each.seen for each in steps] == [500, 500, 200, 0]
    assert by_kek() == {provider.kek(*SCOPE): 1200}
    assert provider.kek(*SCOPE) != old
    assert readable() == plain
    assert (rotation.unfinished(), rotation.left()) == ([], {})


def test_other_scopes_stay_as_they_are(provider) -> None:
    fill(10)
    fill(20, ("top-secret", "organ", 2026))
    old, other = provider.kek(*SCOPE), provider.kek("top-secret", "organ", 2026)
    begin(old)
    list(rotation.rotate(old))
    assert by_kek() == {provider.kek(*SCOPE): 10, other: 20}


def test_a_rotation_killed_again_and_again_loses_nothing_and_ends(provider) -> None:
    plain, old = fill(2000), provider.kek(*SCOPE)
    begin(old)
    for _kill in range(2):
        process = rotating(old)
        for _step in range(random.randint(1, 15)):
            assert process.stdout.readline()
        time.sleep(random.uniform(0, 0.01))
        process.kill()
        process.communicate()
        assert process.returncode == -signal.SIGKILL
        assert readable() == plain
        assert len(provider.facts()) == 2
    assert by_kek()[old] > 0
    list(rotation.rotate(*rotation.unfinished()))
    assert by_kek() == {provider.kek(*SCOPE): 2000}
    assert readable() == plain


@pytest.mark.parametrize("url", ["file"], indirect=True)
def test_two_rotations_at_once_do_no_harm(provider) -> None:
    plain, old = fill(1000), provider.kek(*SCOPE)
    begin(old)
    both = [rotating(old), rotating(old)]
    assert [each.wait(60) for each in both if each.communicate()] == [0, 0]
    assert by_kek() == {provider.kek(*SCOPE): 1000}
    assert readable() == plain


def test_data_keys_made_meanwhile_are_moved_or_made_with_the_new_kek(provider) -> None:
    fill(600)
    old = provider.kek(*SCOPE)
    begin(old)
    steps = rotation.rotate(old)
    next(steps)
    late = {"id": "0" * 16, "object": "late", "level": "secret", "unit": "organ"}
    wrapped = provider.wrap(old, bytes(32), making.label_of(SimpleNamespace(_mapping=late)))
    with turn.turn():
        turn.run(sa.insert(data_keys).values(**late, kek=old, wrapped=wrapped, made_at=clock.now()))
        made = making.make("new", "secret", "organ")
    transaction.commit()
    list(steps)
    assert by_kek() == {provider.kek(*SCOPE): 602}
    assert readable()[late["id"]] == bytes(32)
    assert readable()[made.id] == made.key


def test_a_doctored_data_key_is_named_and_left_as_it_is(provider) -> None:
    plain, old = fill(30), provider.kek(*SCOPE)
    doctored, other = list(plain)[:2]
    with turn.turn():
        turn.run(sa.update(data_keys).where(data_keys.c.id == doctored).values(level="normal"))
        turn.run(sa.update(data_keys).where(data_keys.c.id == other).values(wrapped=bytes(60)))
    transaction.commit()
    begin(old)
    steps = list(rotation.rotate(old))
    assert {name for each in steps for name in each.broken} == {doctored, other}
    assert by_kek() == {provider.kek(*SCOPE): 28, old: 2}
    assert rotation.left() == {old: 2}
    assert rotation.unfinished() == []
    assert isinstance(readable()[doctored], keys.Broken)


def test_a_withheld_kek_waits_until_it_is_restored(provider) -> None:
    plain, old = fill(30), provider.kek(*SCOPE)
    begin(old)
    provider.withhold(old)
    with pytest.raises(keys.Withheld):
        list(rotation.rotate(old))
    assert rotation.unfinished() == [old]
    provider.restore(old)
    list(rotation.rotate(old))
    assert readable() == plain
    assert rotation.unfinished() == []


def test_an_unknown_kek_is_not_written_down() -> None:
    with pytest.raises(keys.Withheld):
        begin("unknown")
    transaction.abort()
    assert rotation.unfinished() == []


def test_the_worker_rotates_batch_by_batch(provider, monkeypatch) -> None:
    monkeypatch.setattr(rotation, "BATCH", 10)
    plain, old = fill(35), provider.kek(*SCOPE)
    with turn.turn():
        rotation.start([old], "officer")
    transaction.commit()
    done = 0
    while True:
        with turn.turn():
            job = outbox.claim()
        transaction.commit()
        if job is None:
            break
        assert (job.kind, job.actor) == (rotation.JOB, "officer")
        rotation.rotate_in_background(None, job.payload)
        with turn.turn():
            outbox.finish(job.id)
        transaction.commit()
        done += 1
    assert done == 5
    assert by_kek() == {provider.kek(*SCOPE): 35}
    assert readable() == plain
    assert rotation.unfinished() == []


def test_the_verb_renews_what_is_asked_for_and_says_what_is_left(provider, capsys) -> None:
    plain, old = fill(30), provider.kek(*SCOPE)
    other = provider.kek("top-secret", "organ", 2026)
    assert rotate_keys.main(None, ["--kek", old]) == 0
    told = capsys.readouterr().out
    assert f"data keys of {old} 30/30" in told
    assert "All data keys are wrapped by keys in use." in told
    assert provider.kek(*SCOPE) != old
    assert provider.kek("top-secret", "organ", 2026) == other
    assert readable() == plain


def test_the_verb_begins_nothing_anew_while_something_is_unfinished(provider, capsys) -> None:
    fill(30)
    fill(10, ("top-secret", "organ", 2026))
    first = provider.kek(*SCOPE)
    assert len(begin()) == 2
    next(rotation.rotate(first))
    for arguments in (["--all"], []):
        assert rotate_keys.main(None, arguments) == 0
        assert len(provider.facts()) == 4
        assert sorted(by_kek().values()) == [10, 30]
        assert rotation.left() == {}
    assert "Going on with the rotation of 2 keys" in capsys.readouterr().out
    assert rotate_keys.main(None, ["--all"]) == 0
    assert len(provider.facts()) == 6


def test_the_verb_tells_of_what_is_wrong(provider, capsys) -> None:
    plain, old = fill(3), provider.kek(*SCOPE)
    with turn.turn():
        turn.run(sa.update(data_keys).where(data_keys.c.id == next(iter(plain))).values(unit="another"))
    transaction.commit()
    assert rotate_keys.main(None, ["--kek", old]) == 1
    told = capsys.readouterr().out
    assert f"1 data keys are wrapped by the older key {old}" in told
    assert f"do not open: {next(iter(plain))}" in told
    assert rotate_keys.main(None, ["--kek", "unknown"]) == 1
    provider.withhold(provider.kek(*SCOPE))
    assert rotate_keys.main(None, ["--kek", provider.kek(*SCOPE)]) == 1
    assert "is withheld or unknown" in capsys.readouterr().err
    assert rotate_keys.main(None, ["all"]) == 2


def test_the_verb_without_keys_says_so(capsys) -> None:
    keys.configure("none")
    assert rotate_keys.main(None, []) == rotate_keys.main(None, ["--all"]) == 1
    assert "The keys are not available" in capsys.readouterr().err
