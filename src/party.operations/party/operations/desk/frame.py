"""The frame of every page (khung trang): top bar, rail, messages. Plone's own pages are drawn in it too."""

from typing import Any

from plone import api
from Products.CMFPlone.browser.main_template import MainTemplate
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import assertions
from party.operations.confidentiality import levels
from party.operations.documents import lists
from party.operations.organization import lookup
from party.operations.organization import rules
from party.operations.organization.vocabularies import FUNCTIONS
from party.operations.security import rules as trust
from party.operations.ui.pages import Page


#: the rail: address, label
RAIL = (
    ("", _("Desk")),
    ("@@registers", _("Incoming documents")),
    ("@@registers?direction=outgoing", _("Outgoing documents")),
    ("@@organization", _("Organisation")),
)
#: further entries of those who keep secrets, and of those who watch over them
REGISTRY = (("@@secret-registers", _("Registers of secret documents")), ("@@expiring", _("Protection that ends soon")))
OFFICERS = (("@@clearances", _("Clearances")), ("@@access-explained", _("Access explained")))
AUDITORS = (("@@audit", _("Audit journal")), ("@@access-explained", _("Access explained")))


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

    def person(self) -> dict[str, str] | None:
        """Name and functions of who is logged in; ``None`` for nobody."""
        who = actor.current()
        if not who:
            return None
        names = lookup.names([who])
        titles = lookup.unit_titles({each.unit for each in lookup.posts_of(who)})
        posts = [f"{self.say(FUNCTIONS[each.function])}, {titles[each.unit]}" for each in lookup.posts_of(who)]
        return {"name": names.get(who, who), "posts": "; ".join(posts)}

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
        entries = []
        for address, label in (*RAIL, *self._watch()):
            path, _mark, wanted = address.partition("?")
            current = here == f"{self.home}/{path}".rstrip("/") and wanted == (query if wanted else wanted)
            if path == "@@registers" and not wanted and "direction=outgoing" in query:
                current = False
            entries.append({"url": f"{self.home}/{address}", "label": label, "current": current})
        return entries

    def _watch(self) -> tuple[tuple[str, str], ...]:
        """Where people go who keep registers of secrets, who decide on trust, and who audit."""
        who = actor.current()
        if not who:
            return ()
        if trust.is_officer(who):
            return OFFICERS
        if trust.is_auditor(who):
            return AUDITORS
        return REGISTRY if lists.secret_units() else ()

    def may_set_up(self) -> bool:
        """Is the way into Plone's own settings shown?"""
        return bool(actor.may(rules.MANAGE))

    def closed_for_secrets(self) -> bool:
        """Does a process of the internal network serve nothing classified? Those who set up the site are told."""
        return levels.zone() == "wan" and bool(assertions.failures()) and self.may_set_up()

    def awaiting(self) -> int:
        """How many things await the person, for the first entry of the rail."""
        counts = lists.counts()
        return sum(count for name, count in counts.items() if name not in ("overdue", "my_drafts"))
