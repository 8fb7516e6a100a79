"""What kill -9 leaves: the short form of benchmarks/crash.py, one kill of each kind."""

import pytest

from benchmarks import crash


@pytest.fixture(scope="module")
def outcome() -> crash.Outcome:
    return crash.run(3)


def test_every_number_is_used_once_and_every_answer_stays_true(outcome: crash.Outcome) -> None:
    assert not outcome.problems
    assert outcome.answered


def test_what_a_crash_left_is_found_mended_and_then_gone(outcome: crash.Outcome) -> None:
    assert outcome.found >= 1
    assert outcome.voided >= 1
    assert outcome.left == 0
