"""The frame of every page (khung trang): top bar, rail, messages. Plone's own pages are drawn in it too."""

import json
from typing import Any

from plone import api
from Products.CMFPlone.browser.main_template import MainTemplate
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import assertions
from party.operations.confidentiality import levels
from party.operations.confidentiality import principals
from party.operations.desk import assets
from party.operations.desk.counts import counts
from party.operations.documents import lists
from party.operations.organization import lookup
from party.operations.organization import rules
from party.operations.organization.vocabularies import FUNCTIONS
from party.operations.security import rules as trust
from party.operations.statistics import rules as figures_rules
from party.operations.ui.pages import Page


#: the rail: address, label, what is counted beside it (see :mod:`.counts`), key
RAIL = (
    ("", _("Desk"), "awaiting", "g d"),
    ("@@registers", _("Incoming documents"), "incoming", "g v"),
    ("@@registers?direction=outgoing", _("Outgoing documents"), "outgoing", "g r"),
    ("@@find", _("Search"), "", ""),
    ("@@organization", _("Organisation"), "", "g t"),
)
#: further entries of those who answer for what a unit does, who keep secrets, and who watch over them
FIGURES = (("@@statistics", _("Statistics"), "", "g k"),)
REGISTRY = (
    ("@@secret-registers", _("Registers of secret documents"), "", ""),
    ("@@expiring", _("Protection that ends soon"), "", ""),
)
OFFICERS = (("@@clearances", _("Clearances"), "", ""), ("@@access-explained", _("Access explained"), "", ""))
AUDITORS = (("@@audit", _("Audit journal"), "", ""), ("@@access-explained", _("Access explained"), "", ""))

#: files of ``static`` that every page loads, in this order
STYLES = (
    "theme.css",
    "frame.css",
    "lists.css",
    "forms.css",
    "panels.css",
    "organization.css",
    "search.css",
    "print.css",
)
SCRIPTS = ("party.js", "messages.js", "forms.js", "pickers.js", "reading.js", "keys.js", "live.js", "search.js")
#: loaded before the first paint
FIRST = "theme.js"


class FrameTemplate(MainTemplate):
    """Our main template; the site's theme is not applied on top of it."""

    main_template = ViewPageTemplateFile("templates/frame.pt")

    @property
    def macros(self) -> Any:
        """Macros of the frame."""
        self.request.response.setHeader("X-Theme-Disabled", "1")
        return super().macros


class Frame(Page):
    """What the frame shows about the person and the place."""

    dialogs = ViewPageTemplateFile("templates/dialogs.pt")
    search_box = ViewPageTemplateFile("templates/search_box.pt")
    #: what a screen reader says of the suggestions of the search box
    SUGGESTIONS = _("Suggestions: ${count}", mapping={"count": "{count}"})

    def person(self) -> dict[str, Any] | None:
        """Name, functions and delegations of who is logged in; ``None`` for nobody."""
        who = actor.current()
        if not who:
            return None
        posts = lookup.posts_of(who)
        acting = [each for each in principals.standings(who) if each.via == "delegation"]
        names = lookup.names({who, *(each.holder for each in acting)})
        titles = lookup.unit_titles({each.unit for each in [*posts, *acting]})
        return {
            "name": names.get(who, who),
            "posts": "; ".join(self._post(each, titles) for each in posts),
            "acting_for": [f"{names.get(each.holder, '')} ({self._post(each, titles)})" for each in acting],
        }

    def classified_of(self, page: Any) -> str | None:
        """Mark a page with anything classified: neither the browser nor what is between keeps it."""
        if not getattr(page, "classified", False):
            return None
        self.request.response.setHeader("Cache-Control", "private, no-store")
        return "true"

    def login(self) -> str:
        """The login of the person, filled in when a session has to be taken up again."""
        found = actor.current() and lookup.logins([actor.current()])
        return found.get(actor.current(), "") if found else ""

    def office(self) -> str:
        """The organ the person serves in, as the title of the top bar."""
        for each in lookup.posts_of(actor.current()) if actor.current() else ():
            return lookup.unit(lookup.unit(each.unit).organ).title
        return api.portal.get().title

    def rail(self) -> list[dict[str, Any]]:
        """The entries of the rail."""
        here = self.request.get("ACTUAL_URL", "").rstrip("/")
        query = self.request.get("QUERY_STRING", "")
        found = counts()
        entries = []
        for address, label, counted, key in (*RAIL, *self._watch()):
            path, _mark, wanted = address.partition("?")
            current = here == f"{self.home}/{path}".rstrip("/") and wanted == (query if wanted else wanted)
            if path == "@@registers" and not wanted and "direction=outgoing" in query:
                current = False
            if not path and here == f"{self.home}/@@desk":
                current = True
            entries.append(
                {
                    "url": f"{self.home}/{address}",
                    "label": label,
                    "current": current,
                    "counted": counted,
                    "count": found.get(counted, 0),
                    "key": key or None,
                }
            )
        return entries

    def counts_as_json(self) -> str:
        """The counts the page was drawn with."""
        return json.dumps(counts())

    def title_of(self, page: Any, thing: Any) -> str:
        """The title of the window; that of the desk begins with how much awaits."""
        title = self.say(getattr(page, "title", "") or getattr(page, "label", "") or thing.Title())
        awaiting = counts()["awaiting"] if self.counts_in_title(page) else 0
        return f"({awaiting}) {title}" if awaiting else title

    def counts_in_title(self, page: Any) -> bool:
        """Does the title of the window say how much awaits?"""
        return bool(actor.current()) and getattr(page, "counted", False)

    def styles(self, page: Any) -> list[str]:
        """The addresses of the styles, those of the page last."""
        return [assets.bootstrap(), *(assets.own(each) for each in (*STYLES, *getattr(page, "page_styles", ())))]

    def scripts(self, page: Any) -> list[str]:
        """The addresses of the scripts that wait for the page; nobody who is not logged in needs more than the first."""
        names = SCRIPTS if actor.current() else SCRIPTS[:2]
        return [assets.own(each) for each in (*names, *getattr(page, "page_scripts", ()))]

    def first_script(self) -> str:
        """The address of the script that runs before the first paint."""
        return assets.own(FIRST)

    def icon(self) -> str:
        """The address of the icon."""
        return assets.own("icon.svg")

    def may_set_up(self) -> bool:
        """Is the way into Plone's own settings shown?"""
        return bool(actor.may(rules.MANAGE))

    def closed_for_secrets(self) -> bool:
        """Does a process of the internal network serve nothing classified? Those who set up the site are told."""
        return levels.zone() == "wan" and bool(assertions.failures()) and self.may_set_up()

    def _post(self, standing: Any, titles: dict[str, str]) -> str:
        return f"{self.say(FUNCTIONS[standing.function])}, {titles[standing.unit]}"

    def _watch(self) -> tuple[tuple[str, str, str, str], ...]:
        """Where people go who keep registers of secrets, who decide on trust, and who audit."""
        who = actor.current()
        if not who:
            return ()
        if trust.is_officer(who):
            return OFFICERS
        if trust.is_auditor(who):
            return AUDITORS
        figures = FIGURES if figures_rules.may_see_some() else ()
        return figures + (REGISTRY if lists.secret_units() else ())
