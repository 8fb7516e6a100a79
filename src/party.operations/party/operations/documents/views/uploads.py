"""Files in forms (chọn tệp): staged on arrival, so that a mistake elsewhere in the form loses none of them."""

from typing import Any

from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile

from party.operations import _
from party.operations.confidentiality import levels
from party.operations.documents import files
from party.operations.ledger.errors import Invalid
from party.operations.ledger.operation import assert_meant


class TakesFiles:
    """Mixin for an :class:`.OperationForm` that takes files; it stands before that class in the bases.

    On POST every file of ``<input name="files">`` is staged at once, whatever else is wrong with the form; a file that
    is not taken gives its sentence in ``file_problems`` and stops nothing but the saving. Files staged by an earlier
    try come back as hidden ``staged`` tokens; those whose checkbox ``keep`` is off are discarded. ``perform`` finds
    what was chosen in ``uploads``.

    The form's template shows the field by ``metal:use-macro="view/files_template/macros/files"``; a form that has no
    layout of its own names ``documents/views/templates/form.pt`` as its template. Only requests other than GET write.
    """

    files_template = ViewPageTemplateFile("templates/uploads.pt")
    files_label = _("Files")
    files_hint = _("Several may be chosen at once, up to 200 MB together.")

    @property
    def files_warning(self) -> str:
        """What to know before a file is chosen: where nothing classified may be."""
        if levels.cap(levels.zone()) != levels.NORMAL:
            return ""
        return self.say(  # type: ignore[attr-defined,no-any-return]
            _("Nothing classified is handled here. Do not choose a file that says anything secret.")
        )

    #: bytes that one form may send; the server refuses more before it reads the form
    files_limit = files.MAX_SIZE

    #: the files that the operation will take
    uploads: list[files.Upload]
    #: a sentence for each file that was not taken
    file_problems: list[str]

    def update(self) -> None:
        """Put the files aside before anything else of the form is looked at."""
        self.uploads, self.file_problems = [], []
        if self.request.get("REQUEST_METHOD") == "POST":
            self.take_files()
        super().update()  # type: ignore[misc]

    def extractData(self, setErrors: bool = True) -> tuple[dict[str, Any], tuple[Any, ...]]:
        """What was typed; a file that was not taken counts as an error of the form."""
        data, errors = super().extractData(setErrors)  # type: ignore[misc]
        return data, (*errors, *self.file_problems)

    @property
    def shown_uploads(self) -> list[files.Upload]:
        """Files that come back with the form."""
        return self.uploads

    def take_files(self) -> None:
        """Put aside what the request brings, and take up what an earlier try has put aside."""
        kept = set(listed(self.request.form.get("keep")))
        new = [each for each in listed(self.request.form.get("files")) if getattr(each, "filename", "")]
        tokens = [str(each) for each in listed(self.request.form.get("staged"))]
        if new or tokens:
            assert_meant()
        for token in dict.fromkeys(tokens):
            if token in kept:
                self._try(files.staged, token)
            else:
                files.discard(token)
        for each in new:
            self._try(files.stage, each, each.filename)

    def _try(self, take: Any, *arguments: Any) -> None:
        try:
            self.uploads.append(take(*arguments))
        except Invalid as problem:
            self.file_problems.append(self.say(problem.message))  # type: ignore[attr-defined]


def listed(value: Any) -> list[Any]:
    """One value or many of a name in the request, as a list."""
    if value is None:
        return []
    return list(value) if isinstance(value, (list, tuple)) else [value]
