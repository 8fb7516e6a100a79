"""The pages of the register: for officers, and for nobody else."""

import re

import pytest
import requests
import transaction
from zope.component.hooks import getSite

from party.operations.confidentiality import clearances
from tests.clearances import clear
from tests.clearances import propose
from tests.office import Office
from tests.office import PASSWORD
from tests.plone.browsing import FIELDS
from tests.plone.browsing import said
from tests.plone.security.conftest import Browse


PAGES = ("clearances", "clearances-of", "propose-clearance", "confirm-clearance", "refuse-proposal", "revoke-clearance")


def test_two_officers_clear_somebody_on_their_pages(browse: Browse, committed: Office) -> None:
    page = browse("coyeu").open("@@propose-clearance")
    page = page.put(f"{FIELDS}person.text", "Lê Minh Đức").fill(kind="top-secret", last_day="24/11/2027")
    page = page.fill(basis="QĐ 15-QĐ/TU").press()
    assert "Lê Minh Đức" in page.text
    second = browse("coyeu2")
    page = second.open("@@clearances?list=proposed&q=le minh duc")
    (confirm,) = page.tree.xpath("//a[contains(@href, '@@confirm-clearance')]/@href")
    page = second.open(confirm).press()
    transaction.begin()
    assert clearances.level_of(committed.people["lanhdao"]) == "top-secret"
    assert "24/11/2027" in page.text
    page = second.open(f"@@clearances-of?person={committed.people['lanhdao']}")
    (revoke,) = page.tree.xpath("//a[contains(@href, '@@revoke-clearance')]/@href")
    page = second.open(revoke).fill(reason="Chuyển công tác").press()
    transaction.begin()
    assert clearances.level_of(committed.people["lanhdao"]) == "normal"
    assert "Chuyển công tác" in second.open("@@clearances?list=ended").text


def test_who_proposed_is_offered_no_confirmation_and_is_refused_one(browse: Browse, committed: Office) -> None:
    clearance = propose(committed, "lanhdao", "secret")
    transaction.commit()
    first = browse("coyeu")
    page = first.open("@@clearances?list=proposed")
    assert not page.tree.xpath("//a[contains(@href, '@@confirm-clearance')]")
    assert first.open(f"@@confirm-clearance?id={clearance}").press().errors
    transaction.begin()
    assert clearances.level_of(committed.people["lanhdao"]) == "normal"


def test_what_is_wrong_is_said_beside_the_field(browse: Browse, committed: Office) -> None:
    page = browse("coyeu").open("@@propose-clearance")
    page = page.put(f"{FIELDS}person.text", "lanhdao").fill(kind="secret", basis="QĐ 1").press()
    assert page.errors
    assert said("A clearance has a last day.") in page.errors
    assert page.value("basis") == ["QĐ 1"]


def test_the_register_of_a_day(browse: Browse, committed: Office) -> None:
    clear(committed, "lanhdao", "secret")
    transaction.commit()
    browser = browse("coyeu")
    assert "Lê Minh Đức" in browser.open("@@clearances?day=24/11/2026").text
    assert "Lê Minh Đức" not in browser.open("@@clearances?day=23/11/2026").text
    assert browser.open("@@clearances?day=hôm nào").tree.xpath("//*[contains(@class, 'alert-danger')]")


@pytest.mark.parametrize("role", ["", "Manager", "Site Administrator"])
@pytest.mark.parametrize("name", PAGES)
def test_for_others_there_is_nothing(name: str, role: str, browse: Browse, committed: Office) -> None:
    clearance = propose(committed, "lanhdao", "secret")
    if role:
        getSite().acl_users.portal_role_manager.assignRoleToPrincipal(role, committed.people["quantri"])
    transaction.commit()
    browser = browse("quantri")
    here = browser.open(f"@@{name}?id={clearance}&person={committed.people['lanhdao']}")
    absent = browser.open("@@there-is-no-such-page")
    assert (here.answer.status_code, absent.answer.status_code) == (404, 404)
    assert same(here.answer) == same(absent.answer)
    sent = browser.post(f"{browser.site}/@@{name}", data={"id": clearance, "form.buttons.save": "1"})
    assert sent.status_code == 404


def same(answer: requests.Response) -> str:
    """A page without its own address and tokens."""
    text = answer.text.replace("/@@there-is-no-such-page", "").replace(PASSWORD, "")
    text = re.sub(r"/@@[a-z-]+(\?[^\"'<]*)?", "", text)
    return re.sub(r'value="[^"]*"', "", text)


def test_in_the_internet_zone_there_is_nothing_for_officers_either(
    browse: Browse, committed: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARTY_ZONE", "internet")
    assert browse("coyeu").open("@@clearances").answer.status_code == 404
