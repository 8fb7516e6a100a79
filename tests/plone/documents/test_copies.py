"""Numbered copies: the reader's name on every page, who may make them, who holds them, and what is left behind."""

import os
import tempfile
from collections.abc import Callable
from datetime import date
from io import BytesIO
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
from PIL import Image

from party.operations.confidentiality import audit
from party.operations.confidentiality.audit.reading import every
from party.operations.confidentiality.audit.reading import Filter
from party.operations.demo.letters import Letter
from party.operations.demo.letters import render
from party.operations.documents import access
from party.operations.documents import copies
from party.operations.documents import files
from party.operations.documents import history
from party.operations.documents import operations
from party.operations.documents import rules
from party.operations.documents import serving
from party.operations.documents import trays
from party.operations.documents.operations.handling import Mismatch
from party.operations.documents.recipients import Addressee
from party.operations.ledger.errors import Changed
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import Missing
from party.operations.ledger.errors import NotAllowed
from tests.clearances import clear
from tests.office import Office
from tests.plone.documents.conftest import Be


BASIS = "Danh mục bí mật nhà nước của Đảng, Điều 1"


def letter(pages: int = 1) -> bytes:
    """A Vietnamese letter of that many pages."""
    paragraphs = ("Nội dung công việc cần triển khai trong thời gian tới. " * 12,) * (1 if pages == 1 else 5 * pages)
    return render(
        Letter(
            type_name="Công văn",
            subject="V/v công tác bảo vệ",
            number_symbol="12-CV/TU",
            issuer="Tỉnh uỷ Lâm Sơn",
            place="Lâm Sơn",
            day=date(2026, 11, 24),
            paragraphs=paragraphs,
        )
    )


def staged(content: bytes, name: str = "Công văn.pdf") -> files.Upload:
    return files.stage(BytesIO(content), name)


def texts(served: serving.Served) -> list[str]:
    """The text layer of each page that goes out."""
    content = b"".join(served.body)
    assert len(served.body) == len(content)
    return [page.get_textpage().get_text_bounded() for page in pypdfium2.PdfDocument(content)]


def recorded(action: str, uid: str) -> list[Any]:
    return list(every(audit.database(), Filter(action=action, object=uid)))


def left_behind() -> set[str]:
    """Every file in var and in the place of temporary files, but for the databases."""
    found = set()
    for folder in (os.environ["PARTY_VAR"], tempfile.gettempdir()):
        found |= {str(each) for each in Path(folder).rglob("*") if each.is_file() and "sqlite" not in each.name}
    return found


@pytest.fixture
def cleared(office: Office) -> Office:
    for login in ("vanthu", "lanhdao", "chuyenvien", "truongphong", "vanthu.xa", "lanhdao.xa"):
        clear(office, login, "secret")
    return office


@pytest.fixture
def make(cleared: Office, be: Be) -> Callable[..., Any]:
    """``make("signed", copying=True)`` gives a secret document of the province in that state."""

    def brought_to(state: str = "issued", copying: bool = True, uploads: Any = None, **fields: Any) -> Any:
        people = cleared.people
        fields.setdefault("recipients", [{"unit": cleared.units["xa"]}, {"name": "Bộ Chỉ huy Quân sự tỉnh"}])
        with be("chuyenvien"):
            uid = operations.create_draft(
                cleared.units["tonghop"],
                [staged(letter())] if uploads is None else uploads,
                level="secret",
                basis=BASIS,
                **{"title": "V/v bảo vệ", "type": "party.cong-van", **fields},
            ).UID()
        steps: list[tuple[str, str, Callable[[], Any]]] = [
            ("draft", "lanhdao", lambda: operations.decide_level(uid, "secret", basis=BASIS, copying=copying)),
            ("in_review", "chuyenvien", lambda: operations.submit_for_review(uid, [Addressee(people["lanhdao"])])),
            ("approved", "lanhdao", lambda: operations.approve(uid)),
            ("signed", "vanthu", lambda: operations.sign(uid, people["lanhdao"])),
            ("issued", "vanthu", lambda: operations.issue(uid)),
        ]
        for reached, login, step in steps:
            with be(login):
                step()
            if reached == state:
                break
        return access.unrestricted(uid)

    return brought_to


def file_of(document: Any, number: int = 0) -> files.DocumentFile:
    return serving.readable_files(access.readable(document.UID()))[number]


def test_who_looks_at_a_secret_file_finds_his_name_on_every_page(make: Any, be: Be) -> None:
    document = make("issued", uploads=[staged(letter(3))])
    before = left_behind()
    with be("lanhdao"):
        opened = access.readable(document.UID())
        served = serving.looked_at(opened, file_of(document))
        pages = texts(served)
        assert len(pages) >= 3
        assert copies.of(document.UID()) == [] or all(
            each.kind in ("paper", "electronic") for each in copies.of(opened.UID())
        )
    for page in pages:
        assert "Lê Minh Đức (lanhdao)" in page
        assert "09:00 24/11/2026" in page
        assert "Nội dung công việc" in page or "Lê Minh Đức" in page
    assert served.number is None
    assert served.content_type == "application/pdf"
    assert left_behind() == before
    (seen,) = recorded("view", document.UID())
    assert seen.outcome == "done"


def test_a_printout_and_a_download_take_the_next_numbers_and_stand_in_both_journals(
    make: Any, cleared: Office, be: Be
) -> None:
    document = make("issued")
    uid = document.UID()
    before = left_behind()
    with be("lanhdao"):
        file = file_of(document)
        printed = operations.make_copy(uid, file.id, "print", purpose="Họp Ban Thường vụ")
        saved = operations.make_copy(uid, file.id, "download")
        assert (printed.number, saved.number) == (3, 4)  # after the two that were sent
        assert "3" in printed.filename
        listed = copies.of(uid)
        assert [(each.number, each.kind, each.holder_name) for each in listed] == [
            (1, "electronic", "Đảng uỷ xã Hoà Bình"),
            (2, "paper", "Bộ Chỉ huy Quân sự tỉnh"),
            (3, "print", "Lê Minh Đức"),
            (4, "download", "Lê Minh Đức"),
        ]
        assert listed[2].purpose == "Họp Ban Thường vụ"
        assert listed[2].made_by == cleared.people["lanhdao"]
        assert "make_copy" in [each["operation"] for each in history.events(uid)]
        assert "Lê Minh Đức" in texts(printed)[0]
        assert list(saved.body)
    assert left_behind() == before
    assert [each.facts["copy"] for each in recorded("print", uid)] == [3]
    assert [each.facts["copy"] for each in recorded("download", uid)] == [4]


def test_where_copies_are_not_allowed_a_leader_alone_orders_one_and_says_why(make: Any, be: Be) -> None:
    document = make("issued", copying=False)
    uid = document.UID()
    with be("vanthu"):
        answer = rules.may("copy", access.readable(uid))
        assert not answer
        assert "leader" in str(answer.reason)
        with pytest.raises(NotAllowed):
            operations.make_copy(uid, file_of(document).id, "print", purpose="Cần in")
        assert len(copies.of(uid)) == 2
    with be("lanhdao"):
        with pytest.raises(Invalid, match="reason"):
            operations.make_copy(uid, file_of(document).id, "print")
        made = operations.make_copy(uid, file_of(document).id, "print", purpose="Phục vụ họp")
        assert made.number == 3
        made.body.close()


def test_copies_of_what_is_not_classified_are_not_numbered(outgoing: Any, be: Be) -> None:
    document = outgoing("issued")
    assert copies.of(document.UID()) == []
    with be("vanthu"), pytest.raises(NotAllowed, match="classified"):
        operations.make_copy(document.UID(), document.files()[0].id, "print")


def test_for_who_may_not_read_the_document_there_is_nothing_to_copy(make: Any, be: Be) -> None:
    document = make("issued")
    for login in ("chanhvp", "vanthu.tc", "truongphong", "quantri"):
        with be(login):
            with pytest.raises(Missing):
                operations.make_copy(document.UID(), "x", "print")
            with pytest.raises(Missing):
                operations.settle_copies(document.UID(), [1], "returned")


def test_what_cannot_carry_a_name_goes_to_who_drafts_alone(make: Any, be: Be) -> None:
    document = make("issued", uploads=[staged(letter()), staged(b"PK\x03\x04 x", "Dự thảo.docx")])
    uid = document.UID()
    with be("chuyenvien"):
        served = serving.looked_at(access.readable(uid), file_of(document, 1))
        assert b"".join(served.body) == b"PK\x03\x04 x"
    assert [each.outcome for each in recorded("download", uid)] == ["done"]
    with be("lanhdao"):
        with pytest.raises(NotAllowed, match="PDF"):
            serving.looked_at(access.readable(uid), file_of(document, 1))
        with pytest.raises(Invalid, match="PDF"):
            operations.make_copy(uid, file_of(document, 1).id, "download", purpose="Cần sửa")
    assert [each.outcome for each in recorded("download", uid)].count("refused") == 1


def test_a_picture_becomes_pages_with_the_name(make: Any, be: Be) -> None:
    scan = BytesIO()
    first = Image.new("1", (827, 1169), 1)
    first.save(scan, "TIFF", save_all=True, append_images=[first], dpi=(100, 100))
    document = make("issued", uploads=[staged(scan.getvalue(), "Bản quét.tiff")])
    with be("lanhdao"):
        served = serving.looked_at(access.readable(document.UID()), file_of(document))
        pages = texts(served)
        assert len(pages) == 2
        assert all("lanhdao" in each for each in pages)
        assert served.filename == "Bản quét.pdf"
        assert access.readable(document.UID()).pages == 2


def test_what_is_damaged_is_said_to_be_so_and_leaves_nothing(make: Any, be: Be) -> None:
    document = make("draft", uploads=[staged(b"%PDF-1.4 nothing")])
    before = left_behind()
    with be("chuyenvien"), pytest.raises(Invalid, match="damaged"):
        serving.looked_at(access.readable(document.UID()), file_of(document))
    assert left_behind() == before


def test_the_first_printing_is_numbered_for_recipients_in_order_and_the_rest_stays(make: Any, be: Be) -> None:
    document = make("issued", copies=4)
    with be("vanthu"):
        operations.send_to_more(document.UID(), [{"name": "Công an tỉnh"}])
        assert [(each.number, each.kind, each.holder_name) for each in copies.of(document.UID())] == [
            (1, "electronic", "Đảng uỷ xã Hoà Bình"),
            (2, "paper", "Bộ Chỉ huy Quân sự tỉnh"),
            (3, "paper", "Tỉnh uỷ Lâm Sơn"),
            (4, "paper", "Tỉnh uỷ Lâm Sơn"),
            (5, "paper", "Công an tỉnh"),
        ]


def test_two_people_destroy_a_copy_and_what_is_destroyed_stays_so(make: Any, be: Be) -> None:
    document = make("issued")
    uid = document.UID()
    with be("vanthu"):
        operations.settle_copies(uid, [2], "returned")
        for wrong in ({"destroyed_by": "Trần Văn A"}, {"destroyed_by": "Trần Văn A", "witness": "trần văn a"}):
            with pytest.raises(Invalid):
                operations.settle_copies(uid, [2], "destroyed", **wrong)
        operations.settle_copies(uid, [2], "destroyed", destroyed_by="Trần Văn A", witness="Lê Thị B")
        gone = copies.of(uid)[1]
        assert (gone.state, gone.destroyed_by, gone.witness) == ("destroyed", "Trần Văn A", "Lê Thị B")
        assert gone.returned_on == gone.destroyed_on == date(2026, 11, 24)
        with pytest.raises(Changed):
            operations.settle_copies(uid, [2], "returned")
        with pytest.raises(Invalid):
            operations.settle_copies(uid, [1, 9], "returned")
        with pytest.raises(Invalid):
            operations.settle_copies(uid, [1], "returned", on=date(2026, 11, 23))
    with be("chuyenvien"), pytest.raises(NotAllowed):
        operations.settle_copies(uid, [1], "returned")
    assert [each.facts["copy"] for each in recorded("destroy_copy", uid)] == [2]


def test_a_secret_is_issued_complete(make: Any, be: Be, cleared: Office) -> None:
    without_pdf = make("signed", uploads=[staged(b"PK\x03\x04", "Dự thảo.docx")])
    wrong_count = make("signed", pages=7)
    with be("vanthu"):
        with pytest.raises(NotAllowed, match="Missing"):
            operations.issue(without_pdf.UID())
        with pytest.raises(Invalid, match="pages, but its files"):
            operations.issue(wrong_count.UID())


def test_a_secret_is_not_sent_where_nobody_may_see_it(make: Any, be: Be, cleared: Office) -> None:
    document = make("signed", recipients=[{"unit": cleared.units["xa"]}, {"unit": cleared.units["tochuc"]}])
    with be("vanthu"), pytest.raises(Invalid) as refusal:
        operations.issue(document.UID())
    units = refusal.value.message.mapping["units"]
    assert "Ban Tổ chức Tỉnh uỷ" in units
    assert "Bùi Thị Thảo" in units
    assert "Hoà Bình" not in units
    sent = make("issued")
    with be("vanthu"), pytest.raises(Invalid):
        operations.send_to_more(sent.UID(), [{"unit": cleared.units["tochuc"]}])
    with be("vanthu"):
        operations.send_to_more(sent.UID(), [{"unit": cleared.units["tochuc"], "channel": "paper"}])


def test_the_receiver_counts_the_pages(make: Any, be: Be) -> None:
    sent = make("issued")
    with be("vanthu.xa"):
        number = trays.tray("to_receive").rows[0].id
        with pytest.raises(Invalid) as missing:
            operations.accept_delivery(number)
        assert missing.value.field == "pages_seen"
        with pytest.raises(Mismatch) as wrong:
            operations.accept_delivery(number, pages_seen=2)
        assert wrong.value.why == "pages"
        received = operations.accept_delivery(number, pages_seen=1)
        assert received.classification.copying
    found = recorded("receive", sent.UID())
    assert sorted(each.outcome for each in found) == ["done", "refused"]


def test_the_receiver_is_told_of_a_file_that_was_changed_on_the_way(make: Any, be: Be) -> None:
    sent = make("issued")
    with be("lanhdao"):
        file = file_of(sent)
    with sent.blobs[file.id].open("r") as blob:
        raw = bytearray(blob.read())
    raw[5] ^= 1
    with sent.blobs[file.id].open("w") as blob:
        blob.write(bytes(raw))
    with be("vanthu.xa"):
        with pytest.raises(Mismatch) as wrong:
            operations.accept_delivery(trays.tray("to_receive").rows[0].id, pages_seen=1)
        assert wrong.value.why == "digest"
    assert [each.outcome for each in recorded("receive", sent.UID())] == ["refused"]
