"""Access explained on pages: ``@@access`` on a document, ``@@access-explained?object=…&person=…&day=…`` on the site."""

from datetime import date
from typing import Any

from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from zExceptions import NotFound

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.confidentiality import gate
from party.operations.confidentiality import levels
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import Missing
from party.operations.organization import lookup
from party.operations.organization.views.pickers import person_named
from party.operations.security import access
from party.operations.security import rules
from party.operations.text.dates import DateError
from party.operations.text.dates import parse_date
from party.operations.ui.pages import Page


class AccessExplained(Page):
    """Who can see an object and why, and why somebody cannot; for who may not ask there is nothing."""

    template = ViewPageTemplateFile("templates/access.pt")
    title = _("Access explained")

    explained: access.Explained | None = None
    error = ""

    def __call__(self) -> str:
        """Answer the question of the address, or show the form to ask one."""
        self.uid = self.object()
        self.asked_person = str(self.request.form.get("person", "")).strip()
        self.asked_day = str(self.request.form.get("day", "")).strip()
        self.of_others = self._may_ask_of_others()
        try:
            self.explained = access.explained(self.uid, self._person(), self._day()) if self.uid else None
        except Invalid as refused:
            self.error = self.say(refused.message)
        except Missing as missing:
            raise NotFound(self.request.getURL()) from missing
        if self.is_classified():
            gate.keep_from_caches(self.request)
        return self.template()

    def object(self) -> str:
        """uid of the object, "" before it is known; without one only officers and auditors come here."""
        uid = str(self.request.form.get("object", "")).strip()
        who = actor.current()
        if not uid and not (rules.is_officer(who) or rules.is_auditor(who)):
            raise NotFound(self.request.getURL())
        return uid

    @property
    def asks_for_object(self) -> bool:
        """Is the object typed, or is the page that of one document?"""
        return True

    @property
    def address(self) -> str:
        """Where the form goes."""
        return f"{self.home}/@@access-explained"

    def person_name(self) -> str:
        """The name in the field."""
        return lookup.names([self.asked_person]).get(self.asked_person, self.asked_person)

    def level(self) -> str:
        """The level of the object."""
        assert self.explained is not None
        return self.say(levels.LEVELS[self.explained.item.level])

    def is_classified(self) -> bool:
        """Do clearances count? Of an open document it is nobody's affair who has one."""
        return self.explained is not None and self.explained.item.level != levels.NORMAL

    def zone(self) -> str:
        """The part of the network that this is about."""
        return self.say(_("Internal network") if levels.zone() == "wan" else _("Internet"))

    def label_of(self, level: str) -> str:
        """A level in words."""
        return self.say(levels.LEVELS[level])

    def _may_ask_of_others(self) -> bool:
        if not self.uid:
            return True
        try:
            return access.may_ask_of_others(self.uid)
        except Missing as missing:
            raise NotFound(self.request.getURL()) from missing

    def _person(self) -> str:
        if not self.of_others:
            return self.asked_person or actor.current()
        return person_named(self.asked_person) if self.asked_person else ""

    def _day(self) -> date | None:
        try:
            return parse_date(self.asked_day) if self.asked_day else None
        except DateError as error:
            raise Invalid(_("“${typed}” is not a date.", mapping={"typed": self.asked_day}), "day") from error


class DocumentAccess(AccessExplained):
    """The same for the document at whose address one is."""

    def object(self) -> str:
        """The document."""
        return str(self.context.UID())

    @property
    def asks_for_object(self) -> bool:
        """It is this one."""
        return False

    @property
    def address(self) -> Any:
        """The form stays here."""
        return f"{self.home}/d/{self.uid}/@@access"
