"""A secret in the browser: its whole way, and everybody who must not learn that it exists."""

import re
import time
from collections.abc import Callable
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser

from party.operations.demo.letters import Letter
from party.operations.demo.letters import render
from party.operations.ledger import clock
from tests.e2e.conftest import RunningSite
from tests.e2e.people import Person


#: a word that stands nowhere else
WORD = "zqhầmlưutrữ"
TITLE = f"V/v chuyển hồ sơ vào {WORD}"
BASIS = "Danh mục bí mật nhà nước của Đảng, mục lưu trữ, điểm a"
DIRECTIVE = "Đồng chí trực tiếp giữ văn bản, không sao gửi."

Enter = Callable[..., Person]


@pytest.fixture
def enter(running_site: RunningSite, browser: Browser) -> Iterator[Enter]:
    """``enter(login)`` at the inner door, ``enter(login, internet=True)`` at the other; nobody's console complains."""
    people: list[Person] = []

    def enter(login: str, *, internet: bool = False, width: int = 1440) -> Person:
        url = running_site.internet_url if internet else running_site.url
        people.append(Person(browser, url, login, running_site.password, width))
        return people[-1]

    yield enter
    # each open window keeps connections to the server
    for each in people:
        each.context.close()
    assert [said for each in people for said in each.complaints] == []


def names(site: RunningSite) -> dict[str, str]:
    """Full names by login."""
    return {each["login"]: each["name"] for each in site.accounts}


def pdf(path: Path) -> Path:
    """A secret letter of one page."""
    letter = Letter(
        type_name="Công văn",
        subject=TITLE,
        number_symbol="-CV/TU",
        issuer="Tỉnh uỷ Thái Nguyên",
        place="Thái Nguyên",
        day=clock.today(),
        paragraphs=(f"Nội dung {WORD}.",),
        secrecy="Mật",
    )
    path.write_bytes(render(letter))
    return path


def path_of(person: Person) -> str:
    """Where the person is, below the site."""
    return re.sub(r"[?#].*", "", person.page.url.removeprefix(f"{person.url}/"))


#: where a list of anything is
_LISTS = (
    "@@desk",
    *(f"@@desk?tray={name}" for name in ("to_receive", "to_pass_on", "to_direct", "to_do", "for_information")),
    "@@registers",
    f"@@registers?text={WORD}",
    "@@registers?direction=outgoing",
    f"@@registers?direction=outgoing&text={WORD}",
    "@@secret-registers",
    "@@expiring",
)


def sees_nothing(person: Person, *paths: str) -> None:
    """No list names it, and each of its addresses answers as one at which nothing was ever made.

    Asked for with the person's session beside the page, since the console names each missing page.
    """
    for path in _LISTS:
        status, text = person.asks(path)
        assert status in (200, 404), f"{person.login} {path}: {status}"
        assert WORD not in text.replace(f"text={WORD}", "").replace(f'value="{WORD}"', ""), f"{person.login} {path}"
    for path in paths:
        uid = path.split("/")[1]
        missing = path.replace(uid, "0" * len(uid))
        (status, text), (status_of_missing, text_of_missing) = person.asks(path), person.asks(missing)
        assert status == status_of_missing == 404, f"{person.login} {path}: {status}, {status_of_missing}"
        assert _plain(text, uid) == _plain(text_of_missing, "0" * len(uid)), f"{person.login} {path}"


def _plain(page: str, uid: str) -> str:
    """A page without what is new in each: the token of forms and the address itself."""
    return re.sub(r"[0-9a-f]{40,}", "", page).replace(uid, "")


def test_a_secret_goes_its_whole_way_and_others_do_not_learn_of_it(
    running_site: RunningSite, enter: Enter, tmp_path: Path
) -> None:
    who = names(running_site)
    drafter = enter("chuyenvien.tonghop.thainguyen")
    drafter.press("Soạn dự thảo")
    drafter.fill(level="Mật", basis=BASIS, title=TITLE, type="Công văn")
    drafter.pick("tan lap", "Đảng uỷ xã Tân Lập")
    drafter.page.set_input_files("input[type=file]", pdf(tmp_path / f"{WORD}.pdf"))
    drafter.picture("21-secret-draft-form")
    drafter.press("Lưu dự thảo")
    drafter.picture("22-secret-draft")
    draft = path_of(drafter)
    drafter.press("Trình duyệt")
    drafter.pick(who["truongphong.tonghop.thainguyen"].split()[-1], who["truongphong.tonghop.thainguyen"])
    drafter.press("Trình duyệt")

    head = enter("truongphong.tonghop.thainguyen")
    head.opens(TITLE, "to_review")
    head.press("Duyệt")
    head.press("Duyệt")

    leader = enter("lanhdao.thainguyen")
    leader.opens(TITLE, "to_sign")
    leader.press("Quyết định độ mật")
    leader.picture("23-decide-level")
    leader.press("Quyết định độ mật")
    assert who["lanhdao.thainguyen"] in leader.page.locator("#level").inner_text()
    leader.press("Ký")
    leader.press("Ghi nhận chữ ký")

    clerk = enter("vanthu.thainguyen")
    clerk.opens(TITLE, "to_issue")
    clerk.press("Cấp số, ban hành")
    clerk.press("Cấp số, ban hành")
    clerk.picture("24-secret-issued")
    clerk.go(f"@@registers?direction=outgoing&text={WORD}")
    assert TITLE in clerk.text

    commune = enter("vanthu.tanlap")
    commune.opens(TITLE, "to_receive")
    commune.fill(pages_seen="1")
    commune.picture("25-secret-to-receive")
    commune.press("Tiếp nhận, vào sổ")
    received = path_of(commune)
    assert "Số đến" in commune.text
    commune.press("Chuyển xử lý")
    commune.pick(who["bithu.tanlap"].split()[-1], who["bithu.tanlap"])
    commune.fill(directive=DIRECTIVE, deadline=f"{clock.today() + timedelta(days=7):%d/%m/%Y}")
    commune.press("Chuyển xử lý")
    commune.picture("26-secret-passed-on")

    secretary = enter("bithu.tanlap")
    secretary.opens(TITLE, "to_direct")
    assert DIRECTIVE in secretary.text
    telephone = enter("bithu.tanlap", width=390)
    telephone.go(received)
    telephone.picture("27-secret-on-a-telephone")
    assert telephone.page.evaluate("document.documentElement.scrollWidth") <= 390

    for login in ("chuyenvien2.tonghop.thainguyen", "vanthu2.thainguyen", "chuyenvien.tanlap", "quantri.hethong"):
        sees_nothing(enter(login), draft, received)
    for login, address in (
        ("chuyenvien.tonghop.thainguyen", draft),
        ("lanhdao.thainguyen", draft),
        ("vanthu.thainguyen", draft),
        ("vanthu.tanlap", received),
    ):
        sees_nothing(enter(login, internet=True), address)
    outside = enter("vanthu.thainguyen", internet=True)
    outside.picture("28-desk-at-the-internet-door")
    outside.go("@@create-draft")
    assert outside.page.locator("[name^='form.widgets.level']").count() == 0

    auditor = enter("kiemtoan.tw")
    uid = draft.split("/")[1]
    for login in ("chuyenvien.tonghop.thainguyen", "lanhdao.thainguyen", "vanthu.thainguyen", "vanthu.tanlap"):
        auditor.go(f"@@audit?object={uid}&person={login}")
        assert "Xem nội dung" in auditor.page.locator("main table").inner_text()
        assert WORD not in auditor.text
    auditor.go(f"@@audit?object={uid}&outcome=refused")
    auditor.picture("29-audit")
    assert "chuyenvien2.tonghop.thainguyen" in auditor.page.locator("main table").inner_text()
    auditor.go("@@audit")
    auditor.press("Kiểm tra nhật ký")
    auditor.picture("30-audit-verified")
    assert auditor.page.locator(".alert-success").count() == 1
    sees_nothing(auditor, draft)


def test_two_officers_give_a_clearance_and_one_takes_it_away_at_once(running_site: RunningSite, enter: Enter) -> None:
    who = names(running_site)
    first, second = enter("coyeu1.tw"), enter("coyeu2.tw")
    clerk = enter("vanthu.danang")
    clerk.go("@@create-draft")
    assert clerk.page.locator("[name^='form.widgets.level']").count() == 0

    second.go("@@clearances?list=proposed")
    row = second.page.locator("tr", has_text=who["vanthu.danang"])
    with second.page.expect_navigation():
        row.get_by_role("link", name="Duyệt", exact=True).click()
    second.picture("31-confirm-a-clearance")
    second.press("Duyệt")

    clerk.go("@@create-draft")
    clerk.fill(level="Mật", basis=BASIS, title=TITLE, type="Công văn")
    clerk.press("Lưu dự thảo")
    made = path_of(clerk)
    clerk.go("@@desk?tray=my_drafts")
    assert TITLE in clerk.text

    first.go("@@clearances")
    row = first.page.locator("tr", has_text=who["vanthu.danang"])
    with first.page.expect_navigation():
        row.get_by_role("link", name="Thu hồi", exact=True).click()
    first.fill(reason="Chuyển công tác")
    first.press("Thu hồi")
    first.picture("32-clearance-revoked")
    sees_nothing(clerk, made)
    clerk.go("@@desk?tray=my_drafts")
    assert TITLE not in clerk.text
    sees_nothing(first, made)


def test_a_secret_found_at_the_internet_door_is_hidden_at_once_and_sealed_inside(enter: Enter, tmp_path: Path) -> None:
    title = f"V/v nội dung lẽ ra phải mật {WORD}"
    finder = enter("vanthu.thainguyen", internet=True)
    finder.go("@@register-incoming")
    finder.fill(number_symbol="8841-CV/VPTW", type="Công văn", title=title, issuer="Văn phòng Trung ương Đảng")
    finder.fill(document_date=f"{clock.today():%d/%m/%Y}")
    finder.page.set_input_files("input[type=file]", pdf(tmp_path / "8841.pdf"))
    finder.press("Vào sổ")
    found = path_of(finder)
    colleague, cleared = enter("vanthu2.thainguyen"), enter("vanthu.thainguyen")
    assert colleague.asks(found)[0] == 200
    # not for every day: it stands behind one more press
    finder.page.locator(".party-refused summary").click()
    finder.press("Báo phát hiện bí mật tại đây")
    finder.fill(reason="Thuộc danh mục bí mật nhà nước")
    finder.picture("33-a-secret-is-found")
    finder.press("Báo phát hiện bí mật tại đây")
    sees_nothing(finder, found)
    sees_nothing(colleague, found)
    limit = time.monotonic() + 60
    while cleared.asks(found)[0] != 200:
        assert time.monotonic() < limit
        time.sleep(0.5)
    cleared.go(found)
    assert cleared.page.locator("h1").inner_text() == title
    assert cleared.page.locator(".stamp.level").inner_text().endswith("MẬT")
    cleared.picture("34-sealed-inside")
    sees_nothing(finder, found)
    sees_nothing(colleague, found)
