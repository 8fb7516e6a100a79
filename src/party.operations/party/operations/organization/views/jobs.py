"""Background jobs and the last events (việc chạy nền, nhật ký quản trị), for those who set up the organisation."""

from typing import Any

import sqlalchemy as sa
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from Products.statusmessages.interfaces import IStatusMessage
from zope.component import queryUtility

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.ledger import outbox
from party.operations.ledger import turn
from party.operations.ledger.errors import No
from party.operations.ledger.outbox import IJob
from party.operations.ledger.tables import events
from party.operations.ledger.tables import outbox as jobs
from party.operations.organization import lookup
from party.operations.organization import operations
from party.operations.organization import rules
from party.operations.ui.pages import Page


#: states of a job, with what an empty list says
STATES = {
    "waiting": (_("Waiting"), _("No job is waiting: everything was done.")),
    "running": (_("Running"), _("No job is being done at this moment.")),
    "dead": (_("Failed"), _("No job failed for good.")),
    "done": (_("Done"), _("No job was done yet.")),
}
#: what happened to the organisation; events of documents are read on their pages, by who may read these
EVENTS = {
    "create_unit": _("Unit created"),
    "change_unit": _("Unit changed"),
    "move_unit": _("Unit moved"),
    "close_unit": _("Unit closed"),
    "add_code": _("Code added"),
    "end_code": _("Code ended"),
    "add_symbol": _("Issuer symbol added"),
    "set_term": _("Congress term recorded"),
    "set_routes": _("Routes changed"),
    "create_register": _("Register opened"),
    "change_register": _("Register changed"),
    "create_person": _("Account created"),
    "change_person": _("Details of a person corrected"),
    "deactivate_person": _("Account closed"),
    "change_password": _("Password changed"),
    "reset_password": _("Password reset"),
    "appoint": _("Person appointed"),
    "end_post": _("Post ended"),
    "delegate": _("Function delegated"),
    "set_holiday": _("Holiday recorded"),
    "remove_holiday": _("Holiday removed"),
    "import_organization": _("Sheet imported"),
    "import_past_register": _("Old register brought in"),
    "plan_merger": _("Merger planned"),
    "change_merger": _("Plan of a merger changed"),
    "discard_merger": _("Plan of a merger thrown away"),
    "start_merger": _("Merger started"),
    "continue_merger": _("Merger goes on"),
    "undo_merger": _("Merger taken back"),
    "finish_merger": _("Merger in force"),
    "change_login": _("Login changed"),
    "retry_job": _("Job tried again"),
    "declare_readiness": _("Readiness declared"),
    "remind_of_readiness": _("Reminder of readiness sent"),
    "schedule_report": _("Report by mail arranged"),
    "change_scheduled_report": _("Report by mail changed"),
    "stop_scheduled_report": _("Report by mail stopped"),
    "reconcile": _("Remains of a crash mended"),
}
#: events and jobs shown at once
MOST = 100


class Jobs(Page):
    """The outbox by state, and the last events of the organisation."""

    template = ViewPageTemplateFile("templates/jobs.pt")
    title = _("Background jobs")

    def __call__(self) -> str:
        """Draw the page; dead jobs come first when there are any."""
        if not self.may_set_up:
            self.request.response.setStatus(403)
            return self.template()
        self.counts = self._counts()
        wanted = str(self.request.get("state", ""))
        self.state = wanted if wanted in STATES else "dead" if self.counts["dead"] else "waiting"
        return self.template()

    @property
    def may_set_up(self) -> "bool | No":
        """Whose page it is."""
        return rules.may_set_up()

    def states(self) -> list[dict[str, Any]]:
        """The states with their counts."""
        return [
            {"name": name, "label": self.say(label), "count": self.counts[name], "current": name == self.state}
            for name, (label, _empty) in STATES.items()
        ]

    def empty(self) -> str:
        """What an empty list says."""
        return self.say(STATES[self.state][1])

    def jobs(self) -> list[dict[str, Any]]:
        """The jobs of the state, newest first, in words."""
        rows = outbox.listing(self.state, MOST)
        names = lookup.names({row.actor for row in rows})
        return [
            {
                "id": row.id,
                "what": self.say(getattr(queryUtility(IJob, name=row.kind), "title", row.kind)),
                "key": row.key,
                "actor": self._actor(row.actor, names),
                "attempts": row.attempts,
                "created": self.moment(row.created_at),
                "at": self.moment(row.finished_at or row.due),
                "error": row.error,
            }
            for row in rows
        ]

    def events(self) -> list[dict[str, Any]]:
        """The last events, newest first."""
        wanted = sa.select(events).where(events.c.operation.in_(list(EVENTS))).order_by(events.c.id.desc())
        rows = turn.rows(wanted.limit(MOST))
        names = lookup.names({each for row in rows for each in (row.actor, row.object)})
        titles = lookup.unit_titles({row.unit for row in rows})
        return [
            {
                "at": self.moment(row.at),
                "actor": self._actor(row.actor, names),
                "what": self.say(EVENTS[row.operation]),
                "person": names.get(row.object, ""),
                "unit": row.unit,
                "unit_title": titles.get(row.unit, ""),
            }
            for row in rows
        ]

    def _counts(self) -> dict[str, int]:
        found = turn.rows(sa.select(jobs.c.state, sa.func.count().label("jobs")).group_by(jobs.c.state))
        return {**dict.fromkeys(STATES, 0), **{each.state: each.jobs for each in found}}

    def _actor(self, person: str, names: dict[str, str]) -> str:
        if person == actor.SYSTEM:
            return self.say(_("the system"))
        return names.get(person, person)


class RetryJob(Page):
    """POST: lets the worker try a dead job again."""

    def __call__(self) -> str:
        """Do it and go back to the failed ones."""
        number = str(self.request.form.get("job", ""))
        operations.retry_job(int(number) if number.isdigit() else 0)
        IStatusMessage(self.request).addStatusMessage(self.say(_("The worker tries this job again now.")), type="info")
        return self.redirect(f"{self.home}/@@jobs?state=dead")
