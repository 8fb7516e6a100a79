"""The register of who is trusted with secrets (sổ đăng ký người được tiếp cận bí mật): ``@@clearances``."""

from datetime import date
from datetime import datetime
from datetime import timedelta
from functools import cached_property
from typing import Any
from urllib.parse import urlencode

from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from zExceptions import NotFound

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import clearances
from party.operations.confidentiality import levels
from party.operations.organization import lookup
from party.operations.security import register
from party.operations.security.register import Entry
from party.operations.security.views.base import OfficerPage
from party.operations.text.dates import DateError
from party.operations.text.dates import parse_date


class RegisterPage(OfficerPage):
    """What the register and the page of one person share: a row in words, and what may be done with it."""

    def line(self, entry: Entry) -> dict[str, Any]:
        """A row as the tables show it."""
        row = entry.row
        last = row.until_day and row.until_day - timedelta(days=1)
        return {
            "id": row.id,
            "person": row.person,
            "name": entry.name,
            "units": entry.units,
            "active": entry.active,
            "kind": self.say(clearances.LABELS[row.kind]),
            "is_level": row.kind in clearances.LEVELS,
            "from_day": self.day(row.from_day),
            "last_day": self.day(last),
            "remaining": self.remaining(last) if entry.standing == "in_force" else "",
            "expiring": register.is_expiring(row),
            "basis": row.basis,
            "standing": self.say(register.STANDINGS[entry.standing]),
            "trail": self._trail(row),
            "verbs": self._verbs(entry),
        }

    def _trail(self, row: Any) -> list[str]:
        """Who did what with a row, and when."""
        said = [_("Proposed by ${who} on ${when}", mapping=self._by(row.proposed_by, row.proposed_at))]
        if row.confirmed_at is not None:
            said.append(_("Confirmed by ${who} on ${when}", mapping=self._by(row.confirmed_by, row.confirmed_at)))
        if row.state == clearances.REFUSED:
            said.append(_("Refused by ${who} on ${when}", mapping=self._by(row.revoked_by, row.revoked_at)))
        if row.state == clearances.REVOKED:
            said.append(_("Revoked by ${who} on ${when}", mapping=self._by(row.revoked_by, row.revoked_at)))
        return [*(self.say(each) for each in said), *([f"“{row.reason}”"] if row.reason else [])]

    def _verbs(self, entry: Entry) -> list[dict[str, str]]:
        row, who = entry.row, actor.current()
        verbs = []
        if row.state == clearances.PROPOSED:
            if who not in (row.proposed_by, row.person):
                verbs.append(("confirm-clearance", _("Confirm")))
            verbs.append(("refuse-proposal", _("Take back") if who == row.proposed_by else _("Refuse")))
        elif entry.standing in ("in_force", "coming"):
            verbs.append(("revoke-clearance", _("Revoke")))
        return [{"url": f"{self.home}/@@{name}?id={row.id}", "label": self.say(label)} for name, label in verbs]

    def _by(self, person: str, at: datetime) -> dict[str, str]:
        who = self.say(_("the command line")) if person == actor.SYSTEM else self._names.get(person, person)
        return {"who": who, "when": self.moment(at)}

    @cached_property
    def _names(self) -> dict[str, str]:
        rows = [each.row for each in self.everything]
        return lookup.names({who for row in rows for who in (row.proposed_by, row.confirmed_by, row.revoked_by) if who})

    @cached_property
    def everything(self) -> list[Entry]:
        """The rows the page is about."""
        return register.entries()


class Clearances(RegisterPage):
    """Who holds what until when, what waits for a second officer, what ends soon."""

    template = ViewPageTemplateFile("templates/clearances.pt")
    title = _("Register of people trusted with secrets")

    def read(self) -> None:
        """The list, the words searched for and the day that the address names."""
        wanted = str(self.request.get("list", ""))
        self.list = wanted if wanted in register.LISTS else "in_force"
        self.q = str(self.request.get("q", "")).strip()
        self.typed_day, self.day_error = str(self.request.get("day", "")).strip(), ""
        self.on: date | None = None
        if self.typed_day:
            try:
                self.on = parse_date(self.typed_day)
            except DateError:
                self.day_error = self.say(_("“${typed}” is not a date.", mapping={"typed": self.typed_day}))

    def lists(self) -> list[dict[str, Any]]:
        """The lists with their counts."""
        return [
            {
                "label": self.say(label),
                "count": sum(register.belongs(each, name) for each in self.everything),
                "current": name == self.list and self.on is None,
                "late": name in ("proposed", "expiring"),
                "url": f"{self.home}/@@clearances?{urlencode({'list': name, 'q': self.q})}",
            }
            for name, (label, _empty) in register.LISTS.items()
        ]

    def lines(self) -> list[dict[str, Any]]:
        """The rows of the list, or those that held on the day that was asked for."""
        found = register.search(self.everything, self.q)
        if self.on is not None:
            return [self.line(each) for each in register.held_on(found, self.on)]
        return [self.line(each) for each in found if register.belongs(each, self.list)]

    def empty(self) -> str:
        """What an empty list says."""
        if self.q or self.on:
            return self.say(_("Nobody was found. Try a part of the name, or another day."))
        return self.say(register.LISTS[self.list][1])

    def too_few(self) -> bool:
        """Is there nobody to confirm what one officer proposes?"""
        held = [each for each in self.everything if each.row.kind == clearances.OFFICER and each.standing == "in_force"]
        return sum(each.active for each in held) < 2


class Person(RegisterPage):
    """What one person holds and held: ``@@clearances-of?person=…``."""

    template = ViewPageTemplateFile("templates/clearances_of.pt")

    def read(self) -> None:
        """Find the person."""
        self.person = lookup.names([str(self.request.get("person", ""))])
        if not self.person:
            raise NotFound(self.request.getURL())
        ((self.id, self.title),) = self.person.items()

    @cached_property
    def everything(self) -> list[Entry]:
        """All rows of the person."""
        return register.entries(self.id)

    def lines(self) -> list[dict[str, Any]]:
        """The rows, newest first."""
        return [self.line(each) for each in reversed(self.everything)]

    def level(self) -> str:
        """Up to what the person may be shown today."""
        return self.say(levels.LEVELS[clearances.level_of(self.id)])

    def posts(self) -> str:
        """Where the person serves."""
        return ", ".join(lookup.unit_titles({each.unit for each in lookup.posts_of(self.id)}).values())
