"""The first page after login (bàn làm việc), and the words of lists."""

import json
from functools import cached_property
from pathlib import Path
from typing import Any

from chameleon import PageTemplateFile
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import levels
from party.operations.confidentiality import principals
from party.operations.desk import first_day
from party.operations.desk.counts import counts
from party.operations.desk.first_day import Step
from party.operations.desk.lines import COLUMNS
from party.operations.desk.lines import drawn
from party.operations.desk.lines import Line
from party.operations.documents import trays
from party.operations.documents.vocabularies import CAPACITIES
from party.operations.documents.vocabularies import INCOMING_STATES
from party.operations.documents.vocabularies import OUTGOING_STATES
from party.operations.documents.vocabularies import SLIP_STATES
from party.operations.documents.vocabularies import type_name
from party.operations.documents.vocabularies import URGENCIES
from party.operations.organization import lookup
from party.operations.organization.vocabularies import REGISTRY_FUNCTIONS
from party.operations.ui.pages import Page


_LINES = PageTemplateFile(str(Path(__file__).parent / "templates/desk_lines.pt"))


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
    page_scripts = ("neighbours.js", "panes.js", "many.js")
    title = _("Desk")
    #: the title of the window says how much awaits
    counted = True

    def __call__(self) -> str:
        """Draw the page; the fullest thing to do comes first."""
        self.counts = counts()
        wanted = self.request.get("tray", "")
        first = next((name for name in trays.TRAYS if self.counts[name]), "to_do")
        self.current = wanted if wanted in trays.TRAYS else first
        self.page = trays.tray(self.current, self.request.get("after", ""))
        return self.template()

    def trays(self) -> list[dict[str, Any]]:
        """Every tray that may concern the person; those that hold nothing come last and grey."""
        found = [
            {
                "name": name,
                "label": self.say(tray.label),
                "count": self.counts[name],
                "current": name == self.current,
                "late": name in ("overdue", "gone_up", "withdrawn"),
            }
            for name, tray in trays.TRAYS.items()
        ]
        return sorted(found, key=lambda each: not (each["count"] or each["current"]))

    def tray_label(self) -> str:
        """The name of the tray that is shown."""
        return self.say(trays.TRAYS[self.current].label)

    def empty(self) -> str:
        """What an empty tray says."""
        return self.say(trays.TRAYS[self.current].empty)

    def columns(self) -> tuple[dict[str, str], dict[str, str]]:
        """The words over the columns before and after the abstract."""
        row = self.page.rows[0]._mapping if self.page.rows else {}
        return COLUMNS["slips" if "capacity" in row else "deliveries" if "recipient" in row else "documents"]

    @cached_property
    def lines(self) -> list[Line]:
        """The rows as they are drawn."""
        return [drawn(self, row) for row in self.page.rows]

    @property
    def choosable(self) -> bool:
        """Is there anything in the tray that may be chosen?"""
        return any(line.uid or line.slip for line in self.lines)

    def drawn(self) -> str:
        """The lines; each is a dozen cells, so they are drawn by a template of their own, which is compiled."""
        return str(_LINES(lines=self.lines, chosen=self.choosable, unread=self.say(_("Unread"))))

    @property
    def may_see(self) -> bool:
        """Is there anything in the tray that may be marked as seen?"""
        return self.columns() is COLUMNS["slips"]

    @property
    def may_pass_on(self) -> bool:
        """Is there anything in the tray that may be passed on?"""
        return self.may_see or any(line.uid for line in self.lines)

    def capacities(self) -> dict[str, str]:
        """Chủ trì, phối hợp, để biết."""
        return CAPACITIES

    def first_steps(self) -> list[Step]:
        """What an office has to be given before anybody can work in it; nothing when all of it is there."""
        return [] if self.counts["awaiting"] else first_day.steps()

    def may_register(self) -> bool:
        """Is the person a clerk of some unit?"""
        return any(each.function in REGISTRY_FUNCTIONS for each in lookup.posts_of(actor.current()))


class WhoAmI(Page):
    """Tells a page that was open for long whether its session still lives."""

    def __call__(self) -> str:
        """``{"person": id or "", "token": authenticator}`` as JSON, never cached."""
        self.request.response.setHeader("Content-Type", "application/json")
        self.request.response.setHeader("Cache-Control", "no-store")
        return json.dumps({"person": actor.current(), "token": self.token})
