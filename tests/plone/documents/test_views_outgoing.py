"""Screens of drafts, issuing and deliveries, over HTTP with cookie logins as a browser has them."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager
from datetime import date
from datetime import timedelta
from io import BytesIO
from typing import Any

import pytest
import sqlalchemy as sa
import transaction

from party.operations.documents import access
from party.operations.documents import files
from party.operations.documents import operations
from party.operations.documents.recipients import Addressee
from party.operations.documents.tables import deliveries
from party.operations.ledger import clock
from party.operations.ledger import items
from party.operations.ledger import turn
from party.operations.ledger.tables import metadata
from party.operations.organization import operations as organization
from tests.office import Office
from tests.plone.browsing import Browser
from tests.plone.browsing import BUTTONS
from tests.plone.browsing import FIELDS
from tests.plone.browsing import Page
from tests.plone.conftest import A_PDF


SAVE = f"{BUTTONS}save"

Browse = Callable[[str], Browser]
Act = Callable[[str], AbstractContextManager[None]]


@pytest.fixture
def units(functional_office: Office) -> dict[str, str]:
    return functional_office.units


@pytest.fixture
def draft(act: Act, functional_office: Office) -> Callable[..., str]:
    """``draft(state, to=("xa",))`` gives the uid of a document of the province in that state."""

    def make(state: str = "draft", to: tuple[str, ...] = ("xa",), **fields: Any) -> str:
        people, units = functional_office.people, functional_office.units
        fields.setdefault("recipients", [{"unit": units[each]} for each in to])
        facts = {"title": "V/v triển khai nhiệm vụ", "type": "party.cong-van", **fields}
        with act("chuyenvien"):
            uid = operations.create_draft(units["tonghop"], [a_pdf("Dự thảo.pdf")], **facts).UID()
        steps: list[tuple[str, str, Callable[[], Any]]] = [
            ("in_review", "chuyenvien", lambda: operations.submit_for_review(uid, [Addressee(people["lanhdao"])])),
            ("approved", "lanhdao", lambda: operations.approve(uid)),
            ("signed", "vanthu", lambda: operations.sign(uid, people["lanhdao"])),
            ("issued", "vanthu", lambda: operations.issue(uid)),
        ]
        for reached, login, step in steps if state != "draft" else ():
            with act(login):
                step()
            if reached == state:
                break
        return uid

    return make


def a_pdf(name: str) -> files.Upload:
    return files.stage(BytesIO(A_PDF), name)


def state_of(uid: str) -> str:
    transaction.begin()
    state: str = items.get(uid).state
    return state


def document(uid: str) -> Any:
    transaction.begin()
    return access.unrestricted(uid)


def delivery_of(uid: str, recipient: str) -> Any:
    transaction.begin()
    return turn.row(sa.select(deliveries).where(deliveries.c.document == uid, deliveries.c.recipient == recipient))


def uid_in(page: Page) -> str:
    return page.answer.url.partition("/d/")[2][:32]


# --- drafts ----------------------------------------------------------------------------------------------------------


def test_an_answer_begins_with_a_title_and_the_issuer_as_recipient(browse: Browse, act: Act, units: Any) -> None:
    with act("vanthu"):
        letter = operations.register_incoming(
            units["tinh"],
            [a_pdf("15671.pdf")],
            title="V/v báo cáo",
            type="party.cong-van",
            issuer="Văn phòng Trung ương Đảng",
            number_symbol="15671-CV/VPTW",
            document_date=date(2026, 11, 20),
        ).UID()
    page = browse("lanhdao").open(f"@@create-draft?replies_to={letter}")
    assert "15671-CV/VPTW" in page.value(f"{FIELDS}title")[0]
    assert "20/11/2026" in page.value(f"{FIELDS}title")[0]
    assert page.value("recipients.id:records") == [f"unit:{units['vptw']}"]
    page.add(unit=units["xa"], channel="both").add(name="Báo Nhân Dân")
    saved = page.fill(deadline="1/12/2026").press(files=(("Dự thảo.pdf", A_PDF),))
    made = document(uid_in(saved))
    assert made.replies_to == letter
    assert made.deadline == date(2026, 12, 1)
    assert [each.filename for each in made.files()] == ["Dự thảo.pdf"]
    assert list(made.recipients) == [
        {"unit": units["vptw"], "channel": "electronic"},
        {"unit": units["xa"], "channel": "both"},
        {"name": "Báo Nhân Dân", "channel": "paper"},
    ]


def test_who_may_not_answer_a_document_is_told_so_in_place_of_a_form(browse: Browse, draft: Callable[..., str]) -> None:
    uid = draft("issued")
    for address in (f"replies_to={uid}", "replies_to=0123456789abcdef", f"replaces={uid}"):
        page = browse("vanthu.tg").open(f"@@create-draft?{address}")
        assert page.form is None
        assert page.tree.xpath("//*[@role='alert']")


def test_a_draft_with_mistakes_comes_back_with_everything_that_was_typed(browse: Browse, units: Any) -> None:
    page = browse("chuyenvien").open("@@create-draft")
    page.fill(title="", deadline="31/2/2027", note="Gấp").add(unit=units["xa"], channel="both").add(name="Báo Lâm Sơn")
    again = page.press(files=(("Dự thảo.pdf", A_PDF),))
    assert "“31/2/2027”" in again.text
    assert again.value(f"{FIELDS}deadline") == ["31/2/2027"]
    assert again.value(f"{FIELDS}note") == ["Gấp"]
    assert again.value("recipients.id:records") == [f"unit:{units['xa']}", "name:Báo Lâm Sơn"]
    assert again.value("recipients.channel:records") == ["both", "electronic"]
    assert len(again.value("staged")) == 1
    saved = again.fill(title="V/v phối hợp", deadline="").press()
    made = document(uid_in(saved))
    assert [each.filename for each in made.files()] == ["Dự thảo.pdf"]
    assert len(made.recipients) == 2


@pytest.mark.parametrize(("name", "content"), [("x.pdf", b"no pdf at all"), ("x.pdf", b""), ("x.exe", b"MZ")])
def test_a_file_that_is_not_taken_loses_nothing_else(browse: Browse, units: Any, name: str, content: bytes) -> None:
    page = browse("chuyenvien").open("@@create-draft").fill(title="V/v phối hợp").add(unit=units["xa"])
    again = page.press(files=((name, content),))
    assert f"“{name}”" in again.text
    assert again.value(f"{FIELDS}title") == ["V/v phối hợp"]
    assert again.value("recipients.id:records") == [f"unit:{units['xa']}"]


def test_a_recipient_that_was_closed_is_named_and_what_was_typed_stays(browse: Browse, act: Act, units: Any) -> None:
    page = browse("chuyenvien").open("@@create-draft").fill(title="V/v phối hợp").add(unit=units["xa2"])
    with act(""):
        organization.close_unit(units["xa2"], clock.today())
    again = page.press(files=(("Dự thảo.pdf", A_PDF),))
    assert "Đảng uỷ xã Kỳ Sơn" in again.tree.xpath("//*[contains(@class, 'alert-danger')]")[0].text_content()
    assert again.value(f"{FIELDS}title") == ["V/v phối hợp"]
    assert again.value("recipients.id:records") == [f"unit:{units['xa2']}"]
    assert len(again.value("staged")) == 1


def test_of_two_windows_on_one_draft_the_second_is_told_and_keeps_what_was_typed(
    browse: Browse, draft: Callable[..., str]
) -> None:
    uid = draft()
    browser = browse("chuyenvien")
    first, second = (browser.open(f"d/{uid}/@@change") for _window in range(2))
    first.fill(title="V/v thứ nhất").press()
    again = second.fill(title="V/v thứ hai").press()
    assert document(uid).title == "V/v thứ nhất"
    assert again.value(f"{FIELDS}title") == ["V/v thứ hai"]
    assert again.tree.xpath(f"//*[contains(@class, 'alert-danger')]//a[contains(@href, '{uid}')]")
    again.press()
    assert document(uid).title == "V/v thứ hai"


def test_the_facts_and_recipients_of_a_draft_are_changed(browse: Browse, draft: Callable[..., str], units: Any) -> None:
    uid = draft()
    page = browse("chuyenvien").open(f"d/{uid}/@@change")
    assert page.value("recipients.id:records") == [f"unit:{units['xa']}"]
    page.put("recipients.id:records").put("recipients.channel:records").add(unit=units["quan"], channel="paper")
    page.fill(urgency="urgent").press()
    assert document(uid).urgency == "urgent"
    assert list(document(uid).recipients) == [{"unit": units["quan"], "channel": "paper"}]


def test_a_version_is_added_and_one_without_a_file_is_not(browse: Browse, draft: Callable[..., str]) -> None:
    uid = draft()
    page = browse("chuyenvien").open(f"d/{uid}/@@version").fill(note="Sửa mục 2")
    again = page.press()
    assert again.value(f"{FIELDS}note") == ["Sửa mục 2"]
    again.press(files=(("Dự thảo 2.pdf", A_PDF),))
    assert [each.note for each in document(uid).versions] == ["", "Sửa mục 2"]


def test_a_draft_is_cancelled_with_a_reason(browse: Browse, draft: Callable[..., str]) -> None:
    uid = draft()
    page = browse("chuyenvien").open(f"d/{uid}/@@cancel")
    again = page.fill(reason="x").press()
    assert again.value(f"{FIELDS}reason") == ["x"]
    again.fill(reason="Không còn cần").press()
    assert state_of(uid) == "cancelled"


# --- recipients ------------------------------------------------------------------------------------------------------


def suggested(browser: Browser, text: str) -> list[dict[str, str]]:
    found: list[dict[str, str]] = browser.get(f"{browser.site}/@@recipients.json", params={"q": text}).json()
    return found


def test_recipients_are_found_by_any_part_of_a_name_or_by_code(browse: Browse, units: Any) -> None:
    browser = browse("chuyenvien")
    for text in ("xa hoa binh", "Hoà Bình", "Hòa Bình", "A40.30"):
        assert suggested(browser, text)[0]["id"] == f"unit:{units['xa']}", text
    assert suggested(browser, "")[:1] == []
    # a room keeps no registers, so nothing can be sent to it
    assert f"unit:{units['tonghop']}" not in {each["id"] for each in suggested(browser, "phong tong hop")}


def test_a_group_stands_for_all_units_of_a_kind_and_a_name_for_who_is_outside(browse: Browse, units: Any) -> None:
    found = {each["id"]: each for each in suggested(browse("chuyenvien"), "các thuộc tinh")}
    assert f"group:commune:{units['tinh']}" in found
    assert "name:các thuộc tinh" in found


def test_recipients_that_somebody_made_up_are_refused(browse: Browse, units: Any) -> None:
    page = browse("chuyenvien").open("@@create-draft").fill(title="V/v phối hợp")
    page.add(unit="0" * 32).add(group="commune:0").add(group="x:").add(nobody="x").add(unit=units["xa"], channel="x")
    again = page.press()
    assert again.tree.xpath("//*[contains(@class, 'alert-danger')]")
    assert again.value(f"{FIELDS}title") == ["V/v phối hợp"]


def test_the_last_recipients_come_first(browse: Browse, draft: Callable[..., str], units: Any) -> None:
    draft("issued", to=("quan", "vptw"))
    browser = browse("chuyenvien")
    assert {each["id"] for each in suggested(browser, "")} == {f"unit:{units['quan']}", f"unit:{units['vptw']}"}
    assert suggested(browser, "uy trung uong")[0]["id"] == f"unit:{units['quan']}"


# --- review ----------------------------------------------------------------------------------------------------------


def test_a_draft_goes_along_a_prepared_route_that_says_who_is_on_it(browse: Browse, draft: Callable[..., str]) -> None:
    uid = draft()
    page = browse("chuyenvien").open(f"d/{uid}/@@submit")
    assert "Hoàng Thị Lan" in page.text
    assert "Trần Văn Hùng" in page.text
    assert len(page.value("route")) == 1
    page.fill(comment="Kính trình").press()
    assert state_of(uid) == "in_review"
    assert "Phòng Tổng hợp" in browse("truongphong").open(f"d/{uid}/@@approve").text


def test_a_level_nobody_holds_is_said_to_be_passed_over(
    browse: Browse, act: Act, draft: Callable[..., str], units: Any
) -> None:
    with act(""):
        organization.set_routes(
            units["tinh"],
            [
                {
                    "name": "Qua văn phòng",
                    "purpose": "review",
                    "steps": [{"function": "archivist"}, {"function": "office_head"}, {"function": "leader"}],
                }
            ],
        )
    page = browse("chuyenvien").open(f"d/{draft()}/@@submit")
    steps = [each.text_content() for each in page.tree.xpath("//form//ol/li")]
    assert ["(" in each for each in steps] == [True, False, False]


def test_reviewers_picked_one_by_one_are_asked_in_that_order(
    browse: Browse, draft: Callable[..., str], functional_office: Office
) -> None:
    uid = draft()
    people = functional_office.people
    browser = browse("chuyenvien")
    found = browser.get(f"{browser.site}/d/{uid}/@@reviewers.json", params={"q": "hung"}).json()
    assert found[0]["id"] == f"person:{people['chanhvp']}"
    page = browser.open(f"d/{uid}/@@submit")
    page.put("reviewers:list", f"person:{people['chanhvp']}", f"person:{people['truongphong']}").put(
        "route", ""
    ).press()
    browse("truongphong").open(f"d/{uid}/@@approve")
    browse("chanhvp").open(f"d/{uid}/@@approve").fill(comment="Đồng ý").press()
    browse("truongphong").open(f"d/{uid}/@@approve").press()
    assert state_of(uid) == "approved"


def test_a_reviewer_of_another_unit_is_refused_and_the_picked_stay(
    browse: Browse, draft: Callable[..., str], functional_office: Office
) -> None:
    uid, people = draft(), functional_office.people
    page = browse("chuyenvien").open(f"d/{uid}/@@submit").fill(comment="Kính trình")
    picked = [f"person:{people['lanhdao']}", f"person:{people['lanhdao.tw']}"]
    again = page.put("reviewers:list", *picked).put("route", "").press()
    assert "Phạm Quốc Cường" in again.tree.xpath("//*[contains(@class, 'alert-danger')]")[0].text_content()
    assert again.value("reviewers:list") == picked
    assert again.value(f"{FIELDS}comment") == ["Kính trình"]
    assert state_of(uid) == "draft"


def test_a_reviewer_sends_back_and_the_drafter_takes_back(browse: Browse, draft: Callable[..., str]) -> None:
    uid = draft("in_review")
    browse("lanhdao").open(f"d/{uid}/@@send_back").fill(reason="Sửa lại phần nơi nhận").press()
    assert state_of(uid) == "draft"
    uid = draft("in_review")
    browse("chuyenvien").open(f"d/{uid}/@@withdraw").press()
    assert state_of(uid) == "draft"


def test_who_may_not_act_sees_the_reason_in_place_of_the_form(browse: Browse, draft: Callable[..., str]) -> None:
    uid = draft("in_review")
    for verb in ("change", "submit", "approve", "sign", "issue", "send", "recall", "cancel"):
        page = browse("chuyenvien").open(f"d/{uid}/@@{verb}")
        assert page.form is None, verb
        assert page.tree.xpath("//main//*[@role='alert']"), verb


def test_a_version_that_came_while_the_reviewer_was_reading_is_not_agreed_to_unseen(
    browse: Browse, act: Act, draft: Callable[..., str]
) -> None:
    uid = draft("in_review")
    page = browse("lanhdao").open(f"d/{uid}/@@approve").fill(comment="Đồng ý")
    with act("chuyenvien"):
        operations.add_version(uid, [a_pdf("Dự thảo 2.pdf")])
    again = page.press()
    assert state_of(uid) == "in_review"
    assert again.value(f"{FIELDS}comment") == ["Đồng ý"]


# --- signing and issuing ---------------------------------------------------------------------------------------------


def test_the_signature_carries_the_title_of_the_post(browse: Browse, draft: Callable[..., str]) -> None:
    uid = draft("approved")
    page = browse("lanhdao").open(f"d/{uid}/@@sign")
    page.fill(authority="T/M", signed_on="23/11/2026").press()
    signature = document(uid).signature
    assert (signature["name"], signature["title"]) == ("Lê Minh Đức", "Phó Bí thư Thường trực")
    assert (signature["authority"], signature["signed_on"]) == ("T/M", date(2026, 11, 23))


def test_a_signature_of_tomorrow_is_refused(browse: Browse, draft: Callable[..., str]) -> None:
    uid = draft("approved")
    again = browse("vanthu").open(f"d/{uid}/@@sign").fill(signed_on="25/11/2026", title="Phó Bí thư").press()
    assert again.value(f"{FIELDS}signed_on") == ["25/11/2026"]
    assert again.value(f"{FIELDS}title") == ["Phó Bí thư"]
    assert again.tree.xpath("//*[contains(@class, 'field-signed_on') and contains(@class, 'has-error')]")
    assert state_of(uid) == "approved"


def test_before_it_is_issued_the_number_the_recipients_and_who_is_not_served_are_shown(
    browse: Browse, draft: Callable[..., str], units: Any
) -> None:
    draft("issued")
    uid = draft("signed", to=("xa", "xa2"))
    page = browse("vanthu").open(f"d/{uid}/@@issue")
    assert "02-CV/TU" in page.text
    assert "Đảng uỷ xã Hoà Bình" in page.text
    warning = page.tree.xpath("//*[contains(@class, 'alert-warning')]")[0].text_content()
    assert "Đảng uỷ xã Kỳ Sơn" in warning
    assert "Hoà Bình" not in warning
    after = page.press()
    assert document(uid).number_symbol == "02-CV/TU"
    told = after.tree.xpath("//*[@id='global_statusmessage']")[0].text_content()
    assert "02-CV/TU" in told
    assert "Đảng uỷ xã Kỳ Sơn" in told
    assert delivery_of(uid, units["xa2"]).state == "waiting"


def test_a_number_that_is_used_is_refused_beside_it_and_nothing_is_taken(
    browse: Browse, draft: Callable[..., str]
) -> None:
    draft("issued")
    uid = draft("signed")
    page = browse("vanthu").open(f"d/{uid}/@@issue").fill(number="1", issue_date="24/11/2026")
    again = page.press()
    assert again.tree.xpath("//*[contains(@class, 'field-number') and contains(@class, 'has-error')]")
    assert again.value(f"{FIELDS}number") == ["1"]
    assert "02-CV/TU" in again.text
    again.fill(number="7").press()
    assert document(uid).number_symbol == "07-CV/TU"


@pytest.mark.parametrize("day", ["32/11/2026", "25/11/2026", "23/11/2026"])
def test_a_day_of_issue_that_cannot_be_is_refused(browse: Browse, draft: Callable[..., str], day: str) -> None:
    uid = draft("signed")
    again = browse("vanthu").open(f"d/{uid}/@@issue").fill(issue_date=day).press()
    assert again.value(f"{FIELDS}issue_date") == [day]
    assert again.tree.xpath("//*[contains(@class, 'field-issue_date') and contains(@class, 'has-error')]")
    assert state_of(uid) == "signed"


def test_a_recipient_closed_after_the_signature_is_shown_before_and_stops_the_issue(
    browse: Browse, act: Act, draft: Callable[..., str], units: Any
) -> None:
    uid = draft("signed", to=("xa", "xa2"))
    with act(""):
        organization.close_unit(units["xa2"], clock.today())
    page = browse("vanthu").open(f"d/{uid}/@@issue")
    assert "Đảng uỷ xã Kỳ Sơn" in page.tree.xpath("//*[contains(@class, 'alert-danger')]")[0].text_content()
    again = page.press()
    assert "01-CV/TU" in again.text
    assert state_of(uid) == "signed"
    assert delivery_of(uid, units["xa"]) is None


def test_two_clerks_who_issue_at_once_take_one_number(browse: Browse, draft: Callable[..., str]) -> None:
    uid, other = draft("signed"), draft("signed")
    pages = [browse(login).open(f"d/{uid}/@@issue") for login in ("vanthu", "chanhvp")]
    with ThreadPoolExecutor(2) as at_once:
        after = list(at_once.map(Page.press, pages))
    assert sorted(each.form is None for each in after) == [False, True]
    assert document(uid).number_symbol == "01-CV/TU"
    browse("vanthu").open(f"d/{other}/@@issue").press()
    assert document(other).number_symbol == "02-CV/TU"


def test_a_replacement_begins_with_what_it_replaces(browse: Browse, draft: Callable[..., str], units: Any) -> None:
    uid = draft("issued", urgency="urgent")
    page = browse("chuyenvien").open(f"@@create-draft?replaces={uid}")
    assert page.value(f"{FIELDS}title") == ["V/v triển khai nhiệm vụ"]
    assert page.value(f"{FIELDS}urgency:list") == ["urgent"]
    assert page.value("recipients.id:records") == [f"unit:{units['xa']}"]
    assert document(uid_in(page.press())).replaces == uid


# --- deliveries: the recipient ---------------------------------------------------------------------------------------


def test_the_receiving_clerk_reads_the_file_and_receives(browse: Browse, draft: Callable[..., str], units: Any) -> None:
    uid = draft("issued")
    delivery = delivery_of(uid, units["xa"])
    clerk = browse("vanthu.xa")
    page = clerk.open(f"@@delivery?id={delivery.id}")
    assert "01-CV/TU" in page.text
    assert "Tỉnh uỷ Lâm Sơn" in page.text
    (frame,) = page.tree.xpath("//iframe/@src")
    assert clerk.get(frame).content == A_PDF
    assert page.value(f"{FIELDS}arrival_date") == ["24/11/2026"]
    received = page.press()
    made = document(uid_in(received))
    assert (made.portal_type, made.unit) == ("IncomingDocument", units["xa"])
    assert delivery_of(uid, units["xa"]).state == "accepted"
    assert clerk.open(f"@@delivery?id={delivery.id}").form is None


def test_nobody_else_learns_of_a_delivery(browse: Browse, draft: Callable[..., str], units: Any) -> None:
    delivery = delivery_of(draft("issued"), units["xa"])
    for login in ("vanthu.tg", "lanhdao.xa"):
        page = browse(login).open(f"@@delivery?id={delivery.id}")
        assert page.answer.status_code == 404
        assert "01-CV/TU" not in page.text
        assert page.form is None
    assert browse("vanthu.xa").open("@@delivery?id=x").answer.status_code == 404


def test_a_wrong_arrival_comes_back_with_what_was_typed(browse: Browse, draft: Callable[..., str], units: Any) -> None:
    delivery = delivery_of(draft("issued"), units["xa"])
    page = browse("vanthu.xa").open(f"@@delivery?id={delivery.id}").fill(number="12")
    again = page.fill(arrival_date="25/11/2026").press()
    assert again.value(f"{FIELDS}arrival_date") == ["25/11/2026"]
    assert again.value(f"{FIELDS}number") == ["12"]
    assert again.tree.xpath("//*[contains(@class, 'field-arrival_date') and contains(@class, 'has-error')]")
    assert again.fill(arrival_date="24/11/2026").press().form is None


@pytest.fixture
def typed_before(act: Act, draft: Callable[..., str], units: Any) -> tuple[Any, str]:
    """A delivery whose paper the recipient registered already: the delivery and the uid of the paper."""
    uid = draft("issued")
    with act("vanthu.xa"):
        paper = operations.register_incoming(
            units["xa"],
            [a_pdf("Bản giấy.pdf")],
            title="V/v triển khai nhiệm vụ",
            type="party.cong-van",
            issuer="Tỉnh uỷ Lâm Sơn",
            number_symbol="01-CV/TU",
            document_date=clock.today(),
            confirm=True,
        ).UID()
    return delivery_of(uid, units["xa"]), paper


def test_what_was_registered_from_paper_is_opened_tied_or_registered_again(
    browse: Browse, typed_before: tuple[Any, str]
) -> None:
    delivery, paper = typed_before
    page = browse("vanthu.xa").open(f"@@delivery?id={delivery.id}").fill(number="9").press()
    assert page.tree.xpath(f"//form//a[contains(@href, '/d/{paper}')]")
    assert page.value(f"{FIELDS}number") == ["9"]
    buttons = page.tree.xpath(f"//form//button[@name='{SAVE}']/@value")
    assert buttons[:2] == [f"existing:{paper}", "confirm"]
    assert delivery_of(delivery.document, delivery.recipient).state == "waiting"
    assert uid_in(page.press(value=f"existing:{paper}")) == paper
    assert delivery_of(delivery.document, delivery.recipient).incoming == paper


def test_another_paper_is_registered_in_spite_of_the_warning(browse: Browse, typed_before: tuple[Any, str]) -> None:
    delivery, paper = typed_before
    page = browse("vanthu.xa").open(f"@@delivery?id={delivery.id}").press()
    made = uid_in(page.press(value="confirm"))
    assert made != paper
    assert delivery_of(delivery.document, delivery.recipient).incoming == made


def test_of_two_who_receive_at_once_one_does(browse: Browse, act: Act, draft: Callable[..., str], units: Any) -> None:
    uid = draft("issued")
    delivery = delivery_of(uid, units["xa"])
    windows = [browse("vanthu.xa"), browse("vanthu.xa")]
    pages = [each.open(f"@@delivery?id={delivery.id}") for each in windows]
    with ThreadPoolExecutor(2) as at_once:
        after = list(at_once.map(Page.press, pages))
    won, lost = sorted(after, key=lambda page: "/d/" not in page.answer.url)
    assert uid_in(won) == delivery_of(uid, units["xa"]).incoming
    assert lost.tree.xpath("//*[contains(@class, 'alert-danger')]")
    assert "/@@delivery" in lost.answer.url


def test_a_refusal_reaches_the_sender_who_sends_on_paper(browse: Browse, draft: Callable[..., str], units: Any) -> None:
    uid = draft("issued", to=("xa", "quan"))
    delivery = delivery_of(uid, units["xa"])
    clerk = browse("vanthu.xa")
    page = clerk.open(f"@@refuse-delivery?id={delivery.id}")
    again = page.fill(reason=" ").press()
    assert again.form is not None
    again.fill(reason="Không đúng thẩm quyền").press()
    assert "01-CV/TU" not in clerk.open(f"d/{uid}").text
    sender = browse("vanthu")
    table = sender.open(f"d/{uid}/@@deliveries")
    assert "Không đúng thẩm quyền" in table.text
    assert "Phan Thị Ngọc (0200 000 000)" in table.text
    chosen = sender.open(f"d/{uid}/@@send_on_paper?delivery:list={delivery.id}")
    assert "Đảng uỷ xã Hoà Bình" in chosen.text
    assert "Quân uỷ" not in chosen.text
    missing = chosen.press()
    missing.fill(reason="Gửi bản giấy theo yêu cầu").press()
    assert delivery_of(uid, units["xa"]).state == "paper"
    assert delivery_of(uid, units["quan"]).state == "waiting"


def test_the_superior_office_sees_what_has_gone_up_to_it_without_the_file(
    browse: Browse, act: Act, draft: Callable[..., str], units: Any, time: clock.Frozen
) -> None:
    uid = draft("issued", to=("quan",))
    delivery = delivery_of(uid, units["quan"])
    office = browse("vanthu.tw")
    assert office.open(f"@@delivery?id={delivery.id}").answer.status_code == 404
    with act(""):
        operations.escalate_delivery(uid, 4, delivery.sent_at)
    page = office.open(f"@@delivery?id={delivery.id}")
    assert "Trịnh Văn Khoa (0200 000 000)" in page.text
    assert page.form is None
    assert not page.tree.xpath("//iframe")


# --- deliveries: the sender ------------------------------------------------------------------------------------------


def test_the_sender_comes_from_a_delivery_to_the_table(browse: Browse, draft: Callable[..., str], units: Any) -> None:
    uid = draft("issued")
    page = browse("vanthu").open(f"@@delivery?id={delivery_of(uid, units['xa']).id}")
    assert page.answer.url.endswith(f"/d/{uid}/@@deliveries")


def test_the_table_counts_first_filters_and_shows_a_hundred_at_a_time(
    browse: Browse, act: Act, draft: Callable[..., str], units: Any
) -> None:
    names = [{"name": f"Cơ quan ngoài hệ thống {number:03}"} for number in range(120)]
    uid = draft("issued", recipients=[{"unit": units["xa"]}, *names])
    browser = browse("chuyenvien")
    table = browser.open(f"d/{uid}/@@deliveries")
    counts = [each.text_content() for each in table.tree.xpath("//ul[@class='party-trays']//*[@class='count']")]
    assert counts == ["121", "1", "120"]
    assert len(table.tree.xpath("//tbody/tr")) == 100
    (following,) = table.tree.xpath("//a[@rel='next']/@href")
    assert len(Page(browser, browser.get(following)).tree.xpath("//tbody/tr")) == 21
    assert len(browser.open(f"d/{uid}/@@deliveries?state=waiting").tree.xpath("//tbody/tr")) == 1
    assert len(browser.open(f"d/{uid}/@@deliveries?q=thống 11").tree.xpath("//tbody/tr")) == 10
    assert len(browser.open(f"d/{uid}/@@deliveries?q=hoa binh").tree.xpath("//tbody/tr")) == 1


def test_a_recipient_does_not_see_how_others_received(browse: Browse, draft: Callable[..., str]) -> None:
    page = browse("vanthu.xa").open(f"d/{draft('issued', to=('xa', 'quan'))}/@@deliveries")
    assert "Quân uỷ" not in page.text


def test_it_is_sent_to_more_but_to_nobody_twice(browse: Browse, draft: Callable[..., str], units: Any) -> None:
    uid = draft("issued")
    page = browse("vanthu").open(f"d/{uid}/@@send")
    again = page.add(unit=units["quan"]).add(unit=units["xa"]).press()
    assert again.value("recipients.id:records") == [f"unit:{units['quan']}", f"unit:{units['xa']}"]
    assert delivery_of(uid, units["quan"]) is None
    again.put("recipients.id:records").put("recipients.channel:records").add(unit=units["quan"]).press()
    assert delivery_of(uid, units["quan"]).state == "waiting"


def test_a_recall_says_whom_it_reaches_and_needs_a_reason(
    browse: Browse, draft: Callable[..., str], units: Any
) -> None:
    uid = draft("issued")
    page = browse("lanhdao").open(f"d/{uid}/@@recall")
    assert "1" in page.tree.xpath("//form//p[contains(@class, 'party-panel')]")[0].text_content()
    again = page.press()
    assert state_of(uid) == "issued"
    again.fill(reason="Sai nội dung mục 3").press()
    assert state_of(uid) == "recalled"
    clerk = browse("vanthu.xa").open(f"@@delivery?id={delivery_of(uid, units['xa']).id}")
    assert clerk.form is None
    assert "Sai nội dung mục 3" in clerk.text


# --- the door --------------------------------------------------------------------------------------------------------


def everything() -> dict[str, Any]:
    transaction.begin()
    return {each.name: turn.rows(sa.select(each)) for each in metadata.sorted_tables}


def test_looking_changes_nothing(browse: Browse, draft: Callable[..., str], units: Any, functional_portal: Any) -> None:
    uid, signed, first = draft("issued", to=("xa", "xa2")), draft("signed"), draft()
    delivery = delivery_of(uid, units["xa"]).id
    pages = {
        "chuyenvien": ["@@create-draft", f"@@create-draft?replaces={uid}", "@@recipients.json?q=xa"]
        + [f"d/{first}/@@{verb}" for verb in ("change", "version", "cancel", "submit", "reviewers.json?q=a")],
        "vanthu": [f"d/{signed}/@@issue", f"d/{signed}/@@send_back"]
        + [f"d/{uid}/@@{verb}" for verb in ("deliveries", "send", "recall", f"send_on_paper?delivery:list={delivery}")],
        "vanthu.xa": [f"@@delivery?id={delivery}", f"@@refuse-delivery?id={delivery}"],
    }
    browsers = {login: browse(login) for login in pages}
    storage = functional_portal._p_jar.db().storage
    before, last = everything(), storage.lastTransaction()
    for login, paths in pages.items():
        for path in paths:
            answer = browsers[login].get(f"{browsers[login].site}/{path}")
            assert answer.status_code == 200, path
            pressed = browsers[login].get(answer.url, params={SAVE: "save", f"{FIELDS}reason": "Chỉ là đường dẫn"})
            assert pressed.status_code < 500, path
    assert everything() == before
    assert storage.lastTransaction() == last


def test_a_post_that_nobody_meant_is_refused(browse: Browse, draft: Callable[..., str]) -> None:
    uid = draft()
    page = browse("chuyenvien").open(f"d/{uid}/@@cancel").fill(reason="Không còn cần")
    assert page.put("_authenticator", "0" * 40).press().answer.status_code == 403
    assert state_of(uid) == "draft"


def test_a_draft_from_yesterday_is_numbered_by_its_day(browse: Browse, draft: Callable[..., str]) -> None:
    uid = draft("approved")
    yesterday = clock.today() - timedelta(days=1)
    day = f"{yesterday:%d/%m/%Y}"
    browse("vanthu").open(f"d/{uid}/@@sign").fill(signed_on=day).press()
    browse("vanthu").open(f"d/{uid}/@@issue").fill(issue_date=day).press()
    assert document(uid).issue_date == yesterday
