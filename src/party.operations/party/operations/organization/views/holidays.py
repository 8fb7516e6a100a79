"""Holidays (ngày nghỉ, ngày làm bù): days that deadlines pass over, kept by those who set up the organisation."""

from typing import Any

import sqlalchemy as sa
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from Products.statusmessages.interfaces import IStatusMessage
from zope import schema
from zope.interface import Interface

from party.operations import _
from party.operations.ledger import clock
from party.operations.ledger import turn
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import No
from party.operations.organization import operations
from party.operations.organization import rules
from party.operations.organization.tables import holidays
from party.operations.organization.views.base import RuledForm
from party.operations.text.dates import DateError
from party.operations.text.dates import parse_date
from party.operations.ui.pages import Page


class IHoliday(Interface):
    """One day."""

    day = schema.Date(title=_("Day"))
    label = schema.TextLine(title=_("Name"), description=_("Such as Reunification Day."), max_length=200)
    working = schema.Bool(title=_("A Saturday or Sunday that is worked instead"), required=False, default=False)


class Holidays(RuledForm):
    """All recorded days, seen by everybody; those who set up the organisation add and remove them."""

    template = ViewPageTemplateFile("templates/holidays.pt")
    schema = IHoliday
    label = _("Holidays and worked weekend days")
    submit_label = _("Add")
    done = _("The day was recorded.")

    def rule(self) -> "bool | No":
        """Everybody may look."""
        return True

    @property
    def may_set_up(self) -> "bool | No":
        """Is the form drawn?"""
        return rules.may_set_up()

    def years(self) -> list[dict[str, Any]]:
        """The recorded days by year, the newest year first."""
        years: dict[int, list[sa.Row[Any]]] = {}
        for each in turn.rows(sa.select(holidays).order_by(holidays.c.day)):
            years.setdefault(each.day.year, []).append(each)
        return [
            {"year": year, "days": years[year], "open": year >= clock.today().year}
            for year in sorted(years, reverse=True)
        ]

    def perform(self, data: dict[str, Any]) -> str:
        """Record the day."""
        operations.set_holiday(data["day"], data["label"], data["working"])
        return f"{self.home}/@@holidays"


class RemoveHoliday(Page):
    """POST: takes back a day that was recorded by mistake."""

    def __call__(self) -> str:
        """Remove it and go back to the list."""
        try:
            day = parse_date(str(self.request.form.get("day", "")))
        except DateError as error:
            raise Invalid(_("This day is not recorded."), "day") from error
        operations.remove_holiday(day)
        IStatusMessage(self.request).addStatusMessage(self.say(_("The day was removed.")), type="info")
        return self.redirect(f"{self.home}/@@holidays")
