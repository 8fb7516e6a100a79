"""A session that ends while a long form is filled in: a login is asked for on the spot and nothing is lost."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.conftest import RunningSite
from tests.e2e.people import Person
from tests.e2e.test_story import pdf


TITLE = "V/v gia hạn thời gian gửi báo cáo quý"


def test_a_form_is_saved_with_its_file_after_logging_in_again(
    running_site: RunningSite, browser: Browser, tmp_path: Path
) -> None:
    clerk = Person(browser, running_site.url, "vanthu.danang", running_site.password)
    clerk.go("@@register-incoming")
    clerk.fill(number_symbol="31-CV/VPTW", type="Công văn", title=TITLE, issuer="Văn phòng Trung ương Đảng")
    clerk.page.set_input_files("input[type=file]", pdf(tmp_path / "31.pdf", "31-CV/VPTW", TITLE))
    clerk.context.clear_cookies()
    clerk.page.get_by_role("button", name="Vào sổ", exact=True).click()
    dialog = clerk.page.locator("dialog[open]")
    dialog.wait_for()
    clerk.picture("11-session-ended")
    dialog.locator("[name=password]").fill("sai mật khẩu")
    dialog.get_by_role("button", name="Đăng nhập").click()
    dialog.get_by_role("alert").wait_for()
    dialog.locator("[name=password]").fill(running_site.password)
    with clerk.page.expect_navigation():
        dialog.get_by_role("button", name="Đăng nhập").click()
    assert TITLE in clerk.text
    assert "31.pdf" in clerk.text


def test_what_was_typed_is_still_there_when_the_page_was_left(running_site: RunningSite, browser: Browser) -> None:
    clerk = Person(browser, running_site.url, "vanthu.danang", running_site.password)
    clerk.go("@@register-incoming")
    clerk.fill(title=TITLE, signer="Trần Văn Hùng")
    clerk.go("@@desk")
    clerk.go("@@register-incoming")
    assert clerk.page.locator("[name='form.widgets.signer']").input_value() == "Trần Văn Hùng"


@pytest.mark.parametrize("path", ["@@desk", "@@registers", "@@registers?direction=outgoing", "@@register-incoming"])
def test_a_page_fits_a_telephone(running_site: RunningSite, browser: Browser, path: str) -> None:
    clerk = Person(browser, running_site.url, "vanthu.thainguyen", running_site.password, width=390)
    clerk.go(path)
    assert clerk.page.evaluate("document.documentElement.scrollWidth") <= 390
    assert clerk.complaints == []
