"""Plone's own pages for accounts, where they would contradict ours (trang tài khoản của Plone).

People are recorded in the organisation and nowhere else; their names stand there; a password is chosen on
``@@password`` and reset by the unit's administrator, never by mail.
"""

from typing import Any

from plone.app.users.browser.passwordpanel import PasswordPanel
from plone.restapi import services
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from zope.component.hooks import getSite
from zope.interface import implementer
from zope.publisher.interfaces import IPublishTraverse

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.ledger.errors import NotAllowed
from party.operations.organization import lookup
from party.operations.ui.pages import Page


class LoginHelp(Page):
    """In place of the pages that send passwords and logins by mail, or that let people register themselves."""

    template = ViewPageTemplateFile("templates/login_help.pt")
    title = _("Help with logging in")

    def __call__(self) -> str:
        """Say whom to ask."""
        return self.template()


class ToPassword(PasswordPanel):
    """In place of the pages that change a password past our rules; accounts of the site itself still use Plone's."""

    def __call__(self) -> str:
        """Send people to our form."""
        if not lookup.names([actor.current()]):
            return super().__call__()
        self.request.response.redirect(f"{getSite().absolute_url()}/@@password")
        return ""


class RecordedElsewhere(Page):
    """In place of the pages that record people in Plone."""

    template = ViewPageTemplateFile("templates/recorded_elsewhere.pt")
    title = _("People are recorded in their unit")

    def __call__(self) -> str:
        """Say where people are recorded."""
        return self.template()


@implementer(IPublishTraverse)
class NotHere(services.Service):
    """In place of the changes of ``@users``, which know nothing of the organisation's rules."""

    def publishTraverse(self, request: Any, name: str) -> "NotHere":
        """Whatever stands below."""
        return self

    def reply(self) -> None:
        """Say where people are recorded."""
        raise NotAllowed(_("People are recorded under @people, and accounts of the site itself in its settings."))
