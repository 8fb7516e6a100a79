"""The pages of a file for the viewer (xem trang văn bản): pictures, their words, and where words stand on them.

``/d/<uid>/@@page-image?file=<id>&page=1&width=1200``, ``@@page-words?file=<id>&page=1-20``, ``@@page-hits?file=<id>&q=…``.
Of a classified document every picture carries the reader's name, and the words leave only where copying is allowed: the
server searches in them otherwise. What the audit says of it stands in :mod:`..openings`.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import Any
from urllib.parse import quote

from zope.publisher.interfaces import NotFound

from party.operations import _
from party.operations.confidentiality.levels import NORMAL
from party.operations.documents import access
from party.operations.documents import copies
from party.operations.documents import openings
from party.operations.documents import paper
from party.operations.documents import paper_images
from party.operations.documents import paper_search
from party.operations.documents.files import DocumentFile
from party.operations.documents.serving import readable_files
from party.operations.documents.views.base import DocumentPart
from party.operations.documents.watermark import MARKABLE
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import NotAllowed
from party.operations.reading.model import Page as Paper


#: pages whose words are handed out at once
MOST_PAGES = 50
#: a longer text is not looked for
_LONGEST = 200


@dataclass(frozen=True)
class Viewer:
    """What the viewer needs to show a file; templates/viewer.pt draws it from this."""

    name: str
    #: addresses with ``{page}`` and ``{width}`` in them; words for ``{page}`` = ``1-20`` as well
    images: str
    words: str
    #: where the server looks for ``{text}``; "" where the browser has the words
    hits: str
    #: ``595x842*12``, one for each run of pages of one size
    sizes: str
    count: int
    #: why there is nothing to show, as a sentence
    problem: Any = ""


def viewer(address: str, document: Any, file: DocumentFile) -> Viewer:
    """The viewer of a file of an opened document that stands at ``address``."""
    where = f"file={quote(file.id)}"
    may_copy = words_may_leave(document)
    try:
        sizes = paper_images.sizes(access.bytes_of(file))
    except paper_images.Unreadable as error:
        return Viewer(file.filename, "", "", "", "", 0, error.message)
    return Viewer(
        file.filename,
        f"{address}/@@page-image?{where}&page={{page}}&width={{width}}",
        f"{address}/@@page-words?{where}&page={{page}}" if may_copy else "",
        "" if may_copy else f"{address}/@@page-hits?{where}&q={{text}}",
        in_runs(sizes),
        len(sizes),
    )


def in_runs(sizes: Sequence[tuple[float, float]]) -> str:
    """Sizes of pages as the viewer reads them."""
    runs = [(size, len(list(run))) for size, run in groupby((round(wide), round(high)) for wide, high in sizes)]
    return " ".join(f"{wide}x{high}*{count}" for (wide, high), count in runs)


def words_of(pages: Sequence[Paper]) -> dict[str, Any]:
    """The words of pages as the viewer takes them: text and box (left, top, right, bottom) in the measure of the page."""
    return {
        "pages": [
            {
                "number": page.number,
                "width": round(page.width, 1),
                "height": round(page.height, 1),
                "words": [[word.text, *(round(edge, 1) for edge in word.box)] for word in page.words],
            }
            for page in pages
        ]
    }


def words_may_leave(document: Any) -> bool:
    """May the words of an opened document be marked and copied? Of a classified one if its level was decided so."""
    return document.level == NORMAL or document.classification.copying


class FilePart(DocumentPart):
    """Mixin: one file of the document, opened for the person who looks."""

    @cached_property
    def document(self) -> Any:
        """The document; that a file of a classified one is looked at is written down first."""
        wanted = str(self.request.form.get("file", ""))
        recorded = openings.is_recorded(self.uid, wanted)
        document = access.readable(self.uid, recorded=recorded)
        file = next((each for each in readable_files(document) if each.id == wanted), None)
        if file is None or file.content_type not in MARKABLE:
            raise NotFound(self.context, self.__name__, self.request)
        if document.level != NORMAL and not recorded:
            openings.record(self.uid, file.id)
        self.file = file
        return document

    def asked(self, name: str) -> int:
        """A whole number of the address."""
        return _whole(self.request.form.get(name, ""))

    def kept(self, *variant: object) -> bool:
        """Has the browser this answer already? Asked for each time, so that it shows what may still be seen alone."""
        response, mark = self.request.response, "-".join(map(str, (self.file.sha256, *variant)))
        response.setHeader("X-Content-Type-Options", "nosniff")
        if self.classified:
            response.setHeader("Cache-Control", "private, no-store")
            return False
        response.setHeader("Cache-Control", "private, no-cache")
        response.setHeader("ETag", f'"{mark}"')
        if self.request.get_header("If-None-Match", "") != f'"{mark}"':
            return False
        response.setStatus(304)
        return True

    def answer(self, content: dict[str, Any]) -> str:
        """JSON for the script of the viewer."""
        self.request.response.setHeader("Content-Type", "application/json")
        return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


class PageImage(FilePart):
    """The picture of one page."""

    def __call__(self) -> bytes | str:
        """Draw it."""
        document, page, width = self.document, self.asked("page"), self.asked("width")
        if self.kept(page, width):
            return ""
        mark = copies.lines(document) if self.classified else None
        kind, content = paper_images.image(access.bytes_of(self.file), page, width, mark)
        self.request.response.setHeader("Content-Type", kind)
        return content


class PageWords(FilePart):
    """The words of one page or of a run of pages, where they may be copied."""

    def __call__(self) -> str:
        """As JSON."""
        document = self.document
        if not words_may_leave(document):
            raise NotAllowed(_("The words of this document are not handed out, since copies of it are not allowed."))
        begin, _dash, end = str(self.request.form.get("page", "")).partition("-")
        first = _whole(begin)
        last = min(_whole(end), first + MOST_PAGES - 1) if end else first
        read = paper.pages(document, self.file, first, last)
        # a scan has its words when it was recognised, and other ones when that was repeated
        if self.kept(first, last, *(len(each.words) for each in read)):
            return ""
        return self.answer(words_of(read))


class PageHits(FilePart):
    """Where words stand on the pages of a file whose words are not handed out: boxes, and nothing that can be read."""

    def __call__(self) -> str:
        """As JSON."""
        document, text = self.document, str(self.request.form.get("q", ""))[:_LONGEST]
        found = paper_search.find(paper.pages(document, self.file), text)
        hits = [
            {"page": each.page, "boxes": [[round(edge, 1) for edge in box] for box in each.boxes]} for each in found
        ]
        self.request.response.setHeader("Cache-Control", "private, no-store")
        return self.answer({"hits": hits})


def _whole(value: Any) -> int:
    if not str(value).isdecimal() or len(str(value)) > 6:
        raise Invalid(_("The address could not be read. Please check it."))
    return int(value)
