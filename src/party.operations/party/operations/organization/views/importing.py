"""Bringing units and people in from a sheet (nhập từ bảng tính): choose a file, read what would happen, do it.

Between the two steps the file waits on disk under a random name that only the page knows; when it is applied, every
line is checked again. The worker removes what nobody applied within a day.
"""

import base64
import csv
import io
import os
import re
import secrets
from pathlib import Path
from typing import Any

from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from zExceptions import NotFound

from party.operations import _
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import No
from party.operations.ledger.errors import Refused
from party.operations.ledger.operation import assert_meant
from party.operations.organization import operations
from party.operations.organization import rules
from party.operations.organization.importing import templates
from party.operations.organization.importing.columns import COLUMNS
from party.operations.organization.importing.report import DONE
from party.operations.organization.importing.report import OUTCOMES
from party.operations.organization.importing.report import Report
from party.operations.organization.importing.sheets import MAX_BYTES
from party.operations.text.normalize import clean_filename
from party.operations.ui.pages import Page


_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_TOKEN = re.compile(r"import-[0-9a-f]{32}")


class ImportOrganization(Page):
    """One page for both steps."""

    template = ViewPageTemplateFile("templates/import.pt")
    title = _("Import units and people from a sheet")
    error = ""
    #: the file that waits to be applied
    waiting = ""
    filename = ""
    report: Report | None = None

    def __call__(self) -> str:
        """Draw the page; on POST check the file, or do what the checked file says."""
        if not self.may_import:
            self.request.response.setStatus(403)
        elif self.request.get("REQUEST_METHOD") == "POST":
            assert_meant()
            try:
                self._apply() if self.request.form.get("apply") else self._check()
            except Refused as refused:
                self.error = self.say(refused.message)
        if self.report is not None:
            # it may hold the passwords of new accounts
            self.request.response.setHeader("Cache-Control", "no-store")
        return self.template()

    @property
    def may_import(self) -> "bool | No":
        """Who administers any unit; each line is checked by itself."""
        return rules.may_administer_some()

    def columns(self, kind: str) -> list[dict[str, Any]]:
        """The columns of a sheet, for who fills one in."""
        return [
            {"header": each.header, "required": each.required, "hint": self.say(each.hint) if each.hint else ""}
            for each in COLUMNS[kind]
        ]

    def counts(self) -> list[tuple[str, int]]:
        """Outcome in words and number of lines, those that occur."""
        assert self.report is not None
        labels = DONE if self.report.applied else OUTCOMES
        return [(self.say(labels[outcome]), count) for outcome, count in self.report.counts.items() if count]

    def rows(self) -> list[dict[str, str]]:
        """The lines of the report; with an error in the file those with errors come first."""
        assert self.report is not None
        return sorted(self.report.rows(), key=lambda row: row["outcome"] != "error")

    def download(self) -> str:
        """The whole report as an address that holds a CSV, so that the server keeps no copy with passwords."""
        assert self.report is not None
        rows = self.report.rows()
        target = io.StringIO()
        writer = csv.DictWriter(target, list(rows[0]))
        writer.writeheader()
        writer.writerows(rows)
        return "data:text/csv;base64," + base64.b64encode(target.getvalue().encode("utf-8-sig")).decode()

    def _check(self) -> None:
        upload = self.request.form.get("file")
        if not getattr(upload, "filename", ""):
            raise Invalid(_("Choose a file first."), "file")
        self.filename = clean_filename(upload.filename)
        content = upload.read(MAX_BYTES + 1)
        self.report = operations.import_organization(io.BytesIO(content), self.filename)
        if self.report.sound:
            self.waiting = f"import-{secrets.token_hex(16)}"
            (_folder() / self.waiting).write_bytes(content)

    def _apply(self) -> None:
        token = str(self.request.form["apply"])
        self.filename = clean_filename(str(self.request.form.get("filename", "")))
        path = _folder() / token
        if not _TOKEN.fullmatch(token) or not path.exists():
            raise Invalid(_("The checked file is no longer here. Choose it again."), "file")
        with path.open("rb") as stream:
            self.report = operations.import_organization(stream, self.filename, dry_run=False)
        if self.report.applied:
            path.unlink(missing_ok=True)


class OrganizationTemplate(Page):
    """An empty sheet to fill in: ``?kind=units`` or ``?kind=people``."""

    def __call__(self) -> bytes:
        """The XLSX as a download."""
        kind = str(self.request.get("kind", ""))
        if kind not in COLUMNS:
            raise NotFound(kind)
        response = self.request.response
        response.setHeader("Content-Type", _XLSX)
        response.setHeader("Content-Disposition", f'attachment; filename="{templates.filename(kind)}"')
        return templates.template(kind)


def _folder() -> Path:
    folder = Path(os.environ.get("PARTY_VAR", "var")) / "staging"
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    return folder
