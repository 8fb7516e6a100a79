"""The form of a paper whose file has been read (vào sổ từ tệp): the page beside the fields, what was read to be accepted."""

from functools import cached_property
from typing import Any

from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile

from party.operations.confidentiality import levels
from party.operations.documents import files
from party.operations.documents import proposals
from party.operations.documents import staging
from party.operations.documents.assigned import keep_assignments
from party.operations.documents.staging import Staged
from party.operations.documents.views.paper import Viewer
from party.operations.documents.views.staged import viewer
from party.operations.documents.views.uploads import listed
from party.operations.reading.model import Assignment


class TakesDrops:
    """Mixin for a page onto which files may be dropped."""

    drop_zone = ViewPageTemplateFile("templates/drop_zone.pt")
    files_limit = files.MAX_SIZE

    @property
    def waiting_count(self) -> int:
        """How many files wait already."""
        return len(staging.waiting())


class ReadsFile(TakesDrops):
    """Mixin for a form that takes files: ``file`` in its address names one of the person's list.

    The browser shows what was read beside the fields, and the server fills in nothing: what is not sent is not there.
    """

    page_scripts = ("paper.js", "intake.js")
    page_styles = ("paper.css", "intake.css")
    viewer_template = ViewPageTemplateFile("templates/viewer.pt")
    #: the panel above the fields that the script fills
    reading_part = ViewPageTemplateFile("templates/reading_part.pt")

    home: str
    request: Any
    uploads: list[files.Upload]

    @cached_property
    def staged(self) -> Staged | None:
        """The file that the form is about, ``None`` for a form without one."""
        name = str(self.request.form.get("file", ""))
        return staging.get(name) if name else None

    @property
    def classified(self) -> bool:
        """Until somebody has judged it, a file may be whatever the process handles."""
        return self.staged is not None and self.staged.level != levels.NORMAL

    @cached_property
    def paper(self) -> Viewer | None:
        """The viewer of the file."""
        return viewer(self.home, self.staged) if self.staged else None

    @cached_property
    def others(self) -> list[Staged]:
        """The other files of the list, the next one first."""
        waiting = staging.waiting()
        place = next((number for number, each in enumerate(waiting) if self.staged and each.id == self.staged.id), 0)
        return [*waiting[place + 1 :], *waiting[:place]]

    @property
    def shown_uploads(self) -> list[files.Upload]:
        """Files that the form itself carries."""
        return [each for each in self.uploads if self.staged is None or each.token != self.staged.upload.token]

    @property
    def kept_assignments(self) -> list[str]:
        """Numbers of the assignments that were ticked when the form is shown again."""
        return [str(each) for each in listed(self.request.form.get("assignment"))]

    def take_files(self) -> None:
        """The file of the list goes before those that the form brings."""
        super().take_files()  # type: ignore[misc]
        if self.staged is not None:
            self.uploads.insert(0, self.staged.upload)

    def forget_files(self) -> None:
        """The file of the list goes too when it must not be here."""
        super().forget_files()  # type: ignore[misc]
        if self.staged is not None:
            staging.remove([self.staged.id])
            self.staged = None

    def assigned(self) -> list[Assignment]:
        """The assignments that were ticked; read again, before the ledger is locked."""
        if self.staged is None or not self.kept_assignments:
            return []
        read = proposals.of_upload(self.staged.upload, self.staged.page_count)
        return proposals.chosen(read, self.kept_assignments)

    def settle(self, document: Any, assigned: list[Assignment]) -> None:
        """After the document was made: keep what it assigns, and take its file off the list."""
        if assigned:
            keep_assignments(document.UID(), assigned)
        if self.staged is not None:
            staging.registered([self.staged.id])

    def onward(self) -> str:
        """Where the next file of the list is registered."""
        if not self.others:
            return f"{self.home}/@@batch"
        return f"{self.home}/@@register-incoming?file={self.others[0].id}"
