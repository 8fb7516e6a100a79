"""The journal on the screen and at /@audit: for auditors, who are recorded too; for everybody else it is not there."""

import csv
import io
from collections.abc import Callable
from collections.abc import Iterator
from contextlib import ExitStack
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import requests
import sqlalchemy as sa
import transaction
from jsonschema import Draft202012Validator
from openpyxl import load_workbook
from plone.testing.layer import Layer

from party.operations.confidentiality import audit
from party.operations.confidentiality.audit import reading
from party.operations.confidentiality.audit.tables import records
from party.operations.ledger import clock
from party.operations.security.services.audit.get import LIST
from tests.clearances import AUDITOR
from tests.office import Office
from tests.office import PASSWORD
from tests.plone.browsing import Browser
from tests.plone.browsing import Page
from tests.plone.browsing import said


Browse = Callable[[str], Browser]

UID = "d0c" + "0" * 29
OTHER = "d0c" + "1" * 29


@pytest.fixture
def site(functional: Layer) -> str:
    """The address of the site on the test's own server."""
    return functional["portal"].absolute_url().replace("nohost", f"localhost:{functional['port']}")


@pytest.fixture
def journal(tmp_path: Path, functional_office: Office, time: clock.Frozen) -> Iterator[Office]:
    """The office with a journal of this test's own: a leader read and printed, a clerk was refused."""
    audit.configure(f"sqlite:///{tmp_path / 'audit.sqlite'}")
    people = functional_office.people
    audit.record("reveal", UID, actor=people["lanhdao"], purpose="view")
    time.advance(days=1)
    audit.record("print", [UID, OTHER], actor=people["lanhdao"], copy=1)
    time.advance(days=1)
    audit.record("download", OTHER, actor=people["vanthu"], outcome="refused")
    yield functional_office
    audit.configure(None)


@pytest.fixture
def browse(site: str, journal: Office) -> Iterator[Browse]:
    """A browser for each login."""
    with ExitStack() as windows:
        yield lambda login: windows.enter_context(Browser(site, login))


def lines(page: Page) -> list[str]:
    return [" ".join(each.text_content().split()) for each in page.tree.xpath("//main//table/tbody/tr")]


def actions() -> list[tuple[str, str]]:
    with audit.database().reader.connect() as connection:
        found = connection.execute(sa.select(records.c.actor, records.c.action).order_by(records.c.id))
        return [(each.actor, each.action) for each in found]


def test_an_auditor_sees_who_did_what_newest_first_with_names(browse: Browse) -> None:
    found = lines(browse(AUDITOR[0]).open("@@audit"))
    assert AUDITOR[1] in found[0]
    assert said("Journal read") in found[0]
    assert "Nguyễn Thị Mai" in found[1]
    assert said("Refused") in found[1]
    assert said("Printed") in found[2]
    assert UID in found[3]
    assert "purpose=view" in found[3]


def test_reading_is_recorded_with_what_was_looked_for(browse: Browse, journal: Office) -> None:
    browse(AUDITOR[0]).open(f"@@audit?object={UID}&action=print&person=lanhdao&since=24/11/2026")
    with audit.database().reader.connect() as connection:
        row = connection.execute(sa.select(records).where(records.c.action == "audit_read")).one()
    assert row.actor == journal.people[AUDITOR[0]]
    assert row.objects == f'["{UID}"]'
    assert row.facts == f'{{"person":"{journal.people["lanhdao"]}","since":"2026-11-24","what":"print"}}'


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ({"person": "lanhdao"}, ["print", "reveal"]),
        ({"person": "mai"}, ["download"]),
        ({"person": "nobody-of-that-name"}, []),
        ({"action": "reveal"}, ["reveal"]),
        ({"object": OTHER}, ["download", "print"]),
        ({"outcome": "refused"}, ["download"]),
        ({"zone": "internet"}, []),
        ({"since": "25/11/2026", "until": "25/11/2026"}, ["print"]),
        ({"until": "24/11/2026"}, ["reveal"]),
    ],
)
def test_the_list_is_filtered(query: dict[str, str], found: list[str], browse: Browse) -> None:
    browser = browse(AUDITOR[0])
    page = Page(browser, browser.get(f"{browser.site}/@@audit", params=query))
    own = said("Journal read")
    labels = [said(str(audit.ACTIONS[each])) for each in found]
    shown = [each for each in lines(page) if own not in each]
    assert len(shown) == len(labels)
    assert all(label in line for label, line in zip(labels, shown, strict=True))


def test_a_filter_that_means_nothing_is_said_and_shows_nothing(browse: Browse) -> None:
    page = browse(AUDITOR[0]).open("@@audit?since=x&object=a%20b")
    assert page.errors
    assert lines(page) == []


def test_pages_follow_each_other_without_a_gap(journal: Office) -> None:
    for number in range(2 * reading.PAGE):
        audit.record("reveal", UID, actor="x", number=number)
    store, wanted = audit.database(), reading.Filter(actors=("x",))
    first = reading.page(store, wanted)
    second = reading.page(store, wanted, first.following or "")
    numbers = [each.facts["number"] for each in (*first.rows, *second.rows)]
    assert numbers == list(reversed(range(2 * reading.PAGE)))
    assert second.following is None


def test_csv_and_xlsx_hold_the_filtered_lines_and_are_recorded(browse: Browse, journal: Office) -> None:
    browser = browse(AUDITOR[0])
    answer = browser.get(f"{browser.site}/@@export-audit", params={"format": "csv", "person": "lanhdao"})
    assert answer.headers["Cache-Control"] == "no-store"
    table = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))
    assert table[0][0] == said("Time")
    assert [row[3] for row in table[1:]] == [said("Printed"), said("Content read")]
    answer = browser.get(f"{browser.site}/@@export-audit", params={"format": "xlsx", "person": "lanhdao"})
    sheet = load_workbook(io.BytesIO(answer.content)).active
    assert [[cell or "" for cell in row] for row in sheet.iter_rows(values_only=True)] == table
    assert [action for _who, action in actions()].count("audit_export") == 2


def test_a_person_whose_name_looks_like_a_formula_is_text_in_both_files(
    browse: Browse, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        "party.operations.security.audit.names_of", lambda lines: {each.actor: "=1+1" for each in lines}
    )
    browser = browse(AUDITOR[0])
    content = browser.get(f"{browser.site}/@@export-audit").content.decode("utf-8-sig")
    assert {row[1] for row in list(csv.reader(io.StringIO(content)))[1:]} == {"'=1+1"}
    book = load_workbook(io.BytesIO(browser.get(f"{browser.site}/@@export-audit?format=xlsx").content))
    assert {row[1].data_type for row in list(book.active.iter_rows())[1:]} == {"s"}


def verify(browser: Browser) -> Page:
    page = browser.open("@@audit")
    token = page.tree.xpath("//form[contains(@action, '@@verify-audit')]/input[@name='_authenticator']/@value")[0]
    return Page(browser, browser.post(f"{browser.site}/@@verify-audit", data={"_authenticator": token}))


def test_the_check_says_when_and_that_all_is_whole(browse: Browse) -> None:
    page = verify(browse(AUDITOR[0]))
    (said_so,) = page.tree.xpath("//section[@id='verified']")
    text = " ".join(said_so.text_content().split())
    assert "26/11/2026 09:00:00" in text
    assert said("The journal is whole: nothing was changed, removed or inserted.") in text


def test_the_check_names_a_record_that_was_edited(browse: Browse) -> None:
    with audit.database().writer.begin() as connection:
        connection.execute(sa.update(records).where(records.c.action == "print").values(outcome="refused"))
    page = verify(browse(AUDITOR[0]))
    (problem,) = page.tree.xpath("//section[@id='verified']//li")
    with audit.database().reader.connect() as connection:
        row = connection.execute(sa.select(records).where(records.c.action == "print")).one()
    assert row.stream in problem.text_content()
    assert str(row.seq) in problem.text_content()


def test_the_check_wants_a_post_that_was_meant(browse: Browse) -> None:
    browser = browse(AUDITOR[0])
    assert browser.get(f"{browser.site}/@@verify-audit").status_code == 403
    assert browser.post(f"{browser.site}/@@verify-audit", data={}).status_code == 403


@pytest.mark.parametrize("page", ["@@audit", "@@export-audit", "@@verify-audit", "@audit"])
@pytest.mark.parametrize("login", ["lanhdao", "coyeu", "manager"])
def test_for_others_it_is_not_there_and_the_try_is_recorded(
    page: str, login: str, site: str, journal: Office, functional_portal: Any
) -> None:
    if login == "manager":
        functional_portal.acl_users.source_users.addUser("manager", "manager", PASSWORD)
        functional_portal.acl_users.portal_role_manager.assignRoleToPrincipal("Manager", "manager")
        transaction.commit()
    headers = {"Accept": "application/json"}
    answer = requests.get(f"{site}/{page}", auth=(login, PASSWORD), headers=headers, timeout=60)
    nothing = requests.get(f"{site}/{page[:-3]}xxx", auth=(login, PASSWORD), headers=headers, timeout=60)
    assert (answer.status_code, answer.json()) == (nothing.status_code, nothing.json())
    assert answer.status_code == 404
    assert actions()[-1] == (journal.people.get(login, login), "audit_read")


def test_an_auditor_of_yesterday_sees_nothing(browse: Browse, journal: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = browse(AUDITOR[0])
    monkeypatch.setattr("party.operations.confidentiality.clearances.is_officer", lambda *asked: False)
    assert browser.get(f"{browser.site}/@@audit").status_code == 404


def test_through_the_internet_zone_it_is_not_there(browse: Browse, monkeypatch: pytest.MonkeyPatch) -> None:
    browser = browse(AUDITOR[0])
    monkeypatch.setenv("PARTY_ZONE", "internet")
    assert browser.get(f"{browser.site}/@@audit").status_code == 404


def test_other_systems_of_auditors_read_it(site: str, journal: Office) -> None:
    def ask(**query: str) -> Any:
        headers = {"Accept": "application/json"}
        answer = requests.get(f"{site}/@audit", params=query, auth=(AUDITOR[0], PASSWORD), headers=headers, timeout=60)
        assert answer.status_code == 200, answer.text
        Draft202012Validator(LIST).validate(answer.json())
        return answer.json()

    found = ask(object=OTHER, outcome="refused")
    (line,) = found["items"]
    assert line["name"] == "Nguyễn Thị Mai"
    assert line["login"] == "vanthu"
    assert line["objects"] == [OTHER]
    assert line["at"] == clock.now().isoformat()
    assert found["after"] is None
    day = (clock.today() - timedelta(days=1)).isoformat()
    assert [each["action"] for each in ask(since=day, until=day)["items"]] == ["print"]


def test_a_filter_of_another_system_that_means_nothing_is_refused(site: str, journal: Office) -> None:
    answer = requests.get(
        f"{site}/@audit",
        params={"action": "x"},
        auth=(AUDITOR[0], PASSWORD),
        headers={"Accept": "application/json"},
        timeout=60,
    )
    assert answer.status_code == 400
    assert answer.json()["error"]["field"] == "action"
