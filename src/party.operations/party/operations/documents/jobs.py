"""What the worker does for documents (việc chạy nền): reading the text of files, looking after deliveries."""

from datetime import datetime
from typing import Any

import pypdfium2
import sqlalchemy as sa
from zope.interface import provider

from party.operations import _
from party.operations.confidentiality.levels import NORMAL
from party.operations.documents import access
from party.operations.documents.operations import escalate_delivery
from party.operations.documents.operations import seal_found
from party.operations.documents.tables import file_texts
from party.operations.ledger import clock
from party.operations.ledger import turn
from party.operations.ledger.outbox import IJob
from party.operations.text.normalize import clean_text


@provider(IJob)
def read_text(site: Any, payload: dict[str, Any]) -> None:
    """Keep the text and page count of one PDF of a document; one that is damaged or locked has no pages.

    Of a classified document nothing is kept.
    """
    document = access.unrestricted(payload["document"])
    if document.level != NORMAL:
        return
    file = next((each for each in document.files() if each.id == payload["file"]), None)
    if file is None or file.content_type != "application/pdf":
        return
    pages = _pages(access.bytes_of(file))
    with turn.turn():
        turn.run(
            sa.delete(file_texts).where(
                file_texts.c.document == payload["document"], file_texts.c.file == payload["file"]
            )
        )
        turn.run(
            sa.insert(file_texts).values(
                document=payload["document"],
                file=payload["file"],
                pages=len(pages),
                text="\f".join(pages),
                read_at=clock.now(),
            )
        )


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
escalate.title = _("Looking after a delivery that nobody received")
seal.title = _("Sealing a document that was found to be secret")


def _pages(stream: Any) -> list[str]:
    with stream:
        try:
            pdf = pypdfium2.PdfDocument(stream)
        except pypdfium2.PdfiumError:
            return []
        try:
            return [clean_text(page.get_textpage().get_text_bounded()) for page in pdf]
        finally:
            pdf.close()
