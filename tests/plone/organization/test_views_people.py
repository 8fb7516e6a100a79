"""People in the forms of their unit's administrator: accounts, posts, passwords."""

import re
from datetime import date
from urllib.parse import urlsplit

import pytest
import requests
import transaction

from party.operations.organization import lookup
from party.operations.organization import operations
from tests.office import Office
from tests.office import PASSWORD
from tests.plone.browsing import FIELDS
from tests.plone.browsing import Page
from tests.plone.browsing import said
from tests.plone.organization.conftest import Browse


def password_on(page: Page) -> str:
    """The password that a page shows."""
    (found,) = page.tree.xpath("//*[@id='first-password']/text()")
    return found


def may_log_in(site: str, login: str, password: str) -> bool:
    with requests.Session() as session:
        session.post(
            f"{site}/login", data={"__ac_name": login, "__ac_password": password, "buttons.login": "1"}, timeout=60
        )
        return bool(session.get(f"{site}/@@whoami", timeout=60).json()["person"])


def test_a_new_person_gets_an_account_a_post_and_a_password_shown_once(
    browse: Browse, functional_office: Office, site: str
) -> None:
    units, browser = functional_office.units, browse("quantri")
    page = browser.open(f"u/{units['tonghop']}/@@create-person")
    page = page.fill(
        full_name="Nguyễn Văn Mới", login="Moi.TH", phone="0912 000 000", function="officer", last_day="31/12/2030"
    ).press()
    password = password_on(page)
    assert re.fullmatch(r"[a-z2-9]{4}(-[a-z2-9]{4}){2}", password)
    assert page.answer.headers["Cache-Control"] == "no-store"
    assert password not in browser.open(f"u/{units['tonghop']}").answer.text
    transaction.begin()
    person = lookup.person_by_login("moi.th")
    (post,) = lookup.posts_of(person.id)
    assert (person.phone, person.must_change_password) == ("0912 000 000", True)
    assert (post.unit, post.function, post.until_day) == (units["tonghop"], "officer", date(2031, 1, 1))
    assert may_log_in(site, "moi.th", password)


def test_a_login_that_is_taken_makes_neither_account_nor_post(browse: Browse, functional_office: Office) -> None:
    page = browse("quantri").open(f"u/{functional_office.units['tonghop']}/@@create-person")
    page = page.fill(full_name="Ai Đó", login="vanthu", function="leader").press()
    assert said("Login ${login} is taken. Logins are never used again.", login="vanthu") in page.errors
    assert page.value("full_name") == ["Ai Đó"]
    transaction.begin()
    assert lookup.holders(functional_office.units["tonghop"], "leader") == []


def test_a_post_that_cannot_be_leaves_no_account_behind(browse: Browse, functional_office: Office) -> None:
    page = browse("quantri").open(f"u/{functional_office.units['tonghop']}/@@create-person")
    page = page.fill(full_name="Ai Đó", login="ai.do", function="officer", from_day="2/1/2026", last_day="1/1/2026")
    assert page.press().errors[0] == said("The last day lies before the first.")
    transaction.begin()
    assert lookup.person_by_login("ai.do") is None


@pytest.mark.parametrize("named", ["chuyenvien", "Vũ Đình Phúc", "vu dinh phuc"])
def test_somebody_with_an_account_is_appointed_by_name_or_login(
    named: str, browse: Browse, functional_office: Office
) -> None:
    units = functional_office.units
    page = browse("quantri").open(f"u/{units['tochuc']}/@@appoint")
    page.put(f"{FIELDS}person.text", named).fill(function="archivist", title="Lưu trữ viên").press()
    transaction.begin()
    (post,) = lookup.holders(units["tochuc"], "archivist")
    assert (post.person, post.title) == (functional_office.people["chuyenvien"], "Lưu trữ viên")


def test_a_post_ends_on_its_day(browse: Browse, functional_office: Office) -> None:
    units, browser = functional_office.units, browse("quantri")
    (end,) = browser.open(f"u/{units['tonghop']}").tree.xpath(
        "//li[contains(., 'Vũ Đình Phúc')]//a[contains(@href, '@@end-post')]/@href"
    )
    page = browser.open(end).fill(until="1/12/2026").press()
    assert "30/11/2026" in page.text
    transaction.begin()
    assert lookup.posts_of(functional_office.people["chuyenvien"], date(2026, 12, 1)) == []
    elsewhere = browser.get(f"{browser.site}/u/{units['xa']}/@@end-post?{urlsplit(end).query}")
    assert elsewhere.status_code == 404, "a post is ended on the page of its own unit alone"


def test_a_password_is_reset_and_the_old_one_ends(browse: Browse, functional_office: Office, site: str) -> None:
    browser, person = browse("quantri"), functional_office.people["vanthu"]
    page = browser.open(f"u/{functional_office.units['tinh']}/@@reset-password?person={person}").press()
    assert not may_log_in(site, "vanthu", PASSWORD)
    assert may_log_in(site, "vanthu", password_on(page))
    transaction.begin()
    assert lookup.account(person).must_change_password


def test_details_are_corrected(browse: Browse, functional_office: Office) -> None:
    person = functional_office.people["vanthu"]
    page = browse("quantri").open(f"u/{functional_office.units['tinh']}/@@change-person?person={person}")
    assert page.value("full_name") == ["Nguyễn Thị Mai"]
    page = page.fill(full_name="Nguyễn Thị Mai Hoa", phone="").press()
    assert "Nguyễn Thị Mai Hoa" in page.text
    transaction.begin()
    assert (lookup.person(person).full_name, lookup.person(person).phone) == ("Nguyễn Thị Mai Hoa", "")


def test_a_closed_account_is_gone_from_its_unit(browse: Browse, functional_office: Office, site: str) -> None:
    person = functional_office.people["vanthu"]
    page = browse("quantri").open(f"u/{functional_office.units['tinh']}/@@deactivate-person?person={person}")
    assert page.press().form is not None, "a reason is asked for"
    page = page.fill(reason="Nghỉ hưu").press()
    assert "Nguyễn Thị Mai" not in page.text
    assert not may_log_in(site, "vanthu", PASSWORD)


@pytest.mark.parametrize("form", ["change-person", "reset-password", "deactivate-person"])
def test_nobody_takes_over_the_account_of_who_also_serves_elsewhere(
    form: str, browse: Browse, committing_office: Office, neighbour: str
) -> None:
    operations.appoint(committing_office.people["lanhdao.tw"], neighbour, "leader")
    transaction.commit()
    browser, person = browse("quantri.khac"), committing_office.people["lanhdao.tw"]
    page = browser.open(f"u/{neighbour}/@@{form}?person={person}")
    assert page.answer.status_code == 403
    assert page.form is None
    token = browser.get(f"{browser.site}/@@whoami").json()["token"]
    sent = {f"{FIELDS}full_name": "Kẻ khác", f"{FIELDS}reason": "Vì", "form.buttons.save": "1", "_authenticator": token}
    answer = browser.post(f"{browser.site}/u/{neighbour}/@@{form}?person={person}", data=sent)
    assert said("Only who administers all the units this person serves in may do this.") in Page(browser, answer).text
    transaction.begin()
    assert lookup.person(person).full_name == "Phạm Quốc Cường"
    assert lookup.account(person).active


def test_a_person_that_is_none_is_missing(browse: Browse, functional_office: Office) -> None:
    page = browse("quantri").open(f"u/{functional_office.units['tinh']}/@@reset-password?person=<script>")
    assert page.answer.status_code == 404
    assert said("There is no such person.") in page.text
