"""@@past-registers: from a sheet to its columns, to every line, to documents, and nothing lost on the way."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import openpyxl
import pytest

from party.operations import worker
from party.operations.documents.past import report
from party.operations.documents.past import store
from party.operations.documents.past.store import Import
from tests.office import Office
from tests.plone.browsing import Browser
from tests.plone.browsing import Page
from tests.plone.documents.conftest import Be
from tests.plone.documents.past.conftest import archive
from tests.plone.documents.past.conftest import INCOMING
from tests.plone.documents.past.conftest import sheet


Browse = Callable[[str], Browser]

LINES = (
    ["02/01/2019", "1", "Sở Nội vụ", "1/SNV", "02/01/2019", "Báo cáo năm", ""],
    ["99/99/2019", "2", "Sở Nội vụ", "2/SNV", "", "<b>đậm</b>", ""],
    ["03/01/2019", "", "Sở Nội vụ", "3/SNV", "", "Báo cáo quý", ""],
)


def send(page: Page, do: str = "", sheet: tuple[str, bytes] | None = None, *files: tuple[str, bytes]) -> Page:
    """Press a button of the first form with that id, with files chosen."""
    parts: list[Any] = [(name, (None, text)) for name, text in page.values]
    if do:
        parts.append(("do", (None, do)))
    if sheet:
        parts.append(("sheet", sheet))
    parts += [("files", each) for each in files]
    return Page(page.browser, page.browser.post(page.form.get("action"), files=parts))


def test_a_clerk_goes_from_a_sheet_to_documents(browse: Browse, act: Be, functional_portal: Any) -> None:
    clerk = browse("vanthu")
    page = clerk.open("@@past-registers")
    page = send(page, "", ("so.csv", sheet(INCOMING, *LINES).getvalue()), ("a.zip", archive(["1-2019.pdf"]).getvalue()))
    assert "@@past-register?id=" in page.answer.url
    selects = page.tree.xpath("//form[@id='form']//select")
    assert [each.value for each in selects][:4] == ["arrival_date", "arrival_number", "issuer", "number_symbol"]
    assert "02/01/2019 | 99/99/2019 | 03/01/2019" in page.text
    page = send(page, "check")
    assert [each.text for each in page.tree.xpath("//*[@class='count']")] == ["1", "1", "1"]
    # what needs to be looked at stands first, and is text
    assert "<b>đậm</b>" in page.text
    assert "<b>đậm</b>" not in page.answer.text
    page = send(page, "begin")
    assert page.answer.headers["Refresh"]
    worker.work(functional_portal)
    page = clerk.open(page.answer.url)
    assert "Refresh" not in page.answer.headers
    with act("vanthu"):
        (found,) = store.mine()
        assert store.counts(found.id) == {"waiting": 0, "taken": 0, "warned": 0, "refused": 1, "done": 2, "failed": 0}
    (document,) = clerk.open(f"{page.answer.url}&show=done").tree.xpath("//tbody/tr[1]/td[2]/a/@href")
    assert "Báo cáo năm" in clerk.open(document).text
    answer = clerk.get(f"{clerk.site}/@@past-register-report?id={found.id}")
    assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''ket-qua-so.xlsx"
    (rows, _loose) = openpyxl.load_workbook(BytesIO(answer.content)).worksheets
    assert [cell.value for cell in rows[2]][5:9] == ["02/01/2019", "1", "Sở Nội vụ", "1/SNV"]


def test_files_stay_put_aside_when_the_sheet_is_wrong(browse: Browse) -> None:
    page = browse("vanthu").open("@@past-registers")
    page = send(page, "", ("so.csv", b"%PDF-1.4"), ("a.zip", archive(["1-2019.pdf"]).getvalue()))
    assert "“so.csv”" in page.text
    assert "a.zip" in page.text
    page = send(page, "", ("so.csv", sheet(INCOMING, *LINES).getvalue()))
    page = send(page, "check")
    assert "1-2019.pdf" in page.browser.open(f"{page.answer.url}&show=taken").text


def test_columns_that_were_chosen_wrongly_are_shown_as_they_were_chosen(browse: Browse) -> None:
    page = browse("vanthu").open("@@past-registers")
    page = send(page, "", ("so.csv", sheet(("A", "B", "C"), ["x", "y", "z"]).getvalue()))
    page.put("column-0", "title").put("column-1", "title").put("year", "hai nghìn")
    page = send(page, "check")
    assert page.tree.xpath("//*[contains(@class, 'alert-danger')]")
    assert [each.value for each in page.tree.xpath("//form[@id='form']//select")] == ["title", "title", ""]
    assert page.value("year") == ["hai nghìn"]


@pytest.mark.parametrize("login", ["chuyenvien", "lanhdao"])
def test_others_are_told_why_not(login: str, browse: Browse) -> None:
    page = browse(login).open("@@past-registers")
    assert page.answer.status_code == 403
    assert not page.tree.xpath("//form[@id='form']")


def test_an_import_of_somebody_else_is_not_there(browse: Browse) -> None:
    page = browse("vanthu").open("@@past-registers")
    page = send(page, "", ("so.csv", sheet(INCOMING, *LINES).getvalue()))
    other = browse("chanhvp")
    assert other.get(page.answer.url).status_code == 404
    name = page.answer.url.partition("id=")[2]
    assert other.get(f"{other.site}/@@past-register-report?id={name}").status_code == 404


@pytest.mark.parametrize("text", ['=HYPERLINK("http://x")', "+1+cmd|' /C calc'!A0", "@SUM(1)", "-2+3"])
def test_the_report_holds_texts_and_never_formulas(
    text: str, office: Office, be: Be, take: Callable[..., Import]
) -> None:
    line = ["02/01/2019", "1", text, text, "", text, text]
    found = take(sheet((*INCOMING, text), [*line, text]))
    with be("vanthu"):
        (rows, _loose) = openpyxl.load_workbook(BytesIO(report.sheet(found))).worksheets
    cells = [cell for row in rows for cell in row if cell.value == text]
    assert len(cells) == 6
    assert {cell.data_type for cell in cells} == {"s"}
