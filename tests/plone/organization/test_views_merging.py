"""The pages of mergers: a plan is made by forms or from a file, checked, previewed, started and taken back."""

from datetime import date
from typing import Any

import pytest
import requests
import sqlalchemy as sa
import transaction

from party.operations.ledger import clock
from party.operations.ledger import turn
from party.operations.organization.merging import plan as plans
from party.operations.organization.merging.tables import mergers
from party.operations.organization.merging.tables import steps
from party.operations.organization.tables import former_logins
from tests.office import Office
from tests.office import PASSWORD
from tests.plone.browsing import Browser
from tests.plone.browsing import Page
from tests.plone.browsing import said
from tests.plone.organization.conftest import Browse


def begun(browser: Browser, office: Office) -> str:
    """A plan of the province's administrator; its id."""
    page = browser.open("@@plan-merger").fill(name="Sắp xếp xã", on_day="01/12/2026", basis="Nghị quyết 202")
    page.put("form.widgets.unit", office.units["tinh"]).put("form.widgets.unit.text", "Tỉnh uỷ Lâm Sơn").press()
    transaction.begin()
    return str(turn.scalar(sa.select(mergers.c.id)))


def act(browser: Browser, merger: str, do: str, **fields: str) -> Page:
    """Press a button of the plan's page."""
    page = browser.open(f"@@merger?merger={merger}")
    token = page.tree.xpath("//input[@name='_authenticator']")[0].get("value")
    answer = browser.post(
        f"{browser.site}/@@merger-action", data={"_authenticator": token, "merger": merger, "do": do, **fields}
    )
    return Page(browser, answer)


def test_a_plan_is_made_checked_previewed_started_and_taken_back(browse: Browse, functional_office: Office) -> None:
    browser, units = browse("quantri"), functional_office.units
    merger = begun(browser, functional_office)
    page = browser.open(f"@@add-merger-line?merger={merger}")
    page.put("form.widgets.old", units["xa2"]).put("form.widgets.old.text", "Đảng uỷ xã Kỳ Sơn")
    page = page.put("form.widgets.successor.text", "A40.30").press()
    assert "Đảng uỷ xã Kỳ Sơn" in page.text
    page = browser.open(f"@@add-merger-line?merger={merger}")
    page.put("form.widgets.old.text", "A40.01")
    page = page.fill(title="Ban Xây dựng Đảng Tỉnh uỷ", below="close").press()
    assert said("new unit") in page.text
    assert said("It can be started once the check finds no problem.") in page.text
    page = browser.open(f"@@merger?merger={merger}&tab=check")
    assert "Ngô Thanh Bình (Ban Tổ chức Tỉnh uỷ)" in page.text
    assert page.errors == []
    browser.open(f"@@move-everybody?merger={merger}").press()
    page = browser.open(f"@@add-merger-code?merger={merger}").fill(kind="symbol", value="BXDĐTU")
    (unit,) = [each for each in page.form.xpath(".//option/@value") if each.startswith("new:")]
    page.fill(unit=unit).press()
    page = browser.open(f"@@merger?merger={merger}&tab=preview")
    assert "Đặng Quang Vinh" in page.text
    assert "Phan Thị Ngọc" in page.text
    page = act(browser, merger, "start")
    assert (
        said("The plan was started. What has a date is written now, the rest on the day.") in page.tree.text_content()
    )
    transaction.begin()
    assert plans.Plan(turn.row(sa.select(mergers))).row.state == "started"
    page = browser.open(f"@@merger?merger={merger}")
    assert said("Unit closed, successor named") in page.text
    page = act(browser, merger, "undo")
    assert (
        said("Everything that was prepared was taken back. The plan can be changed again.") in page.tree.text_content()
    )
    act(browser, merger, "discard")
    transaction.begin()
    assert turn.rows(sa.select(mergers)) == []


def test_a_plan_comes_from_a_file_and_each_line_that_is_not_known_says_so(
    browse: Browse, functional_office: Office
) -> None:
    browser = browse("quantri")
    merger = begun(browser, functional_office)
    page = browser.open(f"@@merger?merger={merger}")
    token = page.tree.xpath("//input[@name='_authenticator']")[0].get("value")
    table = "old_name,new_name\nKỳ Sơn,Hoà Bình\nKhông Có,Hoà Bình\n".encode()
    fields = {"_authenticator": token, "merger": merger, "do": "import", "tab": "lines"}
    page = Page(
        browser,
        browser.post(f"{browser.site}/@@merger-action", data=fields, files={"file": ("ke-hoach.csv", table)}),
    )
    assert "Đảng uỷ xã Kỳ Sơn" in page.text
    assert said("There is no single unit “${name}” here. Choose the one that is meant.", name="Không Có") in page.text
    page = act(browser, merger, "start")
    assert said("The plan was started. What has a date is written now, the rest on the day.") not in page.text


def test_the_page_of_a_unit_says_who_takes_over_and_when(browse: Browse, functional_office: Office) -> None:
    browser, units = browse("quantri"), functional_office.units
    page = browser.open(f"u/{units['xa2']}/@@close-unit")
    page.put("form.widgets.successor.text", "A40.30").fill(on="01/12/2026", basis="Nghị quyết 18").press()
    text = browser.open(f"u/{units['xa2']}").text
    assert said("Closes on ${day}.", day="01/12/2026") in text
    assert f"{said('Taken over by')} Đảng uỷ xã Hoà Bình" in text
    text = browser.open(f"u/{units['xa']}").text
    assert f"{said('Took over on ${day} from', day='01/12/2026')} Đảng uỷ xã Kỳ Sơn" in text


def test_who_was_not_given_his_new_login_is_told_on_the_page(browse: Browse, functional_office: Office) -> None:
    browser = browse("quantri")
    merger, people = begun(browser, functional_office), functional_office.people
    kept = [
        {"person": people["vanthu.xa"], "login": "vanthu.moi", "why": "taken"},
        {"person": people["lanhdao.xa"], "login": "lanhdao.moi", "why": "not_allowed"},
    ]
    step = {"merger": merger, "position": 0, "kind": "logins", "payload": {}, "due_day": date(2026, 12, 1)}
    with turn.turn():
        turn.run(sa.update(mergers).values(state="done"))
        turn.run(sa.insert(steps).values(**step, done_at=clock.now(), result={"people": [], "kept": kept}))
    transaction.commit()
    text = browser.open(f"@@merger?merger={merger}&tab=progress").text
    words = {"person": "Phan Thị Ngọc", "login": "vanthu.xa", "wanted": "vanthu.moi"}
    taken = "${person} goes on as ${login}: the login ${wanted} was taken by the day of the merger."
    assert said(taken, **words) in text
    assert "lanhdao.moi" in text


@pytest.mark.parametrize("login", ["vanthu", "chuyenvien"])
def test_nobody_else_sees_a_plan(login: str, browse: Browse, functional_office: Office) -> None:
    merger = begun(browse("quantri"), functional_office)
    other = browse(login)
    assert other.get(f"{other.site}/@@mergers").status_code == 403
    assert other.get(f"{other.site}/@@merger?merger={merger}").status_code == 404


def test_an_old_login_that_ended_is_told_the_new_one_only_with_the_right_password(
    browse: Browse, functional_office: Office, site: str, time: Any
) -> None:

    person = functional_office.people["vanthu.xa"]
    with turn.turn():
        turn.run(sa.insert(former_logins).values(login="vanthu.cu", person=person, until_day=date(2026, 11, 24)))
    transaction.commit()
    sentence = said(
        "Your former login ended on ${day}. Log in as ${login}, with the same password.",
        day="24/11/2026",
        login="vanthu.xa",
    )
    for password, told in ((PASSWORD, True), ("sai-mat-khau-1", False)):
        answer = requests.post(
            f"{site}/login",
            timeout=30,
            data={"__ac_name": "vanthu.cu", "__ac_password": password, "buttons.login": "1"},
        )
        assert (sentence in answer.text) is told
        assert "__ac" not in answer.cookies
    with turn.turn():
        turn.run(sa.update(former_logins).values(until_day=date(2026, 11, 25)))
    transaction.commit()
    with requests.Session() as session:
        session.post(f"{site}/login", data={"__ac_name": "vanthu.cu", "__ac_password": PASSWORD, "buttons.login": "1"})
        assert "__ac" in session.cookies
        me = session.get(f"{site}/++api++/@people/{person}", headers={"Accept": "application/json"}).json()
        assert me["login"] == "vanthu.xa"
    answer = requests.post(
        f"{site}/++api++/@login",
        timeout=30,
        json={"login": "vanthu.cu", "password": PASSWORD},
        headers={"Accept": "application/json"},
    )
    assert answer.json()["token"]


@pytest.mark.parametrize(
    "name",
    [
        "merger",
        "change-merger",
        "add-merger-line",
        "change-merger-unit",
        "add-merger-code",
        "move-person",
        "move-everybody",
    ],
)
@pytest.mark.parametrize("merger", ["", "nothing"])
def test_a_plan_that_is_not_there_is_not_found(name: str, merger: str, browse: Browse) -> None:
    browser = browse("quantri")
    assert browser.get(f"{browser.site}/@@{name}?merger={merger}").status_code in (403, 404)
