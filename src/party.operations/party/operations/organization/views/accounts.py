"""Plone's own pages for accounts, where they would contradict ours (trang tài khoản của Plone).

People are recorded in the organisation and nowhere else; their names stand there; a password is chosen on
``@@password`` and reset by the unit's administrator, never by mail.
"""

from plone.app.users.browser.passwordpanel import PasswordPanel
from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from zope.component.hooks import getSite

from party.operations import _
from party.operations.confidentiality import actor
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


class ToOrganization(Page):
    """In place of the pages that record people in Plone."""

    def __call__(self) -> str:
        """Go where people are recorded."""
        return self.redirect(f"{self.home}/@@organization")
