"""A session counts at the door where it was begun."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from party.operations import sessions
from party.operations.confidentiality import keys


@pytest.fixture(autouse=True)
def _door(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[None]:
    monkeypatch.setenv("PARTY_VAR", str(tmp_path))
    monkeypatch.setattr(keys, "available", lambda: False)
    be_at("wan", monkeypatch)
    yield
    sessions._key.cache_clear()


def be_at(zone: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARTY_ZONE", zone)
    sessions._key.cache_clear()


def cookie(given: str) -> str:
    """What a browser sends of it."""
    return given.partition(";")[0]


@pytest.mark.parametrize("value", ["abc%3D", '"abc%3D"', "a.b"])
def test_a_session_comes_back_as_it_was_given(value: str) -> None:
    given = sessions.given(f"__ac={value}; Path=/; HttpOnly")
    assert given.startswith("__ac_wan=")
    assert given.endswith("; Path=/; HttpOnly")
    assert sessions.brought(f"a=1; {cookie(given)}; b=2") == f'a=1; __ac="{value.strip(chr(34))}"; b=2'


def test_another_process_of_the_zone_knows_it(monkeypatch: pytest.MonkeyPatch) -> None:
    given = cookie(sessions.given("__ac=abc"))
    be_at("wan", monkeypatch)
    assert sessions.brought(given) == '__ac="abc"'


def test_it_is_worth_nothing_at_the_other_door(monkeypatch: pytest.MonkeyPatch) -> None:
    given = cookie(sessions.given("__ac=abc"))
    be_at("internet", monkeypatch)
    assert sessions.brought(given) == given  # a cookie of some other name
    assert sessions.brought(given.replace("__ac_wan", "__ac_internet")) == ""


@pytest.mark.parametrize("made_up", ["__ac=abc", '__ac_wan="abc"', '__ac_wan="abc.0"', "__ac_wan=", "__ac_wan=é.é"])
def test_what_was_made_up_is_taken_away(made_up: str) -> None:
    assert sessions.brought(f"a=1; {made_up}") == "a=1"


def test_other_cookies_are_left_alone() -> None:
    assert sessions.given("statusmessages=abc; Path=/") == "statusmessages=abc; Path=/"
    assert sessions.brought("a=1; __cp=2") == "a=1; __cp=2"


def test_the_key_is_readable_by_its_process_alone(tmp_path: Path) -> None:
    sessions.given("__ac=abc")
    (made,) = (tmp_path / "wan").iterdir()
    assert made.stat().st_mode & 0o777 == 0o600
