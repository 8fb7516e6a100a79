"""The first officers come from the command line of the host."""

import pytest
import sqlalchemy as sa

from party.operations.confidentiality import clearances
from party.operations.confidentiality import tables
from party.operations.ledger import turn
from party.operations.security.commands import security_officers
from tests.office import Office


def holders(office: Office, kind: str) -> set[str]:
    logins = {person: login for login, person in office.people.items()}
    return {logins[row.person] for row in clearances.register() if row.kind == kind}


@pytest.fixture
def untrusted(office: Office, journal: None, as_system: None) -> Office:
    """The office before anybody was trusted."""
    with turn.turn():
        for table in (tables.clearances, tables.clearance_seals):
            turn.run(sa.delete(table))
    return office


def test_two_officers_and_an_auditor(untrusted: Office, capsys: pytest.CaptureFixture[str]) -> None:
    assert security_officers(None, ["chanhvp", "lanhdao.tw", "--auditor", "lanhdao"]) == 0
    assert holders(untrusted, "security_officer") == {"chanhvp", "lanhdao.tw"}
    assert holders(untrusted, "auditor") == {"lanhdao"}
    assert capsys.readouterr().out == "chanhvp, lanhdao.tw\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["chanhvp"],
        ["chanhvp", "chanhvp"],
        ["chanhvp", "nobody"],
        ["chanhvp", "lanhdao.tw", "--auditor", "chanhvp"],
    ],
)
def test_what_is_refused(arguments: list[str], untrusted: Office, capsys: pytest.CaptureFixture[str]) -> None:
    assert security_officers(None, arguments) == 1
    assert capsys.readouterr().err


def test_where_two_are_more_are_added_only_with_a_reason(trusted: Office, capsys: pytest.CaptureFixture[str]) -> None:
    assert security_officers(None, ["chanhvp", "lanhdao"]) == 1
    assert "2" in capsys.readouterr().err
    assert security_officers(None, ["chanhvp", "--add", "Cơ yếu nghỉ hưu"]) == 0
    assert holders(trusted, "security_officer") == {"coyeu", "coyeu2", "chanhvp"}


def test_not_in_the_internet_zone(untrusted: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PARTY_ZONE", "internet")
    assert security_officers(None, ["chanhvp", "lanhdao"]) == 1
    assert clearances.register() == []
