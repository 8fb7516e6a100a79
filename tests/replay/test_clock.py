"""The clock of a trial: in its own site only."""

from datetime import datetime
from datetime import timedelta
from datetime import UTC

import pytest

from party.operations.ledger import clock


THEN = datetime(2025, 6, 13, 8, tzinfo=clock.VIETNAM)


@pytest.fixture
def process(monkeypatch, tmp_path):
    """A process whose data are in ``tmp_path`` and which has not asked for the time yet."""
    monkeypatch.setenv("PARTY_VAR", str(tmp_path))
    clock._trial.cache_clear()
    yield monkeypatch
    clock._trial.cache_clear()


def test_a_process_of_a_trial_works_by_its_clock_which_runs_on_and_can_be_set_again(process, tmp_path):
    process.setenv(clock.TRIAL, "yes")
    clock.shift(tmp_path, THEN)
    first = clock.now()
    assert THEN <= first < THEN + timedelta(seconds=10)
    assert clock.now() > first
    assert clock.today() == THEN.date()
    clock.shift(tmp_path, THEN + timedelta(days=1))
    assert clock.today() == THEN.date() + timedelta(days=1)


def test_the_log_says_so(process, tmp_path, caplog):
    process.setenv(clock.TRIAL, "yes")
    clock.shift(tmp_path, THEN)
    clock.now()
    clock.now()
    assert [each.getMessage()[:52] for each in caplog.records] == [
        "This process works by the clock of a trial: it is 20"
    ]


def test_other_processes_go_by_the_true_time(process, tmp_path):
    process.delenv(clock.TRIAL, raising=False)
    clock.shift(tmp_path, THEN)
    assert abs(clock.now() - datetime.now(UTC)) < timedelta(seconds=10)


def test_a_process_for_a_trial_refuses_another_site(process):
    process.setenv(clock.TRIAL, "yes")
    with pytest.raises(clock.NoTrial, match="was not made for a trial"):
        clock.now()


def test_a_site_with_data_is_never_made_a_trial(tmp_path):
    (tmp_path / "filestorage").mkdir()
    (tmp_path / "filestorage/Data.fs").touch()
    with pytest.raises(clock.NoTrial):
        clock.shift(tmp_path, THEN)
    assert not (tmp_path / clock.TRIAL_CLOCK).exists()
