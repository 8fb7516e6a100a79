"""What the worker does for documents (việc chạy nền): reading the text of files, looking after deliveries."""

from datetime import datetime
from typing import Any

import sqlalchemy as sa
from zope.interface import provider

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality.levels import NORMAL
from party.operations.documents import access
from party.operations.documents import files
from party.operations.documents import ocr
from party.operations.documents import paper
from party.operations.documents import projection
from party.operations.documents import staging
from party.operations.documents.files import DocumentFile
from party.operations.documents.operations import escalate_delivery
from party.operations.documents.operations import seal_found
from party.operations.documents.tables import file_texts
from party.operations.ledger import clock
from party.operations.ledger import outbox
from party.operations.ledger import turn
from party.operations.ledger.outbox import IJob
from party.operations.reading.model import Page
from party.operations.reading.pages import read_pages
from party.operations.text.normalize import clean_text


@provider(IJob)
def read_text(site: Any, payload: dict[str, Any]) -> None:
    """Keep the text and page count of one PDF of a document; one that is damaged or locked has no pages.

    The words of a scan are recognised page by page, each in a job of its own. Of a classified document nothing is kept.
    """
    document = access.unrestricted(payload["document"])
    if document.level != NORMAL:
        return
    file = next((each for each in document.files() if each.id == payload["file"]), None)
    if file is None or file.content_type != paper.PDF:
        return
    known = paper.of_file(file)
    if known is not None and known.state in ("waiting", "running"):
        # a file of the sender's, which is read for him at this moment
        raise RuntimeError("its letters are being recognised")
    if known is not None and known.words:
        _keep_text(document, file, paper.unpacked(known.words), known.page_count)
        return
    with access.bytes_of(file) as stream:
        pages = read_pages(stream)
    with access.bytes_of(file) as stream:
        scanned = known is None and paper.is_to_be_recognised(pages, stream)
    if not scanned or not ocr.available():
        _keep_text(document, file, pages, len(pages))
    if scanned:
        with turn.turn():
            paper.keep(file, "waiting" if ocr.available() else "missing", len(pages), [])
            if ocr.available():
                _recognise_later(document, file, 1)


@provider(IJob)
def recognise(site: Any, payload: dict[str, Any]) -> None:
    """Recognise one page of a scanned file of a document, then ask for the next; the last one keeps the text."""
    with actor.as_system():
        document = access.readable(payload["document"])
        file = next((each for each in document.files() if each.id == payload["file"]), None)
        known = None if file is None else paper.of_file(file)
    if file is None or known is None or known.done >= payload["page"] or known.state == "failed":
        return
    before = paper.unpacked(known.words) if known.words else []
    try:
        with access.bytes_of(file) as stream:
            pages = [*before, ocr.recognise(stream, payload["page"])]
        state = "running" if len(pages) < known.page_count else "done"
    except ocr.Unreadable:
        pages, state = before, "failed"
    with turn.turn():
        paper.keep(file, state, known.page_count, pages)
        if state == "running":
            _recognise_later(document, file, payload["page"] + 1)
    if state != "running":
        _keep_text(document, file, pages, known.page_count)


@provider(IJob)
def recognise_staged(site: Any, payload: dict[str, Any]) -> None:
    """Recognise one page of a file that waits to be registered, then ask for the next."""
    staged = staging.for_worker(payload["staged"])
    page = payload["page"]
    if staged is None or staged.done >= page or staged.is_settled:
        return
    if not ocr.available():
        with turn.turn():
            staging.note(staged.id, "missing", 0)
        return
    before = files.words_of(staged.upload.token)
    pages = paper.unpacked(before)[: page - 1] if before else []
    try:
        with staged.upload.open() as stream:
            pages.append(ocr.recognise(stream, page))
        state = "running" if page < staged.page_count else "done"
    except ocr.Unreadable:
        state = "failed"
    if staging.for_worker(staged.id) is None:
        return
    if pages:
        files.note_words(staged.upload.token, paper.packed(pages))
    with turn.turn():
        staging.note(staged.id, state, len(pages))
        if state == "running":
            staging.recognise_later(staged.id, page + 1)


@provider(IJob)
def escalate(site: Any, payload: dict[str, Any]) -> None:
    """Bring what nobody accepted before the next who answers for it."""
    escalate_delivery(payload["document"], payload["stage"], datetime.fromisoformat(payload["sent_at"]))


@provider(IJob)
def seal(site: Any, payload: dict[str, Any]) -> None:
    """Seal what was reported as a secret found in the clear; waits for a process of the internal network."""
    seal_found(payload["document"])


#: what lists of jobs call them
read_text.title = _("Reading the text of a file")
recognise.title = _("Recognising the letters of a scan")
recognise_staged.title = _("Recognising the letters of a scan that waits to be registered")
escalate.title = _("Looking after a delivery that nobody received")
seal.title = _("Sealing a document that was found to be secret")


def _recognise_later(document: Any, file: DocumentFile, page: int) -> None:
    values = {"document": document.UID(), "file": file.id, "page": page}
    outbox.enqueue("recognise", f"recognise:{document.UID()}:{file.id}:{page}", values, actor.SYSTEM)


def _keep_text(document: Any, file: DocumentFile, pages: list[Page], count: int) -> None:
    if document.level != NORMAL:
        return
    uid = document.UID()
    with turn.turn():
        turn.run(sa.delete(file_texts).where(file_texts.c.document == uid, file_texts.c.file == file.id))
        turn.run(
            sa.insert(file_texts).values(
                document=uid,
                file=file.id,
                pages=count,
                text="\f".join(clean_text(" ".join(word.text for word in page.words)) for page in pages),
                read_at=clock.now(),
            )
        )
        projection.write_texts(document)
