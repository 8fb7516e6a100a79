"""The worker's job “mail” (gửi thư): compose now, as the person who gets it, and hand it to the mail server once.

A mail server cannot take part in a transaction. So that a mail is not sent twice, a row ``sending`` is committed before
the server is spoken to, and ``sent`` with the end of the job. A job that finds ``sending`` is one whose worker died in
between: whether the mail went out nobody here can know. It is put aside as ``doubtful``; an administrator looks for its
Message-ID in the log of the mail server and tries the job again or leaves it. If it went out twice after all, both
mails have one Message-ID, by which most mail programs show one. What is left: a mail server that accepts a message and
loses it, and that small window in which a person must decide.
"""

from email.message import EmailMessage
from typing import Any

import sqlalchemy as sa
import transaction
from plone.registry.interfaces import IRegistry
from zope.component import getUtility
from zope.i18n import translate
from zope.interface import provider

from party.operations import _
from party.operations.confidentiality import actor
from party.operations.ledger import clock
from party.operations.ledger import outbox
from party.operations.ledger import turn
from party.operations.ledger.errors import Missing
from party.operations.ledger.errors import Refused
from party.operations.ledger.outbox import IJob
from party.operations.ledger.outbox import Unfinished
from party.operations.mail import sending
from party.operations.mail.letters import IComposer
from party.operations.mail.letters import Letter
from party.operations.mail.message import compose
from party.operations.mail.tables import mails


def enqueue(kind: str, key: str, person: str, facts: dict[str, Any]) -> bool:
    """Ask for a mail of ``kind`` to ``person`` in the open turn; false when the mail of this key was asked for before."""
    payload = {"kind": kind, "key": key, "person": person, "facts": facts}
    return outbox.enqueue("mail", key, payload, actor.SYSTEM)


@provider(IJob)
def send_mail(site: Any, payload: dict[str, Any]) -> str:
    """Send one mail; answers why nothing was sent where nothing was to be sent."""
    key, person = payload["key"], payload["person"]
    before = turn.row(sa.select(mails).where(mails.c.key == key))
    if before is not None and before.state == "sent":
        return ""
    if before is not None and before.state == "sending":
        _note(key, "doubtful")
        raise _doubtful(before.message_id)
    try:
        message = _composed(site, payload)
    except Refused as refused:
        return _say(_("Nothing was sent: ${reason}", mapping={"reason": _say(refused.message)}))
    _begin(key, person, message["Message-ID"])
    _hand_over(message, key)
    with turn.turn():
        _mark(key, "sent")
    return ""


send_mail.title = _("Sending mail")


def _composed(site: Any, payload: dict[str, Any]) -> EmailMessage:
    """The message; raises ``Refused`` when nothing may be sent, :class:`Unfinished` when nothing can be sent now."""
    try:
        sender = sending.sender()
    except Refused as refused:
        raise Unfinished(_say(refused.message)) from refused
    if site.acl_users.getUserById(payload["person"]) is None:
        raise Missing(_("the account of this person is closed."))
    with actor.acting_as(payload["person"]):
        letter: Letter = getUtility(IComposer, name=payload["kind"])(payload["person"], payload["facts"])
    return compose(letter, sender, payload["key"], payload["kind"])


def _hand_over(message: EmailMessage, key: str) -> None:
    try:
        sending.send(message)
    except sending.NotSent as error:
        with turn.turn():
            turn.run(sa.delete(mails).where(mails.c.key == key))
        transaction.commit()
        told = {"address": str(message["To"]), "reason": str(error)}
        if error.for_good:
            raise Unfinished(
                _say(
                    _(
                        "The mail server knows no ${address} (${reason}). Nothing was sent: correct the address of the "
                        "person, then try this job again.",
                        mapping=told,
                    )
                ),
                for_good=True,
            ) from error
        raise Unfinished(
            _say(_("The mail server did not take the mail to ${address} (${reason}).", mapping=told))
        ) from error
    except sending.Doubtful as error:
        _note(key, "doubtful")
        raise _doubtful(message["Message-ID"]) from error


def _doubtful(message_id: str) -> Unfinished:
    return Unfinished(
        _say(
            _(
                "It is not known whether this mail went out: the connection or the worker ended while the mail server was "
                "taking it. Look for ${id} in its log. Trying the job again sends the mail again.",
                mapping={"id": message_id},
            )
        ),
        for_good=True,
    )


def _begin(key: str, person: str, message_id: str) -> None:
    """Write down, for whoever comes after us, that the mail server is about to get the mail."""
    with turn.turn():
        if not turn.insert_new(mails, key=key, person=person, message_id=message_id, state="sending", at=clock.now()):
            _mark(key, "sending")
    transaction.commit()


def _note(key: str, state: str) -> None:
    with turn.turn():
        _mark(key, state)
    transaction.commit()


def _mark(key: str, state: str) -> None:
    turn.run(sa.update(mails).where(mails.c.key == key).values(state=state, at=clock.now()))


def _say(message: Any) -> str:
    """A sentence in the language of the site: nobody's browser asked for it."""
    return translate(message, target_language=getUtility(IRegistry)["plone.default_language"])
