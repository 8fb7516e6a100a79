"""The person's own password (đổi mật khẩu), also the first thing after the first login."""

from typing import Any

from zope import schema
from zope.interface import Interface

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.ledger.errors import Invalid
from party.operations.ledger.errors import No
from party.operations.organization import accounts
from party.operations.organization import lookup
from party.operations.organization import operations
from party.operations.organization.views.base import RuledForm


class IPasswords(Interface):
    """The present password and, twice, the new one."""

    old = schema.Password(title=_("Present password"))
    new = schema.Password(title=_("New password"))
    again = schema.Password(title=_("New password once more"))


class ChangePassword(RuledForm):
    """Changes the password of who is logged in."""

    schema = IPasswords
    label = _("Change password")
    submit_label = _("Change password")
    done = _("The password was changed.")

    def rule(self) -> "bool | No":
        """People who were recorded in the organisation; accounts of the site itself change theirs in Plone."""
        if lookup.names([actor.current()]):
            return True
        return No(_("This account does not belong to a person of the organisation. Change its password in the site settings."))

    @property
    def hint(self) -> str:
        """What a password must be, and why it is asked for now."""
        must = accounts.must_change_password(actor.current())
        first = self.say(_("Somebody else gave you the present password. Choose one that only you know, then go on.")) + " "
        rule = _(
            "At least ${count} characters, of at least two kinds: small letters, capitals, digits, signs.",
            mapping={"count": accounts.MIN_PASSWORD},
        )
        return (first if must else "") + self.say(rule)

    @property
    def back(self) -> str:
        """Cancel leads to the desk; there is no way around the first change."""
        return "" if accounts.must_change_password(actor.current()) else self.home

    def perform(self, data: dict[str, Any]) -> str:
        """Change it and go to the desk."""
        if data["new"] != data["again"]:
            raise Invalid(_("The new password was typed in two different ways. Type it once more."), "again")
        operations.change_password(data["old"], data["new"])
        return self.home
