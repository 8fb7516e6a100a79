"""Failed logins stand in the journal; the name that was typed does not."""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
import sqlalchemy as sa
from plone.testing.layer import Layer

from party.operations.confidentiality import audit
from party.operations.confidentiality.audit.tables import records
from party.operations.ledger import clock
from tests.office import Office
from tests.office import PASSWORD


WRONG = "khong-phai-mat-khau"


@pytest.fixture
def site(functional: Layer, functional_office: Office, time: clock.Frozen, tmp_path: Path) -> Iterator[str]:
    """The address of the site on the test's own server; it has a journal of this test's own."""
    audit.configure(f"sqlite:///{tmp_path / 'audit.sqlite'}")
    yield functional["portal"].absolute_url().replace("nohost", f"localhost:{functional['port']}")
    audit.configure(None)


def failures() -> list[dict[str, Any]]:
    with audit.database().reader.connect() as connection:
        found = connection.execute(
            sa.select(records.c.facts, records.c.actor).where(records.c.action == "login_failed")
        )
        return [json.loads(each.facts) for each in found]


def typed(site: str, login: str, password: str) -> None:
    data = {"__ac_name": login, "__ac_password": password, "buttons.login": "1"}
    requests.post(f"{site}/login", data=data, timeout=60)


def sent(site: str, login: str, password: str) -> None:
    requests.get(f"{site}/@desk", auth=(login, password), headers={"Accept": "application/json"}, timeout=60)


def asked(site: str, login: str, password: str) -> None:
    body = {"login": login, "password": password}
    requests.post(f"{site}/@login", json=body, headers={"Accept": "application/json"}, timeout=60)


@pytest.mark.parametrize("log_in", [typed, sent, asked])
def test_a_wrong_password_is_recorded_once_and_without_the_name(log_in: Any, site: str, tmp_path: Path) -> None:
    log_in(site, "vanthu", WRONG)
    (facts,) = failures()
    assert facts == {"login": audit.hidden("vanthu")}
    assert b"vanthu" not in b"".join(each.read_bytes() for each in tmp_path.glob("audit.sqlite*"))


@pytest.mark.parametrize("log_in", [typed, sent, asked])
def test_a_right_password_is_no_failure(log_in: Any, site: str) -> None:
    log_in(site, "vanthu", PASSWORD)
    assert failures() == []


@pytest.mark.parametrize("log_in", [typed, sent, asked])
def test_a_login_fails_as_ever_where_the_journal_cannot_be_written(log_in: Any, site: str, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    audit.configure(f"sqlite:///{tmp_path / 'file' / 'audit.sqlite'}")
    log_in(site, "vanthu", WRONG)


def test_who_is_known_and_may_not_see_a_page_is_no_failure(site: str) -> None:
    requests.get(f"{site}/@@overview-controlpanel", auth=("vanthu", PASSWORD), timeout=60)
    assert failures() == []
