"""The page of readiness and its REST service: everybody sees his units, administrators declare, reminders go out once."""

import html
from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
import requests
import transaction
from openpyxl import load_workbook

from party.operations.ledger import outbox
from party.operations.organization import operations as organization
from party.operations.statistics import readiness
from party.operations.statistics.readiness import State
from tests.office import Office
from tests.office import PASSWORD
from tests.plone.browsing import Browser
from tests.plone.browsing import said
from tests.writes import writes


Browse = Callable[[str], Browser]


def cell(page: Any, title: str, aspect: str) -> Any:
    """What stands in the row of a unit below an aspect."""
    (row,) = page.tree.xpath(f"//table[contains(@class, 'party-ready')]//tr[th/a[text()='{title}']]")
    (found,) = row.xpath(f"td[@data-label='{said(str(readiness.ASPECTS[aspect]))}']")
    return found


def cell_of(office: Office, unit: str, aspect: str) -> readiness.Cell:
    transaction.begin()
    return next(each for each in readiness.lines([office.units[unit]])).cells[aspect]


def test_each_cell_says_its_state_in_a_word(browse: Browse, functional_office: Office) -> None:
    page = browse("lanhdao").open("@@readiness")
    clerk = cell(page, "Đảng uỷ xã Hoà Bình", "clerk")
    assert clerk.get("data-state") == "partial"
    assert said("In part") in clerk.text_content()
    assert said("never logged in") in clerk.text_content()
    assert said("Missing") in cell(page, "Đảng uỷ xã Hoà Bình", "routes").text_content()
    assert "Quân uỷ Trung ương" not in page.text


def test_an_officer_is_told_whose_page_it_is(browse: Browse, functional_office: Office) -> None:
    page = browse("chuyenvien").open("@@readiness")
    assert page.answer.status_code == 403


def test_looking_writes_nothing(browse: Browse, functional_office: Office) -> None:
    browser = browse("lanhdao")
    browser.open("@@readiness")
    with writes() as written:
        browser.open("@@readiness?incomplete=1&aspect=routes")
        browser.open("@@readiness-sheet")
    assert not written, written.report()


def test_the_administrator_declares_from_the_cell(browse: Browse, functional_office: Office) -> None:
    browser = browse("quantri")
    page = browser.open("@@readiness")
    (link,) = cell(page, "Đảng uỷ xã Hoà Bình", "training").xpath("a/@href")
    form = browser.open(link.removeprefix(f"{browser.site}/"))
    assert form.value("aspect") == ["training"]
    done = form.fill(done="7", needed="5").press()
    assert done.errors
    done = done.fill(done="3", needed="5", note="Lớp ngày 26/6").press()
    assert cell_of(functional_office, "xa", "training") == readiness.Cell(State.PARTIAL, 3, 5, "Lớp ngày 26/6")
    assert "3/5" in cell(done, "Đảng uỷ xã Hoà Bình", "training").text_content()
    again = browser.open(link.removeprefix(f"{browser.site}/"))
    assert (again.value("done"), again.value("needed")) == (["3"], ["5"])


def test_who_does_not_administer_the_unit_has_no_form(browse: Browse, functional_office: Office) -> None:
    browser = browse("lanhdao")
    page = browser.open("@@readiness")
    assert cell(page, "Đảng uỷ xã Hoà Bình", "training").xpath("a") == []
    form = browser.open(f"@@declare-readiness?unit={functional_office.units['xa']}&aspect=training")
    assert form.answer.status_code == 403
    assert form.form is None


def test_filters_lead_to_what_is_missing(browse: Browse, functional_office: Office) -> None:
    browser = browse("lanhdao")
    page = browser.open("@@readiness?aspect=routes")
    assert "Đảng uỷ xã Hoà Bình" in page.text
    assert page.tree.xpath("//table[contains(@class, 'party-ready')]//th/a[text()='Tỉnh uỷ Lâm Sơn']") == []
    book = browser.get(f"{browser.site}/@@readiness-sheet?aspect=routes").content
    rows = [row[1] for row in load_workbook(BytesIO(book)).active.iter_rows(min_row=4, values_only=True)]
    assert "Đảng uỷ xã Hoà Bình" in rows
    assert "Tỉnh uỷ Lâm Sơn" not in rows


def test_reminding_says_what_came_of_it(browse: Browse, committing_office: Office) -> None:
    organization.change_person(committing_office.people["quantri"], email="yen@lamson.test")
    transaction.commit()
    browser = browse("lanhdao")
    for expected in (said("Reminded: ${count} people.", count=1), said("Reminded: ${count} people.", count=0)):
        page = browser.open("@@readiness")
        (form,) = page.tree.xpath("//form[contains(@action, 'remind-of-readiness')]")
        answer = browser.post(form.get("action"), data=dict(form.form_values()))
        assert expected in html.unescape(answer.text)
    transaction.begin()
    assert len([each for each in outbox.listing("waiting") if each.kind == "mail"]) == 1


# --- REST


@pytest.fixture
def call(browse: Browse, functional_office: Office) -> Callable[..., requests.Response]:
    def send(login: str, method: str, path: str, **body: Any) -> requests.Response:
        return requests.request(
            method,
            f"{browse('quantri').site}/{path}",
            auth=(login, PASSWORD),
            headers={"Accept": "application/json"},
            json=body or None,
            timeout=60,
        )

    return send


def test_rest_gives_the_matrix_and_takes_declarations(
    call: Callable[..., requests.Response], functional_office: Office
) -> None:
    found = call("lanhdao", "GET", "@readiness").json()
    assert [each["title"] for each in found["items"]][:2] == ["Tỉnh uỷ Lâm Sơn", "Ban Tổ chức Tỉnh uỷ"]
    assert found["total"] == 5
    assert found["counts"]["routes"]["missing"] == 4
    made = call("quantri", "POST", "@readiness/A40.30", aspect="devices", done=2, needed=4)
    assert made.status_code == 200
    assert made.json()["aspects"]["devices"] == {"state": "partial", "done": 2, "needed": 4, "note": ""}
    assert call("lanhdao", "POST", "@readiness/A40.30", aspect="devices", done=2, needed=4).status_code == 403
    assert call("quantri", "POST", "@readiness/A40.30", aspect="clerk", done=2, needed=4).status_code == 400
    assert call("chuyenvien", "GET", "@readiness").status_code == 403
    lacking = call("lanhdao", "GET", "@readiness?aspect=routes&unit=A40.30").json()
    assert [each["uid"] for each in lacking["items"]] == [functional_office.units["xa"]]
