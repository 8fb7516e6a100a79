"""Lists, catalogue and permission say the same of everybody, whatever happened to the documents.

Random operations of random people go over a handful of documents; then each person of the office is asked in three ways
which of them he may see.
"""

import random
from collections import Counter
from collections.abc import Callable
from typing import Any

import pytest
import sqlalchemy as sa
from AccessControl import getSecurityManager
from AccessControl.SecurityManagement import newSecurityManager
from AccessControl.users import system

from party.operations.confidentiality import actor
from party.operations.confidentiality import grants
from party.operations.confidentiality import principals
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
from party.operations.ledger import items
from party.operations.ledger import turn
from party.operations.ledger.errors import Refused
from party.operations.ledger.tables import items as table
from party.operations.organization import lookup
from party.operations.organization import operations as organization
from tests.office import Office
from tests.plone.documents.conftest import DRAFT
from tests.plone.documents.conftest import LETTER


STEPS = 300


class Week:
    """A busy week of an office, drawn by lot."""

    def __init__(self, office: Office, seed: int, pdf: Callable[..., Upload]) -> None:
        self.office, self.pdf, self.chance = office, pdf, random.Random(seed)
        self.documents: list[str] = []
        self.done: Counter[str] = Counter()

    def run(self) -> None:
        doings = {
            self.register: 2,
            self.draft: 2,
            self.transfer: 5,
            self.work_on_slip: 4,
            self.promote: 8,
            self.receive: 3,
            self.grant: 2,
            self.change_office: 1,
        }
        self.register()
        self.draft()
        for _ in range(STEPS):
            (act,) = self.chance.choices(list(doings), list(doings.values()))
            try:
                act()
                self.done[act.__name__] += 1
            except Refused:
                pass  # what the rules refuse is refused; what they let through must agree in the end

    def someone(self) -> str:
        return self.chance.choice(list(self.office.people.values()))

    def unit(self) -> str:
        return self.chance.choice(list(self.office.units.values()))

    def document(self) -> str:
        return self.chance.choice(self.documents)

    def any(self, table: sa.Table) -> Any:
        found = turn.rows(sa.select(table))
        return self.chance.choice(found) if found else None

    def register(self) -> None:
        with actor.acting_as(self.office.people["vanthu"]):
            made = operations.register_incoming(self.office.units["tinh"], [self.pdf()], confirm=True, **LETTER)
        self.documents.append(made.UID())

    def draft(self) -> None:
        unit, login = self.chance.choice([("tonghop", "chuyenvien"), ("tochuc", "chuyenvien.tc")])
        with actor.acting_as(self.office.people[login]):
            to = [{"unit": each} for each in {self.unit(), self.unit()}]
            made = operations.create_draft(self.office.units[unit], [self.pdf()], recipients=to, **DRAFT)
        self.documents.append(made.UID())

    def transfer(self) -> None:
        letters = [each.uid for each in turn.rows(sa.select(table.c.uid).where(table.c.kind == "incoming"))]
        capacity = self.chance.choice(["lead", "support", "informed"])
        addressee = self.chance.choice(
            [Addressee(person=self.someone(), capacity=capacity), Addressee(unit=self.unit(), capacity=capacity)]
        )
        with actor.acting_as(self.office.people[self.chance.choice(["vanthu", "lanhdao", "vanthu.xa"])]):
            operations.transfer(self.chance.choice(letters), [addressee])

    def work_on_slip(self) -> None:
        slip = self.any(slips)
        if slip is not None:
            holders = [each for each in self.office.people.values() if slip.token in principals.of(each)]
            if self.chance.random() < 0.4 or not holders:
                with actor.acting_as(slip.from_person):
                    operations.recall_slip(slip.id, "Chuyển nhầm")
            else:
                act = self.chance.choice([operations.return_slip, operations.complete_slip])
                with actor.acting_as(self.chance.choice(holders)):
                    act(slip.id, "Theo ý kiến")

    def promote(self) -> None:
        """One step of a draft on its way, by who may do it."""
        document = access.unrestricted(self.document())
        if document.portal_type != "OutgoingDocument":
            return
        uid, of_board = document.UID(), document.unit == self.office.units["tochuc"]
        clerk, leader = (self.office.people[login + (".tc" if of_board else "")] for login in ("vanthu", "lanhdao"))
        steps = {
            "draft": (document.drafter, lambda: operations.submit_for_review(uid, [Addressee(person=leader)])),
            "in_review": (
                leader,
                lambda: self.chance.choice([operations.approve] * 3 + [operations.send_back])(uid, "Đã xem"),
            ),
            "approved": (clerk, lambda: operations.sign(uid, leader)),
            "signed": (clerk, lambda: operations.issue(uid)),
            "issued": (clerk, lambda: operations.send_to_more(uid, [{"unit": self.unit()}])),
        }
        state = items.get(uid).state
        if state == "issued" and self.chance.random() < 0.2:
            steps["issued"] = (clerk, lambda: operations.recall_document(uid, "Sai sót"))
        if state in steps:
            person, act = steps[state]
            with actor.acting_as(person):
                act()

    def receive(self) -> None:
        delivery = self.any(deliveries)
        if delivery is not None and delivery.state == "waiting":
            for holder in lookup.serving_registry(delivery.recipient)[:1]:
                with actor.acting_as(holder.person):
                    if self.chance.random() < 0.7:
                        self.documents.append(operations.accept_delivery(delivery.id, confirm=True).UID())
                    else:
                        operations.refuse_delivery(delivery.id, "Gửi nhầm")

    def grant(self) -> None:
        document, reference = access.unrestricted(self.document()), str(self.chance.randrange(5))
        with turn.turn():
            if self.chance.random() < 0.6:
                grants.apply(document, [Grant(tokens.person_subject(self.someone()), "test", reference)])
            else:
                grants.apply(document, withdraw=[Withdrawal("test", reference)])

    def change_office(self) -> None:
        """Somebody gets or leaves a post, or is stood in for: nothing is re-indexed for that."""
        person = self.someone()
        posts = lookup.posts_of(person)
        if posts and self.chance.random() < 0.2:
            organization.end_post(posts[0].id)
        else:
            organization.appoint(person, self.unit(), self.chance.choice(["clerk", "leader", "officer"]))
        if posts:
            held, day = posts[-1], clock.today()
            with actor.acting_as(person):
                organization.delegate(self.someone(), held.unit, held.function, day, day.replace(day=30), "Nghỉ phép")


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_list_catalogue_and_permission_agree_for_everybody(
    seed: int, portal: Any, office: Office, pdf: Callable[..., Upload]
) -> None:
    newSecurityManager(None, system)
    week = Week(office, seed, pdf)
    week.run()
    assert set(week.done) == {
        "register",
        "draft",
        "transfer",
        "work_on_slip",
        "promote",
        "receive",
        "grant",
        "change_office",
    }
    seen_by_somebody = 0
    for person in office.people.values():
        with actor.acting_as(person):
            wanted = sa.select(table.c.uid).where(grants.readable(table.c.uid, actor.held()))
            listed = {each.uid for each in turn.rows(wanted)}
            found = portal.portal_catalog.searchResults(portal_type=["IncomingDocument", "OutgoingDocument"])
            # among them what an operation made that was refused half way, which no test may count on being gone
            there = [each.uid for each in turn.rows(sa.select(table.c.uid))]
            permitted = {uid for uid in there if getSecurityManager().checkPermission("View", access.unrestricted(uid))}
            assert listed == {each.UID for each in found} == permitted
            seen_by_somebody += len(permitted)
    assert 0 < seen_by_somebody < len(office.people) * len(week.documents)
