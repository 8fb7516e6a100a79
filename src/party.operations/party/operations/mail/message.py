"""A letter as a message of the Internet (RFC 5322): headers and bodies that carry Vietnamese whole."""

import hashlib
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from typing import Any

from party.operations import _
from party.operations.ledger import clock
from party.operations.ledger.errors import Invalid
from party.operations.mail.letters import as_html
from party.operations.mail.letters import as_text
from party.operations.mail.letters import Letter
from party.operations.text.normalize import clean_line


class _Policy(EmailPolicy):
    """As for SMTP, but names and subjects are encoded as a whole.

    Python 3.11 loses spaces where a long line changes from words in ASCII to encoded ones.
    """

    def fold(self, name: str, value: Any) -> str:
        """The header as lines that end with CR LF."""
        if name in ("From", "To") and not str(value).isascii():
            (only,) = value.addresses
            return f"{name}: {self._encoded(name, only.display_name)}{self.linesep} <{only.addr_spec}>{self.linesep}"
        if name == "Subject" and not value.isascii():
            return f"{name}: {self._encoded(name, value)}{self.linesep}"
        return super().fold(name, value)

    def fold_binary(self, name: str, value: Any) -> bytes:
        """The same as bytes."""
        return self.fold(name, value).encode("ascii")

    def _encoded(self, name: str, text: str) -> str:
        return Header(text, "utf-8", header_name=name).encode(linesep=self.linesep)


_POLICY = _Policy(linesep="\r\n")


def address(name: str, mailbox: str) -> Address:
    """One address; raises :class:`Invalid` for what is none, or several."""
    try:
        found = Address(clean_line(name), addr_spec=mailbox.strip())
    except (ValueError, IndexError) as error:
        raise Invalid(_("“${address}” is not one e-mail address.", mapping={"address": mailbox}), "email") from error
    if not found.domain or not str(found.addr_spec).isascii():
        raise Invalid(_("“${address}” is not one e-mail address.", mapping={"address": mailbox}), "email")
    return found


def message_id(key: str, sender: Address) -> str:
    """The identity of the mail of a job: the same whenever it is sent, so that a mail program shows it once."""
    return f"<{hashlib.sha256(key.encode()).hexdigest()[:40]}@{sender.domain}>"


def compose(letter: Letter, sender: Address, key: str, kind: str) -> EmailMessage:
    """The message: text and HTML side by side, then the files. Raises :class:`Invalid` for an address that is none.

    The headers ask programs that answer by themselves (out of office) to be silent: RFC 3834, and Exchange's own.
    """
    message = EmailMessage(policy=_POLICY)
    message["From"] = sender
    message["To"] = address(letter.name, letter.address)
    message["Subject"] = clean_line(letter.subject)
    message["Date"] = format_datetime(clock.local(clock.now()))
    message["Message-ID"] = message_id(key, sender)
    message["List-Id"] = f"<{kind}.{sender.domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message["X-Auto-Response-Suppress"] = "All"
    message["Content-Language"] = "vi"
    message.set_content(as_text(letter.parts), charset="utf-8", cte="base64")
    message.add_alternative(as_html(letter.parts), subtype="html", charset="utf-8", cte="base64")
    for each in letter.attachments:
        maintype, _slash, subtype = each.content_type.partition("/")
        message.add_attachment(each.content, maintype=maintype, subtype=subtype, filename=each.name)
    return message
