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

    def __call__(self) -> str:
        """Accounts of the site itself, which belong to nobody recorded here, change theirs in Plone."""
        if lookup.account(actor.current()) is None:
            return self.redirect(f"{self.home}/@@change-password")
        return super().__call__()

    def rule(self) -> "bool | No":
        """Everybody."""
        return True

    @property
    def is_first(self) -> bool:
        """Was the present password given by somebody else?"""
        account = lookup.account(actor.current())
        return account is not None and account.must_change_password

    @property
    def hint(self) -> str:
        """What a password must be, and why it is asked for now."""
        first = (
            self.say(_("Somebody else gave you the present password. Choose one that only you know, then go on.")) + " "
        )
        rule = _(
            "At least ${count} characters, of at least two kinds: small letters, capitals, digits, signs.",
            mapping={"count": accounts.MIN_PASSWORD},
        )
        return (first if self.is_first else "") + self.say(rule)

    @property
    def back(self) -> str:
        """Cancel leads to the desk; there is no way around the first change."""
        return "" if self.is_first else self.home

    def updateWidgets(self, prefix: str | None = None) -> None:
        """No password is sent back to the browser."""
        super().updateWidgets(prefix)
        for widget in self.widgets.values():
            widget.value = ""

    def perform(self, data: dict[str, Any]) -> str:
        """Change it and go to the desk."""
        if data["new"] != data["again"]:
            raise Invalid(_("The new password was typed in two different ways. Type it once more."), "again")
        operations.change_password(data["old"], data["new"])
        return self.home
