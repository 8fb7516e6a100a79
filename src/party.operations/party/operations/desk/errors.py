"""What a person sees when something was not done (trang báo lỗi): what was wrong, what was kept, what to do."""

from typing import Any

from Products.Five.browser.pagetemplatefile import ViewPageTemplateFile
from transaction.interfaces import TransientError
from zExceptions import Forbidden
from zExceptions import HTTPRedirection
from zExceptions import NotFound
from zExceptions import Unauthorized
from zope.component.hooks import getSite

from party.operations import _
from party.operations.ledger.errors import Refused
from party.operations.rest import errors
from party.operations.rest.interfaces import IPartyRequest
from party.operations.ui.pages import Page


class ErrorPage(Page):
    """Draws any exception in the frame; REST and script get the same as JSON. Nothing of the program is shown."""

    template = ViewPageTemplateFile("templates/error.pt")

    def __call__(self) -> Any:
        """The page, with the status of the exception."""
        error = self.context
        if "json" in self.request.get("HTTP_ACCEPT", "") or IPartyRequest.providedBy(self.request):
            return errors.ErrorView(error, self.request)()
        if isinstance(error, (HTTPRedirection, Unauthorized)):
            # the browser is sent on; a page drawn for nobody would use up the message meant for the next
            return ""
        # drawn at the site itself: how far somebody came on his way to what is not there is not for him to know
        if isinstance(error, NotFound):
            self.__parent__ = getSite()
        self.context = self.__parent__
        self.title, self.message = self._words(error)
        if isinstance(error, Refused):
            # locked, because the publisher knows no status for exceptions of ours
            self.request.response.setStatus(error.status, lock=1)
        return self.template()

    def _words(self, error: Exception) -> tuple[str, str]:
        if isinstance(error, Refused):
            return _("This was not done"), self.say(error.message)
        if isinstance(error, NotFound):
            return _("There is nothing at this address"), self.say(
                _("What was here may be gone, or you may not see it. Check the address, or begin at the desk.")
            )
        if isinstance(error, Forbidden):
            return _("You may not do this"), self.say(
                _("Nothing was changed. If the page was open for long, load it again and repeat what you did.")
            )
        if isinstance(error, TransientError):
            return _("Too many changes at once"), self.say(_("Nothing was saved. Go back and send it again."))
        return _("Something went wrong here"), self.say(
            _("Nothing was saved. The error was written down for the administrators; go back and try again.")
        )
