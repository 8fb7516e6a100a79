"""What pages of officers share: for others they are as absent as any address where nothing is."""

from typing import Any

from zExceptions import NotFound

from party.operations.confidentiality import actor
from party.operations.confidentiality import gate
from party.operations.organization.views.base import RuledForm
from party.operations.security import rules
from party.operations.ui.pages import Page


class ForOfficers(Page):
    """Mixin: for everybody but security officers the address leads nowhere."""

    def __before_publishing_traverse__(self, first: Any, second: Any = None) -> None:
        """End the way here as it ends at a name that nothing has; what is drawn later would differ in a space."""
        request = second or first
        user = gate.person(request)
        if user is None or not rules.is_officer(user.getId()):
            gate.vanish(request)

    def keep_out(self) -> None:
        """The same for who comes by another way than an address."""
        if not rules.is_officer(actor.current()):
            raise NotFound(self.request.getURL())


class OfficerPage(ForOfficers):
    """A page for security officers."""

    def __call__(self) -> str:
        """Draw the page."""
        self.keep_out()
        self.read()
        return self.template()

    def read(self) -> None:
        """Read the address before the page is drawn."""


class OfficerForm(ForOfficers, RuledForm):
    """A form of one verb of the register; the way back is the register."""

    def rule(self) -> bool:
        """Who comes as far as this may; the operation asks again."""
        return True

    def update(self) -> None:
        """Find what the form is about before it is drawn or read."""
        self.keep_out()
        self.prepare()
        super().update()

    def prepare(self) -> None:
        """Find what the form is about."""

    @property
    def back(self) -> str:
        """The register."""
        return f"{self.home}/@@clearances"

    def perform(self, data: dict[str, Any]) -> str:
        """Call the operation; the way back is the register."""
        self.act(data)
        return self.back

    def act(self, data: dict[str, Any]) -> None:
        """Call the operation of the verb."""
        raise NotImplementedError
