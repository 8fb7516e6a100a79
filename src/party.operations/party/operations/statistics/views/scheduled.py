"""Reports by mail on the screen (trang báo cáo gửi định kỳ): what is sent to whom, arranging, changing, stopping."""

from functools import cached_property
from typing import Any

import sqlalchemy as sa
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from Products.statusmessages.interfaces import IStatusMessage
from z3c.form.browser.checkbox import CheckBoxFieldWidget
from zope import schema
from zope.interface import Interface

from party.operations import _
from party.operations.ledger import clock
from party.operations.ledger import turn
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import Missing
from party.operations.ledger.errors import No
from party.operations.organization import lookup
from party.operations.organization import rules as organization_rules
from party.operations.organization.tables import people
from party.operations.organization.views.base import RuledForm
from party.operations.organization.views.pickers import person_named
from party.operations.organization.views.pickers import unit_picker
from party.operations.organization.vocabularies import FUNCTIONS
from party.operations.organization.vocabularies import vocabulary
from party.operations.statistics import rules
from party.operations.statistics import scheduled
from party.operations.statistics import scheduled_acts
from party.operations.statistics.scheduled import RULES
from party.operations.statistics.scheduled_mail import CONTENTS
from party.operations.statistics.scheduled_tables import scheduled_reports
from party.operations.statistics.views.base import StatisticsPage
from party.operations.ui.pages import Page


#: what became of a mail, by the state of its job
OUTCOMES = {
    "waiting": _("waits to be sent"),
    "running": _("is being sent"),
    "done": _("sent"),
    "dead": _("could not be sent"),
}
_ANSWERABLE = {name: label for name, label in FUNCTIONS.items() if name in rules.ANSWERABLE}


class StatisticsMail(StatisticsPage):
    """The reports by mail about the units the person answers for."""

    title = _("Reports by mail")
    template = ViewPageTemplateFile("templates/scheduled.pt")

    def __call__(self) -> str:
        """Draw the page; raises ``NotAllowed``."""
        self.keep_out()
        return self.template()

    @property
    def may_arrange(self) -> "bool | No":
        """Does the person administer any unit?"""
        return organization_rules.may_administer_some()

    def reports(self) -> list[dict[str, Any]]:
        """What is sent, in the order of the units."""
        wanted = sa.select(scheduled_reports).where(scheduled_reports.c.active.is_(True))
        found = [each for each in turn.rows(wanted.order_by(scheduled_reports.c.id)) if rules.may_see(each.unit)]
        return sorted(map(self._drawn, found), key=lambda each: each["order"])

    def _drawn(self, row: Any) -> dict[str, Any]:
        unit = lookup.unit(row.unit)
        following = scheduled.next_due(row.rule, row.hour, row.working_days, clock.now())
        held = [self.say(FUNCTIONS[each]) for each in row.functions]
        names = lookup.names(row.people)
        return {
            "id": row.id,
            "order": (unit.tree_order, row.id),
            "unit": unit.title,
            "what": self.say(CONTENTS[row.kind][0]),
            "when": self._when(row),
            "to": [*(names.get(each, each) for each in row.people), *held],
            "next": f"{self.day_in_full(following.day)} {row.hour:02}:00",
            "last": self.day(row.sent_for),
            "mails": [self._outcome(each) for each in scheduled.mails_of(row)],
            "may_change": bool(organization_rules.may_administer(row.unit)),
        }

    def _when(self, row: Any) -> str:
        said = f"{self.say(RULES[row.rule])}, {row.hour:02}:00"
        return f"{said}, {self.say(_('working days only'))}" if row.working_days else said

    def _outcome(self, mail: Any) -> str:
        name = lookup.names([mail.payload["person"]]).get(mail.payload["person"], "")
        # what is noted of a job that is done says why nothing was sent
        outcome = "" if mail.state == "done" and mail.error else self.say(OUTCOMES[mail.state])
        return f"{name}: {'. '.join(filter(None, (outcome, mail.error)))}"


class IScheduledReport(Interface):
    """What is sent, when and to whom."""

    kind = schema.Choice(
        title=_("Report"), vocabulary=vocabulary({name: label for name, (label, _content) in CONTENTS.items()})
    )
    rule = schema.Choice(title=_("How often"), vocabulary=vocabulary(RULES), default="daily")
    hour = schema.Int(title=_("Hour"), description=_("0 to 23, Vietnamese time."), min=0, max=23, default=16)
    working_days = schema.Bool(
        title=_("On working days only"),
        description=_("A report that would fall on a day off comes with the next one."),
        required=False,
        default=True,
    )
    functions = schema.List(
        title=_("To the holders of these functions in the unit"),
        description=_("Whoever holds the function on the day gets the report."),
        value_type=schema.Choice(vocabulary=vocabulary(_ANSWERABLE)),
        required=False,
        default=[],
    )
    people = schema.Text(
        title=_("To these people"),
        description=_(
            "One in each line: the login, the full name or the recorded e-mail address of somebody with an account."
        ),
        required=False,
        default="",
    )


class INewScheduledReport(IScheduledReport):
    """A new one is about a unit."""

    unit = schema.TextLine(
        title=_("Unit"), description=_("The report is about it and the units below."), defaultFactory=lambda: ""
    )


class ScheduleReport(RuledForm):
    """Arranges a report by mail."""

    schema = INewScheduledReport
    label = _("Arrange a report by mail")
    hint = _("Each reader gets what he may see on the day of sending; nothing classified is ever in a mail.")
    submit_label = _("Arrange")
    done = _("The report will be sent.")
    pickers = (("unit", unit_picker), ("functions", CheckBoxFieldWidget))
    layout = (
        ("", ("unit", "kind")),
        (_("When"), ("rule", "hour", "working_days")),
        (_("Readers of the report"), ("functions", "people")),
    )

    def rule(self) -> "bool | No":
        """Administrators of units; the operation asks which."""
        return organization_rules.may_administer_some()

    @property
    def back(self) -> str:
        """The list."""
        return f"{self.home}/@@statistics-mail"

    @property
    def about(self) -> str:
        """The list, as a link."""
        return self.say(StatisticsMail.title)

    def perform(self, data: dict[str, Any]) -> str:
        """Arrange it."""
        scheduled_acts.schedule_report(data["unit"], **_said(data))
        return self.back


class ChangeScheduledReport(ScheduleReport):
    """Changes the one that the address names."""

    schema = IScheduledReport
    label = _("Change a report by mail")
    submit_label = _("Save")
    done = _("The report by mail was changed.")
    pickers = (("functions", CheckBoxFieldWidget),)
    ignoreContext = False

    @cached_property
    def row(self) -> Any:
        """The report; raises ``Missing``."""
        number = str(self.request.get("report", ""))
        wanted = sa.select(scheduled_reports).where(
            scheduled_reports.c.id == (int(number) if number.isdecimal() else 0), scheduled_reports.c.active.is_(True)
        )
        found = turn.row(wanted)
        if found is None:
            raise Missing(_("There is no such report by mail. It may have been stopped already."))
        return found

    def rule(self) -> "bool | No":
        """The administrators of its unit."""
        return organization_rules.may_administer(self.row.unit)

    @property
    def action(self) -> str:
        """The report goes along."""
        return self.with_query(report=str(self.row.id))

    def getContent(self) -> dict[str, Any]:
        """The fields show what is arranged."""
        logins = lookup.logins(self.row.people)
        return {**self.row._mapping, "people": "\n".join(logins[each] for each in self.row.people)}

    def perform(self, data: dict[str, Any]) -> str:
        """Change it."""
        scheduled_acts.change_scheduled_report(self.row.id, **_said(data))
        return self.back


class StopScheduledReport(Page):
    """POST: sends it no more."""

    def __call__(self) -> str:
        """Stop it and go back."""
        number = str(self.request.form.get("report", ""))
        scheduled_acts.stop_scheduled_report(int(number) if number.isdecimal() else 0)
        IStatusMessage(self.request).addStatusMessage(self.say(_("The report is sent no more.")), type="info")
        return self.redirect(f"{self.home}/@@statistics-mail")


def _said(data: dict[str, Any]) -> dict[str, Any]:
    return {
        "kind": data["kind"],
        "rule": data["rule"],
        "hour": data["hour"],
        "working_days": bool(data["working_days"]),
        "functions": data["functions"] or [],
        "people": [_person(each.strip()) for each in (data["people"] or "").splitlines() if each.strip()],
    }


def _person(text: str) -> str:
    """The id of somebody with an account; an address that nobody here has is refused."""
    if "@" not in text:
        try:
            return person_named(text)
        except Invalid as error:
            raise Invalid(error.message, "people") from error
    found = [each.id for each in turn.rows(sa.select(people.c.id).where(sa.func.lower(people.c.email) == text.lower()))]
    if len(found) != 1:
        raise Invalid(
            _(
                "“${address}” is not the e-mail address of exactly one person with an account. Reports are sent to nobody "
                "else.",
                mapping={"address": text},
            ),
            "people",
        )
    return found[0]
