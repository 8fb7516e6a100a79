"""What those who set up the organisation keep: sheets brought in, holidays, background jobs."""

from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
import requests
import transaction
from openpyxl import load_workbook

from party.operations.ledger import journal
from party.operations.ledger import outbox
from party.operations.ledger import turn
from party.operations.organization import lookup
from party.operations.organization import periods
from tests.office import Office
from tests.plone.browsing import Browser
from tests.plone.browsing import Page
from tests.plone.browsing import said
from tests.plone.organization.conftest import Browse


UNITS = """Mã định danh,Tên đơn vị,Loại đơn vị,Đơn vị cấp trên
A40.40,Đảng uỷ xã Mới,Đảng uỷ xã,A40
A40.41,<script>alert(1)</script>,Phòng,A40.40
"""
PEOPLE = """Tên đăng nhập,Họ và tên,Đơn vị,Chức trách
vanthu.moi,Ngô Thị Mới,A40.30,Văn thư
"""


def send(browser: Browser, content: str, name: str = "don-vi.csv") -> Page:
    """Choose a file and have it checked."""
    page = browser.open("@@import-organization")
    (token,) = set(page.tree.xpath("//form[@id='import']/input[@name='_authenticator']/@value"))
    answer = browser.post(
        f"{browser.site}/@@import-organization",
        data={"_authenticator": token},
        files={"file": (name, content.encode("utf-8"))},
    )
    return Page(browser, answer)


def apply(page: Page) -> Page:
    """Press the button below the report."""
    (form,) = page.tree.xpath("//form[@class='party-apply']")
    return Page(page.browser, page.browser.post(form.get("action"), data=dict(form.form_values())))


def waiting() -> list[Path]:
    """Files that were checked and not applied."""
    return [*Path(__import__("os").environ["PARTY_VAR"]).glob("staging/import-*")]


def test_a_sheet_is_checked_first_and_then_brought_in(browse: Browse, functional_office: Office) -> None:
    page = send(browse("quantri"), UNITS)
    assert "Đảng uỷ xã Mới" in page.text
    assert "<script>alert" not in page.answer.text
    transaction.begin()
    assert lookup.unit_by_code("A40.40") is None
    done = apply(page)
    transaction.begin()
    made = lookup.unit_by_code("A40.40")
    assert (made.title, made.parent) == ("Đảng uỷ xã Mới", functional_office.units["tinh"])
    assert lookup.unit_by_code("A40.41").parent == made.uid
    assert done.tree.xpath("//a[@download]/@href")[0].startswith("data:text/csv;base64,")
    assert waiting() == []
    assert said("The checked file is no longer here. Choose it again.") in apply(page).text


def test_first_passwords_stand_in_the_report_and_nowhere_else(browse: Browse, functional_office: Office) -> None:
    checked = send(browse("quantri"), PEOPLE, "can-bo.csv")
    done = apply(checked)
    (password,) = [each for each in done.tree.xpath("//main//td/code/text()") if each]
    assert done.answer.headers["Cache-Control"] == "no-store"
    site = done.browser.site
    answer = requests.post(
        f"{site}/@login",
        json={"login": "vanthu.moi", "password": password},
        headers={"Accept": "application/json"},
        timeout=60,
    )
    assert "token" in answer.json()


def test_lines_with_errors_come_first_and_nothing_is_offered(browse: Browse, functional_office: Office) -> None:
    page = send(browse("quantri"), UNITS + "A40,Trùng mã,Loại lạ,A40\n")
    rows = page.tree.xpath("//main//table//tbody/tr")
    assert rows[0].xpath(".//span[contains(@class, 'late')]")
    assert page.tree.xpath("//form[@class='party-apply']") == []
    assert waiting() == []


@pytest.mark.parametrize(
    ("content", "name"),
    [("", "rong.csv"), ("a,b\n1,2\n", "la.csv"), ("%PDF-1.4", "van-ban.xlsx"), (UNITS[:40], "x.csv")],
)
def test_a_file_that_is_no_sheet_is_said_in_a_sentence(
    content: str, name: str, browse: Browse, functional_office: Office
) -> None:
    page = send(browse("quantri"), content, name)
    assert page.tree.xpath("//main//*[contains(@class, 'alert-danger')]")
    assert page.tree.xpath("//form[@class='party-apply']") == []


def test_an_administrator_brings_nothing_into_another_unit(browse: Browse, neighbour: str) -> None:
    page = send(browse("quantri.khac"), UNITS)
    assert said("Only the administrator of this unit, or of a unit above it, may do this.") in page.text
    assert page.tree.xpath("//form[@class='party-apply']") == []


@pytest.mark.parametrize("token", ["../demo-password", "import-x", "import-" + "0" * 32, ""])
def test_only_a_checked_file_is_applied(token: str, browse: Browse, functional_office: Office) -> None:
    browser = browse("quantri")
    sent = {
        "_authenticator": browser.get(f"{browser.site}/@@whoami").json()["token"],
        "apply": token,
        "filename": "x.csv",
    }
    page = Page(browser, browser.post(f"{browser.site}/@@import-organization", data=sent))
    assert page.tree.xpath("//main//*[contains(@class, 'alert-danger')]")


def test_who_administers_nothing_imports_nothing(browse: Browse, functional_office: Office) -> None:
    page = browse("vanthu").open("@@import-organization")
    assert page.answer.status_code == 403
    assert page.tree.xpath("//main//form") == []


@pytest.mark.parametrize("kind", ["units", "people"])
def test_a_sheet_to_fill_in_can_be_downloaded(kind: str, browse: Browse, functional_office: Office) -> None:
    browser = browse("quantri")
    answer = browser.get(f"{browser.site}/@@organization-template?kind={kind}")
    assert "attachment" in answer.headers["Content-Disposition"]
    assert load_workbook(BytesIO(answer.content)).worksheets
    assert browser.get(f"{browser.site}/@@organization-template?kind=../x").status_code == 404


def test_holidays_are_recorded_and_removed_by_who_sets_up(browse: Browse, site_admin: str) -> None:
    browser = browse(site_admin)
    page = browser.open("@@holidays").fill(day="2/9/2027", label="Quốc khánh").press()
    assert "02/09/2027" in page.text
    transaction.begin()
    assert not periods.is_working(date(2027, 9, 2))
    assert "Quốc khánh" in browse("vanthu").open("@@holidays").text
    (form,) = page.tree.xpath("//form[contains(@action, 'remove-holiday')]")
    assert "02/09/2027" not in Page(browser, browser.post(form.get("action"), data=dict(form.form_values()))).text
    transaction.begin()
    assert periods.is_working(date(2027, 9, 2))


def test_others_see_the_holidays_and_change_none(browse: Browse, functional_office: Office) -> None:
    browser = browse("quantri")
    assert browser.open("@@holidays").form is None
    token = browser.get(f"{browser.site}/@@whoami").json()["token"]
    answer = browser.post(f"{browser.site}/@@remove-holiday", data={"day": "2/9/2027", "_authenticator": token})
    assert answer.status_code == 403


@pytest.fixture
def dead_job(committing_office: Office) -> int:
    """A job that failed for good."""
    with turn.turn():
        outbox.enqueue("text", "text:x", {"document": "x", "file": "y"}, committing_office.people["vanthu"])
        job = outbox.claim()
        outbox.fail(job.id, outbox.MAX_ATTEMPTS, "LookupError: <b>không có tệp</b>")
    transaction.commit()
    return int(job.id)


def test_a_failed_job_is_shown_and_tried_again(dead_job: int, browse: Browse, site_admin: str) -> None:
    browser = browse(site_admin)
    page = browser.open("@@jobs")
    assert said("Reading the text of a file") in page.text
    assert "Nguyễn Thị Mai" in page.text
    assert "<b>không" not in page.answer.text
    (form,) = page.tree.xpath("//form[contains(@action, 'retry-job')]")
    again = dict(form.form_values())
    page = Page(browser, browser.post(form.get("action"), data=again))
    assert said("The worker tries this job again now.") in page.tree.text_content()
    transaction.begin()
    (job,) = [each for each in outbox.listing("waiting") if each.id == dead_job]
    assert (job.attempts, job.error) == (0, "LookupError: <b>không có tệp</b>")
    assert _last_event().operation == "retry_job"
    assert browser.post(form.get("action"), data=again).status_code == 404


def test_jobs_are_for_those_who_set_up(dead_job: int, browse: Browse, functional_office: Office) -> None:
    browser = browse("quantri")
    page = browser.open("@@jobs")
    assert page.answer.status_code == 403
    assert "text:x" not in page.text
    token = browser.get(f"{browser.site}/@@whoami").json()["token"]
    answer = browser.post(f"{browser.site}/@@retry-job", data={"job": str(dead_job), "_authenticator": token})
    assert answer.status_code == 403
    transaction.begin()
    assert [each.id for each in outbox.listing("dead")] == [dead_job]


def _last_event() -> Any:
    return turn.row(journal.sa.select(journal.events).order_by(journal.events.c.id.desc()).limit(1))
