"""The page of the registers at a browser: what is chosen, kept, done with many, taken out."""

from collections.abc import Callable
from html import unescape
from io import BytesIO
from typing import Any

import lxml.html
import openpyxl
import pypdfium2
import pytest

from party.operations.documents import lists
from party.operations.documents import operations
from party.operations.documents.recipients import Addressee
from party.operations.ledger import items
from tests.office import Office
from tests.plone.browsing import Browser
from tests.plone.browsing import said
from tests.plone.documents.conftest import Be
from tests.plone.documents.conftest import LETTER


Browse = Callable[[str], Browser]


@pytest.fixture
def uids(act: Be, pdf: Callable[..., Any], functional_office: Office) -> list[str]:
    """Four registered letters of the province; the last is done."""
    unit = functional_office.units["tinh"]
    with act("vanthu"):
        made = [
            operations.register_incoming(
                unit, [pdf()], confirm=True, **{**LETTER, "title": f"V/v việc số {at}", "number_symbol": f"{at}-CV/TU"}
            ).UID()
            for at in range(1, 5)
        ]
        operations.finish_incoming(made[3], "Xong")
    return made


def send(browser: Browser, page: Any, where: str, **fields: Any) -> Any:
    """Press a button of the register."""
    form = next(each for each in page.tree.xpath("//form[@method='post']") if each.xpath(".//input[@name='query']"))
    values = {name: form.xpath(f".//input[@name='{name}']")[0].get("value") for name in ("_authenticator", "query")}
    return browser.post(f"{browser.site}/{where}", data={**values, **fields})


def test_every_line_leads_to_its_document_and_heads_sort(browse: Browse, uids: list[str]) -> None:
    clerk = browse("vanthu")
    page = clerk.open("@@registers")
    assert [each.get("data-href").rpartition("/")[2] for each in page.tree.xpath("//tbody/tr")] == uids[::-1]
    (by_title,) = page.tree.xpath("//th[contains(@class, 'c-title')]/a")
    turned = clerk.open(by_title.get("href"))
    assert turned.tree.xpath("//th[@aria-sort]/@aria-sort") == ["ascending"]
    assert [each.get("data-href").rpartition("/")[2] for each in turned.tree.xpath("//tbody/tr")] == uids


def test_pages_lead_forwards_and_back(browse: Browse, uids: list[str], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(lists.register_page, "__defaults__", ("", "", 3, ()))
    clerk = browse("vanthu")
    first = clerk.open("@@registers?sort=title&growing=1")
    assert not first.links(said("Previous page"))
    second = clerk.open(first.links(said("Next page"))[0])
    assert [each.get("data-href").rpartition("/")[2] for each in second.tree.xpath("//tbody/tr")] == uids[3:]
    assert not second.links(said("Next page"))
    again = clerk.open(second.links(said("Previous page"))[0])
    assert again.text == first.text


def test_columns_are_remembered_and_no_get_changes_them(browse: Browse, uids: list[str]) -> None:
    clerk = browse("vanthu")
    page = clerk.open("@@registers")
    send(clerk, page, "@@register-columns", columns=["title", "state"])
    again = clerk.open("@@registers")
    assert [each.get("class") for each in again.tree.xpath("//thead//th")] == ["c-choose", "c-title", "c-state"]
    assert len(browse("chanhvp").open("@@registers").tree.xpath("//thead//th")) > 3
    assert clerk.get(f"{clerk.site}/@@register-columns?columns=title").status_code in (403, 404)


def test_a_filter_is_kept_under_a_name_and_forgotten(browse: Browse, uids: list[str]) -> None:
    clerk = browse("vanthu")
    page = clerk.open("@@registers?state=done&q=viec")
    send(clerk, page, "@@register-filter", name="Đã xong")
    (kept,) = clerk.open("@@registers").links("Đã xong")
    shown = clerk.open(kept)
    assert [each.get("data-href").rpartition("/")[2] for each in shown.tree.xpath("//tbody/tr")] == [uids[3]]
    assert not browse("lanhdao").open("@@registers").links("Đã xong")
    send(clerk, shown, "@@register-filter", forget="Đã xong")
    assert not clerk.open("@@registers").links("Đã xong")


def test_many_are_passed_on_and_of_the_rest_it_is_said_why_not(
    browse: Browse, uids: list[str], functional_office: Office
) -> None:
    clerk = browse("vanthu")
    page = clerk.open("@@registers")
    asked = send(clerk, page, "@@register-pass-on", uids=uids)
    assert all(f"{at}-CV/TU" in asked.text for at in range(1, 5))
    to = f"person:{functional_office.people['lanhdao']}"
    fields = {"to": to, "capacity": "lead", "form.widgets.directive": "Xin ý kiến", "form.buttons.save": "1"}
    done = send(clerk, page, "@@register-pass-on", uids=uids, **fields)
    assert done.status_code == 200
    assert said("Not done") in unescape(done.text)
    assert [items.get(uid).state for uid in uids] == ["in_progress"] * 3 + ["done"]
    (reason,) = lxml.html.fromstring(done.text).xpath("//li/span[@class='late']")
    assert said("Done") in reason.text


def test_what_was_passed_to_one_is_marked_as_seen(
    browse: Browse, uids: list[str], functional_office: Office, act: Be
) -> None:
    with act("vanthu"):
        operations.transfer(uids[0], [Addressee(person=functional_office.people["lanhdao"])])
    leader = browse("lanhdao")
    page = leader.open("@@registers")
    assert len(page.tree.xpath("//tr[@class='unread']")) == 1
    report = send(leader, page, "@@register-seen", uids=uids[:2])
    assert said("Nothing that you have not seen was passed to you with it.") in unescape(report.text)
    assert leader.open("@@registers").tree.xpath("//tr[@class='unread']") == []


def test_lines_go_out_as_sheet_and_as_print(browse: Browse, uids: list[str]) -> None:
    clerk = browse("vanthu")
    page = clerk.open("@@registers")
    sheet = send(clerk, page, "@@register-export", uids=uids[:2])
    assert sheet.headers["Cache-Control"] == "private, no-store"
    lines = list(openpyxl.load_workbook(BytesIO(sheet.content)).active.iter_rows(min_row=4, values_only=True))
    assert {line[5] for line in lines} == {"V/v việc số 1", "V/v việc số 2"}
    printed = send(clerk, page, "@@register-print")
    document = pypdfium2.PdfDocument(printed.content)
    text = " ".join(document[0].get_textpage().get_text_bounded().split())
    document.close()
    assert all(f"V/v việc số {at}" in text for at in range(1, 5))


def test_who_reads_nothing_takes_nothing_out(browse: Browse, uids: list[str]) -> None:
    officer = browse("chuyenvien.tc")
    page = officer.open("@@registers")
    assert not page.tree.xpath("//tbody/tr")
    answer = send(officer, page, "@@register-export", uids=uids)
    assert len(list(openpyxl.load_workbook(BytesIO(answer.content)).active.iter_rows(min_row=4))) == 0
    refused = send(officer, page, "@@register-finish", uids=uids)
    assert "việc số" not in refused.text


@pytest.mark.parametrize("name", ["export", "print", "seen", "finish", "put-away", "pass-on", "columns", "filter"])
def test_nothing_is_done_by_get_or_without_the_authenticator(browse: Browse, uids: list[str], name: str) -> None:
    clerk = browse("vanthu")
    assert clerk.get(f"{clerk.site}/@@register-{name}?uids={uids[0]}").status_code == 403
    assert clerk.post(f"{clerk.site}/@@register-{name}", data={"uids": uids[0]}).status_code == 403
