"""The first page after login and the registers (bàn làm việc, sổ văn bản)."""

import json
from typing import Any
from urllib.parse import urlencode

from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import levels
from party.operations.confidentiality import principals
from party.operations.documents import lists
from party.operations.documents.operations.registers import registers
from party.operations.documents.vocabularies import CAPACITIES
from party.operations.documents.vocabularies import INCOMING_STATES
from party.operations.documents.vocabularies import OUTGOING_STATES
from party.operations.documents.vocabularies import SLIP_STATES
from party.operations.documents.vocabularies import type_name
from party.operations.documents.vocabularies import URGENCIES
from party.operations.organization import lookup
from party.operations.organization.vocabularies import REGISTRY_FUNCTIONS
from party.operations.ui.pages import Page


class Words(Page):
    """The words a list writes for the keys in its rows."""

    @property
    def shows_levels(self) -> bool:
        """Is there a column of the level? Only for who may see anything classified here."""
        return len(principals.levels_of(actor.current())) > 1

    @property
    def classified(self) -> bool:
        """May anything on the page be classified?"""
        return self.shows_levels

    def level(self, key: str) -> str:
        """The level as a stamp; "" for what is not classified."""
        return self.say(levels.LEVELS[key]) if key in levels.CLASSIFIED else ""

    def type_name(self, key: str) -> str:
        """Công văn."""
        return type_name(key)

    def state(self, row: Any) -> str:
        """The state of a document in words."""
        labels = INCOMING_STATES if row.kind == "incoming" else OUTGOING_STATES
        return self.say(labels[row.state])

    def slip_state(self, row: Any) -> str:
        """The state of a routing slip in words."""
        return self.say(SLIP_STATES[row.state])

    def capacity(self, row: Any) -> str:
        """Chủ trì, phối hợp, để biết."""
        return self.say(CAPACITIES[row.capacity])

    def urgency(self, key: str) -> str:
        """The urgency as a stamp; "" for what is not urgent."""
        return self.say(URGENCIES[key]) if key in URGENCIES and key != "normal" else ""


class Desk(Words):
    """What awaits me, with counts, and the rows of one tray."""

    template = ViewPageTemplateFile("templates/desk.pt")
    title = _("Desk")

    def __call__(self) -> str:
        """Draw the page; the fullest thing to do comes first."""
        self.counts = lists.counts()
        wanted = self.request.get("tray", "")
        first = next((name for name, count in self.counts.items() if count), "to_do")
        self.current = wanted if wanted in lists.TRAYS else first
        self.page = lists.tray(self.current, self.request.get("after", ""))
        return self.template()

    def trays(self) -> list[dict[str, Any]]:
        """Every tray that may concern the person; those that hold nothing stay visible and grey."""
        return [
            {
                "name": name,
                "label": self.say(tray.label),
                "count": self.counts[name],
                "current": name == self.current,
                "late": name in ("overdue", "gone_up", "withdrawn"),
            }
            for name, tray in lists.TRAYS.items()
        ]

    def empty(self) -> str:
        """What an empty tray says."""
        return self.say(lists.TRAYS[self.current].empty)

    def shape(self) -> str:
        """Which table draws the rows of the tray."""
        row = self.page.rows[0]._mapping if self.page.rows else {}
        return "slips" if "capacity" in row else "deliveries" if "recipient" in row else "documents"

    def may_register(self) -> bool:
        """Is the person a clerk of some unit?"""
        return any(each.function in REGISTRY_FUNCTIONS for each in lookup.posts_of(actor.current()))


class Registers(Words):
    """Sổ văn bản đến, sổ văn bản đi of a unit."""

    template = ViewPageTemplateFile("templates/registers.pt")

    def __call__(self) -> str:
        """Draw the register that the address names."""
        asked = {
            name: str(self.request.get(name, "")) for name in ("direction", "unit", "period", "register", "q", "after")
        }
        self.direction = "outgoing" if asked["direction"] == "outgoing" else "incoming"
        self.title = (
            _("Register of outgoing documents") if self.direction == "outgoing" else _("Register of incoming documents")
        )
        self.units = lookup.unit_titles(lists.register_units()) or self._own_organs()
        self.unit = asked["unit"] if asked["unit"] in self.units else next(iter(self.units), "")
        self.periods = lists.periods_of(self.unit)
        self.period, self.register, self.q, after = (asked[name] for name in ("period", "register", "q", "after"))
        if self.direction == "outgoing":
            self.page = lists.outgoing_register(self.unit, "", self.period, self.q, after)
        else:
            self.page = lists.incoming_register(self.unit, self.register, self.period, self.q, after)
        return self.template()

    def older(self) -> str:
        """The address of the next page of the register as it is filtered."""
        names = ("direction", "unit", "period", "register", "q")
        query = {name: getattr(self, name) for name in names} | {"after": self.page.following}
        return f"{self.home}/@@registers?{urlencode(query)}"

    def is_late(self, row: Any) -> bool:
        """Is the document past its deadline and still to be dealt with?"""
        return row.state in ("registered", "in_progress") and self.is_overdue(row.deadline)

    def books(self) -> list[Any]:
        """The arrival books of the unit."""
        return registers(self.unit, "incoming", open_only=False) if self.unit else []

    def may_draft(self) -> bool:
        """Everybody with a post drafts."""
        return bool(lookup.posts_of(actor.current()))

    def may_register(self) -> bool:
        """Is the person a clerk of this unit?"""
        return any(
            each.unit == self.unit and each.function in REGISTRY_FUNCTIONS for each in lookup.posts_of(actor.current())
        )

    def _own_organs(self) -> dict[str, str]:
        organs = {lookup.unit(each.unit).organ for each in lookup.posts_of(actor.current())}
        return lookup.unit_titles(organs)


class WhoAmI(Page):
    """Tells a page that was open for long whether its session still lives."""

    def __call__(self) -> str:
        """``{"person": id or "", "token": authenticator}`` as JSON, never cached."""
        self.request.response.setHeader("Content-Type", "application/json")
        self.request.response.setHeader("Cache-Control", "no-store")
        return json.dumps({"person": actor.current(), "token": self.token})
