"""Screens of incoming documents and the page of a document, over HTTP with cookie logins as a browser has them."""

from collections.abc import Callable
from collections.abc import Iterator
from contextlib import AbstractContextManager
from contextlib import contextmanager
from contextlib import ExitStack
from datetime import date
from io import BytesIO
from typing import Any

import pytest
import transaction
from AccessControl.SecurityManagement import newSecurityManager
from AccessControl.users import system
from plone.testing.layer import Layer
from zope.globalrequest import setRequest
from zope.interface import alsoProvides

from party.operations.confidentiality import actor
from party.operations.confidentiality import principals
from party.operations.documents import access
from party.operations.documents import files
from party.operations.documents import history
from party.operations.documents import lists
from party.operations.documents import operations
from party.operations.documents import trays
from party.operations.documents.recipients import Addressee
from party.operations.ledger import clock
from party.operations.ledger import items
from party.operations.ledger.operation import IInternalRequest
from tests.office import Office
from tests.plone.browsing import Browser
from tests.plone.browsing import Page
from tests.plone.browsing import said
from tests.plone.conftest import A_PDF


Browse = Callable[[str], Browser]
Act = Callable[[str], AbstractContextManager[None]]

REGISTERED = "Registered under arrival number ${number}. Next: pass it on."
NO_DATE = "“${value}” is not a date. Write day/month/year, such as 25/06/2025."
HOSTILE = '<script>alert(1)</script> & "V/v" <b>báo cáo</b>'

TYPED = {
    "issuer": "Văn phòng Trung ương Đảng",
    "number_symbol": "15671-CV/VPTW",
    "document_date": "20/11/2026",
    "type": "party.cong-van",
    "title": "V/v thực hiện một số nhiệm vụ",
    "signer": "Phạm Quốc Cường",
    "pages": "4",
    "note": "Kèm 2 phụ lục",
}


@pytest.fixture
def browse(functional: Layer, functional_office: Office, time: clock.Frozen) -> Iterator[Browse]:
    """A browser for each login."""
    site = functional["portal"].absolute_url().replace("nohost", f"localhost:{functional['port']}")
    with ExitStack() as windows:
        yield lambda login: windows.enter_context(Browser(site, login))


@pytest.fixture
def act(functional_portal: Any, functional_office: Office, time: clock.Frozen) -> Act:
    """``with act("vanthu"):`` does something beside the browsers and commits."""
    request = functional_portal.REQUEST
    alsoProvides(request, IInternalRequest)
    setRequest(request)

    @contextmanager
    def acting(login: str) -> Iterator[None]:
        transaction.begin()
        principals.forget()
        newSecurityManager(None, system)
        with actor.acting_as(functional_office.people[login]):
            yield
        transaction.commit()

    return acting


@pytest.fixture
def letter(act: Act, functional_office: Office) -> Callable[..., str]:
    """``letter()`` registers a letter at the province and gives its uid; ``to`` passes it on."""

    def make(to: tuple[str, ...] = (), **fields: Any) -> str:
        facts = {"title": "V/v báo cáo", "type": "party.cong-van", "issuer": "Văn phòng Trung ương Đảng", **fields}
        with act("vanthu"):
            uid = operations.register_incoming(functional_office.units["tinh"], [a_pdf("15671.pdf")], **facts).UID()
            if to:
                people = functional_office.people
                capacities = ["lead", *["support"] * (len(to) - 1)]
                whom = [Addressee(person=people[who], capacity=how) for who, how in zip(to, capacities, strict=True)]
                operations.transfer(uid, whom, directive="Xem và tham mưu")
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


def uid_in(page: Page) -> str:
    return page.answer.url.partition("/d/")[2][:32]


# --- registering -----------------------------------------------------------------------------------------------------


def test_a_letter_is_registered_with_its_files_and_passing_it_on_comes_next(browse: Browse) -> None:
    form = browse("vanthu").open("@@register-incoming")
    assert said("${book} (next number: ${number})", book="Sổ văn bản đến", number=1) in form.text
    page = form.fill(**TYPED).press(files=(("Công văn.pdf", A_PDF), ("Phụ lục.docx", b"PK\x03\x04")))
    assert page.answer.url.rpartition("/")[0].endswith("/d")
    assert said(REGISTERED, number=1) in page.text
    made = document(uid_in(page))
    assert [each.filename for each in made.files()] == ["Công văn.pdf", "Phụ lục.docx"]
    assert (made.document_date, made.arrival_date) == (date(2026, 11, 20), date(2026, 11, 24))
    assert made.deadline == date(2026, 12, 8)
    primary = page.tree.xpath("//*[contains(@class, 'party-verbs')]/*[contains(@class, 'btn-primary')]")
    assert [each.get("href").rpartition("/")[2] for each in primary] == ["@@transfer"]


@pytest.mark.parametrize(
    ("field", "wrong", "sentence", "words"),
    [
        ("document_date", {"document_date": "31/02/2026"}, NO_DATE, {"value": "31/02/2026"}),
        ("document_date", {"document_date": "25/11/2026"}, "${day} lies in the future.", {"day": "25/11/2026"}),
        (
            "document_date",
            {"arrival_date": "19/11/2026"},
            "The document is dated ${day}, after the day it arrived.",
            {"day": "20/11/2026"},
        ),
        ("number", {"number": "0"}, "", {}),
        ("pages", {"pages": "bốn"}, "", {}),
        ("type", {"type": ""}, "", {}),
        ("title", {"title": ""}, "", {}),
    ],
)
def test_what_was_typed_and_uploaded_is_still_there_after_a_mistake(
    browse: Browse, field: str, wrong: dict[str, str], sentence: str, words: dict[str, str]
) -> None:
    typed = TYPED | wrong
    page = browse("vanthu").open("@@register-incoming").fill(**typed).press(files=(("Công văn.pdf", A_PDF),))
    beside = page.tree.xpath(f"//*[contains(@class, 'field-{field}')]//*[contains(@class, 'invalid-feedback')]")
    assert said(sentence, **words) in beside[0].text_content()
    assert {name: page.value(name) for name in typed} == {name: [text] for name, text in typed.items()}
    assert "Công văn.pdf" in page.text
    right = {**TYPED, "arrival_date": "24/11/2026", "number": ""}
    saved = page.fill(**right).press()
    assert [each.filename for each in document(uid_in(saved)).files()] == ["Công văn.pdf"]


@pytest.mark.parametrize(
    ("name", "content", "sentence"),
    [
        (
            "Công văn.pdf",
            b"GIF89a",
            "“${file}” is not a PDF, although its name says so. Save it as PDF and choose it again.",
        ),
        ("Công văn.pdf", b"", "“${file}” is empty (0 bytes). Choose the file again."),
        ("chay.exe", b"MZ", "“${file}” is of a kind that is not taken. Accepted: ${kinds}."),
    ],
)
def test_a_bad_file_gives_its_sentence_and_the_good_ones_stay(
    browse: Browse, name: str, content: bytes, sentence: str
) -> None:
    page = browse("vanthu").open("@@register-incoming").fill(**TYPED)
    page = page.press(files=((name, content), ("Tốt.pdf", A_PDF), ("Tốt nữa.pdf", A_PDF)))
    words = {"file": name, "kinds": ", ".join(sorted(files.CONTENT_TYPES))}
    assert said(sentence, **words) in page.errors
    assert page.value("title") == [TYPED["title"]]
    saved = page.press()
    assert [each.filename for each in document(uid_in(saved)).files()] == ["Tốt.pdf", "Tốt nữa.pdf"]


def test_a_staged_file_that_is_not_kept_goes(browse: Browse) -> None:
    page = browse("vanthu").open("@@register-incoming").fill(**TYPED | {"title": ""})
    page = page.press(files=(("Nhầm.pdf", A_PDF), ("Đúng.pdf", A_PDF)))
    wrong, right = page.value("staged")
    saved = page.put("keep", right).fill(title="V/v").press()
    assert [each.filename for each in document(uid_in(saved)).files()] == ["Đúng.pdf"]
    with pytest.raises(files.Invalid):
        files.staged(wrong)


def test_a_number_that_is_used_is_shown_beside_the_number(browse: Browse, letter: Callable[..., str]) -> None:
    letter()
    page = browse("vanthu").open("@@register-incoming").fill(**TYPED, number="1").press(files=(("A.pdf", A_PDF),))
    beside = page.tree.xpath("//*[contains(@class, 'field-number')]//*[contains(@class, 'invalid-feedback')]")
    used = (
        "Number ${number} is used already in this series. Nothing was saved: leave the number empty to take the next one, "
        "or type another."
    )
    assert said(used, number=1) in beside[0].text_content()
    assert page.value("staged")
    saved = page.fill(number="7").press()
    assert said(REGISTERED, number=7) in saved.text


def test_the_same_paper_twice_is_warned_of_and_saved_when_it_is_said_again(
    browse: Browse, letter: Callable[..., str]
) -> None:
    first = letter(number_symbol="15671-CV/VPTW", document_date=date(2026, 11, 20))
    page = browse("vanthu").open("@@register-incoming").fill(**TYPED).press(files=(("A.pdf", A_PDF),))
    warning = page.errors[0]
    assert "15671-CV/VPTW" in warning
    assert [each for each in page.tree.xpath("//main//a/@href") if each.endswith(f"/d/{first}")]
    # pressing the usual button again still warns; only the one beside the warning saves
    page = page.press()
    assert page.errors == [warning]
    saved = page.press(value="confirm")
    assert uid_in(saved) != first
    assert [each.filename for each in document(uid_in(saved)).files()] == ["A.pdf"]


def test_a_paper_that_waits_as_a_delivery_is_warned_of(browse: Browse, act: Act, functional_office: Office) -> None:
    people, units = functional_office.people, functional_office.units
    with act("lanhdao.tw"):
        draft = operations.create_draft(
            units["vptw"],
            [a_pdf("A.pdf")],
            title="V/v báo cáo",
            type="party.cong-van",
            recipients=[{"unit": units["tinh"]}],
        ).UID()
        operations.submit_for_review(draft, [Addressee(person=people["lanhdao.tw"])])
        operations.approve(draft)
        operations.sign(draft, people["lanhdao.tw"])
    with act("vanthu.tw"):
        operations.issue(draft)
    number = document(draft).number_symbol
    page = browse("vanthu").open("@@register-incoming")
    page = page.fill(**TYPED | {"number_symbol": number, "document_date": "24/11/2026"}).press()
    assert number in page.errors[0]
    assert page.tree.xpath("//main//a[contains(@href, '@@delivery?id=')]")


def test_a_paper_is_taken_in_now_and_registered_later(browse: Browse) -> None:
    clerk = browse("vanthu")
    page = clerk.open("@@register-incoming").fill(**TYPED).press("receive", files=(("A.pdf", A_PDF),))
    uid = uid_in(page)
    assert state_of(uid) == "received"
    page = clerk.open(f"d/{uid}/@@register").press()
    assert said(REGISTERED, number=1) in page.text
    assert state_of(uid) == "registered"


def test_who_is_no_clerk_sees_why_there_is_no_form(browse: Browse) -> None:
    page = browse("chuyenvien").open("@@register-incoming")
    assert page.form is None
    why = "You register documents of a unit you serve as clerk or head of office, once it has an open register."
    assert said(why) in page.text


def test_a_form_that_was_forged_saves_nothing(browse: Browse, act: Act, functional_office: Office) -> None:
    clerk = browse("vanthu")
    page = clerk.open("@@register-incoming").fill(**TYPED).put("_authenticator", "forged")
    parts = [(name, (None, text)) for name, text in [*page.values, ("form.buttons.save", "1")]]
    assert clerk.post(page.form.get("action"), files=parts).status_code == 403
    with act("vanthu"):
        assert not lists.incoming_register(functional_office.units["tinh"]).rows


# --- the page of a document ------------------------------------------------------------------------------------------


def test_the_page_shows_file_facts_route_buttons_and_the_reasons_for_what_may_not_be_done(
    browse: Browse, letter: Callable[..., str]
) -> None:
    uid = letter(to=("lanhdao", "chanhvp"), number_symbol="15671-CV/VPTW", urgency="urgent")
    page = browse("lanhdao").open(f"d/{uid}")
    file = document(uid).files()[0].id
    (pictures,) = page.tree.xpath("//@data-paper-images")
    assert pictures.endswith(f"/d/{uid}/@@page-image?file={file}&page={{page}}&width={{width}}")
    assert page.links(said("Open in a new tab")) == [f"{page.browser.site}/d/{uid}/@@file/{file}"]
    for text in ("15671-CV/VPTW", "Văn phòng Trung ương Đảng", "08/12/2026 (còn 14 ngày)", "Xem và tham mưu"):
        assert text in page.text
    assert "Trần Văn Hùng" in page.text
    assert page.links(said("Pass on")) == [f"{page.browser.site}/d/{uid}/@@transfer"]
    assert not page.links(said("Register"))
    (why,) = page.tree.xpath("//details[contains(@class, 'party-refused')]")
    assert (
        said("This is not possible while the document is “${state}”.", state=said("In progress")) in why.text_content()
    )


def test_a_hostile_title_stays_text_everywhere(browse: Browse, letter: Callable[..., str]) -> None:
    uid = letter(title=HOSTILE, issuer=HOSTILE, note=HOSTILE, to=("chuyenvien",))
    officer = browse("chuyenvien")
    with_comment = officer.open(f"d/{uid}/@@comment").fill(text=HOSTILE).press()
    clerk = browse("vanthu")
    pages = [with_comment, *(officer.open(each) for each in (f"d/{uid}", "@@desk", f"d/{uid}/@@transfer"))]
    pages += [
        clerk.open(each) for each in (f"d/{uid}/@@change", "@@registers", "@@desk?tray=to_do", f"d/{uid}/@@finish")
    ]
    for page in pages:
        assert not page.tree.xpath("//script[contains(., 'alert')] | //main//b"), page.answer.url
        assert "<script>alert(1)" not in page.answer.text
    assert HOSTILE in with_comment.text


def test_looking_marks_nothing_but_the_script_of_the_page_does(browse: Browse, letter: Callable[..., str]) -> None:
    uid = letter(to=("chuyenvien",))
    officer = browse("chuyenvien")
    thing = officer.open(f"d/{uid}").tree.xpath("//*[@data-unread]")[0]
    assert [each["state"] for each in history.slips_of(uid)] == ["sent"]
    body = {"slips": thing.get("data-unread"), "_authenticator": thing.get("data-token")}
    assert officer.get(f"{officer.site}/@@mark-read", params=body).status_code == 405
    assert officer.post(f"{officer.site}/@@mark-read", data={**body, "_authenticator": ""}).status_code == 403
    assert [each["state"] for each in history.slips_of(uid)] == ["sent"]
    assert officer.post(f"{officer.site}/@@mark-read", data=body).status_code == 204
    assert [each["state"] for each in history.slips_of(uid)] == ["read"]
    assert officer.open(f"d/{uid}").tree.xpath("//*[@data-unread]")[0].get("data-unread") == ""


def test_the_journal_reads_as_sentences_with_what_was_corrected(browse: Browse, letter: Callable[..., str]) -> None:
    uid = letter()
    clerk = browse("vanthu")
    page = clerk.open(f"d/{uid}/@@change").fill(title="V/v báo cáo quý IV", deadline="30/11/2026").press()
    (journal,) = page.tree.xpath("//details[contains(@class, 'party-journal')]")
    text = " ".join(journal.text_content().split())
    assert said("${who} corrected the entry", who="Nguyễn Thị Mai") in text
    assert "V/v báo cáo → V/v báo cáo quý IV" in text
    assert "08/12/2026 → 30/11/2026" in text


def test_who_may_not_read_it_sees_nothing_of_it(browse: Browse, letter: Callable[..., str]) -> None:
    uid = letter(title="Không cho xem")
    stranger = browse("chuyenvien.tc")
    for path in ("", "/@@transfer", "/@@addressees.json?q=a", f"/@@file/{document(uid).files()[0].id}"):
        answer = stranger.get(f"{stranger.site}/d/{uid}{path}")
        assert answer.status_code in (401, 403, 404) or "insufficient-privileges" in answer.url
        assert "Không cho xem" not in answer.text


# --- files -----------------------------------------------------------------------------------------------------------


def test_a_pdf_is_shown_whole_or_in_ranges_and_saved_under_its_name(browse: Browse, letter: Callable[..., str]) -> None:
    uid = letter()
    clerk = browse("vanthu")
    address = f"{clerk.site}/d/{uid}/@@file/{document(uid).files()[0].id}"
    whole = clerk.get(address)
    assert whole.content == A_PDF
    assert whole.headers["Content-Type"] == "application/pdf"
    assert whole.headers["Content-Disposition"] == "inline; filename*=UTF-8''15671.pdf"
    assert whole.headers["X-Content-Type-Options"] == "nosniff"
    part = clerk.get(address, headers={"Range": "bytes=5-9"})
    assert (part.status_code, part.content) == (206, A_PDF[5:10])
    assert part.headers["Content-Range"] == f"bytes 5-9/{len(A_PDF)}"
    assert clerk.get(address, params={"download": "1"}).headers["Content-Disposition"].startswith("attachment;")
    assert clerk.get(f"{clerk.site}/d/{uid}/@@file/0123456789abcdef").status_code == 404


def test_what_a_browser_could_run_is_only_offered_to_be_saved(browse: Browse) -> None:
    clerk = browse("vanthu")
    page = clerk.open("@@register-incoming").fill(**TYPED)
    saved = page.press(files=(("Dữ liệu <b>.xml", b"<html><script>alert(1)</script></html>"),))
    (address,) = {each for each in saved.tree.xpath("//main//a/@href") if each.endswith("download=1")}
    answer = clerk.get(address.partition("?")[0])
    assert answer.headers["Content-Disposition"] == "attachment; filename*=UTF-8''D%E1%BB%AF%20li%E1%BB%87u%20_b_.xml"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer.headers["Content-Security-Policy"]
    assert not saved.tree.xpath("//iframe")


def test_who_only_received_a_document_sees_its_issued_version_and_nothing_of_how_it_came_about(
    browse: Browse, act: Act, functional_office: Office
) -> None:
    people, units = functional_office.people, functional_office.units
    with act("chuyenvien"):
        draft = operations.create_draft(
            units["tonghop"],
            [a_pdf("Bản một.pdf")],
            title="V/v triển khai",
            type="party.cong-van",
            recipients=[{"unit": units["xa"]}, {"unit": units["quan"]}],
        ).UID()
        operations.comment(draft, "Câu này chưa ổn")
        operations.add_version(draft, [a_pdf("Bản hai.pdf")], "Sửa theo ý anh Hùng")
        operations.submit_for_review(draft, [Addressee(person=people["lanhdao"])])
    with act("lanhdao"):
        operations.approve(draft, "Đồng ý, nhưng lần sau sớm hơn")
        operations.sign(draft, people["lanhdao"])
    with act("vanthu"):
        operations.issue(draft)
    old = document(draft).version(1).files[0].id
    inside, outside = browse("chuyenvien"), browse("vanthu.xa")
    secret = ("Câu này chưa ổn", "Sửa theo ý anh Hùng", "lần sau sớm hơn", "Quân uỷ Trung ương", "Bản một.pdf")
    seen, received = inside.open(f"d/{draft}"), outside.open(f"d/{draft}")
    assert all(text in seen.text for text in secret)
    assert not [text for text in secret if text in received.text]
    assert "Bản hai.pdf" in received.text
    assert inside.get(f"{inside.site}/d/{draft}/@@file/{old}").status_code == 200
    assert outside.get(f"{outside.site}/d/{draft}/@@file/{old}").status_code == 404


def test_what_the_sender_took_back_or_replaced_carries_a_banner(
    browse: Browse, act: Act, functional_office: Office
) -> None:
    people, units = functional_office.people, functional_office.units

    def issue(**fields: Any) -> str:
        with act("lanhdao"):
            made = operations.create_draft(
                units["tinh"], [a_pdf("A.pdf")], title="V/v triển khai", type="party.cong-van", **fields
            ).UID()
            operations.submit_for_review(made, [Addressee(person=people["lanhdao"])])
            operations.approve(made)
            operations.sign(made, people["lanhdao"])
        with act("vanthu"):
            operations.issue(made)
        return made

    first = issue(recipients=[{"unit": units["xa"]}])
    with act("vanthu.xa"):
        received = operations.accept_delivery(trays.tray("to_receive").rows[0].id).UID()
    clerk = browse("vanthu.xa")
    assert not clerk.open(f"d/{received}").tree.xpath("//main//*[@role='alert']")
    issue(replaces=first, recipients=[])
    (banner,) = clerk.open(f"d/{received}").tree.xpath("//main//*[@role='alert']")
    assert said("The sender replaced this document.") in banner.text_content()
    assert "02-CV/TU" in banner.text_content()
    assert "@@delivery?id=" in banner.xpath(".//a/@href")[0]


# --- verbs -----------------------------------------------------------------------------------------------------------


def test_a_clerk_passes_on_along_the_prepared_route(browse: Browse, letter: Callable[..., str]) -> None:
    uid = letter()
    page = browse("vanthu").open(f"d/{uid}/@@transfer")
    assert "Trần Văn Hùng" in page.text
    (route,) = [each for each in page.form.xpath(".//input[@name='route']/@value") if each]
    saved = page.put("route", route).fill(directive="Kính trình").press()
    assert said("Passed on.") in saved.text
    (slip,) = history.slips_of(uid)
    assert (slip["to_function"], slip["directive"]) == ("office_head", "Kính trình")


def test_a_leader_passes_on_to_many_with_a_capacity_each(
    browse: Browse, letter: Callable[..., str], functional_office: Office
) -> None:
    units, people = functional_office.units, functional_office.people
    uid = letter(to=("lanhdao",))
    page = browse("lanhdao").open(f"d/{uid}/@@transfer")
    keys = (f"unit:{units['tochuc']}", f"person:{people['chuyenvien']}", f"unit:{units['tonghop']}:room_head")
    page = (
        page.put("to", *keys)
        .put("capacity", "lead", "lead", "informed")
        .fill(directive="Tham mưu", deadline="1/12/2026")
    )
    again = page.press()
    assert said("Only one recipient leads; the others support or are informed.") in again.errors
    assert again.value("to") == list(keys)
    assert again.value("capacity") == ["lead", "lead", "informed"]
    assert again.value("directive") == ["Tham mưu"]
    assert "Vũ Đình Phúc" in again.text
    again.put("capacity", "lead", "support", "informed").press()
    sent = history.slips_of(uid)[1:]
    assert [each["capacity"] for each in sent] == ["lead", "support", "informed"]
    assert [each["deadline"] for each in sent] == [date(2026, 12, 1), date(2026, 12, 1), None]


def test_a_route_and_recipients_at_once_is_a_question_back(
    browse: Browse, letter: Callable[..., str], functional_office: Office
) -> None:
    uid = letter()
    page = browse("vanthu").open(f"d/{uid}/@@transfer")
    (route,) = [each for each in page.form.xpath(".//input[@name='route']/@value") if each]
    page = page.put("route", route).put("to", f"person:{functional_office.people['lanhdao']}").put("capacity", "lead")
    assert said("Choose one: the prepared route, or recipients of your own choice.") in page.press().errors
    assert state_of(uid) == "registered"


def test_addressees_are_found_by_any_part_of_the_name_with_the_last_ones_first(
    browse: Browse, letter: Callable[..., str], functional_office: Office
) -> None:
    uid = letter(to=("truongphong",))
    clerk = browse("vanthu")

    def found(text: str) -> list[dict[str, str]]:
        answer: list[dict[str, str]] = clerk.get(f"{clerk.site}/d/{uid}/@@addressees.json", params={"q": text}).json()
        return answer

    assert [each["label"] for each in found("")] == ["Hoàng Thị Lan"]
    assert found("van hung")[0]["label"] == "Trần Văn Hùng"
    assert found("to chuc")[0]["id"] == f"unit:{functional_office.units['tochuc']}"
    assert {
        "id": f"unit:{functional_office.units['tinh']}:leader",
        "label": said("Leader"),
        "hint": "Tỉnh uỷ Lâm Sơn",
    } in found("lanh dao")
    # who serves in the central office cannot be addressed from a province
    assert not found("do thi hanh")


def test_the_issuer_is_completed_from_the_units(browse: Browse) -> None:
    clerk = browse("vanthu")
    found = clerk.get(f"{clerk.site}/@@issuers.json", params={"q": "hoa binh"}).json()
    assert [(each["label"], each["hint"]) for each in found] == [("Đảng uỷ xã Hoà Bình", "Tỉnh uỷ Lâm Sơn")]


def test_an_officer_takes_it_up_and_finishes_his_part(browse: Browse, letter: Callable[..., str]) -> None:
    uid = letter(to=("lanhdao", "chuyenvien"))
    slip = history.slips_of(uid)[1]["id"]
    officer = browse("chuyenvien")
    page = officer.open(f"d/{uid}")
    (begin,) = page.tree.xpath("//form[contains(@action, 'do=start')]")
    answer = officer.post(begin.get("action"), data={**dict(begin.form_values()), "form.buttons.save": "1"})
    assert said("You have taken it up.") in Page(officer, answer).text
    page = officer.open(f"d/{uid}/@@slip?id={slip}&do=complete").fill(result="Đã gửi số liệu").press()
    assert said("Your part is done.") in page.text
    assert "Đã gửi số liệu" in page.text
    assert history.slips_of(uid)[1]["state"] == "done"


def test_who_gives_it_back_is_led_to_the_desk_and_needs_a_reason(browse: Browse, letter: Callable[..., str]) -> None:
    uid = letter(to=("chuyenvien",))
    slip = history.slips_of(uid)[0]["id"]
    page = browse("chuyenvien").open(f"d/{uid}/@@slip?id={slip}&do=return").press()
    assert page.errors
    page = page.fill(reason="Không thuộc phần việc của phòng").press()
    assert page.answer.url.endswith("@@desk")
    assert said("Given back.") in page.text


def test_what_nobody_has_read_is_taken_back(browse: Browse, letter: Callable[..., str]) -> None:
    uid = letter(to=("lanhdao", "chuyenvien"))
    clerk = browse("vanthu")
    (_first, second) = clerk.open(f"d/{uid}").links(said("Take back"))
    assert said("Taken back.") in clerk.open(second).press().text
    assert [each["state"] for each in history.slips_of(uid)] == ["sent", "recalled"]


def test_a_slip_of_another_document_is_not_found_here(browse: Browse, letter: Callable[..., str]) -> None:
    mine, other = letter(to=("chuyenvien",)), letter(to=("chuyenvien",))
    slip = history.slips_of(other)[0]["id"]
    officer = browse("chuyenvien")
    for query in (f"id={slip}&do=complete", "id=x&do=complete", "id=&do=", f"id={slip}&do=delete"):
        assert officer.get(f"{officer.site}/d/{mine}/@@slip?{query}").status_code == 404


@pytest.mark.parametrize(
    ("verb", "fields", "state"),
    [
        ("refuse", {"reason": "Gửi nhầm nơi nhận"}, "refused"),
        ("return", {"reason": "Sai thể thức"}, "returned"),
        ("finish", {"result": "Đã xử lý"}, "done"),
        ("put-away", {}, "filed"),
        ("reopen", {"reason": "Cần bổ sung"}, "in_progress"),
    ],
)
def test_each_verb_has_its_form(
    browse: Browse, act: Act, letter: Callable[..., str], functional_office: Office, verb: str, fields: Any, state: str
) -> None:
    uid = letter()
    with act("vanthu"):
        if verb == "refuse":
            uid = operations.receive_incoming(
                functional_office.units["tinh"], [], title="V/v", type="party.cong-van", issuer="Sở Nội vụ"
            ).UID()
        if verb == "reopen":
            operations.finish_incoming(uid)
    page = browse("vanthu").open(f"d/{uid}/@@{verb}")
    if "reason" in fields:
        assert page.press().errors
    saved = page.fill(**fields).press()
    assert saved.answer.url.endswith(f"/d/{uid}")
    assert state_of(uid) == state
    assert all(text in saved.text for text in fields.values())


def test_who_may_not_do_it_sees_the_reason_in_place_of_the_form(browse: Browse, letter: Callable[..., str]) -> None:
    uid = letter(to=("chuyenvien",))
    page = browse("chuyenvien").open(f"d/{uid}/@@return")
    assert page.form is None
    who = said("the clerk or head of office of the unit")
    assert said("Only ${who} may do this.", who=who) in page.text


def test_of_two_people_at_once_the_second_is_told_and_may_save_again(
    browse: Browse, letter: Callable[..., str]
) -> None:
    uid = letter()
    late, quick = browse("vanthu").open(f"d/{uid}/@@change"), browse("chanhvp").open(f"d/{uid}/@@change")
    quick.fill(signer="Phạm Quốc Cường").press()
    told = late.fill(note="Kèm phụ lục").press()
    text = (
        "Somebody else changed this record while you were working on it. Nothing was overwritten: look at the present "
        "state and do it again if it is still needed."
    )
    assert said(text) in told.errors
    assert told.value("note") == ["Kèm phụ lục"]
    assert not document(uid).note
    saved = told.press()
    assert saved.answer.url.endswith(f"/d/{uid}")
    assert document(uid).note == "Kèm phụ lục"


# --- reading writes nothing ------------------------------------------------------------------------------------------


def test_looking_at_pages_writes_nothing_to_the_database_of_objects(
    browse: Browse, act: Act, letter: Callable[..., str], functional_office: Office, functional_portal: Any
) -> None:
    province = letter(to=("lanhdao",))
    with act("vanthu.xa"):
        # a unit that never had a route, nor anything else that a page could make on its way
        commune = operations.register_incoming(
            functional_office.units["xa"], [a_pdf("A.pdf")], title="V/v", type="party.cong-van", issuer="Sở Nội vụ"
        ).UID()
    with_file = f"@@file/{document(province).files()[0].id}"
    slip = history.slips_of(province)[0]["id"]
    everywhere = ("@@desk", "@@registers", "@@register-incoming", "@@issuers.json?q=a")
    of_each = (
        *("", "/@@transfer", "/@@addressees.json?q=a", "/@@change", "/@@refuse", "/@@return", "/@@finish"),
        *("/@@reopen", "/@@put-away", "/@@comment", "/@@register"),
    )
    of_one = (f"d/{province}/{with_file}", f"d/{province}/@@slip?id={slip}&do=complete")
    asked = {
        "vanthu": [*everywhere, *of_one, *(f"d/{province}{each}" for each in of_each)],
        "lanhdao": [*everywhere, *of_one, *(f"d/{province}{each}" for each in of_each)],
        "vanthu.xa": [*everywhere, *(f"d/{commune}{each}" for each in of_each)],
    }
    browsers = {login: browse(login) for login in asked}
    before = functional_portal._p_jar.db().lastTransaction()
    for login, paths in asked.items():
        for path in paths:
            answer = browsers[login].get(f"{browsers[login].site}/{path}")
            assert answer.status_code == 200, path
            assert not answer.history, path
    assert functional_portal._p_jar.db().lastTransaction() == before
