"""The journal on the screen (trang nhật ký kiểm soát): filters, pages, files, and the check."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from zExceptions import NotFound

from party.operations import _
from party.operations.confidentiality.audit import actions
from party.operations.confidentiality.audit import Problem
from party.operations.confidentiality.audit.reading import Filter
from party.operations.confidentiality.audit.reading import Line
from party.operations.confidentiality.audit.reading import Lines
from party.operations.ledger import clock
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import Missing
from party.operations.ledger.operation import assert_meant
from party.operations.organization import lookup
from party.operations.security import audit
from party.operations.ui.dates import typed_day
from party.operations.ui.pages import Page


#: the fields of the filter as they stand in the address
FIELDS = ("since", "until", "person", "action", "object", "outcome", "zone")

_TYPES = {
    "csv": "text/csv; charset=utf-8",
    "xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}


class AuditPage(Page):
    """What the pages of the journal share: the filter, and that they do not exist for others."""

    title = _("Audit journal")

    def keep_out(self) -> None:
        """Answer everybody but an auditor as where nothing is; what is read here is kept by no cache."""
        try:
            audit.check_auditor()
        except Missing as error:
            raise NotFound(self.request.getURL()) from error
        self.request.response.setHeader("Cache-Control", "no-store")

    def asked(self) -> dict[str, str]:
        """The filter as it was typed."""
        return {name: str(self.request.form.get(name, "")).strip() for name in FIELDS}

    def filter(self) -> Filter:
        """The filter as it is meant; raises :class:`Invalid`."""
        asked: dict[str, Any] = self.asked()
        return audit.wanted(
            **{**asked, "since": typed_day(asked["since"], "since"), "until": typed_day(asked["until"], "until")}
        )


class Audit(AuditPage):
    """The journal, newest first."""

    template = ViewPageTemplateFile("templates/audit.pt")

    lines = Lines([], None)
    error = ""
    #: when the journal was checked just now, and what was found
    checked: datetime | None = None
    problems: tuple[Problem, ...] = ()

    def __call__(self) -> str:
        """Draw the page."""
        self.keep_out()
        self.read()
        return self.template()

    def read(self) -> None:
        """Find the lines that the address asks for."""
        try:
            self.lines = audit.page(self.filter(), str(self.request.form.get("after", "")))
        except Invalid as invalid:
            self.error = self.say(invalid.message)
        self.names = audit.names_of(self.lines.rows)
        self.logins = lookup.logins({each.actor for each in self.lines.rows})

    def name(self, line: Line) -> str:
        """Who it was."""
        return self.names.get(line.actor, line.actor)

    def login(self, line: Line) -> str:
        """The login, or "" where the name says all."""
        return self.logins.get(line.actor, "")

    def action(self, line: Line) -> str:
        """What was done."""
        return self.say(actions.label(line.action))

    def outcome(self, line: Line) -> str:
        """How it ended."""
        return self.say(actions.OUTCOMES.get(line.outcome, line.outcome))

    def zone(self, line: Line) -> str:
        """Through which network."""
        return self.say(audit.ZONES.get(line.zone, line.zone))

    def time(self, at: datetime) -> str:
        """The instant with its seconds, on the Vietnamese clock."""
        return f"{self.moment(at)}:{clock.local(at):%S}"

    def details(self, line: Line) -> str:
        """What else the record says."""
        return audit.details(line)

    def choices(self, field: str) -> list[dict[str, Any]]:
        """The choices of a field of the filter."""
        found = {"action": actions.ACTIONS, "outcome": actions.OUTCOMES, "zone": audit.ZONES}[field]
        chosen = self.asked()[field]
        options = [
            {"value": value, "label": self.say(label), "chosen": value == chosen} for value, label in found.items()
        ]
        return sorted(options, key=lambda each: each["label"]) if field == "action" else options

    def address(self, page: str = "@@audit", **more: str) -> str:
        """The address of a page with the same filter."""
        query = {name: value for name, value in self.asked().items() if value} | more
        return f"{self.home}/{page}?{urlencode(query)}" if query else f"{self.home}/{page}"

    def about(self, uid: str) -> str:
        """The address of everything about one object."""
        return f"{self.home}/@@audit?{urlencode({'object': uid})}"


class VerifyAudit(Audit):
    """POST: checks the journal and shows what was found above the list."""

    def read(self) -> None:
        """Check first."""
        assert_meant()
        self.problems = tuple(audit.verify())
        self.checked = clock.now()
        super().read()


class ExportAudit(AuditPage):
    """The filtered lines as a file."""

    def __call__(self) -> bytes:
        """The file, ``format=csv`` or ``xlsx``."""
        self.keep_out()
        kind = "xlsx" if self.request.form.get("format") == "xlsx" else "csv"
        content = audit.exported(self.filter(), kind)
        response = self.request.response
        name = f"nhat-ky-{clock.local(clock.now()):%Y%m%d-%H%M%S}.{kind}"
        response.setHeader("Content-Type", _TYPES[kind])
        response.setHeader("Content-Disposition", f'attachment; filename="{name}"')
        return content
