"""The verb table of the command line."""

import pytest
from zope.dottedname.resolve import resolve

from party.operations import commands


@pytest.mark.parametrize("name", sorted(commands.VERBS))
def test_a_verb_names_a_function(name: str) -> None:
    assert callable(resolve(commands.VERBS[name].function))


def test_the_help_names_every_verb(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main("no.conf", ["help"]) == 0
    assert {line.split()[0] for line in capsys.readouterr().out.splitlines()[2:]} == set(commands.VERBS)


def test_an_unknown_verb_shows_the_help_and_fails(capsys: pytest.CaptureFixture[str]) -> None:
    assert commands.main("no.conf", ["fly"]) == 2
    assert "usage:" in capsys.readouterr().out
