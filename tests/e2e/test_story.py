"""The main job in the browser: a letter from Hanoi, a directive, an answer, three units that find it waiting."""

from datetime import timedelta
from pathlib import Path

from playwright.sync_api import Browser

from party.operations.demo.letters import Letter
from party.operations.demo.letters import render
from party.operations.ledger import clock
from tests.e2e.conftest import RunningSite
from tests.e2e.people import Person


NUMBER = "9671-CV/VPTW"
TITLE = "V/v rà soát mã định danh của các cơ quan, đơn vị"
ANSWER = "V/v báo cáo kết quả rà soát mã định danh"


def names(site: RunningSite) -> dict[str, str]:
    """Full names by login."""
    return {each["login"]: each["name"] for each in site.accounts}


def pdf(path: Path, number: str, title: str) -> Path:
    """A letter of one page."""
    letter = Letter("Công văn", title, number, "Văn phòng Trung ương Đảng", "Hà Nội", clock.today(), ("Nội dung.",))
    path.write_bytes(render(letter))
    return path


def test_a_letter_from_hanoi_is_answered_and_three_units_find_the_answer(
    running_site: RunningSite, browser: Browser, tmp_path: Path
) -> None:
    who = names(running_site)
    today, deadline = clock.today(), clock.today() + timedelta(days=7)

    def enter(login: str) -> Person:
        return Person(browser, running_site.url, login, running_site.password)

    clerk = enter("vanthu.thainguyen")
    clerk.picture("01-desk")
    clerk.press("Vào sổ văn bản đến")
    clerk.fill(
        number_symbol=NUMBER,
        document_date=f"{today:%d/%m/%Y}",
        type="Công văn",
        title=TITLE,
        issuer="Văn phòng Trung ương Đảng",
    )
    clerk.page.set_input_files("input[type=file]", pdf(tmp_path / "Công văn 9671.pdf", NUMBER, TITLE))
    clerk.press("Vào sổ")
    clerk.picture("02-registered")
    address = clerk.page.url
    clerk.press("Chuyển xử lý")
    clerk.pick(who["lanhdao.thainguyen"].split()[-1], who["lanhdao.thainguyen"])
    clerk.press("Chuyển xử lý")

    leader = enter("lanhdao.thainguyen")
    leader.opens(TITLE, "to_direct")
    leader.press("Chuyển xử lý")
    leader.pick("ban to chuc", "Ban Tổ chức")
    leader.pick("tuyen giao", "Ban Tuyên giáo")
    leader.fill(directive="Ban Tổ chức chủ trì, tham mưu văn bản trả lời.", deadline=f"{deadline:%d/%m/%Y}")
    leader.picture("03-directive")
    leader.press("Chuyển xử lý")

    head = enter("truongban.btc.thainguyen")
    head.opens(TITLE, "to_direct")
    assert "Ban Tổ chức chủ trì, tham mưu văn bản trả lời." in head.text
    head.press("Chuyển xử lý")
    head.pick(who["chuyenvien.btc.thainguyen"].split()[-1], who["chuyenvien.btc.thainguyen"])
    head.press("Chuyển xử lý")

    officer = enter("chuyenvien.btc.thainguyen")
    officer.opens(TITLE, "to_do")
    officer.picture("04-officer")
    officer.press("Soạn văn bản trả lời")
    officer.fill(title=ANSWER, type="Công văn")
    officer.pick("tan lap", "Đảng uỷ xã Tân Lập")
    officer.pick("da nang", "Thành uỷ Đà Nẵng")
    officer.page.set_input_files("input[type=file]", pdf(tmp_path / "Dự thảo.pdf", "…-CV/BTCTU", ANSWER))
    officer.picture("05-draft")
    officer.press("Lưu dự thảo")
    draft = officer.page.url
    officer.press("Trình duyệt")
    officer.pick(who["truongban.btc.thainguyen"].split()[-1], who["truongban.btc.thainguyen"])
    officer.press("Trình duyệt")

    head.opens(ANSWER, "to_review")
    head.press("Duyệt")
    head.press("Duyệt")
    head.press("Ký")
    head.press("Ghi nhận chữ ký")

    registry = enter("vanthu.btc.thainguyen")
    registry.opens(ANSWER, "to_issue")
    registry.press("Cấp số, ban hành")
    registry.picture("06-issue")
    registry.press("Cấp số, ban hành")
    registry.picture("07-issued")
    assert "-CV/BTCTU" in registry.text

    receivers = [enter("vanthu.vptw"), enter("vanthu.tanlap"), enter("vanthu.danang")]
    for receiver in receivers:
        receiver.go("@@desk?tray=to_receive")
        assert ANSWER in receiver.text, receiver.login
    commune = receivers[1]
    commune.opens(ANSWER, "to_receive")
    commune.picture("08-to-receive")
    commune.press("Tiếp nhận, vào sổ")
    assert "Số đến" in commune.text
    commune.picture("09-received")

    officer.page.goto(draft)
    assert "Đã tiếp nhận" in officer.text
    clerk.page.goto(address)
    assert "Hoàn thành" in clerk.text
    assert "-CV/BTCTU" in clerk.text
    clerk.picture("10-answered")
    complaints = [said for each in (clerk, leader, head, officer, registry, *receivers) for said in each.complaints]
    assert complaints == []
