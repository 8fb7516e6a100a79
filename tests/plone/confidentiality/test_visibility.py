"""Lists, catalogue and permission say the same of everybody, whatever happened to the documents.

Random operations of random people go over a handful of documents; then each person of the office is asked in three ways
which of them he may see.
"""

import random
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from AccessControl import getSecurityManager
from AccessControl.SecurityManagement import newSecurityManager
from AccessControl.SecurityManagement import setSecurityManager
from AccessControl.users import system

from party.operations.confidentiality import actor
from party.operations.confidentiality import grants
from party.operations.confidentiality import tokens
from party.operations.confidentiality.grants import Grant
from party.operations.confidentiality.grants import Withdrawal
from party.operations.documents import access
from party.operations.documents import operations
from party.operations.documents.files import Upload
from party.operations.documents.recipients import Addressee
from party.operations.documents.tables import deliveries
from party.operations.documents.tables import slips
from party.operations.ledger import clock
from party.operations.ledger import turn
from party.operations.ledger.errors import Refused
from party.operations.ledger.tables import items
from party.operations.organization import lookup
from party.operations.organization import operations as organization
from tests.office import Office
from tests.plone.documents.conftest import DRAFT
from tests.plone.documents.conftest import LETTER


STEPS = 150


class Week:
    """A busy week of an office, drawn by lot."""

    def __init__(self, office: Office, seed: int, pdf: Callable[..., Upload]) -> None:
        self.office, self.pdf, self.chance = office, pdf, random.Random(seed)
        self.documents: list[str] = []
        self.done = 0

    def run(self) -> None:
        doings = [
            self.register,
            self.draft,
            self.transfer,
            self.transfer,
            self.work_on_slip,
            self.work_on_slip,
            self.promote,
            self.promote,
            self.promote,
            self.receive,
            self.grant,
            self.change_office,
        ]
        self.register()
        self.draft()
        for _ in range(STEPS):
            person = self.chance.choice(list(self.office.people.values()))
            try:
                with actor.acting_as(person):
                    self.chance.choice(doings)()
                self.done += 1
            except Refused:
                pass  # what the rules refuse is refused; what they let through must agree in the end
            except LookupError:
                pass  # the account was closed

    def any(self, table: sa.Table) -> Any:
        found = turn.rows(sa.select(table))
        return self.chance.choice(found) if found else None

    def unit(self) -> str:
        return self.chance.choice(list(self.office.units.values()))

    def addressee(self) -> Addressee:
        capacity = self.chance.choice(["lead", "support", "informed"])
        if self.chance.random() < 0.5:
            return Addressee(person=self.chance.choice(list(self.office.people.values())), capacity=capacity)
        return Addressee(unit=self.unit(), capacity=capacity)

    def register(self) -> None:
        with actor.acting_as(self.office.people["vanthu"]):
            made = operations.register_incoming(self.office.units["tinh"], [self.pdf()], confirm=True, **LETTER)
        self.documents.append(made.UID())

    def draft(self) -> None:
        unit = self.chance.choice(["tonghop", "tochuc"])
        login = {"tonghop": "chuyenvien", "tochuc": "chuyenvien.tc"}[unit]
        with actor.acting_as(self.office.people[login]):
            to = [{"unit": each} for each in {self.unit(), self.unit()}]
            made = operations.create_draft(self.office.units[unit], [self.pdf()], recipients=to, **DRAFT)
        self.documents.append(made.UID())

    def transfer(self) -> None:
        operations.transfer(self.chance.choice(self.documents), [self.addressee()])

    def work_on_slip(self) -> None:
        slip = self.any(slips)
        if slip is not None:
            act = self.chance.choice([operations.return_slip, operations.recall_slip, operations.complete_slip])
            act(slip.id, "Theo ý kiến")

    def promote(self) -> None:
        """One step of a draft on its way, by who may do it."""
        uid = self.chance.choice(self.documents)
        leader = {"tinh": "lanhdao", "tochuc": "lanhdao.tc"}
        unit = access.unrestricted(uid).unit
        signer = next((self.office.people[leader[name]] for name in leader if self.office.units[name] == unit), "")
        acts = [
            lambda: operations.submit_for_review(uid, [Addressee(person=signer)]),
            lambda: operations.approve(uid),
            lambda: operations.sign(uid, signer),
            lambda: operations.issue(uid),
            lambda: operations.recall_document(uid, "Sai sót"),
        ]
        weights = [4, 4, 4, 4, 1]
        (act,) = self.chance.choices(acts, weights)
        person = self.chance.choice([signer, *self.office.people.values()]) or signer
        with actor.acting_as(person):
            act()

    def receive(self) -> None:
        delivery = self.any(deliveries)
        if delivery is not None and delivery.recipient:
            holders = lookup.serving_registry(delivery.recipient)
            if holders:
                with actor.acting_as(holders[0].person):
                    if self.chance.random() < 0.7:
                        self.documents.append(operations.accept_delivery(delivery.id, confirm=True).UID())
                    else:
                        operations.refuse_delivery(delivery.id, "Gửi nhầm")

    def grant(self) -> None:
        document = access.unrestricted(self.chance.choice(self.documents))
        reference = str(self.chance.randrange(5))
        token = self.chance.choice([tokens.user(each) for each in self.office.people.values()])
        with turn.turn():
            if self.chance.random() < 0.6:
                grants.apply(document, [Grant(token, "test", reference)])
            else:
                grants.apply(document, withdraw=[Withdrawal("test", reference)])

    def change_office(self) -> None:
        """Somebody gets or leaves a post, or is stood in for: nothing is re-indexed for that."""
        person = self.chance.choice(list(self.office.people.values()))
        before = getSecurityManager()
        newSecurityManager(None, system)
        try:
            posts = lookup.posts_of(person)
            if posts and self.chance.random() < 0.3:
                organization.end_post(posts[0].id)
            else:
                organization.appoint(person, self.unit(), self.chance.choice(["clerk", "leader", "officer"]))
            if posts:
                other = self.chance.choice(list(self.office.people.values()))
                with actor.acting_as(person):
                    organization.delegate(
                        other, posts[0].unit, posts[0].function, clock.today(), clock.today().replace(day=30), "Nghỉ phép"
                    )
        finally:
            setSecurityManager(before)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_list_catalogue_and_permission_agree_for_everybody(
    seed: int, portal: Any, office: Office, pdf: Callable[..., Upload]
) -> None:
    week = Week(office, seed, pdf)
    week.run()
    assert week.done > STEPS / 4
    seen_by_somebody = 0
    for person in office.people.values():
        with actor.acting_as(person):
            wanted = sa.select(items.c.uid).where(grants.readable(items.c.uid, actor.held()))
            listed = {each.uid for each in turn.rows(wanted)}
            found = portal.portal_catalog.searchResults(portal_type=["IncomingDocument", "OutgoingDocument"])
            permitted = {
                uid
                for uid in week.documents
                if getSecurityManager().checkPermission("View", access.unrestricted(uid))
            }
            assert listed == {each.UID for each in found} == permitted
            seen_by_somebody += len(permitted)
    assert 0 < seen_by_somebody < len(office.people) * len(week.documents)
