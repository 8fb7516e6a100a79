"""What tests of documents do again and again: a letter in the books, a draft brought to some state."""

from collections.abc import Callable
from collections.abc import Iterator
from contextlib import AbstractContextManager
from contextlib import contextmanager
from contextlib import ExitStack
from contextlib import nullcontext
from datetime import date
from typing import Any

import pytest
import sqlalchemy as sa
import transaction
from AccessControl import getSecurityManager
from AccessControl.SecurityManagement import newSecurityManager
from AccessControl.SecurityManagement import setSecurityManager
from AccessControl.users import system
from plone.testing.layer import Layer
from zope.globalrequest import setRequest
from zope.interface import alsoProvides

from party.operations.confidentiality import actor
from party.operations.confidentiality import principals
from party.operations.documents import operations
from party.operations.documents.files import Upload
from party.operations.documents.recipients import Addressee
from party.operations.documents.tables import deliveries
from party.operations.documents.tables import slips
from party.operations.ledger import clock
from party.operations.ledger import turn
from party.operations.ledger.operation import IInternalRequest
from tests.office import Office
from tests.plone.browsing import Browser


Be = Callable[[str], AbstractContextManager[None]]

LETTER = {
    "title": "V/v báo cáo kết quả sáu tháng",
    "type": "party.cong-van",
    "issuer": "Văn phòng Trung ương Đảng",
    "number_symbol": "15671-CV/VPTW",
    "document_date": date(2026, 11, 20),
}

DRAFT = {"title": "V/v triển khai nhiệm vụ", "type": "party.cong-van"}


@pytest.fixture
def letter(office: Office, be: Be, pdf: Callable[..., Upload]) -> Callable[..., Any]:
    """``letter(**fields)`` registers a letter from Hanoi at the province, or at another ``unit`` by its ``clerk``."""

    def register(unit: str = "tinh", clerk: str = "vanthu", *, confirm: bool = True, **fields: Any) -> Any:
        with be(clerk):
            return operations.register_incoming(office.units[unit], [pdf()], confirm=confirm, **{**LETTER, **fields})

    return register


@pytest.fixture
def outgoing(office: Office, be: Be, pdf: Callable[..., Upload]) -> Callable[..., Any]:
    """``outgoing(state)`` gives a document of the province brought to ``state``, to the commune.

    It is written by the officer of the general room, or ``by`` somebody else in his ``unit``.
    """

    def make(
        state: str = "issued",
        to: tuple[str, ...] = ("xa",),
        by: str = "chuyenvien",
        unit: str = "tonghop",
        **fields: Any,
    ) -> Any:
        recipients = fields.pop("recipients", [{"unit": office.units[name]} for name in to])
        with be(by):
            made = operations.create_draft(
                office.units[unit], [pdf("Dự thảo.pdf")], recipients=recipients, **{**DRAFT, **fields}
            )
        advance(made.UID(), state, by)
        return made

    def advance(uid: str, state: str, by: str) -> None:
        steps = ["draft", "in_review", "approved", "signed", "issued"]
        leader = office.people["lanhdao"]
        doings = [
            (by, lambda: operations.submit_for_review(uid, [Addressee(person=leader)])),
            ("lanhdao", lambda: operations.approve(uid)),
            ("vanthu", lambda: operations.sign(uid, leader, title="Phó Bí thư")),
            ("vanthu", lambda: operations.issue(uid)),
        ]
        for login, act in doings[: steps.index(state)]:
            with be(login):
                act()

    return make


@pytest.fixture
def as_system(office: Office) -> Iterator[None]:
    """Act as the command line and the worker's timers do."""
    before = getSecurityManager()
    newSecurityManager(None, system)
    yield
    setSecurityManager(before)


@pytest.fixture
def browse(functional: Layer, functional_office: Office, time: clock.Frozen) -> Iterator[Callable[[str], Browser]]:
    """A browser for each login: ``browse("vanthu").open("@@desk")``."""
    site = functional["portal"].absolute_url().replace("nohost", f"localhost:{functional['port']}")
    with ExitStack() as windows:
        yield lambda login: windows.enter_context(Browser(site, login))


@pytest.fixture
def act(functional_portal: Any, functional_office: Office, time: clock.Frozen) -> Be:
    """``with act("vanthu"):`` does something beside the browsers and commits; "" is the system."""
    request = functional_portal.REQUEST
    alsoProvides(request, IInternalRequest)
    setRequest(request)

    @contextmanager
    def acting(login: str) -> Iterator[None]:
        transaction.begin()
        principals.forget()
        newSecurityManager(None, system)
        with actor.acting_as(functional_office.people[login]) if login else nullcontext():
            yield
        transaction.commit()

    return acting


def slip(number: int) -> Any:
    """The row of a routing slip."""
    return turn.row(sa.select(slips).where(slips.c.id == number))


def delivery(document: Any, unit: str = "") -> Any:
    """The newest delivery of a document, to ``unit`` if one is named."""
    wanted = sa.select(deliveries).where(deliveries.c.document == document.UID()).order_by(deliveries.c.id.desc())
    return turn.row(wanted.where(deliveries.c.recipient == unit) if unit else wanted)
