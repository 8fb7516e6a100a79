"""Nothing of a classified document comes out, and nobody learns that it is there: one short run of the whole battery."""

from pathlib import Path

import pytest

from tests.leaks import suite


#: the harness leaves connections to servers that it has stopped
pytestmark = [
    pytest.mark.filterwarnings("ignore::ResourceWarning"),
    pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning"),
]

#: what was asked and found is kept here
WRITTEN = Path(__file__).parents[2] / "test-results" / "leaks.txt"

#: each channel is asked as every so manieth attacker; `make leaks` asks as all of them
EVERY = 12


@pytest.fixture(scope="module")
def outcome() -> suite.Outcome:
    found = suite.run(EVERY)
    suite.written(found, WRITTEN)
    return found


def test_the_battery_sees_every_mark_where_it_may_be_seen(outcome: suite.Outcome) -> None:
    assert not {name: fields for name, fields in outcome.unseen.items() if fields}
    assert outcome.open_traces


def test_nothing_comes_out(outcome: suite.Outcome) -> None:
    assert outcome.report.probes > 5000
    assert not list(map(str, outcome.report.of("content")))


def test_nobody_learns_that_it_is_there(outcome: suite.Outcome) -> None:
    # how long an answer takes is measured by `make leaks` on a quiet machine, never by a test
    assert not [str(each) for each in outcome.report.of("existence") if each.group != "timing"]


def test_nobody_has_changed_it(outcome: suite.Outcome) -> None:
    assert not list(map(str, outcome.report.of("change")))
    assert not {name: fields for name, fields in outcome.unseen_afterwards.items() if fields}


def test_no_file_holds_it_and_no_cache_may_keep_it(outcome: suite.Outcome) -> None:
    assert not list(map(str, outcome.report.of("trace")))


@pytest.mark.parametrize("layer", suite.LAYERS)
def test_with_one_layer_switched_off_still_nothing_comes_out(outcome: suite.Outcome, layer: str) -> None:
    assert outcome.without[layer].probes > 100
    assert not {name: fields for name, fields in outcome.unseen_without[layer].items() if fields}
    assert not list(map(str, outcome.without[layer].of("content")))


def test_a_site_with_secrets_looks_like_one_where_their_numbers_are_voided(outcome: suite.Outcome) -> None:
    assert outcome.compared > 50
    assert not outcome.differences
