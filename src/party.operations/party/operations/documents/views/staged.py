"""Files that wait to be registered, for the browser (tệp chờ vào sổ): taking them in, their pages, what was read in them.

They are named by their place on the person's own list, never by their token: addresses stand in logs.
"""

import json
from functools import cached_property
from typing import Any

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import gate
from party.operations.confidentiality import levels
from party.operations.confidentiality import principals
from party.operations.documents import duplicates
from party.operations.documents import files
from party.operations.documents import paper
from party.operations.documents import paper_images
from party.operations.documents import proposals
from party.operations.documents import staging
from party.operations.documents.staging import Staged
from party.operations.documents.views.duplicates import resemblances
from party.operations.documents.views.paper import in_runs
from party.operations.documents.views.paper import MOST_PAGES
from party.operations.documents.views.paper import Viewer
from party.operations.documents.views.paper import words_of
from party.operations.documents.watermark import MARKABLE
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import Refused
from party.operations.ledger.operation import assert_meant
from party.operations.organization.vocabularies import REGISTRY_FUNCTIONS
from party.operations.reading.model import Reading
from party.operations.text.dates import DateError
from party.operations.text.dates import parse_date
from party.operations.ui.pages import Page


class OfStaged(Page):
    """Base of what answers about one file of the person's own list; no cache keeps it, as nobody has judged the file yet."""

    @cached_property
    def staged(self) -> Staged:
        """The file that ``file`` names."""
        gate.keep_from_caches(self.request)
        self.request.response.setHeader("Cache-Control", "private, no-store")
        self.request.response.setHeader("X-Content-Type-Options", "nosniff")
        return staging.get(str(self.request.form.get("file", "")))

    def answer(self, content: Any, status: int = 200) -> str:
        """JSON for the scripts of the form."""
        self.request.response.setStatus(status)
        self.request.response.setHeader("Content-Type", "application/json")
        return json.dumps(content, ensure_ascii=False)

    def number(self, name: str, otherwise: int = 1) -> int:
        """A whole number of the address."""
        given = str(self.request.form.get(name, ""))
        return int(given) if given.isdecimal() and len(given) < 6 else otherwise


class StageFile(OfStaged):
    """POST of ``file``: put it aside on the person's list and say where its form is."""

    def __call__(self) -> str:
        """As JSON: ``{"id", "url"}``, or the sentence that says what is wrong with it."""
        if self.request.get("REQUEST_METHOD") != "POST":
            self.request.response.setHeader("Allow", "POST")
            return self.answer({}, 405)
        assert_meant()
        given = self.request.form.get("file")
        try:
            if not getattr(given, "filename", ""):
                raise Invalid(_("Choose a file."), "files")
            name = staging.put_aside(files.stage(given, given.filename))
        except Refused as refused:
            return self.answer({"problem": self.say(refused.message)}, refused.status)
        return self.answer({"id": name, "url": f"{self.home}/@@register-incoming?file={name}"})


class StagedPage(OfStaged):
    """The picture of one page."""

    def __call__(self) -> bytes:
        """Draw it."""
        kind, content = paper_images.image(self.staged.upload.open(), self.number("page"), self.number("width", 900))
        self.request.response.setHeader("Content-Type", kind)
        return content


class StagedWords(OfStaged):
    """The words of one page, or of a run of pages such as ``1-20``."""

    def __call__(self) -> str:
        """As JSON."""
        begin, _dash, end = str(self.request.form.get("page", "1")).partition("-")
        first = int(begin) if begin.isdecimal() else 1
        last = int(end) if end.isdecimal() else first
        read = paper.staged_pages(self.staged.upload, first, min(last, first + MOST_PAGES - 1))
        return self.answer(words_of(read))


class StagedReading(OfStaged):
    """What was read in a file so far: proposals, assignments, and what is here already and looks like it."""

    def __call__(self) -> str:
        """As JSON."""
        staged = self.staged
        read = proposals.of_upload(staged.upload, staged.page_count)
        found = proposals.plain(read)
        for each in found["proposals"]:
            each["label"] = self.say(each["label"])
            each["typed"] = each["label"] if each["field"] == "document_date" else each["value"]
        for each in found["assignments"]:
            each["deadline"] = self.day(each["deadline"])
        return self.answer(
            {
                **found,
                "state": staged.state,
                "said": self.said(staged, read),
                "settled": staged.is_settled,
                "done": staged.done,
                "warning": self.say(level_warning(read) or ""),
                "alike": alike(*(_best(read, each) for each in ("issuer", "number_symbol", "document_date"))),
            }
        )

    def said(self, staged: Staged, read: Reading) -> str:
        """How far the reading has come, as a sentence."""
        return self.say(progress(staged)) if staged.state != "text" else self.say(_said_of(read))


class Alike(OfStaged):
    """POST of ``issuer``, ``number_symbol`` and ``document_date`` as they are typed: what is here already."""

    def __call__(self) -> str:
        """As JSON; what is typed does not stand in an address, which logs would keep."""
        if self.request.get("REQUEST_METHOD") != "POST":
            self.request.response.setHeader("Allow", "POST")
            return self.answer({}, 405)
        gate.keep_from_caches(self.request)
        self.request.response.setHeader("Cache-Control", "private, no-store")
        given = [str(self.request.form.get(each, "")).strip() for each in ("issuer", "number_symbol", "document_date")]
        return self.answer({"alike": alike(*given)})


def progress(staged: Staged) -> Any:
    """How far the reading of a file has come, as a message."""
    if staged.state == "running":
        words = {"page": min(staged.done + 1, staged.page_count), "count": staged.page_count}
        return _("Recognising the letters: page ${page} of ${count}", mapping=words)
    return paper.STATES[staged.state]


def viewer(home: str, staged: Staged) -> Viewer:
    """The viewer of a file of the list."""
    upload, where = staged.upload, f"file={staged.id}"
    if upload.content_type not in MARKABLE:
        message = _("Files of this kind have no pages that could be shown here.")
        return Viewer(upload.filename, "", "", "", "", 0, message)
    try:
        sizes = paper_images.sizes(upload.open())
    except paper_images.Unreadable as error:
        return Viewer(upload.filename, "", "", "", "", 0, error.message)
    images = f"{home}/@@staged-page?{where}&page={{page}}&width={{width}}"
    words = f"{home}/@@staged-words?{where}&page={{page}}"
    return Viewer(upload.filename, images, words, "", in_runs(sizes), len(sizes))


def level_warning(read: Reading) -> Any:
    """What to do with a file whose stamp names a level that cannot be chosen here, or ``None``."""
    level, is_beyond = proposals.level_of(read)
    if is_beyond:
        return _(
            "The stamp on this paper says Tuyệt mật. It is not handled in this system: remove the file now, and hand the "
            "paper to the security officer."
        )
    if level == levels.NORMAL:
        return None
    if levels.cap(levels.zone()) == levels.NORMAL:
        return _(
            "The stamp on this paper names a secret. Nothing classified is handled here: remove the file now, and register "
            "the paper in the internal network."
        )
    if level not in principals.levels_of(actor.current()):
        return _(
            "The stamp on this paper names a level that you are not cleared for. Remove the file, and tell who is."
        )
    return None


def alike(issuer: str, number_symbol: str, day: str) -> list[dict[str, str]]:
    """What is registered already, or waits to be received, in the units the person serves as clerk."""
    try:
        written = parse_date(day) if day else None
    except DateError:
        written = None
    if not issuer or not number_symbol or written is None:
        return []
    documents: list[str] = []
    deliveries: list[int] = []
    serving = {each.unit for each in principals.standings(actor.current()) if each.function in REGISTRY_FUNCTIONS}
    for unit in sorted(serving):
        documents += [each.uid for each in duplicates.find(unit, issuer, number_symbol, written)]
        deliveries += [each.id for each in duplicates.waiting_deliveries(unit, number_symbol, written)]
    return [
        {
            "url": each.url,
            "about": f"{each.number_symbol} · {each.issuer}",
            "title": each.title,
            "arrival": str(each.arrival_number or ""),
        }
        for each in resemblances(documents, deliveries)
    ]


def _best(read: Reading, field: str) -> str:
    found = read.best(field)
    return found.value if found else ""


def _said_of(read: Reading) -> Any:
    if read.source == "converted":
        return _("Read, and converted from an old encoding.")
    return _("Read.") if len(read.proposals) > 1 else _("No field could be read. Type them in.")
