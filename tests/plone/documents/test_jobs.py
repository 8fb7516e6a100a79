"""What the worker does for documents: it reads the text of files."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
import sqlalchemy as sa
import transaction
from font_source_serif_pro import font_files_ttf
from fpdf import FPDF

from party.operations import worker
from party.operations.confidentiality import actor
from party.operations.documents import files
from party.operations.documents import operations
from party.operations.documents.recipients import Addressee
from party.operations.documents.tables import file_texts
from party.operations.ledger import outbox
from party.operations.ledger import turn
from tests.office import Office
from tests.plone.documents.conftest import delivery
from tests.plone.documents.conftest import DRAFT
from tests.plone.documents.conftest import LETTER


def letter(*pages: str, password: str = "") -> bytes:
    """A PDF as a word processor makes it, one text for each page."""
    pdf = FPDF()
    pdf.add_font("serif", "", font_files_ttf["SourceSerifPro"])
    pdf.set_font("serif", size=14)
    for text in pages:
        pdf.add_page()
        pdf.multi_cell(0, 8, text)
    if password:
        pdf.set_encryption(owner_password=password, user_password=password)
    return bytes(pdf.output())


@pytest.fixture
def read(committing_office: Office, functional_portal: Any) -> Callable[..., list[Any]]:
    """``read(content, name)`` registers a letter with that file and lets the worker work; gives what it kept."""

    def by_worker(content: bytes, name: str = "Công văn.pdf") -> list[Any]:
        with actor.acting_as(committing_office.people["vanthu"]):
            upload = files.stage(BytesIO(content), name)
            operations.register_incoming(committing_office.units["tinh"], [upload], **LETTER)
        transaction.commit()
        worker.work(functional_portal)
        return turn.rows(sa.select(file_texts))

    return by_worker


def test_the_text_of_a_letter_is_kept_page_by_page(read: Callable[..., list[Any]]) -> None:
    (kept,) = read(letter("Kính gửi: Tỉnh uỷ Lâm Sơn", "Nơi nhận: Như trên, Lưu Văn phòng"))
    assert kept.pages == 2
    assert kept.text.split("\f") == ["Kính gửi: Tỉnh uỷ Lâm Sơn", "Nơi nhận: Như trên, Lưu Văn phòng"]
    assert outbox.listing("done")


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(letter("Mật khẩu", password="khoá"), id="locked"),
        pytest.param(b"%PDF-1.4 cut off in the middle", id="damaged"),
    ],
)
def test_a_pdf_that_cannot_be_opened_has_no_text_and_is_not_tried_for_ever(
    content: bytes, read: Callable[..., list[Any]]
) -> None:
    (kept,) = read(content)
    assert (kept.pages, kept.text) == (0, "")
    assert outbox.listing("waiting") == []


def test_other_kinds_of_files_are_left_alone(read: Callable[..., list[Any]]) -> None:
    assert read(b"a;b", "Danh sách.csv") == []
    assert outbox.listing("done")


def test_the_text_of_a_received_document_is_that_of_the_senders_frozen_version(
    committing_office: Office, functional_portal: Any, read: Callable[..., list[Any]]
) -> None:
    office = committing_office
    upload = files.stage(BytesIO(letter("Triển khai nhiệm vụ")), "Công văn.pdf")
    leader = office.people["lanhdao.tc"]
    with actor.acting_as(office.people["chuyenvien.tc"]):
        sent = operations.create_draft(
            office.units["tochuc"], [upload], recipients=[{"unit": office.units["xa"]}], **DRAFT
        )
        operations.submit_for_review(sent.UID(), [Addressee(person=leader)])
    with actor.acting_as(leader):
        operations.approve(sent.UID())
        operations.sign(sent.UID(), leader)
    with actor.acting_as(office.people["vanthu.tc"]):
        operations.issue(sent.UID())
    with actor.acting_as(office.people["vanthu.xa"]):
        received = operations.accept_delivery(delivery(sent).id)
    transaction.commit()
    worker.work(functional_portal)
    kept = {each.document: each.text for each in turn.rows(sa.select(file_texts))}
    assert kept == {sent.UID(): "Triển khai nhiệm vụ", received.UID(): "Triển khai nhiệm vụ"}
