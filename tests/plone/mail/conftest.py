"""Fixtures for mail: a mail server, a site that sends through it, and mails of a kind of the tests."""

from collections.abc import Callable
from collections.abc import Iterator
from typing import Any

import pytest
import transaction
from plone.registry.interfaces import IRegistry
from zope.component import getUtility
from zope.component import provideUtility
from zope.component.globalregistry import getGlobalSiteManager
from zope.interface import provider

from party.operations.ledger import turn
from party.operations.mail import job
from party.operations.mail.letters import IComposer
from party.operations.mail.letters import Letter
from tests.mail_server import MailServer
from tests.office import Office


Compose = Callable[[str, dict[str, Any]], Letter]


@pytest.fixture
def mail_server(committing_office: Office) -> Iterator[MailServer]:
    """The server that the site sends through."""
    with MailServer() as server:
        registry = getUtility(IRegistry)
        registry["plone.smtp_host"], registry["plone.smtp_port"] = "127.0.0.1", server.port
        registry["plone.email_from_name"] = "Hệ thống điều hành tác nghiệp"
        registry["plone.email_from_address"] = "he-thong@lamson.test"
        transaction.commit()
        yield server
        server.shutdown()


@pytest.fixture
def composer() -> Iterator[Callable[[Compose], None]]:
    """``composer(function)`` makes it write the mails of the kind "test"."""
    made: list[Compose] = []

    def register(function: Compose) -> None:
        made.append(provider(IComposer)(function))
        provideUtility(function, IComposer, "test")

    yield register
    for each in made:
        getGlobalSiteManager().unregisterUtility(each, IComposer, "test")


@pytest.fixture
def ask(committing_office: Office) -> Callable[..., bool]:
    """``ask("vanthu", key="k")`` asks for a mail to the person of that login."""

    def enqueue(login: str, key: str = "key", **facts: Any) -> bool:
        with turn.turn():
            new = job.enqueue("test", key, committing_office.people[login], facts)
        transaction.commit()
        return new

    return enqueue
