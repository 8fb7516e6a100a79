"""Files that wait to be registered: each clerk's own list, what is read in them, and nothing that anybody else could use."""

import os
from collections.abc import Callable
from datetime import date
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from party.operations.confidentiality import actor
from party.operations.documents import assigned
from party.operations.documents import files
from party.operations.documents import history
from party.operations.documents import operations
from party.operations.documents import staging
from party.operations.documents import trays
from party.operations.documents.tables import staged_files
from party.operations.ledger import clock
from party.operations.ledger import turn
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import Missing
from party.operations.reading.model import Assignment
from party.operations.reading.model import Place
from tests.clearances import clear
from tests.office import Office
from tests.plone.browsing import Browser
from tests.plone.browsing import Page
from tests.plone.browsing import said
from tests.plone.documents import papers
from tests.plone.documents.conftest import LETTER
from tests.writes import writes


Browse = Callable[[str], Browser]
Be = Callable[[str], Any]


def token(browser: Browser) -> str:
    """The authenticator of a page."""
    return str(browser.open("@@batch").tree.xpath("//input[@name='_authenticator']/@value")[0])


def drop(browser: Browser, content: bytes, name: str = "Công văn.pdf") -> Any:
    """Drop a file onto the page, as the script does."""
    sent = {"file": (name, content, "application/pdf")}
    return browser.post(f"{browser.site}/@@stage-file", data={"_authenticator": token(browser)}, files=sent)


def reading(browser: Browser, name: str) -> dict[str, Any]:
    """What the form's script is told of a file."""
    return dict(browser.get(f"{browser.site}/@@staged-reading?file={name}").json())


def accepted(page: Page, found: dict[str, Any]) -> Page:
    """The form with every likely proposal taken over."""
    names = {str(each) for each in page.form.xpath(".//@name")}
    for each in reversed(found["proposals"]):
        in_form = {f"form.widgets.{each['field']}", f"form.widgets.{each['field']}:list"} & names
        if in_form and each["certainty"] != "doubtful" and each["field"] != "level":
            page.put(in_form.pop(), each["typed"])
    return page


def proposed(found: dict[str, Any]) -> dict[str, str]:
    """The best proposal of each field."""
    return {each["field"]: each["typed"] for each in reversed(found["proposals"])}


def test_a_dropped_letter_is_read_and_registered_by_accepting(browse: Browse, functional_office: Office) -> None:
    clerk = browse("vanthu")
    dropped = drop(clerk, papers.letter()).json()
    page = clerk.open(dropped["url"])
    assert page.tree.xpath("//*[contains(@class, 'party-viewer')]/@data-paper-pages") == ["1"]
    assert page.value("title") == [""], "the server fills in nothing"
    found = reading(clerk, dropped["id"])
    assert found["settled"]
    best = proposed(found)
    assert best["number_symbol"] == papers.NUMBER
    assert best["document_date"] == "20/11/2026"
    assert best["issuer"] == "Văn phòng Trung ương Đảng"
    assert best["title"] == papers.TITLE
    assert [each["deadline"] for each in found["assignments"]] == ["10/12/2026"]
    page = accepted(page, found)
    page.values.append(("assignment", "0"))
    done = page.press()
    assert said("Registered under arrival number ${number}. Next: pass it on.", number=1) in done.text
    uid = done.answer.url.rpartition("/d/")[2]
    with actor.acting_as(functional_office.people["vanthu"]):
        (kept,) = assigned.of_document(uid)
        assert papers.TASK in kept.sentence
        assert staging.waiting() == []
    assert drop(clerk, papers.letter()).json()["id"] != dropped["id"]


def test_what_was_not_sent_is_not_filled_in(browse: Browse) -> None:
    clerk = browse("vanthu")
    page = clerk.open(drop(clerk, papers.letter()).json()["url"]).press()
    assert page.errors
    assert page.value("title") == [""]
    assert page.value("file"), "the file is still the form's"


def test_kept_assignments_are_offered_to_who_passes_the_document_on(
    browse: Browse, act: Be, functional_office: Office
) -> None:
    clerk = browse("vanthu")
    content = papers.letter(
        paragraphs=(papers.TASK, "Giao Ban Tổ chức Tỉnh uỷ chủ trì, báo cáo kết quả trước ngày 05/12/2026."),
    )
    dropped = drop(clerk, content).json()
    found = reading(clerk, dropped["id"])
    page = accepted(clerk.open(dropped["url"]), found)
    page.values += [("assignment", str(number)) for number in range(len(found["assignments"]))]
    uid = page.press().answer.url.rpartition("/d/")[2]
    form = clerk.open(f"d/{uid}/@@transfer")
    offers = form.tree.xpath("//input[@name='assigned']/@value")
    assert len(offers) == len(found["assignments"]) >= 1
    assert "10/12/2026" in form.text
    form.put("assigned", *offers).put("route", "")
    leader = functional_office.people["lanhdao"]
    form.values += [("to", f"person:{leader}"), ("capacity", "lead")]
    assert said("Passed on.") in form.press().text
    with act("vanthu"):
        sent = {each["to_person"] or each["to_unit"]: each for each in history.slips_of(uid)}
    assert papers.TASK in sent[leader]["directive"]
    board = sent[functional_office.units["tochuc"]]
    assert "Giao Ban Tổ chức Tỉnh uỷ chủ trì" in board["directive"]
    assert board["deadline"] == date(2026, 12, 5)


def test_an_assignment_with_an_addressee_of_its_own_needs_no_other_recipient(
    browse: Browse, act: Be, functional_office: Office
) -> None:
    board = functional_office.units["tochuc"]
    place = Place(1, ())
    found = [
        Assignment("Ban Tổ chức báo cáo.", "Ban Tổ chức Tỉnh uỷ", date(2026, 12, 5), "certain", place, board),
        Assignment("Báo cáo năm ngoái.", "", date(2025, 12, 5), "certain", place),
    ]
    with act("vanthu"):
        upload = files.stage(*papers.upload(papers.letter()))
        uid = operations.register_incoming(functional_office.units["tinh"], [upload], **LETTER).UID()
        assigned.keep_assignments(uid, found)
        kept = [str(each.id) for each in assigned.of_document(uid)]
    clerk = browse("vanthu")
    form = clerk.open(f"d/{uid}/@@transfer").put("assigned", kept[0]).put("route", "")
    assert said("(has passed)") in form.text
    assert said("Passed on.") in form.press().text
    with act("vanthu"):
        (slip,) = history.slips_of(uid)
    assert (slip["to_unit"], slip["directive"], slip["deadline"]) == (board, "Ban Tổ chức báo cáo.", date(2026, 12, 5))
    again = clerk.open(f"d/{uid}/@@transfer").put("assigned", kept[1]).put("route", "").press()
    assert again.errors, "a directive alone goes to nobody"
    assert again.tree.xpath(f"//input[@value='{kept[1]}']/@checked")


def test_a_batch_is_worked_through_one_file_after_the_other(browse: Browse) -> None:
    clerk = browse("vanthu")
    for number in ("1-CV/VPTW", "2-CV/VPTW", "3-CV/VPTW"):
        assert drop(clerk, papers.letter(number_symbol=number), f"{number[0]}.pdf").status_code == 200
    clerk = browse("vanthu")  # a new login
    batch = clerk.open("@@batch")
    links = batch.tree.xpath("//tbody//a/@href")
    assert [each.text_content() for each in batch.tree.xpath("//tbody//a")] == ["1.pdf", "2.pdf", "3.pdf"]
    page = clerk.open(links[0])
    page = accepted(page, reading(clerk, links[0].rpartition("=")[2])).press("next")
    assert page.answer.url == links[1]
    page = accepted(page, reading(clerk, links[1].rpartition("=")[2])).press("next")
    assert page.answer.url == links[2]
    assert not page.tree.xpath("//*[@name='form.buttons.next']"), "it is the last one"
    name = links[2].rpartition("=")[2]
    clerk.post(f"{clerk.site}/@@batch", data={"_authenticator": token(clerk), "file": name})
    assert clerk.open("@@batch").tree.xpath("//tbody//a") == []
    assert clerk.get(links[2]).status_code == 404


def test_a_file_is_its_owners_alone_and_only_what_was_meant_is_taken(browse: Browse) -> None:
    clerk, other = browse("vanthu"), browse("chanhvp")
    name = drop(clerk, papers.letter()).json()["id"]
    for path in ("@@staged-reading", "@@staged-page", "@@staged-words", "@@register-incoming"):
        address = f"{path}?file={name}&page=1&width=300"
        assert clerk.get(f"{clerk.site}/{address}").status_code == 200, path
        assert other.get(f"{other.site}/{address}").status_code == 404, path
        kept = clerk.get(f"{clerk.site}/{address}").headers["Cache-Control"]
        assert "no-store" in kept, path
    other.post(f"{other.site}/@@batch", data={"_authenticator": token(other), "file": name})
    assert clerk.get(f"{clerk.site}/@@staged-reading?file={name}").status_code == 200
    sent = {"file": ("a.pdf", papers.letter(), "application/pdf")}
    assert clerk.post(f"{clerk.site}/@@stage-file", files=sent).status_code == 403
    assert clerk.get(f"{clerk.site}/@@stage-file").status_code == 405
    bad = drop(clerk, b"MZ", "chay.exe")
    assert bad.status_code == 400
    assert "chay.exe" in bad.json()["problem"]


def test_reading_what_waits_writes_nothing(browse: Browse) -> None:
    clerk = browse("vanthu")
    name = drop(clerk, papers.letter()).json()["id"]
    with writes() as written:
        for path in ("@@batch", "@@staged-reading", "@@staged-page", "@@staged-words", "@@register-incoming"):
            clerk.get(f"{clerk.site}/{path}?file={name}&page=1&width=300")
    assert not written, written.report()


def test_the_same_paper_is_warned_of_before_anything_is_typed(browse: Browse) -> None:
    clerk = browse("vanthu")
    first = drop(clerk, papers.letter()).json()
    accepted(clerk.open(first["url"]), reading(clerk, first["id"])).press()
    (found,) = reading(clerk, drop(clerk, papers.letter()).json()["id"])["alike"]
    assert found["arrival"] == "1"
    typed = {"issuer": "Văn phòng Trung ương Đảng", "number_symbol": papers.NUMBER, "document_date": "20/11/2026"}
    answer = clerk.post(f"{clerk.site}/@@alike", data=typed)
    assert answer.json()["alike"] == [found]
    other = browse("vanthu.xa")
    assert other.post(f"{other.site}/@@alike", data=typed).json()["alike"] == []


def test_a_stamp_is_proposed_to_who_may_decide_on_it_and_warned_of_elsewhere(
    browse: Browse, act: Be, functional_office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    clerk = browse("vanthu")
    stamped = papers.letter(secrecy="Mật")
    warned = reading(clerk, drop(clerk, stamped).json()["id"])
    assert proposed(warned)["level"] == "secret"
    assert "không được phép" in warned["warning"] or warned["warning"]
    with act(""):
        clear(functional_office, "vanthu", "secret")
    dropped = drop(clerk, stamped).json()
    found = reading(clerk, dropped["id"])
    assert found["warning"] == ""
    page = clerk.open(dropped["url"])
    assert page.value("level") == ["normal"], "it is proposed, and not taken over"
    monkeypatch.setenv("PARTY_ZONE", "internet")
    assert clerk.get(f"{clerk.site}/@@staged-reading?file={dropped['id']}").status_code == 404
    assert clerk.open("@@batch").tree.xpath("//tbody//a") == []
    assert reading(clerk, drop(clerk, stamped).json()["id"])["warning"]


# --- what is kept, and where ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("zone", ["wan", "internet"])
def test_nothing_on_disk_opens_a_staged_file_or_names_it(
    zone: str, office: Office, be: Be, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PARTY_ZONE", zone)
    with be("vanthu"):
        upload = files.stage(*papers.upload(papers.letter(), "Tên tệp riêng.pdf"))
        name = staging.put_aside(upload)
        (row,) = turn.rows(sa.select(staged_files))
        assert row.level == {"wan": "top-secret", "internet": "normal"}[zone]
        assert staging.get(name).upload == upload
    stored = repr(tuple(row)).encode() + row.sealed
    folder = files._staging()
    stored += b"".join(each.name.encode() + each.read_bytes() for each in folder.iterdir() if each.is_file())
    for word in (upload.token, "riêng", papers.NUMBER):
        assert word.encode() not in stored


def test_a_row_opens_for_its_person_alone(office: Office, be: Be) -> None:
    with be("vanthu"):
        name = staging.put_aside(files.stage(*papers.upload(papers.letter())))
    with turn.turn():
        turn.run(sa.update(staged_files).values(person=office.people["chanhvp"]))
    with be("chanhvp"), pytest.raises(Missing):
        staging.get(name)


def test_a_file_waits_for_seven_days(office: Office, be: Be, time: clock.Frozen) -> None:
    with be("vanthu"):
        upload = files.stage(*papers.upload(papers.letter()))
        name = staging.put_aside(upload)
        aside = files.stage(*papers.upload(papers.letter()))
        for each in (*files._parts(upload.token), *files._parts(aside.token)):
            then = each.stat().st_mtime - timedelta(days=6).total_seconds()
            os.utime(each, (then, then))
        files.discard_old()
        time.advance(days=6)
        assert staging.get(name).upload == upload
        with pytest.raises(Invalid):
            files.staged(aside.token)
        time.advance(days=1, minutes=1)
        assert staging.waiting() == []


def test_the_lists_of_a_clerk_have_an_end(office: Office, be: Be, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(staging, "MOST", 1)
    with be("vanthu"):
        staging.put_aside(files.stage(*papers.upload(papers.letter())))
        before = set(files._staging().iterdir())
        with pytest.raises(Invalid):
            staging.put_aside(files.stage(*papers.upload(papers.letter())))
    assert set(files._staging().iterdir()) == before


def test_the_desk_counts_nothing_that_only_waits(office: Office, be: Be) -> None:
    with be("vanthu"):
        before = trays.counts()
        staging.put_aside(files.stage(*papers.upload(papers.letter())))
        assert trays.counts() == before
