"""Lô tệp: the page of all files that a person has waiting to be registered."""

from functools import cached_property

from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile

from party.operations import _
from party.operations.confidentiality import levels
from party.operations.documents import staging
from party.operations.documents.staging import Staged
from party.operations.documents.views.intake import TakesDrops
from party.operations.documents.views.staged import progress
from party.operations.documents.views.uploads import listed
from party.operations.ui.pages import Page


class Batch(TakesDrops, Page):
    """Lô tệp: all files of the person's list, to be worked through one after the other, or removed."""

    template = ViewPageTemplateFile("templates/batch.pt")
    title = label = _("Files to register")
    page_scripts = ("intake.js",)
    page_styles = ("intake.css",)

    @property
    def classified(self) -> bool:
        """Any of them may be."""
        return levels.cap(levels.zone()) != levels.NORMAL

    def __call__(self) -> str:
        """Show the list; a POST removes the files that were marked."""
        if self.request.get("REQUEST_METHOD") == "POST":
            staging.remove([str(each) for each in listed(self.request.form.get("file"))])
            return self.redirect(f"{self.home}/@@batch")
        return str(self.template())

    @cached_property
    def waiting(self) -> list[Staged]:
        """The list."""
        return staging.waiting()

    def progress(self, staged: Staged) -> str:
        """How far the reading of a file has come."""
        return self.say(progress(staged))

    @property
    def waiting_count(self) -> int:
        """They stand on the page itself."""
        return 0

    @property
    def unsettled(self) -> int:
        """How many files are still being read; the script looks again as long as there are any."""
        return sum(not each.is_settled for each in self.waiting)
