"""Scans: Tesseract really reads them, page by page, and nothing of a secret one lies anywhere in the clear."""

import os
from collections.abc import Callable
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pypdfium2
import pytest
import sqlalchemy as sa
import transaction

from party.operations import worker
from party.operations.confidentiality import actor
from party.operations.documents import access
from party.operations.documents import assigned
from party.operations.documents import files
from party.operations.documents import ocr
from party.operations.documents import operations
from party.operations.documents import paper
from party.operations.documents import proposals
from party.operations.documents import staging
from party.operations.documents.assigned import keep_assignments
from party.operations.documents.tables import assignments
from party.operations.documents.tables import file_texts
from party.operations.documents.tables import recognised
from party.operations.ledger import engine
from party.operations.ledger import outbox
from party.operations.ledger import turn
from tests.clearances import clear
from tests.office import Office
from tests.plone.documents import papers
from tests.plone.documents.conftest import LETTER


@pytest.fixture(scope="module")
def scanned() -> bytes:
    """A letter of one page as a scanner makes it, at 200 dots an inch."""
    return papers.scan(papers.letter())


@pytest.fixture
def aside(committing_office: Office) -> Callable[[bytes], str]:
    """``aside(content)`` puts a file on the clerk's list."""

    def put(content: bytes) -> str:
        with actor.acting_as(committing_office.people["vanthu"]):
            name = staging.put_aside(files.stage(*papers.upload(content)))
        transaction.commit()
        return name

    return put


def best(office: Office, name: str) -> dict[str, str]:
    with actor.acting_as(office.people["vanthu"]):
        staged = staging.get(name)
        read = proposals.of_upload(staged.upload, staged.page_count)
    return {each.field: each.value for each in reversed(read.proposals)}


def texts() -> list[Any]:
    return turn.rows(sa.select(file_texts))


def test_a_scan_is_recognised_and_its_words_stay_with_the_document(
    committing_office: Office, functional_portal: Any, aside: Callable[[bytes], str], scanned: bytes
) -> None:
    name = aside(scanned)
    assert staging.for_worker(name).state == "waiting"
    assert set(best(committing_office, name)) == {"pages"}
    worker.work(functional_portal)
    assert staging.for_worker(name).state == "done"
    found = best(committing_office, name)
    assert found["number_symbol"] == papers.NUMBER
    assert found["document_date"] == "2026-11-20"
    assert found["title"] == papers.TITLE
    with actor.acting_as(committing_office.people["vanthu"]):
        upload = staging.get(name).upload
        document = operations.register_incoming(committing_office.units["tinh"], [upload], **LETTER)
        staging.registered([name])
    transaction.commit()
    jobs = len(outbox.listing("done"))
    worker.work(functional_portal)
    assert len(outbox.listing("done")) == jobs + 1, "it is not recognised once more"
    (text,) = texts()
    assert "rà soát mã định danh" in text.text
    with actor.acting_as(committing_office.people["vanthu"]):
        (page,) = paper.pages(document, document.files()[0])
    assert page.source == "ocr"
    number = next(word for word in page.words if word.text == papers.NUMBER)
    assert 100 < number.box[0] < 250, "words stand where they are on the page"
    assert 100 < number.box[1] < 250
    assert not files._parts(upload.token)


def test_pages_of_a_document_are_recognised_one_after_the_other(
    committing_office: Office, functional_portal: Any, monkeypatch: pytest.MonkeyPatch, scanned: bytes
) -> None:
    pages: list[int] = []

    def counted(source: Any, number: int) -> Any:
        pages.append(number)
        (row,) = turn.rows(sa.select(recognised))
        assert (row.page_count, row.done) == (2, number - 1), "the page shows how far it is"
        return ocr_recognise(source, number)

    ocr_recognise = ocr.recognise
    monkeypatch.setattr(ocr, "recognise", counted)
    both = pypdfium2.PdfDocument.new()
    source = pypdfium2.PdfDocument(scanned)
    for _twice in range(2):
        both.import_pages(source)
    path = Path(os.environ["TMPDIR"], "two.pdf")
    both.save(path)
    both.close()
    source.close()
    with actor.acting_as(committing_office.people["vanthu"]):
        upload = files.stage(*papers.upload(path.read_bytes()))
        operations.register_incoming(committing_office.units["tinh"], [upload], **LETTER)
    path.unlink()
    transaction.commit()
    worker.work(functional_portal)
    assert pages == [1, 2]
    (text,) = texts()
    assert text.pages == 2
    assert text.text.count("rà soát mã định danh") >= 2


def test_a_page_that_cannot_be_recognised_ends_it_with_a_sentence(
    committing_office: Office,
    functional_portal: Any,
    aside: Callable[[bytes], str],
    scanned: bytes,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ocr, "SECONDS", 0.01)
    name = aside(scanned)
    worker.work(functional_portal)
    assert staging.for_worker(name).state == "failed"
    assert outbox.listing("waiting") == []


def test_without_the_programs_the_page_says_so(
    committing_office: Office,
    functional_portal: Any,
    aside: Callable[[bytes], str],
    scanned: bytes,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(ocr, "available", lambda: False)
    name = aside(scanned)
    with actor.acting_as(committing_office.people["vanthu"]):
        upload = files.stage(*papers.upload(scanned))
        operations.register_incoming(committing_office.units["tinh"], [upload], **LETTER)
    transaction.commit()
    worker.work(functional_portal)
    assert staging.for_worker(name).state == "missing"
    (row,) = turn.rows(sa.select(recognised))
    assert (row.state, row.words) == ("missing", None)
    assert [(each.pages, each.text) for each in texts()] == [(1, "")]


def places() -> Iterator[Path]:
    """Every file that this run has written."""
    for folder in (os.environ["PARTY_VAR"], os.environ["TMPDIR"]):
        for parent, _folders, names in os.walk(folder):
            yield from (Path(parent, name) for name in names)


def test_nothing_of_a_secret_scan_is_in_the_clear(
    committing_office: Office, functional_portal: Any, aside: Callable[[bytes], str]
) -> None:
    marks = ("QUYHOACHMAT", "DIABANTUYENSO")
    stamped = papers.letter(subject=f"V/v {marks[0]} phòng thủ", paragraphs=(f"Nội dung {marks[1]} của năm.",))
    clear(committing_office, "vanthu", "secret")
    transaction.commit()

    name = aside(papers.scan(stamped))
    worker.work(functional_portal)
    with actor.acting_as(committing_office.people["vanthu"]):
        staged = staging.get(name)
        (page,) = paper.staged_pages(staged.upload)
        seen = " ".join(word.text for word in page.words)
        document = operations.register_incoming(
            committing_office.units["tinh"], [staged.upload], level="secret", basis="Điểm 1", **LETTER
        )
        staging.registered([name])
        uid = document.UID()
    transaction.commit()
    worker.work(functional_portal)
    assert all(mark in seen for mark in marks), "they were recognised, so that there is something to be found"
    (row,) = turn.rows(sa.select(recognised))
    assert row.words is None
    assert row.sealed
    with actor.acting_as(committing_office.people["vanthu"]):
        opened = access.readable(uid)
        (kept,) = paper.pages(opened, opened.files()[0])
        assert marks[0] in " ".join(word.text for word in kept.words)
    assert texts() == []
    engine.dispose()
    for path in places():
        content = path.read_bytes()
        for mark in marks:
            assert mark.encode() not in content, path
    assert not [path for path in places() if "party-ocr" in str(path)], "nothing stays of the recognising"


def test_what_was_recognised_and_assigned_is_sealed_when_the_level_is_raised(
    committing_office: Office, functional_portal: Any, aside: Callable[[bytes], str], scanned: bytes
) -> None:
    people = committing_office.people
    clear(committing_office, "vanthu", "secret")
    transaction.commit()
    name = aside(scanned)
    worker.work(functional_portal)
    with actor.acting_as(people["vanthu"]):
        upload = staging.get(name).upload
        found = proposals.of_upload(upload).assignments
        assert found
        uid = operations.register_incoming(committing_office.units["tinh"], [upload], **LETTER).UID()
        keep_assignments(uid, found)
        operations.raise_level(uid, "secret", reason="Nội dung thuộc danh mục", basis="Điểm 1")
        opened = access.readable(uid)
        assert "rà soát" in " ".join(word.text for word in paper.pages(opened, opened.files()[0])[0].words)
        assert [each.sentence for each in assigned.of_document(uid)] == [each.sentence for each in found]
    (words,), kept = turn.rows(sa.select(recognised)), turn.rows(sa.select(assignments))
    assert words.words is None
    assert words.sealed
    assert {each.sentence for each in kept} == {"•"}
    with actor.acting_as(people["chuyenvien"]):
        assert {each.sentence for each in assigned.of_document(uid)} <= {"•"}
