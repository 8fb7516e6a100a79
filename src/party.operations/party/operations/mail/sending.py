"""Handing a message to the mail server (gửi thư), by Plone's MailHost and the mail settings of the site."""

from collections.abc import Iterator
from email.headerregistry import Address
from email.message import EmailMessage
from smtplib import SMTPRecipientsRefused
from smtplib import SMTPResponseException
from traceback import walk_tb

from plone.base.interfaces import IMailSchema
from plone.registry.interfaces import IRegistry
from Products.MailHost.interfaces import IMailHost
from zope.component import getUtility

from party.operations import _
from party.operations.ledger.errors import Invalid
from party.operations.mail.message import address


class NotSent(Exception):
    """The mail server certainly did not take the message. ``for_good``: it said that this recipient does not exist."""

    def __init__(self, reason: str, for_good: bool = False) -> None:
        super().__init__(reason)
        self.for_good = for_good


class Doubtful(Exception):
    """The connection broke while the mail server had the message: it may have taken it or not."""


def sender() -> Address:
    """Who sends, from the mail settings; raises :class:`Invalid` when they are not complete."""
    settings = getUtility(IRegistry).forInterface(IMailSchema, prefix="plone", check=False)
    if not settings.smtp_host or not settings.email_from_address:
        raise Invalid(
            _(
                "No mail server or no sender's address is set. The mail is kept: enter both in the mail settings of the "
                "site, then try this job again."
            )
        )
    return address(settings.email_from_name or "", settings.email_from_address)


def send(message: EmailMessage) -> None:
    """Hand the message over and return when the server has taken it; raises :class:`NotSent` or :class:`Doubtful`."""
    try:
        getUtility(IMailHost).send(message, immediate=True)
    except Exception as error:
        cause: BaseException | None = error
        if "_close_connection" in _places(error):
            # the mailer says goodbye whatever happened; if that alone failed, the message was taken before
            cause = error.__context__
        if cause is not None:
            raise _verdict(cause) from error


def _verdict(error: BaseException) -> NotSent | Doubtful:
    reason = str(error) or type(error).__name__
    if isinstance(error, SMTPRecipientsRefused):
        code, said = next(iter(error.recipients.values()))
        return NotSent(f"{code} {_readable(said)}", for_good=code >= 500)
    if isinstance(error, SMTPResponseException):
        return NotSent(f"{error.smtp_code} {_readable(error.smtp_error)}")
    # the text goes over inside of this function of smtplib; before it, the server knows no more than the addresses
    return Doubtful(reason) if "data" in _places(error) else NotSent(reason)


def _places(error: BaseException) -> Iterator[str]:
    """The names of the functions of the mailer and of smtplib that the error came through."""
    return (
        frame.f_code.co_name
        for frame, _line in walk_tb(error.__traceback__)
        if frame.f_globals.get("__name__") in ("smtplib", "zope.sendmail.mailer")
    )


def _readable(said: bytes | str) -> str:
    return said.decode("utf-8", "replace") if isinstance(said, bytes) else said
