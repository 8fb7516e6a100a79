"""Logging in: the first password is changed before anything else, a closed account opens nothing, however one comes."""

from typing import Any

import pytest
import requests
import sqlalchemy as sa
import transaction

from party.operations.ledger import engine
from party.operations.ledger import turn
from party.operations.ledger.tables import tallies
from party.operations.organization import lookup
from party.operations.organization import operations
from tests.office import Office
from tests.office import PASSWORD
from tests.plone.browsing import Page
from tests.plone.browsing import said
from tests.plone.organization.conftest import Browse


NEW = "Mat-khau-moi-9"
JSON = {"Accept": "application/json"}


@pytest.fixture
def newcomer(committing_office: Office) -> str:
    """The login of somebody who has not chosen a password yet."""
    unit = committing_office.units["tonghop"]
    person = operations.create_person(unit, "nguoimoi", "Mai Văn Mới", PASSWORD)
    operations.appoint(person, unit, "officer")
    transaction.commit()
    return "nguoimoi"


def token_of(site: str, login: str) -> dict[str, str]:
    """The headers of somebody with a token of the REST login."""
    answer = requests.post(f"{site}/@login", json={"login": login, "password": PASSWORD}, headers=JSON, timeout=60)
    return {**JSON, "Authorization": f"Bearer {answer.json()['token']}"}


# --- the first password ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "path", ["", "@@desk", "@@registers", "@@organization", "view", "@@register-incoming", "sitemap"]
)
def test_every_page_leads_to_the_password(path: str, browse: Browse, newcomer: str) -> None:
    browser = browse(newcomer)
    answer = browser.get(f"{browser.site}/{path}")
    assert answer.url == f"{browser.site}/@@password"
    assert (
        said("Somebody else gave you the present password. Choose one that only you know, then go on.")
        in Page(browser, answer).text
    )


def test_the_form_to_log_in_leads_to_the_password(site: str, newcomer: str) -> None:
    sent = {"__ac_name": newcomer, "__ac_password": PASSWORD, "buttons.login": "1"}
    answer = requests.Session().post(f"{site}/login", data=sent, timeout=60)
    assert (answer.status_code, answer.url) == (200, f"{site}/@@password")


def test_the_page_of_the_password_is_whole(browse: Browse, newcomer: str) -> None:
    browser = browse(newcomer)
    page = browser.open("@@password")
    links = page.tree.xpath("//link[@rel='stylesheet']/@href | //script/@src | //link[@rel='icon']/@href")
    assert len(links) >= 4
    for each in links:
        answer = browser.get(each)
        assert answer.url == each, "a stylesheet or script is served, not the form"
        assert answer.status_code == 200


def test_nothing_is_done_before_it(browse: Browse, newcomer: str, functional_office: Office) -> None:
    browser = browse(newcomer)
    token = browser.get(f"{browser.site}/@@whoami").json()["token"]
    for path in ("@@mark-read", f"u/{functional_office.units['tonghop']}/@@change-unit", "@@create-draft"):
        answer = browser.post(f"{browser.site}/{path}", data={"_authenticator": token, "slips": "1"})
        assert answer.status_code == 403, path
        assert (
            said("Nothing was done: choose a password of your own first (Change password), then do it again.")
            in Page(browser, answer).text
        )


@pytest.mark.parametrize("path", ["/@people/me", "/@units", "/@search", "/@types", "/@users", "/@navigation", "/"])
def test_rest_answers_with_a_sentence(path: str, site: str, newcomer: str) -> None:
    for login in ({"auth": (newcomer, PASSWORD), "headers": JSON}, {"headers": token_of(site, newcomer)}):
        answer = requests.get(f"{site}{path}", timeout=60, **login)
        assert answer.status_code == 403
        assert answer.json()["error"]["type"] == "NotAllowed"


def test_the_password_is_chosen_and_then_all_is_open(browse: Browse, newcomer: str, site: str) -> None:
    browser = browse(newcomer)
    page = browser.open("@@desk").fill(old="sai", new=NEW, again=NEW).press()
    assert said("The present password is not right.") in page.errors
    page = page.fill(old=PASSWORD, new=NEW, again=NEW + "x").press()
    assert said("The new password was typed in two different ways. Type it once more.") in page.errors
    page = page.fill(old=PASSWORD, new="ngắn", again="ngắn").press()
    assert len(page.errors) == 2
    page = page.fill(old=PASSWORD, new=PASSWORD, again=PASSWORD).press()
    assert said("Choose a password other than the present one.") in page.errors
    assert PASSWORD not in page.answer.text, "no password is sent back"
    page = page.fill(old=PASSWORD, new=NEW, again=NEW).press()
    assert page.answer.url == browser.site
    assert browser.open("@@organization").answer.url.endswith("@@organization")
    assert requests.get(f"{site}/@people/me", auth=(newcomer, NEW), headers=JSON, timeout=60).status_code == 200
    assert requests.get(f"{site}/@people/me", auth=(newcomer, PASSWORD), headers=JSON, timeout=60).status_code == 401


def test_rest_changes_the_password_too(site: str, newcomer: str) -> None:
    sent = {"old": PASSWORD, "new": NEW}
    answer = requests.post(f"{site}/@people/me/password", json=sent, headers=token_of(site, newcomer), timeout=60)
    assert answer.status_code == 200
    assert requests.get(f"{site}/@people/me", auth=(newcomer, NEW), headers=JSON, timeout=60).status_code == 200


def test_who_has_not_chosen_one_may_log_out(browse: Browse, newcomer: str) -> None:
    browser = browse(newcomer)
    browser.get(f"{browser.site}/logout")
    assert browser.get(f"{browser.site}/@@whoami").json()["person"] == ""


def test_it_is_asked_for_with_one_query(browse: Browse, functional_office: Office) -> None:
    browser, seen = browse("vanthu"), []
    reader = engine.database().reader
    engine.event.listen(reader, "before_cursor_execute", lambda *call: seen.append(call[2]))
    browser.get(f"{browser.site}/@@find-units?q=")
    assert len([each for each in seen if "must_change_password" in each]) == 1


# --- a closed account -----------------------------------------------------------------------------------------------


@pytest.fixture
def closed(browse: Browse, committing_office: Office, site: str) -> dict[str, Any]:
    """A browser and a token of a clerk whose account was closed while they were open."""
    found = {"browser": browse("vanthu"), "headers": token_of(site, "vanthu")}
    assert found["browser"].get(f"{site}/@@whoami").json()["person"]
    assert requests.get(f"{site}/@people/me", headers=found["headers"], timeout=60).status_code == 200
    operations.deactivate_person(committing_office.people["vanthu"], "Nghỉ hưu")
    transaction.commit()
    return found


def test_an_open_session_ends_with_the_account(closed: dict[str, Any], site: str) -> None:
    assert closed["browser"].get(f"{site}/@@whoami").json()["person"] == ""
    assert "__ac_name" in closed["browser"].get(f"{site}/@@desk").text


@pytest.mark.parametrize("path", ["/@people/me", "/@desk", "/@search", "/@users", "/@@whoami", "/@@organization", "/"])
def test_a_token_ends_with_the_account(path: str, closed: dict[str, Any], site: str, functional_office: Office) -> None:
    for headers in (closed["headers"], {**closed["headers"], "Accept": "text/html"}):
        answer = requests.get(f"{site}{path}", headers=headers, timeout=60, allow_redirects=False)
        # no page is there for what REST alone answers
        assert answer.status_code in ((401,) if headers["Accept"] == "application/json" else (302, 404)), answer.text
        assert functional_office.people["vanthu"] not in answer.text


def test_a_closed_account_does_not_log_in(closed: dict[str, Any], site: str) -> None:
    answer = requests.post(f"{site}/@login", json={"login": "vanthu", "password": PASSWORD}, headers=JSON, timeout=60)
    assert "token" not in answer.json()
    assert requests.get(f"{site}/@people/me", auth=("vanthu", PASSWORD), headers=JSON, timeout=60).status_code == 401


# --- what Plone would do otherwise ------------------------------------------------------------------------------------


@pytest.mark.parametrize("path", ["login-help", "@@register", "mail_password_form", "mail_password?userid=vanthu"])
def test_nobody_registers_or_gets_a_password_by_mail(path: str, site: str, functional_office: Office) -> None:
    answer = requests.get(f"{site}/{path}", timeout=60)
    assert answer.status_code == 200
    assert "<form" not in answer.text


@pytest.mark.parametrize("path", ["change-password", "forced-password-change", "initial-login-password-change"])
def test_people_choose_their_password_by_our_form_alone(path: str, browse: Browse) -> None:
    browser = browse("vanthu")
    assert browser.open(f"@@{path}").answer.url == f"{browser.site}/@@password"


def test_plones_own_rest_changes_no_password(site: str, functional_office: Office) -> None:
    person, sent = functional_office.people["vanthu"], {"old_password": PASSWORD, "new_password": NEW}
    auth, users = ("vanthu", PASSWORD), f"{site}/@users/{person}"
    answers = [
        requests.post(f"{users}/reset-password", json=sent, auth=auth, headers=JSON, timeout=60),
        requests.patch(users, json={"password": NEW}, auth=auth, headers=JSON, timeout=60),
        requests.post(
            f"{site}/@users", json={"username": "khac", "password": NEW}, auth=auth, headers=JSON, timeout=60
        ),
        requests.post(f"{users}/reset-password", json={}, headers=JSON, timeout=60),
    ]
    assert [each.status_code for each in answers] == [403, 403, 403, 401]
    assert requests.get(f"{site}/@people/me", auth=auth, headers=JSON, timeout=60).status_code == 200


def test_an_account_of_the_site_itself_uses_plones_form(browse: Browse, site_admin: str) -> None:
    browser = browse(site_admin)
    page = browser.open("@@password")
    assert page.answer.url == f"{browser.site}/@@change-password"
    assert page.tree.xpath("//input[@type='password']")


@pytest.mark.parametrize(
    "path", ["overview-controlpanel", "usergroup-userprefs", "usergroup-groupprefs", "security-controlpanel"]
)
def test_the_site_settings_are_drawn_in_the_frame(path: str, browse: Browse, site_admin: str) -> None:
    page = browse(site_admin).open(f"@@{path}")
    assert page.answer.status_code == 200
    assert page.tree.xpath("//header[@class='party-top']")
    assert page.tree.xpath("//main//h1")


def test_personal_preferences_are_drawn_for_people(browse: Browse, functional_office: Office) -> None:
    page = browse("vanthu").open("@@personal-preferences")
    assert page.answer.status_code == 200
    assert page.tree.xpath("//main//form")


def test_the_last_trace_of_a_closed_account_is_its_name(closed: dict[str, Any], functional_office: Office) -> None:
    transaction.begin()
    person = functional_office.people["vanthu"]
    assert lookup.person(person).full_name == "Nguyễn Thị Mai"
    assert lookup.posts_of(person) == []


def test_a_login_counts_once_and_a_wrong_password_a_token_or_a_page_does_not(
    browse: Browse, functional_office: Office
) -> None:
    site = browse("vanthu").site
    browse("vanthu").open("@@units")
    requests.get(f"{site}/@people/me", auth=("lanhdao", PASSWORD), headers=JSON, timeout=60).raise_for_status()
    sent = {"login": "lanhdao", "password": PASSWORD}
    requests.post(f"{site}/@login", json=sent, headers=JSON, timeout=60).raise_for_status()
    wrong = {"__ac_name": "lanhdao", "__ac_password": "sai", "buttons.login": "1"}
    assert requests.post(f"{site}/login", data=wrong, timeout=60).ok
    transaction.begin()
    wanted = sa.select(tallies.c.unit, tallies.c.person).where(tallies.c.measure == "login")
    here = (functional_office.units["tinh"], functional_office.people["vanthu"])
    assert [tuple(each) for each in turn.rows(wanted)] == [here, here]
